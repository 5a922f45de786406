//! The start of the page: configuration, the portal's answer if there is one, and the first view.

use leptos::{mount::mount_to, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use web_sys::HtmlElement;

use super::{App, Phase, clock, view::page as page_of};
use crate::{
    auth::callback::Callback,
    browser::{self, location, page},
    config::Config,
    i18n,
    route::{self, Route},
};

/// Starts the app in the page's `#app`. `answer` is what the loader took from the address bar, or nothing.
#[wasm_bindgen]
pub fn start(answer: &str) {
    let callback = Callback::parse(answer);
    let root: HtmlElement = browser::document()
        .get_element_by_id("app")
        .expect("index.html has the element")
        .dyn_into()
        .expect("it is an HTML element");
    root.set_text_content(None);
    mount_to(root.clone(), move || {
        clock::recall();
        let app = App::new();
        app.keep_draft();
        app.follow_history();
        app.follow_network();
        app.watch_session();
        spawn_local(async move { app.begin(callback).await });
        root.append_child(&page_of(app)).expect("an element takes children");
    })
    .forget();
}

impl App {
    async fn begin(self, callback: Option<Callback>) {
        match read_config().await {
            Ok(config) => self.config.set_value(Some(config)),
            Err(faults) => return self.phase.set(Phase::Misconfigured(faults)),
        }
        match callback {
            Some(callback) => self.come_back(callback).await,
            None => {
                let fragment = location::fragment();
                match route::link(&fragment) {
                    Some(query) => self.open_link(query),
                    None => self.follow_route(Route::parse(&fragment)),
                }
                self.phase.set(Phase::SignedOut(None));
                self.set_clock().await;
            }
        }
    }

    /// Shows the step of a route, as far as it can be shown now.
    pub(super) fn follow_route(self, route: Route) {
        if let Route::Step(step) = route {
            self.wizard.update(|wizard| wizard.go_to(self.reachable(step)));
        }
    }

    /// Lets the browser's Back and Forward, and edits of the address, walk the steps.
    fn follow_history(self) {
        page::on("popstate", move |_| self.follow_address());
    }
}

async fn read_config() -> Result<Config, Vec<String>> {
    match browser::config::fetch().await {
        Ok(text) => Config::parse(&text).map_err(|problems| problems.iter().map(i18n::config::sentence).collect()),
        Err(status) => Err(vec![i18n::config::not_found(status)]),
    }
}
