//! The environment of an operation in native tests: the practice portal without a socket, and a clock that jumps.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use key_wizard_core::credential::draft::KeyChoice;
use key_wizard_core::operation::environment::{Environment, run};
use key_wizard_core::operation::journal::Journal;
use key_wizard_core::operation::{Answer, Call, Event, KeyStatus, Plan, Stage, State, begin, resume};
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::Username;
use key_wizard_core::portal::request::{Encoded, Request};
use key_wizard_core::portal::response::Raw;
use key_wizard_core::secret::Secret;
use key_wizard_core::timestamp::Timestamp;
use practice_portal::{Answered, Asked, Endpoint, Fault, Portal};

use crate::audit::Audit;
use crate::drafts::{Drafts, Tab};
use crate::person::{Crash, Person, Point, Word, said};
use crate::wish::{choice, draft, plan_of};

/// The page's origin, which differs from the portal's.
pub const PAGE: &str = "https://keys.example.com";
/// 2026-11-23 12:00 UTC.
pub const NOW_MS: i64 = 1_795_435_200_000;
/// More requests than any operation needs; beyond it, a run counts as endless.
const ENDLESS: usize = 300;

const ROUND_TRIP_MS: i64 = 500;

/// Everything outside an operation.
pub struct World {
    pub portal: RefCell<Portal>,
    token: RefCell<Secret>,
    person: Person,
    pub crashes: RefCell<Vec<Crash>>,
    /// What happens at the portal before the page restarts.
    pub meanwhile: RefCell<Option<fn(&World)>>,
    /// Faults by the number of the request.
    pub at: RefCell<Vec<(usize, Fault)>>,
    pub drafts: Drafts,
    /// Observes everything.
    pub audit: Audit,
    /// The tab in which the page restarts.
    pub tab: Tab,
    /// How many requests to a crash's endpoint succeed first.
    pub spared: Cell<u32>,
    /// The user said that an older key is saved, despite later changes.
    pub kept_older: Cell<bool>,
    last: Cell<Option<Endpoint>>,
    /// After this many questions the user closes the page for good.
    pub leaves_after: Cell<usize>,
    days: Cell<usize>,
    left: RefCell<Option<State>>,
    /// The session ended during the operation, and the same user signs in again.
    signs_in_again: Cell<bool>,
    /// The user has just discarded the operation.
    discarding: Cell<bool>,
    sent: Cell<usize>,
    questions: Cell<usize>,
    pub journal: RefCell<Option<String>>,
    pub shown: RefCell<Vec<String>>,
    /// The last state shown since the page started.
    pub state: RefCell<Option<State>>,
}

impl World {
    /// A world with this portal, signed in as jane.
    pub fn new(mut portal: Portal, person: Person) -> Self {
        let token = Secret::new(portal.sign_in("jane"));
        let audit = Audit::default();
        audit.learns(token.expose());
        Self {
            portal: RefCell::new(portal),
            token: RefCell::new(token),
            person,
            crashes: RefCell::new(Vec::new()),
            meanwhile: RefCell::new(None),
            at: RefCell::new(Vec::new()),
            drafts: Drafts::new(draft("", KeyChoice::Now)),
            audit,
            tab: Tab::Same,
            spared: Cell::new(0),
            kept_older: Cell::new(false),
            last: Cell::new(None),
            leaves_after: Cell::new(usize::MAX),
            days: Cell::new(0),
            left: RefCell::new(None),
            signs_in_again: Cell::new(false),
            discarding: Cell::new(false),
            sent: Cell::new(0),
            questions: Cell::new(0),
            journal: RefCell::new(None),
            shown: RefCell::new(Vec::new()),
            state: RefCell::new(None),
        }
    }

    /// Runs an operation to its end, with a reload after each crash.
    pub fn run(&self, plan: &Plan) -> State {
        self.drafts.types(draft(plan.folder.title().unwrap_or_default(), choice(plan)));
        let mut state = begin(plan.clone());
        loop {
            let end = once(run(self, state, Event::Started));
            if let (Some(_), Some(endpoint)) = (&end, self.last.take()) {
                // Nothing was left to do, so the crash does no harm.
                self.dies(Crash::At(Point::AfterJournal, endpoint));
            }
            match end {
                Some(end) if self.journal.borrow().is_none() => return end,
                // Finished for the user, but the session ended before the cleanup; they sign in another day.
                Some(end) => {
                    assert!(end.is_over());
                    self.days.set(self.days.get() + 1);
                    if self.days.get() > self.leaves_after.get() {
                        return end;
                    }
                    self.sign_in("jane");
                    state = self.reload();
                }
                None => match self.left.take() {
                    Some(left) => return left,
                    None if self.signs_in_again.take() => {
                        self.sign_in("jane");
                        let found = self.reload();
                        // Another tab asks first.
                        state = if self.tab == Tab::Same { found.with_auto_resume() } else { found };
                    }
                    None => state = self.reload(),
                },
            }
        }
    }

