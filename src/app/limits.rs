//! The limits of a session: the person is warned before one ends it, and can do something about it.

use key_wizard_core::auth::{
    session::{Limit, Standing},
    sign_in::Target,
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::Node;

use super::{App, Leave, Phase, session::Active};
use crate::{
    i18n::{self, News},
    platform::{time, window_events},
    ui::{
        button::{Look, button, row},
        dom::{el, nothing, switch},
        notice::{Tone, notice, paragraph},
        secret_once,
    },
};

/// How often the clock is looked at, in milliseconds.
const LOOK_MS: u32 = 10_000;
/// How long a key stays on the screen at most, in milliseconds: ten minutes. An unattended screen can be read.
pub(super) const SHOWN_FOR_MS: i64 = 10 * 60 * 1000;

impl App {
    /// Watches the person and the clock for as long as the page lives.
    pub(super) fn watch_session(self) {
        for event in ["pointerdown", "keydown"] {
            window_events::on(event, move |_| self.was_used());
        }
        // The warning goes only when what was pressed has heard of it: the page moves up by that.
        window_events::on("click", move |_| self.still_here());
        // A laptop that wakes up is told at once, not at the next look.
        window_events::on("visibilitychange", move |_| self.look_at_clock());
        window_events::on("pagehide", move |_| self.leave_page());
        spawn_local(async move {
            loop {
                time::wait(LOOK_MS).await;
                self.look_at_clock();
            }
        });
    }

    fn was_used(self) {
        self.active.update_value(|active| {
            if let Some(active) = active {
                active.used = time::now();
            }
        });
    }

    fn still_here(self) {
        self.was_used();
        if self.standing_now.with_untracked(|it| matches!(it, Standing::EndsSoon { by: Limit::Idle, .. })) {
            self.look_at_clock();
        }
    }

    /// How the session stands with its limits now.
    pub(super) fn standing_of_session(self) -> Standing {
        self.active
            .with_value(|active| active.as_ref().map_or(Standing::Fine, |it| it.session.standing(it.used, time::now())))
    }

    fn look_at_clock(self) {
        // By the clock, since a timer stands still while a laptop is closed.
        if self.key_is_shown() && time::now() >= self.key_until.get_value() {
            secret_once::wipe(self.key);
            self.key_was_wiped();
        }
        let standing = self.standing_of_session();
        // A key that was not saved outlasts the session; it is wiped after ten minutes anyway.
        if let (Standing::Over(by), false) = (standing, self.key_is_shown()) {
            self.end_session(by);
        }
        if self.standing_now.get_untracked() != standing {
            if standing == Standing::Fine {
                self.not_longer.set(String::new());
            }
            self.standing_now.set(standing);
        }
    }

    /// A limit of ours ends the session.
    pub(super) fn end_session(self, by: Limit) {
        self.part(Box::new(move |alive| i18n::sign_in::session_ended(by, alive)));
    }

    /// Ends the session here at once, and at the portal as soon as it hears of it. `news` is told for how many minutes it
    /// may live on where the portal cannot be told, and ends with what is unfinished.
    pub(super) fn part(self, news: Box<dyn Fn(Option<i64>) -> News>) {
        self.ended_by.set_value(Limit::Portal);
        let left = self.left_open();
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
    pub(super) fn sign_in_again(self) {
        if self.key_is_shown() {
            return self.question.set(Some(Leave::SignIn));
        }
        let target = self.active.with_value(|active| {
            let Active { portal_id, client, session, .. } = active.as_ref()?;
            let (portal_id, root) = (portal_id.clone(), client.root.clone());
            Some(Target { portal_id, root, client_id: session.client_id().clone() })
        });
        target.into_iter().for_each(|target| self.leave_for(target));
    }
}

/// Tells that the session ends soon.
pub fn warning(app: App) -> Node {
    switch(
        move || app.standing_now.get(),
        move |standing| {
            let Standing::EndsSoon { minutes, by } = *standing else { return nothing() };
            let extend = match by {
                Limit::Idle => button("Stay signed in", Look::Plain, move || app.still_here()),
                _ => button("Sign in again now", Look::Plain, move || app.sign_in_again()),
            };
            let words = i18n::sign_in::ends_soon(minutes, by);
            notice(Tone::Bad, "Your session ends soon")
                .with(paragraph(&words))
                .with(el("p").attr("role", "status").live_text(move || app.not_longer.get()))
                .with(row([extend]))
                .into()
        },
    )
}
