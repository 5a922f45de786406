//! Reads what web maps, scenes and apps show, a few requests at a time.

use key_wizard_core::{
    credential::web_map::Reading,
    portal::{id::ItemId, web_map::Ask},
};
use leptos::{prelude::*, task::spawn_local};

use super::{content::ContentStore, session::SessionStore};

/// One reading, of one map or of several.
#[derive(Clone, Copy)]
pub struct MapReader {
    session: SessionStore,
    content: ContentStore,
    reading: RwSignal<Option<Reading>>,
    /// Counts the readings, so that an answer to an earlier one comes to nothing.
    turn: StoredValue<u32>,
}

impl MapReader {
    /// Before anything is read.
    pub fn new(session: SessionStore, content: ContentStore) -> Self {
        Self { session, content, reading: RwSignal::new(None), turn: StoredValue::new(0) }
    }

    /// Reads this item, beside those that are read already.
    pub fn add(self, id: &ItemId) {
        let Some(person) = self.session.person() else { return };
        self.reading.update(|reading| {
            reading.get_or_insert_with(|| Reading::new(person.account.org_id.clone())).add(id);
        });
        self.go_on();
    }

    /// Forgets what was read. What is on its way comes to nothing.
    pub fn stop(self) {
        self.turn.update_value(|it| *it += 1);
        self.reading.set(None);
    }

    /// How far the reading has come; none without one. Read again whenever that changes.
    pub fn progress(self) -> Option<(usize, usize)> {
        self.reading.with(|reading| reading.as_ref().map(Reading::progress))
    }

    /// Whether something is being read; read again whenever that changes.
    pub fn is_reading(self) -> bool {
        self.reading.with(|reading| reading.as_ref().is_some_and(|it| !it.is_over()))
    }

    /// The reading once it is over; read again whenever that changes.
    pub fn finished(self) -> Option<Reading> {
        self.reading.with(|reading| reading.clone().filter(Reading::is_over))
    }

    fn go_on(self) {
        while let Some(ask) = self.reading.try_update_untracked(|it| it.as_mut()?.next_ask()).flatten() {
            spawn_local(self.ask(ask));
        }
    }

    /// The screen may be gone once the answer is there.
    async fn ask(self, ask: Ask) {
        let turn = self.turn.get_value();
        let answer = self.session.send(ask.request()).await;
        if self.turn.try_get_value() != Some(turn) {
            return;
        }
        let maps = self.reading.try_update(|reading| {
            let reading = reading.as_mut()?;
            reading.take(&ask, answer);
            reading.is_over().then(|| reading.maps())
        });
        if let Some(maps) = maps.flatten() {
            self.content.add_maps(maps);
        }
        self.go_on();
    }
}
