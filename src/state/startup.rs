//! The start: configuration, the portal's answer if there is one, and the first step; and the end.

use key_wizard_core::{
    auth::callback::Callback,
    config::Config,
    route::{self, Route},
};
use leptos::{prelude::*, task::spawn_local};

use super::{App, Phase, host_events, recovery};
use crate::{
    i18n,
    platform::{self, embedder, location, window_events},
    ui::secret_once,
};

impl App {
    /// Begins to keep, to follow and to watch what changes for as long as the page lives.
    pub fn watch_all(self) {
        self.save_draft_on_change();
        self.follow_history();
        self.follow_network();
        self.watch_session();
        // Back from the portal by the browser's cache, as if nobody had left.
        window_events::on_return(move || {
            self.redirecting.set(false);
            self.watch_for_return();
            spawn_local(self.reconnect());
        });
    }

    /// Reads the configuration, then shows what the address asks for, or takes up what the portal sent. `show` puts the
    /// page on the screen, once.
    pub async fn begin(self, callback: Option<Callback>, show: impl FnOnce()) {
        match read_config().await {
            Ok(config) => self.config.set_value(Some(config)),
            Err(faults) => {
                host_events::error("config");
                self.phase.set(Phase::Misconfigured(faults));
                return show();
            }
        }
        embedder::emit("ready", "");
        // What is too old goes, whoever comes.
        spawn_local(async { drop(recovery::stored_records().await) });
        match callback {
            Some(callback) => {
                show();
                self.come_back(callback).await;
            }
            None => {
                let fragment = location::fragment();
                let is_told = route::link(&fragment).is_some() || self.had_no_draft && embedder::recipe().is_some();
                // Days from today are counted from the true day.
                if is_told {
                    self.set_clock().await;
                }
                match route::link(&fragment) {
                    Some(query) => self.open_link(query),
                    None => self.follow_route(Route::parse(&fragment)),
                }
                if self.had_no_draft {
                    self.apply_host_prefill();
                }
                self.phase.set(Phase::SignedOut(None));
                show();
                self.watch_for_return();
                if !is_told {
                    self.set_clock().await;
                }
            }
        }
    }

    /// Shows the step of a route, as far as it can be shown now.
    pub(super) fn follow_route(self, route: Route) {
        if let Route::Step(step) = route {
            let step = self.reachable(step);
            self.wizard.update(|wizard| wizard.go_to(step));
        }
    }

    /// Lets the browser's Back and Forward, and edits of the address, walk the steps.
    fn follow_history(self) {
        window_events::on("popstate", move |_| self.follow_address());
    }

    /// Nobody is there any more to answer; the session must not outlive the page it was for.
    pub fn stop(self) {
        secret_once::wipe(self.key);
        self.close_session(Box::new(i18n::sign_in::signed_out));
    }
}

async fn read_config() -> Result<Config, Vec<String>> {
    match platform::config::fetch().await {
        Ok(text) => Config::parse(&text).map_err(|problems| problems.iter().map(i18n::config::sentence).collect()),
        Err(status) => Err(vec![i18n::config::not_found(status)]),
    }
}
