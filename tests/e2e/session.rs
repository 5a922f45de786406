//! The limits of a session: each is announced before it ends the session. A table in `key-wizard-core` covers when
//! each applies, `auth/session` and `auth/active`.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::complaints::Complaint;
use crate::docs::{Docs, ELEMENT};
use crate::duplicate_title::{IN_USE, count_answers, listings, retitle};
use crate::journey::{self, Wish};
use crate::pages::{
    CredentialsStep, DetailsStep, Header, KeyStep, PortalPage, PrivilegesStep, Question, SignInPage, SummaryStep,
};
use crate::world::World;

/// Advances the page's clock, as after a night in a closed laptop.
pub async fn later(world: &World, minutes: i64) {
    let script = format!(
        "(() => {{ globalThis.akwNow ??= Date.now; const before = Date.now; Date.now = () => before() + {minutes} * 60000; \
         dispatchEvent(new Event('visibilitychange')) }})()"
    );
    world.page().js(&script).await;
}

/// Stays, advancing by these minutes, and presses something each time.
pub async fn stays(world: &World, minutes: &[i64]) {
    for minutes in minutes {
        later(world, *minutes).await;
        world.page().button("30 days").click().await;
    }
}

async fn an_idle_session_is_warned_of_prolonged_by_any_press_and_ends_here_and_at_the_portal() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let step = CredentialsStep(page);
    step.add_referrer("https://app.example.com").await;
    later(&world, 13).await;
    page.announces("you are signed out in 2 minutes").await;
    page.photograph_all("1-session-warning").await;
    // A press while the warning is shown has its normal effect, too.
    page.button("7 days").click().await;
    page.button(Header::STAY).gone().await;
    assert_eq!(step.days_left().await, 7);
    page.textbox(CredentialsStep::REFERRERS).focus().await;
    later(&world, 13).await;
    page.button(Header::STAY).click().await;
    page.button(Header::STAY).gone().await;
    page.until("the focus is back", async || page.focused().await.name == CredentialsStep::REFERRERS).await;
    // Enter that was held down on the button comes to the field, where it must not press `Next`.
    for (is_held, is_pressed) in [(true, false), (false, true)] {
        let press = format!(
            "function () {{ return this.dispatchEvent(new KeyboardEvent('keydown', \
             {{ key: 'Enter', repeat: {is_held}, bubbles: true, cancelable: true }})) }}"
        );
        assert_eq!(page.textbox(CredentialsStep::EXPIRATION).js(&press).await, is_pressed, "held: {is_held}");
    }
    // The Tab that leads to the button ends the warning at the next check. `Sign out`, passed before, gets no focus.
    later(&world, 13).await;
    page.tab_to("button", "Stay signed in").await;
    later(&world, 0).await;
    page.button(Header::STAY).gone().await;
    page.until("the heading has the focus", async || page.focused().await.name == CredentialsStep::HEADING).await;
    later(&world, 4).await;
    step.next().await;
    PrivilegesStep(page).wait().await;
    assert!(page.button(Header::SIGN_OUT).exists().await, "four more minutes are no reason to sign out");

    assert!(world.live_sessions() > 0);
    later(&world, 16).await;
    page.shows("You did not use this page for 15 minutes").await;
    page.photograph_all("0-session-ended").await;
    page.until("the portal was told", async || world.live_sessions() == 0).await;
    page.js("Date.now = akwNow").await;
    world.sign_in("jane").await;
    PrivilegesStep(page).wait().await;
    page.link(CredentialsStep::HEADING).click().await;
    step.remove("https://app.example.com").wait().await;
    world.end().await;
}

async fn after_an_hour_the_session_ends_unless_the_person_has_signed_in_again_and_come_back_to_the_same_step() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    page.link(DetailsStep::HEADING).click().await;
    DetailsStep(page).wait().await;
    DetailsStep(page).fill(DetailsStep::TITLE, "Half way").await;
    let stays = async |minutes: &[i64]| {
        for minutes in minutes {
            later(&world, *minutes).await;
            page.textbox(DetailsStep::TITLE).click().await;
        }
    };
    stays(&[14, 14, 14, 14, 2]).await;
    page.announces("Your session ends in 2 minutes").await;
    page.photograph_all("1-session-ends").await;
    // A longer session is impossible; the page says so beside the end of this one.
    let site = world.site_url().to_owned();
    let at = |uri: &str| world.portal(|portal| portal.register_client("key-wizard-demo", "ArcGIS Key Wizard", &[uri]));
    at("https://elsewhere.example/");
    page.button(Header::SIGN_IN_AGAIN).click().await;
    page.announces("does not accept this page's address").await;
    page.photograph_all("1-no-longer-session").await;
    assert!(page.button(Header::SIGN_OUT).exists().await, "the session is still there");
    at(&site);
    page.js("Date.now = akwNow").await;
    page.button(Header::SIGN_IN_AGAIN).click().await;
    PortalPage(page).allow("jane").await;
    DetailsStep(page).wait().await;
    assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Half way");

    stays(&[14, 14, 14, 14, 2]).await;
    page.button(Header::SIGN_IN_AGAIN).wait().await;
    later(&world, 3).await;
    page.shows("after 60 minutes").await;
    SignInPage(page).wait().await;
    world.end().await;
}

