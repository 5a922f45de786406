//! The draft as it is kept in the tab, and given up.

use key_wizard_core::{
    credential::draft::Draft,
    route::{Route, Step},
    timestamp::Timestamp,
    wizard::Wizard,
};
use leptos::prelude::*;

use super::App;
use crate::{
    platform::{embedder, location, session_storage, time},
    ui::dom::watch,
};

/// How long answers are kept, in milliseconds: 24 hours. They may hold names of projects that others should not read.
pub(super) const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// The name under which the draft is kept in this tab.
fn draft_name() -> String {
    ["akw.draft", &embedder::place()].concat()
}

/// The name of when it was written.
fn written_name() -> String {
    ["akw.written", &embedder::place()].concat()
}

/// The draft of this tab, if there is one that is not too old.
pub(super) fn stored_draft() -> Option<Draft> {
    let written = session_storage::get(&written_name()).and_then(|it| it.parse().ok());
    let is_old = written.is_some_and(|it| time::now().millis_since(Timestamp(it)) > KEPT_MS);
    session_storage::get(&draft_name()).filter(|_| !is_old).and_then(|text| Draft::restore(&text))
}

/// Forgets the draft of this tab.
pub(super) fn forget_stored_draft() {
    session_storage::remove(&draft_name());
    session_storage::remove(&written_name());
}

impl App {
    /// Keeps the draft in this tab whenever it changes.
    pub(super) fn save_draft_on_change(self) {
        watch(Box::new(move || {
            let blocked = session_storage::set(&draft_name(), &self.draft(Draft::store)).is_err()
                || session_storage::set(&written_name(), &time::now().0.to_string()).is_err();
            if self.storage_blocked.get_untracked() != blocked {
                self.storage_blocked.set(blocked);
            }
        }));
    }

    /// Whether nobody has typed or chosen anything yet.
    pub(super) fn is_untouched(self) -> bool {
        self.draft_untracked(|draft| *draft == Draft::new(time::today()))
    }

    /// Whether the operation in sight was begun with the draft of this tab, and not with another one elsewhere.
    pub fn owns_draft(self) -> bool {
        let Some(state) = self.operation.get_untracked() else { return false };
        self.draft_untracked(|draft| draft.operation == state.operation.plan.id.as_str())
    }

    /// Says which operation the draft is of; empty for none.
    pub(super) fn set_owner(self, id: &str) {
        self.edit(|draft| id.clone_into(&mut draft.operation));
    }

    /// Forgets everything the person typed.
    pub(super) fn forget_draft(self) {
        self.prefill_rejected.set(false);
        self.operation.set(None);
        self.wizard.set(Wizard::new(Draft::new(time::today())));
        self.apply_host_prefill();
        location::replace(Route::SignIn.fragment());
    }

    /// Begins again: with an empty draft, or with what was typed for something else.
    pub fn start_over(self) {
        match self.owns_draft() {
            true => {
                self.forget_draft();
                location::push(Route::Step(Step::Credentials).fragment());
            }
            false => self.start_another(),
        }
        self.reconcile_again();
        self.resume_next();
    }
}
