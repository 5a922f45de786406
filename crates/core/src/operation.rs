//! Creating a credential: a machine whose every answer may be lost.
//!
//! [`step()`] is pure: it takes the state, an event and the time, and says what comes next and what must happen outside.
//! A lost answer is unknown, never failed: it is read about before anything is sent again (`learn/reconcile.rs`).
//! What is done is kept as facts in [`Made`]; the next call is whatever the plan still lacks (`decide/create.rs`).

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

pub use learn::duplicate_title::twin;
pub use learn::orphans::strays;
pub use machine::event::{Effect, Event};
pub use machine::step::{begin, resume, step};
pub use model::call::{Answer, Call};
pub use model::differences::Differences;
pub use model::facts::Made;
pub use model::operation::{Goal, Work};
pub use model::operation_id::OperationId;
pub use model::plan::{Place, Plan, Who};
pub use model::stage::{Doubt, KeyFate, Stage, State, Task};
