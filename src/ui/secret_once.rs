//! The only part that shows a secret: in one element, for a while, and then never again.
//!
//! The text goes from the one place in memory straight into one node of the page. No signal ever holds it.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use web_sys::HtmlElement;

use super::{
    button::{Look, button, row},
    dom::{Act, El, el},
};
use crate::{
    browser::{clipboard, focus, host, page},
    secret::Secret,
};

/// The one place a secret is held while it is shown.
pub type Held = StoredValue<Option<Secret>, LocalStorage>;

/// How long a secret stays on the screen at most.
pub const SHOWN_FOR: Duration = Duration::from_secs(10 * 60);

/// The words around a secret.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The accessible name of the element.
    pub label: &'static str,
    /// On the button that copies.
    pub copy: &'static str,
    /// Said when it was copied.
    pub copied: &'static str,
    /// Said when the browser does not let the page copy, and the secret is selected instead.
    pub denied: &'static str,
}

/// What became of the last press on `Copy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Copied {
    Not,
    Yes,
    Denied,
    IntoExamples,
}

/// Shows the secret. On leaving the page, after [`SHOWN_FOR`], and when taken off the screen it is wiped from the page
/// and from memory; `wiped` is told of the first two.
pub fn secret_once(held: Held, words: Words, wiped: Act) -> El {
    let copied = RwSignal::new(Copied::Not);
    // Not an `<input>`, which form restore would keep; not announced, since nobody wants to hear it.
    let output = el("output")
        .class("secret_once__key")
        .attr("aria-label", words.label)
        .attr("aria-live", "off")
        .attr("tabindex", "0")
        .attr("translate", "no")
        .attr("spellcheck", "false");
    let element = output.html();
    held.with_value(|secret| element.set_text_content(secret.as_ref().map(Secret::expose)));
    wipe_in_time(element.clone(), held, wiped);
    let said = move || -> String {
        let words = match copied.get() {
            Copied::Not => "",
            Copied::Yes => words.copied,
            Copied::Denied => words.denied,
            Copied::IntoExamples => return host::text("filled").unwrap_or_default(),
        };
        words.to_owned()
    };
    let status = el("p")
        .class("secret_once__said")
        .attr("role", "status")
        .live_class("secret_once__said--bad", move || copied.get() == Copied::Denied)
        .live_text(said);
    let press = move || copy(element.clone(), held, copied);
    let mut buttons = row([button(words.copy, Look::Primary, press)]);
    // Its words come from the host, since only a page around has examples.
    if let Some(words) = host::text("examples") {
        buttons = buttons.with(button(&words, Look::Plain, move || fill(held, copied)));
    }
    el("div").class("secret_once").with(output).with(buttons).with(status)
}

/// Only a press of the person hands a secret to the page around.
fn fill(held: Held, copied: RwSignal<Copied>) {
    held.with_value(|secret| host::fill(secret.as_ref().map_or("", Secret::expose)));
    copied.set(Copied::IntoExamples);
}

/// Takes the secret out of memory.
pub fn wipe(held: Held) {
    held.set_value(None);
}

fn wipe_in_time(element: HtmlElement, held: Held, wiped: Act) {
    let gone = StoredValue::new_local(move || {
        wipe(held);
        element.set_text_content(None);
        host::fill("");
    });
    let wipe_now = move || {
        gone.with_value(|wipe| wipe());
        wiped(());
    };
    let late = wipe_now.clone();
    page::on("pagehide", move |_| wipe_now());
    let timer = set_timeout_with_handle(late, SHOWN_FOR).expect("a window has timers");
    on_cleanup(move || {
        timer.clear();
        gone.with_value(|wipe| wipe());
    });
}

fn copy(element: HtmlElement, held: Held, copied: RwSignal<Copied>) {
    let Some(asked) = held.with_value(|secret| secret.as_ref().map(|secret| clipboard::copy(secret.expose()))) else {
        return;
    };
    copied.set(Copied::Not);
    spawn_local(async move {
        if asked.await.is_ok() {
            host::say("copied", "");
            copied.set(Copied::Yes);
        } else {
            focus::select_text(&element);
            copied.set(Copied::Denied);
        }
    });
}
