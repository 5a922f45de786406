//! Everything works with the keyboard alone.

use crate::pages::{
    CredentialsStep, DetailsStep, ItemAccessStep, KeyStep, PortalPage, PrivilegesStep, SignInPage, SummaryStep,
};
use crate::world::World;

async fn the_whole_walk_works_with_the_keyboard_alone() {
    let world = World::start().await;
    let page = world.page();
    page.button(SignInPage::SIGN_IN).wait().await;
    page.tab_to("button", "Sign in").await;
    page.press("Enter").await;
    PortalPage(page).wait().await;
    page.choose_by_keyboard("jane").await;
    page.tab_to("button", "Allow").await;
    page.press("Enter").await;

    CredentialsStep(page).wait().await;
    page.tab_to_field("Referrers").await;
    page.keys("https://app.example.com").await;
    page.tab_to("button", "Add referrer").await;
    page.press("Space").await;
    CredentialsStep(page).remove("https://app.example.com").wait().await;
    page.tab_to("button", "Next").await;
    page.press("Enter").await;

    PrivilegesStep(page).wait().await;
    page.tab_to_field("Search privileges").await;
    page.keys("geocod").await;
    page.checkbox("Basemap styles service").gone().await;
    page.tab_to("checkbox", "Geocoding").await;
    page.press("Space").await;
    page.tab_to("button", "Next").await;
    page.press("Enter").await;

    ItemAccessStep(page).wait().await;
    page.tab_to("button", "Browse items").await;
    page.press("Enter").await;
    page.dialog(ItemAccessStep::BROWSE).checkbox("*").first().wait().await;
    page.tab_to_role("checkbox").await;
    page.press("Space").await;
    page.tab_to("button", "Add items").await;
    page.press("Enter").await;
    page.dialog(ItemAccessStep::BROWSE).gone().await;
    page.tab_to("button", "Next").await;
    page.press("Enter").await;

    DetailsStep(page).wait().await;
    page.tab_to_field("Title").await;
    page.keys("By keyboard").await;
    page.tab_to("button", "Next").await;
    page.press("Enter").await;

    SummaryStep(page).wait().await;
    page.tab_to("button", "Create").await;
    page.press("Enter").await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, Some("https://app.example.com/")).await.is_accepted());
    page.tab_to("button", "I have saved the key").await;
    page.press("Enter").await;
    page.heading(KeyStep::UNCOPIED).wait().await;
    page.tab_to("button", KeyStep::SAVED_OTHERWISE).await;
    page.press("Enter").await;
    KeyStep(page).shown().gone().await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        the_whole_walk_works_with_the_keyboard_alone,
    ]
}
