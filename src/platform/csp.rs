//! The run-time lock of the network: after it the page can talk to its own origin and one portal only.

use super::embedder;

/// Adds a content security policy that allows connections to this origin and the portal's, for the life of the page.
/// A page that is somebody else's keeps its own.
///
/// A policy from a `meta` element stays in force even when the element is removed (M-14).
pub fn lock_connections(portal_origin: &str) {
    embedder::command("lock", portal_origin, "");
}

/// Whether the page can talk to this portal.
pub fn allows(portal_origin: &str) -> bool {
    embedder::get("locked").is_none_or(|locked| locked == portal_origin)
}
