//! A button.

use super::dom::{El, el};

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// The one way on.
    Primary,
    /// Everything else.
    Plain,
    /// Beside something it belongs to.
    Small,
    /// In a line of text.
    Link,
    /// Takes something away for good.
    Danger,
}

impl Variant {
    /// The classes, also for a link that looks like a button.
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Plain => "button",
            Self::Small => "button button--small",
            Self::Link => "button button--link",
            Self::Danger => "button button--danger",
        }
    }
}

/// A button that does something on this page.
pub fn button(words: &str, look: Variant, press: impl Fn() + 'static) -> El {
    pressed(words, look, Box::new(press))
}

fn pressed(words: &str, look: Variant, press: Box<dyn Fn()>) -> El {
    el("button").attr("type", "button").class(look.class()).text(words).on("click", move |_| press())
}

/// The button that sends a form: pressing Enter in a field does the same.
pub fn submit(words: &str) -> El {
    el("button").attr("type", "submit").class(Variant::Primary.class()).text(words)
}

/// Buttons side by side.
pub fn row(buttons: impl IntoIterator<Item = El>) -> El {
    el("div").class("button-row").children(buttons)
}
