//! The part of ArcGIS Key Wizard that needs no browser: the portal's REST dialect, the sign-in, the credential's rules,
//! and the operation that creates it.
//!
//! Everything here is plain data and pure functions. The clock and random bytes are arguments; requests and storage are
//! values that the page carries out.

pub mod auth;
pub mod by_hand;
pub mod config;
pub mod credential;
pub mod json;
pub mod key_life;
pub mod message;
pub mod operation;
pub mod operation_id;
pub mod origin;
pub mod portal;
pub mod recovery;
pub mod route;
pub mod secret;
pub mod tabs;
pub mod timestamp;
pub mod urlencoded;
pub mod wizard;
