//! The API key while it is shown: in one place of memory, for ten minutes at most.

use key_wizard_core::{secret::Secret, timestamp::Timestamp};
use leptos::prelude::*;

use crate::platform::time;

/// How long a key stays on the screen at most, in milliseconds: ten minutes.
const SHOWN_FOR_MS: i64 = 10 * 60 * 1000;

/// The key while it is shown. No signal ever holds it.
#[derive(Clone, Copy)]
pub struct KeyStore {
    slot: StoredValue<Option<Secret>, LocalStorage>,
    deadline: StoredValue<Timestamp>,
    wiped: RwSignal<bool>,
}

impl KeyStore {
    /// Without a key.
    pub(super) fn new() -> Self {
        Self {
            slot: StoredValue::new_local(None),
            deadline: StoredValue::new(Timestamp(0)),
            wiped: RwSignal::new(false),
        }
    }

    /// The one place that holds the key, for the part of the screen that shows it.
    pub fn slot(self) -> StoredValue<Option<Secret>, LocalStorage> {
        self.slot
    }

    /// Takes the key in, for as long as it may be shown.
    pub fn show(self, key: Secret) {
        self.deadline.set_value(time::now().plus_millis(SHOWN_FOR_MS));
        self.slot.set_value(Some(key));
        self.wiped.set(false);
    }

    /// Whether a key is on the screen that has not been saved.
    pub fn is_shown(self) -> bool {
        self.slot.with_value(Option::is_some)
    }

    /// Whether a key was wiped that nobody said is saved; read again whenever that changes.
    pub fn is_wiped(self) -> bool {
        self.wiped.get()
    }

    /// Wipes the key, and has the screen say nothing of it.
    pub fn wipe(self) {
        self.slot.set_value(None);
    }

    /// Wipes the key, and has the screen say so.
    pub fn wipe_unsaved(self) {
        self.wipe();
        self.wiped.set(true);
    }

    /// Wipes the key because the person has saved it. `is_unfinished` if its operation is another tab's by now.
    pub fn wipe_saved(self, is_unfinished: bool) {
        self.wipe();
        self.wiped.set(is_unfinished);
    }

    /// Wipes the key if its time is over, by the clock: a timer does not run while a laptop is closed.
    pub fn check_deadline(self) {
        if self.is_shown() && time::now() >= self.deadline.get_value() {
            self.wipe_unsaved();
        }
    }
}
