//! What stands over the steps when something unfinished lies on the portal that was begun elsewhere.

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
        move || app.jobs.orphan(),
        move |journal| {
            let Some(journal) = journal else { return nothing() };
            notice(Severity::Warning, &text(Label::Orphan))
                .attr("role", "status")
                .with(paragraph(&text(Message::OrphanItem { title: &journal.title, created: journal.written })))
                .with(row([
                    button(&text(Label::LookAtIt), Variant::Small, move || app.jobs.open_orphan()),
                    button(&text(Label::NotNow), Variant::Small, move || app.jobs.skip_orphan()),
                ]))
                .into()
        },
    )
}
