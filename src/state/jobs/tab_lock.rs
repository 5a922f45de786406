//! Only one tab at a time runs an operation; another one watches and may take over.

use futures::future::abortable;
use key_wizard_core::{
    operation::{self, Event, OperationId, State, environment::run, journal::Journal},
    route::Step,
    tabs::OnScreen,
};
use leptos::{prelude::*, task::spawn_local};

use super::{JobStore, environment::Browser};
use crate::platform::{
    lock::{self, Take},
    time,
};

/// The name of an operation's lock.
pub(super) fn lock_name(id: &OperationId) -> String {
    ["akw.lock.", id.as_str()].concat()
}

impl JobStore {
    /// Runs an operation on the screen, or only shows it if another tab has its lock. Shows it at once, so that a
    /// second press finds it.
    pub(super) fn run(self, state: State, take: Take) {
        self.screen.set(OnScreen::Here(state.clone()));
        self.navigation.show(Step::Progress);
        spawn_local(async move {
            let id = state.operation.plan.id.clone();
            let lock = lock::take(&lock_name(&id), take, Box::new(move || self.on_lock_stolen())).await;
            // Meanwhile the session may have ended or another operation begun.
            let is_on_screen = self.read_once(|state| state.operation.plan.id == id) == Some(true);
            let Some(lock) = lock else {
                if is_on_screen {
                    self.screen.update(OnScreen::taken_over);
                }
                return;
            };
            if is_on_screen {
                self.driver.lock.set_value(Some(lock.clone()));
                let mut next = Some(state);
                while let Some(state) = next {
                    let (run, handle) = abortable(self.run_to_end(state));
                    self.driver.abort_handle.set_value(Some(handle));
                    // Aborted or finished.
                    let _ = run.await;
                    next = self.driver.resume_from.try_update_value(Option::take).flatten();
                }
            }
            // Release this operation's own lock: another operation may have begun meanwhile.
            lock.let_go();
        });
    }

    pub(super) async fn run_to_end(self, state: State) {
        let environment = Browser::new(self, &state.operation.plan);
        run(&environment, state, Event::Started).await;
    }

    /// The `Stop` button: stops waiting for the request in flight and finds out what exists.
    pub fn interrupt(self) {
        self.connectivity.clear_reconnect_prompt();
        let Some(State { operation: work, .. }) = self.read_once(State::clone) else { return };
        let journal = Journal::of(&work, time::now());
        let state = operation::resume(&journal, work.plan.owner.clone(), Some(work.plan));
        self.driver.resume_from.set_value(Some(state));
        self.abort();
    }

    /// Aborts the operation: drops its pending call, its secrets and its lock. Its journal stays.
    pub fn stop(self) {
        self.driver.event_sender.set_value(None);
        self.driver.resume_from.set_value(None);
        self.abort();
        if let Some(lock) = self.driver.lock.try_update_value(Option::take).flatten() {
            lock.let_go();
        }
    }

    fn abort(self) {
        if let Some(handle) = self.driver.abort_handle.try_update_value(Option::take).flatten() {
            handle.abort();
        }
    }

    /// Another tab has taken over. A key on the screen stays, because it cannot be shown anywhere else.
    fn on_lock_stolen(self) {
        self.stop();
        self.screen.update(OnScreen::taken_over);
        self.connectivity.clear_reconnect_prompt();
        if !self.key.is_shown() {
            self.navigation.show(Step::Progress);
        }
    }
}
