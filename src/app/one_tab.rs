//! One tab at a time works at an operation; a second one looks on, and may take over.

use leptos::{prelude::*, task::spawn_local};

use super::App;
use crate::{
    browser::lock,
    operation::{OperationId, State, journal::Journal},
    route::Step,
};

impl App {
    /// Goes on with an interrupted operation if no other tab is at it, or takes it from that tab.
    pub(super) fn resume(self, journal: &Journal, steal: bool) {
        let state = self.resumed(journal);
        spawn_local(async move {
            let is_held = self.take_lock(&state.work.plan.id, steal).await;
            self.elsewhere.set(!is_held);
            match is_held {
                true => self.run(state),
                false => self.look_on(state),
            }
        });
    }

    /// The `Continue here` button. Meanwhile the other tab may have come to the end.
    pub fn continue_here(self) {
        match self.interrupted() {
            Some(journal) => self.resume(&journal, true),
            None => {
                self.elsewhere.set(false);
                self.back_to_summary();
            }
        }
    }

    /// Takes the operation's lock; false if another tab has it.
    pub(super) async fn take_lock(self, id: &OperationId, steal: bool) -> bool {
        let lock = lock::take(&["akw.lock.", id.as_str()].concat(), steal, move || self.lose()).await;
        let is_held = lock.is_some();
        self.lock.set_value(lock);
        is_held
    }

    /// Lets another tab have the lock, once nothing is left to do.
    pub(super) fn release_lock(self) {
        if let Some(lock) = self.lock.try_update_value(Option::take).flatten() {
            lock.let_go();
        }
    }

    /// Another tab has taken over. A key that is on the screen stays there: it can be seen nowhere else.
    fn lose(self) {
        if !self.key_is_shown() {
            self.turn.update_value(|turn| *turn += 1);
            self.elsewhere.set(true);
            self.show_step(Step::Progress);
        }
    }

    fn look_on(self, state: State) {
        self.operation.set(Some(state));
        self.show_step(Step::Progress);
    }
}
