//! A title that one of the person's items has already: told, and no obstacle.

use practice_portal::endpoint::Endpoint;

use crate::journey::{self, Wish};
use crate::pages::{DetailsStep, KeyStep, PrivilegesStep, Problem, SummaryStep};
use crate::practice::refusal;
use crate::world::World;

/// What the Summary says.
const TWIN: &str = "You already have an item with this title";

/// How often the newest items were listed: the folders are listed one at a time.
async fn listings(world: &World) -> usize {
    world.portal_calls().await.iter().filter(|it| it.body.contains("foldersContent=true")).count()
}

/// Counts the answers that the page has read from now on, a task after each, when all that it makes of one is there.
async fn count_answers(world: &World) {
    let count = "void (() => { globalThis.akwRead = 0; const real = Response.prototype.arrayBuffer; \
        Response.prototype.arrayBuffer = async function () { const bytes = await real.call(this); \
        setTimeout(() => akwRead++); return bytes } })()";
    world.page().js(count).await;
}

/// Waits until so many listings were asked for, and the answer to the last was read; nothing else is asked meanwhile.
async fn looked_up(world: &World, count: usize) {
    let page = world.page();
    page.until("the title is looked up", async || listings(world).await == count).await;
    page.until("the answer is read", async || page.js("akwRead").await == 1).await;
}

async fn a_title_in_use_is_told_with_folder_and_date_until_another_is_typed() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let wish = Wish { folder: Some("<b>Maps"), ..Wish::small() };
    world.to_summary(&wish).await;
    page.radio(SummaryStep::LATER).click().await;
    SummaryStep(page).create().await;
    page.heading(KeyStep::FOR_LATER).wait().await;
    // What the creation itself lists has come.
    page.until("nothing of it is awaited", async || !page.stored().await.contains("akw.operation")).await;
    world.start_over().await;
    world.to_summary(&Wish { title: " My API key credential ", ..Wish::small() }).await;
    page.announces(TWIN).await;
    let text = page.text().await;
    assert!(
        text.contains("and is in the folder <b>Maps. The portal allows duplicate titles")
            && text.contains("It was created on "),
        "{text}"
    );
    let before = listings(&world).await;
    SummaryStep(page).change("Tags").await;
    journey::next(page).await;
    page.announces(TWIN).await;
    assert_eq!(listings(&world).await, before, "one read for a title");
    SummaryStep(page).change("Title").await;
    DetailsStep(page).fill(DetailsStep::TITLE, "my API key credential").await;
    count_answers(&world).await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    looked_up(&world, before + 1).await;
    assert!(!page.text().await.contains(TWIN));
    world.end().await;
}

async fn a_title_in_use_may_be_used_again() {
    let world = World::prepared(|portal| World::retitle(portal, "jane", &[Wish::small().title])).await;
    world.sign_in("jane").await;
    let page = world.page();
    world.to_summary(&Wish::small()).await;
    page.announces(TWIN).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    world.end().await;
}

async fn what_ones_own_unfinished_creation_made_is_no_twin() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    world.fault(Endpoint::RegisterApp, refusal(500, "Unable to register app. (Invalid Privileges)"));
    SummaryStep(page).create().await;
    let before = listings(&world).await;
    page.button(Problem::CHANGE).click().await;
    PrivilegesStep(page).wait().await;
    count_answers(&world).await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    looked_up(&world, before + 1).await;
    assert!(!page.text().await.contains(TWIN));
    world.clear_faults();
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    world.end().await;
}

async fn a_listing_that_fails_is_not_told_and_keeps_nobody_from_going_on() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    journey::credentials(page, &Wish::small()).await;
    journey::privileges(page, &Wish::small()).await;
    journey::items(page, &Wish::small()).await;
    DetailsStep(page).wait().await;
    let before = listings(&world).await;
    world.fault_once(Endpoint::UserContent, refusal(500, "No listing today"));
    count_answers(&world).await;
    journey::details(page, &Wish::small()).await;
    SummaryStep(page).wait().await;
    looked_up(&world, before + 1).await;
    let text = page.text().await;
    assert!(!text.contains("No listing today") && !text.contains(TWIN), "{text}");
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    world.end().await;
}

async fn a_listing_that_never_comes_keeps_nobody_from_going_on() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    journey::credentials(page, &Wish::small()).await;
    journey::privileges(page, &Wish::small()).await;
    journey::items(page, &Wish::small()).await;
    DetailsStep(page).wait().await;
    world.hold(Endpoint::UserContent).await;
    journey::details(page, &Wish::small()).await;
    SummaryStep(page).wait().await;
    world.holds(Endpoint::UserContent).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    world.end().await;
}

crate::suite::tests! {
    one: [
        a_title_in_use_is_told_with_folder_and_date_until_another_is_typed,
        a_title_in_use_may_be_used_again,
        what_ones_own_unfinished_creation_made_is_no_twin,
        a_listing_that_fails_is_not_told_and_keeps_nobody_from_going_on,
        a_listing_that_never_comes_keeps_nobody_from_going_on,
    ]
}
