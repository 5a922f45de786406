//! The developer portal of `examples`, as `cargo demo` serves it: all three integrations, theming and events.

use crate::docs::Docs;
use crate::journey::{self};
use crate::pages::{CredentialsStep, KeyStep, PortalPage, Prefilled, SignInPage, SummaryStep};
use crate::world::{Setup, World};

/// A button's background color.
const COLOUR: &str = "function () { return getComputedStyle(this).backgroundColor }";

/// The world, the site, and its page of this name.
async fn open(path: &str) -> (World, Docs) {
    let mut world = World::unopened(Setup::default()).await;
    let docs = Docs::demo(&mut world);
    world.page().goto(&format!("{}{path}", docs.site.url)).await;
    (world, docs)
}

async fn the_tutorial_gives_a_key_in_a_dialog_and_its_samples_show_it() {
    let (world, docs) = open("").await;
    let page = world.page();
    page.button("Get a key for this tutorial").enter().await;
    let dialog = page.dialog(SignInPage::HEADING);
    dialog.button(SignInPage::SIGN_IN).click().await;
    Docs::in_window(&world, async || PortalPage(page).allow("jane").await).await;
    journey::untouched(page).await;
    for answer in ["premium:user:basemaps", "My first map"] {
        page.shows(answer).await;
    }
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    let samples =
        async || page.js("[...document.querySelectorAll('pre')].map(sample => sample.textContent).join('')").await;
    let samples_with = async |text: &str| samples().await.as_str().unwrap_or_default().matches(text).count();
    assert_eq!(samples_with("YOUR_API_KEY").await, 2);
    dialog.button(KeyStep::FILL).click().await;
    assert_eq!(samples_with(&key).await, 2);
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    assert_eq!(samples_with("YOUR_API_KEY").await, 2);
    dialog.button("Close").click().await;
    dialog.gone().await;
    assert_eq!(page.url().await, docs.site.url);
    world.end().await;
}

async fn the_reference_has_the_wizard_in_a_frame_and_leads_to_it_filled_in() {
    let (world, _docs) = open("reference.html").await;
    let page = world.page();
    Docs::sign_in_in_frame(&world, "jane").await;
    assert_eq!(CredentialsStep(page).days_left().await, 90);
    page.look_into_frame(false).await;
    page.link("Get a key for local development").click().await;
    SignInPage(page).wait().await;
    assert!(page.url().await.starts_with(world.site_url()));
    world.sign_in("jane").await;
    SummaryStep(page).wait().await;
    // Jane's organization has no places service, and the page says so.
    Prefilled(page).open_left_out().await;
    page.shows("premium:user:places was left out").await;
    page.shows("1 of the 31 privileges").await;
    SummaryStep(page).expires_in(30).await;
    let rows = SummaryStep(page).rows().await;
    assert_eq!((&*rows["Referrers"], &*rows["Title"]), ("http://localhost:5173", "Local development"));
    world.end().await;
}

async fn the_page_about_keys_has_the_wizard_in_its_own_colours_and_tells_what_happens() {
    let (world, _docs) = open("keys.html").await;
    let page = world.page();
    assert_eq!(page.button(SignInPage::SIGN_IN).js(COLOUR).await, "rgb(91, 42, 134)", "the site's own colour");
    let font = "function () { return getComputedStyle(this).fontFamily }";
    assert!(page.button(SignInPage::SIGN_IN).js(font).await.as_str().is_some_and(|font| font.starts_with("Georgia")));
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    assert_eq!(CredentialsStep(page).days_left().await, 90);
    let key = journey::to_key(page).await;
    let listed = page.js("document.getElementById('events').innerText").await;
    let listed = listed.as_str().unwrap_or_default();
    for name in ["akw-ready", "akw-signed-in", "akw-step", "akw-created"] {
        assert!(listed.contains(name), "{name} is not on the page: {listed}");
    }
    assert!(!listed.contains(&key));
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    world.end().await;
}

crate::suite::tests! {
    one: [
        the_tutorial_gives_a_key_in_a_dialog_and_its_samples_show_it,
        the_reference_has_the_wizard_in_a_frame_and_leads_to_it_filled_in,
        the_page_about_keys_has_the_wizard_in_its_own_colours_and_tells_what_happens,
    ]
}
