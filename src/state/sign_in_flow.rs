//! Leaving for a portal's sign-in page, and what comes back from there.

use key_wizard_core::{
    auth::{
        callback::Callback,
        pending::{self, Pending},
        session::Session,
        sign_in::{self, Here, Redemption, SignInProblem, Target},
    },
    config::PortalId,
    operation::{OperationId, Plan, State, journal},
    portal::{error::Error, id::Username},
    route::Route,
    timestamp::Timestamp,
};
use leptos::{prelude::*, task::spawn_local};

use super::{App, Phase, auth_preflight::preflight, session::Active};
use crate::{
    i18n::{self, News, portal::Silence},
    platform::{
        csp, embedder,
        http::{self, Client},
        location, random, session_storage, time,
    },
};

/// The id under which a typed portal goes; no configured portal can have it, since ids are not empty.
pub const CUSTOM_PORTAL_ID: &str = "";
/// How long an answer is waited for before it is asked what happened, in milliseconds: two minutes.
const NO_ANSWER_MS: i64 = 2 * 60 * 1000;
/// How long the page is on its way at most, in milliseconds, before one may leave once more.
const CALLED_OFF_MS: u32 = 8_000;

/// Where this tab keeps when it left for a portal whose answer has not come.
fn left() -> String {
    [pending::LEFT, &embedder::place()].concat()
}

impl App {
    /// Leaves for a portal's sign-in page, without a round trip first: what can be known was asked before the press.
    pub fn leave_for(self, target: Target) {
        if self.begin_to_leave(&target) {
            spawn_local(self.leave(target));
        }
    }

    /// Leaves for a portal's sign-in page if it answers and knows this page; else `refused` gets to know why not.
    pub fn leave_if_taken(self, target: Target, refused: impl FnOnce(News) + 'static) {
        if self.begin_to_leave(&target) {
            spawn_local(async move {
                match preflight(&target).await {
                    None => self.leave(target).await,
                    Some(news) => {
                        embedder::stay();
                        self.redirecting.set(false);
                        refused(news);
                    }
                }
            });
        }
    }

    /// Does what only a press allows. False if the page is on its way already.
    fn begin_to_leave(self, target: &Target) -> bool {
        if self.redirecting.get_untracked() {
            return false;
        }
        self.redirecting.set(true);
        self.extend_error.set(String::new());
        embedder::begin_to_leave(target.root.origin());
        true
    }

    async fn leave(self, target: Target) {
        let fragment = self.return_fragment();
        let now = (random::bytes::<64>(), time::by_the_browser());
        let (pending, address) = sign_in::begin(&target, &location::redirect_uri(), &fragment, now);
        let state = pending.state().to_owned();
        let is_kept = session_storage::set(&pending.key(), pending.record().expose()).is_ok();
        if !is_kept {
            self.pending.set_value(Some(pending));
        }
        // Where storage is blocked, the window is all there is.
        let _ = session_storage::set(&left(), &time::by_the_browser().0.to_string());
        self.watch_for_return();
        match location::leave_for(&address, &state) {
            Some(answer) => self.wait_for(answer).await,
            // Only a window of its own brings an answer back to what is in memory.
            None if !is_kept => self.stay(i18n::sign_in::storage_blocked()),
            // The person may stop the browser on its way.
            None => {
                time::wait(CALLED_OFF_MS).await;
                self.redirecting.set(false);
            }
        }
    }

    /// Nobody leaves; `news` says why.
    fn stay(self, news: News) {
        embedder::stay();
        self.redirecting.set(false);
        // Whoever only wanted a longer session still has this one, and is told beside its end.
        match self.person().is_some() {
            true => self.extend_error.set(news.in_one_line()),
            false => self.phase.set(Phase::SignedOut(Some(news))),
        }
    }

    /// Waits for the answer of the sign-in window. A person who closed that window may sign in again at once:
    /// browsers do not report a closed window reliably (M-12).
    async fn wait_for(self, answer: location::Promise) {
        self.redirecting.set(false);
        self.popup_open.set(true);
        let answer = location::answer(answer).await;
        self.popup_open.set(false);
        if let Some(callback) = Callback::parse(&answer) {
            self.come_back(callback).await;
        }
    }

    /// From a portal's own error page nobody comes back by himself: after two minutes whoever is here again is asked
    /// whether that is what happened.
    pub(super) fn watch_for_return(self) {
        let Some(since) = session_storage::get(&left()).and_then(|it| it.parse().ok()).map(Timestamp) else { return };
        let rest = since.plus_millis(NO_ANSWER_MS).millis_since(time::by_the_browser());
        spawn_local(async move {
            time::wait(rest.clamp(0, NO_ANSWER_MS) as u32).await;
            self.callback_overdue.set(session_storage::get(&left()).is_some());
        });
    }

