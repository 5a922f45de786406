//! What web maps, scenes and apps show: read a few requests at a time, and kept while the session lasts.

use key_wizard_core::{
    credential::{draft::GrantedItem, review::KnownItems, web_map::Reading},
    portal::{
        error::Error,
        id::ItemId,
        web_map::{Ask, MapAnswer},
    },
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

/// What is read, on whichever step asked last.
#[derive(Clone, Copy)]
pub struct MapStore {
    session: SessionStore,
    /// In no signal: it changes with every answer, and nobody compares it.
    maps: StoredValue<Maps>,
    /// Counts what has changed.
    version: RwSignal<u32>,
}

impl MapStore {
    /// Before anything is read.
    pub(super) fn new(session: SessionStore) -> Self {
        Self { session, maps: StoredValue::default(), version: RwSignal::new(0) }
    }

    /// The page may be gone by the time of an answer.
    fn change(self, change: impl FnOnce(&mut Maps)) {
        if self.maps.try_update_value(change).is_some() {
            self.version.update(|version| *version += 1);
        }
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
        self.maps.with_value(|maps| maps.reading.as_ref().map(read))
    }

    /// Reads what is known of items, and again whenever that changes.
    pub fn known<T>(self, read: impl FnOnce(&KnownItems) -> T) -> T {
        self.version.track();
        self.maps.with_value(|maps| read(&maps.known))
    }

    /// The private items that chosen maps show and that are not chosen; read again whenever that changes.
    pub fn missing(self, chosen: &[GrantedItem]) -> Vec<GrantedItem> {
        self.known(|known| known.missing(chosen))
    }

    fn go_on(self) {
        while let Some((ask, turn)) = self.maps.try_update_value(Maps::next).flatten() {
            spawn_local(self.ask(ask, turn));
        }
    }

    async fn ask(self, ask: Ask, turn: u32) {
        let answer = self.session.send(ask.request()).await;
        if self.maps.try_with_value(|maps| maps.turn) == Some(turn) {
            self.change(|maps| maps.take(&ask, answer));
            self.go_on();
        }
    }
}

impl Maps {
    /// What to ask next, and for which reading.
    fn next(&mut self) -> Option<(Ask, u32)> {
        Some((self.reading.as_mut()?.next_ask()?, self.turn))
    }

    fn take(&mut self, ask: &Ask, answer: Result<MapAnswer, Error>) {
        let Some(reading) = &mut self.reading else { return };
        reading.take(ask, answer);
        if reading.is_over() {
            self.known.add_maps(reading.maps());
        }
    }
}
