//! A static page that creates an ArcGIS API key credential and shows its key once.

pub mod i18n;
mod pages;
mod platform;
pub mod start;
mod state;
mod ui;
