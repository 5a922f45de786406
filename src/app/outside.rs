//! The browser as the outside of an operation: portal, storage, clock and the person.

use futures::channel::oneshot;
use leptos::prelude::*;

use super::App;
use crate::{
    browser::{page, time},
    operation::{
        Event, State,
        call::{Answer, Call},
        drive::Outside,
        journal::Journal,
    },
    portal::{error::Error, id::Username},
    secret::Secret,
    timestamp::Timestamp,
};

/// How an operation that waits is told what the person says.
pub type Ear = StoredValue<Option<oneshot::Sender<Event>>, LocalStorage>;

/// How often it is looked whether the network is back, in milliseconds.
const ONLINE_LOOK_MS: u32 = 500;

/// The browser as the outside of an operation.
pub(super) struct Browser {
    pub(super) app: App,
    pub(super) owner: Username,
    /// What was to be done here before another tab took over is left to that tab; none for what nobody sees.
    pub(super) turn: Option<u32>,
}

impl Browser {
    /// Whether nobody else has taken over.
    fn is_current(&self) -> bool {
        self.turn.is_none_or(|turn| self.app.turn.with_value(|now| *now == turn))
    }

    /// Stops here for ever if somebody else has taken over.
    async fn stop_if_lost(&self) {
        if !self.is_current() {
            std::future::pending::<()>().await;
        }
    }
}

impl Outside for Browser {
    async fn send(&self, call: &Call, client_secret: Option<&Secret>) -> Result<Answer, Error> {
        while !page::is_online() {
            time::wait(ONLINE_LOOK_MS).await;
        }
        self.app.journal_is_written().await;
        self.stop_if_lost().await;
        let request = call.request(&self.owner, client_secret);
        // The app's secret is the proof of these calls; the session's token stays away from them (facts d.6).
        let answer = match self.app.client().filter(|_| call.needs_client_secret()) {
            Some(client) => client.send(request, None).await,
            None => self.app.send(request).await,
        };
        self.stop_if_lost().await;
        answer
    }

    async fn next(&self, within_ms: Option<u32>) -> Event {
        // Nobody is asked while time passes, so the ear is left to an operation that does ask.
        if let Some(ms) = within_ms {
            time::wait(ms).await;
            return Event::Woke;
        }
        let (tell, told) = oneshot::channel();
        self.app.ear.set_value(Some(tell));
        let event = told.await;
        self.stop_if_lost().await;
        event.unwrap_or(Event::Woke)
    }

    fn keep(&self, journal: &Journal) {
        self.app.keep_journal(journal);
    }

    fn forget(&self, state: &State) {
        self.app.forget_operation(state);
    }

    fn show(&self, key: Secret) {
        self.app.key.set_value(Some(key));
        self.app.key_gone.set(false);
    }

    fn observe(&self, state: &State) {
        self.app.observe(state);
    }

    fn now(&self) -> Timestamp {
        time::now()
    }
}
