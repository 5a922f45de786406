//! A boxed message.

use web_sys::Node;

use super::dom::{El, IntoView, el, nothing};

/// The severity of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Information.
    Plain,
    /// A warning.
    Warning,
    /// An error: announced at once.
    Bad,
    /// A success.
    Good,
}

/// A message with a title; the caller adds its paragraphs.
pub fn notice(tone: Severity, title: &str) -> El {
    let (class, role) = match tone {
        Severity::Plain => ("notice", "group"),
        Severity::Warning => ("notice notice--warning", "group"),
        Severity::Bad => ("notice notice--bad", "alert"),
        Severity::Good => ("notice notice--good", "group"),
    };
    el("div").class(class).attr("role", role).child(el("p").class("notice__title").text(title))
}

/// A paragraph.
pub fn paragraph(words: &str) -> El {
    el("p").text(words)
}

/// Sentences as a list, each isolated from the text direction of the others; empty if there are none.
pub fn points(sentences: &[String]) -> Node {
    if sentences.is_empty() {
        return nothing();
    }
    el("ul").children(sentences.iter().map(|sentence| el("li").child(el("bdi").text(sentence)))).into_view()
}
