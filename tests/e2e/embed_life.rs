//! The element is added, moved and removed.

use practice_portal::endpoint::Endpoint;
use serde_json::json;
use xtask::finish::integrity;

use crate::clock::{pass, stop_timers};
use crate::complaints::Complaint;
use crate::config::CUSTOM_SECTION;
use crate::docs::{Docs, ELEMENT, ELEMENT_BUTTON};
use crate::journey::{self, Wish};
use crate::pages::{
    CredentialsStep, DetailsStep, ItemAccessStep, OpenTask, PrivilegesStep, Problem, SignInPage, SummaryStep,
};
use crate::world::{Setup, World, is_long};

async fn embed_nothing_but_the_module_loads_before_the_reader_is_near() {
    let far = "<p style='height: 9000px'>Far</p>";
    let (world, docs) = Docs::open(&format!("{far}{ELEMENT}")).await;
    let page = world.page();
    page.until("the element is known", async || page.js("!!customElements.get('arcgis-key-wizard')").await == true)
        .await;
    // A browser reports visibility at the next frame.
    page.next_frame().await;
    let loaded = page.seen().await.requests.into_iter().filter(|request| request.url.contains("key-wizard/")).count();
    assert_eq!(loaded, 1, "the module alone");
    let module = docs.site.bytes("key-wizard/arcgis-key-wizard.js").expect("it is served");
    let packed = xtask::budget::brotli(&module).len();
    assert!(packed <= 5_000, "the module weighs {packed} bytes");
    page.js("window.scrollTo(0, 9000)").await;
    page.button(SignInPage::SIGN_IN).wait().await;
    world.end().await;
}

async fn embed_moving_the_element_does_not_begin_anew_and_a_reset_does() {
    let element = "<arcgis-key-wizard title=First></arcgis-key-wizard>";
    let (world, _docs) = Docs::open(&format!("<section></section>{element}")).await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    journey::credentials(page, &Wish::small()).await;
    page.heading(PrivilegesStep::HEADING).wait().await;
    page.js("document.querySelector('section').append(document.querySelector('arcgis-key-wizard'))").await;
    journey::privileges(page, &Wish::small()).await;
    page.heading(ItemAccessStep::HEADING).wait().await;
    assert_eq!(Docs::events_named(page, "ready").await.len(), 1);

    page.js(
        "{ const element = document.querySelector('arcgis-key-wizard'); element.setAttribute('title', 'Second'); element.reset() }",
    )
    .await;
    page.button(SignInPage::SIGN_IN).wait().await;
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    page.link(DetailsStep::HEADING).click().await;
    DetailsStep(page).wait().await;
    assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Second");
    world.end().await;
}

async fn embed_removing_the_element_ends_the_session_and_the_next_one_goes_on_where_it_was() {
    let (world, docs) = Docs::open("").await;
    let page = world.page();
    let listeners =
        "['beforeunload', 'pagehide', 'pageshow', 'popstate', 'pointerdown', 'keydown', 'visibilitychange']";
    let count = format!(
        "window.count = {{}}; for (const name of {listeners}) count[name] = 0; \
         const add = window.addEventListener, remove = window.removeEventListener; \
         window.addEventListener = (name, ...rest) => {{ if (name in count) count[name]++; add.call(window, name, ...rest) }}; \
         window.removeEventListener = (name, ...rest) => {{ if (name in count) count[name]--; remove.call(window, name, ...rest) }};"
    );
    docs.write("", &format!("<script src=/count.js></script>{ELEMENT}"));
    docs.site.replace("count.js", count.into_bytes());
    page.goto(&docs.site.url).await;
    Docs::sign_in(&world, "jane").await;
    journey::credentials(page, &Wish::whole()).await;
    journey::privileges(page, &Wish::whole()).await;
    assert!(world.live_sessions() > 0);
    let counted = async || page.js("Object.values(count).join()").await;
    assert_ne!(counted().await, "0,0,0,0,0,0,0", "it listens while it is there");
    goes(&world).await;
    assert_eq!(counted().await, "0,0,0,0,0,0,0", "no listener is left");
    comes(&world).await;
    Docs::sign_in(&world, "jane").await;
    page.button(ItemAccessStep::SKIP).click().await;
    journey::details(page, &Wish::whole()).await;

    // Also during a creation: first on the same page, then on a reloaded page.
    for endpoint in [Endpoint::RegisterApp, Endpoint::Token] {
        world.hold(endpoint).await;
        match endpoint {
            Endpoint::Token => page.button(OpenTask::CONTINUE).click().await,
            _ => SummaryStep(page).create().await,
        }
        world.holds(endpoint).await;
        goes(&world).await;
        match endpoint {
            Endpoint::Token => page.goto(&docs.site.url).await,
            _ => comes(&world).await,
        }
        Docs::sign_in(&world, "jane").await;
    }
    world.finish_after_interruption().await;
    assert_eq!(world.live_keys(), 1);
    world.end().await;
}

