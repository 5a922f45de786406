//! A user's visit in native tests: signs in, reads the data of the steps, stays, and signs out, with the client's own
//! pure code against the practice portal. As on the page, that code decides when a session is renewed, over, or
//! identified again.

use key_wizard_core::auth::active::{self, Active};
use key_wizard_core::auth::callback::AuthorizationResponse;
use key_wizard_core::auth::pending::Pending;
use key_wizard_core::auth::session::Session;
use key_wizard_core::auth::sign_in::{CallbackContext, begin, handle_response};
use key_wizard_core::auth::target::Target;
use key_wizard_core::config::PortalChoice;
use key_wizard_core::credential::draft::{Draft, KeyChoice};
use key_wizard_core::message::{EndCause, News, SessionOver};
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::{ClientId, Username};
use key_wizard_core::portal::request::Request;
use key_wizard_core::portal::search::{self, ItemQuery};
use key_wizard_core::portal::{account, folders, items};
use key_wizard_core::timestamp::Timestamp;
use practice_portal::{Endpoint, Portal};

use crate::person::Point;
use crate::wish::draft;
use crate::world::{PAGE, arrived, asked};

const PORTAL: &str = "https://portal.example.com";
const CLIENT_ID: &str = "key-wizard-demo";
/// More requests than any visit needs.
const ENDLESS: usize = 120;
/// Every session ends after an hour (docs/security.md).
const HOUR_MS: i64 = 60 * 60 * 1000;

/// Why a visit stops in the middle.
#[derive(Debug)]
enum Halt {
    /// The page crashed; it restarts from its storage.
    Died,
    /// The user was refused too often, and leaves.
    Left,
}

/// How many refusals a user accepts.
const MOST_NEWS: usize = 12;

/// A tab and the portal.
pub struct Visit {
    pub portal: Portal,
    page: &'static str,
    /// Where the tab crashes, once.
    pub crash: Option<(Point, Endpoint)>,
    /// How many requests to that endpoint succeed first.
    pub spared: u32,
    /// True if it restarts as another tab.
    pub new_tab: bool,
    draft: Option<String>,
    pending: Option<Pending>,
    session: Option<Active>,
    random: u8,
    sent: usize,
    codes: Vec<String>,
    /// The page's error messages.
    pub news: Vec<News>,
    /// True if the user gave up.
    pub left: bool,
    pub codes_sent_twice: usize,
    pub lost_drafts: usize,
    pub other_people: usize,
}

impl Visit {
    /// A tab with a draft, before signing in.
    pub fn new(portal: Portal) -> Self {
        Self::at(PAGE, portal)
    }

    /// The same with the page at another address; the registered address stays.
    pub fn at(page: &'static str, mut portal: Portal) -> Self {
        portal.register_client(CLIENT_ID, "ArcGIS Key Wizard", &[PAGE]);
        PORTAL.clone_into(&mut portal.root);
        Self {
            portal,
            page,
            crash: None,
            spared: 0,
            new_tab: false,
            draft: Some(draft("Maps", KeyChoice::Now).store()),
            pending: None,
            session: None,
            random: 0,
            sent: 0,
            codes: Vec::new(),
            news: Vec::new(),
            left: false,
            codes_sent_twice: 0,
            lost_drafts: 0,
            other_people: 0,
        }
    }

    fn now(&self) -> Timestamp {
        Timestamp(self.portal.now_ms)
    }

