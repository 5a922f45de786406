//! The app: what it knows, who is signed in, which page is on the screen.

pub mod auth_preflight;
pub mod clock_skew;
pub mod connectivity;
mod creation;
mod draft_storage;
mod duplicate_title;
mod environment;
mod folders;
pub mod host_events;
pub mod items_search;
pub mod loadable;
pub mod prefill;
pub mod recovery;
pub mod session;
pub mod session_timeout;
pub mod sign_in_flow;
mod startup;
mod tab_lock;

use std::sync::Arc;

use futures::future::AbortHandle;
use key_wizard_core::{
    auth::{
        pending::Pending,
        session::{Limit, Standing},
    },
    config::Config,
    credential::{
        draft::Draft,
        problem::{Field, Problem},
    },
    operation::{self, journal::Journal},
    portal::{
        account::Account,
        folders::Folder,
        id::{PrivilegeId, Username},
        items::Item,
        search,
    },
    route::{Route, Step},
    timestamp::Timestamp,
    wizard::Wizard,
};
use leptos::prelude::*;

use crate::{
    i18n::{self, News},
    platform::{focus, indexed_db::Written, location, lock::Lock, time},
    ui::{
        dom::{Read, read},
        secret_once::SecretSlot,
    },
};
use connectivity::Network;
use loadable::Loadable;
use session::Active;

/// Who is signed in, if anybody.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// The configuration is on its way.
    Starting,
    /// The configuration cannot be used; a sentence for each fault.
    Misconfigured(Vec<String>),
    /// Nobody is; with what happened before, if there is something to say.
    SignedOut(Option<News>),
    /// The portal is being asked for a session.
    SigningIn,
    /// This person is.
    SignedIn(Arc<Account>),
}

/// What the whole app shares: handles to its state, and what a person can do with it.
#[derive(Clone, Copy)]
pub struct App {
    /// Who is signed in.
    pub phase: RwSignal<Phase>,
    /// The wizard: step, draft, problems.
    pub wizard: RwSignal<Wizard>,
    /// The folders of the signed-in person.
    pub folders: RwSignal<Loadable<Vec<Folder>>>,
    /// The first page of items, fetched while the person is still on an earlier step.
    pub first_items: RwSignal<Loadable<search::Page>>,
    /// The creation under way, if one is.
    pub operation: RwSignal<Option<operation::State>>,
    /// The key while it is shown.
    pub key: SecretSlot,
    /// On the way to a portal's sign-in page.
    pub redirecting: RwSignal<bool>,
    /// That page is open in another window.
    pub popup_open: RwSignal<bool>,
    /// It was left for minutes ago, and nothing has come back.
    pub callback_overdue: RwSignal<bool>,
    /// The browser does not store the draft: a reload loses it.
    pub storage_blocked: RwSignal<bool>,
    /// The browser does not store journals: a creation cannot be found again after this tab closes.
    pub journal_unavailable: RwSignal<bool>,
    /// A link came while a key was being made.
    pub prefill_rejected: RwSignal<bool>,
    /// A question that stands before leaving the key.
    pub pending_confirmation: RwSignal<Option<Confirmation>>,
    /// The key was wiped by time, or by leaving the page.
    pub key_wiped: RwSignal<bool>,
    /// The operation belongs to another tab now.
    pub held_by_other_tab: RwSignal<bool>,
    /// The creation that was at work when the session ended is another account's.
    pub wrong_account: RwSignal<bool>,
    /// Operations that lie on the portal, begun elsewhere and never finished.
    pub orphans: RwSignal<Vec<Journal>>,
    /// What the person lacks of what was refused to them.
    pub missing_privileges: RwSignal<Vec<PrivilegeId>>,
    /// How the browser is connected.
    pub network: RwSignal<Network>,
    /// When the key leaves the screen at the latest.
    key_deadline: StoredValue<Timestamp>,
    /// What is about to end the session.
    end_reason: StoredValue<Limit>,
    /// The title on the Summary, and an item that has it already.
    twin: RwSignal<(String, Option<Item>)>,
    /// How the session stands with its limits.
    pub session_status: RwSignal<Standing>,
    /// Why there is no longer session, though one was asked for.
    pub extend_error: RwSignal<String>,
    /// There was no draft in the tab.
    had_no_draft: bool,
    event_sender: environment::EventSender,
    /// Stops the operation that is in sight.
    abort_handle: StoredValue<Option<AbortHandle>, LocalStorage>,
    /// The operation the person stopped, about to be looked at.
    resume_from: StoredValue<Option<operation::State>, LocalStorage>,
    lock: StoredValue<Option<Lock>, LocalStorage>,
    /// The journal on its way to the disk.
    pending_write: StoredValue<Option<Written>, LocalStorage>,
    config: StoredValue<Option<Config>>,
    /// A sign-in under way that storage does not keep.
    pending: StoredValue<Option<Pending>, LocalStorage>,
    active: StoredValue<Option<Active>, LocalStorage>,
}

/// Where the person wants to go although the key has not been saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// To another step, by the browser's Back or a link.
    To(Step),
    /// Out.
    SignOut,
    /// To the portal, for a fresh session.
    SignIn,
    /// Nowhere: the key that exists ends by what was changed.
    EndKey,
}

