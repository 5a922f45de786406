//! The dialog of step 3: search the organisation's items and choose some.

use key_wizard_core::{credential::web_map::shows_others, portal::search::Sharing};
use leptos::prelude::*;
use web_sys::Node;

use super::{super::web_map, entry, list::items_list};
use crate::{
    i18n::{Label, Message, text},
    pages::{session_warning, words},
    platform::focus,
    state::{App, items_search::Search, loadable::Loadable},
    ui::{
        button::{Variant, button},
        dialog::dialog,
        dom::{Act, El, act, el, fixed, group, read, show, watch},
        field::{field, select_field, text_control},
        removable_list::picked,
    },
};

/// The id of the field one types into.
const SEARCH: &str = "search-items";

/// How long typing must rest before the portal is asked, in milliseconds.
const REST: u32 = 200;

/// The types offered as a filter: those whose items a key can open.
const TYPES: [&str; 9] = [
    "Feature Service",
    "Map Service",
    "Vector Tile Service",
    "Image Service",
    "Scene Service",
    "Web Map",
    "Web Scene",
    "Geocoding Service",
    "Geoprocessing Service",
];

/// The sharing levels offered as a filter, by the portal's word.
const LEVELS: [(&str, Sharing); 3] =
    [("private", Sharing::Private), ("shared", Sharing::Groups), ("org", Sharing::Organisation)];

/// The dialog, open while it is on the screen.
pub fn items_dialog(app: App) -> Node {
    let search = Search::new(app.content, app.draft, app.maps);
    watch(Box::new(move || {
        let chosen = search.chosen.get();
        app.navigation.set_ticks(app.draft.read_once(|draft| draft.items != chosen));
    }));
    let add = move || {
        app.draft.edit(|draft| draft.set_items(search.chosen.get_untracked()));
        app.navigation.close_items();
    };
    let leave = move || app.navigation.leave_items();
    let buttons = el("div")
        .class("button-row dialog__actions")
        .with(button(&text(Label::AddItems), Variant::Primary, add))
        .with(button(&text(Label::Cancel), Variant::Plain, leave).id("items-cancel"))
        .with(show(
            move || search.has_failed(),
            move || button(&text(Label::TryAgain), Variant::Plain, move || again(search)).into(),
        ))
        .with(show(
            move || search.typed_item().is_some(),
            move || button(&text(Label::AddItemOfThisId), Variant::Plain, move || add_typed(search)).into(),
        ));
    dialog("items-dialog", &text(Label::BrowseItems), act(move |()| leave()), move |body| {
        // What stands outside cannot be reached from here.
        body.with(session_warning::warning(app))
            .with(tools(search))
            .with(status(search))
            .with(pinned(search))
            .with(layers(search))
            .with(items_list(search))
            .with(buttons)
    })
}

/// The button goes, so the focus goes to the field.
fn again(search: Search) {
    search.change(|_| {}, 0);
    focus::on(SEARCH);
}

/// The search does not work, but what is typed is the id of an item. This button goes, too.
fn add_typed(search: Search) {
    if let Some(item) = untrack(|| search.typed_item()) {
        search.choose(item, true);
    }
    focus::on(SEARCH);
}

/// What is ticked stays in sight, whatever is searched.
fn pinned(search: Search) -> Node {
    let entries = read(move || search.chosen.with(|chosen| chosen.iter().map(entry).collect()));
    let remove = act(move |place| drop(search.chosen.try_update(|chosen| chosen.remove(place))));
    picked(words::picked("chosen", SEARCH, Label::ItemsSelected), entries, remove)
}

/// What ticked maps show that a key needs access to, too.
fn layers(search: Search) -> Node {
    let offer = move || {
        let maps = search.chosen.with(|chosen| chosen.iter().filter(|it| shows_others(&it.kind)).count());
        text(Message::GrantLayers { maps, layers: search.missing_layers().len() })
    };
    let grant = show(
        move || !search.missing_layers().is_empty(),
        move || button("", Variant::Plain, move || grant(search)).live_text(offer).into(),
    );
    // What is offered says enough, unless something is missing.
    let is_done = move || search.maps.reading(|it| it.is_over() && it.gaps().is_empty()) == Some(true);
    group([web_map::progress(search.maps, fixed("")).flag("hidden", is_done).into(), grant])
}

/// The button goes, so the focus goes to the field.
fn grant(search: Search) {
    search.choose_layers();
    focus::on(SEARCH);
}

fn status(search: Search) -> El {
    let state = move || match search.status.get() {
        Loadable::Waiting => text(Label::Searching),
        Loadable::Failed(error) => {
            text(Message::SearchFailed { error: &error, is_empty: search.found.with(Vec::is_empty) })
        }
        Loadable::Ready(()) if search.has_none() => text(Label::NoItems),
        Loadable::Ready(()) => text(Message::ItemsFound(search.total.get())),
    };
    let count = move || text(Message::ItemsSelected(search.chosen.with(Vec::len)));
    el("p").class("hint").attr("role", "status").with(el("b").live_text(count)).text(" · ").live_text(state)
}

fn tools(search: Search) -> El {
    let words = words::field(SEARCH, Label::SearchItems, None);
    let value = read(move || search.filters.with(|filters| filters.words.clone()));
    let change = act(move |text| search.change(|filters| filters.words = text, REST));
    let control = text_control("input", &words, value, change)
        .attr("type", "search")
        .attr("placeholder", &text(Label::SearchItemsExample));
    let types = TYPES.into_iter().map(|kind| (kind.to_owned(), kind.to_owned()));
    let levels = LEVELS.into_iter().map(|(word, _)| (word.to_owned(), text(Message::SharedWith(word))));
    let by_type = act(move |kind| search.change(|filters| filters.kind = kind, 0));
    let by_level = act(move |word: String| search.change(|filters| filters.sharing = sharing(&word), 0));
    el("div")
        .class("items__tools")
        .with(field(&words, control).live_class("items__search", || true))
        .with(filter("item-type", Label::ItemType, (Label::AllTypes, types.collect()), by_type))
        .with(filter("item-sharing", Label::Sharing, (Label::NotPublic, levels.collect()), by_level))
}

fn filter(id: &'static str, label: Label, options: (Label, Vec<(String, String)>), change: Act<String>) -> El {
    let (all, mut rest) = options;
    rest.insert(0, (String::new(), text(all)));
    select_field(&words::field(id, label, None), rest, fixed(""), change)
}

fn sharing(word: &str) -> Option<Sharing> {
    LEVELS.into_iter().find(|(it, _)| *it == word).map(|(_, level)| level)
}
