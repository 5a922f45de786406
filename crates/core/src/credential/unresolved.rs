//! Restrictions that a link or a recipe asked for and that could not be applied. Without them the key could do more than
//! its author meant, so `Create` waits until the person decides about each.

use crate::credential::problem::Field;
use crate::credential::referrer::Referrer;
use crate::credential::text;

/// The most of one kind; a list of referrers is no longer.
pub const MAX_UNRESOLVED: usize = 1000;

/// One restriction that was asked for and could not be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Its kind.
    pub restriction: Restriction,
    /// The text in the link or recipe, cut to a length that fits a message.
    pub text: String,
    /// A referrer that it probably means.
    pub suggestion: Option<Referrer>,
}

/// What a key can be restricted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restriction {
    /// How long the key works.
    Expiration,
    /// Which pages may use it.
    Referrers,
    /// Which items it opens.
    Items,
    /// On which portal it is created.
    Portal,
}

impl Restriction {
    /// Every kind, in the order of the steps.
    pub const ALL: [Restriction; 4] =
        [Restriction::Expiration, Restriction::Referrers, Restriction::Items, Restriction::Portal];

    /// The field that shows it.
    pub fn field(self) -> Field {
        match self {
            Restriction::Expiration => Field::Expiration,
            Restriction::Referrers => Field::Referrers,
            Restriction::Items => Field::Items,
            Restriction::Portal => Field::Portal,
        }
    }

    /// The restriction that a key of a link was probably meant to set: a key, a word that other tools use for it, or a
    /// misspelling of one, by a letter in four.
    pub(super) fn guess_from_key(key: &str) -> Option<Self> {
        let key = key.to_ascii_lowercase();
        let is_meant = |name: &str| strsim::osa_distance(&key, name) <= name.len() / 4;
        NAMES.iter().find(|(_, names)| names.iter().any(|name| is_meant(name))).map(|(restriction, _)| *restriction)
    }
}

/// What authors call the keys. An unreadable recipe beside attributes may have held referrers.
const NAMES: [(Restriction, &[&str]); 4] = [
    (Restriction::Expiration, &["expires", "expiration", "expirationdate", "exp", "ttl", "lifetime", "validfor"]),
    (
        Restriction::Referrers,
        &[
            "referrers",
            "referer",
            "httpreferrers",
            "origins",
            "allowedorigins",
            "allowedreferrers",
            "domains",
            "recipe",
        ],
    ),
    (Restriction::Items, &["items", "item", "itemid", "itemids", "itemaccess"]),
    (Restriction::Portal, &["portal", "portalurl", "portalid"]),
];

impl Unresolved {
    /// A restriction without a suggestion.
    pub(super) fn new(restriction: Restriction, written: &str) -> Self {
        let written: String = written.chars().filter(|it| !text::is_refused(*it)).collect();
        Self { restriction, text: text::shown(&written), suggestion: None }
    }

    /// A referrer, with a suggestion where there is one.
    pub(super) fn referrer(written: &str) -> Self {
        let suggestion = Referrer::parse(written).map_or_else(|problem| problem.suggestion, Some);
        Self { suggestion, ..Self::new(Restriction::Referrers, written) }
    }
}

#[cfg(test)]
mod tests;
