//! Item access: the dialog over what the organization holds.

use practice_portal::endpoint::Endpoint;
use practice_portal::state::item::{Access, Item};

use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{DetailsStep, ItemAccessStep, ItemsDialog, Problem, SummaryStep};
use crate::practice::refusal;
use crate::world::World;

/// Signs in and walks to step 3.
async fn at_item_access(user: &str) -> World {
    let world = World::signed_in(user).await;
    let wish = Wish::small();
    journey::credentials(world.page(), &wish).await;
    journey::privileges(world.page(), &wish).await;
    ItemAccessStep(world.page()).wait().await;
    world
}

async fn ten_thousand_items_can_be_searched_and_scrolled_through() {
    let world = at_item_access("max").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    let shown = dialog.it().checkbox("*").all().await.len();
    assert!(shown <= 400, "{shown} rows are in the page at once");
    let seen = world.calls_to("search").await;
    dialog.scroll_to_end().await;
    page.until("scrolling loads more", async || world.calls_to("search").await > seen).await;
    dialog.search(&world.title_of_item("max", 7_777)).await;
    dialog.item(&world.title_of_item("max", 7_777)).first().wait().await;
    world.end().await;
}

async fn chosen_items_are_kept_across_searches_and_filters() {
    let world = at_item_access("jane").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    let chosen = dialog.choose_first(2).await;
    dialog.search("zzzz nothing has this name").await;
    page.until("the list is empty", async || dialog.it().checkbox("*").all().await.is_empty()).await;
    dialog.counts(2).await;
    dialog.search("").await;
    for name in &chosen {
        dialog.it().checkbox(name).first().becomes("checked").await;
    }
    dialog.add().await;
    for name in &chosen {
        page.shows(name).await;
    }
    world.end().await;
}

async fn all_but_public_items_are_offered_and_type_and_sharing_narrow_the_list() {
    let world = at_item_access("jane").await;
    let dialog = ItemAccessStep(world.page()).browse().await;
    let not_public = |item: &Item| item.access != Access::Public;
    dialog.lists(&world.items_seen_by("jane", not_public)).await;
    dialog.it().choice(ItemsDialog::TYPE).select("Web Map").await;
    dialog.lists(&world.items_seen_by("jane", |it| not_public(it) && it.kind == "Web Map")).await;
    dialog.it().choice(ItemsDialog::TYPE).select("All types").await;
    for (sharing, access) in
        [("Owner only", Access::Private), ("Groups", Access::Shared), ("Organization", Access::Org)]
    {
        dialog.it().choice(ItemsDialog::SHARING).select(sharing).await;
        dialog.lists(&world.items_seen_by("jane", |it| it.access == access)).await;
    }
    world.end().await;
}

async fn no_more_than_a_hundred_items_can_be_chosen() {
    let world = at_item_access("max").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    let first = dialog.it().checkbox("*").first().wait().await.name;
    dialog.tick_with_scrolling(100).await;
    dialog.unticked_are(|it| it.is("disabled")).await;
    page.announces("100 of 100 items chosen: no more fit in one credential").await;
    // One makes room for one.
    dialog.scroll_to_start().await;
    dialog.it().checkbox(&first).first().click().await;
    dialog.counts(99).await;
    dialog.unticked_are(|it| !it.is("disabled")).await;
    dialog.it().checkbox(&first).first().click().await;
    dialog.counts(100).await;
    dialog.add().await;
    page.shows("100 of 100").await;
    assert_eq!(page.button("Remove *").all().await.len(), 100);
    journey::next(page).await;
    DetailsStep(page).wait().await;
    world.end().await;
}

async fn a_chosen_item_can_be_removed_again() {
    let world = at_item_access("jane").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    let chosen = dialog.choose_first(2).await;
    dialog.add().await;
    let title = &chosen[0];
    ItemAccessStep(page).remove(title).click().await;
    ItemAccessStep(page).remove(title).gone().await;
    ItemAccessStep(page).remove(&chosen[1]).wait().await;
    world.end().await;
}

async fn escape_closes_the_dialog_and_gives_the_focus_back() {
    let world = at_item_access("jane").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    page.press("Escape").await;
    dialog.it().gone().await;
    page.until("the focus is back", async || page.focused().await.name == "Browse items").await;
    world.end().await;
}

/// Whether something in the dialog of items has focus.
const IN_DIALOG: &str = "!!document.activeElement.closest('dialog')";

