//! The browser as the app's environment: clock, random bytes, storage, address bar, clipboard, focus.
//!
//! Apart from `ui/dom.rs`, only these modules call browser functions.

pub mod broadcast;
pub mod clipboard;
pub mod config;
pub mod csp;
pub mod embedder;
pub mod file;
pub mod focus;
pub mod host_name;
pub mod http;
pub mod indexed_db;
pub mod intl;
pub mod local_network;
pub mod location;
pub mod lock;
pub mod panics;
pub mod random;
pub mod session_storage;
pub mod time;
pub mod window_events;

use web_sys::{Document, Window};

pub(crate) fn window() -> Window {
    web_sys::window().expect("the page runs in a window")
}

pub(crate) fn document() -> Document {
    window().document().expect("a window has a document")
}
