//! Interrupted operations: reported correctly, resumed, stopped by hand, or left to another tab.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;
use practice_portal::log::Seen;

use crate::complaints::Complaint;
use crate::journey::Wish;
use crate::page::Page;
use crate::pages::{
    CredentialsStep, Header, KeyStep, OpenTask, PortalPage, Problem, Question, SignInPage, SummaryStep,
};
use crate::practice::refusal;
use crate::session::{later, stays};
use crate::world::World;

/// A world that is about to create a credential.
async fn before_create() -> World {
    World::at_summary(&Wish::small()).await
}

async fn what_a_session_left_in_the_middle_goes_on_after_the_next_sign_in_of_the_same_person_and_of_nobody_else() {
    let world = before_create().await;
    let page = world.page();
    world.fault_once(Endpoint::UpdateItem, Fault::ExpiredToken);
    SummaryStep(page).create().await;
    page.shows("The portal no longer accepts it.").await;
    page.shows("Your credential is not finished. The portal has the credential “My API key credential”").await;
    assert!(!page.button(SignInPage::USE_WITHOUT_SIGNING_IN).exists().await, "what is unfinished needs a sign-in");
    page.photograph_all("6-session-ended").await;
    page.is_accessible("the page of a session that ended in the middle").await;
    // Pressing Stop also works while it resumes.
    world.fault_once(Endpoint::ReadItem, Fault::Held);
    world.sign_in_from_here("jane").await;
    world.holds(Endpoint::ReadItem).await;
    page.button(OpenTask::STOP).click().await;
    world.release(Endpoint::ReadItem);
    page.heading(OpenTask::UNFINISHED).wait().await;
    assert_eq!(world.live_keys(), 0);
    world.fault_once(Endpoint::UpdateItem, Fault::ExpiredToken);
    page.button(OpenTask::CONTINUE).click().await;
    page.shows("Your credential is not finished").await;
    world.sign_in("newt").await;
    page.announces("The unfinished credential belongs to another account").await;
    page.photograph_all("1-another-account").await;
    page.is_accessible("the notice of another account's creation").await;
    assert_eq!(world.credentials_of("newt").len(), 0);
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 0));
    Header::sign_out_with_answers(page).await;
    world.sign_in("jane").await;
    page.button(OpenTask::CONTINUE).wait().await;
    world.fault_once(Endpoint::UpdateItem, Fault::ExpiredToken);
    page.button(OpenTask::CONTINUE).click().await;
    page.shows("Your credential is not finished").await;
    world.sign_in_from_here("jane").await;
    world.ends_with_one_key().await;
}

async fn what_was_stopped_by_hand_does_not_go_on_because_the_session_ends_and_can_be_taken_back() {
    let world = before_create().await;
    world.expect(Complaint::Status(429));
    let page = world.page();
    world.fault_once(Endpoint::RegisterApp, Fault::TooMany);
    SummaryStep(page).create().await;
    page.button(OpenTask::STOP).wait().await;
    world.fault_once(Endpoint::ReadItem, Fault::ExpiredToken);
    page.button(OpenTask::STOP).click().await;
    page.shows("The portal no longer accepts it.").await;
    world.sign_in_from_here("jane").await;
    page.button(OpenTask::CONTINUE).wait().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    assert_eq!(world.live_keys(), 0);
    world.fault_once(Endpoint::RegisterApp, Fault::TooMany);
    page.button(OpenTask::CONTINUE).click().await;
    page.button(OpenTask::STOP).click().await;
    page.heading(OpenTask::UNFINISHED).wait().await;
    page.shows("The credential was not completed").await;
    page.photograph_all("6-stopped").await;
    page.button(OpenTask::DELETE).click().await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    assert_eq!(world.credentials_of("jane").len(), 0);
    world.end().await;
}

