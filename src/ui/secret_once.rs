//! The only part that shows a secret: in one element, for a while, and then never again.
//!
//! The text goes from the one place in memory straight into one node of the page. No signal ever holds it.

use key_wizard_core::secret::Secret;
use leptos::{prelude::*, task::spawn_local};
use web_sys::HtmlElement;

use super::{
    button::{Variant, button, row},
    dom::{Callback, El, el},
};
use crate::platform::{clipboard, embedder, focus, window_events};

/// The one place a secret is held while it is shown.
pub type SecretCell = StoredValue<Option<Secret>, LocalStorage>;

/// The words around a secret.
#[derive(Debug, Clone)]
pub struct SecretWords {
    /// The accessible name of the element.
    pub label: String,
    /// On the button that copies.
    pub copy: String,
    /// Said when it was copied.
    pub copied: String,
    /// Said when the browser does not let the page copy, and the secret is selected instead.
    pub denied: String,
}

/// The events of a secret on the screen.
#[derive(Clone, Copy)]
pub struct Acts {
    /// It was wiped because the page is being left.
    pub wiped: Callback,
    /// It was copied as a whole, by the button or by hand.
    pub copied: Callback,
    /// The browser did not let the page copy.
    pub denied: Callback,
}

/// A secret on the screen.
pub struct SecretOnce {
    /// The part of the page.
    pub part: El,
    /// Copies the secret, like the button in it.
    pub copy: Callback,
}

/// Shows the secret. On leaving the page and when taken off the screen it is wiped from the page and from memory.
pub fn secret_once(held: SecretCell, words: SecretWords, acts: Acts) -> SecretOnce {
    // What became of the last press on `Copy`.
    let said = RwSignal::new(String::new());
    // Not an `<input>`, which form restore would keep; not announced, since nobody wants to hear it.
    let output = el("output")
        .class("secret_once__key")
        .attr("aria-label", &words.label)
        .attr("aria-live", "off")
        .attr("tabindex", "0")
        .attr("translate", "no")
        .attr("spellcheck", "false");
    let element = output.html();
    held.with_value(|secret| element.set_text_content(secret.as_ref().map(Secret::expose)));
    wipe_at_the_end(element.clone(), held, acts.wiped);
    let copied = acts.copied;
    // The style sheet has the key selected as a whole or not at all.
    let output = output.on("copy", move |_| {
        if focus::has_selection() {
            copied.run(());
        }
    });
    let denied = words.denied.clone();
    let status = el("p")
        .class("secret_once__said")
        .attr("role", "status")
        .class(("secret_once__said--bad", move || said.get() == denied))
        .text(move || said.get());
    let label = words.copy.clone();
    let copy = Callback::new(move |()| copy(element.clone(), held, words.clone(), said, acts));
    let mut buttons = row([button(&label, Variant::Primary, move || copy.run(()))]);
    // Its words come from the host, since only a page around has examples.
    if let Some(words) = embedder::get("examples") {
        buttons = buttons.child(button(&words, Variant::Plain, move || fill(held, said)));
    }
    SecretOnce { part: el("div").class("secret_once").child(output).child(buttons).child(status), copy }
}

/// Only a press of the person hands a secret to the page around.
fn fill(held: SecretCell, said: RwSignal<String>) {
    held.with_value(|secret| embedder::fill(secret.as_ref().map_or("", Secret::expose)));
    said.set(embedder::get("filled").unwrap_or_default());
}

/// Takes the secret out of memory.
pub fn wipe(held: SecretCell) {
    held.set_value(None);
}

fn wipe_at_the_end(element: HtmlElement, held: SecretCell, wiped: Callback) {
    let gone = StoredValue::new_local(move || {
        wipe(held);
        element.set_text_content(None);
        embedder::fill("");
    });
    window_events::on("pagehide", move |_| {
        gone.with_value(|wipe| wipe());
        wiped.run(());
    });
    on_cleanup(move || gone.with_value(|wipe| wipe()));
}

fn copy(element: HtmlElement, held: SecretCell, words: SecretWords, said: RwSignal<String>, acts: Acts) {
    let Some(asked) = held.with_value(|secret| secret.as_ref().map(|secret| clipboard::copy(secret.expose()))) else {
        return;
    };
    said.set(String::new());
    spawn_local(async move {
        if asked.await.is_ok() {
            embedder::emit("copied", "");
            said.set(words.copied);
            acts.copied.try_run(());
        } else {
            acts.denied.try_run(());
            // A dialog over it goes first: under one nothing can be selected.
            focus::after_layout(move || {
                focus::select_text(&element);
                said.set(words.denied);
            });
        }
    });
}
