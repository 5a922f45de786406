//! Words for the reader: every message of the page in a language. English alone for now; a language is a module like `en`.
//!
//! Only pages ask for words, at the last moment. `Display` of an error is for logs and tests.

mod en;
mod label;
mod message;

use key_wizard_core::{credential::notice::Notice, message::News};

pub use label::Label;
pub use message::{DuplicatePlace, Message};

/// Where a message leaves room for something the page puts in as an element.
pub const SLOT: char = '\u{fffc}';

/// A message in the reader's language.
pub fn text<'a>(message: impl Into<Message<'a>>) -> String {
    en::text(message.into())
}

/// News in three parts: what happened, what is true now, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsWords {
    /// What happened, short.
    pub title: String,
    /// What it means.
    pub text: String,
    /// What the reader can do.
    pub advice: String,
    /// The portal's own words about it, shown as they are.
    pub quote: Option<String>,
}

/// News in the reader's language.
pub fn news(news: &News) -> NewsWords {
    en::news(news)
}

/// What became of a link or a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeWords {
    /// What became of it, short.
    pub title: String,
    /// What to do about it, or why nothing of it was used.
    pub lead: String,
    /// A sentence for each thing left out.
    pub left_out: Vec<String>,
}

/// What became of a link or a recipe, in the reader's language.
pub fn notice(notice: &Notice) -> NoticeWords {
    en::notice(notice)
}
