//! Buttons.

use super::dom::{El, el};

/// The emphasis of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// The main action.
    Primary,
    /// Any other action.
    Plain,
    /// A small button beside what it belongs to.
    Small,
    /// A link in running text.
    Link,
    /// A destructive action.
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

/// A button that runs `press`.
pub fn button(words: &str, look: Variant, press: impl Fn() + 'static) -> El {
    pressed(words, look, Box::new(press))
}

fn pressed(words: &str, look: Variant, press: Box<dyn Fn()>) -> El {
    el("button").attr("type", "button").class(look.class()).text(words).on("click", move |_| press())
}

/// The submit button of a form, which Enter in a field also activates.
pub fn submit(words: &str) -> El {
    el("button").attr("type", "submit").class(Variant::Primary.class()).text(words)
}

/// Buttons side by side.
pub fn row(buttons: impl IntoIterator<Item = El>) -> El {
    el("div").class("button-row").children(buttons)
}
