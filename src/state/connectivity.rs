//! Without a network: what is typed stays, what would be sent waits. Whether an operation goes on is asked first.

use key_wizard_core::operation::State;
use leptos::{prelude::*, task::spawn_local};

use super::{App, loadable::Loadable};
use crate::platform::{http, time, window_events};

/// How often the portal is tried.
const TRIES: u8 = 5;
/// How long to wait before it is tried again, in milliseconds.
const TRY_MS: u32 = 3_000;
/// How often whoever waits looks whether it may go on, in milliseconds.
const LOOK_MS: u32 = 500;

/// How the browser is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// As far as it knows.
    Online,
    /// Not at all.
    Offline,
    /// Again, and an operation waits for the person's word.
    Back,
}

impl Network {
    /// What the browser says.
    pub fn now() -> Self {
        if window_events::is_online() { Self::Online } else { Self::Offline }
    }
}

impl App {
    /// Watches the browser's network for as long as the page lives.
    pub(super) fn follow_network(self) {
        window_events::on("offline", move |_| self.network.set(Network::Offline));
        window_events::on("online", move |_| spawn_local(self.reconnect()));
    }

    /// There is nothing any more that could go on.
    pub(super) fn clear_reconnect_prompt(self) {
        if self.network.get_untracked() == Network::Back {
            self.network.set(Network::Online);
        }
    }

    /// The browser says it has a network; whether the portal can be reached over it is another matter.
    pub(super) async fn reconnect(self) {
        if !window_events::is_online() {
            return;
        }
        if let Some(client) = self.client() {
            // A portal may hide its first page from others and answer all the same.
            for _ in 0..TRIES {
                if http::answers(client.root.as_str()).await {
                    break;
                }
                time::wait(TRY_MS).await;
                if !window_events::is_online() {
                    return;
                }
            }
        }
        if self.network.get_untracked() == Network::Offline {
            let is_here = self.has_session() && !self.held_by_other_tab.get_untracked();
            let is_waiting = is_here && self.operation_untracked(State::is_in_progress) == Some(true);
            self.network.set(if is_waiting { Network::Back } else { Network::Online });
            self.fetch_again();
        }
    }

    /// Whether something may be sent, and again whenever that changes.
    pub fn is_online(self) -> bool {
        self.network.get() == Network::Online
    }

    /// Waits until something may be sent.
    pub(super) async fn connected(self) {
        while !untrack(|| self.is_online()) {
            time::wait(LOOK_MS).await;
        }
    }

    /// Asks again for what could not be had.
    pub fn fetch_again(self) {
        let has_failed = self.folders.with_untracked(|it| matches!(it, Loadable::Failed(_)))
            || self.first_items.with_untracked(|it| matches!(it, Loadable::Failed(_)));
        if let (true, Some(account)) = (has_failed, self.person()) {
            self.fetch_ahead(&account);
        }
    }
}