async fn escape_cancel_and_back_ask_before_ticks_are_lost() {
    let world = at_item_access("jane").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.choose_first(2).await;
    let question = page.dialog(ItemsDialog::DISCARD_QUESTION);
    for way in ["Escape", "Escape", "Cancel", "Back"] {
        match way {
            "Cancel" => dialog.it().button("Cancel").click().await,
            "Back" => page.back().await,
            key => page.press(key).await,
        }
        question.wait().await;
        page.is_accessible("the question about ticks").await;
        page.button("Stay").click().await;
        question.gone().await;
        dialog.counts(2).await;
        page.until("the focus is in the dialog", async || page.js(IN_DIALOG).await == true).await;
    }
    page.back().await;
    question.button("Discard selection").click().await;
    dialog.it().gone().await;
    crate::pages::PrivilegesStep(page).wait().await;
    journey::next(page).await;
    page.shows("0 of 100").await;
    world.end().await;
}

async fn enter_on_a_row_sends_nothing_and_keeps_what_is_ticked() {
    let world = at_item_access("jane").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    page.tab_to_role("checkbox").await;
    page.press("Space").await;
    page.press("Enter").await;
    page.next_frame().await;
    dialog.counts(1).await;
    dialog.add().await;
    page.heading(ItemAccessStep::HEADING).wait().await;
    page.shows("1 of 100").await;
    world.end().await;
}

async fn what_is_ticked_is_pinned_and_can_be_taken_off_there() {
    let world = at_item_access("jane").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    let chosen = dialog.choose_first(2).await;
    dialog.search("zzzz nothing has this name").await;
    dialog.it().button(&format!("Remove {}", chosen[0])).enter().await;
    dialog.counts(1).await;
    let next = format!("Remove {}", chosen[1]);
    page.until("the next entry has the focus", async || page.focused().await.name == next).await;
    dialog.add().await;
    ItemAccessStep(page).browse().await;
    dialog.it().button(&next).wait().await;
    world.end().await;
}

async fn credentials_are_not_offered() {
    let world = World::prepared(|portal| {
        let mut items = portal.items_of("jane").into_iter().filter(|it| it.access == Access::Private);
        for (title, keyword) in [("An old credential", "Registered App"), ("Another item", "Web Map")] {
            let id = items.next().expect("jane has private items").id;
            let item = portal.item_mut(&id).expect("it was listed");
            item.title = title.to_owned();
            item.kind = "Application".to_owned();
            item.type_keywords = vec![keyword.to_owned()];
        }
    })
    .await;
    world.sign_in("jane").await;
    let wish = Wish::small();
    journey::credentials(world.page(), &wish).await;
    journey::privileges(world.page(), &wish).await;
    let dialog = ItemAccessStep(world.page()).browse().await;
    dialog.search("an").await;
    dialog.item("Another item").wait().await;
    assert!(!dialog.item("An old credential").exists().await);
    world.end().await;
}

async fn a_person_who_owns_nothing_can_skip() {
    let world = at_item_access("nora").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    page.announces("There is no item here that needs access").await;
    dialog.it().button("Cancel").click().await;
    page.button(ItemAccessStep::SKIP).click().await;
    DetailsStep(page).wait().await;
    world.end().await;
}

async fn the_first_items_are_fetched_while_the_person_is_on_an_earlier_step() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    page.until("items, folders and account are fetched", async || world.calls_to("/search").await == 1).await;
    let before = world.calls_to("/search").await;
    let wish = Wish::small();
    journey::credentials(page, &wish).await;
    journey::privileges(page, &wish).await;
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    assert_eq!(world.calls_to("/search").await, before, "the dialog opens with what is there already");
    world.end().await;
}

/// Presses an arrow slowly until it leads no further; the names it passed.
async fn walked(page: &Page, keys: &str) -> Vec<String> {
    let mut names = vec![page.focused().await.name];
    loop {
        page.press(keys).await;
        page.next_frame().await;
        let focused = page.focused().await;
        assert_eq!(focused.role, "checkbox", "after {names:#?}");
        if names.last() == Some(&focused.name) || names.len() > 99 {
            return names;
        }
        names.push(focused.name);
    }
}

