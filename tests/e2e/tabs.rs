//! Crashes, second tabs, network losses and wrong clocks: nothing is created twice, and nothing is lost.

use arcgis_key_wizard::i18n::{Message, text};
use fantoccini::wd::WindowHandle;
use practice_portal::Portal;
use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::clock::{QUICK_TIMERS, pass, start_timers, stop_timers};
use crate::complaints::Complaint;
use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{CredentialsStep, DetailsStep, Header, KeyStep, OpenTask, Problem, Question, SummaryStep};
use crate::world::{Setup, World};

/// Opens a second tab as Jane, which only observes; returns the first one.
async fn second_tab(world: &World) -> WindowHandle {
    let page = world.page();
    let first = page.open_tab().await;
    world.open().await;
    world.sign_in("jane").await;
    page.heading(OpenTask::ELSEWHERE).wait().await;
    first
}

async fn of_two_tabs_each_looks_on_and_can_take_over_and_a_key_on_the_screen_stays_until_it_is_replaced() {
    let world = World::held_in_create(Endpoint::RegisterApp).await;
    let page = world.page();
    let first = second_tab(&world).await;
    page.photograph_all("6-another-tab").await;
    page.button(OpenTask::TAKE_OVER).click().await;
    world.finish_after_interruption().await;
    let old = KeyStep(page).key().await;
    world.is_as_wished(&old, &Wish::small()).await;
    let second = page.switch_to(&first).await;
    page.heading(OpenTask::ELSEWHERE).wait().await;
    assert!(!page.text().await.contains("in progress"), "how far the other tab is, this one does not know");
    page.button(OpenTask::TAKE_OVER).click().await;
    page.button(OpenTask::REPLACE).wait().await;
    page.switch_to(&second).await;
    assert_eq!(KeyStep(page).key().await, old, "it can be seen nowhere else");
    page.announces("Another tab has taken over. If you press Replace or Revoke there, this key stops working.").await;
    page.photograph_all("7-key-taken-over").await;
    page.switch_to(&first).await;
    page.button(OpenTask::REPLACE).click().await;
    let key = KeyStep(page).key().await;
    page.switch_to(&second).await;
    page.heading(KeyStep::WIPED).wait().await;
    page.announces("It was replaced or revoked in another tab. Do not use it any more.").await;
    page.photograph_all("7-key-ended").await;
    assert!(!page.button(OpenTask::REVOKE).exists().await, "it is the other tab's");
    page.switch_to(&first).await;
    assert_eq!(KeyStep(page).key().await, key);
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    assert!(world.whoami(&key, None).await.is_accepted() && !world.whoami(&old, None).await.is_accepted());
    page.until("one is left", async || (world.credentials_of("jane").len(), world.live_keys()) == (1, 1)).await;
    world.end().await;
}

async fn a_key_that_is_saved_in_the_tab_that_shows_it_is_not_asked_about_in_the_one_that_took_over() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    let first = second_tab(&world).await;
    page.shows("it may be showing a key that you have not saved").await;
    page.button(OpenTask::TAKE_OVER).click().await;
    page.heading(OpenTask::SAVED_QUESTION).wait().await;
    let second = page.switch_to(&first).await;
    KeyStep(page).saved().await;
    page.heading(KeyStep::SAVED_HERE).wait().await;
    page.shows("If you replaced the key there, use the key of that tab.").await;
    page.photograph_all("7-key-saved-here").await;
    page.switch_to(&second).await;
    page.heading(KeyStep::DONE).wait().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    world.reload_signed_in("jane").await;
    SummaryStep(page).wait().await;
    world.end().await;
}

