//! The only component that shows a secret: in one element, for a while, and then never again.
//!
//! The text goes from the one place in memory straight into one node of the page. No signal ever holds it.

use std::time::Duration;

use leptos::{html::Output, prelude::*, task::spawn_local};

use super::button::{Button, Look};
use crate::{
    browser::{clipboard, focus, page},
    html,
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
}

/// Shows the secret. On leaving the page, after [`SHOWN_FOR`], and when taken off the screen it is wiped from the page
/// and from memory; `on_wiped` is told of the first two.
#[component]
pub fn SecretOnce(held: Held, words: Words, #[prop(into)] on_wiped: Callback<()>) -> impl IntoView {
    let element: NodeRef<Output> = NodeRef::new();
    let copied = RwSignal::new(Copied::Not);
    Effect::new(move |_| fill(element, held));
    wipe_in_time(element, held, on_wiped);
    let press = move || copy(element, held, copied);
    html! {
        <div class="secret_once">
            // Not an `<input>`, which form restore would keep; not announced, since nobody wants to hear it.
            <output
                node_ref=element
                class="secret_once__key"
                aria-label=words.label
                aria-live="off"
                tabindex="0"
                translate="no"
                spellcheck="false"
            ></output>
            <div class="button-row">
                <Button words=words.copy look=Look::Primary on_press=press />
            </div>
            <p
                role="status"
                class="secret_once__said"
                class=("secret_once__said--bad", move || copied.get() == Copied::Denied)
            >
                {move || match copied.get() {
                    Copied::Not => "",
                    Copied::Yes => words.copied,
                    Copied::Denied => words.denied,
                }}
            </p>
        </div>
    }
}

/// Takes the secret off the page and out of memory.
pub fn wipe(held: Held) {
    held.set_value(None);
}

fn fill(element: NodeRef<Output>, held: Held) {
    if let Some(output) = element.get() {
        held.with_value(|secret| output.set_text_content(secret.as_ref().map(Secret::expose)));
    }
}

fn empty(element: NodeRef<Output>, held: Held) {
    wipe(held);
    if let Some(output) = element.get_untracked() {
        output.set_text_content(None);
    }
}

fn wipe_in_time(element: NodeRef<Output>, held: Held, on_wiped: Callback<()>) {
    let wipe_now = move || {
        empty(element, held);
        on_wiped.run(());
    };
    page::on("pagehide", move |_| wipe_now());
    let timer = set_timeout_with_handle(wipe_now, SHOWN_FOR).expect("a window has timers");
    on_cleanup(move || {
        timer.clear();
        empty(element, held);
    });
}

fn copy(element: NodeRef<Output>, held: Held, copied: RwSignal<Copied>) {
    let Some(asked) = held.with_value(|secret| secret.as_ref().map(|secret| clipboard::copy(secret.expose()))) else {
        return;
    };
    copied.set(Copied::Not);
    spawn_local(async move {
        if asked.await.is_ok() {
            copied.set(Copied::Yes);
            return;
        }
        if let Some(output) = element.get_untracked() {
            focus::select_text(&output);
        }
        copied.set(Copied::Denied);
    });
}
