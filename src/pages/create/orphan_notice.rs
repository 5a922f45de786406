//! What stands over the steps when something unfinished lies on the portal that was begun elsewhere.

use key_wizard_core::operation::State;
use leptos::prelude::*;
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{nothing, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// What it is, and the way to it.
pub fn notices(app: App) -> Node {
    switch(
        // Not over an operation of one's own.
        move || {
            let is_free = app.operation.with(|state| state.as_ref().is_none_or(State::is_over));
            app.orphans.with(|strays| strays.last().filter(|_| is_free).cloned())
        },
        move |journal| {
            let Some(journal) = journal else { return nothing() };
            notice(Severity::Warning, &text(Label::Orphan))
                .attr("role", "status")
                .with(paragraph(&text(Message::OrphanItem { title: &journal.title, created: journal.written })))
                .with(row([
                    button(&text(Label::LookAtIt), Variant::Small, move || app.open_orphan()),
                    button(&text(Label::NotNow), Variant::Small, move || {
                        app.orphans.update(|strays| drop(strays.pop()))
                    }),
                ]))
                .into()
        },
    )
}
