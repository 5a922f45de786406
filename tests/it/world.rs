//! The world around an operation in native tests: the practice portal without a socket, and a clock that jumps.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use arcgis_key_wizard::config::PortalId;
use arcgis_key_wizard::credential::draft::{Draft, KeyChoice};
use arcgis_key_wizard::credential::expiration;
use arcgis_key_wizard::operation::call::{Answer, Call};
use arcgis_key_wizard::operation::drive::{Outside, drive};
use arcgis_key_wizard::operation::journal::Journal;
use arcgis_key_wizard::operation::plan::{Place, Plan, Who};
use arcgis_key_wizard::operation::stage::KeyFate;
use arcgis_key_wizard::operation::{Event, OperationId, Stage, State, begin, resume};
use arcgis_key_wizard::portal::error::Error;
use arcgis_key_wizard::portal::id::{PrivilegeId, Username};
use arcgis_key_wizard::portal::reply::Raw;
use arcgis_key_wizard::portal::request::{Encoded, Request};
use arcgis_key_wizard::secret::Secret;
use arcgis_key_wizard::timestamp::Timestamp;
use practice_portal::{Answered, Asked, Portal};

/// Where the page is served from; another origin than the portal's.
pub const PAGE: &str = "https://keys.example.com";
/// 2026-11-23 12:00 UTC.
pub const NOW_MS: i64 = 1_795_435_200_000;
/// More requests than any operation needs; past it a run counts as endless.
const ENDLESS: usize = 300;

/// What the person does when asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Goes on as long as it makes sense, then takes everything back.
    GoesOn,
    /// Takes everything back at the first question.
    GivesUp,
    /// Says these things first, then goes on.
    Says(Vec<Word>),
}

/// One thing to say, whether it fits or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Continue,
    Discard,
    Confirm,
    /// Changes title and referrers.
    Change,
    /// Wants another folder.
    Move,
    Acknowledge,
}

/// Where the page dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    /// Before the request leaves, and after the journal says it will.
    BeforeSend(usize),
    /// After the portal has answered, before anybody reads it.
    AfterSend(usize),
    /// As soon as the key is on the page.
    AfterShow,
}

/// Everything outside of an operation.
pub struct World {
    pub portal: RefCell<Portal>,
    token: RefCell<Secret>,
    person: Person,
    pub crashes: RefCell<Vec<Crash>>,
    /// What happens at the portal while the page is dead.
    pub meanwhile: RefCell<Option<fn(&World)>>,
    sent: Cell<usize>,
    questions: Cell<usize>,
    pub journal: RefCell<Option<String>>,
    pub shown: RefCell<Vec<String>>,
    /// What was last shown since the page started.
    pub state: RefCell<Option<State>>,
}

impl World {
    /// A world with this portal, signed in as jane.
    pub fn new(mut portal: Portal, person: Person) -> Self {
        let token = Secret::new(portal.sign_in("jane"));
        Self {
            portal: RefCell::new(portal),
            token: RefCell::new(token),
            person,
            crashes: RefCell::new(Vec::new()),
            meanwhile: RefCell::new(None),
            sent: Cell::new(0),
            questions: Cell::new(0),
            journal: RefCell::new(None),
            shown: RefCell::new(Vec::new()),
            state: RefCell::new(None),
        }
    }

    /// Runs an operation to its end, through as many reloads as there are crashes.
    pub fn run(&self, plan: &Plan) -> State {
        let mut state = begin(plan.clone());
        loop {
            match once(drive(self, state, Event::Started)) {
                Some(end) if self.journal.borrow().is_none() => return end,
                // Over for the person, but not tidied up before the session ended; they sign in another day.
                Some(end) => {
                    assert!(end.is_over());
                    self.sign_in();
                    state = self.reload(plan);
                }
                None => state = self.reload(plan),
            }
        }
    }

    fn sign_in(&self) {
        let token = self.portal.borrow_mut().sign_in("jane");
        *self.token.borrow_mut() = Secret::new(token);
    }

    /// The page starts again and finds its journal, or nothing.
    fn reload(&self, plan: &Plan) -> State {
        self.portal.borrow_mut().advance(20_000);
        *self.state.borrow_mut() = None;
        let meanwhile = self.meanwhile.borrow_mut().take();
        if let Some(meanwhile) = meanwhile {
            meanwhile(self);
        }
        let text = self.journal.borrow().clone();
        match text.as_deref().map(|it| Journal::parse(it).expect("it is our own record")) {
            Some(journal) => {
                assert!(journal.belongs_to(&plan.portal_id, &plan.owner));
                resume(&journal, plan.owner.clone(), Some(plan.clone()))
            }
            None => begin(plan.clone()),
        }
    }

