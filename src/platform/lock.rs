//! One tab at a time: a lock that is held until it is let go, the tab ends, or another tab takes it
//! (`src/embed/locks.js`).

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::embedder;

/// A lock that is held until it is [let go](Self::let_go), once or more often.
#[derive(Clone)]
pub struct Lock(Function);

impl Lock {
    /// Lets another tab have it.
    pub fn let_go(self) {
        // It only resolves a promise.
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// Takes the lock of this name, from another tab if `steal` says so; none if another tab holds it. `lost` is called when
/// another tab takes it away. Where the browser has no locks, everybody gets one.
pub async fn take(name: &str, steal: bool, lost: Box<dyn FnOnce()>) -> Option<Lock> {
    let asked = embedder::request("hold", name, if steal { "steal" } else { "ifAvailable" })?;
    let lock = Lock(JsFuture::from(asked).await.ok()?.dyn_into().ok()?);
    if let Some(gone) = embedder::request("lost", name, "") {
        spawn_local(async move {
            if JsFuture::from(gone).await.is_ok_and(|it| it.is_truthy()) {
                lost();
            }
        });
    }
    Some(lock)
}