async fn tab_comes_to_one_item_and_the_arrows_walk_over_all() {
    let world = at_item_access("jane").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    page.tab_to_role("checkbox").await;
    let mut down = walked(page, "Down").await;
    page.shows(&format!("{} items found", down.len())).await;
    assert!(down.len() > 36, "{down:#?}");
    page.press("Tab").await;
    assert_eq!(page.focused().await.name, "Add items");
    page.press("Shift+Tab").await;
    let up = walked(page, "Up").await;
    down.reverse();
    assert_eq!(up, down, "backwards it is the same way");
    page.press("End").await;
    page.until("the last one has the focus", async || page.focused().await.name == down[0]).await;
    world.end().await;
}

async fn the_focus_of_an_item_that_is_scrolled_out_of_the_page_goes_to_the_list() {
    let world = at_item_access("max").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    page.tab_to_role("checkbox").await;
    let place = dialog.scroll_to_end().await;
    page.until("the list has the focus", async || page.focused().await.name == "Items found").await;
    assert_eq!(dialog.place().await, place, "the list stays where it was scrolled to");
    world.end().await;
}

async fn another_search_with_as_many_results_shows_its_own() {
    let world = at_item_access("max").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    let first = dialog.it().checkbox("*").first().wait().await.name;
    dialog.it().choice(ItemsDialog::TYPE).select("Scene Service").await;
    page.until("the rows are those of the type", async || dialog.it().checkbox("*").first().wait().await.name != first)
        .await;
    world.end().await;
}

async fn while_the_search_fails_the_last_results_stay_and_an_item_can_be_added_by_its_id() {
    let world = at_item_access("jane").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    let rows = dialog.it().checkbox("*").all().await.len();
    let id = "0123456789abcdef0123456789abcdef";
    let add = page.button(ItemsDialog::ADD_BY_ID);
    world.fault(Endpoint::Search, refusal(500, "The index is being rebuilt"));
    dialog.search(id).await;
    page.announces("The portal refused: The index is being rebuilt · What is listed was found before").await;
    assert_eq!(dialog.it().checkbox("*").all().await.len(), rows, "the last results are kept");
    add.click().await;
    dialog.counts(1).await;
    add.gone().await;
    page.until("the field has the focus", async || page.focused().await.name == "Search items").await;
    world.clear_faults();
    page.button(Problem::TRY_AGAIN).click().await;
    page.announces("nothing found").await;
    page.until("the field has the focus", async || page.focused().await.name == "Search items").await;
    dialog.add().await;
    page.shows(id).await;
    journey::next(page).await;
    journey::details(page, &Wish::small()).await;
    SummaryStep(page).wait().await;
    page.shows(id).await;
    world.end().await;
}

async fn an_id_is_offered_only_while_the_search_fails_and_only_if_it_is_one() {
    let world = at_item_access("nora").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.search(&"0a".repeat(16)).await;
    page.announces("nothing found").await;
    assert!(!page.button(ItemsDialog::ADD_BY_ID).exists().await);
    world.fault(Endpoint::Search, refusal(500, "The index is being rebuilt"));
    dialog.search("0a0a").await;
    page.announces("You can type an item's id instead.").await;
    assert!(!page.button(ItemsDialog::ADD_BY_ID).exists().await);
    world.end().await;
}

crate::suite::tests! {
    both: [
        escape_closes_the_dialog_and_gives_the_focus_back,
        escape_cancel_and_back_ask_before_ticks_are_lost,
        tab_comes_to_one_item_and_the_arrows_walk_over_all,
        the_focus_of_an_item_that_is_scrolled_out_of_the_page_goes_to_the_list,
    ],
    one: [
        ten_thousand_items_can_be_searched_and_scrolled_through,
        chosen_items_are_kept_across_searches_and_filters,
        all_but_public_items_are_offered_and_type_and_sharing_narrow_the_list,
        no_more_than_a_hundred_items_can_be_chosen,
        a_chosen_item_can_be_removed_again,
        enter_on_a_row_sends_nothing_and_keeps_what_is_ticked,
        what_is_ticked_is_pinned_and_can_be_taken_off_there,
        credentials_are_not_offered,
        a_person_who_owns_nothing_can_skip,
        the_first_items_are_fetched_while_the_person_is_on_an_earlier_step,
        another_search_with_as_many_results_shows_its_own,
        while_the_search_fails_the_last_results_stay_and_an_item_can_be_added_by_its_id,
        an_id_is_offered_only_while_the_search_fails_and_only_if_it_is_one,
    ]
}
