//! Chooses the page to show.

use key_wizard_core::{
    credential::{obstacle::Obstacle, offer::Offer},
    operation::State,
};
use leptos::prelude::*;
use web_sys::{HtmlElement, Node};

use super::{
    config_error::config_page,
    connection_warning,
    create::wizard_view,
    layout::{HEADING, frame},
    missing_privileges::obstacle_page,
    session_warning,
    sign_in::sign_in_page,
};
use crate::{
    i18n::{Label, Message, text},
    state::{
        App,
        navigation::Confirmation,
        session::{Person, Phase},
    },
    ui::{
        button::{Variant, button, row},
        dialog::dialog,
        dom::{self, Callback, IntoView, el, heading, nothing, show, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// Renders the page into `root`, replacing its content.
pub fn mount_page(app: App, root: &HtmlElement) {
    dom::mount(|| page(app), |page| root.replace_children_with_node_1(&page));
}

fn page(app: App) -> Node {
    let main = switch(
        move || app.session.phase(),
        move |phase| match phase {
            Phase::Starting => waiting(Label::Loading),
            Phase::SigningIn => waiting(Label::SigningIn),
            Phase::Misconfigured(faults) => config_page(faults),
            Phase::SignedOut(news) => sign_in_page(app, news.as_ref()),
            Phase::ByHand(_) => wizard_view(app, Offer::everything()),
            Phase::SignedIn(person) => signed_in(app, person),
        },
    );
    let notices = [
        storage_notice(app),
        link_notice(app),
        another_account(app),
        connection_warning::warning(app),
        session_warning::warning(app, HEADING),
    ];
    let main = notices.into_iter().chain([main]);
    (frame(app, main), leave_question(app)).into_view()
}

fn storage_notice(app: App) -> Node {
    let lost = move || match (app.draft.is_storage_blocked(), app.jobs.journals().is_unavailable()) {
        (true, _) => Some(Label::DraftNotStored),
        (_, true) => Some(Label::JournalNotStored),
        _ => None,
    };
    switch(lost, |lost| match *lost {
        None => nothing(),
        Some(lost) => notice(Severity::Warning, &text(Label::StorageBlocked)).child(paragraph(&text(lost))).into_view(),
    })
}

fn link_notice(app: App) -> Node {
    let build =
        || notice(Severity::Bad, &text(Label::LinkNotUsed)).child(paragraph(&text(Label::PrefillBusy))).into_view();
    show(move || app.navigation.is_prefill_rejected(), build)
}

/// Only the person who began a creation can continue it.
fn another_account(app: App) -> Node {
    let build = || {
        notice(Severity::Warning, &text(Label::WrongAccount))
            .attr("role", "status")
            .child(paragraph(&text(Label::WrongAccountAdvice)))
            .into_view()
    };
    show(move || app.jobs.is_of_wrong_account(), build)
}

/// A heading in the place of the shell's, so that nothing jumps.
fn waiting(words: Label) -> Node {
    (heading(1).text(text(Label::AppTitle)), el("p").class("lead").attr("role", "status").text(text(words))).into_view()
}

fn signed_in(app: App, person: &Person) -> Node {
    let person = person.clone();
    let obstacle = Obstacle::of(&person.account);
    let told = RwSignal::new(obstacle.is_none());
    // An unfinished operation comes first, even if the person has lost privileges meanwhile.
    switch(
        move || told.get() || app.jobs.is_there(),
        move |told_now| match obstacle.as_ref().filter(|_| !told_now) {
            None => wizard_view(app, Offer::of(&person.account)),
            Some(obstacle) => obstacle_page(app, &person, obstacle, move || told.set(true)),
        },
    )
}

fn revoke_consequence(app: App) -> String {
    app.jobs.read_once(|state| text(Message::RevokeConsequence(state.title()))).unwrap_or_default()
}

/// The button that closes the question.
const STAY: &str = "stay";

/// Asks for a confirmation before something is lost: an unsaved key, a live key, or answers.
fn leave_question(app: App) -> Node {
    let stay = move || app.navigation.close_question();
    switch(
        move || app.navigation.pending_confirmation(),
        move |leave: &Option<Confirmation>| {
            let Some(leave) = *leave else { return nothing() };
            let (title, consequence, go) = match leave {
                Confirmation::DiscardItems(_) => {
                    (Label::DiscardItemsQuestion, text(Label::DiscardItemsConsequence), Label::DiscardItems)
                }
                Confirmation::EndKey => (Label::EndKeyQuestion, text(Label::EndKeyConsequence), Label::EndKey),
                Confirmation::ForgetAnswers => {
                    let consequence = match app.jobs.read_once(State::would_stay_unfinished) {
                        Some(true) => Label::ForgetUnfinishedConsequence,
                        _ => Label::ForgetAnswersConsequence,
                    };
                    (Label::ForgetAnswersQuestion, text(consequence), Label::ForgetAnswers)
                }
                Confirmation::Revoke => (Label::RevokeQuestion, revoke_consequence(app), Label::DeleteCredential),
                Confirmation::To(_) | Confirmation::SignOut | Confirmation::SignIn if app.key.is_unsaved() => {
                    (Label::LeaveKeyQuestion, text(Label::LeaveKeyConsequence), Label::LeaveKey)
                }
                Confirmation::To(_) | Confirmation::SignOut | Confirmation::SignIn => {
                    (Label::LeaveCopiedKeyQuestion, text(Label::LeaveCopiedKeyConsequence), Label::LeaveKey)
                }
            };
            let buttons = row([
                button(&text(Label::Stay), Variant::Primary, stay).id(STAY),
                button(&text(go), Variant::Danger, move || app.confirm(leave)),
            ]);
            let consequence = paragraph(&consequence);
            dialog("leave-question", &text(title), Callback::new(move |()| stay()), |body| {
                // The warning outside the dialog is inert.
                body.child(session_warning::warning(app, STAY)).child(consequence).child(buttons)
            })
        },
    )
}
