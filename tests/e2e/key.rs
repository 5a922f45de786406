//! The key: shown once, copied, and wiped.

use crate::journey::Wish;
use crate::key_ends::document_has;
use crate::pages::{
    CredentialsStep, ItemAccessStep, KeyStep, OpenTask, PrivilegesStep, Problem, Question, SummaryStep, Wizard,
};
use crate::session::later;
use crate::world::World;

/// True if closing the tab would prompt.
const ASKS: &str = "(() => { const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return event.defaultPrevented })()";

async fn a_key_is_in_one_element_copied_or_selected_and_gone_once_it_is_saved() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    for text in ["https://app.example.com", "http://localhost:5173", "Basemap styles service", "Geocoding"] {
        page.shows(text).await;
    }
    let item = world.portal(|portal| portal.credentials_of("jane").remove(0).id);
    let address = page.link(KeyStep::ITEM).js("function () { return this.href }").await;
    assert_eq!(address, format!("{}/home/item.html?id={item}", world.portal_url()));

    let script = format!(
        "[...document.querySelectorAll('*')].filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.includes('{key}')) || [...element.attributes].some(at => at.value.includes('{key}')) || element.value?.includes?.('{key}')).length"
    );
    assert_eq!(page.js(&script).await, 1);
    for place in [page.title().await, page.url().await, page.stored().await] {
        assert!(!place.contains(&key), "{place}");
    }

    page.allow_clipboard(false).await;
    page.button(KeyStep::COPY).click().await;
    page.announces("Ctrl").await;
    assert_eq!(page.js("getSelection().toString().trim()").await, serde_json::json!(key));

    assert_eq!(page.js(ASKS).await, true, "closing the tab asks");
    page.back().await;
    page.heading(Question::LEAVE_KEY).wait().await;
    page.photograph_all("7-leave-question").await;
    page.button(Question::STAY).click().await;
    assert_eq!(KeyStep(page).key().await, key);

    page.allow_clipboard(true).await;
    page.listen_to_clipboard().await;
    page.button(KeyStep::SAVED).click().await;
    page.heading(KeyStep::UNCOPIED).wait().await;
    page.is_accessible("the question about a key that was not copied").await;
    page.photograph_all("7-uncopied-question").await;
    page.press("Escape").await;
    page.heading(KeyStep::UNCOPIED).gone().await;
    page.until("the focus is back", async || page.focused().await.name == KeyStep::SAVED).await;
    assert_eq!(KeyStep(page).key().await, key);
    page.button(KeyStep::SAVED).click().await;
    page.button(KeyStep::COPY_KEY).click().await;
    page.announces("Copied").await;
    page.heading(KeyStep::UNCOPIED).gone().await;
    assert_eq!(page.clipboard().await, key);
    assert_eq!(KeyStep(page).key().await, key, "it is shown until the person says that it is safe");
    page.back().await;
    page.heading(Question::LEAVE_COPIED_KEY).wait().await;
    page.button(Question::STAY).click().await;
    assert_eq!(KeyStep(page).key().await, key);

    page.button(KeyStep::SAVED).click().await;
    page.heading(KeyStep::DONE).wait().await;
    page.until("the key is gone", async || !document_has(&world, &key).await).await;
    assert_eq!(page.js(ASKS).await, false, "nothing to lose any more");
    page.back().await;
    page.shows("API key").await;
    assert!(!page.text().await.contains(&key));
    assert!(world.whoami(&key, Some("https://app.example.com/")).await.is_accepted(), "the portal still takes it");
    world.end().await;
}

async fn after_a_copy_and_a_closed_tab_the_page_says_so_and_the_key_can_be_replaced_or_kept() {
    let (world, first) = World::at_key(&Wish::small()).await;
    let page = world.page();
    page.allow_clipboard(true).await;
    page.listen_to_clipboard().await;
    page.button(KeyStep::COPY).click().await;
    page.announces("Copied").await;
    assert_eq!(page.clipboard().await, first);
    assert_eq!(page.js(ASKS).await, false, "closing the tab does not ask");
    page.reload().await;
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    page.shows("You copied the key of “My API key credential”").await;
    assert_eq!(page.alert("*").texts().await, Vec::<String>::new(), "nothing is wrong");
    page.photograph_all("1-key-copied-before").await;
    page.is_accessible("the notice of a key that was copied").await;
    page.button(OpenTask::LOST).click().await;
    page.heading(OpenTask::SAVED_QUESTION).wait().await;
    page.photograph_all("6-copied-not-saved").await;
    page.button(OpenTask::REPLACE).click().await;
    let second = KeyStep(page).key().await;
    assert_ne!(second, first);
    assert_eq!(page.js(ASKS).await, true, "the new one is not copied");

    page.allow_clipboard(false).await;
    page.button(KeyStep::SAVED).click().await;
    page.button(KeyStep::COPY_KEY).click().await;
    page.announces("Ctrl").await;
    let by_hand =
        "document.querySelector('[aria-label=\"API key\"]').dispatchEvent(new Event('copy', { bubbles: true }))";
    page.js(by_hand).await;
    page.until("a key that was copied by hand counts as copied", async || page.js(ASKS).await == false).await;
    page.reload().await;
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    page.shows("You copied the key of").await;
    page.button(KeyStep::SAVED).click().await;
    page.button(KeyStep::SAVED).gone().await;
    page.until("nothing is kept of it", async || !page.stored().await.contains("akw.operation")).await;
    assert!(world.whoami(&second, None).await.is_accepted());
    world.end().await;
}

