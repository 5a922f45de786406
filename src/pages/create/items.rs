//! Step 3: which private items the key may open.

pub mod dialog;
pub mod list;

use key_wizard_core::{
    credential::{draft::GrantedItem, problem::Field as Name},
    route::Step,
};
use leptos::prelude::*;
use web_sys::Node;

use super::findings::findings;
use crate::{
    i18n::{Label, Message, text},
    pages::{labels::error_of, words},
    platform::focus,
    state::App,
    ui::{
        button::{Variant, button},
        dom::{El, act, el, group, read, show},
        notice::paragraph,
        removable_list::{self, Entry, picked},
    },
};
use dialog::items_dialog;

/// The fields of the step.
pub fn items(app: App) -> Node {
    let browsing = RwSignal::new(false);
    let (faultless, fault) = (error_of(app, Name::Items), error_of(app, Name::Items));
    let error = el("p").class("field__error").id("items-error").flag("hidden", move || faultless().is_none());
    let buttons = el("div").class("button-row").with(browse(browsing)).with(show(
        move || app.draft.read(|draft| draft.items.is_empty()),
        move || button(&text(Label::Skip), Variant::Plain, move || app.navigation.next()).into(),
    ));
    let entries = read(move || app.draft.read(|draft| draft.items.iter().map(entry).collect()));
    let remove = act(move |place| app.draft.edit(|draft| drop(draft.items.remove(place))));
    let selected = removable_list::Words { list: text(Label::ItemsSelected), remove: text(Label::Remove) };
    let close = act(move |()| {
        browsing.set(false);
        focus::on(Name::Items.id());
    });
    group([
        paragraph(&text(Label::ItemAccessLead)).into(),
        findings(app, Step::ItemAccess),
        el("div")
            .class("stack stack--close")
            .with(error.live_text(move || fault().unwrap_or_default()))
            .with(buttons)
            .with(
                el("p")
                    .class("hint")
                    .attr("role", "status")
                    .live_text(move || text(Message::ItemsSelected(app.draft.read(|draft| draft.items.len())))),
            )
            .with(picked(selected, entries, remove))
            .into(),
        show(move || browsing.get(), move || items_dialog(app, close.clone())),
    ])
}

fn browse(browsing: RwSignal<bool>) -> El {
    button(&text(Label::BrowseItems), Variant::Plain, move || browsing.set(true))
        .id(Name::Items.id())
        .attr("aria-describedby", "items-error")
}

fn entry(item: &GrantedItem) -> Entry {
    let about = match item.is_unknown() {
        true => String::new(),
        false => [&item.kind, " · ", &text(Message::SharedWith(&item.access))].concat(),
    };
    words::entry(&item.title, about)
}
