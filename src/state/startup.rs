//! Starts and restarts the page.

use key_wizard_core::{
    auth::callback::AuthorizationResponse,
    config::Config,
    credential::draft::Draft,
    message::ConfigFault,
    operation::State,
    route::{self, Route, Step},
};
use leptos::task::spawn_local;

use super::{App, host_events};
use crate::platform::{config, embedder, http, location, time, window_events};

/// The number of tries to reach the portal after the network has come back.
const TRIES: u8 = 5;
/// The delay between tries, in milliseconds.
const RETRY_MS: u32 = 3_000;

impl App {
    /// Starts storing, following and watching changes for the life of the page.
    pub fn watch_all(self) {
        self.session.on_expired(move |by| self.session_expired(by));
        self.draft.store_on_change();
        self.follow_history();
        self.follow_network();
        self.jobs.follow_other_tabs();
        self.watch_session();
        window_events::on_return(move || {
            self.sign_in.restored();
            spawn_local(self.reconnect());
        });
    }

    /// Loads the configuration, then shows what the address asks for or handles the portal's callback. `show` renders
    /// the page, once.
    pub async fn begin(self, callback: Option<AuthorizationResponse>, show: impl AsyncFnOnce()) {
        match read_config().await {
            Ok(config) => {
                self.guide.configure(&config);
                self.session.configure(config);
            }
            Err(faults) => {
                host_events::error("config");
                self.session.misconfigured(faults);
                return show().await;
            }
        }
        embedder::emit("ready", "");
        spawn_local(self.jobs.journals().look());
        match callback {
            Some(callback) => {
                show().await;
                self.handle_response(callback).await;
            }
            None => self.begin_here(show).await,
        }
    }

    /// Handles a page that was opened without a callback.
    async fn begin_here(self, show: impl AsyncFnOnce()) {
        let fragment = location::fragment();
        let is_new = self.draft.had_no_draft();
        let is_prefilled = route::link(&fragment).is_some() || is_new && embedder::recipe().is_some();
        // Relative dates need the true date.
        if is_prefilled {
            self.set_clock().await;
        }
        match route::link(&fragment) {
            Some(query) => self.open_link(query),
            // In an element, a stored step without answers is stale.
            None if is_new && !embedder::is_alone() => {}
            None => self.follow_route(Route::parse(&fragment)),
        }
        if is_new {
            self.apply_host_prefill();
        }
        if !self.session.is_by_hand() {
            self.session.show_sign_in(None);
        }
        show().await;
        self.sign_in.watch_for_return();
        if !is_prefilled {
            self.set_clock().await;
        }
    }

    fn follow_network(self) {
        window_events::on("offline", move |_| self.connectivity.lose());
        window_events::on("online", move |_| spawn_local(self.reconnect()));
    }

    /// Waits for the portal: the browser is online, but the portal may still be unreachable.
    async fn reconnect(self) {
        if !window_events::is_online() {
            return;
        }
        if let Some(client) = self.session.client() {
            // A portal may hide its home page from other origins and still answer.
            for _ in 0..TRIES {
                if http::answers(client.root.as_str()).await {
                    break;
                }
                time::wait(RETRY_MS).await;
                if !window_events::is_online() {
                    return;
                }
            }
        }
        if self.connectivity.is_offline() {
            let is_here = self.session.is_open() && !self.jobs.is_held_elsewhere_now();
            let is_waiting = is_here && self.jobs.read_once(State::is_in_progress) == Some(true);
            self.connectivity.restore(is_waiting);
            self.content.fetch_again();
        }
    }

    /// Forgets everything the person typed.
    pub(super) fn forget_draft(self) {
        self.navigation.reject_prefill(false);
        self.jobs.clear();
        self.maps.forget_named();
        self.draft.replace(Draft::new(time::today()));
        self.apply_host_prefill();
        location::replace(Route::SignIn.fragment());
    }

    /// Starts over: with an empty draft, or with what was typed for something else.
    pub fn start_over(self) {
        match self.jobs.owns_draft() {
            true => {
                self.forget_draft();
                location::push(Route::Step(self.draft.step_once()).fragment());
            }
            false => self.jobs.start_another(),
        }
        self.reconcile_again();
        self.jobs.resume_next();
    }
}

impl App {
    /// Starts another credential like the one just created.
    pub fn start_alike(self) {
        let now = time::now();
        let made = self.jobs.read_once(|state| state.operation.facts.item.requested_since()).flatten();
        let draft = self.draft.read_once(|draft| draft.another(made.unwrap_or(now), now));
        self.navigation.reject_prefill(false);
        self.jobs.clear();
        self.draft.replace(draft);
        // There is no way back to the page of the key.
        location::replace(Route::Step(Step::Credentials).fragment());
        self.reconcile_again();
        self.jobs.resume_next();
    }

    /// Uses the content of a recipe for another credential like it.
    pub fn use_alike(self) {
        let now = time::now();
        self.draft.replace(self.draft.read_once(|draft| draft.another(now, now)));
        self.navigation.show(Step::Credentials);
    }
}

async fn read_config() -> Result<Config, Vec<ConfigFault>> {
    match config::fetch().await {
        Ok(text) => Config::parse(&text).map_err(|problems| problems.into_iter().map(ConfigFault::Problem).collect()),
        Err(status) => Err(vec![ConfigFault::NotServed { status }]),
    }
}
