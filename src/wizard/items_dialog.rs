//! The dialog of step 3: search the organisation's items and choose some.

use leptos::{prelude::*, task::spawn_local};

use super::{items::MOST, items_list::ItemsList};
use crate::{
    app::{App, fetched::Fetched},
    browser::time,
    credential::draft::GrantedItem,
    html, i18n,
    portal::search::{FoundItem, Page, Sharing},
    ui::{
        button::{Button, Look},
        dialog::Dialog,
        field::{Field, SelectField},
    },
};

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

/// What is typed and chosen as filters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// Free words.
    pub words: String,
    /// A type as the portal names it; empty for all.
    pub kind: String,
    /// How the items are shared; all that are not public if none is chosen.
    pub sharing: Option<Sharing>,
}

/// The dialog's state. What is chosen reaches the draft only with `Add items`.
#[derive(Clone, Copy)]
pub struct Search {
    app: App,
    filters: RwSignal<Filters>,
    /// Counts the searches, so that the answer of an earlier one is not taken for a later one's.
    pub(super) generation: RwSignal<u32>,
    /// What has been loaded so far.
    pub(super) found: RwSignal<Vec<FoundItem>>,
    total: RwSignal<i64>,
    next: RwSignal<Option<u32>>,
    status: RwSignal<Fetched<()>>,
    /// What is ticked.
    pub(super) chosen: RwSignal<Vec<GrantedItem>>,
}

impl Search {
    fn new(app: App) -> Self {
        let search = Self {
            app,
            filters: RwSignal::new(Filters::default()),
            generation: RwSignal::new(0),
            found: RwSignal::new(Vec::new()),
            total: RwSignal::new(0),
            next: RwSignal::new(Some(1)),
            status: RwSignal::new(Fetched::Waiting),
            chosen: RwSignal::new(app.draft_untracked(|draft| draft.items.clone())),
        };
        match app.first_items.get_untracked() {
            Fetched::Ready(page) => search.take(page),
            _ => search.load(1),
        }
        search
    }

    /// Whether no further item may be ticked.
    pub fn full(self) -> bool {
        self.chosen.with(Vec::len) >= MOST
    }

    /// Ticks or clears an item.
    pub fn choose(self, item: &FoundItem, ticked: bool) {
        self.chosen.update(|chosen| {
            chosen.retain(|it| it.id != item.id);
            if ticked && chosen.len() < MOST {
                chosen.push(granted(item));
            }
        });
    }

    /// Asks for the next page, unless one is on its way or there is none.
    pub fn load_more(self) {
        let busy = self.status.with_untracked(|status| matches!(status, Fetched::Waiting));
        if let Some(start) = self.next.get_untracked().filter(|_| !busy) {
            self.load(start);
        }
    }

    fn change(self, change: impl FnOnce(&mut Filters), rest: u32) {
        self.filters.update(change);
        self.generation.update(|count| *count += 1);
        let generation = self.generation.get_untracked();
        self.status.set(Fetched::Waiting);
        spawn_local(async move {
            time::wait(rest).await;
            // The dialog may have been closed, and the filters changed, during the rest.
            if self.generation.try_get_untracked() == Some(generation) {
                self.load(1);
            }
        });
    }

    fn load(self, start: u32) {
        let generation = self.generation.get_untracked();
        let filters = self.filters.get_untracked();
        self.status.set(Fetched::Waiting);
        spawn_local(async move {
            let answer = self.app.search_items(&filters, start).await;
            if self.generation.try_get_untracked() != Some(generation) {
                return;
            }
            match answer {
                Ok(page) if start == 1 => self.take(page),
                Ok(page) => self.extend(page),
                Err(error) => self.status.set(Fetched::Failed(i18n::portal::sentence(&error))),
            }
        });
    }

    fn take(self, page: Page) {
        self.found.set(Vec::new());
        self.extend(page);
    }