/// Removes the element from the page.
async fn goes(world: &World) {
    let page = world.page();
    page.js("document.querySelector('arcgis-key-wizard').remove()").await;
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
}

/// Adds a new one in its place.
async fn comes(world: &World) {
    let page = world.page();
    page.js("document.querySelector('main').append(document.createElement('arcgis-key-wizard'))").await;
    page.button(SignInPage::SIGN_IN).wait().await;
}

async fn embed_removing_the_element_wipes_every_secret_it_held() {
    let (world, docs) = Docs::open("").await;
    let page = world.page();
    docs.site.replace("hold.js", crate::memory::HOLD_MEMORY.as_bytes().to_vec());
    docs.write("", &format!("<script src=/hold.js></script>{ELEMENT}"));
    page.goto(&docs.site.url).await;
    Docs::sign_in(&world, "jane").await;
    journey::to_key(page).await;
    let all: Vec<String> = world.secrets().into_iter().map(|(_, secret)| secret).collect();
    assert!(world.fragments_in_memory(&all).await > 0, "the key is there while it is shown");
    page.js("document.querySelector('arcgis-key-wizard').remove()").await;
    page.until("nothing of any secret is left", async || world.fragments_in_memory(&all).await == 0).await;
    world.end().await;
}

/// The name of the element's only file with this prefix and suffix, and its content.
fn file(docs: &Docs, (start, end): (&str, &str)) -> (String, Vec<u8>) {
    let paths = docs.site.paths();
    let is_it = |path: &&String| path.starts_with(&format!("key-wizard/{start}")) && path.ends_with(end);
    let path = paths.iter().find(is_it).unwrap_or_else(|| panic!("no {start}…{end} in {paths:?}"));
    (path.clone(), docs.site.bytes(path).expect("the path was listed"))
}

const WASM: (&str, &str) = ("key-wizard", ".wasm");
const RUN: (&str, &str) = ("run", ".js");

async fn embed_a_file_that_is_missing_or_was_changed_is_refused_and_can_be_tried_again() {
    let (world, docs) = Docs::open("").await;
    let page = world.page();
    let ((wasm, bytes), (run, script)) = (file(&docs, WASM), file(&docs, RUN));
    let changed = [&bytes, CUSTOM_SECTION].concat();
    docs.site.remove(&run);
    docs.site.replace(&wasm, changed.clone());
    docs.write("", "<arcgis-key-wizard><a href=/other/>Elsewhere</a></arcgis-key-wizard>");
    page.goto(&docs.site.url).await;
    let is_refused = async |times: usize| {
        let told = vec![json!({ "code": "load" }); times];
        page.until("it is told", async || Docs::events_named(page, "error").await == told).await;
        page.shows("The wizard could not be loaded").await;
        assert!(!page.button(SignInPage::SIGN_IN).exists().await, "it started");
    };
    // The fallback for readers without scripts.
    page.link("Elsewhere").wait().await;
    is_refused(1).await;
    world.expect(Complaint::Status(404));
    world.expect(Complaint::Element("the wizard could not be loaded: "));
    docs.site.replace(&run, script.clone());
    page.button(Problem::TRY_AGAIN).click().await;
    is_refused(2).await;
    world.expect(Complaint::Integrity);
    docs.site.replace(&wasm, bytes.clone());
    page.button(Problem::TRY_AGAIN).click().await;
    page.button(SignInPage::SIGN_IN).wait().await;

    // The modified file would work in a browser that has not cached the original.
    let script = String::from_utf8(script).expect("a script is text");
    let rebound = script.replace(&integrity(&bytes), &integrity(&changed));
    assert_ne!(rebound, script, "{wasm} is bound to {run}");
    docs.site.replace(&run, rebound.into_bytes());
    docs.site.replace(&wasm, changed);
    let before = docs.site.asked_for(&wasm);
    page.goto(&docs.site.url.replace("127.0.0.1", "localhost")).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    assert!(docs.site.asked_for(&wasm) > before, "it was used");
    world.end().await;
}

/// Keeps weak references to each WebAssembly memory created from now on.
const WATCH_MEMORY: &str = "void (() => { window.akwKept = []; \
    for (const name of ['instantiate', 'instantiateStreaming']) { const real = WebAssembly[name]; \
    WebAssembly[name] = async (...parts) => { const made = await real(...parts); \
    akwKept.push(new WeakRef((made.instance ?? made).exports.memory)); return made } } })()";

