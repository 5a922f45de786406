//! Step 6: each call as it runs, and what to do when one does not go through.

use leptos::prelude::*;

use crate::{
    app::{App, frame::Heading},
    html, i18n,
    operation::{
        Event, Stage,
        compare::Differences,
        progress::{StepName, StepStatus},
        stage::KeyFate,
    },
    ui::{
        button::{Button, Look},
        notice::{Notice, Tone},
    },
};

/// The page, while a creation is under way or waits for the person.
#[component]
pub fn Progress() -> impl IntoView {
    let app = App::here();
    let stage = Memo::new(move |_| app.operation.with(|state| state.as_ref().map(|state| state.stage.clone())));
    let heading = Memo::new(move |_| stage.with(|stage| stage.as_ref().map_or("", heading)));
    html! {
        {move || html! { <Heading words=heading.get() /> }}
        <div class="card">
            <Calls />
            <p role="status" class="hint">{move || app.operation.with(|state| state.as_ref().map(i18n::operation::now))}</p>
        </div>
        {move || stage.get().map(|stage| panel(app, stage))}
    }
}

fn heading(stage: &Stage) -> &'static str {
    match stage {
        Stage::Refused { .. } => "The portal refused",
        Stage::Differs(_) => "The portal registered something else",
        Stage::Unsure { .. } => "The portal does not answer",
        Stage::Found(KeyFate::Unseen) => "A key nobody has seen may be live",
        Stage::Found(_) => "You have an unfinished credential",
        Stage::Discarded => "Everything was taken back",
        _ => "Creating your credential",
    }
}

/// The list of calls, each with its state.
#[component]
fn Calls() -> impl IntoView {
    let app = App::here();
    let steps = Memo::new(move |_| {
        app.operation.with(|state| state.as_ref().map(|state| state.progress()).unwrap_or_default())
    });
    html! { <ol class="progress" aria-label="Calls to the portal">{move || steps.get().into_iter().map(call).collect_view()}</ol> }
}

fn call((step, status): (StepName, StepStatus)) -> impl IntoView {
    let (class, mark) = match status {
        StepStatus::Ahead => ("progress__call progress__call--waiting", ""),
        StepStatus::Running | StepStatus::Checking | StepStatus::Waiting => {
            ("progress__call progress__call--running", "")
        }
        StepStatus::Done => ("progress__call progress__call--done", "✓"),
        StepStatus::Stopped => ("progress__call progress__call--stopped", "!"),
    };
    html! {
        <li class=class>
            <span class="progress__mark" aria-hidden="true">{mark}</span>
            <span>
                {i18n::operation::step(step)}
                <span class="hint">{format!(" – {}", i18n::operation::status(status))}</span>
            </span>
        </li>
    }
}

/// What the person is told and asked, where the operation waits for them.
fn panel(app: App, stage: Stage) -> Option<AnyView> {
    let panel = match stage {
        Stage::Refused { call, refusal } => {
            let step = i18n::operation::step_at_fault(&call, &refusal);
            html! {
                <Notice tone=Tone::Bad title=i18n::operation::refused(&call, &refusal)>
                    <p>{move || app.standing()}</p>
                </Notice>
                <div class="button-row">
                    <Button words="Change" look=Look::Primary on_press=move || app.change_operation(step) />
                    <Button words="Try again" on_press=move || app.tell(Event::Continued) />
                    <TakeBack />
                </div>
            }
            .into_any()
        }
        Stage::Differs(differences) => html! { <Differing differences=differences /> }.into_any(),
        Stage::Unsure { task, error } => html! {
            <Notice tone=Tone::Warning title=i18n::operation::unsure(&task.call)>
                <p>{i18n::portal::sentence(&error)}</p>
                <p>{"Nothing is sent a second time before the portal has said what exists."}</p>
            </Notice>
            <div class="button-row">
                <Button words="Try again" look=Look::Primary on_press=move || app.tell(Event::Continued) />
                <TakeBack />
            </div>
        }
        .into_any(),
        Stage::Found(fate) => html! { <Found fate=fate /> }.into_any(),
        Stage::Discarded => html! {
            <Notice tone=Tone::Good title="Nothing of this credential is left on the portal">
                <p>{"What you typed is kept."}</p>
            </Notice>
            <div class="button-row">
                <Button words="Back to the Summary" look=Look::Primary on_press=move || app.back_to_summary() />
            </div>
        }
        .into_any(),
        _ => return None,
    };
    Some(panel)
}

#[component]
fn TakeBack() -> impl IntoView {
    let app = App::here();
    let made = move || app.operation.with(|state| state.as_ref().is_some_and(|state| state.work.made.may_exist()));
    html! {
        <Show when=made>
            <Button words="Delete what was made" look=Look::Danger on_press=move || app.tell(Event::Discarded) />
        </Show>
    }
}

#[component]
fn Differing(differences: Differences) -> impl IntoView {
    let app = App::here();
    let rows = i18n::operation::differences(&differences);
    let agree = if app.draft_untracked(|draft| draft.key) == crate::credential::draft::KeyChoice::Now {
        "Generate the key anyway"
    } else {
        "Keep it as it is"
    };
    html! {
        <Notice tone=Tone::Warning title="The credential is not exactly what you asked for">
            <ul>{rows.into_iter().map(|row| html! { <li><bdi>{row}</bdi></li> }).collect_view()}</ul>
            <p>{"No key has been generated yet."}</p>
        </Notice>
        <div class="button-row">
            <Button words=agree look=Look::Primary on_press=move || app.tell(Event::Confirmed) />
            <Button words="Ask the portal again" on_press=move || app.tell(Event::Continued) />
            <TakeBack />
        </div>
    }
}

/// After a reload: what exists, and one press to go on or to take it back.
#[component]
fn Found(fate: KeyFate) -> impl IntoView {
    let app = App::here();
    let (tone, go_on) = match fate {
        KeyFate::None => (Tone::Warning, "Continue"),
        KeyFate::Unseen | KeyFate::ShownOnly => (Tone::Bad, "Replace the key"),
    };
    html! {
        <Notice tone=tone title=i18n::operation::found(fate)>
            <p>{move || app.standing()}</p>
            <p>{i18n::operation::found_advice(fate)}</p>
        </Notice>
        <div class="button-row">
            <Button words=go_on look=Look::Primary on_press=move || app.go_on() />
            <TakeBack />
        </div>
    }
}