    /// Runs a recovered operation to its end; `None` if it never ends.
    pub fn finish(&self, state: State) -> Option<State> {
        once(run(self, state, Event::Started))
    }

    fn sign_in(&self, username: &str) {
        let token = self.portal.borrow_mut().sign_in(username);
        self.audit.learns(&token);
        *self.token.borrow_mut() = Secret::new(token);
    }

    /// Restarts the page from its journal, or without one.
    fn reload(&self) -> State {
        self.portal.borrow_mut().advance(20_000);
        *self.state.borrow_mut() = None;
        let meanwhile = self.meanwhile.borrow_mut().take();
        if let Some(meanwhile) = meanwhile {
            meanwhile(self);
        }
        let text = self.journal.borrow().clone();
        match text.as_deref().map(|text| Journal::parse(text).expect("it is our own record")) {
            Some(journal) => {
                let plan = plan_of(&self.drafts.last());
                assert!(journal.belongs_to(&plan.portal_key, &plan.owner));
                self.audit.resumes(journal.belongs_to(&plan.portal_key, &Username("newt".to_owned())));
                resume(&journal, plan.owner, self.drafts.found(self.tab).map(|found| plan_of(&found)))
            }
            None => {
                self.audit.discarded.set(false);
                begin(plan_of(&self.drafts.last()))
            }
        }
    }

    /// How many requests were sent.
    pub fn sent(&self) -> usize {
        self.sent.get()
    }

    /// Sends any request as jane.
    pub fn ask<T: 'static>(&self, request: Request<T>, with_token: bool) -> Result<T, Error> {
        let token = self.token.borrow();
        let (mut encoded, decoder) = request.encode();
        if with_token {
            encoded.sign(&token);
        }
        self.audit.hears(&encoded.path);
        let answered = self.portal.borrow_mut().answer(asked(&encoded));
        self.audit.reads(&answered.body);
        self.portal.borrow_mut().advance(ROUND_TRIP_MS);
        let timeout = encoded.timeout.millis();
        if answered.delay_ms > timeout.into() {
            self.portal.borrow_mut().advance(timeout.into());
        }
        decoder.decode(&arrived(answered, timeout)?)
    }

    /// True if the page crashes here; each crash happens once.
    fn dies(&self, here: Crash) -> bool {
        let mut crashes = self.crashes.borrow_mut();
        let before = crashes.len();
        crashes.retain(|crash| *crash != here);
        crashes.len() < before
    }

    /// True if a request precedes the crash and must succeed.
    fn is_spared(&self, endpoint: Endpoint) -> bool {
        let is_meant = self.crashes.borrow().iter().any(|crash| matches!(crash, Crash::At(_, at) if *at == endpoint));
        let is_spared = is_meant && self.spared.get() > 0;
        self.spared.set(self.spared.get() - u32::from(is_spared));
        is_spared
    }

    async fn die_after_journal(&self) {
        if self.last.take().is_some_and(|last| self.dies(Crash::At(Point::AfterJournal, last))) {
            std::future::pending::<()>().await;
        }
    }

    fn decide(&self, state: &State) -> Event {
        let number = self.questions.get();
        self.questions.set(number + 1);
        assert!(number < ENDLESS, "it asks for ever: {state:?}");
        let word = match &self.person {
            // Discarding again during a rollback gives the key up; then F-KEY-11 decides whether it stays valid.
            Person::Says(words) => words.get(number).filter(|word| **word != Word::Discard || !state.is_rolling_back()),
            Person::GoesOn | Person::GivesUp => None,
        };
        if let Some(word) = word {
            return self.says(*word, state);
        }
        let is_patient = self.person != Person::GivesUp && number < 12;
        match &state.stage {
            Stage::KeyShown | Stage::Recovered(KeyStatus::ShownOnly) => Event::Acknowledged,
            Stage::Mismatch(_) if is_patient => self.says(Word::Confirm, state),
            _ if is_patient => Event::Continued,
            Stage::Refused { .. } | Stage::Indeterminate { .. } if state.is_rolling_back() => Event::Continued,
            _ => Event::Discarded,
        }
    }

    /// The event for a decision at this stage; changes the draft if the page allows changes.
    fn says(&self, word: Word, state: &State) -> Event {
        let mut draft = self.drafts.last();
        let event = said(word, &mut draft);
        match &state.stage {
            Stage::Mismatch(differences) if word == Word::Confirm => {
                *self.audit.confirmed.borrow_mut() = differences.clone();
            }
            Stage::Refused { .. } | Stage::Mismatch(_) | Stage::Recovered(_) if !state.is_rolling_back() => {
                self.drafts.types(draft)
            }
            _ => {}
        }
        event
    }
}

