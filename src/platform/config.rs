//! The text of files beside the page: the configuration, and the data of the privileges step.

use key_wizard_core::timestamp::Timestamp;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

use super::{embedder, time, window};

/// The text of `config.json`, or the HTTP status if the request failed (0 without an answer).
pub async fn fetch() -> Result<String, u16> {
    file("config").await
}

/// The text of the data, if its hash matches the build.
pub async fn guide() -> Result<String, u16> {
    file("guide").await
}

async fn file(name: &str) -> Result<String, u16> {
    let text = embedder::request(name, "", "").ok_or(0u16)?;
    let text = JsFuture::from(text).await.map_err(|status| status.as_f64().unwrap_or(0.0) as u16)?;
    text.as_string().ok_or(0)
}

/// The host's time, by the headers of a response that bypasses the browser's cache; `None` if unknown.
pub async fn host_clock() -> Option<Timestamp> {
    let head = RequestInit::new();
    head.set_method("HEAD");
    head.set_cache(RequestCache::NoStore);
    let answer = JsFuture::from(window().fetch_with_str_and_init(&embedder::get("clock")?, &head)).await.ok()?;
    let headers = answer.unchecked_into::<Response>().headers();
    let made = time::parse(&headers.get("date").ok()??)?;
    // `Age` is the number of seconds that the response has been in a cache (RFC 9111, 5.1).
    let age: i64 = headers.get("age").ok().flatten().and_then(|header| header.parse().ok()).unwrap_or(0);
    Some(made.plus_millis(1000 * age))
}
