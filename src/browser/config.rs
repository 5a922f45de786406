//! Fetching `config.json`, which lies beside the page and is preloaded by it.

use gloo_net::http::Request;
use web_sys::RequestCredentials;

/// The text of `config.json`, or the HTTP status if the host has none (0 if it does not answer).
pub async fn fetch() -> Result<String, u16> {
    let response =
        Request::get("config.json").credentials(RequestCredentials::SameOrigin).send().await.map_err(|_| 0u16)?;
    if !response.ok() {
        return Err(response.status());
    }
    response.text().await.map_err(|_| 0)
}
