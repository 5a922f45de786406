//! The portal's REST API: requests as values, and one reader for every reply.

pub mod account;
pub mod apps;
pub mod error;
pub mod folders;
pub mod id;
pub mod items;
pub mod release;
pub mod reply;
pub mod request;
pub mod root;
pub mod search;
pub mod text;
pub mod tokens;
pub mod web_map;
