//! Records for every tab of this browser that outlast its sudden end (`src/embed/records.js`). No secret is written here.

use js_sys::{Array, JsString, Promise};
use wasm_bindgen_futures::JsFuture;

use super::{embedder, session_storage::Blocked};

/// A record on its way to the disk. Those that are begun later get there later.
pub struct Written(Option<Promise>);

impl Written {
    /// Ends when it is there.
    pub async fn whole(self) -> Result<(), Blocked> {
        let is_there = JsFuture::from(self.0.ok_or(Blocked)?).await.is_ok_and(|it| it.is_truthy());
        is_there.then_some(()).ok_or(Blocked)
    }
}

/// Writes the text under a name, or removes the name if the text is empty.
pub fn put(name: &str, text: &str) -> Written {
    Written(embedder::request("records", name, text))
}

/// All names and their texts in turn; none where storage is blocked.
pub async fn all() -> Vec<String> {
    let Some(asked) = embedder::request("records", "", "") else { return Vec::new() };
    let Ok(all) = JsFuture::from(asked).await else { return Vec::new() };
    Array::from(&all).iter().map(|it| JsString::from(it).into()).collect()
}
