//! Ending a session: by the person, a limit, the portal, or the end of the page.

use key_wizard_core::{
    auth::session::Limit,
    message::{EndCause, News, SessionOver},
    operation::{Stage, State},
};
use leptos::{prelude::untrack, task::spawn_local};

use super::{App, navigation::Confirmation, session::Connection};

impl App {
    /// The `Sign out` button. Asks for a confirmation if an unsaved key is on the screen or answers are still needed.
    pub fn ask_to_sign_out(self) {
        let is_key_made = self.jobs.read_once(|state| state.stage == Stage::KeyShown || state.is_over());
        let is_needed = is_key_made != Some(true) && !self.jobs.is_held_elsewhere_now();
        let has_answers = self.draft.read_once(|draft| draft.has_answers());
        match (untrack(|| self.key.is_unsaved()), has_answers && is_needed) {
            (true, _) => self.navigation.ask(Confirmation::SignOut),
            (false, true) => self.navigation.ask(Confirmation::ForgetAnswers),
            (false, false) => self.sign_out(),
        }
    }

    /// Ends the session at the portal, and wipes everything here regardless of the portal's answer.
    pub(super) fn sign_out(self) {
        if let Some(person) = self.session.person() {
            self.jobs.delete_answers_of(person);
        }
        self.key.wipe();
        self.end_session(EndCause::SignedOut);
        self.forget_draft();
    }

    /// The page ends: the session must not outlive it.
    pub fn stop(self) {
        self.key.wipe();
        self.end_session(EndCause::SignedOut);
    }

    /// The page is being left: nothing of the session outlives it. A person who comes back signs in again.
    pub(super) fn leave_page(self) {
        if self.session.is_open() {
            self.key.wipe();
            self.end_session_by(Limit::Left);
        }
    }

    /// The session is over: returns to the sign-in page and keeps everything typed. An unsaved key outlasts the
    /// session.
    pub(super) fn session_expired(self, by: Limit) {
        if self.session.is_connected() && !self.key.is_shown() {
            self.end_session_by(by);
        }
    }

    /// Ends the session because of a limit.
    pub(super) fn end_session_by(self, by: Limit) {
        self.end_session(EndCause::Limit(by));
    }

    /// Ends the session here at once, and notifies the portal. Also reports what is unfinished.
    pub(super) fn end_session(self, cause: EndCause) {
        let unfinished = match self.jobs.is_held_elsewhere_now() {
            true => None,
            false => self.jobs.read_once(State::unfinished).flatten(),
        };
        self.jobs.stop();
        let mut over = SessionOver { cause, minutes_left: None, unfinished };
        let Some(connection) = self.close(News::SessionOver(over.clone())) else { return };
        spawn_local(async move {
            over.minutes_left = Some(connection.minutes_left());
            // The person may already be signing in again.
            if !connection.end().await {
                self.session.replace_news(News::SessionOver(over));
            }
        });
    }

    /// Clears what the page read for this account, and the question about it. Another account may sign in next.
    pub(super) fn forget_account(self) {
        self.content.reset();
        self.maps.reset();
        self.jobs.forget_session();
        self.navigation.close_question();
    }

    /// Removes everything of the session. Returns the connection, to be ended at the portal.
    pub(super) fn close(self, news: News) -> Option<Connection> {
        if self.jobs.has_used_up_draft() {
            self.forget_draft();
        }
        self.forget_account();
        self.session.close(news)
    }
}
