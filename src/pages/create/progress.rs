//! Step 6: each call as it runs, and what to do when one does not go through.

use key_wizard_core::{
    operation::{
        Differences, Event, KeyStatus, Stage, State,
        existence::step_at_fault,
        progress::{ProgressStep, StepStatus},
    },
    portal::error::Error,
};
use leptos::prelude::*;
use web_sys::Node;

use super::{key::item_link, summary::by_hand::guide_now};
use crate::{
    i18n::{Label, Message, text},
    pages::{
        labels::{existence, privilege_label},
        layout::heading,
    },
    platform::time,
    state::{App, navigation::Confirmation},
    ui::{
        button::{Variant, button, row},
        dom::{El, el, group, nothing, show, switch},
        notice::{Severity, notice, paragraph, points},
    },
};

/// The page, while a creation is under way or waits for the person. How far another tab is, nobody here knows.
pub fn progress(app: App) -> Node {
    switch(
        move || app.jobs.is_held_by_other_tab(),
        move |elsewhere| match elsewhere {
            true => group([heading(&text(Label::HeldByOtherTab)), in_another_tab(app)]),
            false => at_work(app),
        },
    )
}

fn at_work(app: App) -> Node {
    let steps = move || app.jobs.read(|state| state.progress()).unwrap_or_default();
    let calls = el("ol")
        .class("progress")
        .attr("aria-label", &text(Label::Calls))
        .with(switch(steps, |steps| group(steps.iter().map(|it| call(*it).into()))));
    let now = move || match app.connectivity.is_online() {
        true => app.jobs.read(now).unwrap_or_default(),
        false => text(Label::NothingIsSent),
    };
    let title = move || app.jobs.read(|state| title(&state.stage));
    group([
        switch(title, |title| title.map_or_else(nothing, |title| heading(&text(title)))),
        el("div").class("card").with(calls).with(el("p").class("hint").attr("role", "status").live_text(now)).into(),
        switch(
            move || app.jobs.read(|state| state.stage.clone()),
            move |stage| stage.as_ref().map_or_else(nothing, |stage| panel(app, stage)),
        ),
    ])
}

/// What is happening now.
fn now(state: &State) -> String {
    match &state.stage {
        Stage::Running(pending) if pending.recheck.is_some() => text(Message::Checking(&pending.call)),
        Stage::Running(pending) => text(Message::Calling(&pending.in_flight())),
        Stage::Waiting { ms, .. } => text(Message::WaitsFor(*ms)),
        Stage::CreatedWithoutKey | Stage::KeyShown | Stage::Acknowledged => text(Label::Done),
        _ => String::new(),
    }
}

