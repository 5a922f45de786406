//! Why a call gave no usable answer, by what its caller can do next. No variant holds the answer itself.

use thiserror::Error;

use crate::portal::text;

/// The maximum length of a portal's message, in characters.
const MESSAGE: usize = 300;
/// The maximum number of details of a refusal.
const DETAILS: usize = 10;

/// A call that gave no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// No answer at all: offline, timed out, or blocked by the browser (CORS). What the call did is unknown.
    #[error("no answer from the portal")]
    Unreachable,
    /// The portal is throttling; the call did nothing.
    #[error("the portal is busy")]
    Busy {
        /// The delay that it asked for, in milliseconds, if any.
        wait_ms: Option<u32>,
    },
    /// The session is over (codes 498 and 499); the call did nothing.
    #[error("the session is over")]
    SignedOut,
    /// The portal understood the call and refused it.
    #[error("the portal refused: {0}")]
    Refused(Refusal),
    /// A malformed answer: HTML, truncated, or a field missing. What the call did is unknown.
    #[error("the answer cannot be read: {what}")]
    Unreadable {
        /// The problem: a field's name, or a sentence without data of the answer.
        what: &'static str,
    },
}

impl Error {
    /// Whether the call may have taken effect anyway.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Unreachable | Self::Unreadable { .. } => true,
            Self::Refused(refusal) => refusal.is_failure_inside(),
            Self::Busy { .. } | Self::SignedOut => false,
        }
    }

    /// The portal's refusal, if it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

/// The portal's reason for refusing. Bounded, without control characters, and without anything that looks like a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The portal's error code; 0 if it gave none.
    pub code: i32,
    /// The portal's name for the error, such as `CONT_0001`, or an OAuth error such as `invalid_grant`; may be empty.
    pub name: String,
    /// The message; may be empty.
    pub message: String,
    /// Further messages.
    pub details: Vec<String>,
}

impl Refusal {
    /// Cleans and stores the portal's error.
    pub fn new<'a>(code: i32, name: &str, message: &str, details: impl Iterator<Item = &'a str>) -> Self {
        Self {
            code,
            name: text::scrubbed(name, 60),
            message: text::scrubbed(message, MESSAGE),
            details: details
                .take(DETAILS)
                .map(|detail| text::scrubbed(detail, MESSAGE))
                .filter(|detail| !detail.is_empty())
                .collect(),
        }
    }

    /// Whether the portal failed internally (5xx): it may have done the work before.
    pub fn is_failure_inside(&self) -> bool {
        (500..600).contains(&self.code)
    }

    /// Whether the requested thing does not exist (F-ERROR-6).
    pub fn is_missing(&self) -> bool {
        self.code == 404 || self.name == "CONT_0001"
    }

    /// Whether it may be about a folder that does not exist. Neither code nor name of that refusal is published
    /// (F-FOLDER-5), and portals translate their messages (F-ERROR-10), so only a read can confirm it.
    pub fn may_mean_missing_folder(&self) -> bool {
        self.is_missing() || self.name.is_empty() && !self.is_forbidden() && !self.is_failure_inside()
    }

    /// Whether the person lacks a privilege or does not own the thing (F-ERROR-5).
    pub fn is_forbidden(&self) -> bool {
        self.code == 403 || self.code == 401
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {} {}", self.code, self.name, self.message)
    }
}
