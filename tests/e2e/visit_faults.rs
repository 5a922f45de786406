//! The calls of a visit under faults, in the page itself: code exchange, account, the data of the steps, session
//! renewal and sign-out; under `AKW_LONG`, each of them with every fault. `tests/it/matrix.rs` covers the calls of a
//! creation natively.

use std::collections::BTreeSet;

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::{Fault, Rule};

use crate::clock::QUICK_TIMERS;
use crate::complaints::Complaint;
use crate::journey::{self, Wish};
use crate::named_faults::named_faults;
use crate::page::Page;
use crate::pages::{CredentialsStep, DetailsStep, Header, ItemAccessStep, PortalPage, Problem, SignInPage, Wizard};
use crate::proof::{Part, tell};
use crate::session::later;
use crate::suite::note;
use crate::world::{Setup, World, is_long};

/// Typed before the fault.
const REFERRER: &str = "https://app.example.com";

/// Divides the page's timeouts by fifteen: it gives up an unanswered request after a second or two.
const HURRY: &str = "{ const timeout = AbortSignal.timeout.bind(AbortSignal); \
    AbortSignal.timeout = ms => timeout(ms / 15) }";

/// The browsers' messages about a failed request, first Chromium's, then Firefox's; the page itself logs nothing.
const OF_A_FAILED_REQUEST: [Complaint; 3] = [Complaint::Unanswered(""), Complaint::Status(429), Complaint::NotReadable];

#[derive(Debug, Clone, Copy)]
enum Call {
    CodeExchange,
    Account,
    Folders,
    Credentials,
    Items,
    Renewal,
    SignOut,
}

/// In the order of a visit; the last one deletes the draft.
const CALLS: [Call; 7] =
    [Call::CodeExchange, Call::Account, Call::Folders, Call::Credentials, Call::Items, Call::Renewal, Call::SignOut];

/// Each kind of fault that a browser distinguishes, once, and each call at least once. `tests/it/matrix.rs` tests
/// natively that the page's code recovers from every fault at every call.
const SHORT: [(Call, &str); 8] = [
    // The portal has accepted the code, but its answer does not arrive.
    (Call::CodeExchange, "cut short"),
    (Call::Account, "no CORS"),
    (Call::Folders, "200 says 500"),
    (Call::Credentials, "429"),
    (Call::Items, "200 page"),
    (Call::Items, "200 says 498"),
    (Call::Renewal, "refused"),
    (Call::SignOut, "timeout, no effect"),
];

impl Call {
    /// The request that fails: its endpoint, and how many requests to it succeed first.
    fn request(self) -> (Endpoint, u32) {
        match self {
            Call::CodeExchange => (Endpoint::Token, 0),
            Call::Account => (Endpoint::PortalsSelf, 0),
            Call::Folders => (Endpoint::UserContent, 0),
            Call::Credentials => (Endpoint::UserContent, 1),
            Call::Items => (Endpoint::Search, 0),
            Call::Renewal => (Endpoint::Token, 1),
            Call::SignOut => (Endpoint::RevokeToken, 0),
        }
    }

    /// The step at which the page reloads, and its heading.
    fn step(self) -> (&'static str, &'static str) {
        match self {
            Call::CodeExchange | Call::Account | Call::SignOut => ("credentials", CredentialsStep::HEADING),
            Call::Folders | Call::Credentials => ("details", DetailsStep::HEADING),
            Call::Items | Call::Renewal => ("item-access", ItemAccessStep::HEADING),
        }
    }

    /// Signs in, and triggers the call until its answer has arrived.
    async fn visit(self, world: &World) {
        match self {
            Call::CodeExchange | Call::Account => is_at_step_1(world).await,
            Call::Folders | Call::Credentials => folders_are_listed(world).await,
            Call::Items => items_are_listed(world.page()).await,
            Call::Renewal => stays_and_searches(world).await,
            Call::SignOut => return signs_out(world).await,
        }
        draft_is_kept(world.page()).await;
    }
}

