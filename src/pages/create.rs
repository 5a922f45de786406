//! The wizard's view: one page for each step, with its navigation.

pub mod code;
pub mod credentials;
pub mod details;
mod findings;
pub mod items;
pub mod key;
pub mod orphan_notice;
pub mod presets;
pub mod privileges;
pub mod progress;
pub mod review;
pub mod summary;
pub mod unresolved;
pub mod web_map;

use std::rc::Rc;

use key_wizard_core::{
    credential::{
        offer::Offer,
        problem::{Field, Problem},
    },
    route::{Route, Step},
    wizard::WALK,
};
use web_sys::{Event, Node};

use crate::{
    i18n::{Label, Message, text},
    pages::{layout::heading, prefill_notices},
    platform::{time, window_events},
    state::{App, host_events},
    ui::{
        button::{Variant, button, submit},
        dom::{Callback, El, IntoView, Signal, el, is_enter, is_repeated, kind_of, nothing, on_mount, switch, watch},
        error_summary::{FieldError, Refused, error_summary},
        notice::paragraph,
    },
};

/// The current step; typing does not rebuild it.
pub fn wizard_view(app: App, offer: Offer) -> Node {
    let offer = Rc::new(offer);
    switch(
        move || app.draft.step(),
        move |step| {
            let name = Route::Step(*step).fragment().rsplit('/').next().unwrap_or_default();
            on_mount(move || host_events::step(name));
            match step {
                Step::Progress => progress::progress(app),
                Step::Key => key::key(app),
                step => form_page(app, &offer, *step),
            }
        },
    )
}

/// Suggests a title, which can be edited like any other.
fn suggest_title(app: App) {
    let title = app.draft.read_once(|draft| text(Message::SuggestedTitle(draft.main_host(), time::today())));
    app.draft.edit(|draft| draft.suggest_title(title));
}

fn form_page(app: App, offer: &Rc<Offer>, step: Step) -> Node {
    if matches!(step, Step::Details | Step::Summary) {
        // Before the Summary looks for items with this title.
        on_mount(move || suggest_title(app));
    }
    let is_by_hand = offer.holder.is_none();
    let way_on = match step {
        Step::Summary => (!is_by_hand).then(|| submit(&text(Label::Create))),
        _ => Some(submit(&text(Label::Next))),
    };
    let mut buttons = el("div").class("button-row button-row--steps");
    if step != Step::Credentials {
        buttons = buttons.child(button(&text(Label::Back), Variant::Plain, move || app.navigation.back()));
    }
    let (fields, beside) = match step {
        Step::ItemAccess => items::items(app, offer),
        step => (fields(app, offer, step), nothing()),
    };
    let form = el("form")
        .class("stack")
        .attr("novalidate", "")
        .child(el("div").class("card").child(fields))
        .child(buttons.child(way_on))
        .on("keydown", |event| keep_enter(&event))
        .on("submit", move |event| {
            event.prevent_default();
            match step {
                Step::Summary if is_by_hand => {}
                Step::Summary => app.jobs.create(),
                _ => app.navigation.next(),
            }
        });
    let heading = heading(&text(title(step)));
    name_tab(app, step);
    (
        place(app, step),
        heading,
        by_hand_lead(step).filter(|_| is_by_hand).map(|words| paragraph(&text(words)).class("lead")),
        orphan_notice::notices(app),
        problems(app),
        prefill_notices::notices(app, step),
        unresolved::unresolved(app, step),
        form,
        beside,
    )
        .into_view()
}

/// The lead of a step without a sign-in.
fn by_hand_lead(step: Step) -> Option<Label> {
    match step {
        Step::Credentials => Some(Label::ByHandLead),
        Step::Privileges => Some(Label::ByHandPrivileges),
        Step::Summary => Some(Label::ByHandSummary),
        Step::ItemAccess | Step::Details | Step::Progress | Step::Key => None,
    }
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

fn fields(app: App, offer: &Rc<Offer>, step: Step) -> Node {
    on_mount(move || app.guide.load());
    match step {
        Step::Credentials => credentials::credentials(app),
        Step::Privileges => privileges::privileges(app, offer),
        Step::Details => details::details(app),
        Step::Summary => (review::review(app, offer), summary::summary(app, offer)).into_view(),
        // The items need a dialog, too; progress and key have their own pages.
        Step::ItemAccess | Step::Progress | Step::Key => nothing(),
    }
}

/// The progress indicator, with links to the other steps.
fn place(app: App, step: Step) -> El {
    let place = WALK.iter().position(|other| *other == step).map_or(1, |place| place + 1);
    let mark = |(at, to): (usize, Step)| {
        let class = if at < place { "steps__mark steps__mark--done" } else { "steps__mark" };
        let link = el("a").class("steps__link").attr("href", app.session.route_of(to).fragment()).text(text(title(to)));
        let link = if to == step { link.attr("aria-current", "step") } else { link };
        let press = move |event: Event| {
            event.prevent_default();
            app.navigation.jump(to);
        };
        el("li").class(class).child(link.on("click", press)).into_view()
    };
    el("nav")
        .class("steps")
        .attr("aria-label", text(Label::Steps))
        .child(el("p").class("steps__words").text(text(Message::StepOf { step: place, of: WALK.len() })))
        .child(el("ol").class("steps__bar").children(WALK.into_iter().enumerate().map(mark)))
}

/// The error summary: of one step, or on the Summary of all.
fn problems(app: App) -> Node {
    let count = Signal::derive(move || app.draft.attempt(|attempt| attempt.count));
    let refused = Signal::derive(move || {
        app.draft.attempt(|attempt| Refused {
            title: text(if attempt.is_repeated { Label::ProblemsTitleAgain } else { Label::ProblemsTitle }),
            errors: attempt.problems.iter().map(|problem| field_error(app, problem)).collect(),
        })
    });
    error_summary(count, refused, Callback::new(move |field: Field| app.navigation.go_to_field(field)))
}

fn field_error(app: App, problem: &Problem) -> FieldError<Field> {
    let shown = problem.clone();
    FieldError {
        words: text(Message::Problem(problem)),
        href: app.session.route_of(problem.field.step()).fragment(),
        field: problem.field,
        is_open: Signal::derive(move || app.draft.is_open(&shown)),
    }
}

/// Sets the title of the document to the step, marked while something on it is refused.
fn name_tab(app: App, step: Step) {
    watch(move || {
        let heading = text(title(step));
        window_events::set_title(&text(match app.draft.is_refused() {
            true => Message::ErrorTitle(&heading),
            false => Message::DocumentTitle(&heading),
        }));
    });
}

/// Enter in a field means `Next`; on a ticked checkbox or in a search field it is a slip and is ignored. So is Enter that
/// is held down, perhaps since before the field got the focus.
fn keep_enter(event: &Event) {
    let kind = kind_of(event);
    let is_slip = matches!(&*kind, "checkbox" | "radio" | "search") || !kind.is_empty() && is_repeated(event);
    if is_slip && is_enter(event) {
        event.prevent_default();
    }
}
