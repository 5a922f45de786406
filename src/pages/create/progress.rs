//! Step 6: each call as it runs, and what to do when one does not go through.

use key_wizard_core::{
    operation::{
        Differences, Event, KeyFate, Stage, State,
        progress::{StepName, StepStatus},
    },
    portal::error::Error,
};
use leptos::prelude::*;
use web_sys::Node;

use super::key::item_link;
use crate::{
    i18n,
    pages::{
        labels::{privilege_label, standing},
        layout::heading,
    },
    platform::time,
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{El, el, group, nothing, switch},
        notice::{Severity, notice, paragraph, points},
    },
};

/// The heading where another tab has the operation.
pub(super) const ELSEWHERE: &str = "Another tab is at work on this credential";

/// The page, while a creation is under way or waits for the person. How far another tab is, nobody here knows.
pub fn progress(app: App) -> Node {
    switch(
        move || app.jobs.is_held_by_other_tab(),
        move |elsewhere| match elsewhere {
            true => group([heading(ELSEWHERE), in_another_tab(app)]),
            false => at_work(app),
        },
    )
}

fn at_work(app: App) -> Node {
    let steps = move || app.jobs.read(|state| state.progress()).unwrap_or_default();
    let calls = el("ol")
        .class("progress")
        .attr("aria-label", "Calls to the portal")
        .with(switch(steps, |steps| group(steps.iter().map(|it| call(*it).into()))));
    let now = move || match app.connectivity.is_online() {
        true => app.jobs.read(i18n::operation::now).unwrap_or_default(),
        false => i18n::operation::UNCONNECTED.to_owned(),
    };
    let title = move || app.jobs.read(|state| title(&state.stage)).unwrap_or_default();
    group([
        switch(title, |title| heading(title)),
        el("div").class("card").with(calls).with(el("p").class("hint").attr("role", "status").live_text(now)).into(),
        switch(
            move || app.jobs.read(|state| state.stage.clone()),
            move |stage| stage.as_ref().map_or_else(nothing, |stage| panel(app, stage)),
        ),
    ])
}

fn title(stage: &Stage) -> &'static str {
    match stage {
        Stage::Refused { .. } => "The portal refused",
        Stage::Differs(_) => "The portal registered something else",
        Stage::Unsure { error: Error::Refused(_), .. } => "The portal did not let us look",
        Stage::Unsure { error: Error::Busy { .. }, .. } => "The portal is too busy",
        Stage::Unsure { .. } => "The portal does not answer",
        Stage::Found(KeyFate::Unseen) => "A key nobody has seen may be live",
        Stage::Found(_) => "You have an unfinished credential",
        Stage::Discarded => "Everything was taken back",
        _ => "Creating your credential",
    }
}

fn call((step, status): (StepName, StepStatus)) -> El {
    let (class, mark) = match status {
        StepStatus::Ahead => ("progress__call progress__call--waiting", ""),
        StepStatus::Running | StepStatus::Checking | StepStatus::Waiting => {
            ("progress__call progress__call--running", "")
        }
        StepStatus::Done => ("progress__call progress__call--done", "✓"),
        StepStatus::Stopped => ("progress__call progress__call--stopped", "!"),
    };
    let words = el("span")
        .text(i18n::operation::step(step))
        .with(el("span").class("hint").text(" – ").text(i18n::operation::status(status)));
    el("li").class(class).with(el("span").class("progress__mark").attr("aria-hidden", "true").text(mark)).with(words)
}

/// What the person is told and asked, where the operation waits for them.
fn panel(app: App, stage: &Stage) -> Node {
    match stage {
        Stage::Refused { call, refusal } => {
            let step = i18n::operation::step_at_fault(call, refusal);
            let words = i18n::operation::refused(call, refusal);
            let words_again = if has_unseen_key(app) { "Replace" } else { "Try again" };
            let again = button(words_again, Variant::Plain, move || app.jobs.send_event(Event::Continued));
            group([
                notice(Severity::Bad, &words)
                    .with(lacking(app))
                    .with(paragraph(&standing(app)))
                    .with(unseen_key(app))
                    .with(item_link(app))
                    .into(),
                row(match app.jobs.read_once(State::is_undoing) == Some(false) && app.jobs.owns_draft() {
                    // On the way back nothing is to be changed any more, and not here what was begun with other answers;
                    // what cannot be taken back now must not stand in the way of everything else. Its record stays.
                    false => vec![again, not_now(app)],
                    true => vec![button("Change", Variant::Primary, move || app.navigation.change(step)), again],
                })
                .with(take_back(app))
                .into(),
            ])
        }
        Stage::Differs(differences) => differing(app, differences),
        Stage::Unsure { task, error } => {
            let (tone, go_on) = match has_unseen_key(app) {
                true => (Severity::Bad, "Replace"),
                false => (Severity::Warning, "Try again"),
            };
            let is_put_off = task.doubt.is_none() && matches!(error, Error::Busy { .. });
            group([
                notice(tone, &i18n::operation::unsure(&task.call, is_put_off))
                    .with(paragraph(&i18n::portal::sentence(error)))
                    .with(paragraph(&standing(app)))
                    .with(paragraph("Nothing is sent a second time before the portal has said what exists."))
                    .with(unseen_key(app))
                    .with(item_link(app))
                    .into(),
                row([button(go_on, Variant::Primary, move || app.jobs.send_event(Event::Continued))])
                    .with(take_back(app))
                    .into(),
            ])
        }
        Stage::Found(fate) => found(app, *fate),
        Stage::Running(_) => stop(app),
        Stage::Waiting { ms, .. } => group([countdown(*ms), stop(app)]),
        Stage::Discarded => group([
            notice(Severity::Good, "Nothing of this credential is left on the portal")
                .with(given_up(app))
                .with(paragraph(match app.jobs.read_once(|state| state.work.made.folder.is_some()) {
                    Some(true) => "What you typed is kept, and so is the folder.",
                    _ => "What you typed is kept.",
                }))
                .into(),
            row([button("Back to the Summary", Variant::Primary, move || app.jobs.back_to_summary())]).into(),
        ]),
        _ => nothing(),
    }
}

