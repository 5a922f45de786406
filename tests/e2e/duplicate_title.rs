//! A duplicate title among the user's items: reported, but not blocking.

use practice_portal::endpoint::Endpoint;

use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{CredentialsStep, DetailsStep, KeyStep, PrivilegesStep, Problem, SummaryStep};
use crate::practice::refusal;
use crate::world::World;

/// The Summary's message.
pub const IN_USE: &str = "You already have an item with this title";

/// How often the newest items were listed; only that listing requests all folders.
pub async fn listings(world: &World) -> usize {
    world.portal_calls().await.iter().filter(|call| call.body.contains("foldersContent=true")).count()
}

/// Counts the answers read from now on, one task after each, when the page has processed it.
pub async fn count_answers(world: &World) {
    let count = "void (() => { const isCounting = 'akwRead' in globalThis; globalThis.akwRead = 0; \
        if (isCounting) return; const real = Response.prototype.arrayBuffer; \
        Response.prototype.arrayBuffer = async function () { const bytes = await real.call(this); \
        setTimeout(() => akwRead++); return bytes } })()";
    world.page().js(count).await;
}

/// Goes to the Summary, which looks up the title, and waits for the answer. Nothing else is requested meanwhile.
async fn looked_up(world: &World) {
    let page = world.page();
    let before = listings(world).await;
    count_answers(world).await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    page.until("the title is looked up", async || listings(world).await == before + 1).await;
    page.until("the answer is read", async || page.js("akwRead").await == 1).await;
}

pub async fn retitle(page: &Page, title: &str) {
    SummaryStep(page).change("Title").await;
    DetailsStep(page).fill(DetailsStep::TITLE, title).await;
}

async fn a_title_in_use_is_shown_with_folder_and_date_and_keeps_nobody_from_going_on() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let wish = Wish { folder: Some("<b>Maps"), ..Wish::small() };
    world.to_summary(&wish).await;
    page.radio(SummaryStep::LATER).click().await;
    SummaryStep(page).create().await;
    page.heading(KeyStep::FOR_LATER).wait().await;
    // The listing of the creation itself has finished.
    page.until("nothing of it is awaited", async || !page.stored().await.contains("akw.operation")).await;
    world.start_over().await;
    world.to_summary(&Wish { title: " My API key credential ", ..Wish::small() }).await;
    page.announces(IN_USE).await;
    let text = page.text().await;
    assert!(
        text.contains("and is in the folder <b>Maps. The portal allows duplicate titles")
            && text.contains("It was created on "),
        "{text}"
    );
    let before = listings(&world).await;
    SummaryStep(page).change("Tags").await;
    journey::next(page).await;
    page.announces(IN_USE).await;
    assert_eq!(listings(&world).await, before, "one read for a title");
    retitle(page, "my API key credential").await;
    looked_up(&world).await;
    assert!(!page.text().await.contains(IN_USE), "another title");
    retitle(page, wish.title).await;
    journey::next(page).await;
    page.announces(IN_USE).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    assert_eq!(world.credentials_of("jane"), [wish.title, wish.title]);
    world.end().await;
}

async fn neither_an_own_operation_nor_a_listing_that_fails_or_never_comes_is_a_title_in_use() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    world.fault_once(Endpoint::UserContent, refusal(500, "No listing today"));
    retitle(page, "Not listed").await;
    looked_up(&world).await;
    let text = page.text().await;
    assert!(!text.contains("No listing today") && !text.contains(IN_USE), "{text}");
    world.hold(Endpoint::UserContent).await;
    retitle(page, "Never listed").await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    world.holds(Endpoint::UserContent).await;
    world.fault(Endpoint::RegisterApp, refusal(500, "Unable to register app. (Invalid Privileges)"));
    SummaryStep(page).create().await;
    page.button(Problem::CHANGE).click().await;
    PrivilegesStep(page).wait().await;
    assert_eq!(world.credentials_of("jane"), ["Never listed"], "the item is there");
    looked_up(&world).await;
    assert!(!page.text().await.contains(IN_USE), "it is one's own");
    world.clear_faults();
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    world.end().await;
}

async fn the_suggested_title_that_is_looked_up_is_that_of_the_referrers_as_they_are_now() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let step = CredentialsStep(page);
    page.until("unfinished credentials are looked for", async || listings(&world).await == 1).await;
    for (referrer, count) in [("https://a.example", 2), ("https://b.example", 3)] {
        step.add_referrer(referrer).await;
        page.link(SummaryStep::HEADING).click().await;
        page.until("the title is looked up", async || listings(&world).await == count).await;
        page.link(CredentialsStep::HEADING).click().await;
        step.remove(referrer).click().await;
    }
    world.end().await;
}

crate::suite::tests! {
    one: [
        a_title_in_use_is_shown_with_folder_and_date_and_keeps_nobody_from_going_on,
        neither_an_own_operation_nor_a_listing_that_fails_or_never_comes_is_a_title_in_use,
        the_suggested_title_that_is_looked_up_is_that_of_the_referrers_as_they_are_now,
    ]
}
