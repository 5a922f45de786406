//! Client and portal over a real socket: encoding, sign-in, creation, refusals, broken answers.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use key_wizard_core::auth::callback::AuthorizationResponse;
use key_wizard_core::auth::session::Session;
use key_wizard_core::auth::sign_in::{CallbackContext, SignInProblem, begin, handle_response};
use key_wizard_core::auth::target::Target;
use key_wizard_core::config::PortalChoice;
use key_wizard_core::credential::draft::KeyChoice;
use key_wizard_core::operation::environment::{Environment, run};
use key_wizard_core::operation::journal::Journal;
use key_wizard_core::operation::{self, Answer, Call, Event, Stage, State};
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::{ClientId, Username};
use key_wizard_core::portal::request::{Request, Timeout};
use key_wizard_core::portal::search::{ItemQuery, Sharing};
use key_wizard_core::portal::{account, folders, search};
use key_wizard_core::secret::Secret;
use key_wizard_core::timestamp::Timestamp;
use practice_portal::exchange::Method;
use practice_portal::serve::{self, Running};
use practice_portal::{Asked, Endpoint, Fault, Portal};

use crate::client::Client;
use crate::wish::plan;
use crate::world::NOW_MS;

const PAGE: &str = "http://127.0.0.1:8080/";
const CLIENT_ID: &str = "key-wizard-demo";

struct Wire {
    running: Running,
    client: Client,
}

impl Wire {
    async fn start() -> Self {
        let mut portal = Portal::demo(NOW_MS);
        portal.register_client(CLIENT_ID, "ArcGIS Key Wizard", &[PAGE]);
        let running = serve::start(portal, 0).await.expect("a port is free");
        let root = PortalRoot::parse(&running.url).expect("loopback may speak plain http");
        Self { running, client: Client { root } }
    }

    fn target(&self) -> Target {
        let client_id = ClientId(CLIENT_ID.to_owned());
        Target { portal: PortalChoice::configured("practice"), root: self.client.root.clone(), client_id }
    }

    /// Signs in as the page does; `change` modifies the callback in transit.
    async fn sign_in(&self, username: &str, change: fn(String) -> String) -> Result<Session, SignInProblem> {
        let target = self.target();
        let now = Timestamp(NOW_MS);
        let (pending, url) = begin(&target, PAGE, "#/new/summary", random(), now);
        let query = url.split_once('?').expect("it has a query").1;
        let back = self.running.with(|portal| portal.decide(query, username, true)).expect("the portal sends back");
        let callback = change(back.strip_prefix(PAGE).expect("to the page").to_owned());
        let callback = AuthorizationResponse::parse(&callback).expect("it is a callback");
        let context = CallbackContext { redirect_uri: PAGE, target: &|_| Some(self.target()), now };
        let redemption = handle_response(callback, Some(pending), &context)?;
        let tokens = self.client.send(redemption.request, None).await;
        let tokens = tokens.map_err(|error| SignInProblem::of_exchange(error, &redemption.target.client_id))?;
        Ok(Session::new(tokens, redemption.target.client_id, now))
    }

    async fn jane(&self) -> Session {
        self.sign_in("jane", |answer| answer).await.expect("jane may sign in")
    }

    fn clear_log(&self) {
        self.running.with(Portal::clear_log);
    }
}

/// Distinct bytes; randomness is an argument, so a test needs none.
fn random() -> [u8; 64] {
    std::array::from_fn(|place| u8::try_from(place).expect("64 places"))
}

/// The page around one creation.
struct Page<'a> {
    wire: &'a Wire,
    session: Session,
    sent_when_shown: Cell<usize>,
    key: RefCell<Option<String>>,
    says: RefCell<Vec<Event>>,
}

impl<'a> Page<'a> {
    /// A page whose user sends these events, in order.
    fn new(wire: &'a Wire, session: Session, mut says: Vec<Event>) -> Self {
        says.reverse();
        wire.clear_log();
        Self { wire, session, sent_when_shown: Cell::new(0), key: RefCell::new(None), says: RefCell::new(says) }
    }

    async fn create(&self, folder: &str, key: KeyChoice) -> State {
        run(self, operation::begin(plan(folder, key)), Event::Started).await
    }
}