/// Adds and removes an element that only a weak reference keeps track of.
const COME_AND_GO: &str = "(async () => { const element = document.createElement('arcgis-key-wizard'); \
    const ready = new Promise(done => element.addEventListener('akw-ready', done)); \
    document.querySelector('main').append(element); await ready; \
    akwKept.push(new WeakRef(element), new WeakRef(element.shadowRoot)); element.remove(); \
    await new Promise(done => setTimeout(done)) })()";

async fn embed_of_elements_that_came_and_went_the_browser_lets_go() {
    let (world, _docs) = Docs::open("").await;
    let page = world.page();
    stop_timers(page).await;
    page.js(WATCH_MEMORY).await;
    let come_and_go = async |times: usize| {
        for _ in 0..times {
            page.js(COME_AND_GO).await;
        }
        // The longest timer of an element runs for ten seconds.
        pass(page, 11_000).await;
    };
    let times = if is_long() { 50 } else { 10 };
    come_and_go(times).await;
    assert_eq!(page.js("akwKept.length").await, 3 * times, "an element, its root and its memory each");
    page.until("nothing of them is left", async || {
        page.memory().await;
        page.js("akwKept.filter(kept => kept.deref()).length").await == 0
    })
    .await;
    if is_long() {
        // Firefox fills its caches during the first fifty.
        let before = page.memory().await;
        come_and_go(times).await;
        page.until("the memory is as before", async || page.memory().await < before * 1.1).await;
    }
    world.end().await;
}

async fn embed_far_away_a_promise_is_kept_when_the_wizard_is_there_and_no_reset_leaves_it_empty() {
    let far = format!("<p style='height: 9000px'>Far</p>{ELEMENT}");
    let (world, docs) = Docs::open(&far).await;
    let page = world.page();
    let known = async || {
        page.until("the element is known", async || page.js("!!customElements.get('arcgis-key-wizard')").await == true)
            .await;
    };
    known().await;
    let ask = "{ const element = document.querySelector('arcgis-key-wizard'); window.told = false; \
               void element.componentOnReady().then(same => { window.told = same === element }) }";
    page.js(ask).await;
    let is_of_wizard = |url: &str| url.contains("/run-");
    assert!(!page.seen().await.requests.iter().any(|request| is_of_wizard(&request.url)), "nobody is near");
    assert_eq!(page.js("window.told").await, false);
    page.js("document.querySelector('arcgis-key-wizard').open()").await;
    page.until("it is kept", async || page.js("window.told").await == true).await;
    let another = "(() => { const element = document.querySelector('arcgis-key-wizard'), before = element.componentOnReady(); \
                   element.reset(); return before !== element.componentOnReady() })()";
    assert_eq!(page.js(another).await, true, "the wizard is on its way again");
    page.js(ask).await;
    page.until("it is kept again", async || page.js("window.told").await == true).await;

    docs.write("reset/", &far);
    page.goto(&format!("{}reset/", docs.site.url)).await;
    known().await;
    page.js("document.createElement('arcgis-key-wizard').reset()").await;
    page.js("document.querySelector('arcgis-key-wizard').reset()").await;
    page.js("window.scrollTo(0, 9000)").await;
    page.button(SignInPage::SIGN_IN).wait().await;
    page.js(
        "{ const element = document.querySelector('arcgis-key-wizard'); element.mode = 'button'; element.reset() }",
    )
    .await;
    page.button(ELEMENT_BUTTON).enter().await;
    page.dialog(SignInPage::HEADING).button(SignInPage::SIGN_IN).wait().await;
    page.js("document.querySelector('arcgis-key-wizard').reset()").await;
    page.dialog(SignInPage::HEADING).button(SignInPage::SIGN_IN).wait().await;
    world.end().await;
}

async fn embed_a_module_in_a_bundle_finds_the_rest_at_its_configured_base() {
    let (world, docs) = Docs::open("").await;
    let module = docs.site.bytes("key-wizard/arcgis-key-wizard.js").expect("it is served");
    docs.site.replace("assets/index-1.js", module);
    docs.site.remove("key-wizard/arcgis-key-wizard.js");
    let page = "<!doctype html><title>Docs</title><link rel=icon href=data:,><script type=module src=/assets/index-1.js></script>\
                <arcgis-key-wizard assets-path=/key-wizard></arcgis-key-wizard>";
    docs.site.replace("index.html", page.as_bytes().to_vec());
    world.page().goto(&docs.site.url).await;
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(world.page()).wait().await;
    world.end().await;
}

async fn embed_leaving_while_it_loads_causes_no_error() {
    let (world, docs) = Docs::open("").await;
    let (script, _) = file(&docs, RUN);
    docs.site.hold(&script);
    docs.write("", ELEMENT);
    let page = world.page();
    page.goto(&docs.site.url).await;
    page.until("the script is on its way", async || docs.site.asked_for(&script) > 0).await;
    page.goto(&format!("{}other/", docs.site.url)).await;
    page.shows("Another page").await;
    docs.site.release(&script);
    // Every test ends by checking that the console is empty.
    world.end().await;
}