/// `validateRedirectUri` is undocumented, so a session may be renewed even if the call fails or refuses.
async fn a_longer_session_is_to_be_had_although_the_undocumented_call_fails_or_refuses() {
    let refused = crate::practice::named_refusal("invalid_client_id", "Invalid client_id");
    for (fault, is_told) in [(Fault::NoCors, false), (Fault::Html200, false), (refused, true)] {
        let world = World::signed_in("jane").await;
        let page = world.page();
        stays(&world, &[14, 14, 14, 14, 2]).await;
        if matches!(fault, Fault::NoCors) {
            world.expect(Complaint::NotReadable);
        }
        world.fault(Endpoint::ValidateRedirectUri, fault);
        page.js("Date.now = akwNow").await;
        page.button(Header::SIGN_IN_AGAIN).click().await;
        if is_told {
            page.announces("does not know this page").await;
            page.button(SignInPage::SIGN_IN_ANYWAY).click().await;
        }
        PortalPage(page).allow("jane").await;
        CredentialsStep(page).wait().await;
        world.end().await;
    }
}

async fn embed_a_longer_session_that_was_denied_leaves_this_one_and_a_lost_one_leaves_none() {
    let (world, _docs) = Docs::open(ELEMENT).await;
    world.expect(Complaint::Unanswered("EMPTY_RESPONSE"));
    Docs::sign_in(&world, "jane").await;
    let page = world.page();
    CredentialsStep(page).wait().await;
    stays(&world, &[14, 14, 14, 14, 2]).await;
    page.button(Header::SIGN_IN_AGAIN).click().await;
    Docs::in_window(&world, async || PortalPage(page).cancel().await).await;
    page.shows("You did not allow this page to sign in").await;
    assert!(world.live_sessions() > 0, "the session is still there");
    world.fault(Endpoint::Token, Fault::DropBefore);
    page.button(Header::SIGN_IN_AGAIN).click().await;
    Docs::in_window(&world, async || PortalPage(page).allow("jane").await).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    page.until("the former session is over", async || world.live_sessions() == 0).await;
    world.end().await;
}

async fn embed_another_account_that_signs_in_over_a_session_sees_nothing_of_the_first() {
    let element = "<arcgis-key-wizard title='Bike paths North 0000' privileges=premium:user:basemaps>";
    let (world, _docs) = Docs::open(element).await;
    Docs::sign_in(&world, "jane").await;
    let page = world.page();
    CredentialsStep(page).wait().await;
    stays(&world, &[14, 14, 14, 14, 2]).await;
    page.until("unfinished credentials are looked for", async || listings(&world).await == 1).await;
    Docs::to_summary(page).await;
    page.shows(IN_USE).await;
    retitle(page, "Another title").await;
    journey::next(page).await;
    page.until("that title is looked up", async || listings(&world).await == 3).await;
    // The next lookup is answered only when another account is signed in.
    world.hold(Endpoint::UserContent).await;
    retitle(page, "Bike paths North 0000").await;
    journey::next(page).await;
    world.holds(Endpoint::UserContent).await;
    page.button(Header::SIGN_OUT).click().await;
    let question = page.dialog(Header::ANSWERS);
    question.wait().await;
    let before = listings(&world).await;
    question.button(Header::SIGN_IN_AGAIN).click().await;
    Docs::in_window(&world, async || PortalPage(page).allow("ada").await).await;
    page.shows("Ada Marchetti").await;
    SummaryStep(page).wait().await;
    question.gone().await;
    page.until("the title is looked up for Ada, too", async || listings(&world).await == before + 2).await;
    count_answers(&world).await;
    world.release(Endpoint::UserContent);
    page.until("the late answer is read", async || page.js("akwRead").await == 1).await;
    assert!(!page.text().await.contains(IN_USE), "it is Jane's item");
    world.end().await;
}

async fn a_key_that_was_not_saved_outlasts_the_session_but_not_its_ten_minutes_and_is_given_up_only_when_asked() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    stays(&world, &[13; 4]).await;
    world.to_summary(&Wish::small()).await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    later(&world, 6).await;
    page.button(Header::SIGN_IN_AGAIN).click().await;
    page.heading(Question::LEAVE_KEY).wait().await;
    page.button(Question::STAY).click().await;
    page.heading(Question::LEAVE_KEY).gone().await;
    later(&world, 3).await;
    assert_eq!(KeyStep(page).key().await, key, "the hour is over, the ten minutes are not");
    // As after a night in a closed laptop, when timers do not run.
    later(&world, 2).await;
    page.shows("after 60 minutes").await;
    page.shows("A key was shown, but you did not confirm that you saved it").await;
    assert!(!page.text().await.contains(&key), "it is wiped");
    world.end().await;
}

crate::suite::tests! {
    both: [
        embed_a_longer_session_that_was_denied_leaves_this_one_and_a_lost_one_leaves_none,
    ],
    one: [
        embed_another_account_that_signs_in_over_a_session_sees_nothing_of_the_first,
        an_idle_session_is_warned_of_prolonged_by_any_press_and_ends_here_and_at_the_portal,
        after_an_hour_the_session_ends_unless_the_person_has_signed_in_again_and_come_back_to_the_same_step,
        a_key_that_was_not_saved_outlasts_the_session_but_not_its_ten_minutes_and_is_given_up_only_when_asked,
        a_longer_session_is_to_be_had_although_the_undocumented_call_fails_or_refuses,
    ]
}
