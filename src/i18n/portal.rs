//! What a portal's silence means.

use key_wizard_core::portal::error::Error;

use super::{Message, News, text};

/// Why a portal could not be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// Nothing answers at this address.
    Unreachable,
    /// The portal answers, but does not let pages of this origin read its answers.
    OriginRefused,
}

/// News about a portal that cannot be talked to.
pub fn silence(silence: Silence, host: &str, origin: &str) -> News {
    match silence {
        Silence::Unreachable => News::new(
            format!("{host} does not answer"),
            "Your browser could not reach the portal. What you typed is kept.",
            "Check your connection, VPN and the portal's address, then sign in again.",
        ),
        Silence::OriginRefused => News::new(
            format!("{host} does not allow this page"),
            format!(
                "The portal answers, but its settings do not let pages of {origin} talk to it. What you typed is kept."
            ),
            format!(
                "Ask an administrator of your organization to add {origin} to Organization › Settings › Security › \
                 Allow origins, then sign in again."
            ),
        ),
    }
}

/// News about an answer that stopped the start of a session.
pub fn news(error: &Error, host: &str) -> News {
    let title = format!("{host} did not say who you are");
    News::new(title, format!("{} What you typed is kept.", text(Message::Error(error))), "Sign in again.")
}
