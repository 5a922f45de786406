//! Where something else is going on beside a creation: another operation, another tab, a portal that hides.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::complaints::Complaint;
use crate::journey::Wish;
use crate::pages::{CredentialsStep, Header, KeyStep, OpenTask, PortalPage, SignInPage, SummaryStep};
use crate::world::World;

const ELSEWHERE: &str = "Another tab is working on this credential";

/// A first tab whose registration is not answered, and a second one that looks on.
async fn looking_on() -> (World, fantoccini::wd::WindowHandle) {
    let world = World::at_summary(&Wish::small()).await;
    world.hold(Endpoint::RegisterApp).await;
    SummaryStep(world.page()).create().await;
    world.holds(Endpoint::RegisterApp).await;
    let first = world.page().open_tab().await;
    world.open().await;
    world.sign_in("jane").await;
    world.page().heading(ELSEWHERE).wait().await;
    (world, first)
}

async fn only_the_operation_that_was_at_work_goes_on_after_the_session_has_ended() {
    let (world, first) = looking_on().await;
    let page = world.page();
    page.button(OpenTask::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    world.to_summary(&Wish { title: "The other one", ..Wish::small() }).await;
    world.fault_once(Endpoint::UpdateItem, Fault::ExpiredToken);
    SummaryStep(page).create().await;
    page.shows("The portal has the credential “The other one”").await;
    SignInPage(page).sign_in().await;
    PortalPage(page).allow("jane").await;
    let key = KeyStep(page).key().await;
    page.shows("The other one").await;
    assert!(world.whoami(&key, None).await.is_accepted());
    KeyStep(page).saved().await;
    page.close_other_tab(&first).await;
    world.end().await;
}

async fn signing_out_where_one_only_looks_on_leaves_the_other_tab_its_answers() {
    let (world, first) = looking_on().await;
    let page = world.page();
    page.button(Header::SIGN_OUT).click().await;
    page.shows("You are signed out").await;
    assert!(!page.text().await.contains("is not finished"), "it is not this tab's");
    page.close_other_tab(&first).await;
    world.sign_in("jane").await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.button(OpenTask::CONTINUE).click().await;
    world.ends_with_one_key().await;
}

async fn a_portal_that_hides_its_first_page_keeps_nobody_offline() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let hide = format!(
        "void (() => {{ const real = fetch; globalThis.fetch = (it, more) => \
         [{0:?}, {0:?} + '/'].includes(it.url ?? it) ? Promise.reject(new TypeError()) : real(it, more) }})()",
        world.portal_url()
    );
    page.js(&hide).await;
    world.to_summary(&Wish::small()).await;
    page.set_offline(true).await;
    page.shows("You are offline").await;
    SummaryStep(page).create().await;
    page.shows("No request is being sent.").await;
    page.set_offline(false).await;
    page.announces("You are online again").await;
    page.button(OpenTask::GO_ON).click().await;
    world.ends_with_one_key().await;
}

async fn the_last_request_of_a_page_says_as_little_of_it_as_all_others() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    page.goto(&world.portal_url()).await;
    page.until("the portal was told", async || world.live_sessions() == 0).await;
    let referers = world.portal(|portal| {
        let of = |it: &practice_portal::log::Seen| {
            let is_ours = it.endpoint.is_some_and(|it| !matches!(it, Endpoint::Authorize | Endpoint::StyleSheet));
            it.referer.clone().filter(|_| is_ours)
        };
        portal.log().iter().filter_map(of).collect::<Vec<_>>()
    });
    assert_eq!(referers, Vec::<String>::new());
    world.end().await;
}

async fn a_key_on_the_screen_stays_while_another_tab_takes_over_and_its_buttons_touch_nothing_of_the_other() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    SummaryStep(page).create().await;
    let old = KeyStep(page).key().await;
    let first = page.open_tab().await;
    world.open().await;
    world.sign_in("jane").await;
    page.heading(ELSEWHERE).wait().await;
    page.button(OpenTask::TAKE_OVER).click().await;
    page.button(OpenTask::REPLACE).click().await;
    let key = KeyStep(page).key().await;
    let second = page.switch_to(&first).await;
    assert_eq!(KeyStep(page).key().await, old, "it can be seen nowhere else");
    page.shows("Another tab has taken over. Its actions may end this key.").await;
    page.photograph_all("7-key-taken-over").await;
    KeyStep(page).saved().await;
    page.heading(ELSEWHERE).wait().await;
    assert!(!page.button(OpenTask::REVOKE).exists().await, "it is the other tab's");
    page.switch_to(&second).await;
    assert_eq!(KeyStep(page).key().await, key);
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    assert!(world.whoami(&key, None).await.is_accepted() && !world.whoami(&old, None).await.is_accepted());
    world.end().await;
}

async fn what_was_stopped_by_hand_does_not_go_on_because_the_session_ends() {
    let world = World::at_summary(&Wish::small()).await;
    world.expect(Complaint::Status(429));
    let page = world.page();
    world.fault_once(Endpoint::RegisterApp, Fault::TooMany);
    SummaryStep(page).create().await;
    page.button(OpenTask::STOP).wait().await;
    world.fault_once(Endpoint::ReadItem, Fault::ExpiredToken);
    page.button(OpenTask::STOP).click().await;
    page.shows("The portal no longer accepts it.").await;
    SignInPage(page).sign_in().await;
    PortalPage(page).allow("jane").await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    assert_eq!(world.live_keys(), 0);
    page.button(OpenTask::CONTINUE).click().await;
    world.ends_with_one_key().await;
}

async fn stop_is_heard_while_it_is_asked_whether_to_go_on() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    page.set_offline(true).await;
    page.shows("You are offline").await;
    SummaryStep(page).create().await;
    page.shows("No request is being sent.").await;
    page.set_offline(false).await;
    page.announces("You are online again").await;
    page.button(OpenTask::STOP).click().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (0, 0));
    world.end().await;
}

crate::suite::tests! {
    both: [
        the_last_request_of_a_page_says_as_little_of_it_as_all_others,
        a_key_on_the_screen_stays_while_another_tab_takes_over_and_its_buttons_touch_nothing_of_the_other,
    ],
    one: [
        only_the_operation_that_was_at_work_goes_on_after_the_session_has_ended,
        signing_out_where_one_only_looks_on_leaves_the_other_tab_its_answers,
        a_portal_that_hides_its_first_page_keeps_nobody_offline,
        what_was_stopped_by_hand_does_not_go_on_because_the_session_ends,
        stop_is_heard_while_it_is_asked_whether_to_go_on,
    ]
}
