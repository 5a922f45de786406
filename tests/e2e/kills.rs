//! The browser is killed for real while a call is under way, once for each call of the fault matrix: the next browser goes
//! on from what the disk and the portal hold. The portal has done its part each time, and nobody got its answer.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, Header, ItemAccessStep, KeyStep, OpenTask, Problem, SignInPage, SummaryStep};
use crate::practice::refusal;
use crate::session::later;
use crate::world::World;

/// The portal does what it is asked here next, and its answer does not come.
fn hold(world: &World, endpoint: Endpoint) {
    world.fault_once(endpoint, Fault::Held);
}

/// Kills the browser once the portal has done what was held, and opens the page in another one.
async fn kill(world: &mut World) {
    world.page().until("the portal was asked", async || world.portal(|portal| portal.faults_are_spent())).await;
    world.kill_browser().await;
    world.open().await;
}

/// Signs in again, and goes on to a key that works, and to nothing else.
async fn ends_with_one_key(world: World) {
    world.sign_in("jane").await;
    world.finish_after_interruption().await;
    world.ends_with_one_key().await;
}

/// Waits until nothing is left of what was made.
async fn ends_with_nothing(world: World) {
    world.sign_in("jane").await;
    world.page().heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (0, 0));
    world.end().await;
}

async fn a_browser_killed_while_signing_in_signs_in_again() {
    for endpoint in [Endpoint::Token, Endpoint::PortalsSelf, Endpoint::UserContent] {
        let mut world = World::start().await;
        hold(&world, endpoint);
        world.sign_in("jane").await;
        kill(&mut world).await;
        world.sign_in("jane").await;
        CredentialsStep(world.page()).wait().await;
        assert!(world.credentials_of("jane").is_empty());
        world.end().await;
    }
}

/// Kills the browser during each of these calls of a creation, a new one each time.
async fn each_ends_with_one_key(calls: &[Endpoint]) {
    for call in calls {
        let mut world = World::at_summary(&Wish::small()).await;
        hold(&world, *call);
        SummaryStep(world.page()).create().await;
        kill(&mut world).await;
        ends_with_one_key(world).await;
    }
}

async fn a_browser_killed_while_folder_or_item_is_made_makes_one_key() {
    each_ends_with_one_key(&[Endpoint::CreateFolder, Endpoint::AddItem]).await;
}

async fn a_browser_killed_while_the_item_is_registered_makes_one_key() {
    each_ends_with_one_key(&[Endpoint::RegisterApp, Endpoint::UpdateItem, Endpoint::ReadItem]).await;
}

async fn a_key_made_while_the_browser_was_killed_is_replaced() {
    let mut world = World::at_summary(&Wish::small()).await;
    hold(&world, Endpoint::Token);
    SummaryStep(world.page()).create().await;
    kill(&mut world).await;
    let lost = world.portal(|portal| portal.live_keys()).remove(0).token;
    world.sign_in("jane").await;
    world.page().heading(OpenTask::UNSEEN_KEY).wait().await;
    world.page().button(OpenTask::REPLACE).click().await;
    let key = KeyStep(world.page()).key().await;
    world.is_as_wished(&key, &Wish::small()).await;
    assert!(!world.whoami(&lost, None).await.is_accepted());
    KeyStep(world.page()).saved().await;
    world.end().await;
}

async fn a_key_on_the_screen_of_a_killed_browser_is_an_open_task() {
    let mut world = World::at_summary(&Wish::small()).await;
    SummaryStep(world.page()).create().await;
    KeyStep(world.page()).key().await;
    world.kill_browser().await;
    world.open().await;
    world.sign_in("jane").await;
    OpenTask::revoke(world.page()).await;
    world.page().heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (0, 0));
    world.end().await;
}

async fn a_browser_killed_while_the_registration_is_changed_makes_one_key() {
    let mut world = World::at_summary(&Wish::small()).await;
    world.fault_once(Endpoint::UpdateItem, refusal(400, "No."));
    SummaryStep(world.page()).create().await;
    world.page().button(Problem::CHANGE).click().await;
    CredentialsStep(world.page()).add_referrer("https://app.example.com").await;
    journey::next(world.page()).await;
    hold(&world, Endpoint::UpdateApp);
    SummaryStep(world.page()).create().await;
    kill(&mut world).await;
    world.sign_in("jane").await;
    world.finish_after_interruption().await;
    let key = KeyStep(world.page()).key().await;
    world.is_as_wished(&key, &Wish { referrers: vec!["https://app.example.com"], ..Wish::small() }).await;
    assert!(!world.whoami(&key, None).await.is_accepted(), "the referrer typed last counts");
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 1));
    world.end().await;
}