async fn a_second_tab_may_leave_the_first_to_its_work_and_goes_on_with_its_own_after_the_next_sign_in() {
    let world = World::held_in_create(Endpoint::RegisterApp).await;
    let page = world.page();
    let first = second_tab(&world).await;
    page.button(OpenTask::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    world.to_summary(&Wish { title: "The other one", ..Wish::small() }).await;
    world.fault_once(Endpoint::UpdateItem, Fault::ExpiredToken);
    SummaryStep(page).create().await;
    page.shows("The portal has the credential “The other one”").await;
    world.sign_in_from_here("jane").await;
    let other = KeyStep(page).key().await;
    page.shows("The other one").await;
    assert!(world.whoami(&other, None).await.is_accepted());
    KeyStep(page).saved().await;
    page.switch_to(&first).await;
    world.release(Endpoint::RegisterApp);
    let key = KeyStep(page).key().await;
    KeyStep(page).saved().await;
    assert!(key != other && world.whoami(&key, None).await.is_accepted());
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (2, 2));
    world.end().await;
}

async fn signing_out_in_an_idle_tab_keeps_the_answers_for_the_next_sign_in_after_the_other_tab_is_closed() {
    let world = World::held_in_create(Endpoint::RegisterApp).await;
    let page = world.page();
    let first = second_tab(&world).await;
    page.button(Header::SIGN_OUT).click().await;
    page.shows("You are signed out").await;
    assert!(!page.text().await.contains("is not finished"), "it is not this tab's");
    page.close_other_tab(&first).await;
    world.sign_in("jane").await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.shows("My API key credential").await;
    page.photograph_all("6-unfinished").await;
    page.button(OpenTask::CONTINUE).click().await;
    world.ends_with_one_key().await;
}

/// A second page of the tab would not find the answer with the key. `tests/e2e/kills.rs` tests that such a key can be
/// replaced.
async fn a_key_nobody_has_seen_is_an_open_task_that_revoke_ends() {
    let world = World::held_in_create(Endpoint::Token).await;
    let page = world.page();
    let lost = world.portal(|portal| portal.live_keys()).remove(0).token;
    page.button(Header::SIGN_OUT).click().await;
    page.shows("you can delete the unfinished credential, but not complete it").await;
    page.photograph_all("6-sign-out-unfinished").await;
    page.button(Question::STAY).click().await;
    world.reload_signed_in("jane").await;
    page.heading(OpenTask::UNSEEN_KEY).wait().await;
    page.photograph_all("6-unseen-key").await;
    page.is_accessible("the page of an unseen key").await;
    OpenTask::revoke(page).await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    assert!(!world.whoami(&lost, None).await.is_accepted(), "the unseen key is dead");
    assert_eq!(world.credentials_of("jane").len(), 0);
    world.end().await;
}

async fn offline_the_draft_can_be_edited_and_what_is_sent_waits_for_the_word_of_the_person() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    world.expect(Complaint::Unanswered("INTERNET_DISCONNECTED"));
    page.set_offline(true).await;
    page.shows("You are offline").await;
    page.photograph_all("6-offline").await;
    SummaryStep(page).change("Title").await;
    DetailsStep(page).fill(DetailsStep::TITLE, "Typed without a network").await;
    journey::next(page).await;
    SummaryStep(page).create().await;
    page.heading(OpenTask::CREATING).wait().await;
    page.shows("No request is being sent.").await;
    page.photograph_all("6-offline-creating").await;
    page.set_offline(false).await;
    page.announces("You are online again").await;
    page.photograph_all("6-online-again").await;
    // The page asks before it sends anything; here the user declines.
    page.button(OpenTask::STOP).click().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (0, 0));
    // A portal may hide its home page from other origins but still answer.
    let hide = format!(
        "void (() => {{ const real = fetch; globalThis.fetch = (input, more) => \
         [{0:?}, {0:?} + '/'].includes(input.url ?? input) ? Promise.reject(new TypeError()) : real(input, more) }})()",
        world.portal_url()
    );
    page.js(&hide).await;
    page.js(QUICK_TIMERS).await;
    page.set_offline(true).await;
    page.shows("You are offline").await;
    page.button(OpenTask::CONTINUE).click().await;
    page.shows("No request is being sent.").await;
    page.set_offline(false).await;
    page.announces("You are online again").await;
    assert!(world.credentials_of("jane").is_empty(), "it is asked first");
    page.button(OpenTask::CONTINUE).click().await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    assert_eq!(world.credentials_of("jane"), ["Typed without a network"]);
    world.end().await;
}

