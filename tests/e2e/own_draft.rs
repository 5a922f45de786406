//! A draft belongs to its tab: an operation that began with other answers does not delete it when it ends, and is not
//! changed to it.

use practice_portal::endpoint::Endpoint;

use crate::journey::Wish;
use crate::pages::{CredentialsStep, DetailsStep, Header, KeyStep, OpenTask, Problem, SummaryStep};
use crate::practice::refusal;
use crate::world::World;

fn titled(title: &'static str) -> Wish {
    Wish { title, ..Wish::small() }
}

/// “First” is ready to be created in one tab; “Second” is typed in another one, then left. Returns both.
async fn two_tabs() -> (World, fantoccini::wd::WindowHandle, fantoccini::wd::WindowHandle) {
    let world = World::at_summary(&titled("First")).await;
    let page = world.page();
    let first = page.open_tab().await;
    world.open().await;
    world.sign_in("jane").await;
    world.to_summary(&titled("Second")).await;
    let second = page.switch_to(&first).await;
    (world, first, second)
}

/// Closes the tab with “First”, and signs in again in the other one.
async fn only_the_second(world: &World, first: &fantoccini::wd::WindowHandle, second: &fantoccini::wd::WindowHandle) {
    world.page().switch_to(second).await;
    world.page().close_other_tab(first).await;
    world.clear_faults();
    world.open().await;
    world.sign_in("jane").await;
}

/// Leaves “First” half created, and closes its tab.
async fn half_made() -> World {
    let (world, first, second) = two_tabs().await;
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(world.page()).create().await;
    world.page().heading(Problem::REFUSED).wait().await;
    only_the_second(&world, &first, &second).await;
    world.page().heading(OpenTask::UNFINISHED).wait().await;
    world
}

/// Checks that the Summary still has the answers of “Second”.
async fn second_is_still_there(world: &World) {
    world.page().js("location.hash = '#/new/summary'").await;
    SummaryStep(world.page()).wait().await;
    world.page().shows("Second").await;
    world.page().shows("Basemap styles service").await;
}

/// The titles on the portal, sorted.
fn titles(world: &World) -> Vec<String> {
    let mut titles = world.credentials_of("jane");
    titles.sort();
    titles
}

async fn an_unfinished_credential_of_another_tab_is_never_changed_to_what_was_typed_here() {
    let world = half_made().await;
    let page = world.page();
    page.back().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.js("location.hash = '#/new/summary'").await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.photograph_all("6-unfinished-of-another-tab").await;
    page.is_accessible("the page of an unfinished credential of another tab").await;
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    page.button(OpenTask::CONTINUE).click().await;
    page.heading(Problem::REFUSED).wait().await;
    assert!(!page.button(Problem::CHANGE).exists().await, "the answers here are not its own");
    page.button(OpenTask::NOT_NOW).click().await;
    CredentialsStep(page).wait().await;
    second_is_still_there(&world).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    assert_eq!((titles(&world), world.live_keys()), (vec!["First".to_owned(), "Second".to_owned()], 1));
    KeyStep(page).saved().await;
    page.button(KeyStep::ANOTHER).click().await;
    page.button(OpenTask::CONTINUE).click().await;
    KeyStep(page).key().await;
    assert_eq!((titles(&world), world.live_keys()), (vec!["First".to_owned(), "Second".to_owned()], 2));
    world.end().await;
}

async fn a_tab_changes_what_it_began_itself_and_keeps_what_a_link_fills_in_until_that_comes_to_its_own_end() {
    let world = World::at_summary(&titled("First")).await;
    let page = world.page();
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(page).create().await;
    page.button(Problem::CHANGE).click().await;
    let title = async |before: &str, after: &str| {
        page.js("location.hash = '#/new/details'").await;
        DetailsStep(page).wait().await;
        assert_eq!(page.textbox(DetailsStep::TITLE).value().await, before);
        DetailsStep(page).fill(DetailsStep::TITLE, after).await;
    };
    title("First", "Changed once").await;
    world.reload_signed_in("jane").await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    assert!(!page.button(OpenTask::NOT_NOW).exists().await, "it can be changed");
    title("Changed once", "Changed twice").await;
    page.js("location.hash = '#/new/summary'").await;
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(page).create().await;
    page.heading(Problem::REFUSED).wait().await;
    page.goto("about:blank").await;
    page.goto(&format!("{}#/new?privileges=premium:user:basemaps&title=Second", world.site_url())).await;
    world.sign_in("jane").await;
    page.button(OpenTask::CONTINUE).click().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    assert_eq!(titles(&world), ["Changed twice"]);
    world.reload_signed_in("jane").await;
    page.button(Header::SIGN_OUT).wait().await;
    second_is_still_there(&world).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.button(KeyStep::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    page.until("its own end takes the draft along", async || !page.stored().await.contains("Second")).await;
    assert!(!page.stored().await.contains("Changed"), "nothing of it is remembered");
    assert_eq!(titles(&world), ["Changed twice", "Second"]);
    world.end().await;
}

crate::suite::tests! {
    one: [
        an_unfinished_credential_of_another_tab_is_never_changed_to_what_was_typed_here,
        a_tab_changes_what_it_began_itself_and_keeps_what_a_link_fills_in_until_that_comes_to_its_own_end,
    ]
}
