//! The run-time lock of the network: after it the page can talk to its own origin and one portal only.

use super::document;

/// Adds a content security policy that allows connections to this origin and the portal's, for the life of the page.
///
/// A policy from a `meta` element stays in force even when the element is removed (design E17).
pub fn lock_connections(portal_origin: &str) {
    let meta = document().create_element("meta").expect("`meta` is a valid name");
    let content = format!("connect-src 'self' {portal_origin}");
    meta.set_attribute("http-equiv", "Content-Security-Policy").expect("`http-equiv` is a valid name");
    meta.set_attribute("content", &content).expect("`content` is a valid name");
    let head = document().head().expect("the page has a head");
    head.append_child(&meta).expect("a head takes a `meta`");
}
