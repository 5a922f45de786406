//! After step 5: the progress of each call, and what to do when one fails.

pub(super) mod actions;
mod countdown;
mod mismatch;
mod recovered;

use key_wizard_core::{
    operation::{
        Event, KeyStatus, Stage, State,
        existence::step_at_fault,
        progress::{ProgressStep, StepStatus},
    },
    portal::error::Error,
};
use web_sys::Node;

use self::{
    actions::{has_unseen_key, item_link, not_now, take_back, unseen_key},
    countdown::countdown,
    mismatch::mismatch,
    recovered::recovered,
};
use super::summary::by_hand::portal_dialog_now;
use crate::{
    i18n::{Label, Message, text},
    pages::{
        labels::{existence, privilege_label},
        layout::heading,
    },
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{El, IntoView, Signal, el, nothing, show, switch},
        notice::{Severity, notice, paragraph, points},
    },
};

/// The page while an operation is in progress or waits for the person. The progress of another tab is unknown.
pub fn progress(app: App) -> Node {
    switch(
        move || app.jobs.is_held_by_other_tab(),
        move |elsewhere| match elsewhere {
            true => (heading(&text(Label::HeldByOtherTab)), in_another_tab(app)).into_view(),
            false => at_work(app),
        },
    )
}

fn at_work(app: App) -> Node {
    let steps = Signal::derive(move || {
        let is_online = app.connectivity.is_online();
        let now = |(step, status): (_, StepStatus)| (step, if is_online { status } else { status.offline() });
        app.jobs.read(|state| state.progress().into_iter().map(now).collect::<Vec<_>>()).unwrap_or_default()
    });
    let calls = el("ol")
        .class("progress")
        .attr("aria-label", text(Label::Calls))
        .child(switch(move || steps.get(), |steps| steps.iter().map(|step| call(*step)).collect::<Vec<_>>()));
    let now = move || match app.connectivity.is_online() {
        true => app.jobs.read(now).unwrap_or_default(),
        false => text(Label::NothingIsSent),
    };
    let title = move || {
        let is_closed = app.jobs.is_registration_closed();
        app.jobs.read(|state| title(state, is_closed))
    };
    (
        switch(title, |title| title.map(|title| heading(&text(title)))),
        el("div")
            .class("card")
            // A question about a key comes first, and says what exists.
            .attr("hidden", move || steps.with(Vec::is_empty) || app.jobs.read(is_asked_about_key) == Some(true))
            .child(calls)
            .child(el("p").class("hint").attr("role", "status").text(now)),
        switch(
            move || app.jobs.read(|state| state.stage.clone()),
            move |stage| stage.as_ref().map(|stage| panel(app, stage)),
        ),
    )
        .into_view()
}

fn is_asked_about_key(state: &State) -> bool {
    matches!(state.stage, Stage::Recovered(KeyStatus::Unseen | KeyStatus::ShownOnly | KeyStatus::Copied))
}

fn now(state: &State) -> String {
    match &state.stage {
        Stage::Running(pending) if pending.recheck.is_some() => text(Message::Checking(&pending.call)),
        Stage::Running(pending) => text(Message::Calling(&pending.in_flight())),
        Stage::Waiting { ms, .. } => text(Message::WaitsFor(*ms)),
        Stage::CreatedWithoutKey | Stage::KeyShown | Stage::Acknowledged => text(Label::Done),
        _ => String::new(),
    }
}

fn title(state: &State, is_registration_closed: bool) -> Label {
    match &state.stage {
        Stage::Refused { .. } => Label::RequestRefused,
        Stage::Mismatch(_) => Label::Mismatch,
        Stage::Indeterminate { error: Error::Refused(_), .. } => Label::LookRefused,
        Stage::Indeterminate { error: Error::Busy { .. }, .. } => Label::PortalBusy,
        Stage::Indeterminate { .. } => Label::PortalSilent,
        Stage::Recovered(KeyStatus::Unseen) => Label::UnseenKeyTitle,
        Stage::Recovered(KeyStatus::ShownOnly | KeyStatus::Copied) => Label::SavedQuestion,
        Stage::Recovered(_) => Label::Unfinished,
        Stage::RolledBack if is_registration_closed => Label::RegistrationClosed,
        Stage::RolledBack if state.operation.facts.had_item => Label::CredentialDeleted,
        Stage::RolledBack => Label::RolledBack,
        _ => Label::Creating,
    }
}

fn call((step, status): (ProgressStep, StepStatus)) -> El {
    let (class, mark) = match status {
        StepStatus::Ahead => ("progress__call progress__call--waiting", ""),
        StepStatus::Running | StepStatus::Checking | StepStatus::Waiting => {
            ("progress__call progress__call--running", "")
        }
        StepStatus::Done => ("progress__call progress__call--done", "✓"),
        StepStatus::Stopped => ("progress__call progress__call--stopped", "!"),
    };
    let words = el("span")
        .text(text(Message::ProgressStep(step)))
        .child(el("span").class("hint").text(" – ").text(text(Message::StepStatus(status))));
    el("li").class(class).child(el("span").class("progress__mark").attr("aria-hidden", "true").text(mark)).child(words)
}

