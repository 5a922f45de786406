//! The key inside the element: copied, filled into the page's examples, and never in an event.

use practice_portal::endpoint::Endpoint;
use serde_json::json;

use crate::docs::{Docs, ELEMENT, FILLED};
use crate::journey::{self, Wish};
use crate::leaks::Search;
use crate::pages::{CredentialsStep, KeyStep, PortalPage, Problem, SignInPage, SummaryStep};
use crate::practice::refusal;

/// All attributes and all string properties of the element, including inherited ones, but not the content of its
/// shadow root.
const ALL_OF_THE_ELEMENT: &str = "(() => { const element = document.querySelector('arcgis-key-wizard'); const all = [element.outerHTML]; \
    for (const name in element) if (typeof element[name] === 'string') all.push(element[name]); return all.join() })()";

async fn embed_a_refused_clipboard_selects_the_key_and_no_link_of_the_page_takes_it_away_unasked() {
    let links = "<a href=/other/>Another page</a><a href=#part>A part</a>";
    let paste = "<label>Paste <textarea autocomplete=off></textarea></label>";
    let (world, _docs) = Docs::open(&format!("{links}{paste}{ELEMENT}")).await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    let key = journey::to_key(page).await;
    page.allow_clipboard(false).await;
    page.button(KeyStep::COPY).click().await;
    page.shows("Ctrl").await;
    assert_eq!(Docs::events_named(page, "copied").await.len(), 0);

    page.js("void (window.asked = 0, window.confirm = () => (window.asked++, false))").await;
    // Simulates a framework with client-side routing.
    page.js(
        "void addEventListener('click', event => event.preventDefault(window.came = event.target.textContent), true)",
    )
    .await;
    let busy = async || page.js("document.querySelector('arcgis-key-wizard').busy").await;
    assert_eq!(busy().await, true);
    page.link("A part").click().await;
    assert_eq!(page.js("[window.asked, window.came].join()").await, "0,A part", "it stays on the page");
    page.link("Another page").click().await;
    let told = page.js("[window.asked, window.came].join()").await;
    assert_eq!(told, "1,A part", "the framework hears of no refused press");

    // Select again: the press on a link may have cleared the selection.
    page.button(KeyStep::COPY).click().await;
    page.press("Control+c").await;
    page.textbox("Paste").focus().await;
    page.press("Control+v").await;
    page.until("the key is pasted", async || !page.textbox("Paste").value().await.is_empty()).await;
    assert_eq!(page.textbox("Paste").value().await.trim(), key);
    // Browsers may save the values of a page's own fields at any time unless the page forbids it.
    page.textbox("Paste").js("function () { this.value = '' }").await;
    world.end().await;
}

async fn embed_examples_and_words_in_code_show_the_key_only_after_a_press_and_until_it_is_left() {
    let own = "const <b>key</b> = <i>\"YOUR_KEY\"</i>; // YOUR_KEY";
    let body = format!(
        "<a href=/other/>Another page</a><p>YOUR_KEY</p><pre><code id=marked data-arcgis-key>THE KEY</code></pre>\
         <code id=no>THE KEY</code><pre><code id=words>{own}</code></pre>\
         <arcgis-key-wizard examples=YOUR_KEY {FILLED}></arcgis-key-wizard>"
    );
    let (world, _docs) = Docs::open(&body).await;
    let page = world.page();
    Docs::sign_in(&world, "jane").await;
    Docs::to_summary(page).await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    let examples = async || page.js("[marked, words, no].map(example => example.innerHTML)").await;
    let before = json!(["THE KEY", own, "THE KEY"]);
    assert_eq!(examples().await, before);
    page.button(KeyStep::FILL).click().await;
    assert_eq!(examples().await, json!([key, own.replace("YOUR_KEY", &key), "THE KEY"]));
    assert_eq!(page.js("document.querySelector('p').textContent").await, "YOUR_KEY", "no example");

    // A user who was asked and leaves is not asked again.
    page.js("void (window.asked = 0, window.confirm = () => (window.asked++, true))").await;
    page.js(
        "void addEventListener('click', event => event.preventDefault(window.came = event.target.textContent), true)",
    )
    .await;
    page.link("Another page").click().await;
    assert_eq!(page.js("[window.asked, window.came].join()").await, "1,Another page");
    assert_eq!(page.js("document.querySelector('arcgis-key-wizard').busy").await, false);
    page.button(SignInPage::SIGN_IN).wait().await;
    assert_eq!(examples().await, before);
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
    let busy = async || page.js("document.querySelector('arcgis-key-wizard').busy").await;
    assert_eq!(busy().await, true);
    page.button(KeyStep::COPY).click().await;
    page.shows("Copied").await;
    assert_eq!(busy().await, false, "a key that was copied holds nobody");
    page.button(KeyStep::SAVED).click().await;
    page.button(KeyStep::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    page.js("document.querySelector('arcgis-key-wizard').reset()").await;
    page.button(SignInPage::SIGN_IN).wait().await;
    let events = Docs::events(page).await;
    for name in ["ready", "signed-in", "step", "created", "copied", "cancelled", "error"] {
        assert!(events.iter().any(|event| event.0 == name), "{name} was never told: {events:?}");
    }
    assert_eq!(Docs::events_named(page, "error").await, [json!({ "code": "refused" })]);
    search.within("an event", format!("{events:?}").as_bytes());
    search.ends_without_a_hit();
    world.end().await;
}

crate::suite::tests! {
    both: [
        embed_a_refused_clipboard_selects_the_key_and_no_link_of_the_page_takes_it_away_unasked,
    ],
    one: [
        embed_examples_and_words_in_code_show_the_key_only_after_a_press_and_until_it_is_left,
        embed_no_event_of_a_whole_walk_with_errors_and_a_denial_carries_a_secret,
    ]
}
