//! The API key while it is shown: in one place in memory, for ten minutes unless extended.

use key_wizard_core::{
    key_life::{SHOWN_FOR_MS, TimeLeft, WhyHidden},
    secret::Secret,
    timestamp::Timestamp,
};
use leptos::prelude::*;

use crate::platform::time;

/// The key while it is shown. No signal ever contains it.
#[derive(Clone, Copy)]
pub struct KeyStore {
    cell: StoredValue<Option<Secret>, LocalStorage>,
    deadline: StoredValue<Timestamp>,
    time_left: RwSignal<TimeLeft>,
    copied: RwSignal<bool>,
    hidden: RwSignal<Option<WhyHidden>>,
}

impl KeyStore {
    pub(super) fn new() -> Self {
        Self {
            cell: StoredValue::new_local(None),
            deadline: StoredValue::new(Timestamp(0)),
            time_left: RwSignal::new(TimeLeft { seconds: 0 }),
            copied: RwSignal::new(false),
            hidden: RwSignal::new(None),
        }
    }

    /// The one place that contains the key, for the part of the screen that shows it.
    pub fn cell(self) -> StoredValue<Option<Secret>, LocalStorage> {
        self.cell
    }

    /// Stores the key for as long as it may be shown.
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

    /// Whether a key is on the screen that the person has not confirmed as saved.
    pub fn is_shown(self) -> bool {
        self.cell.with_value(Option::is_some)
    }

    /// Whether a key is on the screen that would be lost with it, neither saved nor copied; reactive to copying.
    pub fn is_unsaved(self) -> bool {
        self.is_shown() && !self.copied.get()
    }

    /// Records that the person has copied it.
    pub fn note_copied(self) {
        self.copied.set(true);
    }

    /// Whether the person has copied it; reactive.
    pub fn is_copied(self) -> bool {
        self.copied.get()
    }

    /// The time it has left; reactive.
    pub fn time_left(self) -> TimeLeft {
        self.time_left.get()
    }

    /// Why a key was wiped before its operation ended in this tab; reactive.
    pub fn why_hidden(self) -> Option<WhyHidden> {
        self.hidden.get()
    }

    /// Wipes the key without a message.
    pub fn wipe(self) {
        self.cell.set_value(None);
    }

    /// Wipes the key and shows why.
    pub fn hide(self, why: WhyHidden) {
        self.wipe();
        self.hidden.set(Some(why));
    }

    /// Wipes the key because the person has saved it. `is_unfinished` if another tab runs its operation by now.
    pub fn wipe_saved(self, is_unfinished: bool) {
        self.wipe();
        self.hidden.set(is_unfinished.then_some(WhyHidden::Saved));
    }

    /// Checks the time left, and hides the key once it is over. Uses the clock, because timers stop in a closed laptop.
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
