//! A credential: the draft as typed, the checked spec, and the rules between them.
//!
//! Pure: it knows no page, no clock and no network, and writes no sentences; the rules carry what sentences need.

pub mod another;
pub mod catalogue;
pub mod check;
pub mod code;
pub mod draft;
pub mod expiration;
pub mod guide;
pub mod notice;
pub mod obstacle;
pub mod offer;
pub mod prefill;
pub mod preset;
pub mod privilege;
pub mod problem;
pub mod referrer;
pub mod referrer_entry;
pub mod referrer_list;
pub mod reminder;
pub mod review;
pub mod search;
pub mod spec;
mod stored;
mod stored_notice;
mod text;
pub mod unresolved;
pub mod web_map;
