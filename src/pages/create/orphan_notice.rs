//! The notice above the steps about an unfinished creation that began elsewhere.

use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{IntoView, nothing, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// The notice with a button that opens it; and one about a key that was copied before its page was left.
pub fn notices(app: App) -> Node {
    (orphan(app), copied(app)).into_view()
}

fn copied(app: App) -> Node {
    switch(
        move || app.jobs.copied(),
        move |journal| {
            let Some(journal) = journal else { return nothing() };
            notice(Severity::Warning, &text(Message::CopiedKeyOf(&journal.title)))
                .attr("role", "status")
                .child(paragraph(&text(Label::CopiedKeyAdvice)))
                .child(row([
                    button(&text(Label::KeySaved), Variant::Small, move || app.jobs.acknowledge_copied()),
                    button(&text(Label::KeyLost), Variant::Small, move || app.jobs.open_copied()),
                ]))
                .into_view()
        },
    )
}

fn orphan(app: App) -> Node {
    switch(
        move || app.jobs.orphan(),
        move |journal| {
            let Some(journal) = journal else { return nothing() };
            notice(Severity::Warning, &text(Label::Orphan))
                .attr("role", "status")
                .child(paragraph(&text(Message::OrphanItem { title: &journal.title, created: journal.written })))
                .child(row([
                    button(&text(Label::LookAtIt), Variant::Small, move || app.jobs.open_orphan()),
                    button(&text(Label::NotNow), Variant::Small, move || app.jobs.skip_orphan()),
                ]))
                .into_view()
        },
    )
}
