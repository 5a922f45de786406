//! One tab at a time: a Web Lock that is held until it is let go, the tab ends, or another tab takes it.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    // web-sys counts it among the unstable ones.
    #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
    fn request(name: &str, options: &Object, granted: &Function) -> Result<Promise, JsValue>;
}

/// A lock that is held until it is [let go](Self::let_go), once or more often.
#[derive(Clone)]
pub struct Lock(Option<Function>);

impl Lock {
    /// Lets another tab have it.
    pub fn let_go(self) {
        if let Some(done) = self.0 {
            // It only resolves a promise.
            let _ = done.call0(&JsValue::NULL);
        }
    }
}

/// Takes the lock of this name, from another tab if `steal` says so; none if another tab holds it. `lost` is called when
/// another tab takes it away. Where the browser has no locks, everybody gets one.
pub async fn take(name: &str, steal: bool, lost: impl FnOnce() + 'static) -> Option<Lock> {
    let options = Object::new();
    let mode = if steal { "steal" } else { "ifAvailable" };
    Reflect::set(&options, &mode.into(), &JsValue::TRUE).expect("a plain object takes any property");
    let done: Rc<RefCell<Option<Function>>> = Rc::default();
    let mut until_let_go = None;
    let granted = Promise::new(&mut |tell, _| {
        let done = done.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| {
            let is_granted = !lock.is_null();
            let _ = tell.call1(&JsValue::NULL, &is_granted.into());
            // The lock is held for as long as the promise given back is open.
            match is_granted {
                true => Promise::new(&mut |resolve, _| *done.borrow_mut() = Some(resolve)).into(),
                false => JsValue::UNDEFINED,
            }
        });
        until_let_go = request(name, &options, granted.unchecked_ref()).ok();
    });
    let Some(until_let_go) = until_let_go else { return Some(Lock(None)) };
    // Where storage is blocked the browser refuses before it grants anything.
    match JsFuture::from(Promise::race(&Array::of2(&granted, &until_let_go))).await {
        Ok(is_granted) if is_granted.is_truthy() => {}
        Ok(_) => return None,
        Err(_) => return Some(Lock(None)),
    }
    spawn_local(async move {
        if JsFuture::from(until_let_go).await.is_err() {
            lost();
        }
    });
    Some(Lock(done.take()))
}
