//! What stopped a command, in words for the person at the terminal.

use std::fmt;

/// Why a command could not go on, and what to do about it where that is known.
#[derive(Debug)]
pub struct Failure {
    what: String,
    next: Option<String>,
}

/// What the commands return.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// Says what went wrong.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), next: None }
    }

    /// A failure whose message is printed already; only the exit code remains.
    pub fn reported() -> Self {
        Self::new("")
    }

    /// Whether its message is printed already.
    pub fn is_reported(&self) -> bool {
        self.what.is_empty()
    }

    /// Adds the next move of the reader.
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.what)?;
        match &self.next {
            Some(next) => write!(formatter, "\n  {next}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

/// Turns any error into a [`Failure`] that says what was being done.
pub trait Doing<T> {
    /// Names what was being done when the error came.
    fn doing(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Doing<T> for Result<T, E> {
    fn doing(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("{what}: {error}")))
    }
}
