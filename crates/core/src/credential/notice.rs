//! The message about a link or a recipe, as a value that the stored draft keeps.

use crate::credential::problem::{Field, Problem};
use crate::portal::error::Error;
use crate::route::Step;

/// The source that filled in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A link that was followed.
    Link,
    /// A recipe that was opened.
    Recipe,
    /// The page that embeds the wizard.
    Page,
    /// Another draft, whose key was made or whose recipe was opened.
    Copy,
    /// A person who was not signed in.
    ByHand,
    /// A person who was signed in to another account.
    OtherAccount,
}

/// The outcome of a link or a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It filled in the form, except for the notes.
    Filled(Source),
    /// None of it was used.
    Refused(Source, Rejection),
    /// A notice stored by an earlier version of the page: a title, a lead, and a sentence per omission, in English.
    Sentences(Vec<String>),
}

/// The message about a link or a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The outcome.
    pub outcome: Outcome,
    /// The fields that it filled in.
    pub filled: Vec<Field>,
    /// Whether it replaced something that was typed before.
    pub is_replacement: bool,
    /// The parts left out.
    pub left_out: Vec<Note>,
}

impl Notice {
    /// A notice that names no fields.
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome, filled: Vec::new(), is_replacement: false, left_out: Vec::new() }
    }

    /// The part of the notice for a step: everything on the first and the last one, on which a person may arrive, and
    /// on the others only the fields of that step. `None` if that is empty.
    pub fn on(&self, step: Step) -> Option<Self> {
        let is_of_fields =
            matches!(self.outcome, Outcome::Filled(Source::Link | Source::Recipe | Source::Page | Source::Copy));
        if matches!(step, Step::Credentials | Step::Summary) || !is_of_fields {
            return Some(self.clone());
        }
        let filled: Vec<Field> = self.filled.iter().filter(|field| field.step() == step).copied().collect();
        (!filled.is_empty()).then(|| Self { filled, is_replacement: false, ..self.clone() })
    }
}

/// Something in a link or a recipe that was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The key, the value or the id in question, truncated to fit a message.
    pub what: String,
    /// The reason.
    pub why: Rejection,
}

/// Why something was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// The whole is longer than [`prefill::MAX_LINK`](super::prefill::MAX_LINK) or
    /// [`prefill::MAX_RECIPE`](super::prefill::MAX_RECIPE).
    TooLong,
    /// The file is not one JSON object.
    NotARecipe,
    /// The file begins as an object but is not valid JSON.
    NotJson {
        /// The line of the first error, counted from 1.
        line: usize,
        /// The column of the first error in bytes, counted from 1.
        column: usize,
    },
    /// The key is unknown.
    UnknownKey,
    /// The key is a duplicate; the first one counts.
    Repeated,
    /// The key's value is not form encoded UTF-8.
    Encoding,
    /// The key needs a text, or a list of texts if it is a list.
    Kind,
    /// The value breaks a rule of the wizard.
    Rule(Problem),
    /// No key can have this privilege, or it is not a privilege.
    NoPrivilege,
    /// It is not an item id.
    NoItem,
    /// It is not one of the known usages.
    NoUsage,
    /// A privilege for private use, which is not given to a web page that other people open.
    PrivateUse,
    /// No preset has this name.
    NoPreset,
    /// No configured portal has this id.
    NoPortal,
    /// The account does not have this privilege.
    NotHeld,
    /// The account does not have it, and it is unknown whether any account has.
    UnknownPrivilege,
    /// The account has this wider privilege instead (F-PRIV-4).
    HasWider(String),
    /// The account has these narrower privileges instead (F-PRIV-4).
    HasNarrower(Vec<String>),
    /// The portal does not show this item to the account.
    NotFound,
    /// The item is public, so most keys need no access to it (F-APP-15).
    Public,
    /// The portal could not be asked about the items.
    NotLookedUp(Error),
    /// So many further notes were left out.
    More,
}

impl Rejection {
    /// Whether another account may have what this one lacks.
    pub fn is_of_account(&self) -> bool {
        matches!(
            self,
            Self::NotHeld
                | Self::HasWider(_)
                | Self::HasNarrower(_)
                | Self::UnknownPrivilege
                | Self::NotFound
                | Self::NotLookedUp(_)
        )
    }
}
