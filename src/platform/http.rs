//! The only file that opens a connection to a portal.

use std::pin::Pin;

use gloo_net::http::RequestBuilder;
use js_sys::{ArrayBuffer, Promise, Reflect, Uint8Array};
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::request::{Encoded, Request};
use key_wizard_core::portal::response::{LONGEST, Raw};
use key_wizard_core::secret::Secret;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode, RequestRedirect, Response,
};
use zeroize::Zeroizing;

/// Sends requests to one portal and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The address of the portal.
    pub root: PortalRoot,
}

impl Client {
    /// Sends one request, with the session's token if it needs one.
    pub async fn send<T: 'static>(&self, request: Request<T>, token: Option<&Secret>) -> Result<T, Error> {
        let (mut encoded, decoder) = request.encode();
        if let Some(token) = token {
            encoded.sign(token);
        }
        decoder.decode(&self.post(encoded).await?)
    }

    /// Sends an encoded request. Boxed, so that its code exists once and not in every caller.
    pub fn post(&self, encoded: Encoded) -> Pin<Box<dyn Future<Output = Result<Raw, Error>>>> {
        let url = self.root.rest_url(&encoded.path);
        Box::pin(async move { post(&url, &encoded).await })
    }
}

/// Sends a form as a simple request of the Fetch standard, because the portal answers no preflight (F-CORS-1).
async fn post(url: &str, encoded: &Encoded) -> Result<Raw, Error> {
    let body = Uint8Array::from(encoded.body.as_bytes());
    let sent = send(url, &body, encoded).await;
    // The browser has its own copy, so wipe ours.
    body.fill(0, 0, body.length());
    sent
}

/// Whether anything answers at an address. The response is opaque, so it arrives even if CORS would block reading it.
pub async fn answers(url: &str) -> bool {
    let signal = AbortSignal::timeout_with_u32(5_000);
    RequestBuilder::new(url)
        .mode(RequestMode::NoCors)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&signal))
        .send()
        .await
        .is_ok()
}

async fn send(url: &str, body: &Uint8Array, encoded: &Encoded) -> Result<Raw, Error> {
    let signal = AbortSignal::timeout_with_u32(encoded.timeout.millis());
    let request = RequestBuilder::new(url)
        .method(gloo_net::http::Method::POST)
        .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&signal))
        .body(body.clone())
        .map_err(|_| Error::Unreachable)?;
    let sent = start(request.into(), encoded.keepalive);
    let response: Response = JsFuture::from(sent).await.map_err(|_| Error::Unreachable)?.unchecked_into();
    let retry_after = response.headers().get("retry-after").ok().flatten();
    let retry_after = retry_after.and_then(|retry_after| retry_after.trim().parse().ok());
    let status = response.status();
    let promise = response.array_buffer().map_err(|_| Error::Unreachable)?;
    let buffer = JsFuture::from(promise).await.map_err(|_| Error::Unreachable)?;
    let bytes = Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>());
    if bytes.length() as usize > LONGEST {
        return Err(Error::Unreadable { what: "longer than 8 MB" });
    }
    let copy = bytes.to_vec();
    bytes.fill(0, 0, bytes.length());
    Ok(Raw { status, retry_after, body: Zeroizing::new(copy) })
}

/// Bypasses gloo-net, which has no `keepalive`.
fn start(request: web_sys::Request, keepalive: bool) -> Promise {
    let more = RequestInit::new();
    // Any option here overrides the request's own referrer policy.
    more.set_referrer_policy(ReferrerPolicy::NoReferrer);
    if keepalive {
        Reflect::set(&more, &"keepalive".into(), &JsValue::TRUE).expect("a plain object takes any property");
    }
    web_sys::window().expect("the page runs in a window").fetch_with_request_and_init(&request, &more)
}