    fn send<T: 'static>(&mut self, request: Request<T>, with_token: bool) -> Result<Result<T, Error>, Halt> {
        self.sent += 1;
        assert!(self.sent < ENDLESS, "it never ends");
        let (mut encoded, decoder) = request.encode();
        match self.session.as_ref().filter(|_| with_token) {
            Some(session) => encoded.sign(session.token()),
            None if with_token => return Ok(Err(Error::SignedOut)),
            None => {}
        }
        let path = ["/sharing/rest/", &encoded.path].concat();
        let endpoint = practice_portal::endpoint::route(&path).expect("the client asks what a portal knows").0;
        let is_meant = self.crash.is_some_and(|crash| crash.1 == endpoint);
        let is_spared = is_meant && self.spared > 0;
        self.spared -= u32::from(is_spared);
        let point = self.crash.take_if(|_| is_meant && !is_spared).map(|crash| crash.0);
        if point == Some(Point::BeforeSend) {
            return Err(Halt::Died);
        }
        if point == Some(Point::InFlight) {
            self.portal.fault_next(practice_portal::Fault::Late);
        }
        let answered = self.portal.answer(asked(&encoded));
        let timeout = encoded.timeout.millis();
        self.portal.advance(i64::try_from(answered.delay_ms.min(timeout.into())).expect("a short time"));
        if point.is_some() {
            return Err(Halt::Died);
        }
        Ok(arrived(answered, timeout).and_then(|raw| decoder.decode(&raw)))
    }

    /// Clears memory and restores the draft from storage.
    fn reload(&mut self) {
        self.session = None;
        self.portal.advance(5_000);
        if std::mem::take(&mut self.new_tab) {
            (self.draft, self.pending) = (None, None);
            return;
        }
        let before = draft("Maps", KeyChoice::Now);
        if self.draft.as_deref().is_some_and(|text| Draft::restore(text) != Some(before)) {
            self.lost_drafts += 1;
        }
    }

    fn target() -> Target {
        Target {
            portal: PortalChoice::configured("practice"),
            root: PortalRoot::parse(PORTAL).expect("a plain address"),
            client_id: ClientId(CLIENT_ID.to_owned()),
        }
    }

    /// Leaves for the portal, returns, and exchanges the code, once.
    fn sign_in(&mut self) -> Result<bool, Halt> {
        self.random += 1;
        let (pending, url) = begin(&Self::target(), self.page, "#/new/summary", [self.random; 64], self.now());
        self.pending = Some(pending);
        let query = url.split_once('?').expect("it has a query").1;
        let Some(back) = self.portal.decide(query, "jane", true) else {
            // The portal shows its own error page; the user returns to a page without a pending sign-in.
            self.reload();
            return self
                .hears(News::CameBackAlone { client_id: CLIENT_ID.to_owned(), redirect_uri: self.page.to_owned() });
        };
        self.reload();
        let callback =
            AuthorizationResponse::parse(back.strip_prefix(self.page).expect("to the page")).expect("it is a callback");
        // Removed from storage before use.
        let pending = self.pending.take();
        let code = back.split(['?', '&']).find(|part| part.starts_with("code=")).unwrap_or_default().to_owned();
        let context = CallbackContext { redirect_uri: self.page, target: &|_| Some(Self::target()), now: self.now() };
        let redemption = match handle_response(callback, pending, &context) {
            Ok(redemption) => redemption,
            Err(problem) => return self.hears(News::SignInFailed(problem)),
        };
        self.codes_sent_twice += usize::from(self.codes.contains(&code));
        self.codes.push(code);
        let tokens = self.send(redemption.request, false)?;
        let client_id = redemption.target.client_id;
        let now = self.now();
        self.session = tokens.ok().map(|tokens| Active::new(Session::new(tokens, client_id, now), now));
        Ok(self.session.is_some())
    }

    /// Records an error message of the page.
    fn hears(&mut self, news: News) -> Result<bool, Halt> {
        self.news.push(news);
        if self.news.len() < MOST_NEWS { Ok(false) } else { Err(Halt::Left) }
    }

    /// Signs in and identifies the user, as often as necessary.
    fn come_in(&mut self) -> Result<(), Halt> {
        while self.session.is_none() {
            self.portal.advance(2_000);
            if !self.sign_in()? {
                continue;
            }
            match self.identify()? {
                Ok(account) => self.other_people += usize::from(account.username.0 != "jane"),
                Err(error) => {
                    self.session = None;
                    self.hears(unidentified(error))?;
                }
            }
        }
        Ok(())
    }

    /// Reads who has signed in, and retries if an answer is lost.
    fn identify(&mut self) -> Result<Result<account::Account, Error>, Halt> {
        for tries in 1.. {
            let answer = self.send(account::read(), true)?;
            match answer.as_ref().err().and_then(|error| active::identify_again_ms(error, tries)) {
                Some(pause) => self.portal.advance(pause.into()),
                None => return Ok(answer),
            }
        }
        unreachable!("it is asked a few times only")
    }

    /// Sends the request until there is an answer; signs in again if necessary.
    fn ask<T: 'static>(&mut self, request: impl Fn() -> Request<T>) -> Result<T, Halt> {
        loop {
            self.come_in()?;
            self.renew()?;
            let sent_in = self.session.as_ref().map(Active::began);
            match self.send(request(), true)? {
                Ok(answer) => return Ok(answer),
                Err(error) if active::ends_session(&error, sent_in, self.session.as_ref().map(Active::began)) => {
                    self.session = None;
                }
                Err(error) => {
                    self.portal.advance(2_000);
                    self.hears(unidentified(error))?;
                }
            }
        }
    }

    /// Renews the session if it is due.
    fn renew(&mut self) -> Result<(), Halt> {
        let now = self.now();
        let due = self.session.as_mut().and_then(|session| session.begin_renewal(now));
        let Some(request) = due else { return Ok(()) };
        let answer = self.send(request, false)?;
        let now = self.now();
        if !self.session.as_mut().is_none_or(|session| session.finish_renewal(answer, now)) {
            self.session = None;
        }
        Ok(())
    }

    /// One visit: reads the data of the steps, stays until the token is old, reads again, and signs out.
    fn walk(&mut self) -> Result<(), Halt> {
        let jane = || Username("jane".to_owned());
        let found = self.ask(|| folders::list(&jane()))?;
        assert_eq!(found.len(), self.portal.folders_of("jane").len());
        self.ask(|| search::items(&ItemQuery { org_id: "Xj56SBi2udA78cPR".to_owned(), ..ItemQuery::default() }))?;
        self.ask(|| items::newest(&jane(), None))?;
        self.portal.advance(27 * 60_000);
        self.ask(|| folders::list(&jane()))?;
        self.sign_out()
    }

    fn sign_out(&mut self) -> Result<(), Halt> {
        let end = self.session.as_ref().map(Active::end);
        if let Some(request) = end {
            // Cleared here whatever the portal answers.
            self.session = None;
            let _ = self.send(request, false)?;
        }
        Ok(())
    }

    /// Runs the visit to its end, through every crash of the tab.
    pub fn run(&mut self) {
        loop {
            match self.walk() {
                Ok(()) => break,
                Err(Halt::Died) => self.reload(),
                Err(Halt::Left) => {
                    self.left = true;
                    // A crash here ends the visit too.
                    let _ = self.sign_out();
                    break;
                }
            }
        }
        self.reload();
        self.portal.settle();
    }

    /// How many sessions are still valid at the portal an hour later, or after the portal's shortest session lifetime.
    pub fn sessions_left(&mut self) -> usize {
        self.portal.advance(HOUR_MS.max(self.portal.switches.sign_in.least_expiration * 60_000) + 1);
        self.portal.live_sessions().len() + self.portal.live_refresh_tokens()
    }
}

/// The message if the portal did not identify the user.
fn unidentified(error: Error) -> News {
    let cause = EndCause::Unidentified { host: "portal.example.com".to_owned(), error };
    News::SessionOver(SessionOver { cause, minutes_left: None, unfinished: None })
}
