//! What happens to a key on the screen when the page is left, printed, or crashes.

use serde_json::json;

use crate::complaints::Complaint;
use crate::engine::Kind;
use crate::journey::Wish;
use crate::pages::{KeyStep, OpenTask, SignInPage, SummaryStep};
use crate::proof::{Part, tell};
use crate::suite::{self, note};
use crate::world::{Setup, World};

/// The maximum number of times the page is left.
const MOST_TRIES: usize = 20;

/// Creates a key in a world whose page runs this script first; returns the key.
async fn with_key(script: &str) -> (World, String) {
    let world = World::unopened(Setup::default()).await;
    world.page().before_each_document(script).await;
    world.open().await;
    world.sign_in("jane").await;
    world.to_summary(&Wish::small()).await;
    SummaryStep(world.page()).create().await;
    let key = KeyStep(world.page()).key().await;
    (world, key)
}

/// True if the document contains a text anywhere.
pub async fn document_has(world: &World, text: &str) -> bool {
    let document = world.page().js("document.documentElement.outerHTML").await;
    document.as_str().is_some_and(|document| document.contains(text))
}

/// Leaves the page with the key and goes back. Returns whether the browser restored the document from its back-forward
/// cache.
async fn is_restored(world: &World, key: &str) -> bool {
    let page = world.page();
    page.js("void (globalThis.akwLeft = true)").await;
    page.goto(&world.portal_url()).await;
    page.back().await;
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
    page.until("the page is there again", async || page.url().await.starts_with(world.site_origin())).await;
    page.until("something is shown", async || !page.text().await.is_empty()).await;
    assert!(!document_has(world, key).await, "the key came back");
    page.js("globalThis.akwLeft === true").await == json!(true)
}

async fn going_back_after_leaving_never_shows_a_key_again() {
    // Suppresses the browser's prompt, as if the user confirmed leaving.
    let yes = "addEventListener('beforeunload', event => event.stopImmediatePropagation(), true)";
    let (world, mut key) = with_key(yes).await;
    let page = world.page();
    // Only a restored document proves that the page wiped the key, and not the browser. Chromium drops about every
    // second document when a timer of it is due at the moment of going back.
    let mut tries = 1;
    let mut restored = is_restored(&world, &key).await;
    while !restored && suite::kind() == Kind::Chromium {
        tries += 1;
        assert!(tries <= MOST_TRIES, "Chromium kept no page, so this test shows nothing");
        page.button(SignInPage::SIGN_IN).wait().await;
        world.sign_in_from_here("jane").await;
        page.button(OpenTask::REPLACE).click().await;
        key = KeyStep(page).key().await;
        restored = is_restored(&world, &key).await;
    }
    let how = if restored { "restored from the cache" } else { "loaded anew" };
    tell(Part::Browsers, &format!("back after leaving with a key: the page was {how}, and holds no key"));
    note(format!("left {tries} times"));
    page.set_size(1280, 720).await;
    page.reload().await;
    page.shows("A key was created in this browser and never copied").await;
    // Below the button, which stays where it was, and above what fewer people need.
    let is_in_sight = "(() => { const box = [...document.querySelectorAll('main p')] \
        .find(line => line.textContent.startsWith('A key was created')).getBoundingClientRect(); \
        const button = document.getElementById('sign-in').getBoundingClientRect(); \
        return scrollY === 0 && box.top > button.bottom && box.bottom <= innerHeight })()";
    assert_eq!(page.js(is_in_sight).await, json!(true));
    page.set_size(0, 0).await;
    page.photograph_all("0-uncopied-key").await;
    world.sign_in("jane").await;
    page.shows("you did not confirm that you saved it").await;
    page.photograph_all("6-shown-not-saved").await;
    world.end().await;
}

/// Keeps the module's exports: the wizard has more of them than the start of a sign-in, whichever loads first.
const HOLD_EXPORTS: &str = "globalThis.akwExports = {}; for (const name of ['instantiate', 'instantiateStreaming']) { \
    const real = WebAssembly[name]; WebAssembly[name] = async (...parts) => { const made = await real(...parts); \
    const { exports } = made.instance ?? made, count = object => Object.keys(object).length; \
    if (count(exports) > count(akwExports)) globalThis.akwExports = exports; return made } }";

/// Calls the exports with out-of-bounds addresses until one traps, uncaught.
const TRAP: &str = "void setTimeout(() => { for (const run of Object.values(akwExports)) if (typeof run === 'function') \
    try { run(0xfffffff0, 0xfffffff0, 0xfffffff0) } catch (error) { if (error instanceof WebAssembly.RuntimeError) throw error } })";

async fn a_printed_page_holds_no_key_and_one_that_breaks_takes_it_along_and_tells_the_place_and_no_secret() {
    let (world, key) = with_key(HOLD_EXPORTS).await;
    world.expect(Complaint::Trap);
    let page = world.page();
    let shown = "document.querySelector('[aria-label=\"API key\"]').checkVisibility()";
    for printed in [true, false] {
        page.see_as_printed(printed).await;
        assert_eq!(page.js(shown).await, json!(!printed), "printed: {printed}");
    }
    page.js(TRAP).await;
    page.heading("Something in this page broke.").wait().await;
    assert!(!document_has(&world, &key).await, "the key is still there");
    assert!(!page.stored().await.contains(&key), "the key is kept");
    page.photograph_all("9-broke").await;
    page.is_accessible("the page that broke").await;
    let log = page.seen().await.log.join("\n");
    assert!(log.contains("key-wizard-") && log.contains("wasm-function["), "the place in the code: {log}");
    assert!(!log.contains(&key), "the key is told");
    page.button("Reload").click().await;
    SignInPage(page).wait().await;
    world.sign_in("jane").await;
    OpenTask::revoke(page).await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (0, 0));
    world.end().await;
}

crate::suite::tests! {
    whole: [
        going_back_after_leaving_never_shows_a_key_again,
        a_printed_page_holds_no_key_and_one_that_breaks_takes_it_along_and_tells_the_place_and_no_secret,
    ]
}
