//! Creating a credential: a state machine that tolerates the loss of any answer.
//!
//! [`step()`] is pure: it takes the state, an event and the time, and returns the next state and the effects to run. A
//! lost answer is unknown, never failed: a read checks what happened before anything is sent again
//! (`learn/reconcile.rs`). What is done is recorded as facts in [`Facts`]; the next call is whatever the plan still
//! lacks (`decide/create.rs`).

mod decide;
pub mod environment;
pub mod existence;
pub mod journal;
mod learn;
mod machine;
mod model;
pub mod progress;
#[cfg(test)]
mod tests;

pub use crate::operation_id::OperationId;
pub use learn::duplicate_title::duplicate_title;
pub use learn::orphans::orphans;
pub use machine::event::{Effect, Event};
pub use machine::step::{begin, resume, step};
pub use model::call::{Answer, Call};
pub use model::differences::Differences;
pub use model::facts::Facts;
pub use model::key_slot::{KeyState, ReplacedKey};
pub use model::operation::{Goal, Operation};
pub use model::plan::{Destination, Identity, Plan};
pub use model::stage::{KeyStatus, PendingCall, Recheck, Stage, State};
