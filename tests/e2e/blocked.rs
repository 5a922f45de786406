//! A browser without storage: the page works in memory, and says so.

use crate::docs::Docs;
use crate::journey::Wish;
use crate::pages::{CredentialsStep, SignInPage, SummaryStep};
use crate::world::{Setup, World};

const NOTICE: &str = "Your browser does not store data for this page";
/// Blocks every storage, as the browser's settings can.
const BLOCK: &str = "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, \
    { get() { throw new DOMException('The operation is insecure.', 'SecurityError') } }); \
    if (globalThis.LockManager) LockManager.prototype.request = async () => { throw new DOMException('Access is denied.', 'SecurityError') }";

async fn without_storage_the_page_works_in_memory_and_says_so_also_where_the_portal_cuts_openers_off() {
    let world = World::unopened(Setup::default()).await;
    world.portal(|portal| portal.switches.sign_in.opener_policy = Some("same-origin".to_owned()));
    let page = world.page();
    let no_window = "globalThis.akwOpen = window.open; window.open = () => null";
    page.before_each_document(&format!("{BLOCK}; {no_window}")).await;
    world.open().await;
    SignInPage(page).wait().await;
    page.shows(NOTICE).await;
    // With popups blocked too, signing in is impossible.
    page.button(SignInPage::SIGN_IN).click().await;
    page.shows("Allow pop-up windows or storage for this site").await;
    assert!(page.url().await.starts_with(world.site_origin()), "nobody left");
    page.photograph_all("0-storage-and-windows-blocked").await;
    page.js("void (window.open = akwOpen)").await;
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    page.shows(NOTICE).await;
    page.photograph_all("1-storage-blocked").await;
    world.to_summary(&Wish::small()).await;
    SummaryStep(page).create().await;
    world.ends_with_one_key().await;
}

async fn without_a_record_of_what_is_made_the_page_says_what_that_costs() {
    let world = World::unopened(Setup::default()).await;
    let page = world.page();
    page.before_each_document("Object.defineProperty(window, 'indexedDB', { value: undefined })").await;
    world.open().await;
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    assert!(!page.text().await.contains(NOTICE), "what is typed is kept");
    world.to_summary(&Wish::small()).await;
    SummaryStep(page).create().await;
    page.shows("an unfinished credential cannot be resumed after you close this tab").await;
    page.photograph_all("6-no-record").await;
    world.ends_with_one_key().await;
}

crate::suite::tests! {
    both: [
        without_storage_the_page_works_in_memory_and_says_so_also_where_the_portal_cuts_openers_off,
    ],
    one: [
        without_a_record_of_what_is_made_the_page_says_what_that_costs,
    ]
}