    /// The `I came back without signing in` button: what may be wrong, as far as the portal tells.
    pub fn returned_without_callback(self, target: Option<Target>) {
        self.forget_departure();
        spawn_local(async move {
            let news = match &target {
                Some(target) => preflight(target).await,
                None => None,
            };
            let client_id = target.map(|it| it.client_id.0).unwrap_or_default();
            let news = news.unwrap_or_else(|| i18n::sign_in::no_answer(&client_id, &location::redirect_uri()));
            // Meanwhile an answer may have come.
            if !self.has_session() && self.phase.with_untracked(|it| matches!(it, Phase::SignedOut(_))) {
                self.phase.set(Phase::SignedOut(Some(news)));
            }
        });
    }

    fn forget_departure(self) {
        session_storage::remove(&left());
        self.callback_overdue.set(false);
    }

    /// Takes up what the portal sent the person back with.
    pub async fn come_back(self, callback: Callback) {
        self.forget_departure();
        let pending = callback.state().and_then(|state| self.take_pending(state));
        let typed = pending
            .as_ref()
            .filter(|pending| pending.portal_id().0 == CUSTOM_PORTAL_ID)
            .and_then(|it| self.typed_target(it));
        let here = Here {
            redirect_uri: &location::redirect_uri(),
            target: &|id| if id.0 == CUSTOM_PORTAL_ID { typed.clone() } else { self.target(id) },
            now: time::by_the_browser(),
        };
        match sign_in::come_back(callback, pending, &here) {
            // It can be seen nowhere else.
            Ok(_) if self.key_is_shown() => {}
            Ok(redemption) => {
                self.phase.set(Phase::SigningIn);
                self.redeem(redemption).await;
            }
            Err(problem) if self.has_session() => self.stay(i18n::sign_in::news(&problem)),
            Err(problem) => self.not_signed_in(&problem),
        }
    }

    async fn redeem(self, redemption: Redemption) {
        let Redemption { request, target, return_fragment } = redemption;
        csp::lock_connections(target.root.origin());
        self.end_previous_session();
        let client = Client { root: target.root };
        match client.send(request, None).await {
            Ok(tokens) => {
                let session = Session::new(tokens, target.client_id, time::now());
                let (portal_id, used) = (target.portal_id, time::now());
                self.active.set_value(Some(Active { portal_id, client, session, used, renewing: false }));
                location::replace(&return_fragment);
                self.on_signed_in().await;
            }
            // The portal took this page, so only this answer was lost if anything answers there.
            Err(error) => match error == Error::Unreachable && !http::answers(client.root.as_str()).await {
                true => self.signed_out(i18n::portal::silence(Silence::Unreachable, client.root.host(), "")),
                false => self.not_signed_in(&SignInProblem::of_exchange(error)),
            },
        }
    }

    /// A session that a new one takes the place of ends at the portal too.
    fn end_previous_session(self) {
        if let Some(former) = self.take_active() {
            spawn_local(async move { _ = former.end().await });
        }
    }

    fn take_pending(self, state: &str) -> Option<Pending> {
        let key = pending::key(state);
        let record = session_storage::get(&key);
        // Removed before it is used, so that no callback can be used twice.
        session_storage::remove(&key);
        let here = self.pending.try_update_value(Option::take).flatten().filter(|it| it.state() == state);
        here.or_else(|| Pending::parse(&record?))
    }

    /// The step to come back to after signing in. An operation that was at work goes on then, and no other.
    fn return_fragment(self) -> String {
        let is_here = |state: &&State| state.goes_on_unasked() && !self.held_by_other_tab.get_untracked();
        let mark_of = |Plan { id, portal_id, owner, .. }: &Plan| {
            [id.as_str(), " ", &journal::owner_hash(portal_id, owner)].concat()
        };
        let mark = self.operation.with_untracked(|it| it.as_ref().filter(is_here).map(|it| mark_of(&it.work.plan)));
        // Where storage is blocked, the person presses `Continue`.
        let _ = session_storage::set(pending::GOES_ON, &mark.unwrap_or_default());
        Route::Step(self.step().return_step()).fragment().to_owned()
    }

    /// The operation that goes on by itself after this sign-in, if one of this person was at work.
    pub(super) fn take_resume_mark(self, owner: &Username) -> Option<OperationId> {
        let mark = session_storage::get(pending::GOES_ON).unwrap_or_default();
        session_storage::remove(pending::GOES_ON);
        let (id, whose) = mark.split_once(' ')?;
        let is_mine = whose == journal::owner_hash(&self.portal_name(), owner);
        self.wrong_account.set(!is_mine);
        OperationId::parse(id).filter(|_| is_mine)
    }

    /// Where to sign in to a configured portal.
    pub fn target(self, id: &PortalId) -> Option<Target> {
        self.config(|config| {
            let portal = config.portal(id)?;
            Some(Target {
                portal_id: portal.id.clone(),
                root: portal.root.clone(),
                client_id: portal.client_id.clone(),
            })
        })
    }

    /// The portal the person had typed, if the configuration still allows that.
    fn typed_target(self, pending: &Pending) -> Option<Target> {
        self.config(|config| config.allow_other_portals).then(|| pending.typed_target()).flatten()
    }
}