pub(super) fn in_another_tab(app: App) -> Node {
    group([
        notice(Severity::Warning, "It can be worked at in one tab at a time")
            .with(paragraph("Go back to the other tab, or continue here: the other tab then stops."))
            .into(),
        row([
            button("Continue here", Variant::Primary, move || app.jobs.continue_here()),
            button("Create another credential", Variant::Plain, move || app.jobs.abandon()),
        ])
        .into(),
    ])
}

/// What is on its way need not be waited for; on the way back, and to what exists, there is nothing else to do.
fn stop(app: App) -> Node {
    match app.jobs.read_once(|state| state.goes_on_unasked() && !state.is_undoing()) {
        Some(true) => row([button("Stop", Variant::Plain, move || app.jobs.interrupt())]).into(),
        _ => nothing(),
    }
}

/// What the person may not do, as soon as the portal has said so.
fn lacking(app: App) -> Node {
    let labels = move || app.jobs.missing_privileges(|ids| ids.iter().map(privilege_label).collect::<Vec<_>>());
    switch(labels, |labels| match labels.as_slice() {
        [] => nothing(),
        labels => group([paragraph(i18n::operation::LACKING).into(), points(labels)]),
    })
}

/// How long it still waits. For the eye only: whoever listens is told once.
fn countdown(ms: u32) -> Node {
    let left = RwSignal::new(ms.div_ceil(1000));
    tick(left);
    el("p").class("hint").attr("aria-hidden", "true").live_text(move || format!("Going on in {} s.", left.get())).into()
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
        true => paragraph(i18n::operation::found(KeyFate::Unseen)).text(".").into(),
        false => nothing(),
    }
}

/// A key that could not be ended by name: deleting its credential has to do, or did.
fn given_up(app: App) -> Node {
    match app.jobs.read_once(|state| state.work.made.key_given_up) {
        Some(true) => paragraph(i18n::operation::GIVEN_UP).into(),
        _ => nothing(),
    }
}

fn take_back(app: App) -> Node {
    if has_unseen_key(app) {
        return revoke(app);
    }
    match app.jobs.read_once(|state| state.work.made.may_exist()) {
        Some(true) => {
            button("Delete what was made", Variant::Danger, move || app.jobs.send_event(Event::Discarded)).into()
        }
        _ => button("Give up", Variant::Plain, move || app.jobs.send_event(Event::Discarded)).into(),
    }
}

fn differing(app: App, differences: &Differences) -> Node {
    let rows = i18n::operation::differences(differences, &privilege_label);
    let tone = if has_unseen_key(app) { Severity::Bad } else { Severity::Warning };
    let agree = match app.jobs.read_once(|state| state.work.plan.key_now) {
        Some(true) => "Generate the key anyway",
        _ => "Keep it as it is",
    };
    let mut buttons = Vec::new();
    if differences.can_be_confirmed() {
        buttons.push(button(agree, Variant::Primary, move || app.jobs.send_event(Event::Confirmed)));
    }
    buttons.push(button("Ask the portal again", Variant::Plain, move || app.jobs.send_event(Event::Continued)));
    buttons.extend(not_here(app));
    group([
        notice(tone, "The credential is not exactly what you asked for")
            .with(el("ul").with_all(rows.iter().map(|words| el("li").with(el("bdi").text(words)).into())))
            .with(paragraph(&standing(app)))
            .with(unseen_key(app))
            .into(),
        row(buttons).with(take_back(app)).into(),
    ])
}

/// After a reload: what exists, and one press to go on or to take it back.
fn found(app: App, fate: KeyFate) -> Node {
    let (tone, go_on) = match fate {
        KeyFate::None => (Severity::Warning, "Continue"),
        KeyFate::Unseen | KeyFate::ShownOnly => (Severity::Bad, "Replace"),
    };
    let complete = app.jobs.read_once(|state| state.work.plan.complete).unwrap_or(false);
    let mut buttons = Vec::new();
    let mut look = Variant::Primary;
    if fate == KeyFate::ShownOnly {
        buttons.push(button("I have saved the key", look, move || app.jobs.acknowledge()));
        look = Variant::Plain;
    }
    if complete {
        buttons.push(button(go_on, look, move || app.jobs.send_event(Event::Continued)));
    }
    buttons.extend(not_here(app));
    let advice = match complete {
        true => i18n::operation::found_advice(fate).to_owned(),
        false => i18n::operation::found_without_draft(fate),
    };
    group([
        notice(tone, i18n::operation::found(fate))
            .with(paragraph(&standing(app)))
            .with(paragraph(&advice))
            .with(item_link(app))
            .into(),
        row(buttons).with(if fate == KeyFate::None { take_back(app) } else { revoke(app) }).into(),
    ])
}

/// What was typed in this tab for another one is not held up by this one, nor taken for its answers.
fn not_here(app: App) -> Option<El> {
    (!app.jobs.owns_draft()).then(|| not_now(app))
}

/// Leaves it as it is, for another one.
fn not_now(app: App) -> El {
    button("Not now", Variant::Plain, move || app.jobs.abandon())
}

/// A key that lives and that nobody has is ended by deleting its credential.
fn revoke(app: App) -> Node {
    button("Revoke", Variant::Danger, move || app.jobs.send_event(Event::Discarded)).into()
}
