//! Step 1: how long the key works, and where it may be used.

use key_wizard_core::credential::{
    draft::{Draft, Usage},
    expiration::{self, Expiration, ExpirationProblem, Lifetime},
    problem::{Field as Name, Problem, Rule},
    referrer::{LOCAL_PORTS, Referrer, ReferrerProblem},
    referrer_entry::MAX_DOUBTFUL,
};
use web_sys::{Event, Node};

use crate::{
    i18n::{Label, Message, text},
    pages::{
        labels::{error_of, usage_label},
        words,
    },
    platform::{focus, time, window_events},
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{Callback, El, IntoView, Signal, el, is_enter, nothing, on_mount, pasted, switch},
        field::{FieldWords, field, radio, text_control},
        removable_list::removable_list,
    },
};

/// The fields of the step.
pub fn credentials(app: App) -> Node {
    (usage(app), expiration_date(app), referrers(app)).into_view()
}

/// The question that the rest depends on; it may stay unanswered.
fn usage(app: App) -> El {
    let choices = Usage::ALL.into_iter().map(|usage| {
        let is_chosen = move || app.draft.read(|draft| draft.usage == usage);
        radio("usage", &text(usage_label(usage)), is_chosen, move || app.draft.edit(|draft| draft.usage = usage))
            .into_view()
    });
    el("fieldset").child(el("legend").class("field__label").text(text(Label::UsageQuestion))).children(choices)
}

fn expiration_date(app: App) -> El {
    let (earliest, latest) = expiration::range(time::now());
    let hint = text(Message::ExpirationRange { earliest, latest });
    let words = FieldWords {
        id: Name::Expiration.id(),
        label: text(Label::ExpirationDate),
        hint: Signal::derive(move || hint.clone()),
        error: error_of(app, Name::Expiration),
    };
    let value = Signal::derive(move || app.draft.read(|draft| draft.expiration.clone()));
    let change = Callback::new(move |text| app.draft.edit(|draft| draft.set_expiration(text)));
    let control = text_control("input", &words, value, change)
        .attr("type", "date")
        .attr("min", expiration::format_date(earliest))
        .attr("max", expiration::format_date(latest))
        .attr("aria-required", "true")
        .class("field__input--short");
    on_mount(move || window_events::on("paste", move |event| paste_date(app, &event)));
    let lifetimes = el("div")
        .class("button-row button-row--close")
        .attr("role", "group")
        .attr("aria-label", text(Label::ExpirationPresets))
        .children(Lifetime::ALL.into_iter().map(|lifetime| lifetime_button(app, lifetime)));
    el("div")
        .class("stack stack--close")
        .child(field(&words, control))
        .child(lifetimes)
        .child(el("p").class("field__result").attr("role", "status").text(move || instant_in_words(app)))
}

/// Handles a paste into a browser's date field, which takes no text, or only one form of it; Firefox reports such a
/// paste to the page, not to the field.
fn paste_date(app: App, event: &Event) {
    if focus::held() == Name::Expiration.id()
        && let Some(date) = expiration::pasted_date(&pasted(event))
    {
        event.prevent_default();
        app.draft.edit(|draft| draft.set_expiration(expiration::format_date(date)));
    }
}

fn lifetime_button(app: App, lifetime: Lifetime) -> El {
    let date = move || expiration::format_date(lifetime.date(time::today(), time::now()));
    button(&text(Message::Lifetime(lifetime)), Variant::Small, move || {
        app.draft.edit(|draft| draft.set_expiration(date()))
    })
    .attr("aria-pressed", move || Some(app.draft.read(|draft| draft.expiration == date()).to_string()))
}

/// The end of the typed date in both time zones.
fn instant_in_words(app: App) -> String {
    let typed = app.draft.read(|draft| draft.expiration.clone());
    match Expiration::parse(&typed, time::now()) {
        Ok(expiration) => text(Message::Expires(expiration.at())),
        // The field shows it.
        Err(_) if app.draft.problem_of(Name::Expiration).is_some() => String::new(),
        Err(ExpirationProblem::Missing) => text(Label::ExpirationMissing),
        Err(problem) => text(Message::Problem(&Problem { field: Name::Expiration, rule: Rule::Expiration(problem) })),
    }
}

fn referrers(app: App) -> El {
    let hint = Signal::derive(move || {
        let more = match app.draft.read(|draft| draft.usage) {
            Usage::WebPage => Label::ReferrersNeeded,
            Usage::Scripts | Usage::Native => Label::ReferrersUnsent,
            Usage::Unsure => return text(Label::ReferrersHint),
        };
        [text(more), text(Label::ReferrersHint)].join(" ")
    });
    let error = Signal::derive(move || referrers_error(app));
    let words = FieldWords { id: Name::Referrers.id(), label: text(Label::Referrers), hint, error };
    let value = Signal::derive(move || app.draft.read(|draft| draft.referrer_entry.clone()));
    let change = Callback::new(move |text| app.draft.edit(|draft| draft.referrer_entry = text));
    let entry = text_control("input", &words, value, change)
        .attr("type", "text")
        .attr("inputmode", "url")
        .attr("autocapitalize", "none")
        .on("keydown", move |event| add_on_enter(app, &event));
    let add = button(&text(Label::AddReferrer), Variant::Plain, move || add(app));
    // After adding without `Next`, focus stays and the result is announced.
    let said = move || if app.draft.is_refused() { String::new() } else { referrers_error(app).unwrap_or_default() };
    let entries = Signal::derive(move || {
        app.draft.read(|draft| {
            draft.referrers.iter().map(|referrer| words::entry(referrer, referrer, String::new())).collect()
        })
    });
    let remove = Callback::new(move |place| app.draft.edit(|draft| drop(draft.referrers.remove(place))));
    let clear = Callback::new(move |()| app.draft.edit(|draft| draft.referrers.clear()));
    let added = words::list("referrer", Name::Referrers.id(), Label::ReferrersAdded);
    el("div")
        .class("stack stack--close")
        .child(field(&words, el("div").class("field__row").child(entry).child(add)))
        .child(el("p").class("hint").text(move || examples(app)))
        .child(el("p").class("visually-hidden").attr("role", "status").text(said))
        .child(doubtful(app))
        .child(own_computer(app))
        .child(removable_list(added, entries, remove, Some(clear)))
}