fn title(stage: &Stage) -> Label {
    match stage {
        Stage::Refused { .. } => Label::RequestRefused,
        Stage::Mismatch(_) => Label::Mismatch,
        Stage::Indeterminate { error: Error::Refused(_), .. } => Label::LookRefused,
        Stage::Indeterminate { error: Error::Busy { .. }, .. } => Label::PortalBusy,
        Stage::Indeterminate { .. } => Label::PortalSilent,
        Stage::Recovered(KeyStatus::Unseen) => Label::UnseenKeyTitle,
        Stage::Recovered(KeyStatus::Copied) => Label::SavedQuestion,
        Stage::Recovered(_) => Label::Unfinished,
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
        .text(&text(Message::ProgressStep(step)))
        .with(el("span").class("hint").text(" – ").text(&text(Message::StepStatus(status))));
    el("li").class(class).with(el("span").class("progress__mark").attr("aria-hidden", "true").text(mark)).with(words)
}

/// What the person is told and asked, where the operation waits for them.
fn panel(app: App, stage: &Stage) -> Node {
    match stage {
        Stage::Refused { call, refusal } => {
            let step = step_at_fault(call);
            let words = text(Message::CallRefused { call, refusal });
            let words_again = text(if has_unseen_key(app) { Label::Replace } else { Label::TryAgain });
            let again = button(&words_again, Variant::Plain, move || app.jobs.send_event(Event::Continued));
            group([
                notice(Severity::Bad, &words)
                    .with(lacking(app))
                    .with(paragraph(&existence(app)))
                    .with(unseen_key(app))
                    .with(item_link(app))
                    .into(),
                row(match app.jobs.read_once(State::is_rolling_back) == Some(false) && app.jobs.owns_draft() {
                    // On the way back nothing is to be changed any more, and not here what was begun with other answers;
                    // what cannot be taken back now must not stand in the way of everything else. Its record stays.
                    false => vec![again, not_now(app)],
                    true => {
                        vec![button(&text(Label::Change), Variant::Primary, move || app.navigation.change(step)), again]
                    }
                })
                .with(take_back(app))
                .into(),
            ])
        }
        Stage::Mismatch(differences) => differing(app, differences),
        Stage::Indeterminate { pending, error } => {
            let (tone, go_on) = match has_unseen_key(app) {
                true => (Severity::Bad, Label::Replace),
                false => (Severity::Warning, Label::TryAgain),
            };
            let words = match error {
                Error::Busy { .. } if pending.recheck.is_none() => Message::CallThrottled(&pending.call),
                _ => Message::CallUnknown(&pending.call),
            };
            group([
                notice(tone, &text(words))
                    .with(paragraph(&text(Message::Error(error))))
                    .with(paragraph(&existence(app)))
                    .with(paragraph(&text(Label::CheckBeforeRetry)))
                    .with(unseen_key(app))
                    .with(item_link(app))
                    .into(),
                row([button(&text(go_on), Variant::Primary, move || app.jobs.send_event(Event::Continued))])
                    .with(take_back(app))
                    .into(),
            ])
        }
        Stage::Recovered(fate) => found(app, *fate),
        Stage::Running(_) => stop(app),
        Stage::Waiting { ms, .. } => group([countdown(*ms), stop(app)]),
        Stage::RolledBack => group([
            notice(Severity::Good, &text(Label::NothingLeft))
                .with(given_up(app))
                .with(paragraph(&text(match app.jobs.read_once(|state| state.operation.facts.folder.id().is_some()) {
                    Some(true) => Label::TypedAndFolderAreKept,
                    _ => Label::TypedIsKept,
                })))
                .into(),
            closed(app),
            row([button(&text(Label::BackToSummary), Variant::Primary, move || app.jobs.back_to_summary())]).into(),
        ]),
        _ => nothing(),
    }
}

/// Where the portal registers nothing for this app: the way through its own dialog.
fn closed(app: App) -> Node {
    show(
        move || app.jobs.is_registration_closed(),
        move || {
            group([
                notice(Severity::Warning, &text(Label::RegistrationClosed))
                    .with(paragraph(&text(Label::RegistrationClosedAdvice)))
                    .into(),
                el("div").class("card").with(el("div").class("stack stack--close").with(guide_now(app))).into(),
            ])
        },
    )
}

pub(super) fn in_another_tab(app: App) -> Node {
    group([
        notice(Severity::Warning, &text(Label::HeldByOtherTabRule))
            .with(paragraph(&text(Label::HeldByOtherTabAdvice)))
            .into(),
        row([
            button(&text(Label::ContinueHere), Variant::Primary, move || app.jobs.continue_here()),
            button(&text(Label::CreateAnotherCredential), Variant::Plain, move || app.jobs.abandon()),
        ])
        .into(),
    ])
}

/// What is on its way need not be waited for; on the way back, and to what exists, there is nothing else to do.
fn stop(app: App) -> Node {
    match app.jobs.read_once(|state| state.resumes_by_itself() && !state.is_rolling_back()) {
        Some(true) => row([button(&text(Label::Stop), Variant::Plain, move || app.jobs.interrupt())]).into(),
        _ => nothing(),
    }
}

/// What the person may not do, as soon as the portal has said so.
fn lacking(app: App) -> Node {
    let labels = move || app.jobs.missing_privileges(|ids| ids.iter().map(privilege_label).collect::<Vec<_>>());
    switch(labels, |labels| match labels.as_slice() {
        [] => nothing(),
        labels => group([paragraph(&text(Label::PrivilegesLacking)).into(), points(labels)]),
    })
}

/// How long it still waits. For the eye only: whoever listens is told once.
fn countdown(ms: u32) -> Node {
    let left = RwSignal::new(ms.div_ceil(1000));
    tick(left);
    el("p").class("hint").attr("aria-hidden", "true").live_text(move || text(Message::Countdown(left.get()))).into()
}

/// Counts down once a second, until it is at its end or off the screen.
fn tick(left: RwSignal<u32>) {
    time::after_a_second(move || {
        let now = left.try_update(|left| {
            *left = left.saturating_sub(1);
            *left
        });
        if now.is_some_and(|left| left > 0) {
            tick(left);
        }
    });
}

fn has_unseen_key(app: App) -> bool {
    app.jobs.read_once(State::may_have_unseen_key).unwrap_or(false)
}

fn unseen_key(app: App) -> Node {
    match has_unseen_key(app) {
        true => paragraph(&text(Message::FoundKey(KeyStatus::Unseen))).text(".").into(),
        false => nothing(),
    }
}

/// A key that could not be ended by name: deleting its credential has to do, or did.
fn given_up(app: App) -> Node {
    match app.jobs.read_once(|state| state.operation.facts.key.is_given_up) {
        Some(true) => paragraph(&text(Label::KeyGivenUp)).into(),
        _ => nothing(),
    }
}

fn take_back(app: App) -> Node {
    if has_unseen_key(app) {
        return revoke(app);
    }
    match app.jobs.read_once(|state| state.operation.facts.item.may_exist()) {
        Some(true) => {
            button(&text(Label::DeleteCreated), Variant::Danger, move || app.jobs.send_event(Event::Discarded)).into()
        }
        _ => button(&text(Label::GiveUp), Variant::Plain, move || app.jobs.send_event(Event::Discarded)).into(),
    }
}

/// How the portal's credential differs from what was asked, a sentence each.
fn rows(differences: &Differences) -> Vec<String> {
    let mut rows: Vec<String> =
        differences.missing.iter().map(|id| text(Message::NotGranted(&privilege_label(id)))).collect();
    rows.extend(differences.extra.iter().map(|id| text(Message::GrantedUnasked(&privilege_label(id)))));
    rows.extend(differences.referrers.as_ref().map(|held| text(Message::ReferrersHeld(held))));
    rows.extend(differences.expires.map(|held| text(Message::ExpirationHeld(held))));
    rows
}

fn differing(app: App, differences: &Differences) -> Node {
    let rows = rows(differences);
    let tone = if has_unseen_key(app) { Severity::Bad } else { Severity::Warning };
    let agree = match app.jobs.read_once(|state| state.operation.plan.key_now) {
        Some(true) => Label::GenerateAnyway,
        _ => Label::KeepAsItIs,
    };
    let mut buttons = Vec::new();
    if differences.can_be_confirmed() {
        buttons.push(button(&text(agree), Variant::Primary, move || app.jobs.send_event(Event::Confirmed)));
    }
    buttons.push(button(&text(Label::AskPortalAgain), Variant::Plain, move || app.jobs.send_event(Event::Continued)));
    buttons.extend(not_here(app));
    group([
        notice(tone, &text(Label::MismatchNotice))
            .with(el("ul").with_all(rows.iter().map(|words| el("li").with(el("bdi").text(words)).into())))
            .with(paragraph(&existence(app)))
            .with(unseen_key(app))
            .into(),
        row(buttons).with(take_back(app)).into(),
    ])
}

/// After a reload: what exists, and one press to go on or to take it back.
fn found(app: App, fate: KeyStatus) -> Node {
    let (tone, go_on) = match fate {
        KeyStatus::None => (Severity::Warning, Label::Continue),
        KeyStatus::Copied => (Severity::Warning, Label::Replace),
        KeyStatus::Unseen | KeyStatus::ShownOnly => (Severity::Bad, Label::Replace),
    };
    let complete = app.jobs.read_once(|state| state.operation.plan.complete).unwrap_or(false);
    let mut buttons = Vec::new();
    let mut look = Variant::Primary;
    if matches!(fate, KeyStatus::ShownOnly | KeyStatus::Copied) {
        buttons.push(button(&text(Label::KeySaved), look, move || app.jobs.acknowledge()));
        look = Variant::Plain;
    }
    if complete {
        buttons.push(button(&text(go_on), look, move || app.jobs.send_event(Event::Continued)));
    }
    buttons.extend(not_here(app));
    group([
        notice(tone, &text(Message::FoundKey(fate)))
            .with(paragraph(&existence(app)))
            .with(paragraph(&text(Message::FoundAdvice { fate, can_continue: complete })))
            .with(item_link(app))
            .into(),
        row(buttons).with(if fate == KeyStatus::None { take_back(app) } else { revoke(app) }).into(),
    ])
}

/// What was typed in this tab for another one is not held up by this one, nor taken for its answers.
fn not_here(app: App) -> Option<El> {
    (!app.jobs.owns_draft()).then(|| not_now(app))
}

/// Leaves it as it is, for another one.
fn not_now(app: App) -> El {
    button(&text(Label::NotNow), Variant::Plain, move || app.jobs.abandon())
}

/// A key that lives and that nobody has is ended by deleting its credential.
fn revoke(app: App) -> Node {
    button(&text(Label::Revoke), Variant::Danger, move || app.navigation.ask(Confirmation::Revoke)).into()
}
