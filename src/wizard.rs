//! The wizard on the screen: one page for each step, with its way on and back.

pub mod credentials;
pub mod details;
pub mod items;
pub mod items_dialog;
pub mod items_list;
pub mod key;
pub mod privileges;
pub mod progress;
pub mod state;
pub mod summary;

use leptos::prelude::*;

use crate::{
    app::{App, frame::Heading},
    credential::problem::Problem,
    html, i18n,
    route::{Route, Step},
    ui::{
        button::{Button, Submit},
        error_summary::{Entry, ErrorSummary},
    },
    wizard::state::{WALK, Wizard},
};

/// The step on the screen. Matched on a memo, so that typing does not build the step anew (design 5.1).
#[component]
pub fn Walk() -> impl IntoView {
    let app = App::here();
    let step = Memo::new(move |_| app.wizard.with(Wizard::step));
    move || match step.get() {
        Step::Progress => html! { <progress::Progress /> }.into_any(),
        Step::Key => html! { <key::Key /> }.into_any(),
        step => html! { <FormPage step=step /> }.into_any(),
    }
}

/// A step that is filled in.
#[component]
fn FormPage(step: Step) -> impl IntoView {
    let app = App::here();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match step {
            Step::Summary => app.create(),
            _ => app.next(),
        }
    };
    html! {
        <Place step=step />
        <Heading words=heading(step) />
        <Problems />
        <form class="stack" novalidate=true on:submit=send>
            <div class="card">{fields(step)}</div>
            <div class="button-row button-row--steps">
                {(step != Step::Credentials).then(|| html! { <Button words="Back" on_press=move || app.back() /> })}
                <Submit words=if step == Step::Summary { "Create" } else { "Next" } />
            </div>
        </form>
    }
}

fn heading(step: Step) -> &'static str {
    match step {
        Step::Credentials => "Create developer credentials",
        Step::Privileges => "Privileges",
        Step::ItemAccess => "Grant item access",
        Step::Details => "Item details",
        Step::Summary => "Summary",
        Step::Progress => "Creating your credential",
        Step::Key => "Copy your API key",
    }
}

fn fields(step: Step) -> AnyView {
    match step {
        Step::Credentials => html! { <credentials::Credentials /> }.into_any(),
        Step::Privileges => html! { <privileges::Privileges /> }.into_any(),
        Step::ItemAccess => html! { <items::Items /> }.into_any(),
        Step::Details => html! { <details::Details /> }.into_any(),
        Step::Summary => html! { <summary::Summary /> }.into_any(),
        // These have pages of their own.
        Step::Progress | Step::Key => ().into_any(),
    }
}

/// How far along the walk the step is.
#[component]
fn Place(step: Step) -> impl IntoView {
    let place = WALK.iter().position(|it| *it == step).map_or(1, |place| place + 1);
    let mark = move |at: usize| {
        html! { <li class="steps__mark" class=("steps__mark--done", at < place)></li> }
    };
    html! {
        <div class="steps">
            <p class="steps__words">{format!("Step {place} of {}", WALK.len())}</p>
            <ol class="steps__bar" aria-hidden="true">{(0..WALK.len()).map(mark).collect_view()}</ol>
        </div>
    }
}

/// The error summary, of one step or, on the Summary, of all.
#[component]
fn Problems() -> impl IntoView {
    let app = App::here();
    let entries = Memo::new(move |_| app.wizard.with(|wizard| wizard.problems().to_vec()));
    let entries = Signal::derive(move || entries.get().iter().map(|problem| entry(app, problem)).collect::<Vec<_>>());
    html! { <ErrorSummary title="There is a problem" entries=entries /> }
}

fn entry(app: App, problem: &Problem) -> Entry {
    let field = problem.field;
    Entry {
        words: i18n::problem::sentence(problem),
        href: Route::Step(field.step()).fragment(),
        on_press: Callback::new(move |()| app.mend(field)),
    }
}