impl App {
    /// The state at the start of the page, with the draft of this tab if there is one.
    pub fn at_start() -> Self {
        let stored = draft_storage::stored_draft();
        let had_no_draft = stored.is_none();
        let draft = stored.unwrap_or_else(|| Draft::new(time::today()));
        Self {
            phase: RwSignal::new(Phase::Starting),
            wizard: RwSignal::new(Wizard::new(draft)),
            folders: RwSignal::new(Loadable::Waiting),
            first_items: RwSignal::new(Loadable::Waiting),
            operation: RwSignal::new(None),
            key: StoredValue::new_local(None),
            redirecting: RwSignal::new(false),
            popup_open: RwSignal::new(false),
            callback_overdue: RwSignal::new(false),
            storage_blocked: RwSignal::new(false),
            journal_unavailable: RwSignal::new(false),
            prefill_rejected: RwSignal::new(false),
            pending_confirmation: RwSignal::new(None),
            key_wiped: RwSignal::new(false),
            held_by_other_tab: RwSignal::new(false),
            wrong_account: RwSignal::new(false),
            orphans: RwSignal::new(Vec::new()),
            missing_privileges: RwSignal::new(Vec::new()),
            network: RwSignal::new(Network::now()),
            key_deadline: StoredValue::new(Timestamp(0)),
            end_reason: StoredValue::new(Limit::Portal),
            twin: RwSignal::default(),
            extend_error: RwSignal::new(String::new()),
            session_status: RwSignal::new(Standing::Fine),
            had_no_draft,
            event_sender: StoredValue::new_local(None),
            abort_handle: StoredValue::new_local(None),
            resume_from: StoredValue::new_local(None),
            lock: StoredValue::new_local(None),
            pending_write: StoredValue::new_local(None),
            config: StoredValue::new(None),
            pending: StoredValue::new_local(None),
            active: StoredValue::new_local(None),
        }
    }

    /// Reads the configuration, which is there in every phase but the first two.
    pub fn config<T>(self, read: impl FnOnce(&Config) -> T) -> T {
        self.config.with_value(|config| read(config.as_ref().expect("the configuration was read before this page")))
    }

    /// The signed-in person, if there is one.
    pub(crate) fn person(self) -> Option<Arc<Account>> {
        self.phase.with_untracked(|phase| match phase {
            Phase::SignedIn(account) => Some(account.clone()),
            _ => None,
        })
    }

    /// The signed-in person.
    pub fn account(self) -> Arc<Account> {
        self.person().expect("the wizard is on the screen only while somebody is signed in")
    }

    /// Whose content everything is about.
    pub(crate) fn owner(self) -> Username {
        self.account().username.clone()
    }

    /// Reads the draft, and again whenever it changes.
    pub fn draft<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.wizard.with(|wizard| read(&wizard.draft))
    }

    /// Reads the draft once.
    pub fn draft_untracked<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.wizard.with_untracked(|wizard| read(&wizard.draft))
    }

    /// Changes the draft.
    pub fn edit<T>(self, change: impl FnOnce(&mut Draft) -> T) {
        self.wizard.update(|wizard| drop(change(&mut wizard.draft)));
    }

    /// The words for a field's first problem.
    pub fn error_of(self, field: Field) -> Read<Option<String>> {
        let first = move |problems: &[Problem]| {
            problems.iter().find(|problem| problem.field == field).map(i18n::problem::sentence)
        };
        read(move || self.wizard.with(|wizard| first(wizard.problems())))
    }

    /// The `Add referrer` button.
    pub fn add_referrer(self) {
        self.wizard.update(Wizard::add_referrer);
    }

    /// Reads the creation under way, and again whenever it changes; nothing if there is none.
    pub fn operation<T>(self, read: impl FnOnce(&operation::State) -> T) -> Option<T> {
        self.operation.with(|state| state.as_ref().map(read))
    }

    /// Reads the creation under way once.
    pub fn operation_untracked<T>(self, read: impl FnOnce(&operation::State) -> T) -> Option<T> {
        self.operation.with_untracked(|state| state.as_ref().map(read))
    }

    /// The `Next` button.
    pub fn next(self) {
        self.move_by(|wizard| wizard.next(time::now()));
    }

    /// The `Back` button.
    pub fn back(self) {
        self.move_by(Wizard::back);
    }

    /// A `Change` button of the Summary.
    pub fn change(self, step: Step) {
        self.move_by(|wizard| wizard.change(step));
    }

    /// From a problem to the field it is about.
    pub fn go_to_field(self, field: Field) {
        self.move_by(|wizard| wizard.mend(field.step()));
        focus::on(field.id());
    }

    /// Changes the step by the wizard's rules, and the address with it.
    pub(crate) fn move_by(self, change: impl FnOnce(&mut Wizard)) {
        let before = self.step();
        self.wizard.update(change);
        let after = self.step();
        if before != after {
            location::push(Route::Step(after).fragment());
        }
    }

    /// The step on the screen, read once.
    pub fn step(self) -> Step {
        self.wizard.with_untracked(Wizard::step)
    }
}
