//! Leaving for a portal's sign-in page, and what comes back from there.

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

/// For how long the page is on its way at most, in milliseconds, before one may leave once more.
const CALLED_OFF_MS: u32 = 8_000;

/// What a portal asks a person who is signed in there already.
#[derive(Clone, Copy)]
enum Asked {
    /// No more than it has to.
    Nothing,
    /// Who they are.
    Who,
}

impl App {
    /// Leaves for a portal's sign-in page at once: what can be known was asked before the press.
    pub fn leave_for(self, target: Target) {
        if self.sign_in.begin_to_leave(&target) {
            spawn_local(self.leave(target, Asked::Nothing));
        }
    }

    /// Leaves for a portal's sign-in page if it answers and knows this page; else `refused` gets the reason.
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

    /// Leaves for the portal of the session, which asks who signs in; the session ends.
    pub fn sign_in_as_another(self) {
        let Some(target) = self.session.current_target() else { return };
        self.end_session(EndCause::SignedOut);
        // Nothing that was typed is lost by it.
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
            // Only a window of its own brings an answer back to what is in memory.
            None if !is_stored => self.stay(News::WindowBlocked),
            // The person may stop the browser on its way.
            None => {
                time::wait(CALLED_OFF_MS).await;
                self.sign_in.may_leave_again();
            }
        }
    }

    /// The page does not leave; `news` says why.
    fn stay(self, news: News) {
        self.sign_in.call_off();
        // A person who only wanted a longer session still has this one, and reads it beside the warning.
        match self.session.person().is_some() {
            true => self.sign_in.extend_failed(news),
            false => self.session.show_sign_in(Some(news)),
        }
    }

    /// The portal is shown in another window: takes up what it sends. A person who closed that window may sign in again
    /// at once, since no browser tells reliably that it is closed (M-12).
    async fn wait_for(self, answer: location::Promise) {
        self.sign_in.popup_opened();
        let answer = location::answer(answer).await;
        self.sign_in.popup_closed();
        if let Some(callback) = AuthorizationResponse::parse(&answer) {
            self.handle_response(callback).await;
        }
    }

    /// The `I came back without signing in` button: what may be wrong, as far as the portal tells.
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
            // Meanwhile an answer may have come.
            self.session.replace_news(news);
        });
    }

    /// Takes up what the portal sent the person back with.
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
            // Only how long the person was away matters, and one clock measures both ends.
            now: time::by_the_browser(),
        };
        match sign_in::handle_response(callback, pending, &context) {
            // It can be seen nowhere else.
            Ok(_) if self.key.is_shown() => {}
            Ok(redemption) => self.redeem(redemption).await,
            Err(problem) if self.session.is_open() => self.stay(News::SignInFailed(problem)),
            Err(problem) => self.sign_in_failed(problem),
        }
    }

    /// The portal that the person had typed, if the configuration still allows that.
    fn custom_target(self, pending: &Pending) -> Option<Target> {
        self.session.config(|config| config.allow_other_portals).then(|| pending.typed_target()).flatten()
    }

    async fn redeem(self, redemption: Redemption) {
        let Redemption { request, target, return_fragment } = redemption;
        let previous = self.session.begin_redeeming();
        self.jobs.stop();
        csp::lock_connections(target.root.origin());
        // A session that a new one takes the place of ends at the portal too.
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
                // Only this answer was lost where another call is answered.
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

    /// Nobody is signed in, and the page says why.
    fn sign_in_failed(self, problem: SignInProblem) {
        host_events::sign_in_failed(&problem);
        self.close(News::SignInFailed(problem));
    }

    /// Asks who has signed in, and begins to fetch what the later steps need.
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
        // Read before anything is shown, so that what is unfinished comes first.
        let records = self.jobs.journals().of(&person).await;
        // What is fetched ahead may have ended the session already.
        if self.session.sign_in(&person) {
            let mark = self.take_resume_mark(&person);
            self.jobs.recover(&person, records, mark);
        }
    }

    /// The step to come back to after signing in. An operation that was at work goes on then, and no other.
    fn return_fragment(self) -> String {
        // Where storage is blocked, the person presses `Continue`.
        let _ = session_storage::set(pending::RESUMED_OPERATION, &self.jobs.resume_mark());
        Route::Step(self.draft.step_once().return_step()).fragment().to_owned()
    }

    fn take_resume_mark(self, person: &Person) -> recovery::Mark {
        let mark = session_storage::get(pending::RESUMED_OPERATION).unwrap_or_default();
        session_storage::remove(pending::RESUMED_OPERATION);
        recovery::read_mark(&mark, &person.portal_key(), person.owner())
    }
}
