//! Who is signed in, keeping the session alive, and signing out.

use std::{pin::Pin, sync::Arc};

use key_wizard_core::{
    auth::session::{Session, Standing},
    config::PortalId,
    operation::{Stage, State},
    portal::{
        account::{self, Account},
        error::Error,
        folders,
        id::Username,
        reply::Raw,
        request::{Encoded, Request},
        search::{self, ItemQuery},
    },
    route::Route,
    timestamp::Timestamp,
};
use leptos::{prelude::*, task::spawn_local};

use super::{App, Phase, loadable::Loadable};
use crate::{
    i18n::{self, News},
    platform::{http::Client, location, time},
    state::items_search::Filters,
    ui::secret_once,
};

/// How long to wait before it is asked again who has signed in, in milliseconds.
const PAUSES_MS: [u32; 2] = [2_000, 5_000];

/// The portal in use and the session there. The tokens are in the [`Session`] and nowhere else.
pub struct Active {
    pub(super) portal_id: PortalId,
    pub(super) client: Client,
    pub(super) session: Session,
    /// When the person last did something.
    pub(super) used: Timestamp,
    /// A renewal is on its way.
    pub(super) renewing: bool,
}

impl Active {
    /// Ends the session at the portal; true if the portal has heard of it.
    pub(super) fn end(self) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async move { self.client.send(self.session.end(), None).await.is_ok() })
    }
}

impl App {
    /// Asks who has signed in, and begins to fetch what the later steps need.
    pub(super) async fn on_signed_in(self) {
        let mut pauses = PAUSES_MS.iter();
        let answer = loop {
            // A new session is not given up for one answer that was lost.
            match (self.send(account::read()).await, pauses.next()) {
                (Err(Error::Unreachable | Error::Unreadable { .. } | Error::Busy { .. }), Some(pause)) => {
                    time::wait(*pause).await;
                }
                (answer, _) => break answer,
            }
        };
        match answer {
            Ok(account) => {
                let account = Arc::new(account);
                self.fetch_ahead(&account);
                if !self.reconcile_account(&account).await {
                    return;
                }
                self.follow_route(Route::parse(&location::fragment()));
                self.emit_signed_in(&account);
                let owner = account.username.clone();
                // Read before anything is shown, so that what is unfinished comes first.
                let interrupted = self.interrupted_operations(&owner).await;
                // What is fetched ahead may have ended the session already.
                if !self.has_session() {
                    return;
                }
                self.phase.set(Phase::SignedIn(account));
                self.stop_operation();
                self.operation.set(None);
                let goes_on = self.take_resume_mark(&owner);
                self.recover(&owner, interrupted, goes_on);
            }
            Err(error) => {
                super::host_events::error("sign-in");
                let host = self.portal_host();
                self.close_session(Box::new(move |_| i18n::portal::news(&error, &host)));
            }
        }
    }

    pub(super) fn fetch_ahead(self, account: &Account) {
        let folders = self.send(folders::list(&account.username));
        let items = self.send(search::items(&ItemQuery { org_id: account.org_id.clone(), ..ItemQuery::default() }));
        let began = self.session_began();
        // What comes after its session is nobody's.
        spawn_local(async move {
            let folders = loadable(folders.await);
            if self.session_began() == began {
                self.folders.set(folders);
            }
        });
        spawn_local(async move {
            let items = loadable(items.await);
            if self.session_began() == began {
                self.first_items.set(items);
            }
        });
    }

    /// Asks for one page of the organisation's items.
    pub async fn search_items(self, filters: &Filters, start: u32) -> Result<search::Page, Error> {
        let query = ItemQuery {
            org_id: self.account().org_id.clone(),
            words: filters.words.clone(),
            kind: (!filters.kind.is_empty()).then(|| filters.kind.clone()),
            sharing: filters.sharing,
            start,
        };
        self.send(search::items(&query)).await
    }

