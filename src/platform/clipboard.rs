//! Writing to the clipboard. It is never read.

use js_sys::{Promise, Reflect};
use wasm_bindgen_futures::JsFuture;

use super::window;

/// The browser or the person denied writing to the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denied;

/// Copies a text; works only during a press. In a frame it needs `allow="clipboard-write"` (M-13).
///
/// The text is handed over before this returns, so the caller can drop a secret at once.
pub fn copy(text: &str) -> impl Future<Output = Result<(), Denied>> + use<> {
    let asked = write(text);
    async move {
        match asked {
            Some(promise) => JsFuture::from(promise).await.map(|_| ()).map_err(|_| Denied),
            None => Err(Denied),
        }
    }
}

fn write(text: &str) -> Option<Promise> {
    let navigator = window().navigator();
    // Missing outside a secure context, where calling the binding would throw.
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    clipboard.is_object().then(|| navigator.clipboard().write_text(text))
}
