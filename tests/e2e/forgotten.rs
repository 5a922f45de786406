//! What the page does not remember: answers of what is made, of who has signed out, and of the day before.

use practice_portal::endpoint::Endpoint;

use crate::journey::Wish;
use crate::pages::{CredentialsStep, DetailsStep, Header, KeyStep, Problem, SignInPage, SummaryStep};
use crate::practice::refusal;
use crate::world::World;

/// For how many creations this browser keeps what was answered.
async fn answers(world: &World) -> usize {
    let count = "new Promise(done => { const asked = indexedDB.open('akw'); asked.onsuccess = () => { \
        const names = asked.result.transaction('records').objectStore('records').getAllKeys(); names.onsuccess = () => { \
        asked.result.close(); done(names.result.filter(it => it.startsWith('akw.answers.')).length) } } })";
    world.page().js(count).await.as_u64().expect("a count") as usize
}

/// A creation of jane's that the portal has refused.
async fn refused() -> World {
    let world = World::at_summary(&Wish::small()).await;
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(world.page()).create().await;
    world.page().heading(Problem::REFUSED).wait().await;
    assert_eq!(answers(&world).await, 1);
    world
}

async fn answers_are_kept_for_a_day() {
    for (hours, kept) in [(23, "https://app.example.com"), (25, "")] {
        let world = World::signed_in("jane").await;
        let page = world.page();
        CredentialsStep(page).add_referrer("https://app.example.com").await;
        CredentialsStep(page).remove("https://app.example.com").wait().await;
        let ago = format!("sessionStorage.setItem('akw.written', String(Date.now() - {hours} * 3600000))");
        page.js(&ago).await;
        page.reload().await;
        world.sign_in("jane").await;
        CredentialsStep(page).wait().await;
        let is_there = page.button("Remove https://app.example.com").exists().await;
        assert_eq!(is_there, !kept.is_empty(), "after {hours} hours");
        world.end().await;
    }
}

async fn nothing_is_remembered_of_a_key_that_was_saved() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    assert!(page.js("sessionStorage.getItem('akw.draft')").await.is_null(), "the answers are gone");
    page.until("the answers of the creation are gone", async || answers(&world).await == 0).await;
    page.reload().await;
    world.sign_in("jane").await;
    SummaryStep(page).wait().await;
    page.js("location.hash = '#/new/details'").await;
    DetailsStep(page).wait().await;
    let title = page.textbox(DetailsStep::TITLE).value().await;
    assert!(title.starts_with("API key, "), "a title is suggested, {title:?}");
    world.end().await;
}

async fn whoever_signs_out_leaves_no_answers_of_any_creation() {
    let world = refused().await;
    let page = world.page();
    // Another creation of the same person is half made too.
    let copy = "new Promise(done => { const asked = indexedDB.open('akw'); asked.onsuccess = () => { \
        const store = asked.result.transaction('records', 'readwrite').objectStore('records'), all = store.getAll(); \
        store.getAllKeys().onsuccess = ({ target }) => target.result.forEach((name, at) => store.put( \
        all.result[at].replace(/\"id\":\"[0-9a-f]+\"/, '\"id\":\"' + '0'.repeat(32) + '\"'), \
        name.replace(/[0-9a-f]{32}/, '0'.repeat(32)))); \
        store.transaction.oncomplete = () => { asked.result.close(); done() } } })";
    page.js(copy).await;
    assert_eq!(answers(&world).await, 2);
    Header::sign_out_with_answers(page).await;
    page.shows("You are signed out").await;
    page.until("no answers are left", async || answers(&world).await == 0).await;
    world.end().await;
}

async fn answers_of_the_day_before_go_when_the_page_is_opened_by_anybody() {
    let world = refused().await;
    let page = world.page();
    let yesterday = "new Promise(done => { const asked = indexedDB.open('akw'); asked.onsuccess = () => { \
        const store = asked.result.transaction('records', 'readwrite').objectStore('records'), all = store.getAll(); \
        store.getAllKeys().onsuccess = ({ target }) => target.result.forEach((name, at) => store.put( \
        all.result[at].replace(/\"written\":\"[0-9]+\"/, `\"written\":\"${Date.now() - 25 * 3600000}\"`), name)); \
        store.transaction.oncomplete = () => { asked.result.close(); done() } } })";
    page.js(yesterday).await;
    world.open().await;
    SignInPage(page).wait().await;
    page.until("no answers are left", async || answers(&world).await == 0).await;
    world.end().await;
}

async fn answers_without_a_record_of_their_creation_go_when_the_page_is_opened_by_anybody() {
    let world = refused().await;
    let page = world.page();
    let no_record = "new Promise(done => { const asked = indexedDB.open('akw'); asked.onsuccess = () => { \
        const store = asked.result.transaction('records', 'readwrite').objectStore('records'); \
        store.getAllKeys().onsuccess = ({ target }) => target.result.forEach(name => \
        name.startsWith('akw.operation.') && store.delete(name)); \
        store.transaction.oncomplete = () => { asked.result.close(); done() } } })";
    page.js(no_record).await;
    assert_eq!(answers(&world).await, 1);
    world.open().await;
    SignInPage(page).wait().await;
    page.until("no answers are left", async || answers(&world).await == 0).await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        whoever_signs_out_leaves_no_answers_of_any_creation,
        answers_of_the_day_before_go_when_the_page_is_opened_by_anybody,
    ],
    one: [
        answers_are_kept_for_a_day,
        nothing_is_remembered_of_a_key_that_was_saved,
        answers_without_a_record_of_their_creation_go_when_the_page_is_opened_by_anybody,
    ]
}
