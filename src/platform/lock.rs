//! One tab at a time: a lock that is held until it is released, the tab ends, or another tab steals it
//! (`src/embed/locks.js`).

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::embedder;

/// A lock that is held until it is [released](Self::let_go).
#[derive(Clone)]
pub struct Lock(Function);

impl Lock {
    /// Releases the lock.
    pub fn let_go(self) {
        // It only resolves a promise.
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// The behavior if another tab holds the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// Leave it to that tab.
    IfFree,
    /// Steal it from that tab.
    Steal,
}

/// Takes the lock with this name; `None` if another tab keeps it. Calls `lost` when another tab steals it. In a browser
/// without locks, every caller gets one.
pub async fn take(name: &str, take: Take, lost: Box<dyn FnOnce()>) -> Option<Lock> {
    let mode = match take {
        Take::IfFree => "ifAvailable",
        Take::Steal => "steal",
    };
    let asked = embedder::request("hold", name, mode)?;
    let lock = Lock(JsFuture::from(asked).await.ok()?.dyn_into().ok()?);
    if let Some(gone) = embedder::request("lost", name, "") {
        spawn_local(async move {
            if JsFuture::from(gone).await.is_ok_and(|is_gone| is_gone.is_truthy()) {
                lost();
            }
        });
    }
    Some(lock)
}
