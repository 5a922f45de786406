//! Where the page navigates, and where it must not.

use crate::complaints::Complaint;
use crate::journey::Wish;
use crate::pages::KeyStep;
use crate::world::World;

async fn the_page_leads_only_to_the_portal_without_an_opener_and_connects_to_nothing_else() {
    let (world, _key) = World::at_key(&Wish::small()).await;
    let page = world.page();
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    let script = "[...document.querySelectorAll('a[href]:not([download])')].filter(link => link.origin !== location.origin).map(link => link.href + ' ' + link.rel)";
    let links = page.js(script).await;
    let links: Vec<_> = links.as_array().into_iter().flatten().filter_map(|link| link.as_str()).collect();
    assert!(!links.is_empty(), "the link to the item is there");
    for link in links {
        assert!(link.starts_with(&world.portal_url()) && link.contains("noopener"), "{link}");
    }
    world.expect(Complaint::Policy("connect-src"));
    let refused = page.js("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')").await;
    assert_eq!(refused, "refused");
    page.until("the violation is seen", async || {
        page.seen().await.violations.iter().any(|violation| violation.contains("connect-src"))
    })
    .await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        the_page_leads_only_to_the_portal_without_an_opener_and_connects_to_nothing_else,
    ]
}
