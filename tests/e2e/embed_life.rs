//! The element comes, moves and goes.

use practice_portal::endpoint::Endpoint;
use serde_json::json;

use crate::docs::Docs;
use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, KeyStep, PrivilegesStep, SummaryStep};
use crate::suite::note;
use crate::world::{Setup, World};

const ELEMENT: &str = "<arcgis-key-wizard></arcgis-key-wizard>";

async fn world() -> World {
    World::unopened(Setup::default()).await
}

async fn embed_nothing_but_the_module_loads_before_the_reader_is_near() {
    let mut world = world().await;
    let far = "<p style='height: 9000px'>Far</p>";
    let docs = Docs::with(&mut world, &format!("{far}{ELEMENT}")).await;
    let page = world.page();
    page.until("the element is known", async || page.js("!!customElements.get('arcgis-key-wizard')").await == true)
        .await;
    let loaded = page.seen().await.requests.into_iter().filter(|it| it.url.contains("key-wizard/")).count();
    assert_eq!(loaded, 1, "the module alone");
    let module = docs.site.bytes("key-wizard/arcgis-key-wizard.js").expect("it is served");
    let packed = xtask::budget::brotli(&module).len();
    assert!(packed <= 5_000, "the module weighs {packed} bytes");
    page.js("window.scrollTo(0, 9000)").await;
    page.button("Sign in").wait().await;
    world.end().await;
}

async fn embed_moving_the_element_does_not_begin_anew() {
    let mut world = world().await;
    let _docs = Docs::with(&mut world, &format!("<section></section>{ELEMENT}")).await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    journey::credentials(page, &Wish::small()).await;
    page.heading("Privileges").wait().await;
    page.js("document.querySelector('section').append(document.querySelector('arcgis-key-wizard'))").await;
    journey::privileges(page, &Wish::small()).await;
    page.heading("Grant item access").wait().await;
    assert_eq!(Docs::events_named(page, "ready").await.len(), 1);
    world.end().await;
}

async fn embed_removing_the_element_ends_the_session_and_leaves_no_listener() {
    let mut world = world().await;
    let docs = Docs::with(&mut world, "").await;
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
    CredentialsStep(page).wait().await;
    assert!(world.live_sessions() > 0);
    page.js("document.querySelector('arcgis-key-wizard').remove()").await;
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
    let left = page.js("Object.values(count).join()").await;
    assert_eq!(left, "0,0,0,0,0,0,0");
    // The draft waits for the element to come back.
    page.js("document.querySelector('main').append(document.createElement('arcgis-key-wizard'))").await;
    page.button("Sign in").wait().await;
    world.end().await;
}

async fn embed_a_creation_whose_element_was_removed_is_found_by_the_next_one() {
    let mut world = world().await;
    world.expect_console("net::ERR");
    let docs = Docs::with(&mut world, ELEMENT).await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    journey::to_summary(page, &Wish::small()).await;
    world.hold(Endpoint::RegisterApp).await;
    SummaryStep(page).create().await;
    world.holds(Endpoint::RegisterApp).await;
    page.js("document.querySelector('arcgis-key-wizard').remove()").await;
    page.goto(&docs.site.url).await;
    Docs::sign_in(&world, "jane").await;
    world.finish_after_interruption().await;
    assert_eq!(world.live_keys(), 1);
    world.end().await;
}

async fn embed_an_element_that_comes_back_in_the_middle_goes_on_where_it_was() {
    let mut world = world().await;
    world.expect_console("net::ERR");
    let _docs = Docs::with(&mut world, ELEMENT).await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    journey::credentials(page, &Wish::whole()).await;
    journey::privileges(page, &Wish::whole()).await;
    come_and_go(&world).await;
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).remove("https://app.example.com").wait().await;
    journey::next(page).await;
    PrivilegesStep(page).counts(3).await;
    journey::next(page).await;
    page.button("Skip").click().await;
    journey::details(page, &Wish::whole()).await;
    world.hold(Endpoint::RegisterApp).await;
    SummaryStep(page).create().await;
    world.holds(Endpoint::RegisterApp).await;
    come_and_go(&world).await;
    Docs::sign_in(&world, "jane").await;
    world.finish_after_interruption().await;
    assert_eq!(world.live_keys(), 1);
    world.end().await;
}

/// Takes the element off the page, and puts a new one into its place.
async fn come_and_go(world: &World) {
    let page = world.page();
    page.js("document.querySelector('arcgis-key-wizard').remove()").await;
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
    page.js("document.querySelector('main').append(document.createElement('arcgis-key-wizard'))").await;
    page.button("Sign in").wait().await;
}

async fn embed_removing_the_element_wipes_every_secret_it_held() {
    let mut world = world().await;
    let docs = Docs::with(&mut world, "").await;
    let page = world.page();
    docs.site.replace("hold.js", crate::memory::HOLD_MEMORY.as_bytes().to_vec());
    docs.write("", &format!("<script src=/hold.js></script>{ELEMENT}"));
    page.goto(&docs.site.url).await;
    Docs::sign_in(&world, "jane").await;
    journey::to_summary(page, &Wish::small()).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    let all: Vec<String> = world.secrets().into_iter().map(|it| it.1).collect();
    assert!(world.fragments_in_memory(&all).await > 0, "the key is there while it is shown");
    page.js("document.querySelector('arcgis-key-wizard').remove()").await;
    page.until("nothing of any secret is left", async || world.fragments_in_memory(&all).await == 0).await;
    world.end().await;
}

