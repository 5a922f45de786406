//! The limits of a session: the person is warned before one ends it, and can do something about it.

use leptos::{prelude::*, task::spawn_local};
use web_sys::Node;

use super::{App, session::Active};
use crate::{
    auth::{
        session::{Limit, Standing},
        sign_in::Target,
    },
    browser::{page, time},
    i18n,
    ui::{
        button::{Look, button, row},
        dom::{nothing, switch},
        notice::{Tone, notice, paragraph},
    },
};

/// How often the clock is looked at, in milliseconds.
const LOOK_MS: u32 = 10_000;

impl App {
    /// Watches the person and the clock for as long as the page lives.
    pub(super) fn watch_session(self) {
        for event in ["pointerdown", "keydown"] {
            page::on(event, move |_| self.still_here());
        }
        // A laptop that wakes up is told at once, not at the next look.
        page::on("visibilitychange", move |_| self.look_at_clock());
        spawn_local(async move {
            loop {
                time::wait(LOOK_MS).await;
                self.look_at_clock();
            }
        });
    }

    fn still_here(self) {
        self.active.update_value(|active| {
            if let Some(active) = active {
                active.used = time::now();
            }
        });
        if self.standing_now.with_untracked(|it| matches!(it, Standing::EndsSoon { by: Limit::Idle, .. })) {
            self.look_at_clock();
        }
    }

    fn look_at_clock(self) {
        let standing = self.active.with_value(|active| {
            active.as_ref().map_or(Standing::Fine, |it| it.session.standing(it.used, time::now()))
        });
        // A key that was not saved outlasts the session; it is wiped after ten minutes anyway.
        if let (Standing::Over(by), false) = (standing, self.key_is_shown()) {
            self.end_session(by);
        }
        if self.standing_now.get_untracked() != standing {
            self.standing_now.set(standing);
        }
    }

    /// A limit of ours ends the session: here at once, and at the portal as soon as it hears of it.
    fn end_session(self, by: Limit) {
        if self.end_session_quietly() {
            self.signed_out(i18n::sign_in::session_ended(by));
        }
    }

    /// Whether there was a session to end.
    pub(super) fn end_session_quietly(self) -> bool {
        let Some(active) = self.take_active() else { return false };
        spawn_local(async move {
            // The tokens are gone here; they live on for minutes at most where the portal cannot be told.
            let _ = active.client.send(active.session.end(), None).await;
        });
        true
    }

    /// Leaves for a fresh session of the same portal, before this one ends.
    fn sign_in_again(self) {
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
            notice(Tone::Bad, "Your session ends soon").with(paragraph(&words)).with(row([extend])).into()
        },
    )
}
