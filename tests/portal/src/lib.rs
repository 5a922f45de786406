//! A practice portal: one process that speaks the ArcGIS REST dialect, for demos and tests.
//!
//! Layout, in reading order. `exchange` is one request and its answer as data. `portal` is the pure core:
//! `Portal::answer` takes a request and returns the answer, without sockets, clock or randomness. `endpoint` maps
//! paths to endpoints; `account`, `content`, `lists`, `search`, `oauth2` and `whoami` hold the rules, one function
//! per endpoint, each rule with its fact of `docs/portal-facts.md` or marked as inferred. `state` is what the portal
//! remembers, `seed` the people and items of the demo.
//! `switches` holds the unknown facts, `fault` the faults. `inspect` gives tests access to the state.
//! `http`, `serve` and `tls` put the core behind a real socket.
//!
//! The portal knows nothing of the app it is used with.

pub mod access;
mod account;
mod content;
mod control;
pub mod endpoint;
pub mod exchange;
mod failing;
pub mod fault;
pub mod form;
pub mod http;
pub mod ids;
mod inspect;
mod lists;
pub mod log;
mod multipart;
mod oauth2;
mod page;
mod portal;
pub mod privileges;
pub mod referrer;
pub mod refusal;
mod search;
mod seed;
pub mod serve;
pub mod state;
pub mod switches;
#[cfg(test)]
mod testing;
mod tls;
mod whoami;

pub use endpoint::Endpoint;
pub use exchange::{Answered, Asked};
pub use fault::{Fault, Rule};
pub use inspect::LiveKey;
pub use portal::Portal;
pub use switches::Switches;
