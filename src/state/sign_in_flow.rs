//! Leaving for a portal's sign-in page, and handling its answer.

use key_wizard_core::{
    auth::{
        active::{self, Active},
        callback::AuthorizationResponse,
        pending::{self, Pending},
        session::Session,
        sign_in::{self, CallbackContext, Redemption, SignInProblem},
        target::Target,
    },
    config::PortalChoice,
    message::{EndCause, News},
    portal::{account, error::Error},
    recovery,
    route::Route,
};
use leptos::task::spawn_local;

use super::{
    App,
    auth_preflight::{preflight, silence},
    host_events,
    session::Person,
};
use crate::platform::{csp, http::Client, location, random, session_storage, time};

/// The time that a navigation may take before the page can leave again, in milliseconds.
const CALLED_OFF_MS: u32 = 8_000;

/// The prompt for a person who is already signed in at the portal.
#[derive(Clone, Copy)]
enum Asked {
    /// Only what is necessary.
    Nothing,
    /// Which account to use.
    Who,
}

impl App {
    /// Leaves for a portal's sign-in page at once: the checks ran before the press.
    pub fn leave_for(self, target: Target) {
        if self.sign_in.begin_to_leave(&target) {
            spawn_local(self.leave(target, Asked::Nothing));
        }
    }

    /// Leaves for a portal's sign-in page if it answers and knows this page; otherwise calls `refused` with the reason.
    pub fn leave_if_taken(self, target: Target, refused: impl FnOnce(News) + 'static) {
        if !self.sign_in.begin_to_leave(&target) {
            return;
        }
        spawn_local(async move {
            match preflight(&target).await {
                None => self.leave(target, Asked::Nothing).await,
                Some(news) => {
                    self.sign_in.call_off();
                    refused(news);
                }
            }
        });
    }

    /// Leaves for the session's portal, which asks for the account; the session ends.
    pub fn sign_in_as_another(self) {
        let Some(target) = self.session.current_target() else { return };
        self.end_session(EndCause::SignedOut);
        // This loses nothing that was typed.
        self.session.show_sign_in(None);
        if self.sign_in.begin_to_leave(&target) {
            spawn_local(self.leave(target, Asked::Who));
        }
    }

    async fn leave(self, target: Target, asked: Asked) {
        let fragment = self.return_fragment();
        let now = time::by_the_browser();
        let (pending, address) = sign_in::begin(&target, &location::redirect_uri(), &fragment, random::bytes(), now);
        let address = match asked {
            Asked::Nothing => address,
            Asked::Who => sign_in::asking_who(&address),
        };
        let state = pending.state().to_owned();
        let is_stored = self.sign_in.departs(pending, now);
        match location::leave_for(&address, &state) {
            Some(answer) => self.wait_for(answer).await,
            // Without storage, only a separate window can return an answer to this page's memory.
            None if !is_stored => self.stay(News::WindowBlocked),
            // The person may stop the navigation.
            None => {
                time::wait(CALLED_OFF_MS).await;
                self.sign_in.may_leave_again();
            }
        }
    }

    /// Cancels leaving and shows `news`.
    fn stay(self, news: News) {
        self.sign_in.call_off();
        // A person who only wanted to extend the session still has it; show the news beside the warning.
        match self.session.person().is_some() {
            true => self.sign_in.extend_failed(news),
            false => self.session.show_sign_in(Some(news)),
        }
    }

    /// Waits for the answer of the portal's page in another window. A person who closed that window may sign in again
    /// at once, because no browser reports reliably that it is closed (M-12).
    async fn wait_for(self, answer: location::Promise) {
        self.sign_in.popup_opened();
        let answer = location::answer(answer).await;
        self.sign_in.popup_closed();
        if let Some(callback) = AuthorizationResponse::parse(&answer) {
            self.handle_response(callback).await;
        }
    }

    /// The `I came back without signing in` button: shows what may be wrong, as far as the portal reports it.
    pub fn returned_without_callback(self, target: Option<Target>) {
        self.sign_in.forget_departure();
        spawn_local(async move {
            let news = match &target {
                Some(target) => preflight(target).await,
                None => None,
            };
            let client_id = target.map(|target| target.client_id.0).unwrap_or_default();
            let news =
                news.unwrap_or_else(|| News::CameBackAlone { client_id, redirect_uri: location::redirect_uri() });
            // An answer may have arrived meanwhile.
            self.session.replace_news(news);
        });
    }

