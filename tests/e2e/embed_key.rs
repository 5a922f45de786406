//! The key inside the element: copied, filled into the examples around, and in no event.

use practice_portal::endpoint::Endpoint;
use serde_json::json;

use crate::docs::{Docs, ELEMENT};
use crate::journey::{self, Wish};
use crate::leaks::Search;
use crate::pages::{CredentialsStep, KeyStep, PortalPage, Problem, SignInPage, SummaryStep};
use crate::practice::refusal;
use crate::world::{Setup, World};

/// Every attribute and every text among the properties, inherited ones as well; not what is inside the shadow root.
const ALL_OF_THE_ELEMENT: &str = "(() => { const it = document.querySelector('arcgis-key-wizard'); const all = [it.outerHTML]; \
    for (const name in it) if (typeof it[name] === 'string') all.push(it[name]); return all.join() })()";

/// A key in the element of a page with this beside it; returns it.
async fn with_key(world: &mut World, beside: &str) -> String {
    let _docs = Docs::with(world, &format!("{beside}{ELEMENT}")).await;
    Docs::sign_in(world, "jane").await;
    journey::to_key(world.page()).await
}

async fn embed_a_refused_clipboard_selects_the_key_for_copying_by_hand() {
    let mut world = World::unopened(Setup::default()).await;
    let key = with_key(&mut world, "<label>Paste <textarea autocomplete=off></textarea></label>").await;
    let page = world.page();
    page.allow_clipboard(false).await;
    page.button(KeyStep::COPY).click().await;
    page.shows("Ctrl").await;
    assert_eq!(Docs::events_named(page, "copied").await.len(), 0);
    page.press("Control+c").await;
    page.textbox("Paste").focus().await;
    page.press("Control+v").await;
    page.until("the key is pasted", async || !page.textbox("Paste").value().await.is_empty()).await;
    assert_eq!(page.textbox("Paste").value().await.trim(), key);
    // Browsers keep what lies in a page's own fields, at any moment where the page does not forbid it.
    page.textbox("Paste").js("function () { this.value = '' }").await;
    world.end().await;
}

async fn embed_examples_on_the_page_show_the_key_only_after_a_press_and_until_it_is_saved() {
    let mut world = World::unopened(Setup::default()).await;
    let beside = "<pre><code data-arcgis-key>YOUR_KEY</code></pre><code id=no>YOUR_KEY</code>";
    let key = with_key(&mut world, beside).await;
    let page = world.page();
    let example = async || page.js("document.querySelector('[data-arcgis-key]').textContent").await;
    assert_eq!(example().await, "YOUR_KEY");
    page.button(KeyStep::FILL).click().await;
    assert_eq!(example().await, key.as_str());
    assert_eq!(page.js("document.querySelector('#no').textContent").await, "YOUR_KEY");
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    assert_eq!(example().await, "YOUR_KEY");
    world.end().await;
}

async fn embed_texts_in_blocks_of_code_show_the_key_in_the_place_of_a_word() {
    let body = "<p>YOUR_KEY</p><pre><code>const <b>key</b> = <i>\"YOUR_KEY\"</i>; // YOUR_KEY</code></pre>\
                <arcgis-key-wizard examples=YOUR_KEY></arcgis-key-wizard>";
    let (world, _docs) = Docs::open(body).await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    let key = journey::to_key(page).await;
    let example = async || page.js("document.querySelector('pre code').innerHTML").await;
    let own = "const <b>key</b> = <i>\"YOUR_KEY\"</i>; // YOUR_KEY";
    assert_eq!(example().await, own);
    page.button(KeyStep::FILL).click().await;
    assert_eq!(example().await, own.replace("YOUR_KEY", &key));
    assert_eq!(page.js("document.querySelector('p').textContent").await, "YOUR_KEY", "no example");
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    assert_eq!(example().await, own);
    world.end().await;
}

async fn embed_a_link_of_the_page_takes_no_key_away_without_a_question() {
    let (world, _docs) =
        Docs::open(&format!("<a href=/other/>Another page</a><a href=#part>A part</a>{ELEMENT}")).await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    journey::to_key(page).await;
    page.js("void (window.asked = 0, window.confirm = () => (window.asked++, false))").await;
    // What a framework does that changes pages by itself.
    page.js("void addEventListener('click', it => it.preventDefault(window.came = it.target.textContent), true)").await;
    let busy = async || page.js("document.querySelector('arcgis-key-wizard').busy").await;
    assert_eq!(busy().await, true);
    page.link("A part").click().await;
    assert_eq!(page.js("window.asked").await, 0, "it stays on the page");
    page.link("Another page").click().await;
    assert_eq!(
        page.js("[window.asked, window.came].join()").await,
        "1,A part",
        "the framework hears of no refused press"
    );
    page.js("void (window.confirm = () => true)").await;
    page.link("Another page").click().await;
    assert_eq!(page.js("window.came").await, "Another page");
    assert_eq!(busy().await, false, "nobody is asked twice");
    page.button(SignInPage::SIGN_IN).wait().await;
    world.end().await;
}

