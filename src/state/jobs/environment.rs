//! The browser as the environment of an operation: portal, storage, clock and the person.

use std::cell::Cell;

use futures::channel::oneshot;
use key_wizard_core::{
    auth::session::Limit,
    config::PortalKey,
    operation::{Answer, Call, Event, Plan, Stage, State, environment::Environment, journal::Journal},
    portal::{error::Error, id::Username},
    secret::Secret,
    timestamp::Timestamp,
};
use leptos::prelude::*;

use super::JobStore;
use crate::platform::{random, time, window_events};

/// The maximum jitter added to a delay, in milliseconds; the countdown shows whole seconds.
const JITTER_MS: u32 = 900;
/// The minimum delay of a call that needs the client secret while the page is hidden or offline, in milliseconds.
const HELD_MS: u32 = 1_000;

/// The browser as the environment of one operation.
pub(super) struct Browser {
    jobs: JobStore,
    owner: Username,
    portal_key: PortalKey,
    /// Whether a call was held back until the page is visible and online.
    is_held: Cell<bool>,
    /// The reason to report if the session is over.
    end_reason: Cell<Limit>,
}

impl Browser {
    pub(super) fn new(jobs: JobStore, plan: &Plan) -> Self {
        Self {
            jobs,
            owner: plan.owner.clone(),
            portal_key: plan.portal_key.clone(),
            is_held: Cell::new(false),
            end_reason: Cell::new(Limit::Portal),
        }
    }

    /// Whether the page is visible, so that a key will be seen, and online.
    fn is_ready(&self) -> bool {
        window_events::is_visible() && untrack(|| self.jobs.connectivity.is_online())
    }

    /// Whether a limit ends the session before anything is sent: one that passed unnoticed, as in a closed laptop, or
    /// one that might cut off a creation.
    fn is_over(&self) -> bool {
        let is_creating = self.jobs.read_once(|state| state.is_in_progress() && !state.is_rolling_back()) == Some(true);
        let status = self.jobs.session.limit_status_now();
        let limit = if is_creating { status.limit_for_creation() } else { status.limit() };
        self.end_reason.set(limit.unwrap_or(Limit::Portal));
        limit.is_some()
    }
}

impl Environment for Browser {
    async fn send(&self, call: &Call, client_secret: Option<&Secret>) -> Result<Answer, Error> {
        // The client secret is not kept until then: the machine reads it again.
        if call.needs_client_secret() && !self.is_ready() {
            self.is_held.set(true);
            return Err(Error::Busy { wait_ms: Some(HELD_MS) });
        }
        self.jobs.connectivity.wait_online().await;
        self.jobs.journals.saved().await;
        let session = self.jobs.session;
        // Another person may have signed in meanwhile, or at another portal.
        if self.is_over() || !session.is_signed_in(&self.owner, &self.portal_key) {
            return Err(Error::SignedOut);
        }
        let request = call.request(&self.owner, client_secret);
        // The client secret authenticates these calls, so they carry no session token (F-KEY-2).
        match session.client().filter(|_| call.needs_client_secret()) {
            Some(client) => client.send(request, None).await,
            None => session.send(request).await,
        }
    }

    async fn next(&self, within_ms: Option<u32>) -> Event {
        // A delay does not take over the event channel, so an operation that waits for the person keeps it.
        if let Some(ms) = within_ms {
            // Jitter, so that throttled clients don't retry together.
            let later = JITTER_MS * u32::from(random::bytes::<1>()[0]) / 255;
            time::wait(ms + later).await;
            while self.is_held.get() && !self.is_ready() {
                time::wait(HELD_MS).await;
            }
            self.is_held.set(false);
            return Event::TimerFired;
        }
        let (sender, receiver) = oneshot::channel();
        self.jobs.driver.event_sender.set_value(Some(sender));
        match receiver.await {
            Ok(event) => event,
            // Another operation owns the channel now.
            Err(oneshot::Canceled) => std::future::pending().await,
        }
    }

    fn save_journal(&self, journal: &Journal) {
        self.jobs.journals.save(journal);
    }

    fn delete_journal(&self, state: &State) {
        self.jobs.journals.delete(&state.operation.plan.id);
    }

    fn show_key(&self, key: Secret) {
        self.jobs.key.show(key);
    }

    fn observe(&self, state: &State) {
        self.jobs.observe(state);
        if let Stage::SignedOut { .. } = state.stage {
            self.jobs.session.expire(self.end_reason.get());
        }
    }

    fn now(&self) -> Timestamp {
        time::now()
    }
}
