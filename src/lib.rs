//! A static page that builds an ArcGIS API key credential and shows its key once.

pub mod app;
pub mod auth;
pub mod browser;
pub mod config;
pub mod credential;
pub mod form;
pub mod i18n;
pub mod json;
pub mod lower;
pub mod operation;
pub mod origin;
pub mod portal;
pub mod route;
pub mod secret;
pub mod timestamp;
pub mod ui;
pub mod wizard;
