//! Without a network: what is typed stays, what would be sent waits.

use leptos::prelude::*;
use web_sys::Node;

use super::{App, Phase, fetched::Fetched};
use crate::{
    browser::page,
    ui::{
        dom::show,
        notice::{Tone, notice, paragraph},
    },
};

impl App {
    /// Watches the browser's network for as long as the page lives.
    pub(super) fn follow_network(self) {
        for event in ["online", "offline"] {
            page::on(event, move |_| {
                let offline = !page::is_online();
                self.offline.set(offline);
                if !offline {
                    self.fetch_again();
                }
            });
        }
    }

    /// Asks again for what could not be had.
    fn fetch_again(self) {
        let has_failed = self.folders.with_untracked(|it| matches!(it, Fetched::Failed(_)))
            || self.first_items.with_untracked(|it| matches!(it, Fetched::Failed(_)));
        if let (true, Phase::SignedIn(account)) = (has_failed, self.phase.get_untracked()) {
            self.fetch_ahead(&account);
        }
    }
}

/// Tells that there is no network.
pub fn warning(app: App) -> Node {
    show(
        move || app.offline.get(),
        || {
            notice(Tone::Bad, "You are offline")
                .with(paragraph("What you type is kept. What has to be sent waits until you are back online."))
                .into()
        },
    )
}
