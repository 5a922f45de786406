//! The loop that runs effects, the only async code of an operation.

use std::future::Future;

use crate::operation::journal::Journal;
use crate::operation::machine::event::{Effect, Event};
use crate::operation::machine::step::step;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::stage::State;
use crate::portal::error::Error;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// The side effects of the machine. Implemented by the browser, and by tests with a clock that jumps.
pub trait Environment {
    /// Sends a call as the signed-in person, with `client_secret` if the call needs it.
    fn send(&self, call: &Call, client_secret: Option<&Secret>) -> impl Future<Output = Result<Answer, Error>>;

    /// Waits for the person's next event; after `within_ms` milliseconds, if set, returns `TimerFired`.
    fn next(&self, within_ms: Option<u32>) -> impl Future<Output = Event>;

    /// Saves the journal before the next request is sent.
    fn save_journal(&self, journal: &Journal);

    /// Removes the journal of this state's operation.
    fn delete_journal(&self, state: &State);

    /// Shows the key immediately: nothing else happens before it is on the page.
    fn show_key(&self, key: Secret);

    /// Reports each new state, after its immediate effects have run.
    fn observe(&self, state: &State);

    /// The current time.
    fn now(&self) -> Timestamp;
}

/// Runs an operation until it is over, then cleans up duplicates in the background. Pass `Event::Started` first.
pub async fn run(environment: &impl Environment, mut state: State, mut event: Event) -> State {
    let mut client_secret: Option<Secret> = None;
    loop {
        let was_over = state.is_over();
        let (next, effects) = step(state, event, environment.now());
        state = next;
        let mut last = None;
        for effect in effects {
            match effect {
                Effect::SaveJournal(journal) => environment.save_journal(&journal),
                Effect::DeleteJournal => environment.delete_journal(&state),
                Effect::ShowKey(key) => environment.show_key(key),
                Effect::HoldSecret(secret) => client_secret = Some(secret),
                Effect::WipeSecret => client_secret = None,
                Effect::Send(_) | Effect::Sleep(_) => last = Some(effect),
            }
        }
        // Cleanup is not reported: another operation may have begun.
        if !was_over {
            environment.observe(&state);
        }
        if state.is_settled() {
            return state;
        }
        event = match last {
            Some(Effect::Send(call)) => {
                let secret = client_secret.as_ref().filter(|_| call.needs_client_secret());
                match environment.send(&call, secret).await {
                    Ok(answer) => Event::Answered(answer),
                    Err(error) => Event::Failed(error),
                }
            }
            Some(Effect::Sleep(ms)) => environment.next(Some(ms)).await,
            _ => environment.next(None).await,
        };
    }
}
