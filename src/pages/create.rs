//! The wizard on the screen: one page for each step, with its way on and back.

pub mod credentials;
pub mod details;
pub mod items;
pub mod key;
pub mod orphan_notice;
pub mod presets;
pub mod privileges;
pub mod progress;
pub mod review;
pub mod summary;
pub mod unresolved;

use key_wizard_core::{
    credential::problem::{Field, Problem},
    route::{Route, Step},
    wizard::WALK,
};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::{layout::heading, prefill_notices},
    platform::embedder,
    state::{App, session::Person},
    ui::{
        button::{Variant, button, submit},
        dom::{El, act, el, group, nothing, read, switch},
        error_summary::{Entry, error_summary},
    },
};

/// The step on the screen; typing does not build it anew.
pub fn wizard_view(app: App, person: &Person) -> Node {
    let person = person.clone();
    switch(
        move || app.draft.step(),
        move |step| {
            let name = Route::Step(*step).fragment().rsplit('/').next().unwrap_or_default();
            embedder::emit("step", name);
            match step {
                Step::Progress => progress::progress(app),
                Step::Key => key::key(app),
                step => form_page(app, &person, *step),
            }
        },
    )
}

/// A step that is filled in.
fn form_page(app: App, person: &Person, step: Step) -> Node {
    let words = text(if step == Step::Summary { Label::Create } else { Label::Next });
    let mut buttons = el("div").class("button-row button-row--steps");
    if step != Step::Credentials {
        buttons = buttons.with(button(&text(Label::Back), Variant::Plain, move || app.navigation.back()));
    }
    let form = el("form")
        .class("stack")
        .attr("novalidate", "")
        .with(el("div").class("card").with(fields(app, person, step)))
        .with(buttons.with(submit(&words)))
        .on("submit", move |event| {
            event.prevent_default();
            match step {
                Step::Summary => app.jobs.create(),
                _ => app.navigation.next(),
            }
        });
    // Where answers begin, where an account's privileges are seen, and where everything is read once more.
    let prefilled = match step {
        Step::Credentials | Step::Privileges | Step::Summary => prefill_notices::notices(app),
        _ => nothing(),
    };
    group([
        place(step).into(),
        heading(&text(title(step))),
        orphan_notice::notices(app),
        problems(app),
        prefilled,
        unresolved::unresolved(app, step),
        form.into(),
    ])
}

fn title(step: Step) -> Label {
    match step {
        Step::Credentials => Label::CredentialsTitle,
        Step::Privileges => Label::PrivilegesTitle,
        Step::ItemAccess => Label::ItemAccessTitle,
        Step::Details => Label::DetailsTitle,
        // Progress and key have pages of their own.
        Step::Summary | Step::Progress | Step::Key => Label::SummaryTitle,
    }
}

fn fields(app: App, person: &Person, step: Step) -> Node {
    app.guide.load();
    match step {
        Step::Credentials => credentials::credentials(app),
        Step::Privileges => privileges::privileges(app, person),
        Step::ItemAccess => items::items(app),
        Step::Details => details::details(app),
        Step::Summary => group([review::review(app, person), summary::summary(app)]),
        Step::Progress | Step::Key => nothing(),
    }
}

/// How far along the walk the step is.
fn place(step: Step) -> El {
    let place = WALK.iter().position(|it| *it == step).map_or(1, |place| place + 1);
    let mark = |at| {
        let class = if at < place { "steps__mark steps__mark--done" } else { "steps__mark" };
        el("li").class(class).into()
    };
    el("div")
        .class("steps")
        .with(el("p").class("steps__words").text(&text(Message::StepOf { step: place, of: WALK.len() })))
        .with(el("ol").class("steps__bar").attr("aria-hidden", "true").with_all((0..WALK.len()).map(mark)))
}

/// The error summary, of one step or, on the Summary, of all.
fn problems(app: App) -> Node {
    let entries = read(move || {
        app.draft.problems(|problems| {
            let entry = |problem: &Problem| Entry {
                words: text(Message::Problem(problem)),
                href: Route::Step(problem.field.step()).fragment(),
                field: problem.field,
            };
            problems.iter().map(entry).collect()
        })
    });
    error_summary(text(Label::ProblemsTitle), entries, act(move |field: Field| app.navigation.go_to_field(field)))
}
