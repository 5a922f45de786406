//! A static page that builds an ArcGIS API key credential and shows its key once.

pub mod app;
pub mod portal;
pub mod secret;
