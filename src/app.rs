//! The app: what it knows, who is signed in, which page is on the screen.

mod ask_first;
mod away;
mod clock;
pub mod config_page;
pub mod create;
pub mod fetched;
mod folders;
pub mod frame;
mod kept;
mod labels;
mod limits;
pub mod missing_privileges;
mod network;
mod one_tab;
pub mod other_portal;
mod outside;
pub mod prefill;
mod recovery;
pub mod session;
pub mod sign_in_page;
pub mod start;
mod tell;
mod twin;
pub mod view;

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
        secret_once::Held,
    },
};
use fetched::Fetched;
use network::Network;
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
    pub folders: RwSignal<Fetched<Vec<Folder>>>,
    /// The first page of items, fetched while the person is still on an earlier step.
    pub first_items: RwSignal<Fetched<search::Page>>,
    /// The creation under way, if one is.
    pub operation: RwSignal<Option<operation::State>>,
    /// The key while it is shown.
    pub key: Held,
    /// On the way to a portal's sign-in page.
    pub leaving: RwSignal<bool>,
    /// That page is open in another window.
    pub away: RwSignal<bool>,
    /// It was left for minutes ago, and nothing has come back.
    pub unanswered: RwSignal<bool>,
    /// Whether storage keeps the draft.
    pub storage_blocked: RwSignal<bool>,
    /// Whether a creation can be found again after this tab.
    pub records_blocked: RwSignal<bool>,
    /// A link came while a key was being made.
    pub link_refused: RwSignal<bool>,
    /// A question that stands before leaving the key.
    pub question: RwSignal<Option<Leave>>,
    /// The key was wiped by time, or by leaving the page.
    pub key_gone: RwSignal<bool>,
    /// The operation belongs to another tab now.
    pub elsewhere: RwSignal<bool>,
    /// The creation that was at work when the session ended is another account's.
    pub is_anothers: RwSignal<bool>,
    /// Operations that lie on the portal, begun elsewhere and never finished.
    pub strays: RwSignal<Vec<Journal>>,
    /// What the person lacks of what was refused to them.
    pub lacking: RwSignal<Vec<PrivilegeId>>,
    /// How the browser is connected.
    pub network: RwSignal<Network>,
    /// When the key leaves the screen at the latest.
    key_until: StoredValue<Timestamp>,
    /// What is about to end the session.
    ended_by: StoredValue<Limit>,
    /// The title on the Summary, and an item that has it already.
    twin: RwSignal<(String, Option<Item>)>,
    /// How the session stands with its limits.
    standing_now: RwSignal<Standing>,
    /// Why there is no longer session, though one was asked for.
    not_longer: RwSignal<String>,
    /// There was no draft in the tab.
    is_new: bool,
    ear: outside::Ear,
    /// Stops the operation that is in sight.
    driving: StoredValue<Option<AbortHandle>, LocalStorage>,
    /// The operation the person stopped, about to be looked at.
    interrupted_at: StoredValue<Option<operation::State>, LocalStorage>,
    lock: StoredValue<Option<Lock>, LocalStorage>,
    /// The journal on its way to the disk.
    writing: StoredValue<Option<Written>, LocalStorage>,
    config: StoredValue<Option<Config>>,
    /// A sign-in under way that storage does not keep.
    pending: StoredValue<Option<Pending>, LocalStorage>,
    active: StoredValue<Option<Active>, LocalStorage>,
}

/// Where the person wants to go although the key has not been saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
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
        let stored = kept::stored_draft();
        let is_new = stored.is_none();
        let draft = stored.unwrap_or_else(|| Draft::new(time::today()));
        Self {
            phase: RwSignal::new(Phase::Starting),
            wizard: RwSignal::new(Wizard::new(draft)),
            folders: RwSignal::new(Fetched::Waiting),
            first_items: RwSignal::new(Fetched::Waiting),
            operation: RwSignal::new(None),
            key: StoredValue::new_local(None),
            leaving: RwSignal::new(false),
            away: RwSignal::new(false),
            unanswered: RwSignal::new(false),
            storage_blocked: RwSignal::new(false),
            records_blocked: RwSignal::new(false),
            link_refused: RwSignal::new(false),
            question: RwSignal::new(None),
            key_gone: RwSignal::new(false),
            elsewhere: RwSignal::new(false),
            is_anothers: RwSignal::new(false),
            strays: RwSignal::new(Vec::new()),
            lacking: RwSignal::new(Vec::new()),
            network: RwSignal::new(Network::now()),
            key_until: StoredValue::new(Timestamp(0)),
            ended_by: StoredValue::new(Limit::Portal),
            twin: RwSignal::default(),
            not_longer: RwSignal::new(String::new()),
            standing_now: RwSignal::new(Standing::Fine),
            is_new,
            ear: StoredValue::new_local(None),
            driving: StoredValue::new_local(None),
            interrupted_at: StoredValue::new_local(None),
            lock: StoredValue::new_local(None),
            writing: StoredValue::new_local(None),
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
    pub fn mend(self, field: Field) {
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