/// `key_ends` tests what happens to the key in the browser's own cache.
async fn a_key_that_was_left_unsaved_is_wiped_and_can_be_replaced_or_revoked() {
    let (world, first) = World::at_key(&Wish::small()).await;
    let page = world.page();
    page.js("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))").await;
    assert!(!document_has(&world, &first).await, "the key is still there");
    page.shows("You left this page, so it signed you out").await;
    assert!(!document_has(&world, &first).await, "it does not come back");
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
    page.photograph_all("7-key-left").await;
    world.sign_in_from_here("jane").await;
    page.heading(OpenTask::SAVED_QUESTION).wait().await;
    page.shows("you did not confirm that you saved it").await;
    page.button(OpenTask::REPLACE).click().await;
    let second = KeyStep(page).key().await;
    assert_ne!(second, first);

    page.back().await;
    page.button(Question::LEAVE).click().await;
    page.heading(KeyStep::WIPED).wait().await;
    page.shows("You left its page.").await;
    assert!(!document_has(&world, &second).await, "the key is still there");
    page.is_accessible("the page of a wiped key").await;
    page.photograph_all("7-key-wiped").await;
    page.button(OpenTask::REVOKE).click().await;
    page.heading(OpenTask::REVOKE_QUESTION).wait().await;
    page.shows("This deletes the credential “My API key credential” from your portal, and its key with it.").await;
    page.photograph_all("7-revoke-question").await;
    page.button(Question::STAY).click().await;
    page.heading(OpenTask::REVOKE_QUESTION).gone().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 1), "nothing was done");
    OpenTask::revoke(page).await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (0, 0));
    world.end().await;
}

async fn the_time_of_a_key_is_counted_warned_of_and_prolonged_and_its_end_is_explained() {
    let (world, key) = World::at_key(&Wish::small()).await;
    let page = world.page();
    page.shows("It is hidden in ").await;
    later(&world, 5).await;
    page.shows("It is hidden in 4:").await;
    assert!(!page.text().await.contains("The key is hidden in"), "nobody is disturbed before the end is near");
    later(&world, 4).await;
    page.announces("The key is hidden in 1 minute").await;
    page.photograph_all("7-key-ends-soon").await;
    page.is_accessible("the key page near the end of its time").await;
    page.button(KeyStep::LONGER).click().await;
    page.announces("The key is shown for 10 more minutes").await;
    later(&world, 9).await;
    assert_eq!(KeyStep(page).key().await, key);
    later(&world, 2).await;
    page.heading(KeyStep::WIPED).wait().await;
    page.shows("The time to show it is over").await;
    assert!(!document_has(&world, &key).await);
    page.button(OpenTask::REPLACE).click().await;
    assert_ne!(KeyStep(page).key().await, key);
    world.end().await;
}

async fn what_is_perhaps_not_meant_is_said_on_the_summary_and_a_key_that_may_do_nothing_is_refused() {
    let world = World::signed_in("ada").await;
    let page = world.page();
    let wish = Wish { privileges: Vec::new(), ..Wish::small() };
    CredentialsStep(page).wait().await;
    CredentialsStep(page).preset("1 year").await;
    CredentialsStep(page).next().await;
    PrivilegesStep(page).wait().await;
    page.button(Wizard::NEXT).click().await;
    ItemAccessStep(page).wait().await;
    page.shows("This key can do nothing yet").await;
    page.button(Wizard::NEXT).click().await;
    crate::journey::details(page, &wish).await;
    SummaryStep(page).wait().await;
    page.shows("This key can do nothing yet").await;
    SummaryStep(page).create().await;
    page.heading(Problem::IN_FORM).wait().await;
    page.shows("Choose at least one privilege or one item").await;
    SummaryStep(page).change("This key can do nothing yet*").await;
    PrivilegesStep(page).choose("Basemap styles service").await;
    PrivilegesStep(page).search("portal:admin:deleteItems").await;
    PrivilegesStep(page).choose("Delete").await;
    page.button(Wizard::NEXT).click().await;
    SummaryStep(page).wait().await;
    page.shows("the key can act on your whole organization").await;
    page.shows("at your cost").await;
    assert!(!page.text().await.contains("This key can do nothing yet"));
    page.photograph_all("5-findings").await;
    page.is_accessible("what was found on the Summary").await;
    page.button("*at your cost*").click().await;
    CredentialsStep(page).add_referrer("https://app.example.com").await;
    CredentialsStep(page).next().await;
    SummaryStep(page).wait().await;
    assert!(!page.text().await.contains("at your cost"));
    assert!(world.credentials_of("ada").is_empty(), "what was refused was not sent");
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_key_is_in_one_element_copied_or_selected_and_gone_once_it_is_saved,
    ],
    one: [
        after_a_copy_and_a_closed_tab_the_page_says_so_and_the_key_can_be_replaced_or_kept,
        a_key_that_was_left_unsaved_is_wiped_and_can_be_replaced_or_revoked,
        the_time_of_a_key_is_counted_warned_of_and_prolonged_and_its_end_is_explained,
        what_is_perhaps_not_meant_is_said_on_the_summary_and_a_key_that_may_do_nothing_is_refused,
    ]
}