impl Environment for World {
    async fn send(&self, call: &Call, client_secret: Option<&Secret>) -> Result<Answer, Error> {
        let number = self.sent.get();
        self.sent.set(number + 1);
        assert!(number < ENDLESS, "I8: it never ends: {:?}", self.state.borrow());
        let owner = Username("jane".to_owned());
        let request = || call.request(&owner, client_secret);
        self.die_after_journal().await;
        // Computed only when needed, because it takes time.
        let endpoint = match self.crashes.borrow().is_empty() {
            true => None,
            false => Some(endpoint_of(&request().encode().0)).filter(|rule| !self.is_spared(*rule)),
        };
        let dies = |point| endpoint.is_some_and(|endpoint| self.dies(Crash::At(point, endpoint)));
        if self.dies(Crash::BeforeSend(number)) || dies(Point::BeforeSend) {
            std::future::pending::<()>().await;
        }
        let is_last = dies(Point::InFlight);
        if is_last {
            self.portal.borrow_mut().fault_next(Fault::Late);
        }
        let fault = self.at.borrow().iter().find(|entry| entry.0 == number).map(|entry| entry.1.clone());
        if let Some(fault) = fault {
            self.portal.borrow_mut().fault_next(fault);
        }
        self.audit.sends(call, &self.portal.borrow(), || plan_of(&self.drafts.last()));
        let answer = self.ask(request(), !call.needs_client_secret());
        if is_last || self.dies(Crash::AfterSend(number)) || dies(Point::AfterAnswer) {
            std::future::pending::<()>().await;
        }
        self.last.set(endpoint);
        self.audit.answered(call, &answer);
        answer
    }

    async fn next(&self, within_ms: Option<u32>) -> Event {
        self.die_after_journal().await;
        match within_ms {
            Some(ms) => {
                self.portal.borrow_mut().advance(ms.into());
                Event::TimerFired
            }
            None => {
                let state = self.state.borrow().clone().expect("every state is observed");
                if state.stage == Stage::KeyShown && self.dies(Crash::AfterShow) {
                    std::future::pending::<()>().await;
                }
                if self.questions.get() >= self.leaves_after.get() {
                    *self.left.borrow_mut() = Some(state);
                    std::future::pending::<()>().await;
                    unreachable!("nobody comes back");
                }
                if matches!(state.stage, Stage::SignedOut { .. }) {
                    self.questions.set(self.questions.get() + 1);
                    self.signs_in_again.set(true);
                    std::future::pending::<()>().await;
                }
                let event = self.decide(&state);
                self.discarding.set(matches!(event, Event::Discarded));
                let is_older = matches!((&event, &state.stage), (Event::Acknowledged, Stage::Recovered(_)));
                self.kept_older.set(self.kept_older.get() || is_older);
                event
            }
        }
    }

    fn save_journal(&self, journal: &Journal) {
        self.audit.hears(&journal.text());
        *self.journal.borrow_mut() = Some(journal.text());
    }

    fn delete_journal(&self, _: &State) {
        *self.journal.borrow_mut() = None;
    }

    fn show_key(&self, key: Secret) {
        self.shown.borrow_mut().push(key.expose().to_owned());
    }

    fn observe(&self, state: &State) {
        // The next state has the pending requests too, and printing is slow.
        if !matches!(state.stage, Stage::Running(_) | Stage::Waiting { .. }) {
            self.audit.hears(&format!("{state:?}"));
        }
        // If nothing can be rolled back any more, the decision is ignored.
        if self.discarding.take() && state.is_rolling_back() {
            self.audit.discarded.set(true);
        }
        *self.state.borrow_mut() = Some(state.clone());
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.portal.borrow().now_ms)
    }
}

pub fn asked(encoded: &Encoded) -> Asked {
    let body = std::str::from_utf8(encoded.body.as_bytes()).expect("a form is ASCII");
    Asked::post_body(&["/sharing/rest/", &encoded.path].concat(), body).from_page(PAGE)
}

/// A browser's view of an answer.
pub fn arrived(answered: Answered, patience_ms: u32) -> Result<Raw, Error> {
    let is_late = answered.held.is_some() || answered.delay_ms > patience_ms.into();
    if answered.dropped || answered.cut || answered.allow_origin.is_none() || is_late || answered.status == 302 {
        return Err(Error::Unreachable);
    }
    let can_read = answered.get_header("Access-Control-Expose-Headers").is_some();
    let retry_after = answered.get_header("Retry-After").filter(|_| can_read).and_then(|text| text.parse().ok());
    Ok(Raw { status: answered.status, retry_after, body: answered.body.into_bytes().into() })
}

/// Polls a future once; `None` if it is pending.
fn once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

fn endpoint_of(encoded: &Encoded) -> Endpoint {
    let path = ["/sharing/rest/", &encoded.path].concat();
    practice_portal::endpoint::route(&path).expect("the client asks what a portal knows").0
}
