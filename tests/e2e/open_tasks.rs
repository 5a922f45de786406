//! What stopped half-way: told truly, gone on with, stopped by hand, or left to another tab.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::complaints::Complaint;
use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{
    CredentialsStep, DetailsStep, Header, KeyStep, OpenTask, PortalPage, Problem, Question, SignInPage, SummaryStep,
};
use crate::practice::refusal;
use crate::session::{later, stays};
use crate::tabs::lose_records;
use crate::world::World;

/// A world that is about to create a credential.
async fn before_create() -> World {
    World::at_summary(&Wish::small()).await
}

/// Reloads, and the browser does not ask whether a key may be lost, which a driver cannot answer in both.
async fn reload_unasked(page: &Page) {
    page.js("addEventListener('beforeunload', it => it.stopImmediatePropagation(), true)").await;
    page.reload().await;
}

async fn a_session_that_ends_in_the_middle_says_what_exists_and_goes_on_after_the_next_sign_in() {
    let world = before_create().await;
    let page = world.page();
    world.fault_once(Endpoint::UpdateItem, Fault::ExpiredToken);
    SummaryStep(page).create().await;
    page.shows("The portal no longer accepts it.").await;
    page.shows("Your credential is not finished. The portal has the credential “My API key credential”").await;
    page.photograph_all("6-session-ended").await;
    page.is_accessible("the page of a session that ended in the middle").await;
    SignInPage(page).sign_in().await;
    PortalPage(page).allow("jane").await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 1));
    world.end().await;
}

async fn after_a_session_that_ended_in_the_middle_another_person_finds_nothing_of_it() {
    let world = before_create().await;
    let page = world.page();
    world.fault_once(Endpoint::UpdateItem, Fault::ExpiredToken);
    SummaryStep(page).create().await;
    page.shows("Your credential is not finished").await;
    world.sign_in("newt").await;
    page.heading("*").first().wait().await;
    page.announces("The unfinished credential belongs to another account").await;
    page.photograph_all("1-another-account").await;
    page.is_accessible("the notice of another account's creation").await;
    assert_eq!(world.credentials_of("newt").len(), 0);
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 0));
    Header::sign_out_with_answers(page).await;
    world.sign_in("jane").await;
    page.button(OpenTask::CONTINUE).click().await;
    world.ends_with_one_key().await;
}

async fn what_runs_can_be_stopped_and_taken_back_or_gone_on_with() {
    for (press, credentials) in [("Continue", 1), ("Delete what was created", 0)] {
        let world = before_create().await;
        world.expect(Complaint::Status(429));
        let page = world.page();
        world.fault_once(Endpoint::RegisterApp, Fault::TooMany);
        SummaryStep(page).create().await;
        page.button(OpenTask::STOP).click().await;
        page.heading(OpenTask::UNFINISHED).wait().await;
        page.shows("The credential was not completed").await;
        page.photograph_all("6-stopped").await;
        page.button(press).click().await;
        match credentials {
            1 => drop(KeyStep(page).key().await),
            _ => drop(page.heading(OpenTask::TAKEN_BACK).wait().await),
        }
        assert_eq!(world.credentials_of("jane").len(), credentials);
        world.end().await;
    }
}

async fn a_privilege_that_was_taken_away_meanwhile_is_named() {
    let world = before_create().await;
    let page = world.page();
    world.portal(|portal| {
        let held: Vec<String> = portal.user("jane").expect("she is there").privileges.clone();
        let left: Vec<&str> =
            held.iter().map(String::as_str).filter(|it| *it != "portal:user:assignPrivilegesToApps").collect();
        portal.set_privileges("jane", &left);
    });
    world.fault(Endpoint::RegisterApp, refusal(403, "You do not have permissions to perform this operation."));
    SummaryStep(page).create().await;
    page.heading(Problem::REFUSED).wait().await;
    page.shows("Your account lacks privileges for this").await;
    page.shows("(portal:user:assignPrivilegesToApps)").await;
    page.photograph_all("6-forbidden").await;
    page.is_accessible("the page of a missing privilege").await;
    world.end().await;
}

async fn what_cannot_be_taken_back_is_told_with_the_way_to_it() {
    let world = before_create().await;
    let page = world.page();
    world.fault(Endpoint::RegisterApp, refusal(400, "No."));
    world.fault(Endpoint::DeleteItem, refusal(400, "Not today."));
    SummaryStep(page).create().await;
    page.button(OpenTask::DELETE).click().await;
    page.shows("Not today.").await;
    page.button(OpenTask::NOT_NOW).wait().await;
    let item = world.portal(|portal| portal.credentials_of("jane").remove(0).id);
    let address = page.link(KeyStep::ITEM).js("function () { return this.href }").await;
    assert!(address.as_str().is_some_and(|it| it.starts_with(&world.portal_url()) && it.contains(&item)), "{address}");
    page.photograph_all("6-not-deleted").await;
    // Nor does it stand in the way of another one.
    world.clear_faults();
    page.button(OpenTask::NOT_NOW).click().await;
    world.to_summary(&Wish { title: "The other one", ..Wish::small() }).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    KeyStep(page).saved().await;
    page.button(KeyStep::ANOTHER).click().await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!(world.credentials_of("jane"), ["The other one"]);
    world.end().await;
}

