//! The page's life: its title, and the events when it is left, hidden or brought back.

use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BeforeUnloadEvent, Event, PageTransitionEvent};

use super::{document, embedder, window};

/// Sets the page's title.
pub fn set_title(title: &str) {
    embedder::command("title", title, "");
}

/// Calls back for a window event until the owner in scope is cleaned up.
pub fn on(event: &str, run: impl Fn(Event) + 'static) {
    listen(event, Box::new(run));
}

/// One function for all.
fn listen(event: &str, run: Box<dyn Fn(Event)>) {
    let handle = window_event_listener_untyped(event, run);
    on_cleanup(move || handle.remove());
}

/// Asks "leave this page?" in the browser's own words while the condition holds.
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

/// Calls back when the page returns from the back-forward cache, which `no-store` does not prevent (M-11).
pub fn on_return(run: impl Fn() + 'static) {
    on("pageshow", move |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            run();
        }
    });
}

/// Whether the browser has a network at all.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Whether anybody can see it.
pub fn is_visible() -> bool {
    !document().hidden()
}

/// Loads the page anew.
pub fn reload() {
    // Fails only while the document unloads already.
    let _ = window().location().reload();
}

/// Something for JavaScript to call once.
pub type Once = JsValue;

/// A closure as such.
pub fn once(run: impl FnOnce() + 'static) -> Once {
    Closure::once_into_js(run)
}
