//! A static page that builds an ArcGIS API key credential and shows its key once.

pub mod i18n;
mod pages;
mod platform;
pub mod start;
mod state;
mod ui;
