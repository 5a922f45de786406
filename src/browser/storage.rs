//! The browser's two storages. No secret is written here but the PKCE verifier of a sign-in under way.

use web_sys::Storage;

use super::window;

/// Which storage: of this tab, or of this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `sessionStorage`: this tab, until it is closed.
    Tab,
    /// `localStorage`: every tab of this origin.
    Browser,
}

/// The browser does not keep anything for this page: storage is blocked or full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocked;

/// The text under a key; nothing when there is none or storage is blocked.
pub fn get(place: Place, key: &str) -> Option<String> {
    storage(place)?.get_item(key).ok().flatten()
}

/// Writes the text under a key.
pub fn set(place: Place, key: &str, text: &str) -> Result<(), Blocked> {
    storage(place).ok_or(Blocked)?.set_item(key, text).map_err(|_| Blocked)
}

/// Removes a key. Removing what is not there, or from a blocked storage, leaves nothing behind either way.
pub fn remove(place: Place, key: &str) {
    if let Some(storage) = storage(place) {
        let _ = storage.remove_item(key);
    }
}

/// The keys that start with this prefix.
pub fn keys(place: Place, prefix: &str) -> Vec<String> {
    let Some(storage) = storage(place) else { return Vec::new() };
    let count = storage.length().unwrap_or(0);
    (0..count).filter_map(|index| storage.key(index).ok().flatten()).filter(|key| key.starts_with(prefix)).collect()
}

fn storage(place: Place) -> Option<Storage> {
    match place {
        Place::Tab => window().session_storage(),
        Place::Browser => window().local_storage(),
    }
    .ok()
    .flatten()
}
