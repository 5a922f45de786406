//! The progress of a sign-in, and what is kept of it until an answer arrives.

use key_wizard_core::{
    auth::{
        pending::{self, Pending},
        target::Target,
    },
    message::News,
    timestamp::Timestamp,
};
use leptos::{prelude::*, task::spawn_local};

use crate::platform::{embedder, session_storage, time};

/// The wait for an answer before asking the person what happened, in milliseconds: two minutes.
const OVERDUE_MS: i64 = 2 * 60 * 1000;
/// The key for the time when this tab left for a portal that has not answered yet.
fn departure_name() -> String {
    [pending::LEFT, &embedder::place()].concat()
}

/// The progress of a sign-in.
#[derive(Clone, Copy)]
pub struct SignInStore {
    redirecting: RwSignal<bool>,
    popup_open: RwSignal<bool>,
    callback_overdue: RwSignal<bool>,
    /// Why the session could not be extended.
    extend_error: RwSignal<Option<News>>,
    /// A pending sign-in that could not be stored.
    pending: StoredValue<Option<Pending>, LocalStorage>,
}

impl SignInStore {
    pub(super) fn new() -> Self {
        Self {
            redirecting: RwSignal::new(false),
            popup_open: RwSignal::new(false),
            callback_overdue: RwSignal::new(false),
            extend_error: RwSignal::new(None),
            pending: StoredValue::new_local(None),
        }
    }

    /// Whether the page is about to leave for a portal; reactive.
    pub fn is_redirecting(self) -> bool {
        self.redirecting.get()
    }

    /// Whether the portal's page is open in another window; reactive.
    pub fn is_popup_open(self) -> bool {
        self.popup_open.get()
    }

    /// Whether the page left for a portal minutes ago and has had no answer; reactive.
    pub fn is_callback_overdue(self) -> bool {
        self.callback_overdue.get()
    }

    /// Why the session could not be extended, if that was tried; reactive.
    pub fn extend_error(self) -> Option<News> {
        self.extend_error.get()
    }

    /// Clears the error, because the session is no longer about to end.
    pub fn clear_extend_error(self) {
        self.extend_error.set(None);
    }

    /// Records that the session could not be extended.
    pub fn extend_failed(self, news: News) {
        self.extend_error.set(Some(news));
    }

    /// Does what needs the person's press. Returns false if the page is already leaving.
    pub(super) fn begin_to_leave(self, target: &Target) -> bool {
        if self.redirecting.get_untracked() {
            return false;
        }
        self.redirecting.set(true);
        self.clear_extend_error();
        embedder::begin_to_leave(target.root.origin());
        true
    }

    pub(super) fn call_off(self) {
        embedder::stay();
        self.redirecting.set(false);
    }

    pub(super) fn forget_departure(self) {
        session_storage::remove(&departure_name());
        self.callback_overdue.set(false);
    }

    pub(super) fn take_pending(self, state: &str) -> Option<Pending> {
        let key = pending::key(state);
        let record = session_storage::get(&key);
        // Removed before it is used, so that no callback can be used twice.
        session_storage::remove(&key);
        let here = self.pending.try_update_value(Option::take).flatten().filter(|pending| pending.state() == state);
        here.or_else(|| Pending::parse(&record?))
    }

    /// There is no way back from a portal's own error page: after two minutes, asks the person whether that happened.
    pub fn watch_for_return(self) {
        let Some(since) = session_storage::get(&departure_name()).and_then(|text| text.parse().ok()) else { return };
        let rest = Timestamp(since).plus_millis(OVERDUE_MS).millis_since(time::by_the_browser());
        spawn_local(async move {
            time::wait(rest.clamp(0, OVERDUE_MS) as u32).await;
            self.callback_overdue.set(session_storage::get(&departure_name()).is_some());
        });
    }

    /// The page was restored from the back/forward cache, as if it had not been left.
    pub fn restored(self) {
        self.redirecting.set(false);
        self.watch_for_return();
    }

    /// Records when the page leaves, and the pending sign-in. Returns false if storage is blocked, so that only this
    /// page can handle the answer.
    pub(super) fn departs(self, pending: Pending, now: Timestamp) -> bool {
        let is_stored = session_storage::set(&pending.key(), pending.record().expose()).is_ok();
        if !is_stored {
            self.pending.set_value(Some(pending));
        }
        // If storage is blocked, only the window can return an answer.
        let _ = session_storage::set(&departure_name(), &now.0.to_string());
        self.watch_for_return();
        is_stored
    }

    /// Allows leaving again: the person may have stopped the navigation.
    pub(super) fn may_leave_again(self) {
        self.redirecting.set(false);
    }

    /// Records that the portal's page is open in another window.
    pub(super) fn popup_opened(self) {
        self.redirecting.set(false);
        self.popup_open.set(true);
    }

    /// Records that the window has answered.
    pub(super) fn popup_closed(self) {
        self.popup_open.set(false);
    }
}
