//! The end of a session: by the person, by a limit, by the portal, or with the page.

use key_wizard_core::{
    auth::session::Limit,
    message::{EndCause, News, SessionOver},
    operation::{Stage, State},
};
use leptos::{prelude::untrack, task::spawn_local};

use super::{App, navigation::Confirmation, session::Connection};
use crate::platform::time;

impl App {
    /// The `Sign out` button. A key on the screen that was not saved is asked about first, and so are answers that are
    /// still needed.
    pub fn ask_to_sign_out(self) {
        let is_key_made = self.jobs.read_once(|state| state.stage == Stage::KeyShown || state.is_over());
        let is_needed = is_key_made != Some(true) && !self.jobs.is_held_elsewhere_now();
        let has_answers = self.draft.read_once(|draft| draft.has_answers(time::today()));
        match (untrack(|| self.key.is_unsaved()), has_answers && is_needed) {
            (true, _) => self.navigation.ask(Confirmation::SignOut),
            (false, true) => self.navigation.ask(Confirmation::ForgetAnswers),
            (false, false) => self.sign_out(),
        }
    }

    /// Ends the session at the portal, and wipes everything here whatever the portal answers.
    pub(super) fn sign_out(self) {
        if let Some(person) = self.session.person() {
            self.jobs.delete_answers_of(person);
        }
        self.key.wipe();
        self.end_session(EndCause::SignedOut);
        self.forget_draft();
    }

    /// The page ends, and nobody is there any more to answer: the session must not outlive it.
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

    /// The session is over: back to the first page, everything typed kept. A key that was not saved outlasts the session.
    pub(super) fn session_expired(self, by: Limit) {
        if self.session.is_connected() && !self.key.is_shown() {
            self.end_session_by(by);
        }
    }

    /// A limit ends the session.
    pub(super) fn end_session_by(self, by: Limit) {
        self.end_session(EndCause::Limit(by));
    }

    /// Ends the session here at once, and at the portal as soon as it hears of it. What is unfinished is said, too.
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
            // Meanwhile the person may be on the way in again.
            if !connection.end().await {
                self.session.replace_news(News::SessionOver(over));
            }
        });
    }

    /// Nobody is signed in any more, and nothing of the session is left. The connection is handed out, to be ended.
    pub(super) fn close(self, news: News) -> Option<Connection> {
        if self.jobs.has_used_up_draft() {
            self.forget_draft();
        }
        self.content.reset();
        self.maps.reset();
        self.jobs.forget_session();
        self.navigation.close_question();
        self.session.close(news)
    }
}