async fn changes_end_a_live_key_only_after_a_question() {
    let world = before_create().await;
    let page = world.page();
    SummaryStep(page).create().await;
    let lost = KeyStep(page).key().await;
    reload_unasked(page).await;
    world.sign_in("jane").await;
    page.shows("you did not confirm that you saved it").await;
    page.js("location.hash = '#/new/summary'").await;
    SummaryStep(page).wait().await;
    SummaryStep(page).create().await;
    page.heading("End the key that exists?").wait().await;
    page.photograph_all("5-end-the-key").await;
    page.button(Question::STAY).click().await;
    assert!(world.whoami(&lost, None).await.is_accepted());
    SummaryStep(page).create().await;
    page.button(Question::END).click().await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted() && !world.whoami(&lost, None).await.is_accepted());
    world.end().await;
}

async fn a_key_for_later_ends_the_one_that_was_made_before() {
    let world = before_create().await;
    let page = world.page();
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    reload_unasked(page).await;
    world.sign_in("jane").await;
    page.shows("you did not confirm that you saved it").await;
    page.js("location.hash = '#/new/summary'").await;
    page.radio(SummaryStep::LATER).click().await;
    SummaryStep(page).create().await;
    page.button(Question::END).click().await;
    page.heading(KeyStep::FOR_LATER).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 0));
    world.end().await;
}

async fn a_session_that_ends_takes_its_question_along() {
    let world = before_create().await;
    let page = world.page();
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    page.button(Header::SIGN_OUT).click().await;
    page.heading(Question::LEAVE_KEY).wait().await;
    page.js("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))").await;
    page.shows("You left this page, so it signed you out.").await;
    page.heading(Question::LEAVE_KEY).gone().await;
    SignInPage(page).wait().await;
    world.end().await;
}

async fn a_press_on_stop_counts_also_while_a_creation_goes_on_after_a_sign_in() {
    let world = before_create().await;
    let page = world.page();
    world.fault_once(Endpoint::UpdateItem, Fault::ExpiredToken);
    SummaryStep(page).create().await;
    page.shows("Your credential is not finished").await;
    world.fault_once(Endpoint::ReadItem, Fault::Held);
    SignInPage(page).sign_in().await;
    PortalPage(page).allow("jane").await;
    world.holds(Endpoint::ReadItem).await;
    page.button(OpenTask::STOP).click().await;
    world.release(Endpoint::ReadItem);
    page.heading(OpenTask::UNFINISHED).wait().await;
    assert_eq!(world.live_keys(), 0);
    world.end().await;
}

async fn a_second_tab_may_leave_the_first_to_its_work_and_make_its_own() {
    let world = before_create().await;
    world.hold(Endpoint::RegisterApp).await;
    SummaryStep(world.page()).create().await;
    world.holds(Endpoint::RegisterApp).await;
    let first = world.page().open_tab().await;
    world.open().await;
    world.sign_in("jane").await;
    let page = world.page();
    page.heading(OpenTask::ELSEWHERE).wait().await;
    page.button(OpenTask::ANOTHER).click().await;
    journey::credentials(page, &Wish::small()).await;
    journey::privileges(page, &Wish::small()).await;
    journey::items(page, &Wish::small()).await;
    journey::details(page, &Wish { title: "The other one", ..Wish::small() }).await;
    SummaryStep(page).create().await;
    let other = KeyStep(page).key().await;
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

async fn every_credential_from_elsewhere_is_told_one_after_another() {
    let world = before_create().await;
    let page = world.page();
    for title in ["First", "Second"] {
        SummaryStep(page).change("Title").await;
        DetailsStep(page).fill(DetailsStep::TITLE, title).await;
        journey::next(page).await;
        world.fault_once(Endpoint::RegisterApp, refusal(400, "No."));
        SummaryStep(page).create().await;
        page.heading(Problem::REFUSED).wait().await;
        lose_records(page).await;
        world.open().await;
        world.sign_in("jane").await;
        CredentialsStep(page).wait().await;
        page.js("location.hash = '#/new/summary'").await;
    }
    world.portal(|portal| {
        for made in portal.credentials_of("jane") {
            portal.item_mut(&made.id).expect("it is there").created -= 20 * 60 * 1000;
        }
    });
    world.open().await;
    world.sign_in("jane").await;
    for left in [1, 0] {
        page.button(OpenTask::LOOK).click().await;
        page.button(OpenTask::DELETE).click().await;
        page.heading(OpenTask::TAKEN_BACK).wait().await;
        assert_eq!(world.credentials_of("jane").len(), left);
        page.button(OpenTask::TO_SUMMARY).click().await;
        SummaryStep(page).wait().await;
    }
    page.button(OpenTask::LOOK).gone().await;
    world.end().await;
}

async fn leaving_the_page_ends_the_session_at_the_portal() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    assert!(world.live_sessions() > 0);
    page.goto(&world.portal_url()).await;
    page.until("the portal was told", async || world.live_sessions() == 0).await;
    page.back().await;
    SignInPage(page).wait().await;
    world.end().await;
}

