//! A button that copies a text that is no secret, and says whether it did.

use leptos::{prelude::*, task::spawn_local};

use super::{
    button::{Variant, button},
    dom::{El, el},
};
use crate::platform::clipboard;

/// What the button is called, and what is announced.
#[derive(Debug, Clone)]
pub struct CopyWords {
    /// On the button.
    pub copy: String,
    /// The text was copied.
    pub copied: String,
    /// The browser did not let the page copy.
    pub denied: String,
}

/// Copies `text`; the outcome is announced.
pub fn copy_button(words: &CopyWords, text: String) -> El {
    let said = RwSignal::new(String::new());
    el("div").class("button-row").child(one_of_several(words, Variant::Plain, text, said)).child(announced(said))
}

/// One of several such buttons, which announce in one place.
pub fn one_of_several(words: &CopyWords, look: Variant, text: String, said: RwSignal<String>) -> El {
    let outcomes = words.clone();
    let press = move || {
        let asked = clipboard::copy(&text);
        let CopyWords { copied, denied, .. } = outcomes.clone();
        // The same words are announced again.
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

/// Where they announce.
pub fn announced(said: RwSignal<String>) -> El {
    el("p").attr("role", "status").text(move || said.get())
}
