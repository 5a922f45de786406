//! What this tab keeps for itself, in `sessionStorage`. No secret is written here but the PKCE verifier of a sign-in
//! under way.

use web_sys::Storage;

use super::window;

/// The browser does not keep anything for this page: storage is blocked or full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocked;

/// The text under a key; nothing when there is none or storage is blocked.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Writes the text under a key.
pub fn set(key: &str, text: &str) -> Result<(), Blocked> {
    storage().ok_or(Blocked)?.set_item(key, text).map_err(|_| Blocked)
}

/// Removes a key. Removing what is not there, or from a blocked storage, leaves nothing behind either way.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
