//! Shown when `config.json` cannot be used: every key at fault, and what is allowed.

use leptos::prelude::*;

use super::frame::Heading;
use crate::{
    html,
    ui::{
        button::{Button, Look},
        notice::{Notice, Tone},
    },
};

/// The page; each fault is a sentence that begins with its key.
#[component]
pub fn ConfigPage(faults: Vec<String>) -> impl IntoView {
    html! {
        <Heading words="This page is not set up correctly" />
        <p class="lead">{"Whoever runs this page has to correct its config.json. Nothing was sent to any portal."}</p>
        <Notice tone=Tone::Bad title="What is wrong">
            <ul>{faults.into_iter().map(|fault| html! { <li>{fault}</li> }).collect_view()}</ul>
        </Notice>
        <div class="button-row">
            <Button words="Check again" look=Look::Primary on_press=crate::browser::page::reload />
        </div>
    }
}