async fn a_portal_that_is_too_busy_is_waited_for_with_a_countdown_as_long_as_it_says() {
    let world = World::at_summary(&Wish::small()).await;
    world.expect(Complaint::Status(429));
    let page = world.page();
    stop_timers(page).await;
    world.fault_once(Endpoint::RegisterApp, Fault::TooMany);
    SummaryStep(page).create().await;
    page.announces(" seconds, then continuing.").await;
    page.photograph_all("6-too-busy").await;
    for left in (1..seconds_left(page).await).rev() {
        assert_eq!(world.calls_to("registerApp").await, 1, "{left} seconds too early");
        pass(page, 1_000).await;
        page.shows(&format!("Continuing in {left} s.")).await;
    }
    start_timers(page).await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    KeyStep(page).saved().await;
    world.start_over().await;
    // If the page can read `Retry-After`, the portal sets the delay.
    world.portal(|portal| portal.switches.exposes_retry_after = true);
    world.to_summary(&Wish { title: "The other one", ..Wish::small() }).await;
    stop_timers(page).await;
    world.fault(Endpoint::RegisterApp, Fault::TooMany);
    let before = world.calls_to("registerApp").await;
    SummaryStep(page).create().await;
    page.until("the portal was asked", async || world.calls_to("registerApp").await == before + 1).await;
    page.announces(&text(Message::WaitsFor(1_000))).await;
    pass(page, 999).await;
    assert_eq!(world.calls_to("registerApp").await, before + 1, "the portal said one second");
    page.until("it is asked no more", async || {
        pass(page, 1_500).await;
        page.heading(Problem::BUSY).exists().await
    })
    .await;
    page.shows("The portal was too busy to register the item with its privileges").await;
    page.photograph_all("6-put-off").await;
    page.is_accessible("the page of a portal that was too busy").await;
    world.clear_faults();
    start_timers(page).await;
    page.button(Problem::TRY_AGAIN).click().await;
    KeyStep(page).key().await;
    page.shows("The other one").await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (2, 2));
    world.end().await;
}

/// The number in the countdown.
async fn seconds_left(page: &Page) -> u32 {
    let text = page.text().await;
    let number =
        text.split_once("Continuing in ").and_then(|(_, rest)| rest.split_once(" s.")).map(|(number, _)| number);
    number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("no countdown: {text}"))
}

/// The days from the true date to the chosen one.
async fn days_ahead(world: &World) -> i64 {
    let date = CredentialsStep(world.page()).date().await;
    let script = format!("Date.parse('{date}') / 86400000 - Math.floor(performance.timeOrigin / 86400000)");
    world.page().js(&script).await.as_i64().expect("a whole number of days")
}

async fn dates_are_right_although_the_browsers_clock_is_wrong_by_a_day() {
    let world = World::unopened(Setup::default()).await;
    let page = world.page();
    // A day slow, then a day fast.
    for (more, days) in [(-1, -1), (2, 1)] {
        let script = format!(
            "(() => {{ const off = {more} * 86400000, Real = Date; \
             globalThis.Date = class extends Real {{ constructor(...parts) {{ parts.length ? super(...parts) : super(Real.now() + off) }} \
             static now() {{ return Real.now() + off }} }} }})()"
        );
        page.before_each_document(&script).await;
        world.open().await;
        page.until("the host was asked", async || page.stored().await.contains("akw.behind")).await;
        world.sign_in("jane").await;
        CredentialsStep(page).wait().await;
        let month = days_ahead(&world).await;
        assert!((28..=31).contains(&month), "one month is {month} days with a clock off by {days}");
        CredentialsStep(page).preset("7 days").await;
        assert_eq!(days_ahead(&world).await, 7, "with a clock off by {days}");
        Header::sign_out_with_answers(page).await;
        page.shows("You are signed out").await;
        page.js("sessionStorage.clear()").await;
    }
    world.end().await;
}

