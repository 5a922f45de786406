//! A static page that builds an ArcGIS API key credential and shows its key once.

pub mod config;
pub mod credential;
pub mod origin;
pub mod portal;
pub mod route;
pub mod secret;
pub mod timestamp;
