//! Screens during a creation and after it stops half-way, in states that no other scenario reaches: takes screenshots
//! of each, runs axe-core, and continues from there.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::complaints::Complaint;
use crate::journey::Wish;
use crate::pages::{OpenTask, Problem, SummaryStep};
use crate::practice::refusal;
use crate::world::World;

/// Goes to the Summary, sets each of these faults once, and presses `Create`.
async fn creating(faults: &[(Endpoint, Fault)]) -> World {
    let world = World::at_summary(&Wish::small()).await;
    world.expect(Complaint::Status(502));
    world.be_patient().await;
    for (endpoint, fault) in faults {
        world.fault_once(*endpoint, fault.clone());
    }
    SummaryStep(world.page()).create().await;
    world
}

async fn a_refused_lookup_is_reported_and_each_call_is_named_while_it_runs_and_while_it_is_looked_up() {
    let world = creating(&[(Endpoint::AddItem, Fault::BadGateway)]).await;
    world.fault(Endpoint::UserContent, refusal(403, "You do not have permissions to access this resource."));
    let page = world.page();
    page.heading("The portal refused the lookup").wait().await;
    assert_eq!(world.calls_to("/addItem").await, 1);
    world.looks_well("6-not-let-look").await;
    world.clear_faults();
    world.fault_once(Endpoint::RegisterApp, Fault::Held);
    world.fault_once(Endpoint::UpdateItem, Fault::BadGateway);
    world.fault_once(Endpoint::ReadItem, Fault::Held);
    page.button(Problem::TRY_AGAIN).click().await;
    world.holds(Endpoint::RegisterApp).await;
    page.shows("Registration – in progress").await;
    world.looks_well("6-creating").await;
    world.release(Endpoint::RegisterApp);
    world.holds(Endpoint::ReadItem).await;
    page.shows("Expiration – no answer: looking up what happened").await;
    world.looks_well("6-looking-up").await;
    world.release(Endpoint::ReadItem);
    assert_eq!(world.calls_to("/addItem").await, 1, "nothing is sent twice");
    world.ends_with_one_key().await;
}

async fn a_key_that_may_be_live_without_a_readable_registration_is_reported_and_replaced() {
    let world = creating(&[(Endpoint::Token, Fault::BadGateway)]).await;
    let page = world.page();
    page.until("a key lives", async || world.live_keys() == 1).await;
    world.fault(Endpoint::RegisteredAppInfo, refusal(403, "You do not have permissions to access this resource."));
    page.shows("A key was generated but never shown").await;
    world.looks_well("6-refused-unseen-key").await;
    world.clear_faults();
    page.button(OpenTask::REPLACE).click().await;
    world.ends_with_one_key().await;
}

async fn a_key_in_place_of_one_whose_answer_was_lost_says_so() {
    let world = creating(&[(Endpoint::Token, Fault::BadGateway)]).await;
    world.page().shows("this is a second key").await;
    world.looks_well("7-key-replaced").await;
    world.ends_with_one_key().await;
}

crate::suite::tests! {
    one: [
        a_refused_lookup_is_reported_and_each_call_is_named_while_it_runs_and_while_it_is_looked_up,
        a_key_that_may_be_live_without_a_readable_registration_is_reported_and_replaced,
        a_key_in_place_of_one_whose_answer_was_lost_says_so,
    ]
}
