//! The types of an operation: the plan, the facts, calls and answers. `decide` chooses what to do next; `learn` reads
//! what an answer proves.

pub mod call;
pub mod delays;
pub mod differences;
pub mod facts;
pub mod item_state;
pub mod key_slot;
pub mod operation;
pub mod plan;
pub mod stage;
