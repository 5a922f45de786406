//! The start: configuration, the portal's answer if there is one, and the first view; and the end.

use key_wizard_core::{
    auth::callback::Callback,
    config::Config,
    route::{self, Route},
};
use leptos::{mount::mount_to, prelude::*, task::spawn_local};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use super::{App, Phase, clock, recovery, tell, view::page as page_of};
use crate::{
    i18n,
    platform::{self, embedder, location, panics, window_events},
    ui::secret_once,
};

/// Starts the app in `root`. `answer` is what the portal sent the person back with, or nothing. Returns the function
/// that ends it: the session at the portal, every listener outside `root`, the key.
#[wasm_bindgen]
pub fn start(host: embedder::Host, root: HtmlElement, answer: &str) -> window_events::Once {
    panics::report_places_only();
    embedder::set(host);
    let callback = Callback::parse(answer);
    root.set_text_content(None);
    // It only sets up what runs effects: what it returns would not end what lives on in their owners.
    mount_to(root.clone(), || ()).forget();
    let owner = Owner::new();
    let app = owner.with(|| {
        clock::recall();
        let app = App::at_start();
        app.keep_draft();
        app.follow_history();
        app.follow_network();
        app.watch_session();
        // Back from the portal by the browser's cache, as if nobody had left.
        window_events::on_return(move || {
            app.leaving.set(false);
            app.watch_for_return();
            spawn_local(app.reconnect());
        });
        root.append_child(&page_of(app)).expect("an element takes children");
        app
    });
    spawn_local(async move { app.begin(callback).await });
    window_events::once(move || {
        app.stop();
        owner.cleanup();
    })
}

impl App {
    async fn begin(self, callback: Option<Callback>) {
        match read_config().await {
            Ok(config) => self.config.set_value(Some(config)),
            Err(faults) => {
                tell::error("config");
                return self.phase.set(Phase::Misconfigured(faults));
            }
        }
        embedder::say("ready", "");
        // What is too old goes, whoever comes.
        spawn_local(async { drop(recovery::kept().await) });
        match callback {
            Some(callback) => self.come_back(callback).await,
            None => {
                let fragment = location::fragment();
                let is_told = route::link(&fragment).is_some() || self.is_new && embedder::recipe().is_some();
                // Days from today are counted from the true day.
                if is_told {
                    self.set_clock().await;
                }
                match route::link(&fragment) {
                    Some(query) => self.open_link(query),
                    None => self.follow_route(Route::parse(&fragment)),
                }
                if self.is_new {
                    self.begin_as_told();
                }
                self.phase.set(Phase::SignedOut(None));
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
    fn stop(self) {
        secret_once::wipe(self.key);
        self.part(Box::new(i18n::sign_in::signed_out));
    }
}

async fn read_config() -> Result<Config, Vec<String>> {
    match platform::config::fetch().await {
        Ok(text) => Config::parse(&text).map_err(|problems| problems.iter().map(i18n::config::sentence).collect()),
        Err(status) => Err(vec![i18n::config::not_found(status)]),
    }
}
