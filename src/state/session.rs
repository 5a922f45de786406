//! The session: who is signed in at which portal, in one value.

mod sending;

use std::{pin::Pin, rc::Rc, sync::Arc};

use key_wizard_core::{
    auth::{
        active::Active,
        session::{Limit, LimitStatus},
        target::Target,
    },
    config::{Config, PortalChoice, PortalKey},
    message::{ConfigFault, News},
    portal::{account::Account, base_url::PortalRoot, id::Username},
    route::{Route, Step},
    timestamp::Timestamp,
};
use leptos::prelude::*;

use crate::platform::{http::Client, time};

/// The configuration until it is loaded.
static NO_PORTAL: Config = Config { portals: Vec::new(), allow_other_portals: false, presets: Vec::new() };

/// The status of the session. What pages must not see of it stays in this file.
enum Status {
    /// The configuration is loading.
    Starting,
    /// The configuration cannot be used, for these reasons.
    Misconfigured(Vec<ConfigFault>),
    /// Nobody is signed in; with news about what happened before, if any.
    SignedOut(Option<News>),
    /// Nobody is signed in; the steps are filled in for creating the credential by hand at this portal.
    ByHand(PortalRoot),
    /// The code is being exchanged for a session.
    Redeeming,
    /// There is a session, and the portal is asked who has signed in.
    Identifying(Connection),
    /// This person is signed in.
    SignedIn(Connection, Arc<Account>),
}

/// The portal in use and its session. The tokens are in the [`Active`] session and nowhere else.
pub struct Connection {
    portal: PortalChoice,
    client: Client,
    began: Timestamp,
    /// `None` once a renewal returned another person's tokens: nothing more is sent.
    active: Option<Active>,
}

impl Connection {
    /// The minutes that the session may stay valid at a portal that was not notified of its end.
    pub fn minutes_left(&self) -> i64 {
        self.active.as_ref().map_or(0, |active| active.minutes_left(time::now()))
    }

    /// Ends the session at the portal; returns true if the portal was notified or does not know the session.
    pub fn end(self) -> Pin<Box<dyn Future<Output = bool>>> {
        Box::pin(async move {
            let Some(active) = self.active else { return true };
            self.client.send(active.end(), None).await.is_ok()
        })
    }
}

/// The status of the session as pages see it.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// The configuration is loading.
    Starting,
    /// The configuration cannot be used, for these reasons.
    Misconfigured(Vec<ConfigFault>),
    /// Nobody is signed in; with news about what happened before, if any.
    SignedOut(Option<News>),
    /// Nobody is signed in; the steps are filled in for creating the credential by hand at this portal.
    ByHand(PortalRoot),
    /// A sign-in is in progress.
    SigningIn,
    /// This person is signed in.
    SignedIn(Person),
}

/// A signed-in person and their portal.
#[derive(Clone, PartialEq)]
pub struct Person {
    /// The account as the portal describes it.
    pub account: Arc<Account>,
    /// The chosen portal.
    pub portal: PortalChoice,
    /// The client for the portal.
    pub client: Client,
    /// When the session began, which also identifies it.
    began: Timestamp,
}

impl Person {
    /// The owner of the content.
    pub fn owner(&self) -> &Username {
        &self.account.username
    }

    /// The portal's host.
    pub fn host(&self) -> &str {
        self.client.root.host()
    }

    /// The key of the portal in the records of operations.
    pub fn portal_key(&self) -> PortalKey {
        PortalKey::new(&self.portal, &self.client.root)
    }
}

/// The session. `sending` sends its requests.
#[derive(Clone, Copy)]
pub struct SessionStore {
    status: RwSignal<Status, LocalStorage>,
    limit_status: RwSignal<LimitStatus>,
    config: StoredValue<Option<Config>>,
    expired: StoredValue<Option<Expired>, LocalStorage>,
}

/// Runs when the session ends without the person having asked for it.
type Expired = Rc<dyn Fn(Limit)>;

impl SessionStore {
    pub(super) fn new() -> Self {
        Self {
            status: RwSignal::new_local(Status::Starting),
            limit_status: RwSignal::new(LimitStatus::Fine),
            config: StoredValue::new(None),
            expired: StoredValue::new_local(None),
        }
    }

    /// Sets what runs when the session expires. The store does not know the rest of the app, which has to react.
    pub fn on_expired(self, run: impl Fn(Limit) + 'static) {
        self.expired.set_value(Some(Rc::new(run)));
    }

