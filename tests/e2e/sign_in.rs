//! Signing in and out, and everything that can go wrong on the way.

use practice_portal::Portal;
use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::complaints::Complaint;
use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, DetailsStep, Header, PortalPage, SignInPage};
use crate::practice::{named_refusal, refusal};
use crate::world::{Setup, World};

/// The sentence of a sign-in that this tab knows nothing of.
const NOT_OF_THIS_TAB: &str = "This sign-in was not started in this tab";

impl World {
    /// Leaves for the portal; returns how it would send this person back, who stays on its page.
    async fn callback_of_a_sign_in(&self, user: &str) -> String {
        SignInPage(self.page()).wait().await;
        SignInPage(self.page()).sign_in().await;
        PortalPage(self.page()).wait().await;
        let asked = self.page().url().await;
        let query = asked.split_once('?').expect("it is asked for something").1;
        let callback = self.portal(|it| it.decide(query, user, true)).expect("the portal sends back");
        assert!(callback.starts_with(self.site_url()) && callback.contains("code="), "{callback}");
        callback
    }
}

/// A problem is told by this sentence, on a page that is worth a look.
async fn told(world: &World, title: &str, picture: &str) {
    world.problem_is_told(title).await;
    world.page().photograph_all(picture).await;
    world.page().is_accessible(picture).await;
}

async fn a_person_signs_in_and_the_address_forgets_the_code() {
    let world = World::start().await;
    let page = world.page();
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    let url = page.url().await;
    assert!(!url.contains("code=") && !url.contains("state="), "{url}");
    assert!(!page.history().await.iter().any(|it| it.contains("code=")), "{:?}", page.history().await);
    assert!(!page.stored().await.contains("verifier"), "the transaction is used up");
    world.end().await;
}

