//! Signing in and out, and failures in between. Tables in `key-wizard-core`, `auth/sign_in`, and in
//! `tests/it/oauth.rs` cover callbacks that do not match, and the meaning of each refusal of the exchange.

use practice_portal::Portal;
use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::complaints::Complaint;
use crate::journey::{self, Wish};
use crate::pages::{
    CredentialsStep, Header, KeyStep, PortalPage, Prefilled, PrivilegesStep, Question, SignInPage, SummaryStep,
};
use crate::practice::{named_refusal, refusal};
use crate::world::{Setup, World};

/// The message for a sign-in that was not started in this tab.
const NOT_OF_THIS_TAB: &str = "This sign-in was not started in this tab";

impl World {
    /// Leaves for the portal; returns the address to which the portal would redirect this user, and stays on the
    /// portal's page.
    async fn callback_of_a_sign_in(&self, user: &str) -> String {
        SignInPage(self.page()).wait().await;
        SignInPage(self.page()).sign_in().await;
        PortalPage(self.page()).wait().await;
        let asked = self.page().url().await;
        let query = asked.split_once('?').expect("it is asked for something").1;
        let callback = self.portal(|portal| portal.decide(query, user, true)).expect("the portal sends back");
        assert!(callback.starts_with(self.site_url()) && callback.contains("code="), "{callback}");
        callback
    }
}

/// Checks that the page reports a problem with this sentence, and takes screenshots. All reports have the same
/// structure, so axe-core runs only on those with the most content.
async fn reports(world: &World, title: &str, picture: &str) {
    world.shows_problem(title).await;
    world.page().photograph_all(picture).await;
}

async fn a_person_signs_in_and_no_answer_is_redeemed_but_that_of_this_tab_and_once() {
    let world = World::start().await;
    let page = world.page();
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    let url = page.url().await;
    assert!(!url.contains("code=") && !url.contains("state="), "{url}");
    assert!(!page.history().await.iter().any(|entry| entry.contains("code=")), "{:?}", page.history().await);
    assert!(!page.stored().await.contains("verifier"), "the transaction is used up");

    let foreign = format!("{}?code=abc&state=of-someone-else", world.site_url());
    for (callback, picture) in [(world.last_callback().await, "0-used-state"), (foreign, "0-foreign-state")] {
        page.goto(&callback).await;
        page.button(SignInPage::SIGN_IN).wait().await;
        reports(&world, NOT_OF_THIS_TAB, picture).await;
        assert_eq!(world.calls_to("oauth2/token").await, 1, "it is not redeemed: {picture}");
        assert!(!page.url().await.contains("code="));
    }

    let callback = world.callback_of_a_sign_in("jane").await;
    let left = page.open_tab().await;
    page.goto(&callback).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    world.shows_problem(NOT_OF_THIS_TAB).await;
    assert_eq!(world.calls_to("oauth2/token").await, 1, "no code is redeemed in another tab");
    assert!(!page.url().await.contains("code="));
    page.switch_to(&left).await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    assert_eq!(world.calls_to("oauth2/token").await, 2);
    world.end().await;
}

