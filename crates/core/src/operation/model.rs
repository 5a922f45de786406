//! The types of an operation: what is wanted, what is known, what is asked and answered. What to do next is `decide`,
//! what an answer proves is `learn`.

pub mod call;
pub mod delays;
pub mod differences;
pub mod facts;
pub mod item_state;
pub mod key_slot;
pub mod operation;
pub mod plan;
pub mod stage;
