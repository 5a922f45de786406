//! The key: shown once, copied, and gone.

use crate::journey::Wish;
use crate::key_ends::document_has;
use crate::pages::{
    CredentialsStep, Header, ItemAccessStep, KeyStep, OpenTask, PrivilegesStep, Question, SignInPage, SummaryStep,
    Wizard,
};
use crate::session::later;
use crate::world::World;

/// Whether closing the tab would ask.
const ASKS: &str = "(() => { const it = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(it); return it.defaultPrevented })()";

async fn copy_puts_the_key_on_the_clipboard_and_says_so() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    page.allow_clipboard(true).await;
    page.listen_to_clipboard().await;
    page.button(KeyStep::COPY).click().await;
    page.announces("Copied").await;
    assert_eq!(page.clipboard().await, key);
    world.end().await;
}

async fn a_refused_clipboard_selects_the_key_instead_and_says_how() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    page.allow_clipboard(false).await;
    page.button(KeyStep::COPY).click().await;
    page.announces("Ctrl").await;
    assert_eq!(page.js("getSelection().toString().trim()").await, serde_json::json!(key));
    world.end().await;
}

async fn the_key_page_says_what_the_key_may_do_and_until_when() {
    let (world, _key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    for text in ["https://app.example.com", "http://localhost:5173", "Basemap styles service", "Geocoding"] {
        page.shows(text).await;
    }
    let item = world.portal(|portal| portal.credentials_of("jane").remove(0).id);
    let address = page.link(KeyStep::ITEM).js("function () { return this.href }").await;
    assert_eq!(address, format!("{}/home/item.html?id={item}", world.portal_url()));
    page.is_accessible("the key page").await;
    world.end().await;
}

async fn the_key_is_in_one_element_and_nowhere_else() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    let script = format!(
        "[...document.querySelectorAll('*')].filter(it => [...it.childNodes].some(node => node.nodeType === 3 && node.data.includes('{key}')) || [...it.attributes].some(at => at.value.includes('{key}')) || it.value?.includes?.('{key}')).length"
    );
    assert_eq!(page.js(&script).await, 1);
    assert!(!page.title().await.contains(&key));
    assert!(!page.url().await.contains(&key));
    assert!(!page.stored().await.contains(&key));
    world.end().await;
}

async fn leaving_before_the_key_is_saved_asks_first() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    assert_eq!(page.js(ASKS).await, true, "closing the tab asks");
    page.back().await;
    page.dialog("*").first().wait().await;
    page.photograph_all("7-leave-question").await;
    page.button("Stay*").click().await;
    assert_eq!(KeyStep(page).key().await, key);
    KeyStep(page).saved().await;
    KeyStep(page).shown().gone().await;
    assert_eq!(page.js(ASKS).await, false, "nothing to lose any more");
    world.end().await;
}

async fn the_key_is_wiped_once_it_is_saved() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    KeyStep(page).saved().await;
    page.until("the key is gone", async || !document_has(&world, &key).await).await;
    page.back().await;
    page.shows("API key").await;
    assert!(!page.text().await.contains(&key));
    assert!(world.whoami(&key, Some("https://app.example.com/")).await.is_accepted(), "the portal still takes it");
    world.end().await;
}

/// What becomes of it in the browser's own cache is tried in `key_ends`.
async fn the_key_is_wiped_and_the_session_ended_when_the_browser_puts_the_page_away() {
    let (world, key) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    page.js("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))").await;
    assert!(!document_has(&world, &key).await, "the key is still there");
    page.shows("You left this page, so it signed you out").await;
    assert!(!document_has(&world, &key).await, "it does not come back");
    page.until("the session is over at the portal", async || world.live_sessions() == 0).await;
    page.photograph_all("7-key-left").await;
    world.end().await;
}

async fn a_key_that_was_left_unsaved_is_wiped_and_can_be_replaced() {
    let (world, first) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    page.back().await;
    page.button(Question::LEAVE).click().await;
    page.heading(KeyStep::WIPED).wait().await;
    page.shows("You left its page.").await;
    assert!(!page.text().await.contains(&first));
    page.is_accessible("the page of a wiped key").await;
    page.photograph_all("7-key-wiped").await;
    page.button(OpenTask::REPLACE).click().await;
    assert_ne!(KeyStep(page).key().await, first);
    world.end().await;
}

async fn a_key_that_was_never_copied_is_not_wiped_without_a_question() {
    let (world, key) = World::at_key(&Wish::small()).await;
    let page = world.page();
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
    page.button(KeyStep::SAVED).click().await;
    page.heading(KeyStep::DONE).wait().await;
    world.end().await;
}

async fn a_key_that_was_selected_and_copied_by_hand_counts_as_copied() {
    let (world, _key) = World::at_key(&Wish::small()).await;
    let page = world.page();
    page.allow_clipboard(false).await;
    page.button(KeyStep::SAVED).click().await;
    page.button(KeyStep::COPY_KEY).click().await;
    page.announces("Ctrl").await;
    let copy = "document.querySelector('[aria-label=\"API key\"]').dispatchEvent(new Event('copy', { bubbles: true }))";
    page.js(copy).await;
    page.button(KeyStep::SAVED).click().await;
    page.heading(KeyStep::DONE).wait().await;
    world.end().await;
}

