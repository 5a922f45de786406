//! One tab at a time works at an operation; a second one looks on, and may take over.

use futures::future::abortable;
use leptos::{prelude::*, task::spawn_local};

use super::App;
use crate::{browser::lock, operation::State, route::Step};

impl App {
    /// Drives an operation in sight of the person, or looks on if another tab has its lock. It is in sight at once, so
    /// that a second press finds it.
    pub(super) fn run(self, state: State, steal: bool) {
        self.operation.set(Some(state.clone()));
        self.show_step(Step::Progress);
        spawn_local(async move {
            let id = state.work.plan.id.clone();
            let name = ["akw.lock.", id.as_str()].concat();
            let lock = lock::take(&name, steal, move || self.lose()).await;
            self.elsewhere.set(lock.is_none());
            let Some(lock) = lock else { return };
            // Meanwhile the session may have ended.
            if self.operation_untracked(|state| state.work.plan.id == id) == Some(true) {
                let (drive, handle) = abortable(self.drive(state));
                self.lock.set_value(Some(lock.clone()));
                self.driving.set_value(Some(handle));
                // Stopped or at its end.
                let _ = drive.await;
            }
            // Its own: another operation may have begun meanwhile.
            lock.let_go();
        });
    }

    /// Stops the operation where it stands: what it waits for, its secrets and its lock go. Its record stays.
    pub(super) fn stop_driving(self) {
        self.ear.set_value(None);
        if let Some(handle) = self.driving.try_update_value(Option::take).flatten() {
            handle.abort();
        }
        if let Some(lock) = self.lock.try_update_value(Option::take).flatten() {
            lock.let_go();
        }
    }

    /// Another tab has taken over. A key that is on the screen stays there: it can be seen nowhere else.
    fn lose(self) {
        if !self.key_is_shown() {
            self.stop_driving();
            self.elsewhere.set(true);
            self.show_step(Step::Progress);
        }
    }
}
