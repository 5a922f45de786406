//! Signing in and out, and everything that can go wrong on the way.

use practice_portal::Portal;
use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::complaints::Complaint;
use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, DetailsStep, Header, PortalPage, SignInPage};
use crate::practice::refusal;
use crate::world::World;

/// The sentence of a sign-in that this tab knows nothing of.
const NOT_OF_THIS_TAB: &str = "This sign-in was not begun in this tab";

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
    an_exchange_fails_once(world, refusal(400, "Invalid code"), (told, "0-code-refused")).await;
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
    // With `upgrade-insecure-requests` in the policy, Firefox asks no portal on the page's own host for its leave.
    let at = |root: &str| root.replace("127.0.0.1", "localhost");
    let mut world = World::configured(move |root| World::config(&at(root))).await;
    world.others.push(at(&world.portal_url()));
    world.expect(Complaint::NotReadable);
    world.portal(|portal| portal.switches.allowed_origins.push("https://elsewhere.example".to_owned()));
    let page = world.page();
    SignInPage(page).wait().await;
    SignInPage(page).sign_in().await;
    told(&world, &format!("{} does not allow this page", at(&world.portal_host())), "0-origin-refused").await;
    page.shows("Allow origins").await;
    page.shows(world.site_origin()).await;
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
    page.shows("The portal could not be told: the session may live on there for up to 30 minutes.").await;
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
    journey::credentials(page, &wish).await;
    journey::privileges(page, &wish).await;
    journey::items(page, &wish).await;
    DetailsStep(page).wait().await;
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
    SignInPage(page).wait().await;
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
    SignInPage(page).wait().await;
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
        an_unknown_client_id_is_told_before_leaving,
        a_portal_that_cannot_be_told_of_a_signing_out_is_told_of_with_how_long_the_session_may_live_on,
        a_person_without_the_privileges_is_told_before_step_one,
        the_draft_outlives_a_session_that_ends,
        the_redirect_address_to_register_is_shown,
        a_choice_of_portals_is_offered_when_there_are_several,
        another_portal_is_confirmed_by_its_host_before_leaving,
    ]
}
