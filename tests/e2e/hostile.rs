//! Where the page leads, and where it may not go.

use crate::complaints::Complaint;
use crate::journey::Wish;
use crate::pages::{KeyStep, SummaryStep};
use crate::world::World;

async fn links_in_the_page_lead_only_to_the_portal_and_carry_no_opener() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    let script = "[...document.querySelectorAll('a[href]:not([download])')].filter(it => it.origin !== location.origin).map(it => it.href + ' ' + it.rel)";
    let links = page.js(script).await;
    let links: Vec<_> = links.as_array().into_iter().flatten().filter_map(|it| it.as_str()).collect();
    assert!(!links.is_empty(), "the link to the item is there");
    for link in links {
        assert!(link.starts_with(&world.portal_url()) && link.contains("noopener"), "{link}");
    }
    world.end().await;
}

async fn the_policy_locks_connections_to_the_chosen_portal() {
    let world = World::signed_in("jane").await;
    world.expect(Complaint::Policy("connect-src"));
    let page = world.page();
    let refused = page.js("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')").await;
    assert_eq!(refused, "refused");
    page.until("the violation is seen", async || {
        page.seen().await.violations.iter().any(|it| it.contains("connect-src"))
    })
    .await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        links_in_the_page_lead_only_to_the_portal_and_carry_no_opener,
        the_policy_locks_connections_to_the_chosen_portal,
    ]
}
