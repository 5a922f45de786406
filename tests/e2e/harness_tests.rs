//! Tests the harness itself on a page defined here, so that a failing test can be trusted.

use serde_json::json;

use crate::browser::Browser;
use crate::page::Page;
use crate::world::World;

/// A page with one element of each kind, and one deliberate use of `innerHTML`.
const SAMPLE: &str = "data:text/html,<!doctype html><html lang=en><title>Sample</title><main><h1>Hello</h1>\
    <label>Title <input id=t></label><label><input type=checkbox> Geocoding</label><label>Day <input type=date></label>\
    <button onclick=\"this.textContent='Done'\">Next</button><section aria-label=Box><button>Next</button></section>\
    <p role=status>All well</p></main>";

async fn elements_are_found_by_role_and_name_and_what_a_page_does_is_seen() {
    let browser = Browser::lease().await;
    let page = &browser.page;
    page.goto(&SAMPLE.replace("<button onclick", "<button aria-label=First onclick")).await;
    page.heading("Hello").wait().await;
    page.textbox("Title").fill("A key").await;
    assert_eq!(page.textbox("Title").value().await, "A key");
    page.textbox("Title").fill("é 🗝️").await;
    assert_eq!(page.textbox("Title").value().await, "é 🗝️");
    page.checkbox("Geo*").click().await;
    assert!(page.checkbox("Geocoding").is("checked").await);
    page.group("Box").button("Next").click().await;
    assert_eq!(page.status_text().await, "All well");
    assert_eq!(page.title().await, "Sample");
    assert_eq!(page.textbox("Day").all().await.len(), 1);
    the_keyboard_walk_tells_where_it_is(page).await;
    the_observer_counts_markup_sinks_and_axe_is_not_counted(page).await;
    browser.release(Vec::new()).await;
}

async fn the_keyboard_walk_tells_where_it_is(page: &Page) {
    page.goto(SAMPLE).await;
    page.tab_to("checkbox", "Geocoding").await;
    page.press("Space").await;
    assert!(page.checkbox("Geocoding").is("checked").await);
    page.press("Shift+Tab").await;
    assert_eq!(page.focused().await.name, "Title");
}

async fn the_observer_counts_markup_sinks_and_axe_is_not_counted(page: &Page) {
    page.goto(SAMPLE).await;
    assert_eq!(page.axe().await.len(), 0);
    assert!(page.seen().await.sinks.is_empty());
    page.js("document.querySelector('p').innerHTML = '<b>x</b>'").await;
    page.js("eval('1')").await;
    assert_eq!(page.seen().await.sinks, ["sink innerHTML", "sink eval"]);
    page.js("document.querySelector('label').replaceWith(document.createElement('input'))").await;
    assert!(!page.axe().await.is_empty(), "axe-core must find an input without a name");
    assert_eq!(page.js("1 + 1").await, json!(2));
}

/// Tests share a browser one after another, each in its own tab: nothing of one may reach the next.
async fn a_browser_that_is_used_again_has_nothing_of_the_test_before() {
    let world = World::start().await;
    let page = world.page();
    let changed = "[innerWidth, document.cookie, matchMedia('(prefers-color-scheme: dark)').matches, \
        matchMedia('(prefers-reduced-motion: reduce)').matches, matchMedia('print').matches, history.length, window.akwBefore ?? null]";
    page.renew().await;
    world.open().await;
    let fresh = page.js(changed).await;
    page.before_each_document("window.akwBefore = 'a test'").await;
    page.reload().await;
    page.js("void (document.cookie = 'kept=it')").await;
    page.set_scheme(crate::axe::Scheme::Dark).await;
    page.see_as_printed(true).await;
    page.set_size(320, 700).await;
    assert_eq!(page.js("window.akwBefore").await, json!("a test"));
    page.open_tab().await;
    world.open().await;
    // A page that asks before unload, as one with a key does.
    page.js("void addEventListener('beforeunload', event => event.preventDefault())").await;
    page.button("Sign in").focus().await;
    page.press("Shift").await;
    page.set_offline(true).await;
    page.renew().await;
    world.open().await;
    assert_eq!(page.windows().await.len(), 1);
    assert_eq!(page.js(changed).await, fresh);
    world.end().await;
}

crate::suite::tests! {
    both: [
        elements_are_found_by_role_and_name_and_what_a_page_does_is_seen,
        a_browser_that_is_used_again_has_nothing_of_the_test_before,
    ]
}
