//! The needs of the person's program or map: listed, ticked, and chosen with one press.

use std::rc::Rc;

use key_wizard_core::{
    credential::{
        code::{Availability, Finding, Need, Place, Suggestion},
        offer::Offer,
    },
    portal::{id::ItemId, search::Page},
};
use leptos::prelude::{StoredValue, WithValue, on_cleanup};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::labels::privilege_name,
    platform::focus,
    state::{
        findings::{Findings, ReadingOutcome},
        loadable::Loadable,
    },
    ui::{
        button::{Variant, button},
        dom::{El, IntoView, el, nothing, show, switch, ticked},
    },
};

/// The findings, to be ticked and chosen, and the outcome, which then takes focus. `prefix` begins its id.
pub fn found(findings: Findings, offer: Rc<Offer>, prefix: &'static str, name: Label) -> Node {
    let outcome_id = move || [prefix, "-outcome"].concat();
    let leaving = StoredValue::new_local(offer.clone());
    // Somebody who leaves the step without the button may think that the ticks are enough.
    on_cleanup(move || leaving.with_value(|offer| findings.remind(&offer.groups)));
    let offered = offer.clone();
    let list = switch(
        move || (findings.all(), findings.suggestions(&offered.groups), findings.items()),
        move |(found, suggestions, items)| rows(findings, name, found, suggestions, items),
    );
    let choose = show(
        move || findings.can_choose(),
        move || {
            let offer = offer.clone();
            let press = move || {
                findings.choose(&offer.groups);
                focus::on(&outcome_id());
            };
            button(&text(Label::ChooseThese), Variant::Plain, press)
        },
    );
    let status = el("p")
        .class("hint")
        .id(&outcome_id())
        .attr("role", "status")
        .attr("tabindex", "-1")
        .text(move || said(&findings.outcome()));
    (list, choose, status).into_view()
}

fn said(outcome: &ReadingOutcome) -> String {
    match outcome {
        ReadingOutcome::Open => String::new(),
        ReadingOutcome::NotLoaded => text(Label::CodeNotRead),
        ReadingOutcome::NothingFound => text(Label::NothingInCode),
        ReadingOutcome::Chosen { privileges, items, lacking } => {
            let names = |ids: &[_]| ids.iter().map(privilege_name).collect::<Vec<_>>();
            let (gives, lacks) = (names(privileges), names(lacking));
            text(Message::ChosenFromCode { gives: &gives, items, lacks: &lacks })
        }
    }
}

fn rows(
    findings: Findings,
    name: Label,
    found: &[Finding],
    suggestions: &[Suggestion],
    items: &Loadable<Page>,
) -> Node {
    if found.is_empty() {
        return nothing();
    }
    let privileges = suggestions.iter().map(|suggestion| privilege(findings, suggestion));
    let items = found.iter().filter_map(|finding| match &finding.need {
        Need::Item(id) => Some(item(findings, id, &finding.places, items)),
        Need::Privilege(_) => None,
    });
    let list = el("ul").class("picked picked--long").attr("aria-label", text(name)).attr("tabindex", "0");
    list.children(privileges).children(items).into_view()
}

fn privilege(findings: Findings, suggestion: &Suggestion) -> El {
    let Suggestion { id, availability, places } = suggestion;
    let note = match availability {
        Availability::Offered => None,
        Availability::Lacking => Some(Label::AccountLacks),
        Availability::Closed => Some(Label::PrivateUseClosed),
    };
    row(findings, &id.0, &privilege_name(id), places, note.map(text), *availability == Availability::Offered)
}

/// An item, and whether the key needs access to it.
fn item(findings: Findings, id: &ItemId, places: &[Place], items: &Loadable<Page>) -> El {
    let (mut title, mut is_grantable) = (id.0.as_str(), false);
    let note = match items {
        Loadable::Waiting => text(Label::Searching),
        Loadable::Failed(error) => text(Message::SearchFailed { error, is_empty: true }),
        Loadable::Ready(page) => match page.items.iter().find(|item| item.id == *id) {
            None => text(Label::ItemOfOthers),
            Some(found) if found.is_unknown() => {
                is_grantable = true;
                text(Label::ItemUnseen)
            }
            Some(found) => {
                title = &found.title;
                is_grantable = !found.is_public();
                match is_grantable {
                    true => [&*found.kind, " · ", &text(Message::SharedWith(&found.access))].concat(),
                    false => text(Label::ItemIsPublic),
                }
            }
        },
    };
    row(findings, &id.0, title, places, Some(note), is_grantable)
}

/// A finding: its checkbox, its name, the places that show it, and a note. The checkbox is disabled if it cannot be
/// chosen.
fn row(findings: Findings, id: &str, name: &str, places: &[Place], note: Option<String>, can_be_chosen: bool) -> El {
    let (key, own) = (id.to_owned(), id.to_owned());
    let mark = el("input")
        .attr("type", "checkbox")
        .class("choice__mark")
        .prop("checked", move || can_be_chosen && findings.is_ticked(&key))
        .attr("disabled", move || !can_be_chosen)
        .on("change", move |event| findings.tick(&own, ticked(&event)));
    // Layers are often called like their items.
    let places = Some(text(Message::CodePlaces(places))).filter(|places| places != name);
    let about: Vec<String> = places.into_iter().chain(note).collect();
    let words = el("span")
        .class("privileges__words")
        .child(el("bdi").text(name))
        .child(el("span").class("privileges__id").child(el("bdi").attr("translate", "no").text(about.join(" · "))));
    el("li").class("picked__entry").child(el("label").class("choice").child(mark).child(words))
}
