//! The browser's permission for pages to reach addresses of the local network (Chrome 142 and later).

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::window;

/// The names under which browsers know it.
const NAMES: [&str; 2] = ["local-network-access", "local-network"];

/// Whether the person or the page around a frame has said no to it. A browser that does not know it asks nobody.
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
    // A name that the browser does not know is an error.
    let status: JsValue = JsFuture::from(promise).await.ok()?;
    Reflect::get(&status, &"state".into()).ok()?.as_string()
}
