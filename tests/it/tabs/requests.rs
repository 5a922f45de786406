//! The operations of a tab: sends their requests and handles the answers.

use super::*;

impl Tabs {
    /// Whether the other tab holds the lock of this operation.
    pub(super) fn is_locked_elsewhere(&self, here: usize, id: &OperationId) -> bool {
        let is_this = |running: &Running| running.is_on_screen && running.state.operation.plan.id == *id;
        self.tabs[1 - here].running.iter().any(is_this)
    }

    /// Runs an operation on the screen, or only observes it if another tab has its lock.
    pub(super) fn run(&mut self, here: usize, state: State, take: Take) {
        let id = state.operation.plan.id.clone();
        self.tabs[here].screen = OnScreen::Here(state.clone());
        let is_taken = self.is_locked_elsewhere(here, &id);
        if is_taken && take == Take::IfFree {
            return self.tabs[here].screen.taken_over();
        }
        if is_taken {
            let other = &mut self.tabs[1 - here];
            other.stop();
            other.screen.taken_over();
        }
        self.start(here, state, true);
    }

    pub(super) fn start(&mut self, here: usize, state: State, is_on_screen: bool) {
        self.tabs[here].running.push(Running { state, secret: None, waits_for: None, is_on_screen });
        let last = self.tabs[here].running.len() - 1;
        self.happen(here, last, Event::Started);
    }

    /// Delivers one event to an operation, with everything that follows immediately.
    pub(super) fn happen(&mut self, here: usize, which: usize, event: Event) {
        let now = self.now();
        let mut running = self.tabs[here].running.swap_remove(which);
        let was_over = running.state.is_over();
        let (state, effects) = step(running.state, event, now);
        running.state = state;
        running.waits_for = None;
        for effect in effects {
            match effect {
                Effect::SaveJournal(journal) => self.put(journal.key(), journal.text()),
                Effect::DeleteJournal => self.forget(&running.state.operation.plan.id),
                Effect::ShowKey(key) => self.shown.push(key.expose().to_owned()),
                Effect::HoldSecret(secret) => running.secret = Some(secret),
                Effect::WipeSecret => running.secret = None,
                effect => running.waits_for = Some(effect),
            }
        }
        if !was_over {
            self.observe(here, &running.state);
        }
        if !running.state.is_settled() {
            self.tabs[here].running.push(running);
        }
    }

    /// Handles a new state of the operation on the screen.
    pub(super) fn observe(&mut self, here: usize, state: &State) {
        self.tabs[here].screen = OnScreen::Here(state.clone());
        if tabs::uses_up_draft(state) {
            self.kept += 1;
            let tab = &mut self.tabs[here];
            tab.at_rest = tab.at_rest.take().filter(|_| !tabs::owns_draft(&tab.wizard.draft, state));
            self.delete(&recovery::answers_name(&state.operation.plan.id));
        }
    }

    /// Delivers the answer or the timer to the first waiting operation of a tab. Returns false if none is waiting.
    pub fn pump(&mut self, here: usize) -> bool {
        let waits = |running: &Running| running.waits_for.is_some();
        let Some(which) = self.tabs[here].running.iter().position(waits) else { return false };
        let event = match self.tabs[here].running[which].waits_for.take() {
            Some(Effect::Send(call)) => match self.send(here, which, &call) {
                Ok(answer) => Event::Answered(answer),
                Err(error) => Event::Failed(error),
            },
            Some(Effect::Sleep(ms)) => {
                self.portal.advance(ms.into());
                Event::TimerFired
            }
            _ => unreachable!("nothing else is waited for"),
        };
        let had_session = self.tabs[here].token.is_some();
        self.happen(here, which, event);
        if had_session && self.tabs[here].token.is_none() {
            self.end_session(here);
        }
        true
    }

    /// Sends the key revocation that a tab is about to request, and drops the answer.
    pub fn end_key_unheard(&mut self, here: usize) {
        let waits = |running: &&Running| matches!(running.waits_for, Some(Effect::Send(Call::RevokeKey { .. })));
        let running = self.tabs[here].running.iter().find(waits).expect("a key is about to be ended");
        let Some(Effect::Send(call)) = &running.waits_for else { unreachable!("it was found by that") };
        let (encoded, _) = call.request(&jane(), running.secret.as_ref()).encode();
        self.portal.answer(asked(&encoded));
    }

    /// Pumps this many times, or until nothing is waiting.
    pub fn pump_times(&mut self, here: usize, times: u8) {
        for _ in 0..times {
            if !self.pump(here) {
                return;
            }
        }
    }

    pub(super) fn send(&mut self, here: usize, which: usize, call: &Call) -> Result<Answer, Error> {
        self.look_at(&self.tabs[here].running[which].state.operation.facts.agreed.is_some(), here, which, call);
        if self.offline {
            self.portal.fault_next(Fault::Refused);
        }
        let running = &self.tabs[here].running[which];
        let (mut encoded, decoder) = call.request(&jane(), running.secret.as_ref()).encode();
        match &self.tabs[here].token {
            _ if call.needs_client_secret() => {}
            Some(token) => encoded.sign(token),
            None => return Err(Error::SignedOut),
        }
        let answered = self.portal.answer(asked(&encoded));
        let timeout = encoded.timeout.millis();
        self.portal.advance(500 + i64::try_from(answered.delay_ms.min(timeout.into())).expect("a short time"));
        let answer = decoder.decode(&arrived(answered, timeout)?);
        if matches!(answer, Err(Error::SignedOut)) {
            self.tabs[here].token = None;
        }
        answer
    }

    /// Checks invariants I4, I5 and I10 of docs/reliability.md: one key at a time, no creation during a rollback, no
    /// key with other privileges.
    pub(super) fn look_at(&mut self, agreed: &bool, here: usize, which: usize, call: &Call) {
        let operation = &self.tabs[here].running[which].state.operation;
        let is_compensation = call.is_read() || matches!(call, Call::RevokeKey { .. } | Call::DeleteItem { .. });
        let mut faults = Vec::new();
        if self.tabs[here].running[which].state.is_rolling_back() && !is_compensation {
            faults.push(format!("I5: {call:?}"));
        }
        if let Call::GenerateKey { item, .. } = call {
            let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
            let held = self.portal.app_of_item(&item.0).and_then(|draft| draft.privileges.clone()).unwrap_or_default();
            let fits = held
                .iter()
                .all(|privilege| operation.plan.grants.privileges.iter().any(|other| same(privilege, &other.0)));
            if !held.is_empty() && !fits && !agreed {
                faults.push(format!("I10: {held:?}"));
            }
            let keys = self.tabs.iter().flat_map(|tab| &tab.running).filter(|tab| {
                tab.state.operation.plan.id == operation.plan.id
                    && matches!(tab.waits_for, Some(Effect::Send(Call::GenerateKey { .. })))
            });
            if keys.count() > 0 {
                faults.push("I4".to_owned());
            }
        }
        self.faults.extend(faults);
    }

    /// Delivers the user's decision to the operation that asks.
    pub fn say(&mut self, here: usize, event: impl FnOnce(&State) -> Option<Event>) {
        let asks = |running: &Running| running.is_on_screen && !running.state.is_over() && running.waits_for.is_none();
        let Some(which) = self.tabs[here].running.iter().position(asks) else { return };
        if let Some(event) = event(&self.tabs[here].running[which].state) {
            self.happen(here, which, event);
        }
    }
}
