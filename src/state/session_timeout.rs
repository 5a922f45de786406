//! The limits of a session: warns the person before one ends it, so that they can extend it.

use key_wizard_core::auth::{
    session::{Limit, LimitStatus},
    target::Target,
};
use leptos::{prelude::untrack, task::spawn_local};

use super::{App, navigation::Confirmation};
use crate::platform::{time, window_events};

/// The interval of the limit checks, in milliseconds.
const CHECK_MS: u32 = 10_000;

impl App {
    /// Watches the person's activity and the clock for the life of the page.
    pub(super) fn watch_session(self) {
        for event in ["pointerdown", "keydown"] {
            window_events::on(event, move |_| self.session.touch());
        }
        // On `click`, not `pointerdown`: hiding the warning shifts the layout under the pointer.
        window_events::on("click", move |_| self.stay_signed_in());
        // A laptop that wakes up warns at once, not at the next check.
        window_events::on("visibilitychange", move |_| self.check_limits());
        window_events::on("pagehide", move |_| self.leave_page());
        spawn_local(async move {
            loop {
                time::wait(CHECK_MS).await;
                self.check_limits();
            }
        });
    }

    /// The `Stay signed in` button, and every other press.
    pub fn stay_signed_in(self) {
        self.session.touch();
        if self.session.is_warned_of(Limit::Idle) {
            self.check_limits();
        }
    }

    fn check_limits(self) {
        self.key.check_deadline();
        let status = self.session.limit_status_now();
        // An unsaved key outlasts the session; it is wiped after ten minutes anyway.
        if let (Some(by), false) = (status.limit(), self.key.is_shown()) {
            self.end_session_by(by);
        }
        if self.session.note_limit_status(status) && status == LimitStatus::Fine {
            self.sign_in.clear_extend_error();
        }
    }

    /// Leaves for a new session at the same portal, before this one ends.
    pub fn sign_in_again(self) {
        // Leaving ends this session, so ask the portal first.
        if let Some(target) = self.target_of_next_session() {
            self.leave_if_taken(target, move |news| self.sign_in.extend_failed(news));
        }
    }

    /// The same for a person who doubts the portal's answer, which comes from an undocumented call.
    pub fn sign_in_again_anyway(self) {
        if let Some(target) = self.target_of_next_session() {
            self.leave_for(target);
        }
    }

    /// `None` if the person has to confirm first.
    fn target_of_next_session(self) -> Option<Target> {
        if untrack(|| self.key.is_unsaved()) {
            self.navigation.ask(Confirmation::SignIn);
            return None;
        }
        self.session.current_target()
    }
}
