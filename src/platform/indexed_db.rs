//! Entries shared by all tabs of this browser that survive a crash (`src/embed/records.js`). No secret is written here.

use js_sys::{Array, JsString, Promise};
use wasm_bindgen_futures::JsFuture;

use super::{embedder, session_storage::Blocked};

/// The embedder's request for all of this.
const RECORDS: &str = "records";

/// A write in progress. Writes complete in the order in which they began.
pub struct PendingWrite(Option<Promise>);

impl PendingWrite {
    /// Waits until the entry is on the disk.
    pub async fn whole(self) -> Result<(), Blocked> {
        let is_there = JsFuture::from(self.0.ok_or(Blocked)?).await.is_ok_and(|there| there.is_truthy());
        is_there.then_some(()).ok_or(Blocked)
    }
}

/// Writes a text under a key.
pub fn put(name: &str, text: &str) -> PendingWrite {
    PendingWrite(embedder::request(RECORDS, name, text))
}

/// Deletes the entry of a key.
pub fn delete(name: &str) {
    // An empty text deletes the entry.
    embedder::request(RECORDS, name, "");
}

/// All entries, as pairs of key and text; empty if storage is blocked.
pub async fn all() -> Vec<[String; 2]> {
    let Some(asked) = embedder::request(RECORDS, "", "") else { return Vec::new() };
    let Ok(all) = JsFuture::from(asked).await else { return Vec::new() };
    let all = Array::from(&all);
    let mut texts = all.iter().map(|text| String::from(JsString::from(text)));
    let mut entries = Vec::new();
    while let (Some(name), Some(text)) = (texts.next(), texts.next()) {
        entries.push([name, text]);
    }
    entries
}
