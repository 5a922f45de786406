//! The operation of this tab: running it, the lock that excludes other tabs, and finding it again.

mod creation;
mod environment;
mod recovery;
mod tab_lock;

use futures::{channel::oneshot, future::AbortHandle};
use key_wizard_core::{
    key_life::WhyHidden,
    operation::{Event, OperationId, State, journal::Journal},
    portal::id::PrivilegeId,
    tabs::{self, OnScreen, TabMessage},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    connectivity::ConnectivityStore, content::ContentStore, draft::DraftStore, journals::JournalStore, key::KeyStore,
    navigation::NavigationStore, session::SessionStore,
};
use crate::platform::{broadcast, lock::Lock};

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
    /// The operation on the screen, if any.
    screen: RwSignal<OnScreen>,
    /// Whether the operation that was running when the session ended belongs to another account.
    wrong_account: RwSignal<bool>,
    /// Orphans found on the portal: begun elsewhere and never finished.
    orphans: RwSignal<Vec<Journal>>,
    /// An operation whose key was copied before its page was left.
    copied: RwSignal<Option<Journal>>,
    /// The missing privileges among those that the portal refused.
    missing_privileges: RwSignal<Vec<PrivilegeId>>,
    /// Whether the portal refuses every registration through this app.
    is_closed: RwSignal<bool>,
    driver: Driver,
}

/// The driver of the operation on the screen.
#[derive(Clone, Copy)]
struct Driver {
    /// Sends the person's decision to the operation that waits for it.
    event_sender: StoredValue<Option<oneshot::Sender<Event>>, LocalStorage>,
    /// Aborts the operation.
    abort_handle: StoredValue<Option<AbortHandle>, LocalStorage>,
    /// The state to resume after the person stopped the operation.
    resume_from: StoredValue<Option<State>, LocalStorage>,
    lock: StoredValue<Option<Lock>, LocalStorage>,
}

impl JobStore {
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

    /// Reads the operation, if any; reactive.
    pub fn read<T>(self, read: impl FnOnce(&State) -> T) -> Option<T> {
        self.screen.with(|screen| screen.operation().map(read))
    }

    /// Reads the operation, untracked.
    pub fn read_once<T>(self, read: impl FnOnce(&State) -> T) -> Option<T> {
        self.with_operation(|operation| operation.map(read))
    }

    /// Computes something from the operation, untracked.
    pub fn with_operation<T>(self, read: impl FnOnce(Option<&State>) -> T) -> T {
        self.screen.with_untracked(|screen| read(screen.operation()))
    }

    /// Whether there is an operation; reactive.
    pub fn is_there(self) -> bool {
        self.read(|_| ()).is_some()
    }

    /// Whether another tab runs the operation; reactive.
    pub fn is_held_by_other_tab(self) -> bool {
        self.screen.with(OnScreen::is_elsewhere)
    }

    /// The same, untracked.
    pub fn is_held_elsewhere_now(self) -> bool {
        self.screen.with_untracked(OnScreen::is_elsewhere)
    }

    /// Whether the operation was begun with the draft of this tab.
    pub fn owns_draft(self) -> bool {
        self.read_once(|state| self.draft.belongs_to(state)) == Some(true)
    }

    /// Whether the credential being created belongs to another account; reactive.
    pub fn is_of_wrong_account(self) -> bool {
        self.wrong_account.get()
    }

    /// The journals that this browser stores.
    pub fn journals(self) -> JournalStore {
        self.journals
    }

    /// The orphan to show; `None` while this tab has an operation. Reactive.
    pub fn orphan(self) -> Option<Journal> {
        let is_free = self.read(State::is_over) != Some(false);
        self.orphans.with(|orphans| orphans.last().filter(|_| is_free).cloned())
    }

    /// Leaves an orphan for the next sign-in.
    pub fn skip_orphan(self) {
        self.orphans.update(|orphans| drop(orphans.pop()));
    }

    /// Reads the missing privileges among those that the portal refused; reactive.
    pub fn missing_privileges<T>(self, read: impl FnOnce(&[PrivilegeId]) -> T) -> T {
        self.missing_privileges.with(|ids| read(ids))
    }

    /// Whether the portal refuses every registration through this app, so that the rest has to be done in its own
    /// dialog; reactive.
    pub fn is_registration_closed(self) -> bool {
        self.is_closed.get()
    }

    /// Sends the person's decision to the operation, if it waits for one.
    pub fn send_event(self, event: Event) {
        if let Some(sender) = self.driver.event_sender.try_update_value(Option::take).flatten() {
            // The receiver is gone only when the page is.
            let _ = sender.send(event);
        }
    }

    /// Records at once that the person has copied the key.
    pub fn note_copied(self) {
        self.key.note_copied();
        self.send_event(Event::Copied);
    }

    /// The person has saved the key: wipes it. Another tab may run its operation by now.
    pub fn acknowledge(self) {
        let is_elsewhere = self.is_held_elsewhere_now();
        self.key.wipe_saved(is_elsewhere);
        if is_elsewhere {
            self.read_once(|state| self.note_saved_key(state));
        }
        self.send_event(Event::Acknowledged);
    }

    /// Tells the tab that runs the operation now.
    fn note_saved_key(self, state: &State) {
        let message = TabMessage::KeySaved(state.operation.plan.id.clone()).text();
        let write = self.journals.note_saved_key(state);
        spawn_local(async move {
            if let Some(write) = write {
                // A note that the browser does not store is found by no tab.
                let _ = write.whole().await;
            }
            broadcast::send(&message);
        });
    }

    /// Follows what other tabs do with the operation on the screen, for the life of the page.
    pub fn follow_other_tabs(self) {
        on_cleanup(broadcast::close);
        broadcast::listen(move |text| {
            let is_on_screen = |id: &OperationId| self.read_once(|state| state.operation.plan.id == *id) == Some(true);
            match TabMessage::parse(&text) {
                Some(TabMessage::KeySaved(id)) if is_on_screen(&id) => self.look_for_saved(),
                Some(TabMessage::KeyEnded(id)) if is_on_screen(&id) && self.key.is_shown() => {
                    self.key.hide(WhyHidden::Ended);
                }
                _ => {}
            }
        });
    }

    /// Whether a credential was created with the draft of this tab, so that the draft is no longer needed.
    pub fn has_used_up_draft(self) -> bool {
        self.read_once(tabs::uses_up_draft) == Some(true) && self.owns_draft()
    }

    /// Removes the operation from the screen.
    pub fn clear(self) {
        self.screen.set(OnScreen::Nothing);
        self.is_closed.set(false);
    }

    /// Forgets what was found for a session.
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

    /// Searches for an item with the title on the Summary.
    pub fn find_duplicate_title(self) {
        self.content.find_duplicate_title(move || self.read_once(State::clone));
    }
}
