//! How the browser is connected. Without a network, what is typed stays, and what would be sent waits.

use leptos::prelude::*;

use crate::platform::{time, window_events};

/// How often it is checked whether something may be sent, in milliseconds.
const CHECK_MS: u32 = 500;

/// How the browser is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// As far as it knows.
    Online,
    /// Not at all.
    Offline,
    /// Again, and an operation waits until the person lets it go on.
    Back,
}

/// How the browser is connected.
#[derive(Clone, Copy)]
pub struct ConnectivityStore {
    network: RwSignal<Network>,
}

impl ConnectivityStore {
    /// What the browser says now.
    pub(super) fn new() -> Self {
        let network = if window_events::is_online() { Network::Online } else { Network::Offline };
        Self { network: RwSignal::new(network) }
    }

    /// How the browser is connected, and again whenever that changes.
    pub fn network(self) -> Network {
        self.network.get()
    }

    /// Whether something may be sent, and again whenever that changes.
    pub fn is_online(self) -> bool {
        self.network() == Network::Online
    }

    /// Whether the network was lost and has not come back.
    pub fn is_offline(self) -> bool {
        self.network.get_untracked() == Network::Offline
    }

    /// The network is lost.
    pub fn lose(self) {
        self.network.set(Network::Offline);
    }

    /// The network is back; the person is asked first if an operation waits for it.
    pub fn restore(self, ask_first: bool) {
        self.network.set(if ask_first { Network::Back } else { Network::Online });
    }

    /// The person lets the operation go on.
    pub fn go_on(self) {
        self.network.set(Network::Online);
    }

    /// There is no longer an operation that could go on.
    pub fn clear_reconnect_prompt(self) {
        if self.network.get_untracked() == Network::Back {
            self.network.set(Network::Online);
        }
    }

    /// Waits until something may be sent.
    pub async fn wait_online(self) {
        while !untrack(|| self.is_online()) {
            time::wait(CHECK_MS).await;
        }
    }
}
