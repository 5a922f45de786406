//! The message about a link or a recipe, as a value that the stored draft keeps.

use crate::credential::problem::{Field, Problem};
use crate::portal::error::Error;
use crate::route::Step;

/// What filled the form in.
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
}

/// What became of a link or a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It filled the form in, except for what is noted.
    Filled(Source),
    /// Nothing of it was used.
    Refused(Source, Rejection),
    /// What an earlier version of the page stored: a title, a lead, and a sentence for each thing left out, in English.
    Sentences(Vec<String>),
}

/// The message about a link or a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What became of it.
    pub outcome: Outcome,
    /// The fields that it filled in.
    pub filled: Vec<Field>,
    /// Whether something that was typed before is gone.
    pub is_replacement: bool,
    /// What was left out.
    pub left_out: Vec<Note>,
}

impl Notice {
    /// A notice that names no field.
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome, filled: Vec::new(), is_replacement: false, left_out: Vec::new() }
    }

    /// What it says on a step: all on the first and the last one, on which a person may arrive, and on the others the
    /// fields of that step. Nothing where it has nothing to say.
    pub fn on(&self, step: Step) -> Option<Self> {
        let is_of_fields = matches!(self.outcome, Outcome::Filled(source) if source != Source::ByHand);
        if matches!(step, Step::Credentials | Step::Summary) || !is_of_fields {
            return Some(self.clone());
        }
        let filled: Vec<Field> = self.filled.iter().filter(|field| field.step() == step).copied().collect();
        (!filled.is_empty()).then(|| Self { filled, is_replacement: false, ..self.clone() })
    }
}

/// Something of a link or a recipe that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The key, the value or the id in question, cut to a length that fits a message.
    pub what: String,
    /// Why it was not.
    pub why: Rejection,
}

/// Why something was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// The whole is longer than [`prefill::MAX_LINK`](super::prefill::MAX_LINK) or [`prefill::MAX_RECIPE`](super::prefill::MAX_RECIPE).
    TooLong,
    /// The file is not one JSON object.
    NotARecipe,
    /// The file begins as an object and is not valid JSON; the first error is here.
    NotJson {
        /// Counted from 1.
        line: usize,
        /// In bytes, counted from 1.
        column: usize,
    },
    /// There is no such key.
    UnknownKey,
    /// The key is there twice; the first counts.
    Repeated,
    /// The key's value is not form encoded UTF-8.
    Encoding,
    /// The key needs a text, or a list of texts where a list makes sense.
    Kind,
    /// The value breaks a rule of the wizard.
    Rule(Problem),
    /// No key may have this privilege, or it is none.
    NoPrivilege,
    /// No portal gives such an id to an item.
    NoItem,
    /// The key is used in none of these ways.
    NoUsage,
    /// A privilege for private use, which a web page that other people open does not get.
    PrivateUse,
    /// No preset has this name.
    NoPreset,
    /// No configured portal has this id.
    NoPortal,
    /// The account does not have this privilege.
    NotHeld,
    /// The account does not have it, and it is not known that any has.
    UnknownPrivilege,
    /// The account has this wider privilege instead (F-PRIV-4).
    HasWider(String),
    /// The portal shows this account no such item.
    NotFound,
    /// Everybody may open the item, so most keys need no access to it (F-APP-15).
    Public,
    /// The portal could not be asked for the items.
    NotLookedUp(Error),
    /// So many further notes were left out.
    More,
}

impl Rejection {
    /// Whether another account may have what this one lacks.
    pub fn is_of_account(&self) -> bool {
        matches!(
            self,
            Self::NotHeld | Self::HasWider(_) | Self::UnknownPrivilege | Self::NotFound | Self::NotLookedUp(_)
        )
    }
}
