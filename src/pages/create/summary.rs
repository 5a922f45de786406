//! Step 5: everything chosen, and whether the key is generated now.

pub mod by_hand;
pub mod share;

use key_wizard_core::credential::{
    draft::{Draft, GrantedItem, KeyChoice},
    expiration::Expiration,
    offer::Offer,
    privilege,
    problem::Field,
};
use key_wizard_core::route::Step;
use web_sys::Node;

use crate::{
    i18n::{DuplicatePlace, Label, Message, PLACEHOLDER, text},
    pages::labels::{privilege_labels, usage_label},
    platform::time,
    state::App,
    ui::{
        button::{Variant, button},
        dom::{El, IntoView, Signal, el, nothing, on_mount, show, switch},
        field::radio,
        notice::{Severity, notice, paragraph},
    },
};
use by_hand::by_hand;
use share::share;

/// The maximum number of values shown without scrolling.
const LONG: usize = 12;

/// The fields of the step.
pub fn summary(app: App, offer: &Offer) -> Node {
    let line = move |of: fn(&Draft) -> String| Signal::derive(move || vec![app.draft.read(of)]);
    let usage = line(|draft| text(usage_label(draft.usage)));
    let rows = [
        row_of(app, text(Label::Usage), usage, Step::Credentials),
        row(app, Field::Expiration, line(expiration)),
        row(app, Field::Referrers, Signal::derive(move || app.draft.read(referrers))),
        row(app, Field::Privileges, Signal::derive(move || privilege_labels(app))),
        row(app, Field::Items, Signal::derive(move || app.draft.read(items))),
        row(app, Field::Title, line(|draft| draft.title.trim().to_owned())),
        row(app, Field::Folder, line(folder)),
        row(app, Field::Tags, line(|draft| draft.tags.clone())),
        row(app, Field::Summary, line(|draft| draft.summary.clone())),
    ];
    let choices = el("fieldset")
        .class("stack stack--close")
        .child(el("legend").class("field__label").text(text(Label::ApiKeyChoice)))
        .child(choice(app, KeyChoice::Now, Label::GenerateNow))
        .child(choice(app, KeyChoice::Later, Label::GenerateLater));
    (
        el("dl").class("summary_list").children(rows),
        warning(app),
        duplicate_title(app),
        choices,
        by_hand(app, offer),
        share(app),
    )
        .into_view()
}

fn row(app: App, field: Field, values: Signal<Vec<String>>) -> El {
    row_of(app, text(Message::Field(field)), values, field.step())
}

/// A question, its answer, and a button to its step.
fn row_of(app: App, words: String, values: Signal<Vec<String>>, step: Step) -> El {
    // In a list of all buttons each says what it changes.
    let name = text(Message::AnswerAbout { answer: &text(Label::Change), part: &words });
    let change = button(&text(Label::Change), Variant::Link, move || app.navigation.change(step));
    el("div")
        .class("summary_list__row")
        .child(el("dt").class("summary_list__key").text(&words))
        .child(
            el("dd")
                .class("summary_list__value")
                .child(switch(move || values.get(), move |values| lines(&words, values))),
        )
        .child(el("dd").class("summary_list__action").child(change.attr("aria-label", &name)))
}

/// The values below each other; one word if there are none.
pub fn lines(name: &str, values: &[String]) -> El {
    let list = el("ul").class("summary_list__values");
    let shown: Vec<&String> = values.iter().filter(|value| !value.trim().is_empty()).collect();
    let list = match shown.len() {
        0 => return list.child(el("li").text(text(Label::None))),
        // A scrollable list must be reachable by keyboard.
        count if count > LONG => {
            list.class("summary_list__values--long").attr("tabindex", "0").attr("aria-label", name)
        }
        _ => list,
    };
    list.children(shown.into_iter().map(|value| el("li").child(el("bdi").text(value))))
}

fn expiration(draft: &Draft) -> String {
    match Expiration::parse(&draft.expiration, time::now()) {
        Ok(expiration) => text(Message::ExpiresAt(expiration.at())),
        Err(_) => draft.expiration.clone(),
    }
}

fn referrers(draft: &Draft) -> Vec<String> {
    match draft.referrers.is_empty() {
        true => vec![text(Label::AnyReferrer)],
        false => draft.referrers.clone(),
    }
}

/// The chosen items. Titles may be equal, so each has its id.
fn items(draft: &Draft) -> Vec<String> {
    let words = |item: &GrantedItem| match item.is_unknown() {
        true => item.title.clone(),
        false => text(Message::ItemWithId { title: &item.title, kind: &item.kind, id: &item.id.0 }),
    };
    draft.items.iter().map(words).collect()
}

fn folder(draft: &Draft) -> String {
    match draft.folder.trim() {
        "" => text(Label::RootFolder),
        folder => folder.to_owned(),
    }
}

/// A warning before `Create`. For a web page the review covers it in more detail.
fn warning(app: App) -> Node {
    let personal =
        move || app.draft.read(|draft| !draft.is_for_web_page() && draft.privileges.iter().any(privilege::is_personal));
    show(personal, || {
        notice(Severity::Warning, &text(Label::PrivateKeyWarning)).child(paragraph(&text(Label::PrivateKeyWarningText)))
    })
}

/// Warns that the title is in use; does not block or delay `Create`.
fn duplicate_title(app: App) -> Node {
    on_mount(move || app.jobs.find_duplicate_title());
    switch(
        move || app.content.duplicate_title(),
        |duplicate| {
            let Some((item, folder)) = duplicate else { return nothing() };
            let place = match &item.folder {
                None => DuplicatePlace::Root,
                Some(_) if folder.is_empty() => DuplicatePlace::SomeFolder,
                Some(_) => DuplicatePlace::Folder,
            };
            let words = text(Message::DuplicateTitleAt { created: item.created, place });
            let (before, after) = words.split_once(PLACEHOLDER).unwrap_or((&words, ""));
            notice(Severity::Warning, &text(Label::DuplicateTitle))
                .attr("role", "status")
                .child(paragraph(before).child(el("bdi").text(folder)).text(after))
                .into_view()
        },
    )
}

fn choice(app: App, choice: KeyChoice, words: Label) -> El {
    let is_chosen = move || app.draft.read(|draft| draft.key == choice);
    let choose = move || app.draft.edit(|draft| draft.key = choice);
    radio("key-choice", &text(words), is_chosen, choose).class("choice--boxed")
}
