//! Crashes, second tabs, lost networks and wrong clocks: nothing is made twice, and nothing is lost.

use arcgis_key_wizard::i18n::{Message, text};
use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::clock::{pass, start_timers, stop_timers};
use crate::complaints::Complaint;
use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{CredentialsStep, DetailsStep, KeyStep, OpenTask, Problem, SummaryStep};
use crate::practice::refusal;
use crate::world::{Setup, World};

const ELSEWHERE: &str = "Another tab is working on this credential";

/// A world in which the item is made, and its registration is not answered.
async fn in_the_middle() -> World {
    let world = World::at_summary(&Wish::small()).await;
    world.hold(Endpoint::RegisterApp).await;
    SummaryStep(world.page()).create().await;
    world.holds(Endpoint::RegisterApp).await;
    world
}

async fn a_second_tab_looks_on_and_can_take_over() {
    let world = in_the_middle().await;
    let first = world.page().open_tab().await;
    world.open().await;
    world.sign_in("jane").await;
    let page = world.page();
    page.heading(ELSEWHERE).wait().await;
    page.photograph_all("6-another-tab").await;
    page.button(OpenTask::TAKE_OVER).click().await;
    world.finish_after_interruption().await;
    let key = KeyStep(page).key().await;
    world.is_as_wished(&key, &Wish::small()).await;
    let second = page.switch_to(&first).await;
    page.heading(ELSEWHERE).wait().await;
    assert!(!page.text().await.contains("in progress"), "how far the other tab is, this one does not know");
    page.switch_to(&second).await;
    KeyStep(page).saved().await;
    page.until("one is left", async || (world.credentials_of("jane").len(), world.live_keys()) == (1, 1)).await;
    world.end().await;
}

async fn a_new_tab_after_a_closed_one_goes_on_with_the_answers_of_the_first() {
    let world = in_the_middle().await;
    let first = world.page().open_tab().await;
    world.page().close_other_tab(&first).await;
    world.open().await;
    world.sign_in("jane").await;
    let page = world.page();
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.shows("My API key credential").await;
    page.photograph_all("6-unfinished").await;
    page.button(OpenTask::CONTINUE).click().await;
    world.ends_with_one_key().await;
}

async fn a_key_nobody_has_seen_is_an_open_task_that_replace_and_revoke_end() {
    for credentials in [1, 0] {
        let world = World::at_summary(&Wish::small()).await;
        let page = world.page();
        world.hold(Endpoint::Token).await;
        SummaryStep(page).create().await;
        world.holds(Endpoint::Token).await;
        let lost = world.portal(|portal| portal.live_keys()).remove(0).token;
        page.reload().await;
        world.sign_in("jane").await;
        page.heading(OpenTask::UNSEEN_KEY).wait().await;
        page.photograph_all("6-unseen-key").await;
        page.is_accessible("the page of an unseen key").await;
        if credentials == 1 {
            page.button("Replace").click().await;
            KeyStep(page).key().await;
        } else {
            OpenTask::revoke(page).await;
            page.heading(OpenTask::TAKEN_BACK).wait().await;
        }
        assert!(!world.whoami(&lost, None).await.is_accepted(), "the unseen key is dead");
        assert_eq!(world.credentials_of("jane").len(), credentials);
        world.end().await;
    }
}

async fn offline_the_draft_can_be_edited_and_what_is_sent_waits() {
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
    page.photograph_all("6-offline-creating").await;
    assert!(world.credentials_of("jane").is_empty());
    page.set_offline(false).await;
    page.announces("You are online again").await;
    page.photograph_all("6-online-again").await;
    assert!(world.credentials_of("jane").is_empty(), "it is asked first");
    page.button(OpenTask::GO_ON).click().await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    assert_eq!(world.credentials_of("jane"), ["Typed without a network"]);
    world.end().await;
}

async fn a_portal_that_is_too_busy_is_waited_for_with_a_countdown() {
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
    world.end().await;
}

