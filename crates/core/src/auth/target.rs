//! Where a sign-in goes.

use crate::config::PortalChoice;
use crate::portal::base_url::PortalRoot;
use crate::portal::id::ClientId;

/// Where to sign in, and as which app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The portal that was chosen.
    pub portal: PortalChoice,
    /// Where it is.
    pub root: PortalRoot,
    /// The app registered there.
    pub client_id: ClientId,
}
