//! The target of a sign-in.

use crate::config::PortalChoice;
use crate::portal::base_url::PortalRoot;
use crate::portal::id::ClientId;

/// The portal and the app of a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The chosen portal.
    pub portal: PortalChoice,
    /// Its address.
    pub root: PortalRoot,
    /// The app registered there.
    pub client_id: ClientId,
}
