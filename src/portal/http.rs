//! The only file that opens a connection. A browser's `fetch` in the page, reqwest in native tests.

#[cfg(target_arch = "wasm32")]
pub use browser::{answers, post};
#[cfg(not(target_arch = "wasm32"))]
pub use native::{answers, post};

#[cfg(target_arch = "wasm32")]
mod browser {
    use gloo_net::http::RequestBuilder;
    use js_sys::{ArrayBuffer, Promise, Reflect, Uint8Array};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        AbortSignal, ReferrerPolicy, Request, RequestCache, RequestCredentials, RequestInit, RequestMode,
        RequestRedirect, Response,
    };
    use zeroize::Zeroizing;

    use crate::portal::error::Error;
    use crate::portal::reply::{LONGEST, Raw};
    use crate::portal::request::Encoded;

    /// Sends a form. A simple request of the Fetch standard, because the portal answers no preflight (F-CORS-1).
    pub async fn post(url: &str, encoded: &Encoded) -> Result<Raw, Error> {
        let body = Uint8Array::from(encoded.body.as_bytes());
        let sent = send(url, &body, encoded).await;
        // The engine has taken its own copy; ours goes.
        body.fill(0, 0, body.length());
        sent
    }

    /// Whether anything answers at an address. The answer cannot be read, so it comes even where CORS refuses others.
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
        let signal = AbortSignal::timeout_with_u32(encoded.patience.millis());
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
        let sent = start(request.into(), encoded.is_parting);
        let response: Response = JsFuture::from(sent).await.map_err(|_| Error::Unreachable)?.unchecked_into();
        let retry_after = response.headers().get("retry-after").ok().flatten();
        let retry_after = retry_after.and_then(|it| it.trim().parse().ok());
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

    /// gloo-net has no word for a request that outlives its page.
    fn start(request: Request, is_parting: bool) -> Promise {
        let more = RequestInit::new();
        // Any word here takes back what the request says of it.
        more.set_referrer_policy(ReferrerPolicy::NoReferrer);
        if is_parting {
            Reflect::set(&more, &"keepalive".into(), &JsValue::TRUE).expect("a plain object takes any property");
        }
        web_sys::window().expect("the page runs in a window").fetch_with_request_and_init(&request, &more)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::time::Duration;

    use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
    use reqwest::redirect::Policy;
    use zeroize::Zeroizing;

    use crate::portal::error::Error;
    use crate::portal::reply::Raw;
    use crate::portal::request::Encoded;

    /// Whether anything answers at an address.
    pub async fn answers(url: &str) -> bool {
        reqwest::get(url).await.is_ok()
    }

    /// Sends a form; used by native tests only, so it opens a connection for each.
    pub async fn post(url: &str, encoded: &Encoded) -> Result<Raw, Error> {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_millis(encoded.patience.millis().into()))
            .build()
            .map_err(|_| Error::Unreachable)?;
        let sent = client
            .post(url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded;charset=UTF-8")
            .body(encoded.body.as_bytes().to_vec())
            .send()
            .await;
        let response = sent.map_err(|_| Error::Unreachable)?;
        let status = response.status().as_u16();
        let header = response.headers().get(RETRY_AFTER).and_then(|it| it.to_str().ok());
        let retry_after = header.and_then(|it| it.trim().parse().ok());
        let body = response.bytes().await.map_err(|_| Error::Unreachable)?;
        Ok(Raw { status, retry_after, body: Zeroizing::new(body.to_vec()) })
    }
}
