//! The contents of web maps, scenes and apps: read a few requests at a time, and kept for the session.

use key_wizard_core::{
    credential::{
        draft::GrantedItem,
        review::KnownItems,
        web_map::{ReadMap, Reading, shows_others},
    },
    portal::{
        error::Error,
        id::ItemId,
        web_map::{Ask, MapAnswer},
    },
};
use leptos::{prelude::*, task::spawn_local};

use super::session::SessionStore;

/// The current reading, and what is known from all of them.
#[derive(Default)]
struct Maps {
    reading: Option<Reading>,
    /// Counts the readings, so that answers to earlier ones are dropped.
    turn: u32,
    known: KnownItems,
}

/// The maps read, for the step that asked last.
#[derive(Clone, Copy)]
pub struct MapStore {
    session: SessionStore,
    /// Not in a signal: it changes with every answer and is never compared.
    maps: StoredValue<Maps>,
    /// Counts the changes of the reading.
    reading_version: RwSignal<u32>,
    /// Counts the changes of the known items, which the Summary reviews after each.
    known_version: RwSignal<u32>,
}

impl MapStore {
    pub(super) fn new(session: SessionStore) -> Self {
        Self {
            session,
            maps: StoredValue::default(),
            reading_version: RwSignal::new(0),
            known_version: RwSignal::new(0),
        }
    }

    /// The page may be gone by the time of an answer.
    fn change(self, change: impl FnOnce(&mut Maps)) {
        if self.maps.try_update_value(change).is_some() {
            self.reading_version.update(|version| *version += 1);
        }
    }

    fn change_known(self, change: impl FnOnce(&mut KnownItems)) {
        if self.maps.try_update_value(|maps| change(&mut maps.known)).is_some() {
            self.known_version.update(|version| *version += 1);
        }
    }

    /// Adds an item to the reading.
    pub fn add(self, id: &ItemId) {
        let Some(person) = self.session.person() else { return };
        let own = || Reading::new(person.account.org_id.clone());
        self.change(|maps| maps.reading.get_or_insert_with(own).add(id));
        self.go_on();
    }

    /// Reads the maps among these items that have not been read well enough, such as those of code, a link or an earlier
    /// visit.
    pub fn read_chosen(self, chosen: &[GrantedItem], is_enough: impl Fn(&ReadMap) -> bool) {
        let is_read = |id: &ItemId| {
            let is_it = |map: &ReadMap| map.id == *id && is_enough(map);
            self.maps.with_value(|maps| maps.known.maps.iter().any(is_it))
        };
        for item in chosen.iter().filter(|item| shows_others(&item.kind) && !is_read(&item.id)) {
            self.add(&item.id);
        }
    }

    /// Starts over and drops pending answers.
    pub fn stop(self) {
        self.change(|maps| {
            maps.turn += 1;
            maps.reading = None;
        });
    }

    /// Forgets everything, because it belonged to another session.
    pub(super) fn reset(self) {
        self.stop();
        self.change_known(|known| *known = KnownItems::default());
    }

    /// Adds the items named in the code or map that the person starts from.
    pub fn add_named(self, items: Vec<ItemId>) {
        self.change_known(|known| known.add_named(items));
    }

    /// Adds private items of code or a map that were ticked and not chosen. A step that is left with its session adds
    /// nothing for the next one.
    pub(super) fn add_unchosen(self, items: Vec<GrantedItem>) {
        if self.session.person().is_some() {
            self.change_known(|known| known.add_unchosen(items));
        }
    }

    /// Forgets the items named in it. What maps show stays valid.
    pub(super) fn forget_named(self) {
        self.change_known(|known| (known.named, known.unchosen) = (None, Vec::new()));
    }

    /// Reads the current reading, if any; reactive.
    pub fn reading<T>(self, read: impl FnOnce(&Reading) -> T) -> Option<T> {
        self.reading_version.track();
        self.maps.with_value(|maps| maps.reading.as_ref().map(read))
    }

    /// Reads what is known of items; reactive.
    pub fn known<T>(self, read: impl FnOnce(&KnownItems) -> T) -> T {
        self.known_version.track();
        self.maps.with_value(|maps| read(&maps.known))
    }

    /// The private items that chosen maps show and that are not chosen; reactive.
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
            let mut read = None;
            self.change(|maps| read = maps.take(&ask, answer));
            if let Some(read) = read {
                self.change_known(|known| known.add_maps(read));
            }
            self.go_on();
        }
    }
}

impl Maps {
    /// The next question, and the reading it belongs to.
    fn next(&mut self) -> Option<(Ask, u32)> {
        Some((self.reading.as_mut()?.next_ask()?, self.turn))
    }

    /// Takes an answer. Returns the maps once the reading is over.
    fn take(&mut self, ask: &Ask, answer: Result<MapAnswer, Error>) -> Option<Vec<ReadMap>> {
        let reading = self.reading.as_mut()?;
        reading.take(ask, answer);
        reading.is_over().then(|| reading.maps())
    }
}