async fn embed_a_policy_that_blocks_the_wizard_or_its_portal_is_named_with_what_is_missing() {
    let mut world = World::unopened(Setup::default()).await;
    world.expect(Complaint::Policy("connect-src"));
    world.expect(Complaint::Policy("script-src"));
    world.expect(Complaint::Element("the wizard could not be loaded"));
    let told = "The Content-Security-Policy of this page blocks the wizard. Add to it:";
    let docs = Docs::headed(&mut world, ELEMENT, &[("Content-Security-Policy", "script-src 'self'")]).await;
    world.page().shows(&format!("{told} script-src 'wasm-unsafe-eval'")).await;
    world.page().shows("The wizard could not be loaded.").await;
    // Dropping a site stops it.
    drop(docs);
    let docs = Docs::headed(&mut world, "", &[("Content-Security-Policy", "connect-src 'self'")]).await;
    // Each missing source is reported, and the report stays on the screen.
    let first = world.portal_url();
    let second = first.replace("127.0.0.1", "localhost");
    let portal = |id: &str, url: &str| json!({ "id": id, "name": id, "url": url, "clientId": "key-wizard-demo" });
    let config = json!({ "portals": [portal("first", &first), portal("second", &second)] });
    docs.site.replace("key-wizard/config.json", config.to_string().into_bytes());
    docs.write("", ELEMENT);
    let page = world.page();
    page.goto(&docs.site.url).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    page.tab_to("button", "Sign in").await;
    page.shows(&format!("{told} connect-src {first}")).await;
    page.choice("Portal").select(&format!("second ({})", second.trim_start_matches("http://"))).await;
    page.tab_to("button", "Sign in").await;
    page.shows(&format!("{told} connect-src {first}; connect-src {second}")).await;
    assert_eq!(page.url().await, docs.site.url);
    world.end().await;
}

async fn embed_headings_are_as_deep_as_the_page_says() {
    let body = "<arcgis-key-wizard></arcgis-key-wizard><arcgis-key-wizard heading-level=4></arcgis-key-wizard>\
        <arcgis-key-wizard heading-level=deep></arcgis-key-wizard>";
    let (world, _docs) = Docs::open(body).await;
    let page = world.page();
    page.js("document.querySelectorAll('arcgis-key-wizard').forEach(element => element.open())").await;
    page.until("all are ready", async || Docs::events_named(page, "ready").await.len() == 3).await;
    let levels = "[...document.querySelectorAll('arcgis-key-wizard')] \
        .map(element => element.shadowRoot.querySelector('h1').getAttribute('aria-level')).join()";
    assert_eq!(page.js(levels).await, "2,4,2");
    world.end().await;
}

async fn embed_a_failed_start_is_reported_and_can_be_retried() {
    let (world, _docs) = Docs::open("<arcgis-key-wizard mode=button></arcgis-key-wizard>").await;
    world.expect(Complaint::Trap);
    let page = world.page();
    page.js("{ const real = Node.prototype.appendChild; Node.prototype.appendChild = () => { throw 0 }; \
             window.mend = () => { Node.prototype.appendChild = real } }")
        .await;
    page.button(ELEMENT_BUTTON).enter().await;
    page.shows("Something in the wizard broke").await;
    assert_eq!(Docs::events_named(page, "error").await, [json!({ "code": "broken" })]);
    page.button(Problem::TRY_AGAIN).click().await;
    page.until("it broke again", async || Docs::events_named(page, "error").await.len() == 2).await;
    page.js("void window.mend()").await;
    page.button(Problem::TRY_AGAIN).click().await;
    page.button(SignInPage::SIGN_IN).wait().await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        embed_nothing_but_the_module_loads_before_the_reader_is_near,
        embed_removing_the_element_wipes_every_secret_it_held,
        embed_a_file_that_is_missing_or_was_changed_is_refused_and_can_be_tried_again,
        embed_of_elements_that_came_and_went_the_browser_lets_go,
        embed_leaving_while_it_loads_causes_no_error,
    ],
    one: [
        embed_a_module_in_a_bundle_finds_the_rest_at_its_configured_base,
        embed_moving_the_element_does_not_begin_anew_and_a_reset_does,
        embed_removing_the_element_ends_the_session_and_the_next_one_goes_on_where_it_was,
        embed_far_away_a_promise_is_kept_when_the_wizard_is_there_and_no_reset_leaves_it_empty,
        embed_headings_are_as_deep_as_the_page_says,
        embed_a_failed_start_is_reported_and_can_be_retried,
        embed_a_policy_that_blocks_the_wizard_or_its_portal_is_named_with_what_is_missing,
    ]
}