/// The message and the question when the operation waits for the person.
fn panel(app: App, stage: &Stage) -> Node {
    match stage {
        Stage::Refused { call, refusal } => {
            let step = step_at_fault(call);
            let words = text(Message::CallRefused { call, refusal });
            let words_again = text(if has_unseen_key(app) { Label::Replace } else { Label::TryAgain });
            let again = button(&words_again, Variant::Plain, move || app.jobs.send_event(Event::Continued));
            (
                notice(Severity::Bad, &words)
                    .child(lacking(app))
                    .child(paragraph(&existence(app)))
                    .child(unseen_key(app))
                    .child(item_link(app)),
                row(match app.jobs.read_once(State::is_rolling_back) == Some(false) && app.jobs.owns_draft() {
                    // During a rollback there is nothing to change, and not in this tab if the operation has another
                    // draft; a rollback that is stuck must not block everything else. Its record stays.
                    false => vec![again, not_now(app)],
                    true => {
                        vec![button(&text(Label::Change), Variant::Primary, move || app.navigation.change(step)), again]
                    }
                })
                .child(take_back(app)),
            )
                .into_view()
        }
        Stage::Mismatch(differences) => mismatch(app, differences),
        Stage::Indeterminate { pending, error } => {
            let (tone, go_on) = match has_unseen_key(app) {
                true => (Severity::Bad, Label::Replace),
                false => (Severity::Warning, Label::TryAgain),
            };
            let words = match error {
                Error::Busy { .. } if pending.recheck.is_none() => Message::CallThrottled(&pending.call),
                _ => Message::CallUnknown(&pending.call),
            };
            (
                notice(tone, &text(words))
                    .child(paragraph(&text(Message::Error(error))))
                    .child(paragraph(&existence(app)))
                    .child(paragraph(&text(Label::CheckBeforeRetry)))
                    .child(unseen_key(app))
                    .child(item_link(app)),
                row([button(&text(go_on), Variant::Primary, move || app.jobs.send_event(Event::Continued))])
                    .child(take_back(app)),
            )
                .into_view()
        }
        Stage::Recovered(fate) => recovered(app, *fate),
        Stage::Running(_) => stop(app),
        Stage::Waiting { ms, .. } => (countdown(*ms), stop(app)).into_view(),
        Stage::RolledBack => (
            closed(app),
            notice(Severity::Good, &text(Label::NothingLeft)).child(given_up(app)).child(paragraph(&text(
                match app.jobs.read_once(|state| state.operation.facts.folder.id().is_some()) {
                    Some(true) => Label::TypedAndFolderAreKept,
                    _ => Label::TypedIsKept,
                },
            ))),
            row([button(&text(Label::BackToSummary), Variant::Primary, move || app.jobs.back_to_summary())]),
        )
            .into_view(),
        _ => nothing(),
    }
}

/// If the portal refuses every registration through this app: the way through its own dialog.
fn closed(app: App) -> Node {
    show(
        move || app.jobs.is_registration_closed(),
        move || {
            (
                paragraph(&text(Label::RegistrationClosedAdvice)),
                el("div").class("card").child(el("div").class("stack stack--close").child(portal_dialog_now(app))),
            )
        },
    )
}

pub(super) fn in_another_tab(app: App) -> Node {
    (
        notice(Severity::Warning, &text(Label::HeldByOtherTabRule))
            .child(paragraph(&text(Label::HeldByOtherTabAdvice))),
        row([
            button(&text(Label::ContinueHere), Variant::Primary, move || app.jobs.continue_here()),
            another_credential(app),
        ]),
    )
        .into_view()
}

/// Leaves the operation to the tab that runs it.
pub(super) fn another_credential(app: App) -> El {
    button(&text(Label::CreateAnotherCredential), Variant::Plain, move || app.jobs.abandon())
}

/// The `Stop` button. During a rollback or an inspection there is nothing else to do, so it is missing.
fn stop(app: App) -> Node {
    match app.jobs.read_once(|state| state.resumes_by_itself() && !state.is_rolling_back()) {
        Some(true) => row([button(&text(Label::Stop), Variant::Plain, move || app.jobs.interrupt())]).into_view(),
        _ => nothing(),
    }
}

/// The missing privileges, once the portal has reported them.
fn lacking(app: App) -> Node {
    let labels = move || app.jobs.missing_privileges(|ids| ids.iter().map(privilege_label).collect::<Vec<_>>());
    switch(labels, |labels| match labels.as_slice() {
        [] => nothing(),
        labels => (paragraph(&text(Label::PrivilegesLacking)), points(labels)).into_view(),
    })
}

/// A key that could not be revoked: deleting its credential has to end it, or did.
fn given_up(app: App) -> Node {
    match app.jobs.read_once(|state| state.operation.facts.key.is_given_up()) {
        Some(true) => paragraph(&text(Label::KeyGivenUp)).into_view(),
        _ => nothing(),
    }
}
