//! The REST client of native tests: sends the core's requests with reqwest.

use std::time::Duration;

use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::request::{Encoded, Request};
use key_wizard_core::portal::response::Raw;
use key_wizard_core::secret::Secret;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::redirect::Policy;
use zeroize::Zeroizing;

/// A client for one portal.
pub struct Client {
    pub root: PortalRoot,
}

impl Client {
    /// Sends one request, with the session's token if the request needs one.
    pub async fn send<T: 'static>(&self, request: Request<T>, token: Option<&Secret>) -> Result<T, Error> {
        let (mut encoded, decoder) = request.encode();
        if let Some(token) = token {
            encoded.sign(token);
        }
        decoder.decode(&self.post(encoded).await?)
    }

    /// Sends a form on its own connection, as the page does.
    pub async fn post(&self, encoded: Encoded) -> Result<Raw, Error> {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_millis(encoded.timeout.millis().into()))
            .build()
            .map_err(|_| Error::Unreachable)?;
        let sent = client
            .post(self.root.rest_url(&encoded.path))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded;charset=UTF-8")
            .body(encoded.body.as_bytes().to_vec())
            .send()
            .await;
        let response = sent.map_err(|_| Error::Unreachable)?;
        let status = response.status().as_u16();
        let header = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        let retry_after = header.and_then(|value| value.trim().parse().ok());
        let body = response.bytes().await.map_err(|_| Error::Unreachable)?;
        Ok(Raw { status, retry_after, body: Zeroizing::new(body.to_vec()) })
    }
}
