//! The browser as the outside of an operation: portal, storage, clock and the person.

use std::cell::Cell;

use futures::channel::oneshot;
use key_wizard_core::{
    auth::session::{Limit, Standing},
    config::PortalId,
    operation::{Answer, Call, Event, State, environment::Environment, journal::Journal},
    portal::{error::Error, id::Username},
    secret::Secret,
    timestamp::Timestamp,
};
use leptos::prelude::*;

use super::{App, session_timeout::SHOWN_FOR_MS};
use crate::platform::{random, time, window_events};

/// How an operation that waits is told what the person says.
pub type EventSender = StoredValue<Option<oneshot::Sender<Event>>, LocalStorage>;

/// How long a session must live on for a creation to go on, in minutes.
const KEY_MINUTES: i64 = 2;
/// How much longer than told a wait is at most, in milliseconds; the countdown shows whole seconds.
const JITTER_MS: u32 = 900;
/// How long the client secret is away at least when the key has to wait, in milliseconds.
const HELD_MS: u32 = 1_000;

/// The browser as the outside of an operation.
pub(super) struct Browser {
    pub(super) app: App,
    pub(super) owner: Username,
    /// The portal, by [`App::portal_name`].
    pub(super) portal: PortalId,
    /// A call was not sent before somebody can see its answer.
    pub(super) is_held: Cell<bool>,
}

impl Browser {
    /// Whether somebody is there to see a key, and a network to bring it.
    fn is_ready(&self) -> bool {
        window_events::is_visible() && untrack(|| self.app.is_online())
    }

    /// A limit that has passed unseen, as in a closed laptop, or that might cut off a creation, ends the session before
    /// anything is sent.
    fn is_over(&self) -> bool {
        let is_creating = self.app.operation_untracked(|it| it.is_in_progress() && !it.is_rolling_back()) == Some(true);
        let by = match self.app.session_standing() {
            Standing::Over(by) => by,
            Standing::EndsSoon { minutes: ..=KEY_MINUTES, .. } if is_creating => Limit::Soon,
            _ => return false,
        };
        self.app.end_reason.set_value(by);
        true
    }
}

impl Environment for Browser {
    async fn send(&self, call: &Call, client_secret: Option<&Secret>) -> Result<Answer, Error> {
        // The client secret is not kept until then: the machine reads it anew.
        if call.needs_client_secret() && !self.is_ready() {
            self.is_held.set(true);
            return Err(Error::Busy { wait_ms: Some(HELD_MS) });
        }
        self.app.connected().await;
        self.app.journal_saved().await;
        // Somebody else may have signed in meanwhile, or elsewhere.
        if self.is_over() || !self.app.is_signed_in(&self.owner, &self.portal) {
            return Err(Error::SignedOut);
        }
        let request = call.request(&self.owner, client_secret);
        // The client secret authenticates these calls, so they carry no session token (F-KEY-2).
        match self.app.client().filter(|_| call.needs_client_secret()) {
            Some(client) => client.send(request, None).await,
            None => self.app.send(request).await,
        }
    }

    async fn next(&self, within_ms: Option<u32>) -> Event {
        // Nobody is asked while time passes, so the ear is left to an operation that does ask.
        if let Some(ms) = within_ms {
            // So that not all that a portal has put off come back at once.
            let later = JITTER_MS * u32::from(random::bytes::<1>()[0]) / 255;
            time::wait(ms + later).await;
            while self.is_held.get() && !self.is_ready() {
                time::wait(HELD_MS).await;
            }
            self.is_held.set(false);
            return Event::TimerFired;
        }
        let (tell, told) = oneshot::channel();
        self.app.event_sender.set_value(Some(tell));
        match told.await {
            Ok(event) => event,
            // Another operation is listened to now.
            Err(oneshot::Canceled) => std::future::pending().await,
        }
    }

    fn save_journal(&self, journal: &Journal) {
        self.app.save_journal(journal);
    }

    fn delete_journal(&self, state: &State) {
        self.app.forget_operation(state);
    }

    fn show_key(&self, key: Secret) {
        self.app.key_deadline.set_value(time::now().plus_millis(SHOWN_FOR_MS));
        self.app.key.set_value(Some(key));
        self.app.key_wiped.set(false);
    }

    fn observe(&self, state: &State) {
        self.app.observe(state);
    }

    fn now(&self) -> Timestamp {
        time::now()
    }
}
