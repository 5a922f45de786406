//! The state machine: state, event and time in; state and effects out.

mod cleanup;
pub mod event;
mod on_answer;
mod on_error;
mod recheck;
pub mod step;
mod transition;
mod user_events;
