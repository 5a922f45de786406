//! A static page that builds an ArcGIS API key credential and shows its key once.

pub mod app;
pub mod i18n;
pub mod platform;
pub mod ui;
pub mod wizard;
