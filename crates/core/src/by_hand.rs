//! The same credential without this page: through the portal's own dialog, as the requests that `Create` sends, and as
//! a script. None of it contains a secret.

pub mod portal_dialog;
pub mod requests;
pub mod script;
