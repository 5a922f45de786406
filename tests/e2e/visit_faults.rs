//! Every call of a visit under a fault of each kind, at length under every fault, in the page itself: the exchange of the code, who has signed in, what the
//! steps read, the renewal of the session, its end. The calls of a creation are tried natively (`tests/it/matrix.rs`).

use std::collections::BTreeSet;

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::{Fault, Rule};

use crate::complaints::Complaint;
use crate::journey::{self, Wish};
use crate::named_faults::named_faults;
use crate::page::Page;
use crate::pages::{CredentialsStep, DetailsStep, Header, ItemAccessStep, PortalPage, Problem, SignInPage, Wizard};
use crate::proof::{Part, tell};
use crate::session::later;
use crate::suite::note;
use crate::world::{Setup, World, is_long};

/// How each row but that of the sign-out ends, which wipes what was typed.
const KEPT: &str = "0 drafts lost";

/// What was typed before anything went wrong.
const REFERRER: &str = "https://app.example.com";

/// Lets the page wait a fifteenth of the time: what nobody answers is given up after a second or two.
const HURRY: &str = "{ const timeout = AbortSignal.timeout.bind(AbortSignal), later = setTimeout; \
    AbortSignal.timeout = ms => timeout(ms / 15); \
    globalThis.setTimeout = (run, ms, ...rest) => later(run, ms >= 2000 ? ms / 15 : ms, ...rest) }";

/// What browsers print of a request that fails, Chromium and then Firefox; the page itself says nothing there.
const OF_A_FAILED_REQUEST: [Complaint; 3] = [Complaint::Unanswered(""), Complaint::Status(429), Complaint::NotReadable];

/// The page at step 1 with something typed, in a hurry.
async fn hurried() -> World {
    let world = World::unopened(Setup::default()).await;
    for complaint in OF_A_FAILED_REQUEST {
        world.expect(complaint);
    }
    if is_long() {
        [500, 502, 503, 504].into_iter().for_each(|status| world.expect(Complaint::Status(status)));
    }
    world.page().before_each_document(HURRY).await;
    world.open().await;
    world.sign_in("jane").await;
    CredentialsStep(world.page()).add_referrer(REFERRER).await;
    world
}

/// Does what a person would: signs in and tries again, until the page is where it was.
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

/// One fault of each kind that a browser tells apart, or all of them: natively the others differ in what they say.
fn faults() -> Vec<(&'static str, Fault)> {
    let mut faults = named_faults();
    faults.push(("no CORS", Fault::NoCors));
    let kinds =
        ["refused", "cut short", "timeout, no effect", "no CORS", "200 page", "200 says 500", "429", "200 says 498"];
    faults.retain(|(name, _)| is_long() || kinds.contains(name));
    assert!(faults.len() >= kinds.len(), "{faults:?}");
    faults
}

/// Each fault at the request of this number, as the page asks for what a visit asks.
async fn under_each_fault(
    (call, end): (&str, &str),
    (endpoint, skip): (Endpoint, u32),
    visit: impl AsyncFn(&World, bool),
) {
    let world = hurried().await;
    let made = world.items_of("jane");
    visit(&world, false).await;
    let faults = faults();
    for (name, fault) in &faults {
        note(format!("{call}: {name}"));
        world.page().reload().await;
        SignInPage(world.page()).wait().await;
        world.portal(|portal| portal.add_fault(Rule { skip, ..Rule::once(endpoint, fault.clone()) }));
        visit(&world, true).await;
        assert!(world.portal(|portal| portal.faults_are_spent()), "{name} did not happen");
        assert_eq!(world.items_of("jane"), made, "{name} made something");
    }
    codes_were_sent_once(&world).await;
    let count = faults.len();
    tell(Part::Browsers, &format!("{call}: {count} faults in the page, each gone on from, {end}, 0 codes sent twice"));
    world.end().await;
}

async fn codes_were_sent_once(world: &World) {
    let seen = world.page().seen().await;
    let mut codes = BTreeSet::new();
    for sent in seen.requests.iter().filter(|it| it.body.contains("grant_type=authorization_code")) {
        let code = sent.body.split('&').find(|it| it.starts_with("code=")).expect("an exchange has a code");
        assert!(codes.insert(code.to_owned()), "a code was sent twice");
    }
    assert!(!codes.is_empty(), "no exchange was seen");
}

/// What was typed before the fault is still there, also where no step shows it.
async fn draft_is_kept(page: &Page) {
    let draft = page.js("sessionStorage.getItem('akw.draft')").await;
    assert!(draft.as_str().is_some_and(|it| it.contains(REFERRER)), "the draft is lost: {draft}");
}