impl Environment for Page<'_> {
    async fn send(&self, call: &Call, client_secret: Option<&Secret>) -> Result<Answer, Error> {
        let request = call.request(&Username("jane".to_owned()), client_secret);
        let token = (!call.needs_client_secret()).then(|| self.session.token());
        self.wire.client.send(request, token).await
    }

    async fn next(&self, within_ms: Option<u32>) -> Event {
        match within_ms {
            Some(_) => Event::TimerFired,
            None => self.says.borrow_mut().pop().expect("the person was asked more often than expected"),
        }
    }

    fn save_journal(&self, _: &Journal) {}

    fn delete_journal(&self, _: &State) {}

    fn show_key(&self, key: Secret) {
        *self.key.borrow_mut() = Some(key.expose().to_owned());
        self.sent_when_shown.set(self.wire.running.with(|portal| portal.log().len()));
    }

    fn observe(&self, _: &State) {}

    fn now(&self) -> Timestamp {
        Timestamp(NOW_MS)
    }
}

#[tokio::test]
async fn a_person_signs_in_and_is_known() {
    let wire = Wire::start().await;
    let mut session = wire.jane().await;
    let account = wire.client.send(account::read(), Some(session.token())).await.expect("the portal knows the token");
    assert_eq!(account.username.0, "jane");
    assert!(account.privileges.iter().any(|id| id.is("portal:user:generateApiTokens")) && !account.org_name.is_empty());
    let request = session.refresh().expect("there is a refresh token");
    let tokens = wire.client.send(request, None).await.expect("it renews");
    assert!(session.renew(tokens, Timestamp(NOW_MS + 1)));
    wire.client.send(session.end(), None).await.expect("it ends");
    let known = wire.client.send(account::read(), Some(session.token())).await;
    assert_eq!(known, Err(Error::SignedOut));
}

#[tokio::test]
async fn a_code_is_good_for_one_exchange_with_its_own_proof() {
    let wire = Wire::start().await;
    let spoil = |text: String| text.replace("code=", "code=x");
    assert_eq!(wire.sign_in("jane", spoil).await.err(), Some(SignInProblem::CodeRefused));
}

#[tokio::test]
async fn each_request_is_a_post_without_a_header_that_names_a_token_or_this_page() {
    let wire = Wire::start().await;
    let page = Page::new(&wire, wire.jane().await, vec![Event::Acknowledged]);
    page.create("Fresh folder", KeyChoice::Now).await;
    wire.running.with(|portal| {
        for seen in portal.log() {
            assert_eq!(seen.method, Method::Post, "{}", seen.path);
            assert!(seen.referer.is_none() && !seen.bearer, "{}", seen.path);
            assert_eq!(seen.field_names().iter().filter(|name| **name == "token").count() > 0, {
                seen.endpoint != Some(Endpoint::Token)
            });
        }
    });
}

#[tokio::test]
async fn a_key_is_made_in_six_requests_and_works_only_where_it_may() {
    let wire = Wire::start().await;
    let page = Page::new(&wire, wire.jane().await, vec![Event::Acknowledged]);
    let end = page.create("Fresh folder", KeyChoice::Now).await;
    assert_eq!(end.stage, Stage::Acknowledged);
    assert_eq!(page.sent_when_shown.get(), 6, "nothing stands between the key's answer and its display");
    let key = page.key.take().expect("the key was shown");
    wire.running.with(|portal| {
        let names: Vec<_> = portal.log().iter().filter_map(|entry| entry.endpoint).collect();
        let expected = [
            Endpoint::CreateFolder,
            Endpoint::AddItem,
            Endpoint::RegisterApp,
            Endpoint::UpdateItem,
            Endpoint::ReadItem,
            Endpoint::Token,
        ];
        assert_eq!(names[..6], expected);
        let who = |referer: &str| {
            let asked = Asked::post("/sharing/rest/practice/whoami").json().field("token", &key).referer(referer);
            portal.clone().answer(asked).value()
        };
        let known = who("https://app.example.com/");
        assert_eq!(known["privileges"].as_array().map(Vec::len), Some(2), "{known}");
        assert!(who("https://shop.example.org/")["error"].is_null());
        assert_eq!(who("https://evil.example/")["error"]["code"], 498);
    });
}

#[tokio::test]
async fn a_folder_that_exists_and_a_key_for_later_take_four_requests_more_to_ask() {
    let wire = Wire::start().await;
    let page = Page::new(&wire, wire.jane().await, Vec::new());
    let end = page.create("", KeyChoice::Later).await;
    assert_eq!(end.stage, Stage::CreatedWithoutKey);
    let before_the_end = 4;
    wire.running.with(|portal| {
        let names: Vec<_> = portal.log().iter().filter_map(|entry| entry.endpoint).collect();
        let expected = [Endpoint::AddItem, Endpoint::RegisterApp, Endpoint::UpdateItem, Endpoint::ReadItem];
        assert_eq!(names[..before_the_end], expected);
        assert!(!names.contains(&Endpoint::Token));
    });
}

