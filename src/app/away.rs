//! Leaving for a portal's sign-in page, and what comes back from there.

use leptos::{prelude::*, task::spawn_local};

use super::{
    App, Phase,
    ask_first::{ask_first, silence},
    other_portal::TYPED,
    session::Active,
};
use crate::{
    auth::{
        callback::Callback,
        pending::{self, Pending},
        session::Session,
        sign_in::{self, Here, Redemption, SignInProblem, Target},
    },
    browser::{host, location, policy, random, storage, time},
    config::PortalId,
    i18n::{self, News},
    portal::{Client, error::Error},
    route::Route,
};

impl App {
    /// Leaves for the sign-in page of a configured portal.
    pub fn sign_in_to(self, portal_id: PortalId) {
        if let Some(target) = self.target(&portal_id) {
            self.leave_for(target);
        }
    }

    /// Leaves for a portal's sign-in page, if it answers and knows this page.
    pub fn leave_for(self, target: Target) {
        if self.leaving.get_untracked() {
            return;
        }
        self.leaving.set(true);
        host::begin_to_leave();
        spawn_local(async move {
            let problem = ask_first(&target).await;
            if let Some(news) = problem {
                return self.stay(news);
            }
            let fragment = self.return_fragment();
            let now = (random::bytes::<64>(), time::now());
            let (pending, address) = sign_in::begin(&target, &location::redirect_uri(), &fragment, now);
            let state = pending.state().to_owned();
            let is_kept = storage::set(&pending.key(), pending.record().expose()).is_ok();
            if !is_kept {
                self.pending.set_value(Some(pending));
            }
            match location::leave_for(&address, &state) {
                Some(answer) => self.wait_for(answer).await,
                // Only a window of its own brings an answer back to what is in memory.
                None if !is_kept => self.stay(i18n::sign_in::storage_blocked()),
                None => {}
            }
        });
    }

    /// Nobody leaves; `news` says why.
    fn stay(self, news: News) {
        host::stay();
        self.leaving.set(false);
        self.phase.set(Phase::SignedOut(Some(news)));
    }

    /// The portal is shown in another window: takes up what it sends. Whoever closed that window may sign in again
    /// at once, since no browser tells reliably that it is closed (design E15).
    async fn wait_for(self, answer: location::Promise) {
        self.leaving.set(false);
        self.away.set(true);
        let answer = location::answer(answer).await;
        self.away.set(false);
        if let Some(callback) = Callback::parse(&answer) {
            self.come_back(callback).await;
        }
    }

    /// Takes up what the portal sent the person back with.
    pub async fn come_back(self, callback: Callback) {
        self.phase.set(Phase::SigningIn);
        let pending = callback.state().and_then(|state| self.take_pending(state));
        let typed =
            pending.as_ref().filter(|pending| pending.portal_id().0 == TYPED).and_then(|it| self.typed_target(it));
        let here = Here {
            redirect_uri: &location::redirect_uri(),
            target: &|id| if id.0 == TYPED { typed.clone() } else { self.target(id) },
            now: time::now(),
        };
        match sign_in::come_back(callback, pending, &here) {
            Ok(redemption) => self.redeem(redemption).await,
            Err(problem) => self.not_signed_in(&problem),
        }
    }

    async fn redeem(self, redemption: Redemption) {
        let Redemption { request, target, return_fragment } = redemption;
        policy::lock_connections(target.root.origin());
        let client = Client { root: target.root };
        match client.send(request, None).await {
            Ok(tokens) => {
                let session = Session::new(tokens, target.client_id, time::now());
                let (portal_id, used) = (target.portal_id, time::now());
                self.active.set_value(Some(Active { portal_id, client, session, used, renewing: false }));
                location::replace(&return_fragment);
                self.meet().await;
            }
            Err(Error::Unreachable) => self.signed_out(silence(&client).await),
            Err(error) => self.not_signed_in(&SignInProblem::of_exchange(error)),
        }
    }

    fn take_pending(self, state: &str) -> Option<Pending> {
        let key = pending::key(state);
        let record = storage::get(&key);
        // Removed before it is used, so that no callback can be used twice.
        storage::remove(&key);
        let here = self.pending.try_update_value(Option::take).flatten().filter(|it| it.state() == state);
        here.or_else(|| Pending::parse(&record?))
    }

    /// The step to come back to after signing in.
    fn return_fragment(self) -> String {
        Route::Step(self.step()).fragment().to_owned()
    }

    fn target(self, id: &PortalId) -> Option<Target> {
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