    /// Ends the session because the portal or a limit says so.
    pub fn expire(self, by: Limit) {
        if let Some(run) = self.expired.try_get_value().flatten() {
            run(by);
        }
    }

    /// Sets the configuration; nobody is signed in yet.
    pub fn configure(self, config: Config) {
        self.config.set_value(Some(config));
    }

    /// Whether the configuration is loaded.
    pub fn is_configured(self) -> bool {
        self.config.with_value(Option::is_some)
    }

    /// Records that the configuration cannot be used.
    pub fn misconfigured(self, faults: Vec<ConfigFault>) {
        self.status.set(Status::Misconfigured(faults));
    }

    /// Reads the configuration, which has no portals until it is loaded.
    pub fn config<T>(self, read: impl FnOnce(&Config) -> T) -> T {
        self.config.with_value(|config| read(config.as_ref().unwrap_or(&NO_PORTAL)))
    }

    /// The sign-in target of a configured portal.
    pub fn target(self, choice: &PortalChoice) -> Option<Target> {
        let PortalChoice::Configured(id) = choice else { return None };
        self.config(|config| {
            let portal = config.portal(id)?;
            Some(Target { portal: choice.clone(), root: portal.root.clone(), client_id: portal.client_id.clone() })
        })
    }

    /// The target for signing in again at the portal in use.
    pub fn current_target(self) -> Option<Target> {
        self.connection(|Connection { portal, client, active, .. }| {
            let client_id = active.as_ref()?.client_id().clone();
            Some(Target { portal: portal.clone(), root: client.root.clone(), client_id })
        })
        .flatten()
    }

    /// The status of the session; reactive.
    pub fn phase(self) -> Phase {
        self.status.with(|status| match status {
            Status::Starting => Phase::Starting,
            Status::Misconfigured(faults) => Phase::Misconfigured(faults.clone()),
            Status::SignedOut(news) => Phase::SignedOut(news.clone()),
            Status::ByHand(root) => Phase::ByHand(root.clone()),
            Status::Redeeming | Status::Identifying(_) => Phase::SigningIn,
            Status::SignedIn(connection, account) => Phase::SignedIn(person(connection, account)),
        })
    }

    /// The signed-in person, untracked.
    pub fn person(self) -> Option<Person> {
        let person = self.status.try_with_untracked(|status| match status {
            Status::SignedIn(connection, account) => Some(person(connection, account)),
            _ => None,
        });
        person.flatten()
    }

    /// Whether this person is signed in at this portal.
    pub fn is_signed_in(self, owner: &Username, portal_key: &PortalKey) -> bool {
        self.person().is_some_and(|person| person.owner() == owner && person.portal_key() == *portal_key)
    }

    /// Whether nobody is signed in and no sign-in is in progress.
    pub fn is_signed_out(self) -> bool {
        self.status.with_untracked(|status| matches!(status, Status::SignedOut(_)))
    }

    /// Whether requests can be sent in a person's name.
    pub fn is_open(self) -> bool {
        self.began().is_some()
    }

    /// Whether there is a connection: also while the portal is asked who has signed in, and after it ended the session.
    pub fn is_connected(self) -> bool {
        self.connection(|_| ()).is_some()
    }

    /// The portal in use.
    pub fn client(self) -> Option<Client> {
        self.connection(|connection| connection.client.clone())
    }

    /// Shows the sign-in page, unless there is a session or a sign-in in progress.
    pub fn show_sign_in(self, news: Option<News>) {
        if !self.is_connected() {
            self.status.set(Status::SignedOut(news));
        }
    }

    /// Continues without a sign-in, at this portal. Returns false before the configuration is loaded, or if there is a
    /// session or a sign-in in progress.
    pub fn begin_by_hand(self, root: PortalRoot) -> bool {
        let may_begin = self.is_configured()
            && self
                .status
                .with_untracked(|status| matches!(status, Status::Starting | Status::SignedOut(_) | Status::ByHand(_)));
        if may_begin && self.by_hand_root().as_ref() != Some(&root) {
            self.status.set(Status::ByHand(root));
        }
        may_begin
    }

    /// The portal for creating the credential by hand, untracked; `None` with a sign-in.
    pub fn by_hand_root(self) -> Option<PortalRoot> {
        self.status.with_untracked(|status| match status {
            Status::ByHand(root) => Some(root.clone()),
            _ => None,
        })
    }

    /// Whether the steps are filled in without a sign-in, untracked.
    pub fn is_by_hand(self) -> bool {
        self.by_hand_root().is_some()
    }

