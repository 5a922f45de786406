//! Item access: the dialog with the organization's items.

use practice_portal::Portal;
use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;
use practice_portal::state::item::{Access, Folder, Item};

use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{DetailsStep, ItemAccessStep, ItemsDialog, PrivilegesStep, Problem, SummaryStep, Wizard};
use crate::practice::refusal;
use crate::world::World;

/// Signs in and goes to step 3.
async fn at_item_access(user: &str) -> World {
    let world = World::signed_in(user).await;
    let wish = Wish::small();
    journey::credentials(world.page(), &wish).await;
    journey::privileges(world.page(), &wish).await;
    ItemAccessStep(world.page()).wait().await;
    world
}

/// The titles of two private items of Jane's: a credential, and a similar item that is not one.
const CREDENTIAL: &str = "An old credential";
const NONE: &str = "Another item";

/// Adds them to Jane's items.
fn with_a_credential(portal: &mut Portal) {
    World::retitle(portal, "jane", &[CREDENTIAL, NONE]);
    let items = portal.items_of("jane").into_iter();
    let keyword = |item: &Item| {
        [(CREDENTIAL, "Registered App"), (NONE, "Web Map")].into_iter().find(|(title, _)| *title == item.title)
    };
    let keywords: Vec<_> = items.filter_map(|item| Some((item.id.clone(), keyword(&item)?.1))).collect();
    for (id, keyword) in keywords {
        let item = portal.item_mut(&id).expect("it was listed");
        item.kind = "Application".to_owned();
        item.type_keywords = vec![keyword.to_owned()];
    }
}

async fn what_is_ticked_is_kept_over_every_search_and_filter_and_can_be_taken_off() {
    let world = World::prepared(with_a_credential).await;
    world.sign_in("jane").await;
    let page = world.page();
    page.until("the first items are fetched ahead", async || world.calls_to("/search").await == 1).await;
    journey::credentials(page, &Wish::small()).await;
    journey::privileges(page, &Wish::small()).await;
    let dialog = ItemAccessStep(page).browse().await;
    let offered = |item: &Item| item.access != Access::Public && item.title != CREDENTIAL;
    dialog.lists(&world.items_seen_by("jane", offered)).await;
    assert!(world.items_seen_by("jane", offered).contains(NONE), "an application is no credential yet");
    let pages = world.calls_to("/search").await;
    dialog.scroll_to_start().await;
    let [first, second, third] = &dialog.choose_first(3).await[..] else { panic!("three were asked for") };
    assert_eq!(world.calls_to("/search").await, pages, "who ticks asks for nothing");
    dialog.it().choice(ItemsDialog::TYPE).select("Web Map").await;
    dialog.lists(&world.items_seen_by("jane", |item| offered(item) && item.kind == "Web Map")).await;
    dialog.it().choice(ItemsDialog::TYPE).select("All types").await;
    let folders = world.portal(|portal| portal.folders_of("jane"));
    let is_in = |item: &Item, folder: &Folder| {
        item.access != Access::Public && item.kind != "Application" && item.folder.as_ref() == Some(&folder.id)
    };
    let inside = |folder: &Folder| world.items_seen_by("jane", |item| is_in(item, folder));
    let folder = folders.iter().max_by_key(|folder| inside(folder).len()).expect("the demo has some");
    dialog.it().choice(ItemsDialog::FOLDER).select(&folder.title).await;
    let inside = inside(folder);
    assert!(inside.len() > 3, "{inside:?}");
    dialog.lists(&inside).await;
    page.announces(&format!("{} items found", inside.len())).await;
    page.is_accessible("the items of a folder").await;
    page.photograph_all("3-items-folder").await;
    // In a narrow viewport, the filters give their space to the list.
    page.set_size(320, 700).await;
    dialog.it().choice(ItemsDialog::TYPE).gone().await;
    dialog.it().button("Filters (1 set)").click().await;
    dialog.it().choice(ItemsDialog::TYPE).wait().await;
    page.photograph_all("3-items-filters").await;
    page.set_size(0, 0).await;
    dialog.it().choice(ItemsDialog::FOLDER).select("Whole organization").await;
    dialog.it().choice(ItemsDialog::SHARING).select("Groups").await;
    dialog.lists(&world.items_seen_by("jane", |item| item.access == Access::Shared)).await;
    dialog.search("zzzz nothing has this name").await;
    page.announces("nothing found").await;
    page.until("the list is empty", async || dialog.it().checkbox("*").all().await.is_empty()).await;
    dialog.counts(3).await;
    let remove = |name: &str| format!("Remove {name}");
    dialog.it().button(&remove(first)).enter().await;
    dialog.counts(2).await;
    page.until("the next entry has the focus", async || page.focused().await.name == remove(second)).await;
    dialog.it().choice(ItemsDialog::SHARING).select("Not public").await;
    dialog.search("").await;
    for name in [second, third] {
        dialog.it().checkbox(name).first().becomes("checked").await;
    }
    assert!(!dialog.it().checkbox(first).first().is("checked").await, "it was taken off");
    dialog.add().await;
    let step = ItemAccessStep(page);
    page.shows("2 of 100").await;
    step.remove(second).click().await;
    step.remove(second).gone().await;
    step.remove(third).wait().await;
    step.browse().await;
    dialog.it().button(&remove(third)).wait().await;
    dialog.counts(1).await;
    world.end().await;
}

