//! The text of the configuration.

use wasm_bindgen_futures::JsFuture;

use super::host::host;

/// The text of `config.json`, or the HTTP status if the host has none (0 if it does not answer).
pub async fn fetch() -> Result<String, u16> {
    let text = JsFuture::from(host().config()).await.map_err(|status| status.as_f64().unwrap_or(0.0) as u16)?;
    text.as_string().ok_or(0)
}
