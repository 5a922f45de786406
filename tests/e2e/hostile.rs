//! Text from the portal stays text.

use crate::journey::{self, Wish};
use crate::pages::{ItemAccessStep, SummaryStep};
use crate::world::World;

/// Things that become something else in a careless page.
const HOSTILE: &[&str] = &[
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "javascript:alert(1)//",
    "</textarea><iframe srcdoc=x>",
];

#[tokio::test]
async fn hostile_titles_are_shown_as_they_are() {
    let world = World::prepared(|portal| World::retitle(portal, "jane", HOSTILE)).await;
    world.sign_in("jane").await;
    let page = world.page();
    let wish = Wish::small();
    journey::credentials(page, &wish).await;
    journey::privileges(page, &wish).await;
    let dialog = ItemAccessStep(page).browse().await;
    for text in HOSTILE {
        let box_of_it = dialog.item(text).first();
        box_of_it.wait().await;
        box_of_it.click().await;
    }
    dialog.add().await;
    for text in HOSTILE {
        page.shows(text).await;
    }
    journey::next(page).await;
    journey::details(page, &wish).await;
    SummaryStep(page).wait().await;
    for text in HOSTILE {
        page.shows(text).await;
    }
    assert_eq!(
        page.js("document.querySelectorAll('main img, main svg[onload], main script, main iframe').length").await,
        0
    );
    world.end().await;
}

#[tokio::test]
async fn links_in_the_page_lead_only_to_the_portal_and_carry_no_opener() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    journey::to_summary(page, &Wish::small()).await;
    SummaryStep(page).create().await;
    crate::pages::KeyStep(page).key().await;
    let script = "[...document.querySelectorAll('a[href]')].filter(it => it.origin !== location.origin).map(it => it.href + ' ' + it.rel)";
    let links = page.js(script).await;
    for link in links.as_array().into_iter().flatten().filter_map(|it| it.as_str()) {
        assert!(link.starts_with(&world.portal_url()) && link.contains("noopener"), "{link}");
    }
    world.end().await;
}

#[tokio::test]
async fn the_policy_locks_connections_to_the_chosen_portal() {
    let mut world = World::signed_in("jane").await;
    world.expect_violations("connect-src");
    world.expect_violations("Fetch API cannot load");
    world.expect_console("Content Security Policy");
    world.expect_console("violates");
    let page = world.page();
    let refused = page.js("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')").await;
    assert_eq!(refused, "refused");
    page.until("the violation is seen", async || {
        page.seen().await.violations.iter().any(|it| it.contains("connect-src"))
    })
    .await;
    world.end().await;
}
