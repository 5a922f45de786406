//! The dialog of step 3: search the organization's items and choose some.

use key_wizard_core::{
    credential::web_map::shows_others,
    portal::{id::FolderId, search::Sharing},
};
use leptos::prelude::*;
use web_sys::Node;

use super::list::items_list;
use crate::{
    i18n::{Label, Message, text},
    pages::{create::web_map, session_warning, words},
    platform::focus,
    state::{
        App,
        content::{Filters, SearchScope},
        items_search::Search,
        loadable::Loadable,
    },
    ui::{
        button::{Variant, button},
        dialog::dialog,
        dom::{Callback, El, IntoView, Signal, el, on_mount, show, watch},
        field::{field, select_field, text_control},
        removable_list::removable_list,
    },
};

/// The id of the search field.
const SEARCH: &str = "search-items";

/// The debounce of typing, in milliseconds.
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

/// The sharing levels offered as a filter, by the portal's term.
const LEVELS: [(&str, Sharing); 3] =
    [("private", Sharing::Private), ("shared", Sharing::Groups), ("org", Sharing::Organization)];

/// The dialog, open while it is rendered.
pub fn items_dialog(app: App) -> Node {
    let search = Search::new(app.content, app.draft, app.maps);
    on_mount(move || app.maps.read_chosen(&search.chosen.get_untracked(), |map| map.is_whole));
    on_cleanup(move || app.maps.stop());
    watch(move || {
        let chosen = search.chosen.get();
        app.navigation.set_ticks(app.draft.read_once(|draft| draft.items != chosen));
    });
    let add = move || {
        app.draft.edit(|draft| draft.set_items(search.chosen.get_untracked()));
        app.navigation.close_items();
    };
    let leave = move || app.navigation.leave_items();
    let buttons = el("div")
        .class("button-row dialog__actions")
        .child(button(&text(Label::AddItems), Variant::Primary, add))
        .child(button(&text(Label::Cancel), Variant::Plain, leave).id("items-cancel"))
        .child(show(
            move || search.has_failed(),
            move || button(&text(Label::TryAgain), Variant::Plain, move || again(search)),
        ))
        .child(show(
            move || search.typed_item().is_some(),
            move || button(&text(Label::AddItemOfThisId), Variant::Plain, move || add_typed(search)),
        ));
    dialog("items-dialog", &text(Label::BrowseItems), Callback::new(move |()| leave()), move |body| {
        // Elements outside the dialog are inert.
        body.child(session_warning::warning(app, SEARCH))
            .child(tools(app, search))
            .child(status(search))
            .child(pinned(search))
            .child(layers(search))
            .child(items_list(search))
            .child(buttons)
    })
}

/// Searches again. The button disappears, so focus moves to the field.
fn again(search: Search) {
    search.change(|_| {}, 0);
    focus::on(SEARCH);
}

/// Adds the item whose id is typed although the search fails. This button disappears, too.
fn add_typed(search: Search) {
    if let Some(item) = untrack(|| search.typed_item()) {
        search.choose(item, true);
    }
    focus::on(SEARCH);
}

/// The ticked items, visible during any search.
fn pinned(search: Search) -> Node {
    let entries = Signal::derive(move || search.chosen.with(|chosen| chosen.iter().map(words::item).collect()));
    let remove = Callback::new(move |place| drop(search.chosen.try_update(|chosen| chosen.remove(place))));
    removable_list(words::list("chosen", SEARCH, Label::ItemsSelected), entries, remove, None)
}

/// The items that the ticked maps show and a key needs, too.
fn layers(search: Search) -> Node {
    let offer = move || {
        let maps = search.chosen.with(|chosen| chosen.iter().filter(|item| shows_others(&item.kind)).count());
        text(Message::GrantLayers { maps, layers: search.missing_layers().len() })
    };
    let grant = show(
        move || !search.is_full() && !search.missing_layers().is_empty(),
        move || button("", Variant::Plain, move || grant(search)).text(offer),
    );
    // The offer is enough, unless something is missing.
    let is_done = move || search.maps.reading(|reading| reading.is_over() && reading.gaps().is_empty()) == Some(true);
    let offered = el("div").attr("role", "status").child(grant);
    (web_map::progress(search.maps, Signal::derive(String::new)).attr("hidden", is_done), offered).into_view()
}

/// Adds these items. The button disappears, so focus moves to the field.
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
    el("p").class("hint").attr("role", "status").child(el("b").text(count)).text(" · ").text(state)
}

fn tools(app: App, search: Search) -> El {
    let words = words::field(SEARCH, Label::SearchItems, Some(Label::SearchItemsHint));
    let value = Signal::derive(move || search.filters.with(|filters| filters.words.clone()));
    let change = Callback::new(move |text| search.change(|filters| filters.words = text, REST));
    let control = text_control("input", &words, value, change).attr("type", "search");
    let types = TYPES.into_iter().map(|kind| (kind.to_owned(), kind.to_owned()));
    let levels = LEVELS.into_iter().map(|(word, _)| (word.to_owned(), text(Message::SharedWith(word))));
    let by_type = Callback::new(move |kind| search.change(|filters| filters.kind = kind, 0));
    let by_level = Callback::new(move |word: String| search.change(|filters| filters.sharing = sharing(&word), 0));
    let is_open = RwSignal::new(false);
    let set = move || search.filters.with(Filters::count);
    // Visible only if the filters would leave no room for the list.
    let fold = button("", Variant::Small, move || is_open.update(|is_open| *is_open = !*is_open))
        .class("items__fold")
        .attr("aria-expanded", move || Some(is_open.get().to_string()))
        .text(move || text(Message::ItemFilters(set())));
    el("div")
        .class("items__tools")
        .child(field(&words, control).class("items__search"))
        .child(fold)
        .child(filter("item-type", Label::ItemType, (Label::AllTypes, types.collect()), by_type))
        .child(filter("item-sharing", Label::Sharing, (Label::NotPublic, levels.collect()), by_level))
        .child(folder_filter(app, search))
}

/// The value for items in the root folder; no folder's id has this form.
const ROOT: &str = "/";

/// The person's own folders, once they are known.
fn folder_filter(app: App, search: Search) -> Node {
    let scope = |id: String| match id.as_str() {
        "" => SearchScope::Organization,
        ROOT => SearchScope::Root,
        _ => SearchScope::Folder(FolderId(id)),
    };
    let has_folders = move || !app.content.sorted_folders().is_empty();
    show(has_folders, move || {
        let own = untrack(|| app.content.sorted_folders()).into_iter().map(|folder| (folder.id.0, folder.title));
        let options = [(ROOT.to_owned(), text(Label::RootFolder))].into_iter().chain(own).collect();
        let by_folder = Callback::new(move |id| search.change(|filters| filters.scope = scope(id), 0));
        filter("item-folder", Label::Folder, (Label::AllFolders, options), by_folder)
    })
}

fn filter(id: &'static str, label: Label, options: (Label, Vec<(String, String)>), change: Callback<String>) -> El {
    let (all, mut rest) = options;
    rest.insert(0, (String::new(), text(all)));
    select_field(&words::field(id, label, None), rest, Signal::derive(String::new), change)
}

fn sharing(word: &str) -> Option<Sharing> {
    LEVELS.into_iter().find(|(name, _)| *name == word).map(|(_, level)| level)
}
