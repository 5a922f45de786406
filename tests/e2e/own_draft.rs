//! What was typed in a tab is that tab's own: the end of an operation that was begun with other answers does not take it
//! away, and no such operation is changed to it.

use practice_portal::endpoint::Endpoint;

use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, DetailsStep, KeyStep, OpenTask, Problem, SummaryStep};
use crate::practice::refusal;
use crate::tabs::left_half_made_elsewhere;
use crate::world::World;

fn titled(title: &'static str) -> Wish {
    Wish { title, ..Wish::small() }
}

/// “First” is about to be made in one tab; “Second” is typed in another one, which is left. Returns both.
async fn two_tabs() -> (World, fantoccini::wd::WindowHandle, fantoccini::wd::WindowHandle) {
    let world = World::at_summary(&titled("First")).await;
    let page = world.page();
    let first = page.open_tab().await;
    world.open().await;
    world.sign_in("jane").await;
    journey::to_summary(page, &titled("Second")).await;
    let second = page.switch_to(&first).await;
    (world, first, second)
}

/// The tab with “First” is gone, and the other one is signed in again.
async fn only_the_second(world: &World, first: &fantoccini::wd::WindowHandle, second: &fantoccini::wd::WindowHandle) {
    world.page().switch_to(second).await;
    world.page().close_other_tab(first).await;
    world.clear_faults();
    world.open().await;
    world.sign_in("jane").await;
}

/// “First” is half made, and its tab is gone.
async fn half_made() -> World {
    let (world, first, second) = two_tabs().await;
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(world.page()).create().await;
    world.page().heading(Problem::REFUSED).wait().await;
    only_the_second(&world, &first, &second).await;
    world.page().heading(OpenTask::UNFINISHED).wait().await;
    world
}

/// From step 1 on stands what was typed as “Second”; ends on the Summary.
async fn second_is_still_there(world: &World) {
    journey::untouched(world.page()).await;
    world.page().shows("Second").await;
    world.page().shows("Basemap styles service").await;
}

/// The titles on the portal, in the order of the alphabet.
fn titles(world: &World) -> Vec<String> {
    let mut titles = world.credentials_of("jane");
    titles.sort();
    titles
}

async fn what_was_typed_outlasts_the_end_of_a_key_from_another_tab() {
    let (world, first, second) = two_tabs().await;
    let page = world.page();
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    only_the_second(&world, &first, &second).await;
    page.shows("you did not confirm that you saved it").await;
    page.button(KeyStep::SAVED).click().await;
    page.heading(KeyStep::DONE).wait().await;
    page.button(KeyStep::ANOTHER).click().await;
    second_is_still_there(&world).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.button(KeyStep::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    page.until("its own end takes the draft along", async || !page.stored().await.contains("Second")).await;
    assert_eq!(titles(&world), ["First", "Second"]);
    world.end().await;
}

async fn what_was_typed_outlasts_a_session_that_ends_after_a_key_from_another_tab() {
    let world = half_made().await;
    let page = world.page();
    page.button(OpenTask::CONTINUE).click().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    page.reload().await;
    world.sign_in("jane").await;
    SummaryStep(page).wait().await;
    page.shows("Second").await;
    world.end().await;
}

async fn an_unfinished_credential_of_another_tab_is_never_changed_to_what_was_typed() {
    let world = half_made().await;
    let page = world.page();
    page.back().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.js("location.hash = '#/new/summary'").await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.photograph_all("6-unfinished-of-another-tab").await;
    page.is_accessible("the page of an unfinished credential of another tab").await;
    page.button(OpenTask::NOT_NOW).click().await;
    second_is_still_there(&world).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    assert_eq!(titles(&world), ["First", "Second"]);
    KeyStep(page).saved().await;
    page.button(KeyStep::ANOTHER).click().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.button(OpenTask::CONTINUE).click().await;
    KeyStep(page).key().await;
    assert_eq!((titles(&world), world.live_keys()), (vec!["First".to_owned(), "Second".to_owned()], 2));
    world.end().await;
}

async fn a_refusal_of_what_another_tab_began_is_not_mended_with_what_was_typed() {
    let world = half_made().await;
    let page = world.page();
    world.fault(Endpoint::RegisterApp, refusal(400, "No."));
    page.button(OpenTask::CONTINUE).click().await;
    page.heading(Problem::REFUSED).wait().await;
    assert!(!page.button(Problem::CHANGE).exists().await, "the answers here are not its own");
    page.button(OpenTask::NOT_NOW).click().await;
    second_is_still_there(&world).await;
    world.clear_faults();
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    assert_eq!(titles(&world), ["First", "Second"]);
    world.end().await;
}

async fn a_link_keeps_what_it_filled_in_while_something_unfinished_is_brought_to_its_end() {
    let world = World::at_summary(&titled("First")).await;
    let page = world.page();
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(page).create().await;
    page.heading(Problem::REFUSED).wait().await;
    let link = format!("{}#/new?privileges=premium:user:basemaps&title=Second", world.site_url());
    page.goto("about:blank").await;
    page.goto(&link).await;
    world.sign_in("jane").await;
    page.button(OpenTask::CONTINUE).click().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.button(KeyStep::ANOTHER).click().await;
    second_is_still_there(&world).await;
    world.end().await;
}

async fn what_was_begun_elsewhere_is_looked_at_and_left_without_a_change() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    left_half_made_elsewhere(&world, &titled("First")).await;
    journey::to_summary(page, &titled("Second")).await;
    page.button(OpenTask::LOOK).click().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.back().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.button(OpenTask::NOT_NOW).click().await;
    second_is_still_there(&world).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    assert_eq!(titles(&world), ["First", "Second"]);
    world.end().await;
}

async fn a_tab_still_changes_what_it_began_itself_after_a_refusal_and_a_reload() {
    let world = World::at_summary(&titled("First")).await;
    let page = world.page();
    world.fault(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(page).create().await;
    page.button(Problem::CHANGE).click().await;
    page.js("location.hash = '#/new/details'").await;
    DetailsStep(page).wait().await;
    DetailsStep(page).fill(DetailsStep::TITLE, "Changed once").await;
    page.reload().await;
    world.clear_faults();
    world.sign_in("jane").await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    assert!(!page.button(OpenTask::NOT_NOW).exists().await, "it can be changed");
    page.js("location.hash = '#/new/details'").await;
    DetailsStep(page).wait().await;
    assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Changed once");
    DetailsStep(page).fill(DetailsStep::TITLE, "Changed twice").await;
    page.js("location.hash = '#/new/summary'").await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.button(KeyStep::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    assert!(!page.stored().await.contains("Changed"), "nothing of it is remembered");
    assert_eq!(titles(&world), ["Changed twice"]);
    world.end().await;
}

crate::suite::tests! {
    one: [
        what_was_typed_outlasts_the_end_of_a_key_from_another_tab,
        what_was_typed_outlasts_a_session_that_ends_after_a_key_from_another_tab,
        an_unfinished_credential_of_another_tab_is_never_changed_to_what_was_typed,
        a_refusal_of_what_another_tab_began_is_not_mended_with_what_was_typed,
        a_link_keeps_what_it_filled_in_while_something_unfinished_is_brought_to_its_end,
        what_was_begun_elsewhere_is_looked_at_and_left_without_a_change,
        a_tab_still_changes_what_it_began_itself_after_a_refusal_and_a_reload,
    ]
}
