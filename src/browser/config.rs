//! Fetching `config.json`, which lies beside the page and is preloaded by it.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::window;

/// The text of `config.json`, or the HTTP status if the host has none (0 if it does not answer).
pub async fn fetch() -> Result<String, u16> {
    let answer = JsFuture::from(window().fetch_with_str("config.json")).await.map_err(|_| 0u16)?;
    let response: Response = answer.unchecked_into();
    if !response.ok() {
        return Err(response.status());
    }
    let text = response.text().map_err(|_| 0u16)?;
    JsFuture::from(text).await.ok().and_then(|text| text.as_string()).ok_or(0)
}
