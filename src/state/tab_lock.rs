//! One tab at a time works at an operation; a second one looks on, and may take over.

use futures::future::abortable;
use key_wizard_core::{
    operation::{self, State, journal::Journal},
    route::Step,
};
use leptos::{prelude::*, task::spawn_local};

use super::App;
use crate::platform::{lock, time};

impl App {
    /// Drives an operation in sight of the person, or looks on if another tab has its lock. It is in sight at once, so
    /// that a second press finds it.
    pub(super) fn run(self, state: State, steal: bool) {
        self.operation.set(Some(state.clone()));
        self.show_step(Step::Progress);
        spawn_local(async move {
            let id = state.operation.plan.id.clone();
            let name = ["akw.lock.", id.as_str()].concat();
            let lock = lock::take(&name, steal, Box::new(move || self.on_lock_stolen())).await;
            self.held_by_other_tab.set(lock.is_none());
            let Some(lock) = lock else { return };
            // Meanwhile the session may have ended.
            if self.operation_untracked(|state| state.operation.plan.id == id) == Some(true) {
                self.lock.set_value(Some(lock.clone()));
                let mut next = Some(state);
                while let Some(state) = next {
                    let (drive, handle) = abortable(self.drive(state));
                    self.abort_handle.set_value(Some(handle));
                    // Stopped or at its end.
                    let _ = drive.await;
                    next = self.resume_from.try_update_value(Option::take).flatten();
                }
            }
            // Its own: another operation may have begun meanwhile.
            lock.let_go();
        });
    }

    /// The `Stop` button: what is on its way is not waited for any more, and it is looked up what exists.
    pub fn interrupt(self) {
        self.clear_reconnect_prompt();
        let Some(State { operation, .. }) = self.operation.get_untracked() else { return };
        let journal = Journal::of(&operation, time::now());
        self.resume_from.set_value(Some(operation::resume(
            &journal,
            operation.plan.owner.clone(),
            Some(operation.plan),
        )));
        if let Some(handle) = self.abort_handle.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    }

    /// Leaves an operation to the tab that is at it, or to the next start, and begins with another one.
    pub fn abandon(self) {
        self.stop_operation();
        self.held_by_other_tab.set(false);
        self.start_another();
    }

    /// To the first step, with what was typed.
    pub(super) fn start_another(self) {
        if self.owns_draft() {
            // What is changed from now on is not meant for it.
            self.set_owner("");
        }
        self.operation.set(None);
        self.move_by(|wizard| wizard.go_to(Step::Credentials));
    }

    /// Stops the operation where it stands: what it waits for, its secrets and its lock go. Its record stays.
    pub(super) fn stop_operation(self) {
        self.event_sender.set_value(None);
        self.resume_from.set_value(None);
        if let Some(handle) = self.abort_handle.try_update_value(Option::take).flatten() {
            handle.abort();
        }
        if let Some(lock) = self.lock.try_update_value(Option::take).flatten() {
            lock.let_go();
        }
    }

    /// Another tab has taken over. A key that is on the screen stays there: it can be seen nowhere else.
    fn on_lock_stolen(self) {
        self.stop_operation();
        self.held_by_other_tab.set(true);
        self.clear_reconnect_prompt();
        if !self.key_is_shown() {
            self.show_step(Step::Progress);
        }
    }
}
