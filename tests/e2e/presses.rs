//! Counts the presses that a key takes, by the browser's own events, so that no step gets longer unnoticed.

use crate::pages::{CredentialsStep, ItemAccessStep, KeyStep, PrivilegesStep, SignInPage, SummaryStep, Wizard};
use crate::world::{Setup, World};

/// Reports each trusted press in any document, even if the press leaves the document.
const TELL: &str = "addEventListener('pointerdown', press => press.isTrusted && console.debug('akw-press'), true)";

/// A world that counts presses from the start.
async fn counted() -> World {
    let world = World::unopened(Setup::default()).await;
    world.page().before_each_document(TELL).await;
    world.open().await;
    SignInPage(world.page()).wait().await;
    world
}

/// The number of presses so far.
async fn presses(world: &World) -> usize {
    world.page().seen().await.log.iter().filter(|line| line.contains("akw-press")).count()
}

async fn two_privileges_two_referrers_and_a_year_take_at_most_nine_clicks_with_the_sign_in() {
    let world = counted().await;
    let page = world.page();
    page.allow_clipboard(true).await;
    world.sign_in("jane").await;
    let step = CredentialsStep(page);
    step.wait().await;
    step.preset("1 year").await;
    page.textbox(CredentialsStep::REFERRERS).click().await;
    page.type_text("https://app.example.com, http://localhost:5173").await;
    page.press("Enter").await;
    page.press("Enter").await;
    let step = PrivilegesStep(page);
    step.wait().await;
    step.choose("Basemap styles service").await;
    step.choose("Geocoding").await;
    // The other answers may stay as they are, and the title is suggested.
    page.link(SummaryStep::HEADING).click().await;
    SummaryStep(page).wait().await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    page.button(KeyStep::COPY).click().await;
    page.shows("Copied").await;
    // Selecting the user is a press that only the practice portal needs.
    let presses = presses(&world).await - 1;
    assert!((1..=9).contains(&presses), "{presses} presses");
    for referrer in ["https://app.example.com/", "http://localhost:5173/map"] {
        let mut privileges = world.whoami(&key, Some(referrer)).await.privileges();
        privileges.sort();
        assert_eq!(privileges, ["premium:user:basemaps", "premium:user:geocode"]);
    }
    world.end().await;
}

async fn a_link_that_answers_everything_takes_at_most_five_with_the_sign_in() {
    let world = counted().await;
    let page = world.page();
    page.goto("about:blank").await;
    let query = "expires=90d&referrers=https://app.example.com&privileges=premium:user:basemaps&title=Store+finder";
    page.goto(&format!("{}#/new?{query}", world.site_url())).await;
    page.allow_clipboard(true).await;
    // `Sign in`, and on the portal's page the user and `Allow`.
    world.sign_in("jane").await;
    SummaryStep(page).wait().await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    page.button(KeyStep::COPY).click().await;
    page.shows("Copied").await;
    let presses = presses(&world).await;
    assert!((1..=5).contains(&presses), "{presses} presses");
    world.end().await;
}

/// Two prominent buttons would look like a choice, so only one is the primary button.
async fn the_step_of_items_has_one_button_that_looks_like_the_way_on() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    CredentialsStep(page).next().await;
    PrivilegesStep(page).wait().await;
    page.button(Wizard::NEXT).click().await;
    ItemAccessStep(page).wait().await;
    let look = "function () { const { backgroundColor, borderTopColor } = getComputedStyle(this); \
                return [backgroundColor, borderTopColor].join() }";
    let bare = "rgba(0, 0, 0, 0),rgba(0, 0, 0, 0)";
    assert_eq!(page.button(ItemAccessStep::SKIP).js(look).await, bare);
    assert_ne!(page.button(Wizard::NEXT).js(look).await, bare);
    world.end().await;
}

crate::suite::tests! {
    one: [
        two_privileges_two_referrers_and_a_year_take_at_most_nine_clicks_with_the_sign_in,
        a_link_that_answers_everything_takes_at_most_five_with_the_sign_in,
        the_step_of_items_has_one_button_that_looks_like_the_way_on,
    ]
}
