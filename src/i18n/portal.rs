//! What a portal's refusal or silence means.

use key_wizard_core::portal::error::{Error, Refusal};

use super::News;

/// One sentence, for a place in a step where data is missing.
pub fn sentence(error: &Error) -> String {
    match error {
        Error::Unreachable => "The portal does not answer. Check your connection and try again.".to_owned(),
        Error::Busy { .. } => "The portal is busy. Try again in a minute.".to_owned(),
        Error::SignedOut => "Your session has ended. Sign in again to go on.".to_owned(),
        Error::Refused(refusal) => format!("The portal refused: {}", refused(refusal)),
        Error::Unreadable { .. } => {
            "What came back was not a portal's answer: perhaps a proxy or a sign-in page stands between.".to_owned()
        }
    }
}

/// What the portal said, in one line. Its text was bounded and cleaned when it was read.
pub fn refused(refusal: &Refusal) -> String {
    let mut words = match refusal.message.is_empty() {
        true => format!("code {}", refusal.code),
        false => refusal.message.clone(),
    };
    for detail in refusal.details.iter().filter(|detail| !refusal.message.contains(detail.as_str())) {
        words.push(' ');
        words.push_str(detail);
    }
    words
}

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
    News::new(title, format!("{} What you typed is kept.", sentence(error)), "Sign in again.")
}
