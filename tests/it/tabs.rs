//! Two tabs of one browser with one portal, advanced one request at a time, so that they can interleave in any order.
//!
//! The client's own `recovery` and `tabs` make all decisions about drafts, records and operations, as in
//! `src/state/jobs`. Storage, locks, the portal and the clock are simulated here.

mod requests;
mod sessions;

use std::cell::RefCell;

use key_wizard_core::config::PortalKey;
use key_wizard_core::credential::draft::{Draft, KeyChoice};
use key_wizard_core::credential::expiration;
use key_wizard_core::operation::journal::{self, Journal};
use key_wizard_core::operation::{
    Answer, Call, Effect, Event, Identity, KeyStatus, OperationId, Plan, Stage, State, begin, resume, step,
};
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::Username;
use key_wizard_core::recovery::{self, Mark, Record, RecoveryAction};
use key_wizard_core::secret::Secret;
use key_wizard_core::tabs::{self, Create, OnScreen};
use key_wizard_core::timestamp::Timestamp;
use key_wizard_core::wizard::Wizard;
use practice_portal::{Fault, Portal};

use crate::wish::draft;
use crate::world::{arrived, asked};

/// More requests than any operation needs.
const ENDLESS: usize = 300;

/// An operation in a tab, and the effect it waits for.
struct Running {
    state: State,
    secret: Option<Secret>,
    waits_for: Option<Effect>,
    /// It is on the screen, and its tab holds its lock. The others finish in the background.
    is_on_screen: bool,
}

/// What to do if another tab holds the lock of an operation.
#[derive(Clone, Copy, PartialEq)]
enum Take {
    IfFree,
    Steal,
}

/// A tab: its screen and its own storage.
pub struct Tab {
    pub wizard: Wizard,
    /// The title that the user wants, even if the draft changes.
    title: String,
    at_rest: Option<String>,
    mark: String,
    token: Option<Secret>,
    screen: OnScreen,
    running: Vec<Running>,
}

/// The browser, the portal, and everything observed.
pub struct Tabs {
    pub portal: Portal,
    pub tabs: Vec<Tab>,
    pub offline: bool,
    /// The storage that this browser shares among all tabs: pairs of name and text.
    entries: RefCell<Vec<[String; 2]>>,
    shown: Vec<String>,
    begun: u8,
    /// Operations that ended with a credential.
    pub kept: usize,
    pub faults: Vec<String>,
}

fn jane() -> Username {
    Username("jane".to_owned())
}

fn portal_key() -> PortalKey {
    PortalKey("practice".to_owned())
}

impl Tab {
    fn new() -> Self {
        let draft = draft("Fresh folder", KeyChoice::Now);
        Self {
            title: draft.title.clone(),
            at_rest: Some(draft.store()),
            mark: String::new(),
            wizard: Wizard::new(draft),
            token: None,
            screen: OnScreen::Nothing,
            running: Vec::new(),
        }
    }

    /// The stored draft, unless it was used up.
    pub fn at_rest(&self) -> Option<Draft> {
        self.at_rest.as_ref().map(|text| Draft::restore(text).expect("it is our own record"))
    }

    /// Changes the draft and stores it at once.
    fn edit(&mut self, change: impl FnOnce(&mut Draft)) {
        change(&mut self.wizard.draft);
        self.at_rest = Some(self.wizard.draft.store());
    }

    /// Replaces the draft, at the step that the address names.
    fn replace(&mut self, draft: Draft) {
        let step = self.wizard.step();
        self.wizard = Wizard::new(draft);
        self.wizard.go_to(step);
    }

    /// True if the user has typed anything into the draft.
    pub fn is_typed(&self) -> bool {
        !self.wizard.draft.privileges.is_empty()
    }

    /// Fills in the missing answers, with the user's own title.
    fn retype(&mut self) {
        let title = self.title.clone();
        if !self.is_typed() {
            self.replace(Draft { title: title.clone(), ..draft("Fresh folder", KeyChoice::Now) });
        }
        self.edit(|draft| draft.title = title);
    }

    /// Stops the running operation and releases its lock. Its journal stays.
    fn stop(&mut self) {
        self.running.retain(|running| !running.is_on_screen);
    }

    /// The operation on the screen that runs in this tab, until the user dismisses it.
    fn on_screen(&self) -> Option<&Running> {
        self.running.iter().find(|running| running.is_on_screen && !running.state.is_over())
    }

    fn id(&self) -> Option<OperationId> {
        self.screen.operation().map(|state| state.operation.plan.id.clone())
    }
}

impl Tabs {
    /// Two empty tabs.
    pub fn new(portal: Portal) -> Self {
        Self {
            portal,
            tabs: vec![Tab::new(), Tab::new()],
            offline: false,
            entries: RefCell::new(Vec::new()),
            shown: Vec::new(),
            begun: 0,
            kept: 0,
            faults: Vec::new(),
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.portal.now_ms)
    }

    /// Changes the typed answers.
    pub fn edit(&mut self, here: usize, title: &str) {
        title.clone_into(&mut self.tabs[here].title);
        self.tabs[here].retype();
    }

    /// The `Next` button.
    pub fn next(&mut self, here: usize) {
        let now = self.now();
        self.tabs[here].retype();
        self.tabs[here].wizard.next(now);
    }

    fn plan(&self, here: usize, id: OperationId) -> Plan {
        let spec = self.tabs[here].wizard.draft.check(self.now()).expect("the draft is right");
        Plan::new(&spec, Identity { id, portal_key: portal_key(), owner: jane() }, &[])
    }