async fn a_portal_is_left_alone_as_long_as_it_says_where_the_page_may_read_that() {
    let world = World::prepared(|portal| portal.switches.exposes_retry_after = true).await;
    world.expect(Complaint::Status(429));
    let page = world.page();
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    world.to_summary(&Wish::small()).await;
    stop_timers(page).await;
    world.fault(Endpoint::RegisterApp, Fault::TooMany);
    SummaryStep(page).create().await;
    let asked = async |times: usize| {
        page.until("the portal was asked", async || world.calls_to("registerApp").await == times).await;
        page.announces(&text(Message::WaitsFor(1_000))).await;
    };
    asked(1).await;
    pass(page, 999).await;
    assert_eq!(world.calls_to("registerApp").await, 1, "the portal said one second");
    start_timers(page).await;
    page.heading(Problem::BUSY).wait().await;
    page.shows("The portal was too busy to register the item with its privileges").await;
    page.photograph_all("6-put-off").await;
    page.is_accessible("the page of a portal that was too busy").await;
    world.clear_faults();
    page.button(Problem::TRY_AGAIN).click().await;
    world.ends_with_one_key().await;
}

/// The number in the countdown.
async fn seconds_left(page: &Page) -> u32 {
    let text = page.text().await;
    let number = text.split_once("Continuing in ").and_then(|(_, rest)| rest.split_once(" s.")).map(|it| it.0);
    number.and_then(|it| it.parse().ok()).unwrap_or_else(|| panic!("no countdown: {text}"))
}

/// How many days the chosen date is ahead of the true one.
async fn days_ahead(world: &World) -> i64 {
    let date = CredentialsStep(world.page()).date().await;
    let script = format!("Date.parse('{date}') / 86400000 - Math.floor(performance.timeOrigin / 86400000)");
    world.page().js(&script).await.as_i64().expect("a whole number of days")
}

async fn dates_are_right_although_the_browsers_clock_is_wrong_by_a_day() {
    for days in [-1, 1] {
        let world = World::unopened(Setup::default()).await;
        let page = world.page();
        let script = format!(
            "(() => {{ const off = {days} * 86400000, Real = Date; \
             globalThis.Date = class extends Real {{ constructor(...it) {{ it.length ? super(...it) : super(Real.now() + off) }} \
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
        world.end().await;
    }
}

/// Removes the records of this browser; where the page is just writing one, as soon as it is left.
pub async fn lose_records(page: &Page) {
    let delete =
        "new Promise(done => { const it = indexedDB.deleteDatabase('akw'); it.onsuccess = it.onblocked = done })";
    page.js(delete).await;
}

/// A credential that another browser left half made twenty minutes ago; Jane is signed in here.
pub async fn left_half_made_elsewhere(world: &World, wish: &Wish) {
    let page = world.page();
    world.to_summary(wish).await;
    world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
    SummaryStep(page).create().await;
    page.heading(Problem::REFUSED).wait().await;
    lose_records(page).await;
    page.js("sessionStorage.clear()").await;
    world.portal(|portal| {
        let made = portal.credentials_of("jane").remove(0).id;
        portal.item_mut(&made).expect("it is there").created -= 20 * 60 * 1000;
    });
    world.open().await;
    world.sign_in("jane").await;
}

async fn what_another_browser_left_half_made_is_told_and_can_be_deleted() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    left_half_made_elsewhere(&world, &Wish::small()).await;
    CredentialsStep(page).wait().await;
    page.shows("You have an unfinished credential from elsewhere").await;
    page.photograph_all("1-from-elsewhere").await;
    page.is_accessible("the notice of what was begun elsewhere").await;
    page.button(OpenTask::LOOK).click().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.shows("The portal has the item “My API key credential”, without privileges and without a key.").await;
    page.photograph_all("6-from-elsewhere").await;
    page.button(OpenTask::DELETE).click().await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!(world.credentials_of("jane").len(), 0);
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_portal_is_left_alone_as_long_as_it_says_where_the_page_may_read_that,
        a_second_tab_looks_on_and_can_take_over,
        a_new_tab_after_a_closed_one_goes_on_with_the_answers_of_the_first,
        offline_the_draft_can_be_edited_and_what_is_sent_waits,
        a_portal_that_is_too_busy_is_waited_for_with_a_countdown,
    ],
    one: [
        a_key_nobody_has_seen_is_an_open_task_that_replace_and_revoke_end,
        dates_are_right_although_the_browsers_clock_is_wrong_by_a_day,
        what_another_browser_left_half_made_is_told_and_can_be_deleted,
    ]
}
