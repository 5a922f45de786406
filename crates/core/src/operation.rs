//! Creating a credential: a machine whose every answer may be lost.
//!
//! [`step()`] is pure: it takes the state, an event and the time, and says what comes next and what must happen outside.
//! A lost answer is unknown, never failed: it is read about before anything is sent again (`settle.rs`).
//! What is done is kept as facts in [`Made`]; the next call is whatever the plan still lacks (`plan.rs`).

pub mod call;
pub mod compare;
pub mod drive;
mod failure;
pub mod journal;
mod person;
pub mod plan;
pub mod progress;
mod record;
pub mod settle;
pub mod stage;
pub mod step;
mod strays;
mod sweep;
mod twin;
mod undo;
pub mod work;

pub use stage::{Stage, State, Task};
pub use step::{Effect, Event, begin, resume, step};
pub use strays::strays;
pub use twin::twin;
pub use work::{Made, OperationId, Work};
