//! One tab at a time works at an operation; a second one looks on, and may take over.

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
            let name = ["akw.lock.", state.work.plan.id.as_str()].concat();
            let lock = lock::take(&name, steal, move || self.lose()).await;
            self.elsewhere.set(lock.is_none());
            let Some(lock) = lock else { return };
            self.lock.set_value(Some(lock.clone()));
            self.drive(state, Some(self.turn.get_value())).await;
            // Its own: another operation may have begun meanwhile.
            lock.let_go();
        });
    }

    /// Lets another tab go on, since this one ends.
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
}
