//! The browser's Back and Forward on a page with the element.

use crate::docs::{Docs, ELEMENT};
use crate::journey::{self, Wish};
use crate::pages::{ItemAccessStep, KeyStep, PrivilegesStep, SignInPage, Wizard};

/// The history belongs to the page: Back leaves the page as usual, and nothing is lost.
async fn embed_back_leaves_the_page_and_forward_restores_step_and_answers() {
    let (world, docs) = Docs::open(ELEMENT).await;
    let page = world.page();
    let here = docs.site.url.clone();
    page.goto(&format!("{here}other/")).await;
    page.goto(&here).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    let entries = page.js("history.length").await;
    Docs::sign_in(&world, "jane").await;
    journey::credentials(page, &Wish::whole()).await;
    journey::privileges(page, &Wish::whole()).await;
    page.heading(ItemAccessStep::HEADING).wait().await;
    assert_eq!(page.js("history.length").await, entries, "no step is an entry of the page's history");
    page.back().await;
    page.shows("Another page").await;
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
    page.forward().await;
    Docs::sign_in(&world, "jane").await;
    page.heading(ItemAccessStep::HEADING).wait().await;
    page.button(Wizard::BACK).click().await;
    PrivilegesStep(page).counts(3).await;
    world.end().await;
}

/// A site with client-side routing, so that the browser never asks.
const ROUTER: &str = "void (history.pushState(null, '', '/part/'), window.asked = 0, window.came = 0, \
    window.confirm = () => (window.asked++, window.agrees), addEventListener('popstate', () => window.came++))";

async fn embed_back_within_a_site_takes_no_key_away_without_a_question() {
    let (world, docs) = Docs::open(ELEMENT).await;
    let page = world.page();
    page.button(SignInPage::SIGN_IN).wait().await;
    page.js(ROUTER).await;
    Docs::sign_in(&world, "jane").await;
    let key = journey::to_key(page).await;
    // Without the Navigation API the page asks in its router (docs/embedding.md).
    if page.js("'navigation' in window").await == true {
        page.js("void (window.agrees = false)").await;
        page.js("void history.back()").await;
        page.until("the reader is asked", async || page.js("window.asked").await == 1).await;
        // Navigation would show within a frame or two.
        page.next_frame().await;
        assert_eq!(page.js("[location.pathname, window.came].join()").await, "/part/,0", "nobody left");
        assert_eq!(KeyStep(page).key().await, key);
        page.js("void (window.agrees = true)").await;
        // Browsers let a page ask only once for each press in it.
        page.heading(KeyStep::HEADING).click().await;
    }
    page.js("void history.back()").await;
    page.until("the page goes back", async || page.js("window.came").await == 1).await;
    page.next_frame().await;
    assert_eq!(page.js("window.came").await, 1, "once");
    assert_eq!(format!("{}/", page.url().await.trim_end_matches('/')), docs.site.url);
    world.end().await;
}

crate::suite::tests! {
    one: [
        embed_back_leaves_the_page_and_forward_restores_step_and_answers,
        embed_back_within_a_site_takes_no_key_away_without_a_question,
    ]
}
