//! The texts of files beside the page: the configuration, and the data of the privileges step.

use key_wizard_core::timestamp::Timestamp;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

use super::{embedder, time, window};

/// The text of `config.json`, or the HTTP status if the host has none (0 if it does not answer).
pub async fn fetch() -> Result<String, u16> {
    file("config").await
}

/// The text of the data, if it is as it was built.
pub async fn guide() -> Result<String, u16> {
    file("guide").await
}

async fn file(name: &str) -> Result<String, u16> {
    let text = embedder::request(name, "", "").ok_or(0u16)?;
    let text = JsFuture::from(text).await.map_err(|status| status.as_f64().unwrap_or(0.0) as u16)?;
    text.as_string().ok_or(0)
}

/// The host's clock, by the headers of an answer nobody kept; none if it does not say.
pub async fn host_clock() -> Option<Timestamp> {
    let head = RequestInit::new();
    head.set_method("HEAD");
    head.set_cache(RequestCache::NoStore);
    let answer = JsFuture::from(window().fetch_with_str_and_init(&embedder::get("clock")?, &head)).await.ok()?;
    let headers = answer.unchecked_into::<Response>().headers();
    let made = time::parse(&headers.get("date").ok()??)?;
    // A host's cache says how many seconds ago that was (RFC 9111, 5.1).
    let age: i64 = headers.get("age").ok().flatten().and_then(|header| header.parse().ok()).unwrap_or(0);
    Some(made.plus_millis(1000 * age))
}