async fn is_at_step_1(world: &World, _: bool) {
    comes_to(world.page(), CredentialsStep::HEADING).await;
    CredentialsStep(world.page()).remove(REFERRER).wait().await;
    draft_is_kept(world.page()).await;
}

async fn each_fault_of_the_exchange_of_the_code_ends_in_a_session_and_the_draft() {
    under_each_fault(("C1 code exchange", KEPT), (Endpoint::Token, 0), is_at_step_1).await;
}

async fn each_fault_of_the_question_who_has_signed_in_ends_in_a_session_and_the_draft() {
    under_each_fault(("C2 portals/self", KEPT), (Endpoint::PortalsSelf, 0), is_at_step_1).await;
}

/// On to the fourth step if that is not where the person is; its title typed, and the folders listed.
async fn folders_are_listed(world: &World, again: bool) {
    let page = world.page();
    if !again {
        journey::credentials(page, &Wish::small()).await;
        journey::privileges(page, &Wish::small()).await;
        page.button(ItemAccessStep::SKIP).click().await;
        DetailsStep(page).fill(DetailsStep::TITLE, "Kept").await;
    }
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
    draft_is_kept(page).await;
}

async fn each_fault_of_the_list_of_folders_is_told_and_mended_by_coming_back_to_the_step() {
    under_each_fault(("C3 list folders", KEPT), (Endpoint::UserContent, 0), folders_are_listed).await;
}

async fn each_fault_of_the_list_of_credentials_leads_to_the_same_step() {
    under_each_fault(("C3 list credentials", KEPT), (Endpoint::UserContent, 1), folders_are_listed).await;
}

/// At the third step, with items to choose from.
async fn items_are_listed(world: &World, again: bool) {
    let page = world.page();
    if !again {
        journey::credentials(page, &Wish::small()).await;
        journey::privileges(page, &Wish::small()).await;
    }
    page.until("items are listed", async || {
        if page.dialog("*").checkbox("*").first().exists().await {
            return true;
        }
        if !page.dialog("*").exists().await {
            // Not opened yet, or it went with the session.
            comes_to(page, ItemAccessStep::HEADING).await;
            let _ = page.button(ItemAccessStep::BROWSE).try_click().await;
        }
        let _ = page.button(Problem::TRY_AGAIN).try_click().await;
        false
    })
    .await;
    page.button("Cancel").click().await;
    draft_is_kept(page).await;
}

async fn each_fault_of_the_list_of_items_ends_in_items() {
    under_each_fault(("C3 list items", KEPT), (Endpoint::Search, 0), items_are_listed).await;
}

/// Signs out: the page is empty whatever the portal answers, and a session that may live on is told.
async fn signs_out(world: &World, again: bool) {
    let page = world.page();
    comes_to(page, CredentialsStep::HEADING).await;
    let step = CredentialsStep(page);
    if again {
        assert!(!step.remove(REFERRER).exists().await, "the draft outlived the sign-out");
        step.add_referrer(REFERRER).await;
    }
    let before = world.live_sessions();
    Header::sign_out_with_answers(page).await;
    page.shows("You are signed out").await;
    page.until("the session is over, or is told to live on", async || {
        world.live_sessions() < before || page.text().await.contains("may stay valid")
    })
    .await;
}

async fn each_fault_of_the_sign_out_wipes_the_page_and_is_told_where_the_session_may_live() {
    under_each_fault(("C13 revoke session", "each draft wiped"), (Endpoint::RevokeToken, 0), signs_out).await;
}

/// Stays until the session has to be renewed, and looks for items.
async fn stays_and_searches(world: &World, again: bool) {
    let page = world.page();
    if !again {
        journey::credentials(page, &Wish::small()).await;
        journey::privileges(page, &Wish::small()).await;
    }
    let heading = ItemAccessStep::HEADING;
    // The exchange of the code comes first, and is not the one meant.
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
    draft_is_kept(page).await;
}

async fn each_fault_of_the_renewal_of_a_session_is_gone_on_from() {
    under_each_fault(("C14 refresh", KEPT), (Endpoint::Token, 1), stays_and_searches).await;
}

crate::suite::tests! {
    both: [
        each_fault_of_the_exchange_of_the_code_ends_in_a_session_and_the_draft,
        each_fault_of_the_sign_out_wipes_the_page_and_is_told_where_the_session_may_live,
    ],
    one: [
        each_fault_of_the_list_of_items_ends_in_items,
        each_fault_of_the_question_who_has_signed_in_ends_in_a_session_and_the_draft,
        each_fault_of_the_list_of_folders_is_told_and_mended_by_coming_back_to_the_step,
        each_fault_of_the_list_of_credentials_leads_to_the_same_step,
        each_fault_of_the_renewal_of_a_session_is_gone_on_from,
    ]
}