async fn a_privilege_that_was_taken_away_is_named_and_leftovers_are_reported_with_a_link() {
    let world = before_create().await;
    let page = world.page();
    let held = world.portal(|portal| portal.user("jane").expect("she is there").privileges.clone());
    let privileges = |without: &str| {
        let left: Vec<&str> = held.iter().map(String::as_str).filter(|privilege| *privilege != without).collect();
        world.portal(|portal| portal.set_privileges("jane", &left));
    };
    privileges("portal:user:assignPrivilegesToApps");
    world.fault(Endpoint::RegisterApp, refusal(403, "You do not have permissions to perform this operation."));
    SummaryStep(page).create().await;
    page.heading(Problem::REFUSED).wait().await;
    page.shows("Your account lacks privileges for this").await;
    page.shows("(portal:user:assignPrivilegesToApps)").await;
    page.photograph_all("6-forbidden").await;
    page.is_accessible("the page of a missing privilege").await;
    world.fault(Endpoint::DeleteItem, refusal(400, "Not today."));
    page.button(OpenTask::DELETE).click().await;
    page.shows("Not today.").await;
    page.button(OpenTask::NOT_NOW).wait().await;
    let item = world.portal(|portal| portal.credentials_of("jane").remove(0).id);
    let address = page.link(KeyStep::ITEM).js("function () { return this.href }").await;
    assert!(
        address.as_str().is_some_and(|address| address.starts_with(&world.portal_url()) && address.contains(&item)),
        "{address}"
    );
    page.photograph_all("6-not-deleted").await;
    // It does not block another one either.
    world.clear_faults();
    privileges("");
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

/// Goes to the Summary of answers whose key may be valid; the page says so first.
async fn to_summary_of_unsaved(page: &Page) {
    page.shows("you did not confirm that you saved it").await;
    page.js("location.hash = '#/new/summary'").await;
    SummaryStep(page).wait().await;
}

/// The session ends with a key on the screen, while the page asks whether to leave it.
async fn is_left_unasked(page: &Page) {
    page.button(Header::SIGN_OUT).click().await;
    page.heading(Question::LEAVE_KEY).wait().await;
    page.js("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))").await;
    page.shows("You left this page, so it signed you out.").await;
    page.heading(Question::LEAVE_KEY).gone().await;
}

async fn a_live_key_is_reported_until_it_is_saved_and_ends_only_after_a_question() {
    let (world, first) = World::at_key(&Wish::small()).await;
    let page = world.page();
    is_left_unasked(page).await;
    world.sign_in("jane").await;
    to_summary_of_unsaved(page).await;
    SummaryStep(page).create().await;
    page.heading("End the key that exists?").wait().await;
    page.photograph_all("5-end-the-key").await;
    page.button(Question::STAY).click().await;
    assert!(world.whoami(&first, None).await.is_accepted());
    SummaryStep(page).create().await;
    page.button(Question::END).click().await;
    let second = KeyStep(page).key().await;
    assert!(world.whoami(&second, None).await.is_accepted() && !world.whoami(&first, None).await.is_accepted());
    is_left_unasked(page).await;
    world.sign_in("jane").await;
    // Choosing a key for later ends the previous key.
    to_summary_of_unsaved(page).await;
    page.radio(SummaryStep::LATER).click().await;
    SummaryStep(page).create().await;
    page.button(Question::END).click().await;
    page.heading(KeyStep::FOR_LATER).wait().await;
    assert_eq!((world.credentials_of("jane").len(), world.live_keys()), (1, 0));
    world.start_over().await;
    world.to_summary(&Wish { title: "The other one", ..Wish::small() }).await;
    SummaryStep(page).create().await;
    let third = KeyStep(page).key().await;
    page.button(Header::SIGN_OUT).click().await;
    page.button(Question::LEAVE).click().await;
    page.shows("You are signed out").await;
    page.shows(
        "you did not confirm that you saved it. The portal has the credential “The other one”, with a live key.",
    )
    .await;
    world.sign_in("jane").await;
    page.button(KeyStep::SAVED).click().await;
    page.heading(KeyStep::DONE).wait().await;
    page.button(KeyStep::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    assert!(world.whoami(&third, None).await.is_accepted());
    world.end().await;
}

async fn leaving_the_page_ends_the_session_at_the_portal_and_says_as_little_of_the_page_as_all_other_requests() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    assert!(world.live_sessions() > 0);
    page.goto(&world.portal_url()).await;
    page.until("the portal was told", async || world.live_sessions() == 0).await;
    let (ours, referers) = world.portal(|portal| {
        let is_ours = |request: &&Seen| {
            request.endpoint.is_some_and(|endpoint| !matches!(endpoint, Endpoint::Authorize | Endpoint::StyleSheet))
        };
        let ours: Vec<_> = portal.log().iter().filter(is_ours).collect();
        let told = ours.iter().any(|request| request.endpoint == Some(Endpoint::RevokeToken));
        (told, ours.iter().filter_map(|request| request.referer.clone()).collect::<Vec<_>>())
    });
    assert!(ours, "the last request is among them");
    assert_eq!(referers, Vec::<String>::new());
    page.back().await;
    SignInPage(page).wait().await;
    world.end().await;
}

async fn a_return_without_a_sign_in_gets_the_likely_cause() {
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

async fn a_key_is_asked_for_only_while_somebody_can_see_it_and_not_in_the_last_minutes_of_a_session() {
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
    KeyStep(page).saved().await;
    world.start_over().await;
    stays(&world, &[14; 4]).await;
    world.to_summary(&Wish { title: "The other one", ..Wish::small() }).await;
    world.hold(Endpoint::RegisterApp).await;
    SummaryStep(page).create().await;
    world.holds(Endpoint::RegisterApp).await;
    later(&world, 2).await;
    world.release(Endpoint::RegisterApp);
    page.shows("It would have ended before your key was created.").await;
    assert!(!page.text().await.contains("Your session ends soon"), "it has ended");
    assert_eq!(world.live_keys(), 1);
    page.photograph_all("6-would-have-ended").await;
    page.is_accessible("the page of a session that was too short for a key").await;
    page.js("Date.now = akwNow").await;
    world.sign_in("jane").await;
    let other = KeyStep(page).key().await;
    assert!(other != key && world.whoami(&other, None).await.is_accepted());
    world.end().await;
}

crate::suite::tests! {
    both: [
        leaving_the_page_ends_the_session_at_the_portal_and_says_as_little_of_the_page_as_all_other_requests,
    ],
    one: [
        what_a_session_left_in_the_middle_goes_on_after_the_next_sign_in_of_the_same_person_and_of_nobody_else,
        what_was_stopped_by_hand_does_not_go_on_because_the_session_ends_and_can_be_taken_back,
        a_privilege_that_was_taken_away_is_named_and_leftovers_are_reported_with_a_link,
        a_live_key_is_reported_until_it_is_saved_and_ends_only_after_a_question,
        a_return_without_a_sign_in_gets_the_likely_cause,
        a_key_is_asked_for_only_while_somebody_can_see_it_and_not_in_the_last_minutes_of_a_session,
    ]
}
