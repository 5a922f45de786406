//! From `Create` to the key when the portal refuses, answers nonsense, or does not answer. The native matrix,
//! `tests/it/matrix.rs`, covers every fault of every call.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::clock::{pass, start_timers, stop_timers};
use crate::journey::{self, Wish};
use crate::pages::{KeyStep, OpenTask, PrivilegesStep, Problem, SignInPage, SummaryStep};
use crate::practice::refusal;
use crate::world::{World, is_long};

async fn a_refused_registration_can_be_taken_back_or_changed_and_continued_on_the_same_item() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let before = world.items_of("jane").len();
    world.to_summary(&Wish::whole()).await;
    world.fault(Endpoint::RegisterApp, refusal(500, "Unable to register app. (Invalid Privileges)"));
    SummaryStep(page).create().await;
    page.alert("*").first().wait().await;
    page.shows("Invalid Privileges").await;
    page.is_accessible("the page of a refusal").await;
    page.button(OpenTask::DELETE).click().await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    page.photograph_all("6-taken-back").await;
    assert_eq!((world.items_of("jane").len(), world.live_keys()), (before, 0), "nothing is left behind");
    page.button(OpenTask::TO_SUMMARY).click().await;
    SummaryStep(page).wait().await;
    page.shows("My API key credential").await;

    SummaryStep(page).create().await;
    page.heading(Problem::REFUSED).wait().await;
    world.clear_faults();
    page.button("Change*").first().click().await;
    let privileges = PrivilegesStep(page);
    privileges.wait().await;
    privileges.counts(3).await;
    page.checkbox("GeoEnrichment service").click().await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    let answer = world.whoami(&key, Some("https://app.example.com/")).await;
    assert!(answer.is_accepted() && !answer.privileges().iter().any(|privilege| privilege.contains("geoenrichment")));
    assert_eq!(world.credentials_of("jane").len(), 1, "the first item was continued with, or taken back");
    world.end().await;
}

async fn a_reload_during_create_never_makes_two() {
    let world = World::held_in_create(Endpoint::RegisterApp).await;
    let page = world.page();
    page.reload().await;
    page.shows(SignInPage::KEPT).await;
    page.shows("A credential was started in this browser and not finished.").await;
    page.photograph_all("0-something-waits").await;
    world.sign_in_from_here("jane").await;
    world.finish_after_interruption().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 1));
    world.end().await;
}

/// For each creation of one user, two of these answers, once each.
async fn an_answer_that_is_lost_or_not_from_a_portal_is_read_about_before_anything_is_sent_again() {
    let mut creations = vec![
        [(Endpoint::AddItem, Fault::DropAfter), (Endpoint::RegisterApp, Fault::Html200)],
        [(Endpoint::AddItem, Fault::Truncated), (Endpoint::Token, Fault::DropAfter)],
    ];
    if is_long() {
        creations.extend([
            [(Endpoint::AddItem, Fault::Empty), (Endpoint::RegisterApp, Fault::DropAfter)],
            [(Endpoint::AddItem, Fault::Huge), (Endpoint::UpdateItem, Fault::DropAfter)],
            [(Endpoint::AddItem, Fault::WrongTypes), (Endpoint::RegisterApp, Fault::Truncated)],
        ]);
    }
    let world = World::signed_in("jane").await;
    let page = world.page();
    for (before, faults) in creations.into_iter().enumerate() {
        world.to_summary(&Wish::small()).await;
        for (endpoint, fault) in &faults {
            world.fault_once(*endpoint, fault.clone());
        }
        SummaryStep(page).create().await;
        world.finish_after_interruption().await;
        let key = KeyStep(page).key().await;
        assert!(world.whoami(&key, None).await.is_accepted(), "{faults:?}");
        KeyStep(page).saved().await;
        // Chromium may retry a request by itself if its answer is lost; the duplicate is deleted once the key is saved.
        let all = before + 1;
        let once = async || (world.credentials_of("jane").len(), world.live_keys()) == (all, all);
        page.until(&format!("{faults:?} leave one credential"), once).await;
        world.start_over().await;
    }
    world.end().await;
}

async fn a_difference_between_asked_and_registered_is_shown_before_the_key_is_made() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    world.portal(|portal| portal.switches.dropped_privileges.push("premium:user:geocode".to_owned()));
    world.to_summary(&Wish::whole()).await;
    SummaryStep(page).create().await;
    page.heading(Problem::DIFFERS).wait().await;
    page.shows("Geocoding").await;
    assert_eq!(world.live_keys(), 0, "no key before the person agrees");
    page.is_accessible("the page of differences").await;
    page.photograph_all("6-differs").await;
    page.button(Problem::ANYWAY).click().await;
    KeyStep(page).key().await;
    assert_eq!(world.live_keys(), 1);
    world.end().await;
}

async fn a_portal_behind_a_sign_in_wall_is_reported_and_makes_no_key() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    world.fault(Endpoint::CreateFolder, Fault::Html200);
    world.fault(Endpoint::UserContent, Fault::Html200);
    stop_timers(page).await;
    SummaryStep(page).create().await;
    // The page retries the lookup, with pauses.
    page.until("it is given up", async || {
        pass(page, 1_000).await;
        page.button(Problem::TRY_AGAIN).exists().await
    })
    .await;
    start_timers(page).await;
    page.shows("The response did not come from the portal.").await;
    page.photograph_all("6-no-answer").await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (0, 0));
    world.clear_faults();
    world.finish_after_interruption().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 1));
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_reload_during_create_never_makes_two,
        an_answer_that_is_lost_or_not_from_a_portal_is_read_about_before_anything_is_sent_again,
    ],
    one: [
        a_portal_behind_a_sign_in_wall_is_reported_and_makes_no_key,
        a_refused_registration_can_be_taken_back_or_changed_and_continued_on_the_same_item,
        a_difference_between_asked_and_registered_is_shown_before_the_key_is_made,
    ]
}