/// In the order of the messages.
const LEFT: [&str; 3] = ["First", "Second", "Third"];

/// Jane's items that other browsers left half created twenty minutes ago, as stored by the portal.
fn left_elsewhere(portal: &mut Portal) {
    World::retitle(portal, "jane", &LEFT);
    let (items, now) = (portal.items_of("jane"), portal.now_ms);
    for item in items {
        let Some(at) = LEFT.iter().position(|title| *title == item.title) else { continue };
        let item = portal.item_mut(&item.id).expect("it was listed");
        item.kind = "Application".to_owned();
        item.type_keywords = vec![format!("akw-op:{at:032x}")];
        // The oldest is listed first.
        item.created = now - (20 - i64::try_from(at).expect("a few")) * 60 * 1000;
    }
}

async fn unfinished_creations_of_other_browsers_are_shown_one_by_one_and_kept_or_deleted() {
    let world = World::prepared(left_elsewhere).await;
    let page = world.page();
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    page.shows("You have an unfinished credential from elsewhere").await;
    page.photograph_all("1-from-elsewhere").await;
    page.is_accessible("the notice of what was begun elsewhere").await;
    world.to_summary(&Wish { title: "Mine", ..Wish::small() }).await;
    page.button(OpenTask::LOOK).click().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.shows("The portal has the item “First”, without privileges and without a key.").await;
    page.photograph_all("6-from-elsewhere").await;
    page.back().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.button(OpenTask::NOT_NOW).click().await;
    // The draft of this tab is still there, and creates a separate credential.
    CredentialsStep(page).wait().await;
    page.js("location.hash = '#/new/summary'").await;
    SummaryStep(page).wait().await;
    page.shows("Mine").await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    let titles = || {
        let mut titles = world.credentials_of("jane");
        titles.sort();
        titles
    };
    assert_eq!(titles(), ["First", "Mine", "Second", "Third"]);
    world.open().await;
    world.sign_in("jane").await;
    // This browser knows an operation once it was opened here.
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.shows("The portal has the item “First”").await;
    page.button(OpenTask::DELETE).click().await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!(titles(), ["Mine", "Second", "Third"]);
    // Once nothing is open here, the page looks for the others.
    world.open().await;
    world.sign_in("jane").await;
    for left in [&["Mine", "Third"][..], &["Mine"]] {
        page.button(OpenTask::LOOK).click().await;
        page.button(OpenTask::DELETE).click().await;
        page.heading(OpenTask::TAKEN_BACK).wait().await;
        assert_eq!(titles(), left);
        page.button(OpenTask::TO_SUMMARY).click().await;
        SummaryStep(page).wait().await;
    }
    page.button(OpenTask::LOOK).gone().await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        of_two_tabs_each_looks_on_and_can_take_over_and_a_key_on_the_screen_stays_until_it_is_replaced,
        a_key_that_is_saved_in_the_tab_that_shows_it_is_not_asked_about_in_the_one_that_took_over,
        a_second_tab_may_leave_the_first_to_its_work_and_goes_on_with_its_own_after_the_next_sign_in,
        signing_out_in_an_idle_tab_keeps_the_answers_for_the_next_sign_in_after_the_other_tab_is_closed,
        offline_the_draft_can_be_edited_and_what_is_sent_waits_for_the_word_of_the_person,
    ],
    one: [
        a_key_nobody_has_seen_is_an_open_task_that_revoke_ends,
        a_portal_that_is_too_busy_is_waited_for_with_a_countdown_as_long_as_it_says,
        dates_are_right_although_the_browsers_clock_is_wrong_by_a_day,
        unfinished_creations_of_other_browsers_are_shown_one_by_one_and_kept_or_deleted,
    ]
}
