//! The state of the item dialog: the query, the results so far, what is ticked.

use std::sync::Arc;

use key_wizard_core::{
    credential::{draft::GrantedItem, privilege::MAX_ITEMS, web_map::shows_others},
    portal::{
        id::ItemId,
        search::{FoundItem, Page},
    },
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    content::{ContentStore, Filters, SearchScope},
    draft::DraftStore,
    loadable::Loadable,
    maps::MapStore,
};
use crate::platform::time;

/// The dialog's state. What is ticked reaches the draft only through `Add items`.
#[derive(Clone, Copy)]
pub struct Search {
    content: ContentStore,
    /// The current filters.
    pub filters: RwSignal<Filters>,
    /// Counts the searches, so that answers to earlier ones are dropped.
    pub generation: RwSignal<u32>,
    /// The results loaded so far.
    pub found: RwSignal<Vec<Arc<FoundItem>>>,
    /// The total number of results, as counted by the portal.
    pub total: RwSignal<i64>,
    /// The status of the last request.
    pub status: RwSignal<Loadable<()>>,
    /// The ticked items.
    pub chosen: RwSignal<Vec<GrantedItem>>,
    /// The row that is in the tab order; the first one if `None`.
    pub active: RwSignal<Option<ItemId>>,
    /// Reads what the ticked maps show.
    pub maps: MapStore,
    next: RwSignal<Option<u32>>,
}

impl Search {
    /// A search without filters, with the prefetched results and the items of the draft.
    pub fn new(content: ContentStore, draft: DraftStore, maps: MapStore) -> Self {
        let search = Self {
            content,
            filters: RwSignal::new(Filters::default()),
            generation: RwSignal::new(0),
            found: RwSignal::new(Vec::new()),
            total: RwSignal::new(0),
            status: RwSignal::new(Loadable::Waiting),
            chosen: RwSignal::new(draft.read_once(|draft| draft.items.clone())),
            active: RwSignal::new(None),
            maps,
            next: RwSignal::new(None),
        };
        match content.first_items() {
            Loadable::Ready(page) => search.take(1, page),
            Loadable::Waiting | Loadable::Failed(_) => search.load(1),
        }
        search
    }

    /// Whether no more items may be ticked.
    pub fn is_full(self) -> bool {
        self.chosen.with(Vec::len) >= MAX_ITEMS
    }

    /// Ticks or unticks an item. Reads what a ticked map shows.
    pub fn choose(self, item: GrantedItem, ticked: bool) {
        let others = self.chosen.with_untracked(|chosen| chosen.iter().filter(|other| other.id != item.id).count());
        let is_taken = ticked && others < MAX_ITEMS;
        if is_taken && shows_others(&item.kind) {
            self.maps.add(&item.id);
        }
        self.chosen.update(|chosen| {
            chosen.retain(|chosen| chosen.id != item.id);
            if is_taken {
                chosen.push(item);
            }
        });
    }

    /// The private items that ticked maps show and that are not ticked; reactive.
    pub fn missing_layers(self) -> Vec<GrantedItem> {
        self.chosen.with(|chosen| self.maps.missing(chosen))
    }

    /// Ticks the private items that ticked maps show, up to the limit.
    pub fn choose_layers(self) {
        for layer in untrack(|| self.missing_layers()) {
            self.choose(layer, true);
        }
    }

    /// Whether the last request failed. Earlier results are kept.
    pub fn has_failed(self) -> bool {
        self.status.with(Loadable::has_failed)
    }

    /// Whether the person can open no items at all, which a search result does not show.
    pub fn has_none(self) -> bool {
        self.total.get() <= 0 && self.filters.with(|filters| *filters == Filters::default())
    }

    /// The item whose id is typed and that no search finds, until it is chosen.
    pub fn typed_item(self) -> Option<GrantedItem> {
        let typed = self.filters.with(|filters| GrantedItem::typed(&filters.words));
        let is_new = |item: &GrantedItem| self.chosen.with(|chosen| chosen.iter().all(|other| other.id != item.id));
        typed.filter(|item| self.has_failed() && !self.is_full() && is_new(item))
    }

    /// Requests the next page, unless it is already loading or there is none.
    pub fn load_more(self) {
        let busy = self.status.with_untracked(|status| *status == Loadable::Waiting);
        if let Some(start) = self.next.get_untracked().filter(|_| !busy) {
            self.load(start);
        }
    }

    /// Changes the filters, and searches after a debounce in milliseconds.
    pub fn change(self, change: impl FnOnce(&mut Filters), rest: u32) {
        self.filters.update(change);
        self.generation.update(|count| *count += 1);
        let generation = self.generation.get_untracked();
        self.status.set(Loadable::Waiting);
        spawn_local(async move {
            time::wait(rest).await;
            if self.is_current(generation) {
                self.load(1);
            }
        });
    }

    /// False once the dialog is closed or the filters have changed.
    fn is_current(self, generation: u32) -> bool {
        self.generation.try_get_untracked() == Some(generation)
    }

    fn load(self, start: u32) {
        let generation = self.generation.get_untracked();
        let filters = self.filters.get_untracked();
        self.status.set(Loadable::Waiting);
        spawn_local(async move {
            let answer = self.content.search_items(&filters, start).await;
            if !self.is_current(generation) {
                return;
            }
            match answer {
                Ok(page) => {
                    let next = page.next;
                    self.take(start, page);
                    // Load all pages of a folder: its items are filtered and counted here.
                    if filters.scope != SearchScope::Organization {
                        self.total.set(self.found.with_untracked(Vec::len) as i64);
                        next.into_iter().for_each(|next| self.load(next));
                    }
                }
                Err(error) => self.status.set(Loadable::Failed(error)),
            }
        });
    }

    fn take(self, start: u32, page: Page) {
        self.total.set(page.total);
        self.next.set(page.next);
        self.found.update(|found| {
            if start == 1 {
                self.active.set(None);
                found.clear();
            }
            // An item may move to a later page while the person scrolls; it must not appear twice.
            let recent = found.len().saturating_sub(2 * page.items.len());
            for item in page.items {
                if !found[recent..].iter().any(|other| other.id == item.id) {
                    found.push(Arc::new(item));
                }
            }
        });
        self.status.set(Loadable::Ready(()));
    }
}
