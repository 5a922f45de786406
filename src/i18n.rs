//! The messages of the page in the reader's language. Only English for now; a language is a module like `en`.
//!
//! Only pages turn messages into text, as late as possible. `Display` of an error is for logs and tests.

mod en;
mod label;
mod message;
mod words;

use key_wizard_core::{credential::notice::Notice, message::News};

pub use label::Label;
pub use message::{DuplicatePlace, Message, PLACEHOLDER};
pub use words::{NewsWords, NoticeWords};

/// A message in the reader's language.
pub fn text<'a>(message: impl Into<Message<'a>>) -> String {
    en::text(message.into())
}

/// News in the reader's language.
pub fn news(news: &News) -> NewsWords {
    en::news(news)
}

/// The outcome of a link or a recipe, in the reader's language.
pub fn notice(notice: &Notice) -> NoticeWords {
    en::notice(notice)
}
