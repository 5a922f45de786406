//! The portal's REST API: requests as values, one reader for every reply, one sender.

pub mod id;
pub mod root;