    fn extend(self, page: Page) {
        self.total.set(page.total);
        self.next.set(page.next);
        // An item may move to a later page while one scrolls; it must not stand twice.
        self.found.update(|found| {
            let known: std::collections::BTreeSet<_> = found.iter().map(|item| item.id.clone()).collect();
            found.extend(page.items.into_iter().filter(|item| !known.contains(&item.id)));
        });
        self.status.set(Fetched::Ready(()));
    }
}

/// The dialog, open while it is on the screen.
#[component]
pub fn ItemsDialog(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let app = App::here();
    let search = Search::new(app);
    let add = move || {
        app.edit(|draft| draft.items = search.chosen.get_untracked());
        on_close.run(());
    };
    let count = move || i18n::items_chosen(search.chosen.with(Vec::len));
    html! {
        <Dialog id="items-dialog" title="Browse items" on_close=on_close>
            <Tools search=search />
            <p class="hint" role="status"><b>{count}</b>{" · "}{move || state_in_words(search)}</p>
            <ItemsList search=search />
            <div class="button-row">
                <Button words="Add items" look=Look::Primary on_press=add />
                <Button words="Cancel" on_press=on_close />
                <Show when=move || matches!(search.status.get(), Fetched::Failed(_))>
                    <Button words="Try again" on_press=move || search.change(|_| {}, 0) />
                </Show>
            </div>
        </Dialog>
    }
}

fn granted(item: &FoundItem) -> GrantedItem {
    GrantedItem { id: item.id.clone(), title: item.title.clone(), kind: item.kind.clone(), access: item.access.clone() }
}

fn word(sharing: Option<Sharing>) -> &'static str {
    LEVELS.into_iter().find(|(_, level)| Some(*level) == sharing).map_or("", |(word, _)| word)
}

fn sharing(word: &str) -> Option<Sharing> {
    LEVELS.into_iter().find(|(it, _)| *it == word).map(|(_, level)| level)
}

fn state_in_words(search: Search) -> String {
    match search.status.get() {
        Fetched::Waiting => "Searching…".to_owned(),
        Fetched::Failed(words) => words,
        Fetched::Ready(()) => i18n::items_found(search.total.get()),
    }
}

#[component]
fn Tools(search: Search) -> impl IntoView {
    let types = std::iter::once((String::new(), "All types".to_owned()))
        .chain(TYPES.into_iter().map(|kind| (kind.to_owned(), kind.to_owned())))
        .collect::<Vec<_>>();
    let levels = std::iter::once((String::new(), "All but public".to_owned()))
        .chain(LEVELS.into_iter().map(|(word, _)| (word.to_owned(), i18n::sharing(word).to_owned())))
        .collect::<Vec<_>>();
    html! {
        <div class="items__tools">
            <div class="items__search">
                <Field id="search-items" label="Search items">
                    <input
                        id="search-items"
                        type="search"
                        autocomplete="off"
                        spellcheck="false"
                        translate="no"
                        class="field__input"
                        placeholder="Title, tag, owner …"
                        prop:value=move || search.filters.with(|filters| filters.words.clone())
                        on:input=move |event| search.change(|filters| filters.words = event_target_value(&event), REST)
                        // Enter would press the step's `Next`, behind the dialog.
                        on:keydown=move |event| if event.key() == "Enter" { event.prevent_default() }
                    />
                </Field>
            </div>
            <SelectField
                id="item-type"
                label="Type"
                options=types
                value=Signal::derive(move || search.filters.with(|filters| filters.kind.clone()))
                on_change=move |kind| search.change(|filters| filters.kind = kind, 0)
            />
            <SelectField
                id="item-sharing"
                label="Sharing"
                options=levels
                value=Signal::derive(move || search.filters.with(|filters| word(filters.sharing).to_owned()))
                on_change=move |word: String| search.change(|filters| filters.sharing = sharing(&word), 0)
            />
        </div>
    }
}
