//! Two tabs of one browser before one portal, moved one request at a time, so that anything can come in between.

use std::cell::RefCell;

use key_wizard_core::config::PortalId;
use key_wizard_core::credential::draft::{Draft, KeyChoice};
use key_wizard_core::operation::journal::Journal;
use key_wizard_core::operation::{
    Answer, Call, Effect, Event, Identity, KeyStatus, OperationId, Plan, Stage, State, begin, resume, step,
};
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::Username;
use key_wizard_core::secret::Secret;
use key_wizard_core::timestamp::Timestamp;
use key_wizard_core::wizard::Wizard;
use practice_portal::{Fault, Portal};

use crate::wish::draft;
use crate::world::{NOW_MS, arrived, asked};

/// More requests than any operation needs.
const ENDLESS: usize = 300;

/// An operation in a tab, and what it waits for.
struct Running {
    state: State,
    secret: Option<Secret>,
    waits_for: Option<Effect>,
}

/// A tab: what is on the screen, and what is at rest.
pub struct Tab {
    pub wizard: Wizard,
    at_rest: String,
    token: Option<Secret>,
    running: Vec<Running>,
}

/// The browser, the portal, and everything that was noticed.
pub struct Tabs {
    pub portal: Portal,
    pub tabs: Vec<Tab>,
    pub offline: bool,
    journals: RefCell<Vec<(String, String)>>,
    shown: Vec<String>,
    begun: u8,
    /// Operations that ended with a credential.
    pub kept: usize,
    pub faults: Vec<String>,
}

fn jane() -> Username {
    Username("jane".to_owned())
}

impl Tab {
    fn new() -> Self {
        let draft = draft("Fresh folder", KeyChoice::Now);
        Self { at_rest: draft.store(), wizard: Wizard::new(draft), token: None, running: Vec::new() }
    }

    /// The draft as storage holds it.
    pub fn at_rest(&self) -> Draft {
        Draft::restore(&self.at_rest).expect("it is our own record")
    }

    /// The operation that asks the person, if one does.
    fn foreground(&mut self) -> Option<&mut Running> {
        self.running.iter_mut().find(|it| !it.state.is_over())
    }
}

impl Tabs {
    /// Two empty tabs.
    pub fn new(portal: Portal) -> Self {
        Self {
            portal,
            tabs: vec![Tab::new(), Tab::new()],
            offline: false,
            journals: RefCell::new(Vec::new()),
            shown: Vec::new(),
            begun: 0,
            kept: 0,
            faults: Vec::new(),
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.portal.now_ms)
    }

    /// Changes what is typed; it is kept at once.
    pub fn edit(&mut self, here: usize, title: &str) {
        let tab = &mut self.tabs[here];
        tab.wizard.draft.title = title.to_owned();
        tab.at_rest = tab.wizard.draft.store();
    }

    fn plan(&self, here: usize, id: OperationId) -> Option<Plan> {
        let spec = self.tabs[here].wizard.draft.check(Timestamp(NOW_MS)).ok()?;
        let who = Identity { id, portal_id: PortalId("practice".to_owned()), owner: jane() };
        Some(Plan::new(&spec, who, &[]))
    }

    /// The `Create` button, pressed as often as one likes: nothing begins while something is under way.
    pub fn submit(&mut self, here: usize) {
        if self.tabs[here].token.is_none() || self.tabs[here].foreground().is_some() {
            return;
        }
        self.begun += 1;
        let plan = self.plan(here, OperationId::from_bytes([self.begun; 16])).expect("the draft is right");
        self.start(here, begin(plan));
    }

    fn start(&mut self, here: usize, state: State) {
        self.tabs[here].running.push(Running { state, secret: None, waits_for: None });
        let last = self.tabs[here].running.len() - 1;
        self.happen(here, last, Event::Started);
    }

    /// One event to one operation, and everything that follows at once.
    fn happen(&mut self, here: usize, which: usize, event: Event) {
        let now = self.now();
        let mut running = self.tabs[here].running.swap_remove(which);
        let was_over = running.state.is_over();
        let (state, effects) = step(running.state, event, now);
        running.state = state;
        running.waits_for = None;
        for effect in effects {
            match effect {
                Effect::SaveJournal(journal) => self.keep(&journal),
                Effect::DeleteJournal => self.forget(&Journal::of(&running.state.operation, now).key()),
                Effect::ShowKey(key) => self.shown.push(key.expose().to_owned()),
                Effect::HoldSecret(secret) => running.secret = Some(secret),
                Effect::WipeSecret => running.secret = None,
                effect => running.waits_for = Some(effect),
            }
        }
        if !was_over && matches!(running.state.stage, Stage::CreatedWithoutKey | Stage::Acknowledged) {
            self.kept += 1;
        }
        if !running.state.is_settled() {
            self.tabs[here].running.push(running);
        }
    }

    fn keep(&self, journal: &Journal) {
        let mut journals = self.journals.borrow_mut();
        journals.retain(|it| it.0 != journal.key());
        journals.push((journal.key(), journal.text()));
    }

