//! Stands in for the crate wasm-streams.
//!
//! Leptos always brings `server_fn`, which names wasm-streams; that crate exports JavaScript classes, which no linker
//! may remove: 8 KB (brotli) of a page that has no server to stream to. These are the names that `server_fn` uses,
//! and nothing behind them.

use futures::stream::{Empty, Stream, empty};
use wasm_bindgen::JsValue;

/// A stream of bytes between page and server.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// The browser's stream as ours.
    pub fn from_raw(stream: web_sys::ReadableStream) -> Self {
        Self(stream)
    }

    /// A stream that would send what the page makes; never reached, since the page has no server functions.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        unreachable!("the page has no server functions")
    }

    /// The browser's stream.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// What arrives: nothing, since the page has no server functions.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
