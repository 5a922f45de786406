//! What a link or a recipe asked for and nobody could read, where leaving it out gives the key more than was asked:
//! `Create` waits until the person has decided about each.

use crate::credential::draft::{Draft, GrantedItem};
use crate::credential::problem::Field;
use crate::credential::referrer::Referrer;
use crate::credential::text;

/// The most that are kept; a list of referrers is no longer.
pub const MAX_UNREAD: usize = 1000;

/// A limit that was asked for and is not in the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What it would have limited.
    pub limit: Limit,
    /// How it was written, cut to a length that fits a message.
    pub text: String,
    /// The referrer it perhaps means.
    pub suggestion: Option<Referrer>,
}

/// What is wider without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// For how long the key works.
    Expiration,
    /// Which pages may use it.
    Referrers,
    /// Which items it opens, beside privileges that may open all.
    Items,
    /// At which portal it is made.
    Portal,
}

impl Limit {
    /// All of them.
    pub const ALL: [Limit; 4] = [Limit::Expiration, Limit::Referrers, Limit::Items, Limit::Portal];

    /// Where the person decides.
    pub fn field(self) -> Field {
        match self {
            Limit::Expiration => Field::Expiration,
            Limit::Referrers => Field::Referrers,
            Limit::Items => Field::Items,
            Limit::Portal => Field::Portal,
        }
    }

    /// The limit that a key of a link sets, also where the key is written in another way: `Referrers`, `referer`,
    /// `expiration`, `itemIds`.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        let key = key.to_ascii_lowercase();
        let names = [
            ("expir", Limit::Expiration),
            ("lifetime", Limit::Expiration),
            ("referer", Limit::Referrers),
            ("referrer", Limit::Referrers),
            ("origin", Limit::Referrers),
            ("item", Limit::Items),
            ("portal", Limit::Portal),
        ];
        names.into_iter().find(|(name, _)| key.contains(name)).map(|(_, limit)| limit)
    }
}

impl Unread {
    /// One of which nobody can say what it means.
    pub(super) fn new(limit: Limit, written: &str) -> Self {
        let written: String = written.chars().filter(|it| !text::is_refused(*it)).collect();
        Self { limit, text: text::shown(&written), suggestion: None }
    }

    /// A referrer, with what it perhaps means.
    pub(super) fn referrer(written: &str) -> Self {
        let suggestion = Referrer::parse(written).map_or_else(|problem| problem.suggestion, Some);
        Self { suggestion, ..Self::new(Limit::Referrers, written) }
    }
}

impl Draft {
    /// Keeps a limit that could not be read, once.
    pub(super) fn keep_unread(&mut self, unread: Unread) {
        if self.unread.len() < MAX_UNREAD && !self.unread.contains(&unread) {
            self.unread.push(unread);
        }
    }

    /// Takes the suggested spelling of a referrer. It answers every part that means the same.
    pub fn use_suggestion(&mut self, referrer: &Referrer) {
        if !self.referrers.iter().any(|it| it == referrer.as_str()) {
            self.referrers.push(referrer.clone().into_text());
        }
        self.unread.retain(|it| it.suggestion.as_ref() != Some(referrer));
    }

    /// Leaves one part out, as the person says.
    pub fn leave_out(&mut self, unread: &Unread) {
        self.unread.retain(|it| it != unread);
    }

    /// The person has decided about a limit: by an answer of their own, or by saying that they want none.
    pub fn decide(&mut self, limit: Limit) {
        self.unread.retain(|it| it.limit != limit);
    }

    /// Sets the date by the person's own hand.
    pub fn set_expiration(&mut self, date: String) {
        self.expiration = date;
        self.decide(Limit::Expiration);
    }

    /// Takes the items that the person has chosen.
    pub fn set_items(&mut self, items: Vec<GrantedItem>) {
        if self.items != items {
            self.decide(Limit::Items);
        }
        self.items = items;
    }
}

#[cfg(test)]
mod tests;