    fn forget(&self, key: &str) {
        self.journals.borrow_mut().retain(|it| it.0 != key);
    }

    /// Lets the first operation of a tab that waits for the portal or for time have its answer.
    pub fn pump(&mut self, here: usize) -> bool {
        let waits = |it: &Running| it.waits_for.is_some();
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
        self.happen(here, which, event);
        true
    }

    /// Sends the key's end that a tab is about to ask for; nobody is there any more to hear the answer.
    pub fn end_key_unheard(&mut self, here: usize) {
        let waits = |it: &&Running| matches!(it.waits_for, Some(Effect::Send(Call::RevokeKey { .. })));
        let running = self.tabs[here].running.iter().find(waits).expect("a key is about to be ended");
        let Some(Effect::Send(call)) = &running.waits_for else { unreachable!("it was found by that") };
        let (encoded, _) = call.request(&jane(), running.secret.as_ref()).encode();
        self.portal.answer(asked(&encoded));
    }

    /// So often, or until nothing is waited for.
    pub fn pump_times(&mut self, here: usize, times: u8) {
        for _ in 0..times {
            if !self.pump(here) {
                return;
            }
        }
    }

    fn send(&mut self, here: usize, which: usize, call: &Call) -> Result<Answer, Error> {
        self.look_at(&self.tabs[here].running[which].state.operation.facts.agreed.is_some(), here, (which, call));
        if self.offline {
            self.portal.fault_next(Fault::Refused);
        }
        let running = &self.tabs[here].running[which];
        let (mut encoded, awaited) = call.request(&jane(), running.secret.as_ref()).encode();
        match &self.tabs[here].token {
            _ if call.needs_client_secret() => {}
            Some(token) => encoded.sign(token),
            None => return Err(Error::SignedOut),
        }
        let answered = self.portal.answer(asked(&encoded));
        let patience = encoded.patience.millis();
        self.portal.advance(500 + i64::try_from(answered.delay_ms.min(patience.into())).expect("a short time"));
        let answer = awaited.decode(&arrived(answered, patience)?);
        if matches!(answer, Err(Error::SignedOut)) {
            self.tabs[here].token = None;
        }
        answer
    }

    /// Invariants I4, I5 and I10 of docs/reliability.md: one key at a time, no creation during a rollback, no key with
    /// other privileges.
    fn look_at(&mut self, agreed: &bool, here: usize, (which, call): (usize, &Call)) {
        let operation = &self.tabs[here].running[which].state.operation;
        let is_compensation = call.is_read() || matches!(call, Call::RevokeKey { .. } | Call::DeleteItem { .. });
        let mut faults = Vec::new();
        if self.tabs[here].running[which].state.is_rolling_back() && !is_compensation {
            faults.push(format!("I5: {call:?}"));
        }
        if let Call::GenerateKey { item, .. } = call {
            let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
            let held = self.portal.app_of_item(&item.0).and_then(|it| it.privileges.clone()).unwrap_or_default();
            let fits = held.iter().all(|it| operation.plan.grants.privileges.iter().any(|other| same(it, &other.0)));
            if !held.is_empty() && !fits && !agreed {
                faults.push(format!("I10: {held:?}"));
            }
            let keys = self.tabs.iter().flat_map(|it| &it.running).filter(|it| {
                it.state.operation.plan.id == operation.plan.id
                    && matches!(it.waits_for, Some(Effect::Send(Call::GenerateKey { .. })))
            });
            if keys.count() > 0 {
                faults.push("I4".to_owned());
            }
        }
        self.faults.extend(faults);
    }

    /// What the person says to the operation that asks.
    pub fn say(&mut self, here: usize, event: impl FnOnce(&Self, &State) -> Option<Event>) {
        let asks = |it: &Running| !it.state.is_over() && it.waits_for.is_none();
        let Some(which) = self.tabs[here].running.iter().position(asks) else { return };
        if let Some(event) = event(self, &self.tabs[here].running[which].state) {
            self.happen(here, which, event);
        }
    }

    /// The plan with the draft as it is now, for the operation under way.
    pub fn changed(&self, here: usize, state: &State) -> Option<Event> {
        self.plan(here, state.operation.plan.id.clone()).map(Event::Changed)
    }

    /// Whether another operation under way, or still to be brought to its end, has the title that is typed here.
    pub fn has_namesake(&self, here: usize) -> bool {
        let title = &self.tabs[here].wizard.draft.title;
        let mine = self.tabs[here].running.iter().find(|it| !it.state.is_over()).map(|it| &it.state.operation.plan.id);
        let plans = self.tabs.iter().flat_map(|it| &it.running).map(|it| &it.state.operation.plan);
        let in_memory = plans.map(|it| (it.id.clone(), it.details.title.clone()));
        let journals = self.journals.borrow();
        let at_rest = journals.iter().filter_map(|it| Journal::parse(&it.1)).map(|it| (it.id, it.title));
        in_memory.chain(at_rest).any(|(id, it)| it == *title && Some(&id) != mine)
    }

