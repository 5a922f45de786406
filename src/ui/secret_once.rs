//! The only part that shows a secret: in one element, for a limited time, and never again.
//!
//! The text goes from one place in memory directly into one node of the page. No signal ever contains it.

use key_wizard_core::secret::Secret;
use leptos::{prelude::*, task::spawn_local};
use web_sys::HtmlElement;

use super::{
    button::{Variant, button, row},
    dom::{Callback, El, el},
};
use crate::platform::{clipboard, embedder, focus, window_events};

/// The one place that contains a secret while it is shown.
pub type SecretCell = StoredValue<Option<Secret>, LocalStorage>;

/// The texts around a secret.
#[derive(Debug, Clone)]
pub struct SecretWords {
    /// The accessible name of the element.
    pub label: String,
    /// The label of the copy button.
    pub copy: String,
    /// Announced after copying.
    pub copied: String,
    /// Announced if the browser denies access to the clipboard and the secret is selected instead.
    pub denied: String,
}

/// The events of a secret on the screen.
#[derive(Clone, Copy)]
pub struct Acts {
    /// It was wiped because the page is being left.
    pub wiped: Callback,
    /// All of it was copied, by the button or by hand.
    pub copied: Callback,
    /// The browser denied access to the clipboard.
    pub denied: Callback,
}

/// A rendered secret.
pub struct SecretOnce {
    /// The element to add to the page.
    pub part: El,
    /// Copies the secret, like its button.
    pub copy: Callback,
}

/// Shows the secret. Wipes it from the page and from memory when the page is left or the element is removed.
pub fn secret_once(held: SecretCell, words: SecretWords, acts: Acts) -> SecretOnce {
    // The outcome of the last press on `Copy`.
    let said = RwSignal::new(String::new());
    // Not an `<input>`, which form restoration would keep; not announced, because nobody wants to hear it.
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
    // The style sheet makes the key selectable only as a whole.
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
    // The host supplies the label, because only an embedding page has examples.
    if let Some(words) = embedder::get("examples") {
        buttons = buttons.child(button(&words, Variant::Plain, move || fill(held, said)));
    }
    SecretOnce { part: el("div").class("secret_once").child(output).child(buttons).child(status), copy }
}

/// Passes the secret to the embedding page, only after a press.
fn fill(held: SecretCell, said: RwSignal<String>) {
    held.with_value(|secret| embedder::fill(secret.as_ref().map_or("", Secret::expose)));
    said.set(embedder::get("filled").unwrap_or_default());
}

/// Removes the secret from memory.
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
            // After a dialog above it has closed: nothing can be selected below one.
            focus::after_layout(move || {
                focus::select_text(&element);
                said.set(words.denied);
            });
        }
    });
}