/// A world with short timeouts, and with values typed on the first and the fourth step.
async fn hurried() -> World {
    let world = World::unopened(Setup::default()).await;
    for complaint in OF_A_FAILED_REQUEST {
        world.expect(complaint);
    }
    if is_long() {
        [500, 502, 503, 504].into_iter().for_each(|status| world.expect(Complaint::Status(status)));
    }
    let page = world.page();
    page.before_each_document(HURRY).await;
    page.before_each_document(QUICK_TIMERS).await;
    world.open().await;
    world.sign_in("jane").await;
    journey::to_details(page, &Wish { referrers: vec![REFERRER], ..Wish::small() }).await;
    DetailsStep(page).fill(DetailsStep::TITLE, "Kept").await;
    world
}

/// Signs in and retries like a user, until the page is back at this heading.
async fn comes_to(page: &Page, heading: &str) {
    page.until(&format!("the person is at {heading:?} again"), async || {
        if page.heading(heading).exists().await {
            return true;
        }
        if page.heading(PortalPage::HEADING).exists().await {
            PortalPage(page).allow("jane").await;
        } else {
            let _ =
                page.button(SignInPage::SIGN_IN).try_click().await || page.button(Problem::TRY_AGAIN).try_click().await;
        }
        false
    })
    .await;
}

/// The faults and their calls: [`SHORT`], or all combinations under `AKW_LONG`.
fn troubles() -> Vec<(Call, &'static str, Fault)> {
    let mut faults = named_faults();
    faults.push(("no CORS", Fault::NoCors));
    if is_long() {
        let at = |call: Call| faults.iter().map(move |(name, fault)| (call, *name, fault.clone()));
        return CALLS.into_iter().flat_map(at).collect();
    }
    let named =
        |name: &str| faults.iter().find(|fault| fault.0 == name).unwrap_or_else(|| panic!("no fault is {name}"));
    SHORT.iter().map(|(call, name)| (*call, *name, named(name).1.clone())).collect()
}

/// Reloads the page, and applies this fault once afterwards.
async fn goes_wrong(world: &World, (call, name, fault): (Call, &str, Fault)) {
    note(format!("{call:?}: {name}"));
    let page = world.page();
    let (step, heading) = call.step();
    // After signing out, the page begins at the first step anyway.
    if page.button(Header::SIGN_OUT).exists().await {
        page.js(&format!("location.hash = '#/new/{step}'")).await;
        page.heading(heading).wait().await;
    }
    page.reload().await;
    SignInPage(page).wait().await;
    let (endpoint, skip) = call.request();
    world.portal(|portal| portal.add_fault(Rule { skip, ..Rule::once(endpoint, fault) }));
    call.visit(world).await;
    assert!(world.portal(|portal| portal.faults_are_spent()), "{call:?}: {name} did not happen");
}

async fn whatever_goes_wrong_in_a_visit_is_gone_on_from_with_all_that_was_typed() {
    let world = hurried().await;
    let made = world.items_of("jane");
    let troubles = troubles();
    let count = troubles.len();
    for (call, name, fault) in troubles {
        goes_wrong(&world, (call, name, fault)).await;
        assert_eq!(world.items_of("jane"), made, "{call:?}: {name} made something");
    }
    codes_were_sent_once(&world).await;
    let calls = CALLS.len();
    tell(
        Part::Browsers,
        &format!(
            "a visit of {calls} calls: {count} faults in the page, each gone on from, 0 drafts lost, 0 codes sent twice"
        ),
    );
    world.end().await;
}

async fn codes_were_sent_once(world: &World) {
    let seen = world.page().seen().await;
    let mut codes = BTreeSet::new();
    for sent in seen.requests.iter().filter(|request| request.body.contains("grant_type=authorization_code")) {
        let code = sent.body.split('&').find(|pair| pair.starts_with("code=")).expect("an exchange has a code");
        assert!(codes.insert(code.to_owned()), "a code was sent twice");
    }
    assert!(!codes.is_empty(), "no exchange was seen");
}