    /// The tab starts again with what is at rest. Nobody is signed in.
    pub fn reload(&mut self, here: usize) {
        let tab = &mut self.tabs[here];
        let step = tab.wizard.step();
        (tab.running, tab.token) = (Vec::new(), None);
        tab.wizard = Wizard::new(tab.at_rest());
        tab.wizard.go_to(step);
        self.portal.advance(3_000);
    }

    /// The session ends here, whatever is under way.
    pub fn sign_out(&mut self, here: usize) {
        self.tabs[here].token = None;
    }

    /// Leaves for the portal and comes back: a reload, and then whatever was interrupted is looked for. What another tab
    /// is at stays with that tab.
    pub fn sign_in(&mut self, here: usize, username: &str) {
        self.reload(here);
        let token = self.portal.sign_in(username);
        self.tabs[here].token = Some(Secret::new(token));
        let (portal_id, owner) = (PortalId("practice".to_owned()), Username(username.to_owned()));
        let texts: Vec<_> = self.journals.borrow().iter().map(|it| it.1.clone()).collect();
        let elsewhere = |journal: &Journal| {
            self.tabs.iter().flat_map(|it| &it.running).any(|it| it.state.operation.plan.id == journal.id)
        };
        let journals: Vec<_> = texts
            .iter()
            .map(|it| Journal::parse(it).expect("it is our own record"))
            .filter(|it| it.belongs_to(&portal_id, &owner) && !elsewhere(it))
            .collect();
        if username != "jane" {
            if !journals.is_empty() {
                self.faults.push("I9".to_owned());
            }
            self.tabs[here].token = None;
            return;
        }
        for journal in journals.iter().filter(|it| it.finished) {
            self.start(here, resume(journal, owner.clone(), None));
        }
        if let Some(journal) = journals.iter().filter(|it| !it.finished).max_by_key(|it| it.written) {
            let fits = self.tabs[here].wizard.draft.title == journal.title;
            let plan = if fits { self.plan(here, journal.id.clone()) } else { None };
            self.start(here, resume(journal, owner, plan));
        }
    }

    /// Everything heals, and the person brings what is open to an end; `keeps` says which.
    pub fn finish(&mut self, here: usize, keeps: bool) {
        self.offline = false;
        self.portal.clear_faults();
        let mut turns = 0;
        loop {
            turns += 1;
            if turns > ENDLESS {
                return self.faults.push(format!("I8: {:?}", self.tabs[here].foreground().map(|it| &it.state)));
            }
            if self.pump(here) {
                continue;
            }
            let Some(running) = self.tabs[here].foreground() else { break };
            let event = decide(&running.state, keeps && turns < ENDLESS / 2);
            match event {
                Some(event) => self.say(here, |_, _| Some(event)),
                None => self.sign_in(here, "jane"),
            }
        }
    }

    /// Both tabs end, and so does everything that lies around.
    pub fn end(&mut self, keeps: bool) {
        for _ in 0..20 {
            for here in 0..2 {
                self.finish(here, keeps);
            }
            if self.journals.borrow().is_empty() {
                break;
            }
            self.sign_in(0, "jane");
        }
        self.portal.settle();
    }

    /// How many operations were begun.
    pub fn begun(&self) -> usize {
        self.begun.into()
    }

    /// How many keys were shown.
    pub fn seen_keys(&self) -> usize {
        self.shown.len()
    }

    /// How many operations are still to be brought to an end.
    pub fn open(&self) -> usize {
        self.journals.borrow().len()
    }

    /// Keys that work now, and that nobody has seen.
    pub fn unseen_keys(&self, before: &Portal) -> usize {
        let old: Vec<_> = before.live_keys().into_iter().map(|it| it.token).collect();
        let mut keys = self.portal.live_keys();
        keys.retain(|it| !old.contains(&it.token) && !self.shown.contains(&it.token));
        keys.len()
    }

    /// Whether a secret is at rest anywhere.
    pub fn tells_secrets(&self) -> bool {
        let journals = self.journals.borrow();
        let texts = || journals.iter().map(|it| &it.1).chain(self.tabs.iter().map(|it| &it.at_rest));
        let tokens = self.tabs.iter().filter_map(|it| it.token.as_ref()).map(Secret::expose);
        let mut secrets = self.shown.iter().map(String::as_str).chain(tokens);
        secrets.any(|secret| texts().any(|text| text.contains(secret)))
    }
}

/// What the person says to bring an operation to its end; nothing if they must sign in.
fn decide(state: &State, keeps: bool) -> Option<Event> {
    Some(match &state.stage {
        Stage::SignedOut { .. } => return None,
        _ if state.is_rolling_back() => Event::Continued,
        Stage::KeyShown | Stage::Recovered(KeyStatus::ShownOnly) if keeps => Event::Acknowledged,
        Stage::Mismatch(_) if keeps => Event::Confirmed,
        _ if keeps && state.operation.plan.complete => Event::Continued,
        _ => Event::Discarded,
    })
}
