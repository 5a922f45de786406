//! What stands over the steps when something unfinished lies on the portal that was begun elsewhere.

use leptos::prelude::*;
use web_sys::Node;

use crate::{
    app::App,
    i18n,
    ui::{
        button::{Look, button, row},
        dom::{nothing, switch},
        notice::{Tone, notice, paragraph},
    },
};

/// What it is, and the way to it.
pub fn notices(app: App) -> Node {
    switch(
        move || app.stray.get(),
        move |journal| {
            let Some(journal) = journal else { return nothing() };
            notice(Tone::Warning, i18n::operation::STRAY)
                .attr("role", "status")
                .with(paragraph(&i18n::operation::stray(journal)))
                .with(row([
                    button("Look at it", Look::Small, move || app.look_at_stray()),
                    button("Not now", Look::Small, move || app.stray.set(None)),
                ]))
                .into()
        },
    )
}
