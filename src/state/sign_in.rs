//! How a sign-in is getting on, and what is kept of it until an answer comes.

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

/// For how long an answer is waited for before the person is asked what happened, in milliseconds: two minutes.
const OVERDUE_MS: i64 = 2 * 60 * 1000;
/// Where this tab notes when it left for a portal whose answer has not come.
fn departure_name() -> String {
    [pending::LEFT, &embedder::place()].concat()
}

/// How a sign-in is getting on.
#[derive(Clone, Copy)]
pub struct SignInStore {
    redirecting: RwSignal<bool>,
    popup_open: RwSignal<bool>,
    callback_overdue: RwSignal<bool>,
    /// Why the session could not be extended.
    extend_error: RwSignal<Option<News>>,
    /// A sign-in under way that storage does not keep.
    pending: StoredValue<Option<Pending>, LocalStorage>,
}

impl SignInStore {
    /// Without a sign-in under way.
    pub(super) fn new() -> Self {
        Self {
            redirecting: RwSignal::new(false),
            popup_open: RwSignal::new(false),
            callback_overdue: RwSignal::new(false),
            extend_error: RwSignal::new(None),
            pending: StoredValue::new_local(None),
        }
    }

    /// Whether the page is about to leave for a portal; read again whenever that changes.
    pub fn is_redirecting(self) -> bool {
        self.redirecting.get()
    }

    /// Whether the portal's page is open in another window; read again whenever that changes.
    pub fn is_popup_open(self) -> bool {
        self.popup_open.get()
    }

    /// Whether the page left for a portal minutes ago, and nothing has come back; read again whenever that changes.
    pub fn is_callback_overdue(self) -> bool {
        self.callback_overdue.get()
    }

    /// Why the session could not be extended, if that was tried; read again whenever that changes.
    pub fn extend_error(self) -> Option<News> {
        self.extend_error.get()
    }

    /// The session is no longer about to end.
    pub fn clear_extend_error(self) {
        self.extend_error.set(None);
    }

    /// The session could not be extended.
    pub fn extend_failed(self, news: News) {
        self.extend_error.set(Some(news));
    }

    /// Does what only a press allows. False if the page is on its way already.
    pub(super) fn begin_to_leave(self, target: &Target) -> bool {
        if self.redirecting.get_untracked() {
            return false;
        }
        self.redirecting.set(true);
        self.clear_extend_error();
        embedder::begin_to_leave(target.root.origin());
        true
    }

    /// The page does not leave after all.
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

    /// Nobody comes back from a portal's own error page: after two minutes the person is asked whether that is what
    /// happened.
    pub fn watch_for_return(self) {
        let Some(since) = session_storage::get(&departure_name()).and_then(|text| text.parse().ok()) else { return };
        let rest = Timestamp(since).plus_millis(OVERDUE_MS).millis_since(time::by_the_browser());
        spawn_local(async move {
            time::wait(rest.clamp(0, OVERDUE_MS) as u32).await;
            self.callback_overdue.set(session_storage::get(&departure_name()).is_some());
        });
    }

    /// The page has come back from the browser's cache, as if nobody had left.
    pub fn restored(self) {
        self.redirecting.set(false);
        self.watch_for_return();
    }

    /// The page is about to leave: notes when, and keeps what an answer is compared with. False if storage keeps nothing,
    /// so that only this page can take the answer up.
    pub(super) fn departs(self, pending: Pending, now: Timestamp) -> bool {
        let is_stored = session_storage::set(&pending.key(), pending.record().expose()).is_ok();
        if !is_stored {
            self.pending.set_value(Some(pending));
        }
        // Where storage is blocked, the window is all there is.
        let _ = session_storage::set(&departure_name(), &now.0.to_string());
        self.watch_for_return();
        is_stored
    }

    /// The page may leave once more: the person may have stopped the browser on its way.
    pub(super) fn may_leave_again(self) {
        self.redirecting.set(false);
    }

    /// The portal is shown in another window.
    pub(super) fn popup_opened(self) {
        self.redirecting.set(false);
        self.popup_open.set(true);
    }

    /// That window has answered.
    pub(super) fn popup_closed(self) {
        self.popup_open.set(false);
    }
}