#[tokio::test]
async fn a_refused_registration_leaves_nothing_behind() {
    let wire = Wire::start().await;
    let before = wire.running.with(|portal| portal.credentials_of("jane").len());
    let page = Page::new(&wire, wire.jane().await, vec![Event::Discarded]);
    let fault = Fault::ErrorBody { code: 403, message: "You do not have permissions".to_owned() };
    wire.running.with(|portal| portal.fault(Endpoint::RegisterApp, fault));
    let end = page.create("", KeyChoice::Now).await;
    assert_eq!(end.stage, Stage::RolledBack);
    assert_eq!(wire.running.with(|portal| portal.credentials_of("jane").len()), before);
}

#[tokio::test]
async fn folders_and_items_are_found() {
    let wire = Wire::start().await;
    let session = wire.jane().await;
    let account = wire.client.send(account::read(), Some(session.token())).await.expect("jane is known");
    let folders = wire.client.send(folders::list(&account.username), Some(session.token())).await.expect("a list");
    assert_eq!(folders.len(), wire.running.with(|portal| portal.folders_of("jane").len()));
    let query = ItemQuery { org_id: account.org_id.clone(), ..ItemQuery::default() };
    let all = wire.client.send(search::items(&query), Some(session.token())).await.expect("a page");
    assert!(all.total > 5 && all.items.iter().all(|item| item.access != "public"));
    let word = all.items[0].title.split(' ').next().expect("a title has a word").to_owned();
    let found = ItemQuery { words: word.to_uppercase(), ..query.clone() };
    let found = wire.client.send(search::items(&found), Some(session.token())).await.expect("a page");
    assert!(found.items.iter().any(|item| item.id == all.items[0].id), "{word}");
    let hostile = ItemQuery { words: "\") OR access:public OR (\"".to_owned(), ..query.clone() };
    let found = wire.client.send(search::items(&hostile), Some(session.token())).await.expect("a page");
    assert!(found.items.iter().all(|item| item.access != "public"));
    let shared = ItemQuery { sharing: Some(Sharing::Organization), ..query };
    let found = wire.client.send(search::items(&shared), Some(session.token())).await.expect("a page");
    assert!(!found.items.is_empty() && found.items.iter().all(|item| item.access == "org"));
}

#[tokio::test]
async fn a_broken_answer_is_never_taken_for_one() {
    let wire = Wire::start().await;
    let session = wire.jane().await;
    let faults = [
        (Fault::DropBefore, "unreachable"),
        (Fault::Truncated, "unreachable"),
        (Fault::Html200, "unreadable"),
        (Fault::Empty, "unreadable"),
        (Fault::Huge, "unreadable"),
        (Fault::WrongTypes, "unreadable"),
        (Fault::BadGateway, "unreadable"),
        (Fault::Unavailable, "unreadable"),
        (Fault::Redirect, "unreadable"),
        (Fault::SuccessFalse, "refused"),
        (Fault::TooMany, "busy"),
        (Fault::ErrorBody { code: 499, message: "Token Required".to_owned() }, "signed out"),
    ];
    for (fault, expected) in faults {
        wire.running.with(|portal| portal.fault(Endpoint::PortalsSelf, fault.clone()));
        let answer = wire.client.send(account::read(), Some(session.token())).await;
        let kind = match answer.expect_err("the answer was broken") {
            Error::Unreachable => "unreachable",
            Error::Unreadable { .. } => "unreadable",
            Error::Refused(_) => "refused",
            Error::Busy { .. } => "busy",
            Error::SignedOut => "signed out",
        };
        assert_eq!(kind, expected, "{fault:?}");
    }
}

#[tokio::test]
async fn an_answer_that_drips_is_given_up_while_its_bytes_come() {
    let wire = Wire::start().await;
    wire.running.with(|portal| portal.fault(Endpoint::Info, Fault::SlowDrip));
    let (mut encoded, _) = Request::<()>::new("info".to_owned(), |_| Ok(())).encode();
    encoded.timeout = Timeout(400);
    let begun = Instant::now();
    assert_eq!(wire.client.post(encoded).await.err(), Some(Error::Unreachable));
    let took = begun.elapsed();
    assert!((Duration::from_millis(400)..Duration::from_secs(30)).contains(&took), "{took:?}");
    // The request took effect, and the next answer arrives whole.
    let (encoded, _) = Request::<()>::new("info".to_owned(), |_| Ok(())).encode();
    assert!(wire.client.post(encoded).await.is_ok());
}

#[tokio::test]
async fn a_portal_that_is_not_there_is_unreachable() {
    let root = PortalRoot::parse("http://127.0.0.1:1").expect("loopback may speak plain http");
    assert_eq!(Client { root }.send(account::read(), None).await, Err(Error::Unreachable));
}
