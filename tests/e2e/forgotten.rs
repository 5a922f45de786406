//! Answers that the page deletes: after a creation ends, after signing out, and after a day.

use practice_portal::endpoint::Endpoint;

use crate::journey::Wish;
use crate::page::Page;
use crate::pages::{CredentialsStep, DetailsStep, Header, KeyStep, OpenTask, Problem, SignInPage, SummaryStep};
use crate::practice::refusal;
use crate::world::World;

/// The number of creations whose answers this browser keeps.
async fn answers(world: &World) -> usize {
    let count = "new Promise(done => { const asked = indexedDB.open('akw'); asked.onsuccess = () => { \
        const names = asked.result.transaction('records').objectStore('records').getAllKeys(); names.onsuccess = () => { \
        asked.result.close(); done(names.result.filter(name => name.startsWith('akw.answers.')).length) } } })";
    world.page().js(count).await.as_u64().expect("a count") as usize
}

/// Copies the records whose names begin with BEGIN to another id, with answers typed HOURS ago.
const COPY: &str = r#"new Promise(done => { const asked = indexedDB.open('akw'); asked.onsuccess = () => {
  const store = asked.result.transaction('records', 'readwrite').objectStore('records'), all = store.getAll();
  store.getAllKeys().onsuccess = ({ target }) => target.result.forEach((name, at) => {
    const [id] = /[0-9a-f]{32}/.exec(name) ?? [''];
    if (!name.startsWith('BEGIN') || /^(.?)\1*$/.test(id)) return;
    const record = all.result[at].replace(/"id":"[0-9a-f]+"/, '"id":"NEW"');
    store.put(record.replace(/"written":"[0-9]+"/, `"written":"${Date.now() - HOURS * 3600000}"`), name.replace(id, 'NEW')) });
  store.transaction.oncomplete = () => { asked.result.close(); done() } } })"#;

/// Copies the only creation to an id of this digit; see [`COPY`].
async fn copy(page: &Page, digit: char, begin: &str, hours: u32) {
    let id = String::from(digit).repeat(32);
    let script = COPY.replace("BEGIN", begin).replace("NEW", &id).replace("HOURS", &hours.to_string());
    page.js(&script).await;
}

async fn answers_of_a_creation_go_with_the_sign_out_with_their_day_and_with_their_record() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(page).create().await;
    page.heading(Problem::REFUSED).wait().await;
    assert_eq!(answers(&world).await, 1);
    copy(page, '0', "akw.", 25).await;
    assert_eq!(answers(&world).await, 2, "one of the day before");
    copy(page, '1', "akw.answers.", 0).await;
    assert_eq!(answers(&world).await, 3, "and one without a record of its creation");
    // On any later visit.
    world.open().await;
    SignInPage(page).wait().await;
    page.until("those of today are left", async || answers(&world).await == 1).await;
    world.sign_in("jane").await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    copy(page, '2', "akw.", 1).await;
    assert_eq!(answers(&world).await, 2, "another creation of hers");
    Header::sign_out_with_answers(page).await;
    page.shows("You are signed out").await;
    page.until("no answers are left", async || answers(&world).await == 0).await;
    world.end().await;
}

async fn answers_are_kept_for_a_day_and_none_of_a_key_that_was_saved() {
    let referrer = "https://app.example.com";
    let world = World::signed_in("jane").await;
    let page = world.page();
    let step = CredentialsStep(page);
    step.add_referrer(referrer).await;
    step.remove(referrer).wait().await;
    for (hours, is_kept) in [(23, true), (25, false)] {
        page.js(&format!("sessionStorage.setItem('akw.written', String(Date.now() - {hours} * 3600000))")).await;
        world.reload_signed_in("jane").await;
        step.wait().await;
        assert_eq!(step.remove(referrer).exists().await, is_kept, "after {hours} hours");
    }
    world.to_summary(&Wish::small()).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    assert!(page.js("sessionStorage.getItem('akw.draft')").await.is_null(), "the answers are gone");
    page.until("the answers of the creation are gone", async || answers(&world).await == 0).await;
    world.reload_signed_in("jane").await;
    SummaryStep(page).wait().await;
    page.js("location.hash = '#/new/details'").await;
    DetailsStep(page).wait().await;
    let title = page.textbox(DetailsStep::TITLE).value().await;
    assert!(title.starts_with("API key, "), "a title is suggested, {title:?}");
    world.end().await;
}

crate::suite::tests! {
    both: [
        answers_of_a_creation_go_with_the_sign_out_with_their_day_and_with_their_record,
    ],
    one: [
        answers_are_kept_for_a_day_and_none_of_a_key_that_was_saved,
    ]
}
