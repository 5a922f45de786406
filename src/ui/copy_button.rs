//! A button that copies a non-secret text and announces the outcome.

use leptos::{prelude::*, task::spawn_local};

use super::{
    button::{Variant, button},
    dom::{El, el},
};
use crate::platform::clipboard;

/// The label and the announcements.
#[derive(Debug, Clone)]
pub struct CopyWords {
    /// The label.
    pub copy: String,
    /// The text was copied.
    pub copied: String,
    /// The browser denied access to the clipboard.
    pub denied: String,
}

/// Copies `text` and announces the outcome.
pub fn copy_button(words: &CopyWords, text: String) -> El {
    let said = RwSignal::new(String::new());
    el("div").class("button-row").child(one_of_several(words, Variant::Plain, text, said)).child(announced(said))
}

/// One of several such buttons that share a live region.
pub fn one_of_several(words: &CopyWords, look: Variant, text: String, said: RwSignal<String>) -> El {
    let outcomes = words.clone();
    let press = move || {
        let asked = clipboard::copy(&text);
        let CopyWords { copied, denied, .. } = outcomes.clone();
        // Clear the region, so that the same words are announced again.
        said.set(String::new());
        spawn_local(async move {
            said.set(match asked.await {
                Ok(()) => copied,
                Err(clipboard::Denied) => denied,
            });
        });
    };
    button(&words.copy, look, press)
}

/// The shared live region.
pub fn announced(said: RwSignal<String>) -> El {
    el("p").attr("role", "status").text(move || said.get())
}