async fn embed_a_key_that_was_copied_holds_nobody() {
    let mut world = World::unopened(Setup::default()).await;
    with_key(&mut world, "").await;
    let page = world.page();
    page.allow_clipboard(true).await;
    page.button(KeyStep::COPY).click().await;
    page.shows("Copied").await;
    assert_eq!(page.js("document.querySelector('arcgis-key-wizard').busy").await, false);
    world.end().await;
}

async fn embed_no_event_of_a_whole_walk_with_errors_and_a_denial_carries_a_secret() {
    let (world, _docs) = Docs::open(ELEMENT).await;
    let page = world.page();
    page.button(SignInPage::SIGN_IN).click().await;
    Docs::in_window(&world, async || PortalPage(page).cancel().await).await;
    page.shows("You did not allow this page to sign in").await;
    Docs::sign_in(&world, "jane").await;
    journey::to_summary(page, &Wish::small()).await;
    world.fault(Endpoint::RegisterApp, refusal(500, "Unable to register app. (Invalid Privileges)"));
    SummaryStep(page).create().await;
    page.button(Problem::TRY_AGAIN).wait().await;
    world.clear_faults();
    page.button(Problem::TRY_AGAIN).click().await;
    KeyStep(page).key().await;
    let mut search = Search::new(world.secrets());
    let element = page.js(ALL_OF_THE_ELEMENT).await;
    search.within("an attribute or a property", element.as_str().unwrap_or_default().as_bytes());
    page.allow_clipboard(true).await;
    page.button(KeyStep::COPY).click().await;
    page.shows("Copied").await;
    page.button(KeyStep::SAVED).click().await;
    page.button(KeyStep::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    page.js("document.querySelector('arcgis-key-wizard').reset()").await;
    page.button(SignInPage::SIGN_IN).wait().await;
    let events = Docs::events(page).await;
    for name in ["ready", "signed-in", "step", "created", "copied", "cancelled", "error"] {
        assert!(events.iter().any(|it| it.0 == name), "{name} was never told: {events:?}");
    }
    assert_eq!(Docs::events_named(page, "error").await, [json!({ "code": "refused" })]);
    search.within("an event", format!("{events:?}").as_bytes());
    search.ends_without_a_hit();
    world.end().await;
}

async fn embed_no_key_of_one_element_is_taken_by_another_for_the_words_of_the_page() {
    let example = "<code data-arcgis-key>YOUR <b>KEY</b></code>";
    let buttons = ["one", "two"].map(|id| format!("<arcgis-key-wizard id={id} mode=button>{id}</arcgis-key-wizard>"));
    let (world, _docs) = Docs::open(&format!("{example}{}", buttons.concat())).await;
    let page = world.page();
    for id in ["one", "two"] {
        page.button(id).enter().await;
        Docs::sign_in(&world, "jane").await;
        CredentialsStep(page).wait().await;
        page.press("Escape").await;
    }
    for id in ["one", "two"] {
        page.button(id).enter().await;
        journey::to_key(page).await;
        page.button(KeyStep::FILL).click().await;
        page.press("Escape").await;
    }
    for id in ["one", "two"] {
        page.button(id).enter().await;
        KeyStep(page).saved().await;
        page.heading(KeyStep::DONE).wait().await;
        page.press("Escape").await;
    }
    let example = page.js("document.querySelector('[data-arcgis-key]').innerHTML").await;
    assert_eq!(example, "YOUR <b>KEY</b>");
    assert_eq!(Docs::events_named(page, "cancelled").await.len(), 2, "before anything was made, and never after");
    world.end().await;
}

crate::suite::tests! {
    both: [
        embed_a_refused_clipboard_selects_the_key_for_copying_by_hand,
    ],
    one: [
        embed_examples_on_the_page_show_the_key_only_after_a_press_and_until_it_is_saved,
        embed_texts_in_blocks_of_code_show_the_key_in_the_place_of_a_word,
        embed_a_link_of_the_page_takes_no_key_away_without_a_question,
        embed_a_key_that_was_copied_holds_nobody,
        embed_no_event_of_a_whole_walk_with_errors_and_a_denial_carries_a_secret,
        embed_no_key_of_one_element_is_taken_by_another_for_the_words_of_the_page,
    ]
}
