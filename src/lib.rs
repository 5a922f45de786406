//! A static page that builds an ArcGIS API key credential and shows its key once.

pub mod i18n;
pub mod pages;
pub mod platform;
pub mod start;
pub mod state;
pub mod ui;
