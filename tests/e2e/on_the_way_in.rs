//! During sign-in: a portal that is slow to answer, two portals in sequence, and privileges that the account has lost
//! meanwhile.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::clock::{pass, start_timers, stop_timers};
use crate::complaints::Complaint;
use crate::journey::Wish;
use crate::pages::{CredentialsStep, Header, KeyStep, OpenTask, PortalPage, Problem, SignInPage, SummaryStep};
use crate::world::World;

async fn one_lost_answer_does_not_cost_the_session_and_after_it_another_portal_can_be_signed_in_to() {
    // The same machine under its other name is a different origin, which the page's network lock blocked.
    let config = |root: &str| {
        let other = World::config(&root.replace("127.0.0.1", "localhost"));
        let other = other.replace("practice", "other").replace("Practice portal", "The other portal");
        let list = other.split_once('[').and_then(|(_, rest)| rest.split_once(']')).expect("a list of portals").0;
        World::config(root).replacen(']', &format!(",{list}]"), 1)
    };
    let mut world = World::configured(config).await;
    world.others.push(world.portal_url().replace("127.0.0.1", "localhost"));
    let page = world.page();
    world.expect(Complaint::Status(502));
    world.fault_once(Endpoint::PortalsSelf, Fault::BadGateway);
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    page.button(Header::SIGN_OUT).click().await;
    page.shows("You are signed out").await;
    world.choose_portal("The other portal").await;
    SignInPage(page).sign_in().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    page.shows("localhost").await;
    world.end().await;
}

async fn a_sign_in_that_was_called_off_can_be_started_again() {
    let world = World::start().await;
    let page = world.page();
    world.is_taken_over().await;
    world.hold(Endpoint::Authorize).await;
    world.hold(Endpoint::Info).await;
    // As with the Escape key, which stops navigation. Drivers cannot reach a page that is navigating, so the page
    // itself waits for another answer of the portal.
    page.js(&format!("void fetch('{}/sharing/rest/info?f=json').then(() => stop(), () => {{}})", world.portal_url()))
        .await;
    let stop = async {
        world.holds(Endpoint::Authorize).await;
        world.release(Endpoint::Info);
    };
    stop_timers(page).await;
    let button = page.button(SignInPage::SIGN_IN);
    tokio::join!(button.click(), stop);
    pass(page, 7_000).await;
    page.next_frame().await;
    assert!(button.is("disabled").await, "it may still be on its way");
    pass(page, 1_000).await;
    let may_be_pressed = async || button.all().await.first().is_some_and(|button| !button.is("disabled"));
    page.until("one may sign in again", may_be_pressed).await;
    start_timers(page).await;
    page.button(SignInPage::SIGN_IN).click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

async fn what_is_unfinished_comes_before_what_the_account_may_no_longer_do() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    world.hold(Endpoint::Token).await;
    SummaryStep(page).create().await;
    world.holds(Endpoint::Token).await;
    assert_eq!(world.live_keys(), 1);
    page.reload().await;
    world.portal(|portal| {
        let held: Vec<String> = portal.user("jane").expect("she is there").privileges.clone();
        let left: Vec<&str> =
            held.iter().map(String::as_str).filter(|privilege| *privilege != "portal:user:createItem").collect();
        portal.set_privileges("jane", &left);
    });
    world.sign_in("jane").await;
    page.heading(OpenTask::UNSEEN_KEY).wait().await;
    OpenTask::revoke(page).await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (0, 0));
    world.end().await;
}

async fn the_page_of_a_key_tells_what_the_key_may_do_and_not_what_was_typed_since() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    world.fault_once(Endpoint::RegisterApp, crate::practice::refusal(400, "No."));
    SummaryStep(page).create().await;
    page.heading(Problem::REFUSED).wait().await;
    page.button(Problem::CHANGE).first().click().await;
    page.checkbox("Geocoding").click().await;
    page.js("location.hash = '#/new/progress'").await;
    page.button(Problem::TRY_AGAIN).click().await;
    let key = KeyStep(page).key().await;
    let held = world.whoami(&key, None).await.privileges();
    assert!(!held.iter().any(|privilege| privilege == "premium:user:geocode"), "{held:?}");
    assert!(!page.text().await.contains("premium:user:geocode"), "nor is it said to be");
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_sign_in_that_was_called_off_can_be_started_again,
    ],
    one: [
        one_lost_answer_does_not_cost_the_session_and_after_it_another_portal_can_be_signed_in_to,
        what_is_unfinished_comes_before_what_the_account_may_no_longer_do,
        the_page_of_a_key_tells_what_the_key_may_do_and_not_what_was_typed_since,
    ]
}
