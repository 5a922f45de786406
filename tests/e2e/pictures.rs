//! Every screen as a user sees it: screenshots for review, and axe-core on each in light and dark.

use practice_portal::endpoint::Endpoint;

use crate::journey::{self, Wish};
use crate::pages::{
    CredentialsStep, DetailsStep, Header, ItemAccessStep, KeyStep, PrivilegesStep, Problem, SignInPage, SummaryStep,
};
use crate::practice::refusal;
use crate::world::World;

impl World {
    /// Checks the accessibility of this screen and its layout, and takes screenshots.
    pub async fn looks_well(&self, name: &str) {
        self.page().is_accessible(name).await;
        self.page().photograph_all(name).await;
    }
}

async fn every_screen_can_be_photographed_and_axe_finds_nothing_on_it() {
    // All possible problems at once: a duplicate title, and the longest words of all.
    let long = "Feature layers for the public works department of a town with a long name";
    let wish = Wish { title: long, ..Wish::whole() };
    let world = World::prepared(|portal| World::retitle(portal, "jane", &[long])).await;
    let page = world.page();
    SignInPage(page).wait().await;
    world.looks_well("0-sign-in").await;
    world.sign_in("jane").await;
    let step = CredentialsStep(page);
    step.wait().await;
    step.add_referrer("https://app.example.com").await;
    step.add_referrer("no such thing").await;
    world.looks_well("1-credentials").await;
    step.add_referrer("http://localhost:5173").await;
    step.next().await;
    PrivilegesStep(page).wait().await;
    world.looks_well("2-privileges").await;
    journey::privileges(page, &wish).await;
    let step = ItemAccessStep(page);
    step.wait().await;
    world.looks_well("3-item-access-empty").await;
    let dialog = step.browse().await;
    dialog.choose_first(2).await;
    world.looks_well("3-items-dialog").await;
    world.fault(Endpoint::Search, refusal(500, "The search index is being rebuilt"));
    dialog.search(&"0f".repeat(16)).await;
    page.button(Problem::TRY_AGAIN).wait().await;
    world.looks_well("3-items-dialog-failed").await;
    world.clear_faults();
    dialog.add().await;
    world.looks_well("3-item-access").await;
    journey::next(page).await;
    DetailsStep(page).wait().await;
    DetailsStep(page).fill(DetailsStep::TITLE, "").await;
    journey::next(page).await;
    world.looks_well("4-details-problem").await;
    journey::details(page, &wish).await;
    SummaryStep(page).wait().await;
    page.announces("You already have an item with this title").await;
    world.looks_well("5-summary-duplicate-title").await;
    world.fault(Endpoint::RegisterApp, refusal(500, "Unable to register app. (Invalid Privileges)"));
    SummaryStep(page).create().await;
    page.alert("*").first().wait().await;
    world.looks_well("6-refused").await;
    world.clear_faults();
    page.button(Problem::TRY_AGAIN).click().await;
    KeyStep(page).key().await;
    world.looks_well("7-key").await;
    KeyStep(page).saved().await;
    KeyStep(page).shown().gone().await;
    world.looks_well("8-done").await;
    world.end().await;
}

async fn the_other_screens_can_be_photographed_too() {
    let world = World::start().await;
    let page = world.page();
    world.sign_in("newt").await;
    for text in ["portal:user:generateApiTokens", "portal:user:assignPrivilegesToApps", "administrator"] {
        page.shows(text).await;
    }
    assert!(!page.heading(CredentialsStep::HEADING).exists().await, "it comes before step 1");
    world.looks_well("9-may-not").await;
    page.button(Header::SIGN_OUT).click().await;
    page.button(SignInPage::SIGN_IN).wait().await;
    world.looks_well("9-signed-out").await;
    // No role lacks them, so nobody is written to.
    world.portal(|portal| {
        let ada = portal.user_mut("ada").expect("the demo has her");
        ada.privileges.retain(|id| id != "portal:user:generateApiTokens");
    });
    world.sign_in("ada").await;
    page.shows("You are an administrator, so your role is not the cause").await;
    assert!(!page.textbox("Text for your administrator").exists().await);
    world.end().await;
    let world = World::configured(|_| {
        r#"{"portals":[{"id":"a","name":"A","url":"http://a.example","clientId":""}]}"#.to_owned()
    })
    .await;
    world.page().shows("portals[0].url").await;
    world.looks_well("9-bad-config").await;
    world.end().await;
}

crate::suite::tests! {
    one: [
        every_screen_can_be_photographed_and_axe_finds_nothing_on_it,
        the_other_screens_can_be_photographed_too,
    ]
}