/// True if the first row is at the top of the list.
const AT_TOP: &str = "(() => { const list = document.querySelector('.items__list'), row = list.querySelector('.items__row'); \
    return Boolean(row) && row.getBoundingClientRect().top - list.getBoundingClientRect().top < 4 })()";

/// True if the dialog shows its buttons without scrolling.
const ACTIONS_IN_SIGHT: &str = "(() => { const dialog = document.querySelector('.dialog'); dialog.scrollTop = 0; \
    return dialog.querySelector('.dialog__actions .button').getBoundingClientRect().bottom <= innerHeight })()";

async fn ten_thousand_items_can_be_searched_scrolled_through_and_a_hundred_of_them_chosen() {
    let world = at_item_access("max").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    let first = dialog.it().checkbox("*").first().wait().await.name;
    let shown = dialog.it().checkbox("*").all().await.len();
    assert!(shown <= 400, "{shown} rows are in the page at once");
    let seen = world.calls_to("search").await;
    dialog.scroll_to_end().await;
    page.until("scrolling loads more", async || world.calls_to("search").await > seen).await;
    let title = world.title_of_item("max", 7_777);
    dialog.search(&title).await;
    dialog.item(&title).first().wait().await;
    page.until("what was found is at the top", async || page.js(AT_TOP).await == true).await;
    for (width, height) in [(360, 740), (320, 256), (1280, 720)] {
        page.set_size(width, height).await;
        assert_eq!(page.js(ACTIONS_IN_SIGHT).await, true, "{width}×{height}");
    }
    dialog.search("").await;
    let begins_with = async |name: &str| {
        page.until(&format!("the list begins with {name}"), async || {
            dialog.it().checkbox("*").all().await.first().is_some_and(|node| node.name == name)
        })
        .await;
    };
    begins_with(&first).await;
    // The same number of results, but different ones.
    dialog.it().choice(ItemsDialog::TYPE).select("Scene Service").await;
    page.until("the rows are those of the type", async || dialog.it().checkbox("*").first().wait().await.name != first)
        .await;
    dialog.it().choice(ItemsDialog::TYPE).select("All types").await;
    begins_with(&first).await;
    dialog.tick_with_scrolling(100).await;
    dialog.unticked_are(|item| item.is("disabled")).await;
    page.announces("100 of 100 items chosen: no more fit in one credential").await;
    // Unticking one allows another.
    dialog.scroll_to_start().await;
    dialog.it().checkbox(&first).first().click().await;
    dialog.counts(99).await;
    dialog.unticked_are(|item| !item.is("disabled")).await;
    dialog.it().checkbox(&first).first().click().await;
    dialog.counts(100).await;
    dialog.add().await;
    page.shows("100 of 100").await;
    page.set_size(0, 0).await;
    let names = page.button("Remove *").all().await.into_iter().map(|button| button.name);
    assert_eq!(names.filter(|name| name != "Remove all").count(), 100);
    journey::next(page).await;
    DetailsStep(page).wait().await;
    world.end().await;
}

/// True if the focus is in the items dialog.
const IN_DIALOG: &str = "!!document.activeElement.closest('dialog')";

/// Presses an arrow key slowly until it moves no further; returns the names it passed.
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

/// Tab reaches one item, the arrows move through all, and End reaches the last one.
async fn walks_over_all(page: &Page) {
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
}

/// Whether the row with the focus has room for a long title.
const WHOLE_TITLE: &str = "(() => { const row = document.activeElement.closest('label'), title = row.querySelector('.items__title'); \
    const before = title.textContent; title.textContent = 'A long title '.repeat(19); \
    const isWhole = title.scrollHeight <= title.clientHeight + 1 && row.clientHeight >= title.clientHeight \
        && title.clientHeight > 60; \
    title.textContent = before; return isWhole })()";

