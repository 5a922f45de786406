//! The browser as the outside of the app: clock, random bytes, storage, address bar, clipboard, focus.
//!
//! The only modules, beside `portal/http.rs`, `ui/dom.rs` and `lower.rs`, that call its functions.

pub mod clipboard;
pub mod config;
pub mod file;
pub mod focus;
pub mod host;
pub mod http;
pub mod location;
pub mod lock;
pub mod page;
pub mod policy;
pub mod random;
pub mod records;
pub mod storage;
pub mod time;

use web_sys::{Document, Window};

pub(crate) fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

pub(crate) fn document() -> Document {
    window().document().expect("a window has a document")
}
