//! The address: the redirect URI, and the fragment that contains the route.

pub use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

use super::{embedder, window};

/// The address to register as redirect URI.
pub fn redirect_uri() -> String {
    embedder::get("callback").unwrap_or_default()
}

/// The origin of this page, such as `https://keys.example.com`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The fragment with its `#`, or an empty text.
pub fn fragment() -> String {
    embedder::get("fragment").unwrap_or_default()
}

/// Adds a history entry for another fragment; `popstate` fires only when the person goes back.
pub fn push(fragment: &str) {
    embedder::command("go", fragment, "pushState");
}

/// Replaces the current history entry's fragment.
pub fn replace(fragment: &str) {
    embedder::command("go", fragment, "replaceState");
}

/// Leaves for the portal's sign-in page. If it opens in another window and this page stays, returns a promise of its
/// answer.
pub fn leave_for(address: &str, state: &str) -> Option<Promise> {
    embedder::request("leave", address, state)
}

/// Waits for the promised answer; empty if there is none. A window that is closed never answers.
pub async fn answer(promise: Promise) -> String {
    JsFuture::from(promise).await.ok().and_then(|answer| answer.as_string()).unwrap_or_default()
}
