//! A draft filled in from outside, by a link (`#/new?…`) or a recipe file, and written as either.
//!
//! Both have the same keys, each at most once and none required:
//!
//! | key | value |
//! |---|---|
//! | `expires` | `90d`, days from today, 1 to 365 (the last is cut to the last possible day), or a date `2026-12-31` |
//! | `referrers`, `privileges`, `items`, `tags` | a list: between commas in a link, a JSON list of texts in a recipe |
//! | `title`, `folder`, `summary` | text as typed in the wizard; empty folder: the root |
//! | `usage` | where the key will be used: `web-page`, `scripts` or `native` |
//! | `preset` | names of presets ([`super::preset`]), as a list |
//! | `portal` | the id of a configured portal, never an address |
//!
//! A link's values are form encoded: `%26` is `&`, `+` is a space. A recipe may also name its `$schema`.
//! A value that cannot be applied is noted with its reason, and the rest applies; a restriction lost that way blocks
//! `Create` ([`super::unresolved`]). Administrative privileges are withheld until the person adds them. There is no key
//! for a secret.

mod judge;
mod read;
#[cfg(test)]
mod tests;
mod write;

use chrono::NaiveDate;

use crate::credential::draft::Draft;
use crate::credential::notice::{Note, Notice, Outcome, Source};
use crate::credential::problem::{Field, Rule};
use crate::credential::unresolved::Restriction;
use crate::timestamp::Timestamp;

pub use read::{link, recipe};
pub use write::{Written, button, element, write};

/// The maximum length of a link, in bytes after the `?`; about the limit of browsers and servers.
pub const MAX_LINK: usize = 16_384;

/// The maximum length of a recipe, in bytes.
pub const MAX_RECIPE: usize = 1_048_576;

/// The maximum number of notes; further ones are only counted.
pub const MAX_NOTES: usize = 30;

/// The keys of links and recipes; the first eight are the fields of the wizard in their order.
pub const KEYS: [&str; 11] =
    ["expires", "referrers", "privileges", "items", "title", "folder", "tags", "summary", "usage", "preset", "portal"];

/// The fields of the wizard in the order of their keys.
pub const FIELDS: [Field; 8] = [
    Field::Expiration,
    Field::Referrers,
    Field::Privileges,
    Field::Items,
    Field::Title,
    Field::Folder,
    Field::Tags,
    Field::Summary,
];

/// The keys whose value is a list.
pub const LISTS: [&str; 5] = ["referrers", "privileges", "items", "tags", "preset"];

/// The environment of reading.
pub struct ReadContext<'a> {
    /// The person's local date.
    pub today: NaiveDate,
    /// The current time.
    pub now: Timestamp,
    /// Whether a portal with this id is configured.
    pub knows_portal: &'a dyn Fn(&str) -> bool,
    /// The browser's form of an international host name.
    pub to_ascii: &'a dyn Fn(&str) -> Option<String>,
}

/// The result of reading a link or a recipe.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// A new draft with everything that could be applied.
    pub draft: Draft,
    /// The values not applied, in their original order.
    pub notes: Vec<Note>,
    /// The fields that were filled in.
    pub fields: Vec<Field>,
}

impl Filled {
    /// Whether nothing is left to ask: expiration, referrers if the usage sends any, and what the key may do were given,
    /// and the rest is valid or can be left out. Restrictions that could not be applied are decided on the Summary.
    pub fn answers_everything(&self, now: Timestamp) -> bool {
        let asked = |restriction: Restriction| {
            let is_unresolved = self.draft.unresolved.iter().any(|unresolved| unresolved.restriction == restriction);
            is_unresolved || self.fields.contains(&restriction.field())
        };
        let problems = self.draft.check(now).err().unwrap_or_default();
        let is_right = problems.iter().all(|problem| match problem.rule {
            Rule::Unresolved => true,
            // Withheld ones are asked about on the Summary, too, and presets are resolved after the sign-in.
            Rule::NothingGranted => self.draft.asks_for_privileges(),
            _ => false,
        });
        let settles_referrers = asked(Restriction::Referrers) || self.draft.usage.sends_no_referrer();
        asked(Restriction::Expiration) && settles_referrers && is_right
    }

    /// The draft that replaces the previous one, with its message. A recipe keeps the chosen portal unless it names its
    /// own; a link starts over.
    pub fn over(self, before: &Draft, source: Source) -> Draft {
        let Self { mut draft, notes, fields } = self;
        if source != Source::Page {
            let is_replacement = before.has_answers();
            draft.notice = Some(Notice { filled: fields, is_replacement, ..Notice::new(Outcome::Filled(source)) });
        }
        if source == Source::Recipe && draft.portal.is_none() {
            draft.portal.clone_from(&before.portal);
        }
        draft.note(notes);
        draft
    }
}
