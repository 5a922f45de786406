//! A boxed message.

use super::dom::{El, el};

/// What kind of news a notice brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Worth a second thought.
    Warning,
    /// Something went wrong: announced at once.
    Bad,
    /// Something went well.
    Good,
}

/// A message under a title; the caller adds its paragraphs.
pub fn notice(tone: Tone, title: &str) -> El {
    let (class, role) = match tone {
        Tone::Warning => ("notice notice--warning", "group"),
        Tone::Bad => ("notice notice--bad", "alert"),
        Tone::Good => ("notice notice--good", "group"),
    };
    el("div").class(class).attr("role", role).with(el("p").class("notice__title").text(title))
}

/// A paragraph.
pub fn paragraph(words: &str) -> El {
    el("p").text(words)
}
