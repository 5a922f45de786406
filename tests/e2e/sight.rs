//! What stays visible: the primary button, the focused element, and the essentials in forced colors.

use serde_json::json;

use crate::cdp;
use crate::docs::{Docs, FILLED};
use crate::engine::Kind;
use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{CredentialsStep, Header, ItemAccessStep, ItemsDialog, PrivilegesStep};
use crate::session::later;
use crate::suite;
use crate::world::{World, is_long};

/// What covers the center of the focused element; for a multi-line text field, its first line, to which browsers
/// scroll.
const COVERED: &str = "(() => { let root = document, focused = root.activeElement; \
    for (; focused?.shadowRoot?.activeElement; focused = root.activeElement) root = focused.shadowRoot; \
    if (focused === document.body) return 'nothing has focus'; \
    const box = focused.getBoundingClientRect(); \
    const down = focused.matches('textarea') ? 12 : box.height / 2; \
    const over = root.elementFromPoint(box.left + box.width / 2, box.top + down); \
    return over && (focused.contains(over) || over.contains(focused) || over.closest('label')?.contains(focused)) ? '' \
        : `${focused.id || focused.textContent} under ${over?.className}` })()";

/// True if unticked checkboxes have the border color of fields. A test in `tests/it/tidy` checks its contrast.
const EDGES: &str = "(() => { const of = box => getComputedStyle(box).borderTopColor; \
    const field = of(document.querySelector('.field__input')); \
    const boxes = [...document.querySelectorAll('[type=checkbox]:not(:checked, :disabled)')]; \
    return boxes.length > 1 && boxes.every(box => of(box) === field) })()";

/// True if the count of chosen privileges is visible at the end of the page.
const COUNT_IN_SIGHT: &str = "(() => { scrollTo(0, document.documentElement.scrollHeight); \
    const box = document.querySelector('.privileges__count').getBoundingClientRect(); \
    return scrollY > 0 && box.top >= 0 && box.bottom <= innerHeight })()";

/// Presses a key this many times, and checks each time.
async fn walk(page: &Page, keys: &str, times: usize) {
    for _ in 0..times {
        page.press(keys).await;
        page.next_frame().await;
        assert_eq!(page.js(COVERED).await, json!(""), "{keys}");
    }
}

/// In forced colors, the page conveys state by borders, not by its own colors.
async fn system_colours_leave_the_way_on(page: &Page) {
    let features = |value: &str| json!({ "features": [{ "name": "forced-colors", "value": value }] });
    cdp::run(&page.client, "Emulation.setEmulatedMedia", features("active")).await.expect("Chromium emulates it");
    let script = "(() => { const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name]; \
        const [done, ahead] = ['.steps__mark--done', '.steps__mark:not(.steps__mark--done)'].map(mark => of(mark, 'borderTopWidth')); \
        return [parseFloat(done) > parseFloat(ahead), parseFloat(ahead) > 0, \
            of('.button--primary', 'backgroundColor') !== of('.button--small', 'backgroundColor'), \
            of('.field__result', 'borderTopStyle'), of('.notice', 'borderTopStyle')] })()";
    page.js("void document.querySelector('form').before(Object.assign(document.createElement('p'), { className: 'notice' }))").await;
    assert_eq!(page.js(script).await, json!([true, true, true, "solid", "solid"]));
    page.js("document.querySelector('.notice').remove()").await;
    cdp::run(&page.client, "Emulation.setEmulatedMedia", features("none")).await.expect("Chromium emulates it");
}

