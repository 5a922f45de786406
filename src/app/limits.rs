//! The limits of a session: the person is warned before one ends it, and can do something about it.

use leptos::{prelude::*, task::spawn_local};
use web_sys::Node;

use super::App;
use crate::{
    auth::session::{Limit, Standing},
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
