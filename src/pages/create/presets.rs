//! A way to start step 2: a tutorial, a task or an SDK, whose needs are chosen with one press and can be removed again.

use std::rc::Rc;

use key_wizard_core::{
    credential::{
        catalogue::Group,
        draft::Usage,
        offer::Offer,
        preset::{self, Preset, Resolved},
    },
    portal::id::PrivilegeId,
    route::Step,
};
use leptos::prelude::*;
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::{labels::privilege_name, words},
    platform::focus,
    state::App,
    ui::{
        button::{Variant, button},
        dom::{Callback, El, IntoView, Signal, el, nothing, switch, watch},
        field::{FieldWords, field, text_control},
        removable_list::removable_list,
    },
};

/// The id of the field.
const FIELD: &str = "start-from";

/// The field, its matches, and the added presets.
pub fn presets(app: App, offer: Rc<Offer>) -> Node {
    // The presets of a link wait for the data.
    let own = offer.clone();
    watch(move || app.reconcile_presets(&own));
    let query = RwSignal::new(String::new());
    let words = FieldWords::plain(FIELD, text(Label::StartFrom), text(Label::StartFromHint));
    let control = text_control(
        "input",
        &words,
        Signal::derive(move || query.get()),
        Callback::new(move |typed| query.set(typed)),
    )
    .attr("type", "search");
    let offered = offer.clone();
    // `None` without a query or data.
    let found = Signal::derive(move || {
        let typed = query.get();
        app.guide.read(|guide| {
            let is_asked = !typed.trim().is_empty() && !guide.presets.is_empty();
            is_asked.then(|| preset::find(&guide.presets, &typed).into_iter().cloned().collect::<Vec<_>>())
        })
    });
    let list = switch(
        move || found.get().unwrap_or_default(),
        move |found| {
            if found.is_empty() {
                return nothing();
            }
            let is_only = found.len() == 1;
            // A single row has a second button.
            let class = if is_only { "picked picked--wrap" } else { "picked" };
            let rows = found.iter().map(|preset| row(app, query, preset, is_only, &offered).into_view());
            el("ul").class(class).children(rows).into_view()
        },
    );
    let finds_nothing = move || found.with(|found| found.as_ref().is_some_and(Vec::is_empty));
    let status = move || if finds_nothing() { text(Label::NoPresetFound) } else { String::new() };
    let status = el("p").class("hint").attr("role", "status").text(status);
    let added = move || {
        app.draft.read(|draft| {
            let wanted = draft.wanted_presets.iter().map(|id| (id.clone(), None));
            let added = draft.presets.iter().map(|preset| (preset.id.clone(), Some(preset.gives.clone())));
            added.chain(wanted).collect::<Vec<_>>()
        })
    };
    let entries = move || {
        app.guide.read(|guide| {
            let entry = |(id, gives): (String, Option<Vec<PrivilegeId>>)| {
                let preset = guide.presets.iter().find(|preset| preset.id == id);
                let title = preset.map_or(&*id, |preset| &preset.title);
                match preset.zip(gives) {
                    Some((preset, gives)) => {
                        let lacks = preset.resolve(&offer.groups, Usage::Unsure).lacks;
                        words::entry(&id, title, needs(preset, &Resolved { gives, lacks, closed: Vec::new() }))
                    }
                    None => words::entry(&id, title, text(Label::PresetWaits)),
                }
            };
            added().into_iter().map(entry).collect()
        })
    };
    let remove = Callback::new(move |place: usize| {
        app.draft.edit(|draft| match draft.presets.get(place).map(|preset| preset.id.clone()) {
            Some(id) => draft.remove_preset(&id),
            None => drop(draft.wanted_presets.remove(place - draft.presets.len())),
        });
    });
    let labels = words::list("preset", FIELD, Label::PresetsAdded);
    (field(&words, control).child(status), list, removable_list(labels, Signal::derive(entries), remove, None))
        .into_view()
}

/// A matching preset. If it is the only one and needs no items, a second button adds it and goes to the Summary.
fn row(app: App, query: RwSignal<String>, preset: &Preset, is_only: bool, offer: &Rc<Offer>) -> El {
    let add = |answer: Label, then: fn(App)| {
        let (chosen, offered) = (preset.clone(), offer.clone());
        let press = move || {
            app.draft.edit(|draft| draft.add_preset(&chosen, &offered.groups));
            query.set(String::new());
            then(app);
        };
        let name = text(Message::AnswerAbout { answer: &text(answer), part: &preset.title });
        button(&text(answer), Variant::Link, press).attr("aria-label", &name)
    };
    let is_enough = is_only && !preset.needs_items;
    let words = el("span")
        .class("picked__words")
        .child(el("bdi").text(&preset.title))
        .text(" ")
        .child(el("span").class("hint").text(about(app, preset, &offer.groups)));
    el("li")
        .class("picked__entry")
        .child(words)
        .child(add(Label::AddPreset, |_| focus::on(FIELD)))
        .child(is_enough.then(|| add(Label::AddPresetAndGo, |app| app.navigation.jump(Step::Summary))))
}

/// What it gives this account, and how certain that is.
fn about(app: App, preset: &Preset, groups: &[Group]) -> String {
    needs(preset, &preset.resolve(groups, app.draft.read(|draft| draft.usage)))
}

fn needs(preset: &Preset, resolved: &Resolved) -> String {
    let names = |ids: &[PrivilegeId]| ids.iter().map(privilege_name).collect::<Vec<_>>();
    let (gives, lacks, closed) = (names(&resolved.gives), names(&resolved.lacks), names(&resolved.closed));
    text(Message::PresetNeeds { gives: &gives, lacks: &lacks, closed: &closed, preset })
}
