//! This tab's data in `sessionStorage`. No secret is written here except the PKCE verifier of a pending sign-in.

use web_sys::Storage;

use super::window;

/// Storage is blocked or full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blocked;

/// The text under a key; `None` if there is none or storage is blocked.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Writes the text under a key.
pub fn set(key: &str, text: &str) -> Result<(), Blocked> {
    storage().ok_or(Blocked)?.set_item(key, text).map_err(|_| Blocked)
}

/// Removes a key. If it does not exist or storage is blocked, nothing is left either way.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
