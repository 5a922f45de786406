//! The entry: mounts the page, and ends it.

use futures::future::abortable;
use key_wizard_core::auth::callback::AuthorizationResponse;
use leptos::{mount::mount_to, prelude::*, task::spawn_local};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use crate::{
    pages::root_view::mount_page,
    platform::{embedder, panics, window_events},
    state::{App, clock_skew},
};

/// Starts the app in `root`. `answer` is the portal's callback, or empty. Returns a function that ends the app: its
/// session at the portal, every listener outside `root`, the key.
#[wasm_bindgen]
pub fn start(host: embedder::Host, root: HtmlElement, answer: &str) -> window_events::Once {
    panics::report_places_only();
    embedder::set(host);
    let callback = AuthorizationResponse::parse(answer);
    // Only sets up the executor of effects: dropping its result would not end what their owners keep alive.
    mount_to(root.clone(), || ()).forget();
    let owner = Owner::new();
    let app = owner.with(|| {
        clock_skew::recall();
        let app = App::at_start();
        app.watch_all();
        app
    });
    // The existing content of `root` stays and works until then, so that nobody sees an empty page.
    let show = {
        let owner = owner.clone();
        async move || {
            embedder::take_over().await;
            owner.with(|| mount_page(app, &root));
            embedder::shown();
        }
    };
    // A start that outlives its element would use disposed stores.
    let (start, start_handle) = abortable(async move { app.begin(callback, show).await });
    spawn_local(async move {
        let _ended = start.await;
    });
    window_events::once(move || {
        start_handle.abort();
        app.stop();
        owner.cleanup();
    })
}