async fn each_refusal_of_a_sign_in_is_reported_and_the_next_sign_in_goes_well() {
    let world = World::start().await;
    let page = world.page();
    SignInPage(page).wait().await;
    SignInPage(page).sign_in().await;
    PortalPage(page).cancel().await;
    reports(&world, "You did not allow this page to sign in", "0-denied").await;
    page.shows("The portal said: The user has denied your request").await;
    for (fault, title) in [
        (named_refusal("invalid_grant", "Invalid code"), "The portal did not accept the sign-in code"),
        // Without an error name, the page does not interpret the message.
        (refusal(400, "Invalid code"), "The sign-in could not be completed"),
        (refusal(401, "This app is <b>not</b> approved."), "The portal did not let this page in"),
    ] {
        world.fault(Endpoint::Token, fault);
        page.button(SignInPage::SIGN_IN).click().await;
        PortalPage(page).allow("jane").await;
        page.button(SignInPage::SIGN_IN).wait().await;
        world.shows_problem(title).await;
        world.clear_faults();
    }
    world.looks_well("0-not-approved").await;
    page.shows("The portal said: This app is <b>not</b> approved.").await;
    page.shows("its client ID is key-wizard-demo").await;
    page.shows("administrator").await;
    page.button(SignInPage::SIGN_IN).click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

async fn a_lost_answer_to_an_exchange_and_a_portal_that_went_down_are_reported() {
    let mut world = World::start().await;
    world.expect(Complaint::Unanswered("EMPTY_RESPONSE"));
    world.fault(Endpoint::Token, Fault::DropBefore);
    world.sign_in("jane").await;
    world.page().button(SignInPage::SIGN_IN).wait().await;
    reports(&world, "The sign-in could not be completed", "0-exchange-lost").await;
    world.clear_faults();
    // The next sign-in begins normally, but the portal is down on the return.
    world.expect(Complaint::Unanswered("CONNECTION_REFUSED"));
    let callback = world.callback_of_a_sign_in("jane").await;
    let (host, url) = (world.portal_host(), world.portal_url());
    world.others.push(url);
    // Assigning a new portal drops and stops the old one.
    world.portal = practice_portal::serve::start(Portal::demo(0), crate::browser::port()).await.expect("a free port");
    world.page().goto(&callback).await;
    reports(&world, &format!("{host} does not answer"), "0-portal-down").await;
    world.end().await;
}

/// `validateRedirectUri` is undocumented, so its failure must not block anyone.
async fn an_undocumented_call_that_fails_keeps_nobody_out_and_its_refusal_is_shown_before_leaving() {
    let world = World::unopened(Setup::default()).await;
    world.expect(Complaint::NotReadable);
    let page = world.page();
    // An older portal lacks this call.
    let no_such_call = Fault::ErrorBody { code: 404, message: "Invalid URL".to_owned() };
    for fault in [Fault::NoCors, Fault::Redirect, no_such_call] {
        let before = world.calls_to("oauth2/validateRedirectUri").await;
        world.fault(Endpoint::ValidateRedirectUri, fault);
        world.open().await;
        SignInPage(page).wait().await;
        page.until("it was asked", async || world.calls_to("oauth2/validateRedirectUri").await > before).await;
        // A failed call is not a refusal: one press leads to the portal.
        SignInPage(page).sign_in().await;
        PortalPage(page).wait().await;
        world.clear_faults();
    }
    world.fault(Endpoint::ValidateRedirectUri, named_refusal("invalid_client_id", "Invalid client_id"));
    world.open().await;
    page.button(SignInPage::SIGN_IN_ANYWAY).click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    world.clear_faults();

    let unknown = World::config(&world.portal_url()).replace("key-wizard-demo", "nobody-knows-me");
    world.site.replace("config.json", unknown.into_bytes());
    world.open().await;
    reports(&world, &format!("{} does not know this page", world.portal_host()), "0-client-unknown").await;
    assert!(page.url().await.starts_with(world.site_url()));
    world.end().await;
}

/// As if the user denied it in the browser, or in a frame without `allow="local-network-access"`.
const LOCAL_NETWORK_DENIED: &str = "navigator.permissions.query = async ({ name }) => ({ state: name === 'local-network-access' ? 'denied' : 'prompt' })";

async fn a_browser_that_may_not_reach_the_local_network_has_its_own_message() {
    let nobody = format!("http://127.0.0.1:{}", crate::browser::port());
    let root = nobody.clone();
    let config = Box::new(move |_: &str| Some(World::config(&root)));
    let mut world = World::unopened(Setup { config, ..Setup::default() }).await;
    world.others.push(nobody.clone());
    world.expect(Complaint::Unanswered("CONNECTION_REFUSED"));
    world.page().before_each_document(LOCAL_NETWORK_DENIED).await;
    world.open().await;
    let host = nobody.trim_start_matches("http://").to_owned();
    reports(&world, &format!("Your browser does not let this page reach {host}"), "0-local-network").await;
    world.end().await;
}

async fn an_address_that_is_no_portal_is_named_and_another_portal_is_confirmed_by_its_host() {
    let world = World::configured(|_| {
        r#"{"portals":[{"id":"a","name":"Elsewhere","url":"https://portal.example","clientId":"x"}],"allowOtherPortals":true}"#.to_owned()
    })
    .await;
    let page = world.page();
    world.is_taken_over().await;
    world.choose_portal("Another portal").await;
    page.textbox("Client ID").fill(&"0f".repeat(16)).await;
    page.announces("This looks like the id of an item").await;
    page.textbox("Portal address").fill("https://location.arcgis.com/credentials").await;
    page.button(SignInPage::SIGN_IN).click().await;
    page.shows("This is a site of Esri's, not a portal.").await;
    page.until("the field has the focus", async || page.focused().await.name == "Portal address").await;
    page.photograph_all("0-no-portal").await;
    page.is_accessible("an address that is no portal").await;
    page.button("Use https://www.arcgis.com").click().await;
    assert_eq!(page.textbox("Portal address").value().await, "https://www.arcgis.com");
    page.until("it is mended", async || !page.textbox("Portal address").is("invalid").await).await;

    page.textbox("Portal address").fill("https://user:pass@evil.example").await;
    page.textbox("Client ID").fill("key-wizard-demo").await;
    page.button(SignInPage::SIGN_IN).click().await;
    page.textbox("Portal address").becomes("invalid").await;
    page.textbox("Portal address").fill(&world.portal_url()).await;
    page.button(SignInPage::SIGN_IN).click().await;
    let go = format!("Continue to {}", world.portal_host());
    page.until("the question has the focus", async || page.focused().await.name == go).await;
    page.button(&go).click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    page.shows(&world.portal_host()).await;
    world.end().await;
}

async fn an_old_release_is_the_reason_shown_and_somebody_else_may_sign_in() {
    let prepare = Box::new(|portal: &mut Portal| portal.switches.enterprise_version = "11.3.0".to_owned());
    let world = World::with(Setup { prepare, ..Setup::default() }).await;
    let page = world.page();
    world.sign_in("jane").await;
    page.shows("This portal is ArcGIS Enterprise 11.3, which has no API keys").await;
    page.photograph_all("9-old-enterprise").await;
    page.is_accessible("the page of an old release").await;
    page.button("Sign in as somebody else").click().await;
    PortalPage(page).wait().await;
    assert!(page.url().await.ends_with("&force_login=true"), "it asks who signs in");
    page.until("the session of the first one is over", async || world.live_sessions() == 0).await;
    PortalPage(page).allow("max").await;
    page.shows("Try anyway").await;
    page.button("Try anyway").click().await;
    CredentialsStep(page).wait().await;
    // A later release has keys, to which it gives no privileges of its own.
    world.portal(|portal| portal.switches.enterprise_version = "11.4.0".to_owned());
    world.reload_signed_in("jane").await;
    CredentialsStep(page).wait().await;
    page.js("location.hash = '#/new/privileges'").await;
    page.shows("This portal is ArcGIS Enterprise 11.4, whose keys can have no general or administrative privileges")
        .await;
    world.end().await;
}

async fn a_portal_that_refuses_this_origin_is_reported_with_the_setting_to_change() {
    // A host other than the page's, as for most portals.
    let at = |root: &str| root.replace("127.0.0.1", "localhost");
    let config = Box::new(move |root: &str| Some(World::config(&at(root))));
    let mut world = World::unopened(Setup { config, ..Setup::default() }).await;
    world.others.push(at(&world.portal_url()));
    world.expect(Complaint::NotReadable);
    world.portal(|portal| portal.switches.allowed_origins.push("https://elsewhere.example".to_owned()));
    world.open().await;
    let page = world.page();
    SignInPage(page).wait().await;
    let title = format!("{} does not allow this page", at(&world.portal_host()));
    world.shows_problem(&title).await;
    // A different address from the portal's usual one.
    let asked =
        async |path: &str| page.seen().await.requests.iter().filter(|request| request.url.contains(path)).count();
    let before = asked("oauth2/validateRedirectUri").await;
    assert!(before > 0, "it was asked while the screen was read");
    SignInPage(page).sign_in().await;
    page.until("it was asked again", async || asked("oauth2/validateRedirectUri").await > before).await;
    reports(&world, &title, "0-origin-refused").await;
    page.is_accessible("the setting to change").await;
    assert_eq!(asked("oauth2/authorize").await, 0, "nobody leaves in vain");
    page.shows("Allow origins").await;
    page.shows(world.site_origin()).await;
    assert!(page.url().await.starts_with(world.site_url()));
    world.end().await;
}

async fn signing_out_asks_before_answers_are_lost_ends_the_session_and_forgets_everything() {
    let world = World::signed_in("jane").await;
    world.expect(Complaint::Unanswered("EMPTY_RESPONSE"));
    let page = world.page();
    let step = CredentialsStep(page);
    step.add_referrer("https://mine.example").await;
    step.remove("https://mine.example").wait().await;
    page.button(Header::SIGN_OUT).click().await;
    page.heading(Header::ANSWERS).wait().await;
    page.photograph_all("1-answers-question").await;
    page.button(Question::STAY).click().await;
    page.heading(Header::ANSWERS).gone().await;
    step.remove("https://mine.example").wait().await;
    // What was found in code goes with the answers, too.
    page.link(PrivilegesStep::HEADING).click().await;
    page.button("Paste code").click().await;
    page.textbox("Your code").fill("fetch('https://route-api.arcgis.com/arcgis')").await;
    page.button("Choose these").wait().await;
    Header::sign_out_with_answers(page).await;
    SignInPage(page).wait().await;
    page.shows("You are signed out").await;
    page.until("the portal has no session", async || world.live_sessions() == 0).await;
    assert!(!page.text().await.contains("jane"));

    world.sign_in("jane").await;
    step.wait().await;
    page.textbox(CredentialsStep::REFERRERS).wait().await;
    assert!(!page.text().await.contains("https://mine.example"), "the answers are gone");
    // Without answers the page does not ask.
    world.fault(Endpoint::RevokeToken, Fault::DropBefore);
    page.button(Header::SIGN_OUT).click().await;
    reports(&world, "You are signed out here", "9-signed-out-not-told").await;
    page.shows("The portal did not confirm the end of the session, which may stay valid there for up to 30 minutes.")
        .await;
    assert!(world.live_sessions() > 0, "it does live on");
    world.end().await;
}

async fn answers_of_one_person_are_compared_with_the_account_of_the_next() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let titles = journey::to_summary(page, &Wish { items: 1, ..Wish::small() }).await;
    world.portal(|portal| {
        let nora = portal.user_mut("nora").expect("the demo has her");
        nora.privileges.retain(|id| id != "premium:user:basemaps");
    });
    world.reload_signed_in("nora").await;
    SummaryStep(page).wait().await;
    let notice = Prefilled(page).titled("Another account was used in this tab");
    notice.wait().await;
    Prefilled(page).open_left_out().await;
    page.shows("premium:user:basemaps was left out").await;
    page.photograph_all("5-other-account").await;
    assert!(!page.text().await.contains(&titles[0]), "a title of another account");
    page.group(Prefilled::UNRESOLVED).wait().await;
    SummaryStep(page).create().await;
    page.shows("There is a problem").await;
    assert!(world.credentials_of("nora").is_empty());

    world.reload_signed_in("jane").await;
    page.group(Prefilled::UNRESOLVED).gone().await;
    page.shows(&titles[0]).await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_person_signs_in_and_no_answer_is_redeemed_but_that_of_this_tab_and_once,
        a_lost_answer_to_an_exchange_and_a_portal_that_went_down_are_reported,
        a_portal_that_refuses_this_origin_is_reported_with_the_setting_to_change,
    ],
    one: [
        signing_out_asks_before_answers_are_lost_ends_the_session_and_forgets_everything,
        each_refusal_of_a_sign_in_is_reported_and_the_next_sign_in_goes_well,
        an_undocumented_call_that_fails_keeps_nobody_out_and_its_refusal_is_shown_before_leaving,
        a_browser_that_may_not_reach_the_local_network_has_its_own_message,
        an_address_that_is_no_portal_is_named_and_another_portal_is_confirmed_by_its_host,
        an_old_release_is_the_reason_shown_and_somebody_else_may_sign_in,
        answers_of_one_person_are_compared_with_the_account_of_the_next,
    ]
}
