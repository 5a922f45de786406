//! `Create another like this`, and the help after a key.

use crate::journey::{self, Wish};
use crate::pages::{
    CredentialsStep, DetailsStep, Header, KeyStep, Prefilled, RecipeField, Reuse, SignInPage, SummaryStep,
};
use crate::world::World;

async fn another_key_like_the_one_before_needs_a_title_and_referrers_and_no_walk() {
    let (world, _key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    page.button("Check the key").click().await;
    page.shows("--referer 'https://app.example.com/map' '").await;
    page.link("Download a calendar reminder").click().await;
    let file = world.downloads().join("replace-api-key.ics");
    let read = || std::fs::read_to_string(&file).unwrap_or_default();
    page.until("the reminder is downloaded", async || read().ends_with("END:VCALENDAR\r\n")).await;
    assert!(read().contains("SUMMARY:Replace the API key"), "{}", read());
    Reuse(page).open().await;
    let recipe = Reuse(page).download(&world.downloads()).await;
    page.is_accessible("the page after the key, with its recipe").await;
    page.photograph_all("7-key-saved-recipe").await;
    page.button(KeyStep::ALIKE).click().await;
    Prefilled(page).titled(Prefilled::BY_ANOTHER).wait().await;
    assert!(!CredentialsStep(page).remove("https://app.example.com").exists().await);
    // The new key stays restricted until the user decides.
    page.group(Prefilled::UNRESOLVED).button("Use https://app.example.com").wait().await;
    page.group(Prefilled::UNRESOLVED).button("Use all 2 suggestions").wait().await;
    page.photograph_all("1-credentials-copy").await;
    CredentialsStep(page).add_referrer("https://staging.example.com").await;
    page.group(Prefilled::UNRESOLVED).gone().await;
    page.reload().await;
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    CredentialsStep(page).next().await;
    DetailsStep(page).wait().await;
    DetailsStep(page).fill(DetailsStep::TITLE, "Staging").await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    assert_eq!(world.whoami(&key, Some("https://staging.example.com/")).await.privileges().len(), 5);
    KeyStep(page).saved().await;
    // The recipe of the first key can serve as a template, too.
    page.button(KeyStep::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    page.button(Header::SIGN_OUT).click().await;
    SignInPage(page).wait().await;
    RecipeField(page).choose(&recipe).await;
    Prefilled(page).titled(Prefilled::BY_RECIPE).button(KeyStep::ALIKE).click().await;
    Prefilled(page).titled(Prefilled::BY_ANOTHER).wait().await;
    world.sign_in("jane").await;
    page.group(Prefilled::UNRESOLVED).button("Use all 2 suggestions").click().await;
    page.announces("Added 2.").await;
    CredentialsStep(page).next().await;
    DetailsStep(page).wait().await;
    assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Key for app.example.com");
    world.end().await;
}

crate::suite::tests! {
    one: [
        another_key_like_the_one_before_needs_a_title_and_referrers_and_no_walk,
    ]
}