async fn a_browser_killed_while_a_key_is_revoked_goes_on_taking_back() {
    let mut world = World::at_summary(&Wish::small()).await;
    hold(&world, Endpoint::Token);
    SummaryStep(world.page()).create().await;
    kill(&mut world).await;
    world.sign_in("jane").await;
    hold(&world, Endpoint::RevokeToken);
    OpenTask::revoke(world.page()).await;
    kill(&mut world).await;
    ends_with_nothing(world).await;
}

async fn a_browser_killed_while_the_item_is_deleted_goes_on_taking_back() {
    let mut world = World::at_summary(&Wish::small()).await;
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(world.page()).create().await;
    hold(&world, Endpoint::DeleteItem);
    world.page().button(OpenTask::DELETE).click().await;
    kill(&mut world).await;
    ends_with_nothing(world).await;
}

async fn a_browser_killed_while_signing_out_leaves_no_session() {
    let mut world = World::signed_in("jane").await;
    hold(&world, Endpoint::RevokeToken);
    world.page().button(Header::SIGN_OUT).click().await;
    kill(&mut world).await;
    SignInPage(world.page()).wait().await;
    assert_eq!(world.live_sessions(), 0);
    world.end().await;
}

async fn a_browser_killed_before_the_portal_has_ended_the_session_leaves_nothing_of_it_and_it_ends_within_the_hour() {
    let mut world = World::signed_in("jane").await;
    CredentialsStep(world.page()).add_referrer("https://app.example.com").await;
    // The portal hears of it, and does nothing.
    world.fault_once(Endpoint::RevokeToken, Fault::Silent);
    Header::sign_out_with_answers(world.page()).await;
    kill(&mut world).await;
    SignInPage(world.page()).wait().await;
    assert!(world.live_sessions() > 0, "nobody is left who could end it");
    world.sign_in("jane").await;
    let step = CredentialsStep(world.page());
    step.wait().await;
    assert!(!step.remove("https://app.example.com").exists().await, "the answers outlived the sign-out");
    world.page().button(Header::SIGN_OUT).click().await;
    world.page().shows("You are signed out").await;
    world.portal(|portal| portal.advance(60 * 60 * 1000));
    world.page().until("no session is left", async || world.live_sessions() == 0).await;
    world.end().await;
}

async fn a_browser_killed_while_the_session_is_renewed_signs_in_again() {
    let mut world = World::signed_in("jane").await;
    let page = world.page();
    journey::credentials(page, &Wish::small()).await;
    journey::privileges(page, &Wish::small()).await;
    ItemAccessStep(page).wait().await;
    hold(&world, Endpoint::Token);
    for _ in 0..2 {
        later(&world, 14).await;
        page.heading(ItemAccessStep::HEADING).click().await;
    }
    let dialog = ItemAccessStep(page).browse().await;
    dialog.search("map").await;
    kill(&mut world).await;
    world.sign_in("jane").await;
    CredentialsStep(world.page()).wait().await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_browser_killed_while_folder_or_item_is_made_makes_one_key,
        a_key_on_the_screen_of_a_killed_browser_is_an_open_task,
        a_browser_killed_while_signing_out_leaves_no_session,
    ],
    one: [
        a_browser_killed_while_signing_in_signs_in_again,
        a_browser_killed_while_the_item_is_registered_makes_one_key,
        a_key_made_while_the_browser_was_killed_is_replaced,
        a_browser_killed_while_the_registration_is_changed_makes_one_key,
        a_browser_killed_while_a_key_is_revoked_goes_on_taking_back,
        a_browser_killed_while_the_item_is_deleted_goes_on_taking_back,
        a_browser_killed_before_the_portal_has_ended_the_session_leaves_nothing_of_it_and_it_ends_within_the_hour,
        a_browser_killed_while_the_session_is_renewed_signs_in_again,
    ]
}
