//! The address bar: the page's own address and the fragment that holds the route.

use wasm_bindgen::JsValue;

use super::window;

/// The address to register as redirect URI: this page without query and fragment.
///
/// A trailing `index.html` is left out, since hosts serve the page under both and the portal compares exactly
/// (facts a.1).
pub fn redirect_uri() -> String {
    let location = window().location();
    let origin = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    format!("{origin}{}", path.strip_suffix("index.html").unwrap_or(&path))
}

/// The origin of this page, such as `https://keys.example.com`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The fragment with its `#`, or nothing.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Adds a history entry for another fragment; the page is told by `popstate` only when the person goes back.
pub fn push(fragment: &str) {
    let history = window().history().expect("a window has a history");
    // Refused only when a page floods the history; the route then still changes on screen.
    let _ = history.push_state_with_url(&JsValue::NULL, "", Some(fragment));
}

/// Replaces the current history entry's fragment.
pub fn replace(fragment: &str) {
    let history = window().history().expect("a window has a history");
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
}

/// Leaves this page for the portal's sign-in page.
pub fn leave_for(address: &str) {
    // The address was built from a checked portal address; a refusal leaves the person on this page.
    let _ = window().location().set_href(address);
}
