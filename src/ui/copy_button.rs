//! A button that copies a text that is no secret, and says whether it did.

use leptos::{prelude::*, task::spawn_local};

use super::{
    button::{Variant, button},
    dom::{El, el},
};
use crate::platform::clipboard;

/// Copies `text`; the outcome is announced.
pub fn copy_button(words: &str, text: String) -> El {
    let said = RwSignal::new("");
    let press = move || {
        let asked = clipboard::copy(&text);
        spawn_local(async move {
            said.set(match asked.await {
                Ok(()) => "Copied.",
                Err(clipboard::Denied) => "Your browser does not allow copying. Select the text and copy it yourself.",
            });
        });
    };
    el("div")
        .class("button-row")
        .with(button(words, Variant::Plain, press))
        .with(el("p").attr("role", "status").live_text(move || said.get().to_owned()))
}
