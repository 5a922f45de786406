//! The operation of this tab: running it, the lock that keeps other tabs from it, and finding it again.

mod creation;
mod environment;
mod recovery;
mod tab_lock;

use futures::{channel::oneshot, future::AbortHandle};
use key_wizard_core::{
    operation::{Event, State, journal::Journal},
    portal::id::PrivilegeId,
    tabs::{self, OnScreen},
};
use leptos::prelude::*;

use super::{
    connectivity::ConnectivityStore, content::ContentStore, draft::DraftStore, journals::JournalStore, key::KeyStore,
    navigation::NavigationStore, session::SessionStore,
};
use crate::platform::lock::Lock;

/// The operation of this tab.
#[derive(Clone, Copy)]
pub struct JobStore {
    session: SessionStore,
    draft: DraftStore,
    key: KeyStore,
    connectivity: ConnectivityStore,
    navigation: NavigationStore,
    content: ContentStore,
    journals: JournalStore,
    /// The operation on the screen, if there is one.
    screen: RwSignal<OnScreen>,
    /// The operation that was at work when the session ended is another account's.
    wrong_account: RwSignal<bool>,
    /// Operations found on the portal, begun elsewhere and never finished.
    orphans: RwSignal<Vec<Journal>>,
    /// An operation whose key was copied before its page was left.
    copied: RwSignal<Option<Journal>>,
    /// What the person lacks of what the portal refused.
    missing_privileges: RwSignal<Vec<PrivilegeId>>,
    /// The portal registers nothing for this app.
    is_closed: RwSignal<bool>,
    driver: Driver,
}

/// What runs the operation on the screen.
#[derive(Clone, Copy)]
struct Driver {
    /// Hands what the person decides to the operation that waits for it.
    event_sender: StoredValue<Option<oneshot::Sender<Event>>, LocalStorage>,
    /// Stops the operation.
    abort_handle: StoredValue<Option<AbortHandle>, LocalStorage>,
    /// The operation that the person stopped, about to be resumed.
    resume_from: StoredValue<Option<State>, LocalStorage>,
    lock: StoredValue<Option<Lock>, LocalStorage>,
}

impl JobStore {
    /// Without an operation.
    pub(super) fn new(
        session: SessionStore,
        draft: DraftStore,
        key: KeyStore,
        connectivity: ConnectivityStore,
        navigation: NavigationStore,
        content: ContentStore,
    ) -> Self {
        Self {
            session,
            draft,
            key,
            connectivity,
            navigation,
            content,
            journals: JournalStore::new(),
            screen: RwSignal::default(),
            wrong_account: RwSignal::new(false),
            orphans: RwSignal::new(Vec::new()),
            copied: RwSignal::new(None),
            missing_privileges: RwSignal::new(Vec::new()),
            is_closed: RwSignal::new(false),
            driver: Driver {
                event_sender: StoredValue::new_local(None),
                abort_handle: StoredValue::new_local(None),
                resume_from: StoredValue::new_local(None),
                lock: StoredValue::new_local(None),
            },
        }
    }

    /// Reads the operation, and again whenever it changes; nothing if there is none.
    pub fn read<T>(self, read: impl FnOnce(&State) -> T) -> Option<T> {
        self.screen.with(|screen| screen.operation().map(read))
    }

    /// Reads the operation once.
    pub fn read_once<T>(self, read: impl FnOnce(&State) -> T) -> Option<T> {
        self.with_operation(|operation| operation.map(read))
    }

    /// Decides something by the operation, once.
    pub fn with_operation<T>(self, read: impl FnOnce(Option<&State>) -> T) -> T {
        self.screen.with_untracked(|screen| read(screen.operation()))
    }

    /// Whether there is an operation, and again whenever that changes.
    pub fn is_there(self) -> bool {
        self.read(|_| ()).is_some()
    }

    /// Whether another tab runs the operation; read again whenever that changes.
    pub fn is_held_by_other_tab(self) -> bool {
        self.screen.with(OnScreen::is_elsewhere)
    }

    /// The same, read once.
    pub fn is_held_elsewhere_now(self) -> bool {
        self.screen.with_untracked(OnScreen::is_elsewhere)
    }

    /// Whether the operation was begun with the draft of this tab.
    pub fn owns_draft(self) -> bool {
        self.read_once(|state| self.draft.belongs_to(state)) == Some(true)
    }

    /// Whether what was being created belongs to another account; read again whenever that changes.
    pub fn is_of_wrong_account(self) -> bool {
        self.wrong_account.get()
    }

    /// The journals that this browser stores.
    pub fn journals(self) -> JournalStore {
        self.journals
    }

    /// The orphan to show, and again whenever it changes. None over an operation of this tab.
    pub fn orphan(self) -> Option<Journal> {
        let is_free = self.read(State::is_over) != Some(false);
        self.orphans.with(|orphans| orphans.last().filter(|_| is_free).cloned())
    }

    /// Leaves an orphan for the next sign-in.
    pub fn skip_orphan(self) {
        self.orphans.update(|orphans| drop(orphans.pop()));
    }

    /// Reads what the person lacks of what the portal refused, and again whenever that changes.
    pub fn missing_privileges<T>(self, read: impl FnOnce(&[PrivilegeId]) -> T) -> T {
        self.missing_privileges.with(|ids| read(ids))
    }

    /// Whether the portal registers nothing for this app, so that the rest is up to the portal's own dialog; read again
    /// whenever that changes.
    pub fn is_registration_closed(self) -> bool {
        self.is_closed.get()
    }

    /// Hands what the person decides to the operation, if it waits for that.
    pub fn send_event(self, event: Event) {
        if let Some(sender) = self.driver.event_sender.try_update_value(Option::take).flatten() {
            // The operation is gone only when the page is.
            let _ = sender.send(event);
        }
    }

    /// The person has copied the key, which is written down at once.
    pub fn note_copied(self) {
        self.key.note_copied();
        self.send_event(Event::Copied);
    }

    /// The person has saved the key: it is wiped. Its operation may be another tab's by now.
    pub fn acknowledge(self) {
        let is_elsewhere = self.is_held_elsewhere_now();
        self.key.wipe_saved(is_elsewhere);
        if is_elsewhere {
            self.read_once(|state| self.journals.save_mark(state));
        }
        self.send_event(Event::Acknowledged);
    }

    /// Whether a credential was created with the draft of this tab, so that nothing of the draft is needed any more.
    pub fn has_used_up_draft(self) -> bool {
        self.read_once(tabs::uses_up_draft) == Some(true) && self.owns_draft()
    }

    /// The operation leaves the screen.
    pub fn clear(self) {
        self.screen.set(OnScreen::Nothing);
        self.is_closed.set(false);
    }

    /// What was found for a session goes with it.
    pub fn forget_session(self) {
        self.orphans.set(Vec::new());
        self.copied.set(None);
        self.wrong_account.set(false);
        self.connectivity.clear_reconnect_prompt();
    }

    /// The address of the item's page in the portal.
    pub fn item_page(self) -> Option<String> {
        let item = self.read_once(|state| state.operation.facts.item.id().cloned()).flatten()?;
        self.session.client().map(|client| client.root.item_page_url(&item))
    }

    /// Looks for an item of the title on the Summary.
    pub fn find_duplicate_title(self) {
        self.content.find_duplicate_title(move || self.read_once(State::clone));
    }
}
