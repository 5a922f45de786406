//! The run-time lock of the network: afterward the page can connect only to its own origin and one portal.

use super::embedder;

/// Adds a content security policy that allows connections to this origin and the portal's, for the life of the page. An
/// embedding page keeps its own policy.
///
/// A policy from a `meta` element stays in force even when the element is removed (M-14).
pub fn lock_connections(portal_origin: &str) {
    embedder::command("lock", portal_origin, "");
}

/// Whether the policy lets the page connect to this portal.
pub fn allows(portal_origin: &str) -> bool {
    embedder::get("locked").is_none_or(|locked| locked == portal_origin)
}
