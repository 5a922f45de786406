//! A button that copies a text that is no secret, and says whether it did.

use leptos::{prelude::*, task::spawn_local};

use crate::{browser::clipboard, html};

/// Copies `text`; `done` and `denied` are announced.
#[component]
pub fn CopyButton(
    words: &'static str,
    done: &'static str,
    denied: &'static str,
    #[prop(into)] text: String,
) -> impl IntoView {
    let said = RwSignal::new("");
    let press = move |_| {
        let text = text.clone();
        spawn_local(async move {
            said.set(if clipboard::copy(&text).await.is_ok() { done } else { denied });
        });
    };
    html! {
        <div class="button-row">
            <button type="button" class="button" on:click=press>{words}</button>
            <p role="status">{said}</p>
        </div>
    }
}
