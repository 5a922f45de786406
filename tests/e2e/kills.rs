//! Really kills the browser during a call: the next browser continues from the data on disk and on the portal. Each
//! time the request has taken effect, but no answer arrived. `tests/it/matrix.rs` covers a crash of each call at each
//! of its points natively; these tests check that a record is on disk before the request it describes is sent: the
//! first record, an update, and the mark of a key.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, Header, KeyStep, OpenTask, Problem, SignInPage, SummaryStep};
use crate::practice::refusal;
use crate::suite::note;
use crate::world::{World, is_long};

/// The next request here takes effect, but its answer never arrives.
fn hold(world: &World, endpoint: Endpoint) {
    world.fault_once(endpoint, Fault::Held);
}

/// Kills the browser once the held request has taken effect, and opens the page in a new one.
async fn kill(world: &mut World, during: Endpoint) {
    note(format!("killed during {during:?}"));
    world.page().until("the portal was asked", async || world.portal(|portal| portal.faults_are_spent())).await;
    world.kill_browser().await;
    world.open().await;
}

/// Resumes the unfinished operation, and kills the browser during this call.
async fn is_killed_again(world: &mut World, call: Endpoint) {
    world.page().button(OpenTask::CONTINUE).wait().await;
    hold(world, call);
    world.page().button(OpenTask::CONTINUE).click().await;
    kill(world, call).await;
    world.sign_in("jane").await;
}

async fn a_creation_ends_with_one_key_although_the_browser_is_killed_again_and_again() {
    let referrer = "https://app.example.com";
    let mut world = World::at_summary(&Wish::small()).await;
    hold(&world, Endpoint::CreateFolder);
    SummaryStep(world.page()).create().await;
    kill(&mut world, Endpoint::CreateFolder).await;
    world.sign_in("jane").await;
    if is_long() {
        for call in [Endpoint::AddItem, Endpoint::RegisterApp] {
            is_killed_again(&mut world, call).await;
        }
    }
    world.page().button(OpenTask::CONTINUE).wait().await;
    world.fault_once(Endpoint::UpdateItem, refusal(400, "No."));
    world.page().button(OpenTask::CONTINUE).click().await;
    world.page().button(Problem::CHANGE).click().await;
    CredentialsStep(world.page()).add_referrer(referrer).await;
    journey::next(world.page()).await;
    hold(&world, Endpoint::UpdateApp);
    SummaryStep(world.page()).create().await;
    kill(&mut world, Endpoint::UpdateApp).await;
    world.sign_in("jane").await;
    is_killed_again(&mut world, Endpoint::Token).await;
    let lost = world.portal(|portal| portal.live_keys()).remove(0).token;
    let page = world.page();
    page.heading(OpenTask::UNSEEN_KEY).wait().await;
    page.button(OpenTask::REPLACE).click().await;
    let key = KeyStep(page).key().await;
    assert!(!world.whoami(&lost, Some(referrer)).await.is_accepted(), "the unseen key is dead");
    world.is_as_wished(&key, &Wish { referrers: vec![referrer], ..Wish::small() }).await;
    assert!(!world.whoami(&key, None).await.is_accepted(), "the referrer typed last counts");
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 1));
    world.end().await;
}

async fn a_key_on_the_screen_of_a_killed_browser_is_taken_back_although_the_next_one_is_killed_too() {
    let (mut world, key) = World::at_key(&Wish::small()).await;
    let asked = world.page().seen().await.requests.len();
    world.kill_browser().await;
    assert_eq!(world.page().seen().await.requests.len(), asked, "what was seen before is searched for secrets too");
    world.open().await;
    world.sign_in("jane").await;
    world.page().button(OpenTask::REVOKE).wait().await;
    assert!(world.whoami(&key, None).await.is_accepted(), "it lives until somebody decides");
    hold(&world, Endpoint::RevokeToken);
    OpenTask::revoke(world.page()).await;
    kill(&mut world, Endpoint::RevokeToken).await;
    world.sign_in("jane").await;
    world.page().heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (0, 0));
    world.end().await;
}

async fn a_browser_killed_while_somebody_signs_in_or_out_keeps_neither_session_nor_answers() {
    let referrer = "https://app.example.com";
    let mut world = World::start().await;
    hold(&world, Endpoint::Token);
    world.sign_in("jane").await;
    kill(&mut world, Endpoint::Token).await;
    world.sign_in("jane").await;
    let step = CredentialsStep(world.page());
    step.add_referrer(referrer).await;
    step.remove(referrer).wait().await;
    // The portal receives it, but does nothing.
    world.fault_once(Endpoint::RevokeToken, Fault::Silent);
    Header::sign_out_with_answers(world.page()).await;
    kill(&mut world, Endpoint::RevokeToken).await;
    SignInPage(world.page()).wait().await;
    assert!(world.live_sessions() > 0, "nobody is left who could end it");
    world.sign_in("jane").await;
    let page = world.page();
    let step = CredentialsStep(page);
    step.wait().await;
    assert!(!step.remove(referrer).exists().await, "the answers outlived the sign-out");
    // If there were answers, the page would ask first.
    page.button(Header::SIGN_OUT).click().await;
    page.shows("You are signed out").await;
    world.portal(|portal| portal.advance(60 * 60 * 1000));
    page.until("no session is left", async || world.live_sessions() == 0).await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_creation_ends_with_one_key_although_the_browser_is_killed_again_and_again,
        a_key_on_the_screen_of_a_killed_browser_is_taken_back_although_the_next_one_is_killed_too,
    ],
    one: [
        a_browser_killed_while_somebody_signs_in_or_out_keeps_neither_session_nor_answers,
    ]
}
