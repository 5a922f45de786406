//! The key: shown once, copied, and gone.

use crate::journey::Wish;
use crate::key_ends::document_has;
use crate::pages::{CredentialsStep, KeyStep, OpenTask, Question, SummaryStep};
use crate::world::World;

async fn copy_puts_the_key_on_the_clipboard_and_says_so() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    page.allow_clipboard(true).await;
    page.listen_to_clipboard().await;
    page.button(KeyStep::COPY).click().await;
    page.announces("Copied").await;
    assert_eq!(page.clipboard().await, key);
    world.end().await;
}

async fn a_refused_clipboard_selects_the_key_instead_and_says_how() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    page.allow_clipboard(false).await;
    page.button(KeyStep::COPY).click().await;
    page.announces("Ctrl").await;
    assert_eq!(page.js("getSelection().toString().trim()").await, serde_json::json!(key));
    world.end().await;
}

async fn the_key_page_says_what_the_key_may_do_and_until_when() {
    let (world, _key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    for text in ["https://app.example.com", "http://localhost:5173", "Basemap styles service", "Geocoding"] {
        page.shows(text).await;
    }
    let item = world.portal(|portal| portal.credentials_of("jane").remove(0).id);
    let address = page.link(KeyStep::ITEM).js("function () { return this.href }").await;
    assert_eq!(address, format!("{}/home/item.html?id={item}", world.portal_url()));
    page.is_accessible("the key page").await;
    world.end().await;
}

async fn the_key_is_in_one_element_and_nowhere_else() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    let script = format!(
        "[...document.querySelectorAll('*')].filter(it => [...it.childNodes].some(node => node.nodeType === 3 && node.data.includes('{key}')) || [...it.attributes].some(at => at.value.includes('{key}')) || it.value?.includes?.('{key}')).length"
    );
    assert_eq!(page.js(&script).await, 1);
    assert!(!page.title().await.contains(&key));
    assert!(!page.url().await.contains(&key));
    assert!(!page.stored().await.contains(&key));
    world.end().await;
}

async fn leaving_before_the_key_is_saved_asks_first() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    let asks = "(() => { const it = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(it); return it.defaultPrevented })()";
    assert_eq!(page.js(asks).await, true, "closing the tab asks");
    page.back().await;
    page.dialog("*").first().wait().await;
    page.photograph_all("7-leave-question").await;
    page.button("Stay*").click().await;
    assert_eq!(KeyStep(page).key().await, key);
    KeyStep(page).saved().await;
    KeyStep(page).shown().gone().await;
    assert_eq!(page.js(asks).await, false, "nothing to lose any more");
    world.end().await;
}

async fn the_key_is_wiped_once_it_is_saved() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    KeyStep(page).saved().await;
    page.until("the key is gone", async || !document_has(&world, &key).await).await;
    page.back().await;
    page.shows("API key").await;
    assert!(!page.text().await.contains(&key));
    assert!(world.whoami(&key, Some("https://app.example.com/")).await.is_accepted(), "the portal still takes it");
    world.end().await;
}

/// What becomes of it in the browser's own cache is tried in `key_ends`.
async fn the_key_is_wiped_and_the_session_ended_when_the_browser_puts_the_page_away() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    page.js("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))").await;
    assert!(!document_has(&world, &key).await, "the key is still there");
    page.shows("You left this page, so it signed you out").await;
    assert!(!document_has(&world, &key).await, "it does not come back");
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
    page.photograph_all("7-key-left").await;
    world.end().await;
}

async fn a_key_that_was_left_unsaved_is_wiped_and_can_be_replaced() {
    let (world, first) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    page.back().await;
    page.button(Question::LEAVE).click().await;
    page.heading(KeyStep::WIPED).wait().await;
    assert!(!page.text().await.contains(&first));
    page.is_accessible("the page of a wiped key").await;
    page.photograph_all("7-key-wiped").await;
    page.button(OpenTask::REPLACE).click().await;
    assert_ne!(KeyStep(page).key().await, first);
    world.end().await;
}

async fn after_a_key_another_one_can_be_made() {
    let (world, first) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    KeyStep(page).saved().await;
    world.start_over().await;
    CredentialsStep(page).wait().await;
    world.to_summary(&Wish { title: "A second key", ..Wish::small() }).await;
    SummaryStep(page).create().await;
    let second = KeyStep(page).key().await;
    assert_ne!(first, second);
    assert_eq!(world.credentials_of("jane").len(), 2);
    world.end().await;
}

crate::suite::tests! {
    both: [
        copy_puts_the_key_on_the_clipboard_and_says_so,
        a_refused_clipboard_selects_the_key_instead_and_says_how,
        the_key_is_in_one_element_and_nowhere_else,
        leaving_before_the_key_is_saved_asks_first,
        the_key_is_wiped_and_the_session_ended_when_the_browser_puts_the_page_away,
    ],
    one: [
        the_key_page_says_what_the_key_may_do_and_until_when,
        the_key_is_wiped_once_it_is_saved,
        a_key_that_was_left_unsaved_is_wiped_and_can_be_replaced,
        after_a_key_another_one_can_be_made,
    ]
}