    /// The `Create` button, which may be pressed repeatedly.
    pub fn submit(&mut self, here: usize) {
        if self.tabs[here].token.is_none() {
            return;
        }
        self.tabs[here].retype();
        match self.decision(here) {
            Create::Begin => {
                self.begun += 1;
                let id = OperationId::from_bytes([self.begun; 16]);
                self.save_answers(here, &id);
                self.run(here, begin(self.plan(here, id)), Take::IfFree);
            }
            Create::Change(_) | Create::EndKey => self.change(here),
            Create::ShowProgress => {}
        }
    }

    fn decision(&self, here: usize) -> Create {
        tabs::create(&self.tabs[here].wizard.draft, self.tabs[here].screen.operation())
    }

    /// The `Create` button after a change to the waiting operation; the user agrees that its key ends.
    pub fn change(&mut self, here: usize) {
        let Some(id) = self.tabs[here].id() else { return };
        if self.tabs[here].token.is_some() && matches!(self.decision(here), Create::Change(_) | Create::EndKey) {
            self.save_answers(here, &id);
            let plan = self.plan(here, id);
            self.say(here, |_| Some(Event::Changed(plan)));
        }
    }

    /// Links the draft to an operation.
    fn save_answers(&mut self, here: usize, id: &OperationId) {
        let tab = &mut self.tabs[here];
        tab.edit(|draft| draft.operation = Some(id.clone()));
        let answers = tab.wizard.draft.store();
        self.put(recovery::answers_name(id), answers);
    }

    fn put(&self, name: String, text: String) {
        self.delete(&name);
        self.entries.borrow_mut().push([name, text]);
    }

    fn delete(&self, name: &str) {
        self.entries.borrow_mut().retain(|[other, _]| other != name);
    }

    fn forget(&self, id: &OperationId) {
        self.delete(&journal::key(id));
        self.delete(&recovery::answers_name(id));
    }

    /// Continues the operation that asks, here or in the tab that has it.
    pub fn go_on(&mut self, here: usize) {
        match self.tabs[here].screen.is_elsewhere() {
            true => self.continue_here(here),
            false => self.say(here, |_| Some(Event::Continued)),
        }
    }

    /// True if another operation, in progress or still to be finished, has the title typed here.
    pub fn has_namesake(&self, here: usize) -> bool {
        let title = &self.tabs[here].title;
        let mine = self.tabs[here].on_screen().map(|screen| &screen.state.operation.plan.id);
        let plans = self.tabs.iter().flat_map(|tab| &tab.running).map(|tab| &tab.state.operation.plan);
        let in_memory = plans.map(|plan| (plan.id.clone(), plan.details.title.clone()));
        let entries = self.entries.borrow();
        let at_rest = entries.iter().filter_map(|[_, text]| Journal::parse(text)).map(|entry| (entry.id, entry.title));
        in_memory.chain(at_rest).any(|(id, other)| other == *title && Some(&id) != mine)
    }

    /// Ends all faults, and finishes the open operations; with `keeps`, the user keeps the credentials.
    pub fn finish(&mut self, here: usize, keeps: bool) {
        self.offline = false;
        self.portal.clear_faults();
        let mut turns = 0;
        loop {
            turns += 1;
            if turns > ENDLESS {
                return self.faults.push(format!("I8: {:?}", self.tabs[here].screen));
            }
            if self.pump(here) {
                continue;
            }
            let tab = &self.tabs[here];
            let is_open = tab.screen.operation().is_some_and(|state| !state.is_over());
            let event = tab.on_screen().map(|running| decide(&running.state, keeps && turns < ENDLESS / 2));
            match event {
                _ if tab.token.is_none() && is_open => self.sign_in(here, "jane"),
                _ if tab.screen.is_elsewhere() => self.continue_here(here),
                Some(event) => self.say(here, |_| event),
                None if self.resume_next(here) => {}
                None => break,
            }
        }
    }

    /// Finishes both tabs and everything left over.
    pub fn end(&mut self, keeps: bool) {
        for _ in 0..20 {
            for here in 0..2 {
                self.finish(here, keeps);
            }
            if self.open() == 0 {
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

    /// How many operations are not finished yet.
    pub fn open(&self) -> usize {
        self.entries.borrow().iter().filter(|[name, _]| name.starts_with(journal::KEY_PREFIX)).count()
    }

    /// Valid keys that the user has not seen.
    pub fn unseen_keys(&self, before: &Portal) -> usize {
        let old: Vec<_> = before.live_keys().into_iter().map(|key| key.token).collect();
        let mut keys = self.portal.live_keys();
        keys.retain(|key| !old.contains(&key.token) && !self.shown.contains(&key.token));
        keys.len()
    }

    /// True if a secret is stored anywhere.
    pub fn tells_secrets(&self) -> bool {
        let entries = self.entries.borrow();
        let in_tabs = || self.tabs.iter().flat_map(|tab| tab.at_rest.iter().chain([&tab.mark]));
        let texts = || entries.iter().map(|[_, text]| text).chain(in_tabs());
        let tokens = self.tabs.iter().filter_map(|tab| tab.token.as_ref()).map(Secret::expose);
        let mut secrets = self.shown.iter().map(String::as_str).chain(tokens);
        secrets.any(|secret| texts().any(|text| text.contains(secret)))
    }
}

/// The decision that brings an operation to its end.
fn decide(state: &State, keeps: bool) -> Option<Event> {
    Some(match &state.stage {
        // The session ends with this, and the operation resumes after the next sign-in.
        Stage::SignedOut { .. } => return None,
        _ if state.is_rolling_back() => Event::Continued,
        Stage::KeyShown | Stage::Recovered(KeyStatus::ShownOnly) if keeps => Event::Acknowledged,
        Stage::Mismatch(_) if keeps => Event::Confirmed,
        _ if keeps && state.operation.plan.complete => Event::Continued,
        _ => Event::Discarded,
    })
}
