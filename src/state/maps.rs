//! What web maps, scenes and apps show: read a few requests at a time, and kept while the session lasts.

use std::cell::RefCell;

use key_wizard_core::{
    credential::{draft::GrantedItem, review::KnownItems, web_map::Reading},
    portal::{id::ItemId, web_map::Ask},
};
use leptos::{prelude::*, task::spawn_local};

use super::session::SessionStore;

/// The reading on the screen, and what is known from all of them.
#[derive(Default)]
struct Maps {
    reading: Option<Reading>,
    /// Counts the readings, so that an answer to an earlier one comes to nothing.
    turn: u32,
    known: KnownItems,
}

thread_local! {
    // Not in a signal: each type in one weighs a kilobyte.
    static MAPS: RefCell<Maps> = RefCell::default();
}

/// What is read, on whichever step asked last.
#[derive(Clone, Copy)]
pub struct MapStore {
    session: SessionStore,
    /// Counts what has changed.
    version: RwSignal<u32>,
}

impl MapStore {
    /// Before anything is read.
    pub(super) fn new(session: SessionStore) -> Self {
        Self { session, version: RwSignal::new(0) }
    }

    fn change<T>(self, change: impl FnOnce(&mut Maps) -> T) -> T {
        let changed = MAPS.with_borrow_mut(change);
        self.version.update(|it| *it += 1);
        changed
    }

    /// Reads this item, beside those that are read already.
    pub fn add(self, id: &ItemId) {
        let Some(person) = self.session.person() else { return };
        let own = || Reading::new(person.account.org_id.clone());
        self.change(|maps| maps.reading.get_or_insert_with(own).add(id));
        self.go_on();
    }

    /// Begins anew. What is on its way comes to nothing.
    pub fn stop(self) {
        self.change(|maps| {
            maps.turn += 1;
            maps.reading = None;
        });
    }

    /// Forgets everything: it was another session's.
    pub(super) fn reset(self) {
        self.stop();
        self.change(|maps| maps.known = KnownItems::default());
    }

    /// The items that the code or the map names that the person starts from.
    pub fn add_named(self, items: Vec<ItemId>) {
        self.change(|maps| maps.known.add_named(items));
    }

    /// The person starts from something else. What maps show stays true.
    pub(super) fn forget_named(self) {
        self.change(|maps| maps.known.named = None);
    }

    /// Reads the reading, if there is one, and again whenever that changes.
    pub fn reading<T>(self, read: impl FnOnce(&Reading) -> T) -> Option<T> {
        self.version.track();
        MAPS.with_borrow(|maps| maps.reading.as_ref().map(read))
    }

    /// Reads what is known of items, and again whenever that changes.
    pub fn known<T>(self, read: impl FnOnce(&KnownItems) -> T) -> T {
        self.version.track();
        MAPS.with_borrow(|maps| read(&maps.known))
    }

    /// The private items that chosen maps show and that are not chosen; read again whenever that changes.
    pub fn missing(self, chosen: &[GrantedItem]) -> Vec<GrantedItem> {
        self.known(|known| known.missing(chosen))
    }

    fn go_on(self) {
        while let Some(ask) = MAPS.with_borrow_mut(|maps| maps.reading.as_mut()?.next_ask()) {
            spawn_local(self.ask(ask, MAPS.with_borrow(|maps| maps.turn)));
        }
    }

    async fn ask(self, ask: Ask, turn: u32) {
        let answer = self.session.send(ask.request()).await;
        if MAPS.with_borrow(|maps| maps.turn) != turn {
            return;
        }
        self.change(|maps| {
            let Some(reading) = &mut maps.reading else { return };
            reading.take(&ask, answer);
            if reading.is_over() {
                maps.known.add_maps(reading.maps());
            }
        });
        self.go_on();
    }
}
