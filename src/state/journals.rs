//! The journals of operations and their answers, in IndexedDB, shared by all tabs of this browser.

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

/// The journals and answers stored in this browser.
#[derive(Clone, Copy)]
pub struct JournalStore {
    /// The pending write of a journal.
    pending_write: StoredValue<Option<PendingWrite>, LocalStorage>,
    unavailable: RwSignal<bool>,
    waiting: RwSignal<Option<Waiting>>,
}

impl JournalStore {
    /// Assumes that the browser stores journals until a write fails.
    pub(super) fn new() -> Self {
        Self {
            pending_write: StoredValue::new_local(None),
            unavailable: RwSignal::new(false),
            waiting: RwSignal::new(None),
        }
    }

    /// Whether the browser stores no journals, so that an operation cannot be found again after this tab closes;
    /// reactive.
    pub fn is_unavailable(self) -> bool {
        self.unavailable.get()
    }

    /// Starts writing a journal.
    pub fn save(self, journal: &Journal) {
        self.pending_write.set_value(Some(indexed_db::put(&journal.key(), &journal.text())));
    }

    /// Waits until the last journal is on the disk, and records a failure.
    pub async fn saved(self) {
        let write = self.pending_write.try_update_value(Option::take).flatten();
        if let Some(write) = write
            && write.whole().await.is_err()
        {
            self.unavailable.set(true);
        }
    }

    /// Stores the answers of an operation; they reach the disk before its journal.
    pub fn save_answers(self, id: &OperationId, draft: &Draft) {
        indexed_db::put(&recovery::answers_name(id), &draft.store());
    }

    /// Deletes the answers of an operation.
    pub fn delete_answers(self, id: &OperationId) {
        indexed_db::delete(&recovery::answers_name(id));
    }

    /// Starts storing that the person has saved the key of an operation that is another tab's by now.
    pub fn note_saved_key(self, state: &State) -> Option<PendingWrite> {
        let [name, text] = recovery::saved_key_note(state)?;
        Some(indexed_db::put(&name, &text))
    }

    /// Deletes everything stored of an operation.
    pub fn delete(self, id: &OperationId) {
        indexed_db::delete(&journal::key(id));
        indexed_db::delete(&recovery::saved_key_name(id));
        self.delete_answers(id);
    }

    /// The operations of a person that have journals in this browser.
    pub async fn of(self, person: &Person) -> Vec<Record> {
        self.waiting.set(None);
        self.read().await.of(&person.portal_key(), person.owner())
    }

    /// Before a sign-in: deletes stale entries, and finds unfinished work.
    pub async fn look(self) {
        let stored = self.read().await;
        self.waiting.set(recovery::waiting(stored.records));
    }

    /// The unfinished work found when the page opened, until a sign-in; reactive.
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