async fn embed_reset_begins_anew() {
    let mut world = world().await;
    let _docs = Docs::with(&mut world, "<arcgis-key-wizard title=First></arcgis-key-wizard>").await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    page.js(
        "{ const it = document.querySelector('arcgis-key-wizard'); it.setAttribute('title', 'Second'); it.reset() }",
    )
    .await;
    page.button("Sign in").wait().await;
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
    Docs::sign_in(&world, "jane").await;
    journey::credentials(page, &Wish::small()).await;
    journey::privileges(page, &Wish::small()).await;
    page.button("Skip").click().await;
    assert_eq!(page.textbox("Title").value().await, "Second");
    world.end().await;
}

async fn embed_what_cannot_be_loaded_is_told_and_can_be_tried_again() {
    let mut world = world().await;
    world.expect_console("404");
    world.expect_console("integrity");
    let docs = Docs::with(&mut world, "").await;
    let paths = docs.site.paths();
    let wasm = paths.iter().find(|it| it.ends_with(".wasm")).expect("it is served").clone();
    let bytes = docs.site.bytes(&wasm).expect("it is served");
    docs.site.replace(&wasm, b"changed on the way".to_vec());
    docs.write("", ELEMENT);
    let page = world.page();
    page.goto(&docs.site.url).await;
    page.shows("The wizard could not be loaded").await;
    assert_eq!(Docs::events_named(page, "error").await, [json!({ "code": "load" })]);
    docs.site.replace(&wasm, bytes);
    page.button("Try again").click().await;
    page.button("Sign in").wait().await;
    world.end().await;
}

async fn embed_fifty_comings_and_goings_leave_no_memory_behind() {
    let mut world = world().await;
    let _docs = Docs::with(&mut world, "").await;
    let page = world.page();
    let once = "(async () => { const it = document.createElement('arcgis-key-wizard'); \
        const ready = new Promise(done => it.addEventListener('ready', done)); \
        document.querySelector('main').append(it); await ready; it.remove(); \
        await new Promise(done => setTimeout(done, 20)) })()";
    // The longest timer of an element that is gone runs for ten seconds.
    let rest = "new Promise(done => setTimeout(done, 11000))";
    // Firefox fills its caches for as long as this.
    for _ in 0..50 {
        page.js(once).await;
    }
    page.js(rest).await;
    let before = page.memory().await;
    for _ in 0..50 {
        page.js(once).await;
    }
    page.js(rest).await;
    // On a busy machine some of it is let go of later; what leaks never is.
    page.until("the memory is as before", async || {
        let after = page.memory().await;
        note(format!("memory: {before} before, {after} after fifty comings and goings"));
        after < before * 1.1
    })
    .await;
    world.end().await;
}

async fn embed_reset_leaves_no_element_empty() {
    let mut world = world().await;
    let _docs = Docs::with(&mut world, &format!("<p style='height: 9000px'>Far</p>{ELEMENT}")).await;
    let page = world.page();
    page.until("the element is known", async || page.js("!!customElements.get('arcgis-key-wizard')").await == true)
        .await;
    page.js("document.createElement('arcgis-key-wizard').reset()").await;
    page.js("document.querySelector('arcgis-key-wizard').reset()").await;
    page.js("window.scrollTo(0, 9000)").await;
    page.button("Sign in").wait().await;
    page.js("{ const it = document.querySelector('arcgis-key-wizard'); it.mode = 'button'; it.reset() }").await;
    page.button("Get an API key").enter().await;
    page.dialog("Create an API key").button("Sign in").wait().await;
    page.js("document.querySelector('arcgis-key-wizard').reset()").await;
    page.dialog("Create an API key").button("Sign in").wait().await;
    world.end().await;
}

async fn embed_whatever_breaks_at_the_start_is_told_and_can_be_tried_again() {
    let mut world = world().await;
    world.expect_console("wasm-function");
    let _docs = Docs::with(&mut world, "<arcgis-key-wizard mode=button></arcgis-key-wizard>").await;
    let page = world.page();
    page.js("{ const real = Node.prototype.appendChild; Node.prototype.appendChild = () => { throw 0 }; \
             window.mend = () => { Node.prototype.appendChild = real } }")
        .await;
    page.button("Get an API key").enter().await;
    page.shows("Something in the wizard broke").await;
    assert_eq!(Docs::events_named(page, "error").await, [json!({ "code": "broken" })]);
    page.button("Try again").click().await;
    page.until("it broke again", async || Docs::events_named(page, "error").await.len() == 2).await;
    page.js("void window.mend()").await;
    page.button("Try again").click().await;
    page.button("Sign in").wait().await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        embed_nothing_but_the_module_loads_before_the_reader_is_near,
        embed_moving_the_element_does_not_begin_anew,
        embed_removing_the_element_wipes_every_secret_it_held,
        embed_what_cannot_be_loaded_is_told_and_can_be_tried_again,
        embed_fifty_comings_and_goings_leave_no_memory_behind,
    ],
    one: [
        embed_removing_the_element_ends_the_session_and_leaves_no_listener,
        embed_a_creation_whose_element_was_removed_is_found_by_the_next_one,
        embed_an_element_that_comes_back_in_the_middle_goes_on_where_it_was,
        embed_reset_begins_anew,
        embed_reset_leaves_no_element_empty,
        embed_whatever_breaks_at_the_start_is_told_and_can_be_tried_again,
    ]
}