async fn nothing_covers_what_has_focus_the_way_on_is_in_sight_and_system_colours_leave_it() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    // Only Chromium emulates it.
    if suite::kind() == Kind::Chromium {
        system_colours_leave_the_way_on(page).await;
    }
    journey::credentials(page, &Wish::small()).await;
    PrivilegesStep(page).wait().await;
    assert_eq!(page.js(EDGES).await, json!(true), "an empty box has the edge of a field");
    let height = page.js("document.documentElement.scrollHeight").await.as_f64().expect("a number");
    assert!(height < 2_400.0, "groups are folded: {height} px");
    page.js("document.querySelectorAll('details').forEach(details => details.open = true)").await;
    let script = "(() => { scrollTo(0, 0); const button = document.querySelector('[type=submit]').getBoundingClientRect(); \
                  return button.bottom <= innerHeight && document.documentElement.scrollHeight > innerHeight })()";
    for (width, height) in [(1280, 720), (360, 740)] {
        page.set_size(width, height).await;
        assert_eq!(page.js(script).await, json!(true), "{width}×{height}");
        assert_eq!(page.js(COUNT_IN_SIGHT).await, json!(true), "{width}×{height}");
    }
    // The widest and the smallest window have the most sticky elements.
    let sizes = [(1280, 600), (320, 256), (1280, 900), (360, 740)];
    for (width, height) in sizes.into_iter().take(if is_long() { 4 } else { 2 }) {
        page.set_size(width, height).await;
        page.textbox(PrivilegesStep::SEARCH).focus().await;
        walk(page, "Tab", 30).await;
        walk(page, "Shift+Tab", 28).await;
        page.textbox("Start from a tutorial or task").focus().await;
        walk(page, "Tab", 8).await;
    }
    // At this width only the focused step shows its name.
    page.set_size(320, 256).await;
    page.link(ItemAccessStep::HEADING).focus().await;
    assert_eq!(page.js("parseFloat(getComputedStyle(document.activeElement).fontSize) > 8").await, json!(true));
    journey::privileges(page, &Wish::small()).await;
    // The buttons of this dialog stay in sight, too.
    page.set_size(1280, 600).await;
    ItemAccessStep(page).browse().await.choose_first(3).await;
    page.textbox(ItemsDialog::SEARCH).focus().await;
    walk(page, "Tab", 9).await;
    walk(page, "Shift+Tab", 8).await;
    page.set_size(0, 0).await;
    world.end().await;
}

async fn nothing_covers_what_has_focus_in_an_element() {
    let (world, _docs) = Docs::open(&format!("<arcgis-key-wizard {FILLED}></arcgis-key-wizard>")).await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    page.link(PrivilegesStep::HEADING).click().await;
    PrivilegesStep(page).wait().await;
    page.js("document.querySelector('arcgis-key-wizard').shadowRoot.querySelectorAll('details').forEach(details => details.open = true)").await;
    page.set_size(1280, 600).await;
    page.textbox(PrivilegesStep::SEARCH).focus().await;
    walk(page, "Tab", 20).await;
    walk(page, "Shift+Tab", 18).await;
    page.set_size(0, 0).await;
    world.end().await;
}

async fn the_end_of_a_session_is_shown_where_the_person_is() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    journey::credentials(page, &Wish::small()).await;
    PrivilegesStep(page).wait().await;
    page.js("document.querySelectorAll('details').forEach(details => details.open = true)").await;
    page.js("scrollTo(0, document.documentElement.scrollHeight)").await;
    later(&world, 13).await;
    page.announces("you are signed out in 2 minutes").await;
    let is_in_sight = "(() => { const box = document.querySelector('.notice--ahead').getBoundingClientRect(); \
                       return scrollY > 0 && box.top >= 0 && box.bottom <= innerHeight })()";
    page.until("the warning is in sight", async || page.js(is_in_sight).await == true).await;
    page.button(Header::STAY).click().await;
    page.button(Header::STAY).gone().await;
    journey::privileges(page, &Wish::small()).await;
    ItemAccessStep(page).browse().await;
    later(&world, 13).await;
    page.dialog(ItemAccessStep::BROWSE).button(Header::STAY).click().await;
    page.button(Header::STAY).gone().await;
    page.until("the search field has the focus", async || page.focused().await.name == "Search items").await;
    page.button("Cancel").click().await;
    page.button(Header::SIGN_OUT).click().await;
    page.dialog(Header::ANSWERS).wait().await;
    later(&world, 13).await;
    page.photograph_all("1-warning-in-question").await;
    page.dialog(Header::ANSWERS).button(Header::STAY).click().await;
    page.button(Header::STAY).gone().await;
    page.until("the button of the question has the focus", async || page.focused().await.name == "Stay").await;
    world.end().await;
}

crate::suite::tests! {
    one: [
        nothing_covers_what_has_focus_the_way_on_is_in_sight_and_system_colours_leave_it,
        nothing_covers_what_has_focus_in_an_element,
        the_end_of_a_session_is_shown_where_the_person_is,
    ]
}