/// Checks that everything typed before the fault is still there, even if no step shows it.
async fn draft_is_kept(page: &Page) {
    let draft = page.js("sessionStorage.getItem('akw.draft')").await;
    assert!(draft.as_str().is_some_and(|text| text.contains(REFERRER)), "the draft is lost: {draft}");
}

async fn is_at_step_1(world: &World) {
    comes_to(world.page(), CredentialsStep::HEADING).await;
    CredentialsStep(world.page()).remove(REFERRER).wait().await;
}

/// Waits until the folders are listed, and reopens their step if necessary.
async fn folders_are_listed(world: &World) {
    let page = world.page();
    comes_to(page, DetailsStep::HEADING).await;
    page.until("the folders are listed", async || {
        if page.text().await.contains("Your folders cannot be listed now") {
            page.button(Wizard::BACK).click().await;
            ItemAccessStep(page).wait().await;
            page.button(ItemAccessStep::SKIP).click().await;
        }
        comes_to(page, DetailsStep::HEADING).await;
        world.portal(|portal| portal.faults_are_spent()) && page.text().await.contains("This folder will be created.")
    })
    .await;
    assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Kept");
}

/// Waits until there are items to choose.
async fn items_are_listed(page: &Page) {
    page.until("items are listed", async || {
        if page.dialog("*").checkbox("*").first().exists().await {
            return true;
        }
        if !page.dialog("*").exists().await {
            // The dialog was not opened yet, or closed with the session.
            comes_to(page, ItemAccessStep::HEADING).await;
            let _ = page.button(ItemAccessStep::BROWSE).try_click().await;
        }
        let _ = page.button(Problem::TRY_AGAIN).try_click().await;
        false
    })
    .await;
    page.button("Cancel").click().await;
}

/// Signs out: checks that the page is empty whatever the portal answers, and that it names a session that may still
/// be valid.
async fn signs_out(world: &World) {
    const LAST: &str = "https://last.example.com";
    let page = world.page();
    comes_to(page, CredentialsStep::HEADING).await;
    CredentialsStep(page).add_referrer(LAST).await;
    page.until("it is kept", async || page.stored().await.contains(LAST)).await;
    let before = world.live_sessions();
    Header::sign_out_with_answers(page).await;
    page.shows("You are signed out").await;
    page.until("the session is over, or is told to live on", async || {
        world.live_sessions() < before || page.text().await.contains("may stay valid")
    })
    .await;
    page.until("nothing that was typed is kept", async || {
        let stored = page.stored().await;
        !stored.contains(LAST) && !stored.contains(REFERRER)
    })
    .await;
}

/// Stays until the session must be renewed, and searches for items.
async fn stays_and_searches(world: &World) {
    let page = world.page();
    let heading = ItemAccessStep::HEADING;
    // This request is the code exchange, not the renewal.
    comes_to(page, heading).await;
    let dialog = ItemAccessStep(page).browse().await;
    later(world, 14).await;
    dialog.search("e").await;
    later(world, 13).await;
    dialog.search("a").await;
    page.until("the session is renewed, or begun anew", async || {
        let is_renewed = world.portal(|portal| portal.faults_are_spent());
        if page.dialog("*").first().exists().await {
            let is_there = is_renewed && page.dialog("*").checkbox("*").first().exists().await;
            let _ = !is_there && page.button(Problem::TRY_AGAIN).try_click().await;
            return is_there;
        }
        comes_to(page, heading).await;
        is_renewed
    })
    .await;
    // Closes the dialog, unless the session's end has closed it.
    let _ = page.button("Cancel").try_click().await;
}

crate::suite::tests! {
    one: [
        whatever_goes_wrong_in_a_visit_is_gone_on_from_with_all_that_was_typed,
    ]
}
