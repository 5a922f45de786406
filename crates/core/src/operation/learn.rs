//! Interprets answers. Facts are recorded here and nowhere else.

pub mod apply_answer;
pub mod duplicate_title;
pub mod duplicates;
pub mod orphans;
pub mod reconcile;
