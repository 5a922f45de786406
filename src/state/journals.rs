//! The journals of operations and the answers they were begun with, in IndexedDB, for every tab of this browser.

use key_wizard_core::{
    credential::draft::Draft,
    operation::{
        OperationId, State,
        journal::{self, Journal},
    },
    recovery::{self, Record, Waiting},
};
use leptos::prelude::*;

use super::session::Person;
use crate::platform::{
    indexed_db::{self, PendingWrite},
    time,
};

/// The journals and answers that this browser stores.
#[derive(Clone, Copy)]
pub struct JournalStore {
    /// The journal on its way to the disk.
    pending_write: StoredValue<Option<PendingWrite>, LocalStorage>,
    unavailable: RwSignal<bool>,
    waiting: RwSignal<Option<Waiting>>,
}

impl JournalStore {
    /// As if the browser stored journals, until it does not.
    pub(super) fn new() -> Self {
        Self {
            pending_write: StoredValue::new_local(None),
            unavailable: RwSignal::new(false),
            waiting: RwSignal::new(None),
        }
    }

    /// Whether the browser stores no journals, so that an operation cannot be found again after this tab closes; read
    /// again whenever that changes.
    pub fn is_unavailable(self) -> bool {
        self.unavailable.get()
    }

    /// Begins to store a journal.
    pub fn save(self, journal: &Journal) {
        self.pending_write.set_value(Some(indexed_db::put(&journal.key(), &journal.text())));
    }

    /// Waits until the last journal is on the disk; says so if it does not get there.
    pub async fn saved(self) {
        let write = self.pending_write.try_update_value(Option::take).flatten();
        if let Some(write) = write
            && write.whole().await.is_err()
        {
            self.unavailable.set(true);
        }
    }

    /// Stores the answers of an operation; they are on the disk before its journal is.
    pub fn save_answers(self, id: &OperationId, draft: &Draft) {
        indexed_db::put(&recovery::answers_name(id), &draft.store());
    }

    /// Deletes the answers of an operation.
    pub fn delete_answers(self, id: &OperationId) {
        indexed_db::delete(&recovery::answers_name(id));
    }

    /// Stores that the person has saved the key of an operation that is another tab's by now.
    pub fn save_mark(self, state: &State) {
        if let Some([name, text]) = recovery::saved_mark(state) {
            indexed_db::put(&name, &text);
        }
    }

    /// Deletes everything stored of an operation.
    pub fn delete(self, id: &OperationId) {
        indexed_db::delete(&journal::key(id));
        indexed_db::delete(&recovery::saved_name(id));
        self.delete_answers(id);
    }

    /// The operations of a person that this browser has journals of.
    pub async fn of(self, person: &Person) -> Vec<Record> {
        self.waiting.set(None);
        self.read().await.of(&person.portal_key(), person.owner())
    }

    /// Before anybody has signed in: deletes what is too old, and notes what waits for its owner.
    pub async fn look(self) {
        let stored = self.read().await;
        self.waiting.set(recovery::waiting(stored.records));
    }

    /// What waited when the page was opened, until somebody has signed in; read again whenever that changes.
    pub fn waiting(self) -> Option<Waiting> {
        self.waiting.get()
    }

    async fn read(self) -> recovery::Stored {
        let stored = recovery::read(&indexed_db::all().await, time::now());
        for name in &stored.stale {
            indexed_db::delete(name);
        }
        stored
    }
}
