//! The API key while it is shown: in one place of memory, for ten minutes unless the person wants more.

use key_wizard_core::{
    key_life::{SHOWN_FOR_MS, TimeLeft, WhyHidden},
    secret::Secret,
    timestamp::Timestamp,
};
use leptos::prelude::*;

use crate::platform::time;

/// The key while it is shown. No signal ever holds it.
#[derive(Clone, Copy)]
pub struct KeyStore {
    cell: StoredValue<Option<Secret>, LocalStorage>,
    deadline: StoredValue<Timestamp>,
    time_left: RwSignal<TimeLeft>,
    copied: RwSignal<bool>,
    hidden: RwSignal<Option<WhyHidden>>,
}

impl KeyStore {
    /// Without a key.
    pub(super) fn new() -> Self {
        Self {
            cell: StoredValue::new_local(None),
            deadline: StoredValue::new(Timestamp(0)),
            time_left: RwSignal::new(TimeLeft { seconds: 0 }),
            copied: RwSignal::new(false),
            hidden: RwSignal::new(None),
        }
    }

    /// The one place that holds the key, for the part of the screen that shows it.
    pub fn cell(self) -> StoredValue<Option<Secret>, LocalStorage> {
        self.cell
    }

    /// Takes the key in, for as long as it may be shown.
    pub fn show(self, key: Secret) {
        self.cell.set_value(Some(key));
        self.copied.set(false);
        self.hidden.set(None);
        self.show_longer();
    }

    /// Shows it for ten minutes from now.
    pub fn show_longer(self) {
        self.deadline.set_value(time::now().plus_millis(SHOWN_FOR_MS));
        self.check_deadline();
    }

    /// Whether a key is on the screen that the person has not said to be saved.
    pub fn is_shown(self) -> bool {
        self.cell.with_value(Option::is_some)
    }

    /// Whether a key is on the screen that would be lost with it: it was neither saved nor copied. Read again whenever it
    /// is copied.
    pub fn is_unsaved(self) -> bool {
        self.is_shown() && !self.copied.get()
    }

    /// The person has copied it.
    pub fn note_copied(self) {
        self.copied.set(true);
    }

    /// Whether the person has copied it, and again whenever that changes.
    pub fn is_copied(self) -> bool {
        self.copied.get()
    }

    /// How much of its time it has left, and again whenever that changes.
    pub fn time_left(self) -> TimeLeft {
        self.time_left.get()
    }

    /// Why a key was wiped whose operation is still open; read again whenever that changes.
    pub fn why_hidden(self) -> Option<WhyHidden> {
        self.hidden.get()
    }

    /// Wipes the key, and has the screen say nothing of it.
    pub fn wipe(self) {
        self.cell.set_value(None);
    }

    /// Wipes the key, and has the screen say why.
    pub fn hide(self, why: WhyHidden) {
        self.wipe();
        self.hidden.set(Some(why));
    }

    /// Wipes the key because the person has saved it. `is_unfinished` if its operation is another tab's by now.
    pub fn wipe_saved(self, is_unfinished: bool) {
        self.wipe();
        self.hidden.set(is_unfinished.then_some(WhyHidden::Saved));
    }

    /// Counts the time, and hides the key once it is over, by the clock: a timer does not run while a laptop is closed.
    pub fn check_deadline(self) {
        if !self.is_shown() {
            return;
        }
        let left = TimeLeft::until(self.deadline.get_value(), time::now());
        if self.time_left.get_untracked() != left {
            self.time_left.set(left);
        }
        if left.is_over() {
            self.hide(WhyHidden::TimeOver);
        }
    }
}