async fn whoever_copied_the_key_and_closed_the_tab_is_not_told_that_something_is_unfinished() {
    let (world, key) = World::at_key(&Wish::small()).await;
    let page = world.page();
    page.allow_clipboard(true).await;
    page.button(KeyStep::COPY).click().await;
    page.announces("Copied").await;
    assert_eq!(page.js(ASKS).await, false, "closing the tab does not ask");
    page.reload().await;
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    page.shows("You copied the key of “My API key credential”").await;
    assert_eq!(page.alert("*").texts().await, Vec::<String>::new(), "nothing is wrong");
    page.photograph_all("1-key-copied-before").await;
    page.is_accessible("the notice of a key that was copied").await;
    page.button(KeyStep::SAVED).click().await;
    page.button(KeyStep::SAVED).gone().await;
    page.until("nothing is kept of it", async || !page.stored().await.contains("akw.operation")).await;
    assert!(world.whoami(&key, None).await.is_accepted());
    world.end().await;
}

async fn whoever_copied_the_key_and_lost_it_can_replace_it() {
    let (world, first) = World::at_key(&Wish::small()).await;
    let page = world.page();
    page.allow_clipboard(true).await;
    page.button(KeyStep::COPY).click().await;
    page.announces("Copied").await;
    page.reload().await;
    world.sign_in("jane").await;
    page.button(OpenTask::LOST).click().await;
    page.heading(OpenTask::COPIED).wait().await;
    page.photograph_all("6-copied-not-saved").await;
    page.button(OpenTask::REPLACE).click().await;
    assert_ne!(KeyStep(page).key().await, first);
    assert_eq!(page.js(ASKS).await, true, "the new one is not copied");
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
    world.end().await;
}

async fn revoking_says_that_the_credential_goes_too_and_asks() {
    let (world, _key) = World::at_key(&Wish::small()).await;
    let page = world.page();
    page.back().await;
    page.button(Question::LEAVE).click().await;
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

async fn what_is_perhaps_not_meant_is_said_on_the_summary() {
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
    SummaryStep(page).change("*at your cost*").await;
    CredentialsStep(page).add_referrer("https://app.example.com").await;
    CredentialsStep(page).next().await;
    SummaryStep(page).wait().await;
    assert!(!page.text().await.contains("at your cost"));
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    world.end().await;
}

async fn signing_out_with_answers_asks_first() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    CredentialsStep(page).add_referrer("https://app.example.com").await;
    page.button(Header::SIGN_OUT).click().await;
    page.heading(Header::ANSWERS).wait().await;
    page.photograph_all("1-answers-question").await;
    page.button(Question::STAY).click().await;
    CredentialsStep(page).remove("https://app.example.com").wait().await;
    Header::sign_out_with_answers(page).await;
    SignInPage(page).wait().await;
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    assert!(!CredentialsStep(page).remove("https://app.example.com").exists().await);
    page.button(Header::SIGN_OUT).click().await;
    page.shows("You are signed out").await;
    world.end().await;
}

async fn after_a_key_another_one_can_be_made() {
    let (world, first) = World::at_key(&Wish::whole()).await;
    let page = world.page();
    KeyStep(page).saved().await;
    world.start_over().await;
    CredentialsStep(page).wait().await;
    world.to_summary(&Wish { title: "A second key", ..Wish::small() }).await;
    SummaryStep(page).create().await;
    let second = KeyStep(page).key().await;
    assert_ne!(first, second);
    assert_eq!(world.credentials_of("jane").len(), 2);
    world.end().await;
}

crate::suite::tests! {
    both: [
        copy_puts_the_key_on_the_clipboard_and_says_so,
        a_refused_clipboard_selects_the_key_instead_and_says_how,
        the_key_is_in_one_element_and_nowhere_else,
        leaving_before_the_key_is_saved_asks_first,
        a_key_that_was_never_copied_is_not_wiped_without_a_question,
        the_key_is_wiped_and_the_session_ended_when_the_browser_puts_the_page_away,
    ],
    one: [
        the_key_page_says_what_the_key_may_do_and_until_when,
        the_key_is_wiped_once_it_is_saved,
        a_key_that_was_left_unsaved_is_wiped_and_can_be_replaced,
        after_a_key_another_one_can_be_made,
        a_key_that_was_selected_and_copied_by_hand_counts_as_copied,
        whoever_copied_the_key_and_closed_the_tab_is_not_told_that_something_is_unfinished,
        whoever_copied_the_key_and_lost_it_can_replace_it,
        the_time_of_a_key_is_counted_warned_of_and_prolonged_and_its_end_is_explained,
        revoking_says_that_the_credential_goes_too_and_asks,
        what_is_perhaps_not_meant_is_said_on_the_summary,
        signing_out_with_answers_asks_first,
    ]
}
