//! Which page is on the screen.

use key_wizard_core::{credential::privilege, portal::account::Account};
use leptos::prelude::*;
use web_sys::Node;

use super::{
    config_error::config_page, connection_warning, create::wizard_view, layout::frame,
    missing_privileges::missing_privileges, session_warning, sign_in::sign_in_page,
};
use crate::{
    i18n::{self, Label, text},
    state::{App, Confirmation, Phase},
    ui::{
        button::{Variant, button, row},
        dialog::dialog,
        dom::{act, el, group, nothing, show, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// The page.
pub fn page(app: App) -> Node {
    let main = switch(
        move || app.phase.get(),
        move |phase| match phase {
            Phase::Starting => waiting(Label::Loading),
            Phase::SigningIn => waiting(Label::SigningIn),
            Phase::Misconfigured(faults) => config_page(faults),
            Phase::SignedOut(news) => sign_in_page(app, news.as_ref()),
            Phase::SignedIn(account) => signed_in(app, account),
        },
    );
    let notices = [
        storage_notice(app),
        link_notice(app),
        another_account(app),
        connection_warning::warning(app),
        session_warning::warning(app),
    ];
    group([frame(app, [group(notices), main]), leave_question(app)])
}

fn storage_notice(app: App) -> Node {
    let lost = move || match (app.storage_blocked.get(), app.journal_unavailable.get()) {
        (true, _) => Some(Label::DraftNotStored),
        (_, true) => Some(Label::JournalNotStored),
        _ => None,
    };
    switch(lost, |lost| match *lost {
        None => nothing(),
        Some(lost) => notice(Severity::Warning, &text(Label::StorageBlocked)).with(paragraph(&text(lost))).into(),
    })
}

fn link_notice(app: App) -> Node {
    let build =
        || notice(Severity::Bad, &i18n::prefill::refused("link")).with(paragraph(&text(Label::PrefillBusy))).into();
    show(move || app.prefill_rejected.get(), build)
}

/// Only the person who began a creation can go on with it.
fn another_account(app: App) -> Node {
    let build = || {
        notice(Severity::Warning, &text(Label::WrongAccount))
            .attr("role", "status")
            .with(paragraph(&text(Label::WrongAccountAdvice)))
            .into()
    };
    show(move || app.wrong_account.get(), build)
}

/// Stands where the shell's heading stood, so that nothing jumps.
fn waiting(words: Label) -> Node {
    group([
        el("h1").text(&text(Label::AppTitle)).into(),
        el("p").class("lead").attr("role", "status").text(&text(words)).into(),
    ])
}

fn signed_in(app: App, account: &Account) -> Node {
    let missing = privilege::can_create(&account.privileges);
    let told = RwSignal::new(missing.is_empty());
    // What is unfinished comes first, whatever has been taken from the person meanwhile.
    switch(
        move || told.get() || app.operation.with(Option::is_some),
        move |told_now| match told_now {
            true => wizard_view(app),
            false => missing_privileges(app, &missing, move || told.set(true)),
        },
    )
}

/// Asked before the key is left without having been saved.
fn leave_question(app: App) -> Node {
    let stay = move || app.pending_confirmation.set(None);
    switch(
        move || app.pending_confirmation.get(),
        move |leave: &Option<Confirmation>| {
            let Some(leave) = *leave else { return nothing() };
            let (title, consequence, go) = match leave {
                Confirmation::EndKey => (Label::EndKeyQuestion, Label::EndKeyConsequence, Label::EndKey),
                _ => (Label::LeaveKeyQuestion, Label::LeaveKeyConsequence, Label::LeaveKey),
            };
            let buttons = row([
                button(&text(Label::Stay), Variant::Primary, stay),
                button(&text(go), Variant::Danger, move || app.confirm_leaving(leave)),
            ]);
            let consequence = paragraph(&text(consequence));
            dialog("leave-question", &text(title), act(move |()| stay()), |body| body.with(consequence).with(buttons))
        },
    )
}