    /// Sends a request with the session's token, renewed first if it is about to end. Ends the session on the screen
    /// when the portal says it is over.
    pub async fn send<T: 'static>(self, request: Request<T>) -> Result<T, Error> {
        let (encoded, awaited) = request.encode();
        let began = self.session_began();
        let answer = self.post_signed(encoded).await.and_then(|raw| awaited.decode(&raw));
        // What comes late does not end the session after it.
        if matches!(answer, Err(Error::SignedOut)) && self.session_began().is_none_or(|it| Some(it) == began) {
            self.session_ended();
        }
        answer
    }

    /// The part of [`send`](Self::send) that is the same for every answer, boxed so that its code stands once.
    fn post_signed(self, mut encoded: Encoded) -> Pin<Box<dyn Future<Output = Result<Raw, Error>>>> {
        Box::pin(async move {
            self.renew().await;
            let client = self.active.try_with_value(|active| {
                let active = active.as_ref()?;
                encoded.sign(active.session.token());
                Some(active.client.clone())
            });
            match client.flatten() {
                Some(client) => client.post(encoded).await,
                None => Err(Error::SignedOut),
            }
        })
    }

    /// Renews the session when it is time. A renewal that fails is tried again with the next request.
    async fn renew(self) {
        let due = self.active.try_update_value(|active| {
            let active = active.as_mut()?;
            if active.renewing || !active.session.refresh_due(time::now()) {
                return None;
            }
            active.renewing = true;
            Some((active.client.clone(), active.session.refresh()?, active.session.began()))
        });
        let Some((client, request, began)) = due.flatten() else { return };
        let tokens = client.send(request, None).await;
        self.active.update_value(|active| {
            // Meanwhile another session may have begun, at another portal perhaps.
            let Some(it) = active.as_mut().filter(|it| it.session.began() == began) else { return };
            it.renewing = false;
            // Tokens of another person are not taken; the session then ends by itself.
            let same = tokens.ok().is_none_or(|tokens| it.session.renew(tokens, time::now()));
            if !same {
                *active = None;
            }
        });
    }

    /// The portal says the session is over: back to the first page, everything typed kept.
    /// A key that was not saved outlasts the session.
    pub fn session_ended(self) {
        let is_there = self.person().is_some() || self.has_session();
        if is_there && !self.key_is_shown() {
            self.end_session(self.end_reason.get_value());
        }
    }

    /// With the session ends what was done in its name.
    pub(super) fn take_active(self) -> Option<Active> {
        self.stop_operation();
        self.active.try_update_value(Option::take).flatten()
    }

    /// The `Sign out` button. A key on the screen that was not saved is asked about first.
    pub fn ask_to_sign_out(self) {
        if self.key_is_shown() {
            self.pending_confirmation.set(Some(super::Confirmation::SignOut));
        } else {
            self.sign_out();
        }
    }

    /// Ends the session at the portal, and wipes everything here whatever the portal answers.
    pub fn sign_out(self) {
        self.forget_answers();
        secret_once::wipe(self.key);
        self.close_session(Box::new(i18n::sign_in::signed_out));
        self.forget_draft();
    }

    /// The host of the portal in use; empty when none is.
    pub fn portal_host(self) -> String {
        self.client().map(|client| client.root.host().to_owned()).unwrap_or_default()
    }

    /// When the session began, which tells it from others.
    fn session_began(self) -> Option<Timestamp> {
        self.active.try_with_value(|active| active.as_ref().map(|active| active.session.began())).flatten()
    }

    /// Whether anybody is signed in.
    pub(super) fn has_session(self) -> bool {
        self.active.with_value(Option::is_some)
    }

    /// The portal in use.
    pub fn client(self) -> Option<Client> {
        self.active.with_value(|active| active.as_ref().map(|active| active.client.clone()))
    }

    /// What tells the portal in use from all others in the records of operations: another page of this origin may have
    /// given its id to another portal, and one that was typed has none.
    pub(super) fn portal_name(self) -> PortalId {
        let root = self.client().map(|client| client.root.as_str().to_owned()).unwrap_or_default();
        PortalId([&*self.portal_id().0, " ", &*root].concat())
    }

    /// Whether this person is signed in at this portal.
    pub(super) fn is_signed_in(self, username: &Username, portal: &PortalId) -> bool {
        self.person().is_some_and(|it| it.username == *username) && self.portal_name() == *portal
    }

    /// The id of the portal in use, as configured.
    pub fn portal_id(self) -> PortalId {
        let id = self.active.with_value(|active| active.as_ref().map(|active| active.portal_id.clone()));
        id.unwrap_or_else(|| PortalId(String::new()))
    }

    pub(super) fn signed_out(self, news: News) {
        let is_made = |state: &State| matches!(state.stage, Stage::Made | Stage::Acknowledged);
        if self.operation_untracked(is_made) == Some(true) && self.owns_draft() {
            self.forget_draft();
        }
        self.folders.set(Loadable::Waiting);
        self.first_items.set(Loadable::Waiting);
        self.orphans.set(Vec::new());
        self.wrong_account.set(false);
        self.pending_confirmation.set(None);
        self.session_status.set(Standing::Fine);
        self.clear_reconnect_prompt();
        self.forget_duplicate_title();
        self.phase.set(Phase::SignedOut(Some(news)));
    }
}

fn loadable<T>(answer: Result<T, Error>) -> Loadable<T> {
    match answer {
        Ok(data) => Loadable::Ready(data),
        Err(error) => Loadable::Failed(error),
    }
}
