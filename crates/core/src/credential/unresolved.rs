//! Restrictions of a link, a recipe or a copied credential that are not applied. Without them the key could do more
//! than its author meant, so `Create` waits until the person decides about each.

use crate::credential::problem::Field;
use crate::credential::referrer::Referrer;
use crate::credential::text;

/// The maximum number of one kind; a list of referrers is no longer.
pub const MAX_UNRESOLVED: usize = 1000;

/// A restriction that was requested and could not be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Its kind.
    pub restriction: Restriction,
    /// The text in the link or recipe, truncated to fit a message.
    pub text: String,
    /// The referrer that was probably meant.
    pub suggestion: Option<Referrer>,
    /// Whether it is an item that could not be looked up.
    pub is_not_looked_up: bool,
}

/// A restriction on a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restriction {
    /// The key's lifetime.
    Expiration,
    /// The pages that may use it.
    Referrers,
    /// The items that it opens.
    Items,
    /// The portal on which it is created.
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

    /// The restriction that a link's key was probably meant to set: a key, a word that other tools use for it, a key
    /// that contains such a word, or one that is misspelled by about one letter in four.
    pub(super) fn guess_from_key(key: &str) -> Option<Self> {
        let key = plain_key(key);
        let is_meant = |name: &&str| strsim::osa_distance(&key, name) <= (name.len() + 1) / 4;
        let holds = |stem: &&str| key.contains(stem);
        let found = NAMES.iter().find(|(_, names, stems)| names.iter().any(is_meant) || stems.iter().any(holds));
        found.map(|(restriction, ..)| *restriction)
    }
}

/// A key normalized to ignore differences in case, separators and brackets.
pub(super) fn plain_key(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// For each restriction: names that authors use, and word stems that occur in no other key. An unreadable recipe beside
/// attributes may have contained referrers.
const NAMES: [(Restriction, &[&str], &[&str]); 4] = [
    (
        Restriction::Expiration,
        &[
            "expires",
            "expiration",
            "expiry",
            "exp",
            "ttl",
            "lifetime",
            "lifespan",
            "duration",
            "maxage",
            "days",
            "until",
        ],
        &["expir", "valid", "enddate", "notafter", "deadline"],
    ),
    (
        Restriction::Referrers,
        &["referrers", "referer", "origins", "domains", "hosts", "urls", "sites", "websites", "cors", "recipe"],
        &["referr", "referer", "allow", "domain", "hostname", "whitelist", "restrict"],
    ),
    (Restriction::Items, &["items", "item"], &["itemid", "itemaccess"]),
    (Restriction::Portal, &["portal", "org", "organization", "organisation"], &["portalurl", "portalid"]),
];

impl Unresolved {
    /// A restriction without a suggestion.
    pub(super) fn new(restriction: Restriction, written: &str) -> Self {
        let written: String = written.chars().filter(|letter| !text::is_refused(*letter)).collect();
        Self { restriction, text: text::shown(&written), suggestion: None, is_not_looked_up: false }
    }

    /// A referrer, with a suggestion if there is one.
    pub(super) fn referrer(written: &str) -> Self {
        let suggestion = Referrer::parse(written).map_or_else(|problem| problem.suggestion, Some);
        Self { suggestion, ..Self::new(Restriction::Referrers, written) }
    }
}

#[cfg(test)]
mod tests;