async fn a_refusal_at_the_portal_is_told_and_one_can_try_again() {
    let world = World::start().await;
    let page = world.page();
    SignInPage(page).wait().await;
    SignInPage(page).sign_in().await;
    PortalPage(page).cancel().await;
    told(&world, "You did not allow this page to sign in", "0-denied").await;
    page.shows("The portal said: The user has denied your request").await;
    page.button(SignInPage::SIGN_IN).click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

async fn an_answer_with_a_foreign_state_is_refused() {
    let world = World::start().await;
    let page = world.page();
    page.goto(&format!("{}?code=abc&state=of-someone-else", world.site_url())).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    told(&world, NOT_OF_THIS_TAB, "0-foreign-state").await;
    assert_eq!(world.calls_to("oauth2/token").await, 0, "a foreign code is never redeemed");
    assert!(!page.url().await.contains("code="));
    world.end().await;
}

async fn an_answer_that_was_already_used_is_refused() {
    let world = World::start().await;
    let page = world.page();
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    let callback = world.last_callback().await;
    page.goto(&callback).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    told(&world, NOT_OF_THIS_TAB, "0-used-state").await;
    assert_eq!(world.calls_to("oauth2/token").await, 1);
    world.end().await;
}

async fn an_answer_that_comes_back_in_another_tab_is_refused_and_the_tab_that_left_still_signs_in() {
    let world = World::start().await;
    let page = world.page();
    let callback = world.callback_of_a_sign_in("jane").await;
    let left = page.open_tab().await;
    page.goto(&callback).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    world.problem_is_told(NOT_OF_THIS_TAB).await;
    assert_eq!(world.calls_to("oauth2/token").await, 0, "no code is redeemed");
    assert!(!page.url().await.contains("code="));
    page.switch_to(&left).await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    assert_eq!(world.calls_to("oauth2/token").await, 1);
    world.end().await;
}

/// The exchange of the code goes wrong, which is told; the next sign-in goes well.
async fn an_exchange_fails_once(world: World, fault: Fault, (words, picture): (&str, &str)) {
    let page = world.page();
    world.fault(Endpoint::Token, fault);
    world.sign_in("jane").await;
    page.button(SignInPage::SIGN_IN).wait().await;
    told(&world, words, picture).await;
    world.clear_faults();
    page.button(SignInPage::SIGN_IN).click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

async fn a_code_the_portal_no_longer_takes_leads_back_to_sign_in() {
    let world = World::start().await;
    let told = "The portal did not accept the sign-in code";
    let refused = named_refusal("invalid_grant", "Invalid code");
    an_exchange_fails_once(world, refused, (told, "0-code-refused")).await;
}

async fn an_exchange_refused_without_a_name_is_not_judged_by_its_words() {
    let world = World::start().await;
    let told = "The sign-in could not be completed";
    an_exchange_fails_once(world, refusal(400, "Invalid code"), (told, "0-exchange-refused")).await;
}

async fn an_organization_that_does_not_admit_this_page_is_told_with_what_to_ask_for() {
    let world = World::start().await;
    let page = world.page();
    world.fault(Endpoint::Token, refusal(401, "This app is <b>not</b> approved."));
    world.sign_in("jane").await;
    told(&world, "The portal did not let this page in", "0-not-approved").await;
    page.shows("The portal said: This app is <b>not</b> approved.").await;
    page.shows("its client ID is key-wizard-demo").await;
    page.shows("administrator").await;
    world.end().await;
}

/// Nothing documents `validateRedirectUri`, so nobody may be kept out because it does not work.
async fn a_portal_whose_undocumented_call_fails_signs_people_in_all_the_same() {
    for fault in [Fault::NoCors, Fault::Redirect] {
        let world = World::unopened(Setup::default()).await;
        world.expect(Complaint::NotReadable);
        world.fault(Endpoint::ValidateRedirectUri, fault);
        world.open().await;
        let page = world.page();
        SignInPage(page).wait().await;
        page.until("it was asked", async || world.calls_to("oauth2/validateRedirectUri").await > 0).await;
        assert!(!page.button(SignInPage::SIGN_IN_ANYWAY).exists().await, "a failed call is no refusal");
        world.sign_in("jane").await;
        CredentialsStep(page).wait().await;
        world.end().await;
    }
}

async fn a_portal_that_wrongly_says_it_does_not_know_this_page_can_be_signed_in_to_anyway() {
    let world = World::unopened(Setup::default()).await;
    world.fault(Endpoint::ValidateRedirectUri, named_refusal("invalid_client_id", "Invalid client_id"));
    world.open().await;
    let page = world.page();
    page.button(SignInPage::SIGN_IN_ANYWAY).click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

/// As by a person who told the browser so, or in a frame without `allow="local-network-access"`.
const LOCAL_NETWORK_DENIED: &str = "navigator.permissions.query = async ({ name }) => ({ state: name === 'local-network-access' ? 'denied' : 'prompt' })";

async fn a_browser_that_may_not_reach_the_local_network_is_told_apart() {
    let nobody = format!("http://127.0.0.1:{}", crate::browser::port());
    let root = nobody.clone();
    let config = Box::new(move |_: &str| Some(World::config(&root)));
    let mut world = World::unopened(Setup { config, ..Setup::default() }).await;
    world.others.push(nobody.clone());
    world.expect(Complaint::Unanswered("CONNECTION_REFUSED"));
    world.page().before_each_document(LOCAL_NETWORK_DENIED).await;
    world.open().await;
    let host = nobody.trim_start_matches("http://").to_owned();
    told(&world, &format!("Your browser does not let this page reach {host}"), "0-local-network").await;
    world.end().await;
}

async fn an_address_that_is_no_portal_and_an_id_that_is_no_client_are_named() {
    let world = World::configured(|root| World::config(root).replace(":false", ":true")).await;
    let page = world.page();
    world.is_taken_over().await;
    world.choose_portal("Another portal").await;
    page.textbox("Client ID").fill(&"0f".repeat(16)).await;
    page.announces("This looks like the id of an item").await;
    page.textbox("Portal address").fill("https://location.arcgis.com/credentials").await;
    page.button(SignInPage::SIGN_IN).click().await;
    page.shows("This is a site of Esri's, not a portal.").await;
    page.photograph_all("0-no-portal").await;
    page.is_accessible("an address that is no portal").await;
    page.button("Use https://www.arcgis.com").click().await;
    assert_eq!(page.textbox("Portal address").value().await, "https://www.arcgis.com");
    world.end().await;
}

async fn an_old_release_is_the_reason_told_and_somebody_else_may_sign_in() {
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
    world.end().await;
}

async fn an_unknown_client_id_is_told_before_leaving() {
    let world = World::configured(|root| World::config(root).replace("key-wizard-demo", "nobody-knows-me")).await;
    let page = world.page();
    SignInPage(page).wait().await;
    SignInPage(page).sign_in().await;
    told(&world, &format!("{} does not know this page", world.portal_host()), "0-client-unknown").await;
    assert!(page.url().await.starts_with(world.site_url()));
    world.end().await;
}

async fn an_exchange_whose_answer_is_lost_leads_back_to_sign_in() {
    let world = World::start().await;
    world.expect(Complaint::Unanswered("EMPTY_RESPONSE"));
    let told = ("The sign-in could not be completed", "0-exchange-lost");
    an_exchange_fails_once(world, Fault::DropBefore, told).await;
}

async fn a_portal_that_is_down_after_the_way_back_is_told() {
    let mut world = World::start().await;
    world.expect(Complaint::Unanswered("CONNECTION_REFUSED"));
    let callback = world.callback_of_a_sign_in("jane").await;
    let (host, url) = (world.portal_host(), world.portal_url());
    world.others.push(url);
    // The one before ends when another takes its place.
    world.portal = practice_portal::serve::start(Portal::demo(0), crate::browser::port()).await.expect("a free port");
    world.page().goto(&callback).await;
    told(&world, &format!("{host} does not answer"), "0-portal-down").await;
    world.end().await;
}

async fn a_portal_that_refuses_this_origin_is_told_with_the_setting_to_change() {
    // Another host than the page's, as most portals have one.
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
    world.problem_is_told(&title).await;
    // Not at the portal's usual address.
    let asked = async |path: &str| page.seen().await.requests.iter().filter(|it| it.url.contains(path)).count();
    let before = asked("oauth2/validateRedirectUri").await;
    assert!(before > 0, "it was asked while the screen was read");
    SignInPage(page).sign_in().await;
    page.until("it was asked again", async || asked("oauth2/validateRedirectUri").await > before).await;
    told(&world, &title, "0-origin-refused").await;
    assert_eq!(asked("oauth2/authorize").await, 0, "nobody leaves in vain");
    page.shows("Allow origins").await;
    page.shows(world.site_origin()).await;
    assert!(page.url().await.starts_with(world.site_url()));
    world.end().await;
}

async fn signing_out_revokes_the_session_and_forgets_everything() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    Header::sign_out_with_answers(page).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    page.shows("signed out").await;
    page.until("the portal has no session", async || world.live_sessions() == 0).await;
    assert!(!page.text().await.contains("jane"));
    world.end().await;
}

async fn a_portal_that_cannot_be_told_of_a_signing_out_is_told_of_with_how_long_the_session_may_live_on() {
    let world = World::signed_in("jane").await;
    world.expect(Complaint::Unanswered("EMPTY_RESPONSE"));
    let page = world.page();
    world.fault(Endpoint::RevokeToken, Fault::DropBefore);
    page.button(Header::SIGN_OUT).click().await;
    told(&world, "You are signed out here", "9-signed-out-not-told").await;
    page.shows("The portal did not confirm the end of the session, which may stay valid there for up to 30 minutes.")
        .await;
    assert!(world.live_sessions() > 0, "it does live on");
    world.end().await;
}

async fn a_person_without_the_privileges_is_told_before_step_one() {
    let world = World::start().await;
    let page = world.page();
    world.sign_in("newt").await;
    page.shows("portal:user:generateApiTokens").await;
    page.shows("portal:user:assignPrivilegesToApps").await;
    assert!(page.text().await.to_lowercase().contains("administrator"));
    assert!(!page.heading(CredentialsStep::HEADING).exists().await, "the warning comes before step 1");
    page.is_accessible("the page of missing privileges").await;
    world.end().await;
}

async fn the_draft_outlives_a_session_that_ends() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let wish = Wish::small();
    journey::to_details(page, &wish).await;
    DetailsStep(page).fill(DetailsStep::TITLE, "Half written").await;
    page.reload().await;
    world.sign_in_from_here("jane").await;
    DetailsStep(page).wait().await;
    assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Half written");
    world.end().await;
}

async fn the_redirect_address_to_register_is_shown() {
    let world = World::start().await;
    let page = world.page();
    SignInPage(page).wait().await;
    assert!(!page.text().await.contains(world.site_url()), "it is for few, so it is folded away");
    page.button("Running this page yourself?").click().await;
    page.shows(world.site_url()).await;
    page.allow_clipboard(true).await;
    page.listen_to_clipboard().await;
    page.button("Copy redirect URI").click().await;
    page.announces("Copied").await;
    assert_eq!(page.clipboard().await, world.site_url());
    world.end().await;
}

async fn a_choice_of_portals_is_offered_when_there_are_several() {
    let world = World::of_two_portals().await;
    let page = world.page();
    world.is_taken_over().await;
    world.choose_portal("Practice portal").await;
    SignInPage(page).sign_in().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

async fn another_portal_is_confirmed_by_its_host_before_leaving() {
    let world = World::configured(|_| {
        r#"{"portals":[{"id":"a","name":"Elsewhere","url":"https://portal.example","clientId":"x"}],"allowOtherPortals":true}"#.to_owned()
    })
    .await;
    let page = world.page();
    world.is_taken_over().await;
    world.choose_portal("Another portal").await;
    page.textbox("Portal address").fill("https://user:pass@evil.example").await;
    page.textbox("Client ID").fill("key-wizard-demo").await;
    page.button(SignInPage::SIGN_IN).click().await;
    page.until("the address is refused", async || page.textbox("Portal address").is("invalid").await).await;
    page.textbox("Portal address").fill(&world.portal_url()).await;
    page.button(SignInPage::SIGN_IN).click().await;
    page.button(&format!("Continue to {}", world.portal_host())).click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    page.shows(&world.portal_host()).await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_person_signs_in_and_the_address_forgets_the_code,
        an_answer_that_comes_back_in_another_tab_is_refused_and_the_tab_that_left_still_signs_in,
        an_exchange_whose_answer_is_lost_leads_back_to_sign_in,
        a_portal_that_is_down_after_the_way_back_is_told,
        a_portal_that_refuses_this_origin_is_told_with_the_setting_to_change,
        signing_out_revokes_the_session_and_forgets_everything,
    ],
    one: [
        a_refusal_at_the_portal_is_told_and_one_can_try_again,
        an_answer_with_a_foreign_state_is_refused,
        an_answer_that_was_already_used_is_refused,
        a_code_the_portal_no_longer_takes_leads_back_to_sign_in,
        an_exchange_refused_without_a_name_is_not_judged_by_its_words,
        an_organization_that_does_not_admit_this_page_is_told_with_what_to_ask_for,
        a_portal_whose_undocumented_call_fails_signs_people_in_all_the_same,
        a_portal_that_wrongly_says_it_does_not_know_this_page_can_be_signed_in_to_anyway,
        a_browser_that_may_not_reach_the_local_network_is_told_apart,
        an_address_that_is_no_portal_and_an_id_that_is_no_client_are_named,
        an_old_release_is_the_reason_told_and_somebody_else_may_sign_in,
        an_unknown_client_id_is_told_before_leaving,
        a_portal_that_cannot_be_told_of_a_signing_out_is_told_of_with_how_long_the_session_may_live_on,
        a_person_without_the_privileges_is_told_before_step_one,
        the_draft_outlives_a_session_that_ends,
        the_redirect_address_to_register_is_shown,
        a_choice_of_portals_is_offered_when_there_are_several,
        another_portal_is_confirmed_by_its_host_before_leaving,
    ]
}
