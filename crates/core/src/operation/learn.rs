//! What an answer means: facts are noted here and nowhere else.

pub mod apply_answer;
pub mod duplicate_title;
pub mod duplicates;
pub mod orphans;
pub mod reconcile;
