//! Problems of a draft: the field, and the broken rule with everything that a sentence about it needs.

use std::mem::discriminant;

use crate::credential::expiration::ExpirationProblem;
use crate::credential::referrer::ReferrerProblem;
use crate::route::Step;

/// A problem to fix before the draft can be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field where it is fixed.
    pub field: Field,
    /// The broken rule.
    pub rule: Rule,
}

/// A field of the wizard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The expiration date.
    Expiration,
    /// The referrers and the entry that becomes the next one.
    Referrers,
    /// The chosen privileges.
    Privileges,
    /// The chosen items.
    Items,
    /// The item's title.
    Title,
    /// The folder's title.
    Folder,
    /// The item's tags.
    Tags,
    /// The item's summary.
    Summary,
    /// The portal, which is chosen before the sign-in.
    Portal,
}

/// A broken rule. Texts from the draft are truncated to fit a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The expiration date is missing, not a date, or out of range.
    Expiration(ExpirationProblem),
    /// A referrer is not an origin.
    Referrer {
        /// The refused text.
        entry: String,
        /// Why it was refused, and what was probably meant.
        problem: ReferrerProblem,
    },
    /// A referrer is already in the list.
    RepeatedReferrer {
        /// The referrer, as the list shows it.
        entry: String,
    },
    /// A limit that a link or a recipe asked for could not be read, and the person has not decided about it.
    Unresolved,
    /// Neither a privilege nor an item is chosen, so the key could do nothing.
    NothingGranted,
    /// A chosen privilege or item has an id that no portal gives.
    UnreadableId {
        /// The refused text.
        id: String,
    },
    /// The text in the field for items is neither an item id nor an address with one.
    UnfinishedItem {
        /// The refused text.
        entry: String,
    },
    /// A required text is empty or invisible.
    Required,
    /// The list is too long.
    TooMany {
        /// The most entries allowed.
        max: usize,
        /// The number of entries.
        count: usize,
    },
    /// The text is too long.
    TooLong {
        /// The most characters allowed.
        max: usize,
        /// The number of characters.
        count: usize,
    },
    /// A tag is too long.
    LongTag {
        /// The tag.
        tag: String,
        /// The most characters allowed.
        max: usize,
    },
    /// The text contains a control character, a line break, or a character that changes the writing direction.
    ControlCharacter {
        /// The first such character; show its code point, never itself.
        character: char,
    },
}

impl Problem {
    /// Whether this is the same problem, perhaps with other numbers, such as a text that is still too long.
    pub fn is_same(&self, other: &Problem) -> bool {
        let is_alike = discriminant(&self.rule) == discriminant(&other.rule);
        let names_entry = matches!(self.rule, Rule::Referrer { .. } | Rule::RepeatedReferrer { .. });
        self.field == other.field && is_alike && (!names_entry || self.rule == other.rule)
    }
}

impl Field {
    /// The step that has the field.
    pub fn step(self) -> Step {
        match self {
            Field::Expiration | Field::Referrers => Step::Credentials,
            Field::Privileges => Step::Privileges,
            Field::Items => Step::ItemAccess,
            Field::Title | Field::Folder | Field::Tags | Field::Summary => Step::Details,
            Field::Portal => Step::Summary,
        }
    }

    /// The `id` of the field's element in the page, for links from the error summary.
    pub fn id(self) -> &'static str {
        match self {
            Field::Expiration => "expiration-date",
            Field::Referrers => "referrers",
            Field::Privileges => "privileges",
            Field::Items => "items",
            Field::Title => "title",
            Field::Folder => "folder",
            Field::Tags => "tags",
            Field::Summary => "summary",
            Field::Portal => "portal",
        }
    }
}
