//! Words for the reader: every message of the page in a language. English alone for now; a language is a file like `en.rs`.
//!
//! Only pages ask for words, at the last moment. `Display` of an error is for logs and tests.

pub mod config;
mod en;
mod label;
mod message;
pub mod operation;
pub mod portal;
pub mod prefill;
pub mod problem;
pub mod sign_in;

pub use label::Label;
pub use message::{DuplicatePlace, Message};

/// Where a message leaves room for something the page puts in as an element.
pub const SLOT: char = '\u{fffc}';

/// A message in the reader's language.
pub fn text<'a>(message: impl Into<Message<'a>>) -> String {
    en::text(message.into())
}

/// Something that happened, in three parts: what it was, what is true now, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What happened, short.
    pub title: String,
    /// What it means.
    pub text: String,
    /// What the reader can do.
    pub advice: String,
}

impl News {
    /// News from its three parts.
    pub fn new(title: impl Into<String>, text: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), advice: advice.into() }
    }
}