    /// Sends any request as jane.
    pub fn ask<T: 'static>(&self, request: Request<T>, with_token: bool) -> Result<T, Error> {
        let token = self.token.borrow();
        let (mut encoded, awaited) = request.encode();
        if with_token {
            encoded.sign(&token);
        }
        let answered = self.portal.borrow_mut().answer(asked(&encoded));
        awaited.decode(&arrived(answered, encoded.patience.millis())?)
    }

    /// Whether the page dies here; each death happens once.
    fn dies(&self, here: Crash) -> bool {
        let mut crashes = self.crashes.borrow_mut();
        let before = crashes.len();
        crashes.retain(|it| *it != here);
        crashes.len() < before
    }

    fn decide(&self, state: &State) -> Event {
        let number = self.questions.get();
        self.questions.set(number + 1);
        let word = match &self.person {
            Person::Says(words) => words.get(number),
            Person::GoesOn | Person::GivesUp => None,
        };
        if let (Some(word), false) = (word, matches!(state.stage, Stage::SignedOut { .. })) {
            return said(*word, &state.work.plan);
        }
        let is_patient = self.person != Person::GivesUp && number < 12;
        match &state.stage {
            Stage::SignedOut { .. } => {
                self.sign_in();
                Event::SignedIn(Username("jane".to_owned()))
            }
            Stage::KeyShown | Stage::Found(KeyFate::ShownOnly) => Event::Acknowledged,
            Stage::Differs(_) if is_patient => Event::Confirmed,
            _ if is_patient => Event::Continued,
            Stage::Refused { .. } | Stage::Unsure { .. } if state.is_undoing() => Event::Continued,
            _ => Event::Discarded,
        }
    }
}

impl Outside for World {
    async fn send(&self, call: &Call, client_secret: Option<&Secret>) -> Result<Answer, Error> {
        let number = self.sent.get();
        self.sent.set(number + 1);
        assert!(number < ENDLESS, "it never ends: {:?}", self.state.borrow());
        if self.dies(Crash::BeforeSend(number)) {
            std::future::pending::<()>().await;
        }
        let owner = Username("jane".to_owned());
        let answer = self.ask(call.request(&owner, client_secret), !call.needs_client_secret());
        if self.dies(Crash::AfterSend(number)) {
            std::future::pending::<()>().await;
        }
        answer
    }

    async fn next(&self, within_ms: Option<u32>) -> Event {
        match within_ms {
            Some(ms) => {
                self.portal.borrow_mut().advance(ms.into());
                Event::Woke
            }
            None => {
                let state = self.state.borrow().clone().expect("every state is observed");
                if state.stage == Stage::KeyShown && self.dies(Crash::AfterShow) {
                    std::future::pending::<()>().await;
                }
                self.decide(&state)
            }
        }
    }

    fn keep(&self, journal: &Journal) {
        *self.journal.borrow_mut() = Some(journal.text());
    }

    fn forget(&self, _: &State) {
        *self.journal.borrow_mut() = None;
    }

    fn show(&self, key: Secret) {
        self.shown.borrow_mut().push(key.expose().to_owned());
    }

    fn observe(&self, state: &State) {
        *self.state.borrow_mut() = Some(state.clone());
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.portal.borrow().now_ms)
    }
}

fn said(word: Word, plan: &Plan) -> Event {
    let mut plan = plan.clone();
    match word {
        Word::Continue => return Event::Continued,
        Word::Discard => return Event::Discarded,
        Word::Confirm => return Event::Confirmed,
        Word::Acknowledge => return Event::Acknowledged,
        Word::Change => {
            plan.details.title = "Other title".to_owned();
            plan.grants.referrers.pop();
        }
        Word::Move => plan.folder = Place::Root,
    }
    Event::Changed(plan)
}

fn asked(encoded: &Encoded) -> Asked {
    let body = std::str::from_utf8(encoded.body.as_bytes()).expect("a form is ASCII");
    Asked::post_body(&["/sharing/rest/", &encoded.path].concat(), body).from_page(PAGE)
}

/// What a browser makes of an answer.
fn arrived(answered: Answered, patience_ms: u32) -> Result<Raw, Error> {
    let is_late = answered.delay_ms > patience_ms.into();
    if answered.dropped || answered.cut || answered.allow_origin.is_none() || is_late || answered.status == 302 {
        return Err(Error::Unreachable);
    }
    let retry_after = answered.get_header("Retry-After").and_then(|it| it.parse().ok());
    Ok(Raw { status: answered.status, retry_after, body: answered.body.into_bytes().into() })
}

/// Runs a future that waits for nothing; none if it would wait for ever.
fn once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(it) => Some(it),
        Poll::Pending => None,
    }
}

/// A checked draft in the words of a test.
pub fn plan(folder: &str, key: KeyChoice) -> Plan {
    let now = Timestamp(NOW_MS);
    let mut draft = Draft::new(expiration::utc_date(now));
    draft.title = "Store finder".to_owned();
    draft.folder = folder.to_owned();
    draft.tags = "maps, stores".to_owned();
    draft.referrers = vec!["https://app.example.com".to_owned(), "https://*.example.org".to_owned()];
    draft.privileges = ["premium:user:basemaps", "premium:user:geocode"].map(|it| PrivilegeId(it.to_owned())).into();
    draft.key = key;
    let spec = draft.check(now).expect("the draft is right");
    let who = Who {
        id: OperationId::from_bytes([0xA5; 16]),
        portal_id: PortalId("practice".to_owned()),
        owner: Username("jane".to_owned()),
    };
    Plan::new(&spec, who, &[])
}
