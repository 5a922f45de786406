//! Every screen as a person sees it: photographs to look at, and axe-core over each in light and dark.

use practice_portal::endpoint::Endpoint;

use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, DetailsStep, ItemAccessStep, KeyStep, PrivilegesStep, SignInPage, SummaryStep};
use crate::practice::refusal;
use crate::world::World;

/// Looks at one screen in every way.
async fn look(world: &World, name: &str) {
    world.page().is_accessible(name).await;
    world.page().photograph_all(name).await;
}

async fn every_screen_can_be_photographed_and_axe_finds_nothing_on_it() {
    let world = World::start().await;
    let page = world.page();
    let wish = Wish::whole();
    SignInPage(page).wait().await;
    look(&world, "0-sign-in").await;
    world.sign_in("jane").await;
    let step = CredentialsStep(page);
    step.wait().await;
    step.add_referrer("https://app.example.com").await;
    step.add_referrer("no such thing").await;
    look(&world, "1-credentials").await;
    step.add_referrer("http://localhost:5173").await;
    step.next().await;
    PrivilegesStep(page).wait().await;
    look(&world, "2-privileges").await;
    journey::privileges(page, &wish).await;
    let step = ItemAccessStep(page);
    step.wait().await;
    look(&world, "3-item-access-empty").await;
    let dialog = step.browse().await;
    dialog.choose_first(2).await;
    look(&world, "3-items-dialog").await;
    dialog.add().await;
    look(&world, "3-item-access").await;
    journey::next(page).await;
    DetailsStep(page).wait().await;
    journey::next(page).await;
    look(&world, "4-details-problem").await;
    journey::details(page, &wish).await;
    SummaryStep(page).wait().await;
    look(&world, "5-summary").await;
    world.fault(Endpoint::RegisterApp, refusal(500, "Unable to register app. (Invalid Privileges)"));
    SummaryStep(page).create().await;
    page.alert("*").first().wait().await;
    look(&world, "6-refused").await;
    world.clear_faults();
    page.button("Try again").click().await;
    KeyStep(page).key().await;
    look(&world, "7-key").await;
    KeyStep(page).saved().await;
    KeyStep(page).shown().gone().await;
    look(&world, "8-done").await;
    world.end().await;
}

async fn screens_with_something_to_think_about_can_be_photographed_too() {
    let long = "Feature layers for the public works department of a town with a long name";
    let wish = Wish { title: long, ..Wish::small() };
    let world = World::prepared(|portal| World::retitle(portal, "jane", &[long])).await;
    let page = world.page();
    world.sign_in("jane").await;
    journey::credentials(page, &wish).await;
    journey::privileges(page, &wish).await;
    let dialog = ItemAccessStep(page).browse().await;
    world.fault(Endpoint::Search, refusal(500, "The search index is being rebuilt"));
    dialog.search(&"0f".repeat(16)).await;
    page.button("Try again").wait().await;
    look(&world, "3-items-dialog-failed").await;
    page.button("Cancel").click().await;
    journey::items(page, &wish).await;
    journey::details(page, &wish).await;
    page.announces("You have an item of this title already").await;
    look(&world, "5-summary-twin").await;
    world.end().await;
}

async fn the_other_screens_can_be_photographed_too() {
    let world = World::start().await;
    let page = world.page();
    world.sign_in("newt").await;
    page.shows("portal:user:generateApiTokens").await;
    look(&world, "9-may-not").await;
    page.button("Sign out").click().await;
    page.button("Sign in").wait().await;
    look(&world, "9-signed-out").await;
    world.end().await;
    let world = World::configured(|_| {
        r#"{"portals":[{"id":"a","name":"A","url":"http://a.example","clientId":""}]}"#.to_owned()
    })
    .await;
    world.page().shows("portals[0].url").await;
    look(&world, "9-bad-config").await;
    world.end().await;
}

crate::suite::tests! {
    one: [
        every_screen_can_be_photographed_and_axe_finds_nothing_on_it,
        screens_with_something_to_think_about_can_be_photographed_too,
        the_other_screens_can_be_photographed_too,
    ]
}
