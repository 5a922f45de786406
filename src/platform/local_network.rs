//! The browser's permission for pages to reach addresses of the local network (Chrome 142 and later).

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::window;

/// The names of the permission in different browsers.
const NAMES: [&str; 2] = ["local-network-access", "local-network"];

/// Whether the person or the embedding page has denied it. A browser without the permission does not block anything.
pub async fn is_denied() -> bool {
    for name in NAMES {
        if state(name).await.is_some_and(|state| state == "denied") {
            return true;
        }
    }
    false
}

async fn state(name: &str) -> Option<String> {
    let permissions = Reflect::get(&window().navigator(), &"permissions".into()).ok()?;
    let query: Function = Reflect::get(&permissions, &"query".into()).ok()?.dyn_into().ok()?;
    let asked = Object::new();
    Reflect::set(&asked, &"name".into(), &name.into()).ok()?;
    let promise: Promise = query.call1(&permissions, &asked).ok()?.dyn_into().ok()?;
    // An unknown permission name is an error.
    let status: JsValue = JsFuture::from(promise).await.ok()?;
    Reflect::get(&status, &"state".into()).ok()?.as_string()
}