    /// Handles the portal's callback.
    pub async fn handle_response(self, callback: AuthorizationResponse) {
        self.sign_in.forget_departure();
        let mut pending = callback.state().and_then(|state| self.sign_in.take_pending(state));
        let link = pending.as_ref().and_then(Pending::link).map(str::to_owned);
        if let (Some(query), Some(pending)) = (link, &mut pending) {
            self.set_clock().await;
            self.open_link(&query);
            pending.return_to(location::fragment());
        }
        let typed = pending.as_ref().filter(|pending| *pending.portal() == PortalChoice::Custom);
        let typed = typed.and_then(|pending| self.custom_target(pending));
        let context = CallbackContext {
            redirect_uri: &location::redirect_uri(),
            target: &|portal| match portal {
                PortalChoice::Configured(_) => self.session.target(portal),
                PortalChoice::Custom => typed.clone(),
            },
            // Only the elapsed time matters, so one clock measures both ends.
            now: time::by_the_browser(),
        };
        match sign_in::handle_response(callback, pending, &context) {
            // Keep the key on the screen: it cannot be shown again.
            Ok(_) if self.key.is_shown() => {}
            Ok(redemption) => self.redeem(redemption).await,
            Err(problem) if self.session.is_open() => self.stay(News::SignInFailed(problem)),
            Err(problem) => self.sign_in_failed(problem),
        }
    }

    /// The portal that the person typed, if the configuration still allows that.
    fn custom_target(self, pending: &Pending) -> Option<Target> {
        self.session.config(|config| config.allow_other_portals).then(|| pending.typed_target()).flatten()
    }

    async fn redeem(self, redemption: Redemption) {
        let Redemption { request, target, return_fragment } = redemption;
        let previous = self.session.begin_redeeming();
        self.jobs.stop();
        self.forget_account();
        csp::lock_connections(target.root.origin());
        // End the replaced session at the portal, too.
        if let Some(previous) = previous {
            spawn_local(async move { _ = previous.end().await });
        }
        let client = Client { root: target.root };
        match client.send(request, None).await {
            Ok(tokens) => {
                let now = time::now();
                let active = Active::new(Session::new(tokens, target.client_id, now), now);
                self.session.connect(target.portal, client, active);
                location::replace(&return_fragment);
                self.identify().await;
            }
            Err(error) => {
                let news = match error {
                    Error::Unreachable => silence(&client).await,
                    _ => None,
                };
                // Another call is answered, so only this answer was lost.
                match news {
                    Some(news) => {
                        host_events::error("sign-in");
                        self.close(news);
                    }
                    None => self.sign_in_failed(SignInProblem::of_exchange(error, &target.client_id)),
                }
            }
        }
    }

    /// Shows why the sign-in failed.
    fn sign_in_failed(self, problem: SignInProblem) {
        host_events::sign_in_failed(&problem);
        self.close(News::SignInFailed(problem));
    }

    /// Asks who has signed in, and starts fetching what the later steps need.
    async fn identify(self) {
        let mut tries = 0;
        let answer = loop {
            let answer = self.session.send(account::read()).await;
            tries += 1;
            match answer.as_ref().err().and_then(|error| active::identify_again_ms(error, tries)) {
                Some(pause) => time::wait(pause).await,
                None => break answer,
            }
        };
        match answer {
            Ok(account) => self.welcome(account).await,
            Err(error) => {
                host_events::error("sign-in");
                let host = self.session.client().map(|client| client.root.host().to_owned()).unwrap_or_default();
                self.end_session(EndCause::Unidentified { host, error });
            }
        }
    }

    async fn welcome(self, account: account::Account) {
        let Some(person) = self.session.identified(account) else { return };
        self.content.fetch(&person);
        if !self.reconcile_account(&person).await {
            return;
        }
        self.follow_route(Route::parse(&location::fragment()));
        host_events::signed_in(&person);
        // Read the records before showing anything, so that unfinished work comes first.
        let records = self.jobs.journals().of(&person).await;
        // The prefetching may have ended the session already.
        if self.session.sign_in(&person) {
            let mark = self.take_resume_mark(&person);
            self.jobs.recover(&person, records, mark);
        }
    }

    /// The step to return to after signing in. Records the running operation, the only one that resumes then.
    fn return_fragment(self) -> String {
        // If storage is blocked, the person has to press `Continue`.
        let _ = session_storage::set(pending::RESUMED_OPERATION, &self.jobs.resume_mark());
        Route::Step(self.draft.step_once().return_step()).fragment().to_owned()
    }

    fn take_resume_mark(self, person: &Person) -> recovery::Mark {
        let mark = session_storage::get(pending::RESUMED_OPERATION).unwrap_or_default();
        session_storage::remove(pending::RESUMED_OPERATION);
        recovery::read_mark(&mark, &person.portal_key(), person.owner())
    }
}
