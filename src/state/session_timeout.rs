//! The limits of a session: the person is warned before one ends it, and can do something about it.

use key_wizard_core::auth::{
    session::{Limit, Standing},
    sign_in::Target,
};
use leptos::{prelude::*, task::spawn_local};

use super::{App, Confirmation, Phase, session::Active};
use crate::{
    i18n::{self, News},
    platform::{time, window_events},
    ui::secret_once,
};

/// How often the clock is looked at, in milliseconds.
const LOOK_MS: u32 = 10_000;
/// How long a key stays on the screen at most, in milliseconds: ten minutes. An unattended screen can be read.
pub(super) const SHOWN_FOR_MS: i64 = 10 * 60 * 1000;

impl App {
    /// Watches the person and the clock for as long as the page lives.
    pub(super) fn watch_session(self) {
        for event in ["pointerdown", "keydown"] {
            window_events::on(event, move |_| self.touch());
        }
        // The warning goes only when what was pressed has heard of it: the page moves up by that.
        window_events::on("click", move |_| self.stay_signed_in());
        // A laptop that wakes up is told at once, not at the next look.
        window_events::on("visibilitychange", move |_| self.check_limits());
        window_events::on("pagehide", move |_| self.leave_page());
        spawn_local(async move {
            loop {
                time::wait(LOOK_MS).await;
                self.check_limits();
            }
        });
    }

    fn touch(self) {
        self.active.update_value(|active| {
            if let Some(active) = active {
                active.used = time::now();
            }
        });
    }

    /// The person says that they are still there.
    pub fn stay_signed_in(self) {
        self.touch();
        if self.session_status.with_untracked(|it| matches!(it, Standing::EndsSoon { by: Limit::Idle, .. })) {
            self.check_limits();
        }
    }

    /// How the session stands with its limits now.
    pub(super) fn session_standing(self) -> Standing {
        self.active
            .with_value(|active| active.as_ref().map_or(Standing::Fine, |it| it.session.standing(it.used, time::now())))
    }

    fn check_limits(self) {
        // By the clock, since a timer stands still while a laptop is closed.
        if self.key_is_shown() && time::now() >= self.key_deadline.get_value() {
            secret_once::wipe(self.key);
            self.key_was_wiped();
        }
        let standing = self.session_standing();
        // A key that was not saved outlasts the session; it is wiped after ten minutes anyway.
        if let (Standing::Over(by), false) = (standing, self.key_is_shown()) {
            self.end_session(by);
        }
        if self.session_status.get_untracked() != standing {
            if standing == Standing::Fine {
                self.extend_error.set(String::new());
            }
            self.session_status.set(standing);
        }
    }

    /// A limit of ours ends the session.
    pub(super) fn end_session(self, by: Limit) {
        self.close_session(Box::new(move |alive| i18n::sign_in::session_ended(by, alive)));
    }

    /// Ends the session here at once, and at the portal as soon as it hears of it. `news` is told for how many minutes it
    /// may live on where the portal cannot be told, and ends with what is unfinished.
    pub(super) fn close_session(self, news: Box<dyn Fn(Option<i64>) -> News>) {
        self.end_reason.set_value(Limit::Portal);
        let left = self.unfinished_words();
        let news = move |alive| {
            let mut news = news(alive);
            news.text.push_str(&left);
            news
        };
        let active = self.take_active();
        self.signed_out(news(None));
        let Some(active) = active else { return };
        spawn_local(async move {
            let minutes = active.session.expires().millis_since(time::now()).max(0) / 60_000 + 1;
            // Meanwhile the person may be on the way in again.
            if !active.end().await && self.phase.with_untracked(|it| matches!(it, Phase::SignedOut(_))) {
                self.phase.set(Phase::SignedOut(Some(news(Some(minutes)))));
            }
        });
    }

    /// The page is being left: nothing of the session outlives it. Whoever comes back signs in again.
    pub(super) fn leave_page(self) {
        if self.has_session() {
            secret_once::wipe(self.key);
            self.end_session(Limit::Left);
        }
    }

    /// Leaves for a fresh session of the same portal, before this one ends.
    pub fn sign_in_again(self) {
        if self.key_is_shown() {
            return self.pending_confirmation.set(Some(Confirmation::SignIn));
        }
        let target = self.active.with_value(|active| {
            let Active { portal_id, client, session, .. } = active.as_ref()?;
            let (portal_id, root) = (portal_id.clone(), client.root.clone());
            Some(Target { portal_id, root, client_id: session.client_id().clone() })
        });
        // Whoever leaves loses this session, so the portal is asked first.
        if let Some(target) = target {
            self.leave_if_taken(target, move |news| self.extend_error.set(news.in_one_line()));
        }
    }
}
