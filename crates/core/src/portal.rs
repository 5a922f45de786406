//! The portal's REST API: requests as values, and one reader for every response.

pub mod account;
pub mod base_url;
pub mod error;
pub mod folders;
pub mod id;
pub mod items;
pub mod registration;
pub mod release;
pub mod request;
pub mod response;
pub mod search;
pub mod text;
pub mod tokens;
pub mod web_map;
