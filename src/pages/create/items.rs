//! Step 3: which private items the key may open.

pub mod dialog;
pub mod list;

use key_wizard_core::credential::{draft::GrantedItem, problem::Field as Name};
use leptos::prelude::*;
use web_sys::Node;

use crate::{
    i18n,
    pages::labels::error_of,
    platform::focus,
    state::App,
    ui::{
        button::{Variant, button},
        dom::{El, act, el, group, read, show},
        notice::paragraph,
        removable_list::{Entry, picked},
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
        move || button("Skip", Variant::Plain, move || app.navigation.next()).into(),
    ));
    let entries = read(move || app.draft.read(|draft| draft.items.iter().map(entry).collect()));
    let remove = act(move |place| app.draft.edit(|draft| drop(draft.items.remove(place))));
    let close = act(move |()| {
        browsing.set(false);
        focus::on(Name::Items.id());
    });
    group([
        paragraph(
            "A key opens public items and, with the right privileges, ArcGIS services without any of this. Choose \
             items here only if your app must open private ones. If it need not, skip this step.",
        )
        .into(),
        el("div")
            .class("stack stack--close")
            .with(error.live_text(move || fault().unwrap_or_default()))
            .with(buttons)
            .with(
                el("p")
                    .class("hint")
                    .attr("role", "status")
                    .live_text(move || i18n::items_chosen(app.draft.read(|draft| draft.items.len()))),
            )
            .with(picked("Chosen items", entries, remove))
            .into(),
        show(move || browsing.get(), move || items_dialog(app, close.clone())),
    ])
}

fn browse(browsing: RwSignal<bool>) -> El {
    button("Browse items", Variant::Plain, move || browsing.set(true))
        .id(Name::Items.id())
        .attr("aria-describedby", "items-error")
}

fn entry(item: &GrantedItem) -> Entry {
    let about = match item.is_unknown() {
        true => String::new(),
        false => format!("{} · {}", item.kind, i18n::sharing(&item.access)),
    };
    Entry { words: item.title.clone(), about }
}
