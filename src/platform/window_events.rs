//! The page's title and lifecycle events: left, hidden, restored.

use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BeforeUnloadEvent, Event, PageTransitionEvent};

use super::{document, embedder, window};

/// Sets the page's title.
pub fn set_title(title: &str) {
    embedder::command("title", title, "");
}

/// Listens for a window event until the current owner is cleaned up.
pub fn on(event: &str, run: impl Fn(Event) + 'static) {
    listen(event, Box::new(run));
}

/// Not generic, so that its code exists once.
fn listen(event: &str, run: Box<dyn Fn(Event)>) {
    let handle = window_event_listener_untyped(event, run);
    on_cleanup(move || handle.remove());
}

/// Shows the browser's own "leave this page?" dialog while the condition holds.
pub fn ask_before_leaving(condition: impl Fn() -> bool + 'static) {
    on("beforeunload", move |event| {
        if condition() {
            event.prevent_default();
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                event.set_return_value("unsaved");
            }
        }
    });
}

/// Calls back when the page returns from the back/forward cache, which `no-store` does not prevent (M-11).
pub fn on_return(run: impl Fn() + 'static) {
    on("pageshow", move |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            run();
        }
    });
}

/// Whether the browser is online.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Whether the page is visible.
pub fn is_visible() -> bool {
    !document().hidden()
}

/// Reloads the page.
pub fn reload() {
    // Fails only while the document is already unloading.
    let _ = window().location().reload();
}

/// A function that JavaScript calls once.
pub type Once = JsValue;

/// Converts a closure to such a function.
pub fn once(run: impl FnOnce() + 'static) -> Once {
    Closure::once_into_js(run)
}