async fn who_comes_back_without_signing_in_is_told_what_may_be_wrong() {
    let world = World::start().await;
    let page = world.page();
    SignInPage(page).wait().await;
    SignInPage(page).sign_in().await;
    PortalPage(page).wait().await;
    page.back().await;
    SignInPage(page).wait().await;
    page.shows("You sign in on your portal's own page.").await;
    assert!(!page.button(SignInPage::CAME_BACK).exists().await, "it is too early to ask");
    page.js("sessionStorage.setItem('akw.left', String(Date.now() - 121000))").await;
    page.reload().await;
    page.button(SignInPage::CAME_BACK).wait().await;
    page.photograph_all("0-came-back").await;
    page.button(SignInPage::CAME_BACK).click().await;
    page.shows("The portal did not send you back").await;
    page.shows(world.site_url()).await;
    page.photograph_all("0-no-answer").await;
    page.is_accessible("the page of a portal that did not answer").await;
    page.button(SignInPage::CAME_BACK).gone().await;
    world.end().await;
}

async fn a_key_is_asked_for_only_while_somebody_can_see_it() {
    let world = before_create().await;
    let page = world.page();
    let hide =
        "Object.defineProperty(document, 'hidden', { get: () => globalThis.akwHidden ?? true, configurable: true })";
    page.js(hide).await;
    SummaryStep(page).create().await;
    page.shows("Continuing in 0 s.").await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 0), "nobody looks yet");
    page.photograph_all("6-waiting-to-be-seen").await;
    page.is_accessible("the page that waits to be seen").await;
    page.js("globalThis.akwHidden = false").await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    world.end().await;
}

async fn a_key_is_not_asked_for_in_the_last_minutes_of_a_session() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    stays(&world, &[14; 4]).await;
    world.to_summary(&Wish::small()).await;
    world.hold(Endpoint::RegisterApp).await;
    SummaryStep(page).create().await;
    world.holds(Endpoint::RegisterApp).await;
    later(&world, 2).await;
    world.release(Endpoint::RegisterApp);
    page.shows("It would have ended before your key was created.").await;
    assert!(!page.text().await.contains("Your session ends soon"), "it has ended");
    assert_eq!(world.live_keys(), 0);
    page.photograph_all("6-would-have-ended").await;
    page.is_accessible("the page of a session that was too short for a key").await;
    page.js("Date.now = akwNow").await;
    world.sign_in("jane").await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    world.end().await;
}

async fn a_key_left_unsaved_by_signing_out_is_told_as_live_and_can_be_said_to_be_saved() {
    let world = before_create().await;
    let page = world.page();
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    page.button(Header::SIGN_OUT).click().await;
    page.button(Question::LEAVE).click().await;
    page.shows("You are signed out").await;
    page.shows("you did not confirm that you saved it. The portal has the credential “My API key credential”, with a live key.")
        .await;
    world.sign_in("jane").await;
    page.button(KeyStep::SAVED).click().await;
    page.heading(KeyStep::DONE).wait().await;
    page.button(KeyStep::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_second_tab_may_leave_the_first_to_its_work_and_make_its_own,
        leaving_the_page_ends_the_session_at_the_portal,
        a_key_is_asked_for_only_while_somebody_can_see_it,
    ],
    one: [
        a_session_that_ends_in_the_middle_says_what_exists_and_goes_on_after_the_next_sign_in,
        after_a_session_that_ended_in_the_middle_another_person_finds_nothing_of_it,
        what_runs_can_be_stopped_and_taken_back_or_gone_on_with,
        a_privilege_that_was_taken_away_meanwhile_is_named,
        what_cannot_be_taken_back_is_told_with_the_way_to_it,
        changes_end_a_live_key_only_after_a_question,
        a_key_for_later_ends_the_one_that_was_made_before,
        a_session_that_ends_takes_its_question_along,
        a_press_on_stop_counts_also_while_a_creation_goes_on_after_a_sign_in,
        every_credential_from_elsewhere_is_told_one_after_another,
        who_comes_back_without_signing_in_is_told_what_may_be_wrong,
        a_key_is_not_asked_for_in_the_last_minutes_of_a_session,
        a_key_left_unsaved_by_signing_out_is_told_as_live_and_can_be_said_to_be_saved,
    ]
}