async fn the_dialog_is_walked_through_by_keyboard_and_asks_before_ticks_are_lost() {
    let world = at_item_access("jane").await;
    let page = world.page();
    let dialog = ItemAccessStep(page).browse().await;
    dialog.it().checkbox("*").first().wait().await;
    page.press("Escape").await;
    dialog.it().gone().await;
    page.until("the focus is back", async || page.focused().await.name == ItemAccessStep::BROWSE).await;
    page.press("Enter").await;
    dialog.it().checkbox("*").first().wait().await;
    walks_over_all(page).await;
    assert_eq!(page.js(WHOLE_TITLE).await, true, "a long title can be read before it is ticked");
    page.press("Space").await;
    dialog.counts(1).await;
    // Enter sends nothing, and changes nothing.
    page.press("Enter").await;
    let last = page.focused().await.name;
    page.press("Up").await;
    page.until("another one has the focus", async || page.focused().await.name != last).await;
    page.press("Space").await;
    dialog.counts(2).await;
    let question = page.dialog(ItemsDialog::DISCARD_QUESTION);
    for (times, way) in ["Escape", "Escape", "Cancel", "Back"].into_iter().enumerate() {
        match way {
            "Cancel" => dialog.it().button("Cancel").click().await,
            "Back" => page.back().await,
            key => page.press(key).await,
        }
        question.wait().await;
        if times == 0 {
            page.is_accessible("the question about ticks").await;
        }
        page.button("Stay").click().await;
        question.gone().await;
        dialog.counts(2).await;
        page.until("the focus is in the dialog", async || page.js(IN_DIALOG).await == true).await;
    }
    page.tab_to_role("checkbox").await;
    // A row that is scrolled out of the page passes its focus to the list.
    assert_ne!(dialog.place().await, 0, "the last one is far from the first");
    dialog.scroll_to_start().await;
    page.until("the list has the focus", async || page.focused().await.name == "Items found").await;
    assert_eq!(dialog.place().await, 0, "the list stays where it was scrolled to");
    page.press("Escape").await;
    page.button("Stay").click().await;
    page.until("the list has the focus again", async || page.focused().await.name == "Items found").await;
    page.back().await;
    question.button("Discard selection").click().await;
    dialog.it().gone().await;
    PrivilegesStep(page).wait().await;
    journey::next(page).await;
    page.shows("0 of 100").await;
    world.end().await;
}

async fn without_any_item_one_goes_on_and_while_the_search_fails_an_item_is_added_by_its_id() {
    let world = World::start().await;
    let page = world.page();
    // As for a user without any readable items.
    let nothing = r#"{"total":0,"start":1,"num":0,"nextStart":-1,"results":[]}"#.to_owned();
    world.fault_once(Endpoint::Search, Fault::Instead { body: nothing });
    world.sign_in("jane").await;
    journey::credentials(page, &Wish::small()).await;
    journey::privileges(page, &Wish::small()).await;
    let dialog = ItemAccessStep(page).browse().await;
    page.announces("There is no item here that needs access").await;
    dialog.it().button("Cancel").click().await;
    page.button(ItemAccessStep::SKIP).click().await;
    DetailsStep(page).wait().await;
    page.button(Wizard::BACK).click().await;
    ItemAccessStep(page).browse().await;
    let (id, add) = ("0123456789abcdef0123456789abcdef", page.button(ItemsDialog::ADD_BY_ID));
    dialog.search(id).await;
    page.announces("nothing found").await;
    assert!(!add.exists().await, "the search works");
    dialog.search("").await;
    dialog.it().checkbox("*").first().wait().await;
    let rows = dialog.it().checkbox("*").all().await.len();
    world.fault(Endpoint::Search, refusal(500, "The index is being rebuilt"));
    dialog.search("0a0a").await;
    page.announces("The portal refused: The index is being rebuilt · What is listed was found before").await;
    assert!(!add.exists().await, "this is no id");
    dialog.search(id).await;
    add.click().await;
    dialog.counts(1).await;
    assert_eq!(dialog.it().checkbox("*").all().await.len(), rows, "the last results are kept");
    add.gone().await;
    page.until("the field has the focus", async || page.focused().await.name == ItemsDialog::SEARCH).await;
    world.clear_faults();
    page.button(Problem::TRY_AGAIN).click().await;
    page.announces("nothing found").await;
    page.until("the field has the focus", async || page.focused().await.name == ItemsDialog::SEARCH).await;
    dialog.add().await;
    page.shows(id).await;
    journey::next(page).await;
    journey::details(page, &Wish::small()).await;
    SummaryStep(page).wait().await;
    page.shows(id).await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        the_dialog_is_walked_through_by_keyboard_and_asks_before_ticks_are_lost,
    ],
    one: [
        what_is_ticked_is_kept_over_every_search_and_filter_and_can_be_taken_off,
        ten_thousand_items_can_be_searched_scrolled_through_and_a_hundred_of_them_chosen,
        without_any_item_one_goes_on_and_while_the_search_fails_an_item_is_added_by_its_id,
    ]
}