/// Which pages the typed referrer lets in.
fn examples(app: App) -> String {
    let typed = app.draft.read(Draft::typed_referrer);
    typed.map_or_else(String::new, |referrer| text(Message::ReferrerExamples(&referrer.examples())))
}

/// The only problem, or the number of addresses with one; the list below then shows each.
fn referrers_error(app: App) -> Option<String> {
    let doubtful = app.draft.read(|draft| draft.doubtful_referrers().len());
    app.draft.problems(|problems| {
        let own: Vec<&Problem> = problems.iter().filter(|problem| problem.field == Name::Referrers).collect();
        match own.as_slice() {
            [] => None,
            [first, _, ..] if matches!(first.rule, Rule::Referrer { .. }) => {
                Some(text(Message::ReferrersLeft(doubtful)))
            }
            [first, ..] => Some(text(Message::Problem(first))),
        }
    })
}

/// The probable meanings of the refused parts of the entry, each as a button.
fn doubtful(app: App) -> Node {
    let shown = move || {
        let is_told =
            app.draft.problem_of(Name::Referrers).is_some_and(|problem| matches!(problem.rule, Rule::Referrer { .. }));
        let mut parts = if is_told { app.draft.read(Draft::doubtful_referrers) } else { Vec::new() };
        parts.truncate(MAX_DOUBTFUL);
        parts
    };
    switch(shown, move |parts| match parts.as_slice() {
        [] => nothing(),
        [(_, problem)] => row(meant(app, problem)).class("button-row--close").into_view(),
        parts => {
            let all: Vec<Referrer> = parts.iter().filter_map(|(_, problem)| problem.suggestion.clone()).collect();
            let rows = parts.iter().map(|(part, problem)| doubtful_row(app, part, problem));
            let list = el("ul").class("picked picked--wrap").children(rows).into_view();
            match all.len() {
                0 | 1 => list,
                count => (list, row([use_button(app, &text(Message::UseReferrers(count)), all)])).into_view(),
            }
        }
    })
}

fn doubtful_row(app: App, part: &str, problem: &ReferrerProblem) -> El {
    let words = text(Message::ReferrerRule { entry: part, rule: &problem.rule });
    el("li")
        .class("picked__entry")
        .child(el("span").class("picked__words").child(el("bdi").text(&words)))
        .child(row(meant(app, problem)).class("button-row--close"))
}

fn meant(app: App, problem: &ReferrerProblem) -> Option<El> {
    let referrer = problem.suggestion.clone()?;
    Some(use_button(app, &text(Message::UseReferrer(referrer.as_str())), vec![referrer]))
}

/// The pressed button disappears, so focus moves to the field.
fn use_button(app: App, words: &str, referrers: Vec<Referrer>) -> El {
    button(words, Variant::Small, move || {
        app.draft.edit(|draft| draft.use_meant(&referrers));
        focus::on(Name::Referrers.id());
    })
}

/// Buttons for the addresses of development servers.
fn own_computer(app: App) -> El {
    let title = text(Label::OwnComputer);
    el("div")
        .class("button-row button-row--close button-row--titled")
        .attr("role", "group")
        .attr("aria-label", &title)
        .child(el("span").class("hint").text(&title))
        .children(LOCAL_PORTS.into_iter().map(|port| own_port(app, port)))
}

fn own_port(app: App, port: u16) -> El {
    let referrer = Referrer::local(port);
    let words = referrer.as_str().trim_start_matches("http://").to_owned();
    let listed = referrer.clone();
    let is_listed = move || app.draft.read(|draft| draft.referrers.iter().any(|referrer| referrer == listed.as_str()));
    button(&words, Variant::Small, move || app.draft.edit(|draft| draft.toggle_referrer(&referrer)))
        .attr("aria-pressed", move || Some(is_listed().to_string()))
}

/// Adds the typed referrers. Focus stays in the field, for the next one or for corrections.
fn add(app: App) {
    app.draft.add_referrers();
    focus::on(Name::Referrers.id());
}

/// Enter adds the text of the field; in an empty field it means `Next`.
fn add_on_enter(app: App, event: &Event) {
    if is_enter(event) && app.draft.read_once(|draft| !draft.referrer_entry.trim().is_empty()) {
        event.prevent_default();
        add(app);
    }
}
