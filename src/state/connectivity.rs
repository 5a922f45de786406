//! The network connection. Offline, what is typed is kept and requests wait.

use leptos::prelude::*;

use crate::platform::{time, window_events};

/// The interval at which to check whether requests may be sent, in milliseconds.
const CHECK_MS: u32 = 500;

/// The state of the network connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// Online, as far as the browser knows.
    Online,
    /// Offline.
    Offline,
    /// Online again, but an operation waits until the person continues it.
    Back,
}

/// The state of the network connection.
#[derive(Clone, Copy)]
pub struct ConnectivityStore {
    network: RwSignal<Network>,
}

impl ConnectivityStore {
    /// Starts with the browser's current state.
    pub(super) fn new() -> Self {
        let network = if window_events::is_online() { Network::Online } else { Network::Offline };
        Self { network: RwSignal::new(network) }
    }

    /// The state of the connection; reactive.
    pub fn network(self) -> Network {
        self.network.get()
    }

    /// Whether requests may be sent; reactive.
    pub fn is_online(self) -> bool {
        self.network() == Network::Online
    }

    /// Whether the network was lost and has not come back.
    pub fn is_offline(self) -> bool {
        self.network.get_untracked() == Network::Offline
    }

    /// Records that the network is lost.
    pub fn lose(self) {
        self.network.set(Network::Offline);
    }

    /// Records that the network is back; `ask_first` if an operation waits for the person.
    pub fn restore(self, ask_first: bool) {
        self.network.set(if ask_first { Network::Back } else { Network::Online });
    }

    /// Records that the person continues the operation.
    pub fn go_on(self) {
        self.network.set(Network::Online);
    }

    /// Records that no operation is left to continue.
    pub fn clear_reconnect_prompt(self) {
        if self.network.get_untracked() == Network::Back {
            self.network.set(Network::Online);
        }
    }

    /// Waits until requests may be sent.
    pub async fn wait_online(self) {
        while !untrack(|| self.is_online()) {
            time::wait(CHECK_MS).await;
        }
    }
}