    /// The current portal, untracked: the one in use, or the one for creating the credential by hand.
    pub fn root(self) -> Option<PortalRoot> {
        self.client().map(|client| client.root).or_else(|| self.by_hand_root())
    }

    /// The route of a step, with or without a sign-in.
    pub fn route_of(self, step: Step) -> Route {
        if self.is_by_hand() { Route::ByHand(step) } else { Route::Step(step) }
    }

    /// Replaces the news shown to a person who is signed out.
    pub fn replace_news(self, news: News) {
        if self.is_signed_out() {
            self.status.set(Status::SignedOut(Some(news)));
        }
    }

    /// Records that the code is being exchanged. Returns the previous session, to be ended.
    pub fn begin_redeeming(self) -> Option<Connection> {
        self.replace(Status::Redeeming)
    }

    /// Starts a session.
    pub fn connect(self, portal: PortalChoice, client: Client, active: Active) {
        self.replace(Status::Identifying(Connection { portal, client, began: active.began(), active: Some(active) }));
    }

    /// Records who has signed in, but does not sign them in yet. `None` if the session ended meanwhile.
    pub fn identified(self, account: Account) -> Option<Person> {
        let person = self.connection(|connection| person(connection, &Arc::new(account)))?;
        self.is_identifying(&person).then_some(person)
    }

    /// Signs the person in. Returns false if their session ended meanwhile.
    pub fn sign_in(self, person: &Person) -> bool {
        if !self.is_identifying(person) {
            return false;
        }
        if let Some(connection) = self.replace(Status::Redeeming) {
            self.status.set(Status::SignedIn(connection, person.account.clone()));
        }
        true
    }

    fn is_identifying(self, person: &Person) -> bool {
        let is_identifying = self.status.with_untracked(|status| matches!(status, Status::Identifying(_)));
        is_identifying && self.began().is_some_and(|began| began == person.began)
    }

    /// Closes the session and returns it, to be ended at the portal.
    pub fn close(self, news: News) -> Option<Connection> {
        self.limit_status.set(LimitStatus::Fine);
        self.replace(Status::SignedOut(Some(news)))
    }

    fn replace(self, status: Status) -> Option<Connection> {
        let before = self.status.try_update(|now| std::mem::replace(now, status))?;
        match before {
            Status::Identifying(connection) | Status::SignedIn(connection, _) => Some(connection),
            _ => None,
        }
    }

    fn connection<T>(self, read: impl FnOnce(&Connection) -> T) -> Option<T> {
        let found = self.status.try_with_untracked(|status| match status {
            Status::Identifying(connection) | Status::SignedIn(connection, _) => Some(read(connection)),
            _ => None,
        });
        found.flatten()
    }

    /// Changes the session in use without notifying views.
    fn change<T>(self, change: impl FnOnce(&mut Connection) -> Option<T>) -> Option<T> {
        let changed = self.status.try_update_untracked(|status| match status {
            Status::Identifying(connection) | Status::SignedIn(connection, _) => change(connection),
            _ => None,
        });
        changed.flatten()
    }

    /// When the session began, which also identifies it.
    pub fn began(self) -> Option<Timestamp> {
        self.connection(|connection| connection.active.as_ref().map(Active::began)).flatten()
    }

    /// Records activity of the person.
    pub fn touch(self) {
        self.change(|connection| connection.active.as_mut().map(|active| active.touch(time::now())));
    }

    /// The current status of the session's limits.
    pub fn limit_status_now(self) -> LimitStatus {
        let status =
            self.connection(|connection| connection.active.as_ref().map(|active| active.limit_status(time::now())));
        status.flatten().unwrap_or(LimitStatus::Fine)
    }

    /// The status of the limits when last checked; reactive.
    pub fn limit_status(self) -> LimitStatus {
        self.limit_status.get()
    }

    /// Whether the person is being warned of this limit.
    pub fn is_warned_of(self, limit: Limit) -> bool {
        matches!(self.limit_status.get_untracked(), LimitStatus::EndsSoon { by, .. } if by == limit)
    }

    /// Sets the status of the limits. Returns true if it has changed.
    pub fn note_limit_status(self, status: LimitStatus) -> bool {
        let has_changed = self.limit_status.get_untracked() != status;
        if has_changed {
            self.limit_status.set(status);
        }
        has_changed
    }
}

fn person(connection: &Connection, account: &Arc<Account>) -> Person {
    Person {
        account: account.clone(),
        portal: connection.portal.clone(),
        client: connection.client.clone(),
        began: connection.began,
    }
}
