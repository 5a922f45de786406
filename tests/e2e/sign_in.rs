//! Signing in and out, and everything that can go wrong on the way.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, DetailsStep, PortalPage, SignInPage};
use crate::practice::refusal;
use crate::world::World;

#[tokio::test]
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

#[tokio::test]
async fn a_refusal_at_the_portal_is_told_and_one_can_try_again() {
    let world = World::start().await;
    let page = world.page();
    SignInPage(page).wait().await;
    SignInPage(page).sign_in().await;
    PortalPage(page).cancel().await;
    page.until("the refusal is told", async || page.text().await.to_lowercase().contains("cancel")).await;
    page.button("Sign in").click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

#[tokio::test]
async fn an_answer_with_a_foreign_state_is_refused() {
    let world = World::start().await;
    let page = world.page();
    page.goto(&format!("{}?code=abc&state=of-someone-else", world.site_url())).await;
    page.button("Sign in").wait().await;
    world.problem_is_told().await;
    assert_eq!(world.calls_to("oauth2/token").await, 0, "a foreign code is never redeemed");
    assert!(!page.url().await.contains("code="));
    world.end().await;
}

#[tokio::test]
async fn an_answer_that_was_already_used_is_refused() {
    let world = World::start().await;
    let page = world.page();
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    let callback = world.last_callback().await;
    page.goto(&callback).await;
    page.button("Sign in").wait().await;
    world.problem_is_told().await;
    assert_eq!(world.calls_to("oauth2/token").await, 1);
    world.end().await;
}

#[tokio::test]
async fn a_code_the_portal_no_longer_takes_leads_back_to_sign_in() {
    let world = World::start().await;
    let page = world.page();
    world.fault(Endpoint::Token, refusal(400, "Invalid code"));
    world.sign_in("jane").await;
    page.button("Sign in").wait().await;
    world.problem_is_told().await;
    world.clear_faults();
    page.button("Sign in").click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

#[tokio::test]
async fn an_unknown_client_id_is_told_before_leaving() {
    let world = World::configured(|root| World::config(root).replace("key-wizard-demo", "nobody-knows-me")).await;
    let page = world.page();
    SignInPage(page).wait().await;
    SignInPage(page).sign_in().await;
    page.shows("does not know this page").await;
    assert!(page.url().await.starts_with(world.site_url()));
    world.end().await;
}

#[tokio::test]
async fn a_portal_that_is_down_after_the_way_back_is_told() {
    let mut world = World::start().await;
    world.expect_console("net::ERR");
    world.fault(Endpoint::Token, Fault::DropBefore);
    world.sign_in("jane").await;
    let page = world.page();
    page.button("Sign in").wait().await;
    world.problem_is_told().await;
    world.end().await;
}

#[tokio::test]
async fn a_portal_that_refuses_this_origin_is_told_with_the_setting_to_change() {
    // With `upgrade-insecure-requests` in the policy, Firefox asks no portal on the page's own host for its leave.
    let at = |root: &str| root.replace("127.0.0.1", "localhost");
    let mut world = World::configured(move |root| World::config(&at(root))).await;
    world.others.push(at(&world.portal_url()));
    world.expect_console("Cross-Origin Request Blocked");
    world.expect_console("CORS");
    world.expect_console("net::ERR");
    world.portal(|portal| portal.switches.allowed_origins.push("https://elsewhere.example".to_owned()));
    let page = world.page();
    SignInPage(page).wait().await;
    SignInPage(page).sign_in().await;
    page.until("the setting is named", async || page.text().await.contains("Allow origins")).await;
    page.shows(world.site_origin()).await;
    world.end().await;
}

#[tokio::test]
async fn signing_out_revokes_the_session_and_forgets_everything() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    journey::to_summary(page, &Wish::small()).await;
    page.button("Sign out").click().await;
    page.button("Sign in").wait().await;
    page.shows("signed out").await;
    page.until("the portal has no session", async || world.live_sessions() == 0).await;
    assert!(!page.text().await.contains("jane"));
    world.end().await;
}

#[tokio::test]
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

#[tokio::test]
async fn the_draft_outlives_a_session_that_ends() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let wish = Wish::small();
    journey::credentials(page, &wish).await;
    journey::privileges(page, &wish).await;
    journey::items(page, &wish).await;
    DetailsStep(page).wait().await;
    DetailsStep(page).fill("Title", "Half written").await;
    page.reload().await;
    world.sign_in_from_here("jane").await;
    DetailsStep(page).wait().await;
    assert_eq!(page.textbox("Title").value().await, "Half written");
    world.end().await;
}

#[tokio::test]
async fn the_redirect_address_to_register_is_shown() {
    let world = World::start().await;
    let page = world.page();
    SignInPage(page).wait().await;
    let text = page.js("document.body.textContent").await;
    assert!(text.as_str().unwrap_or_default().contains(world.site_url()), "{text}");
    world.end().await;
}

#[tokio::test]
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

#[tokio::test]
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
    page.button("Sign in").click().await;
    page.until("the address is refused", async || page.textbox("Portal address").is("invalid").await).await;
    page.textbox("Portal address").fill(&world.portal_url()).await;
    page.button("Sign in").click().await;
    page.button(&format!("Continue to {}", world.portal_host())).click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    page.shows(&world.portal_host()).await;
    world.end().await;
}
