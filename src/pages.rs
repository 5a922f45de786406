//! The pages: one file for each page and each step of the wizard.

pub mod config_error;
pub mod connection_warning;
pub mod create;
pub mod labels;
pub mod layout;
pub mod missing_privileges;
pub mod prefill_notices;
pub mod root_view;
pub mod session_warning;
pub mod sign_in;
mod words;
