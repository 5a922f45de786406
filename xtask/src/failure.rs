//! The error that ends a command, in words for the user at the terminal.

use std::fmt;

/// Why a command failed, and how to fix it if that is known.
#[derive(Debug)]
pub struct Failure {
    what: String,
    next: Option<String>,
}

/// The result of a command.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// Creates a failure from a message.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), next: None }
    }

    /// A failure that is already printed; it only sets the exit code.
    pub fn reported() -> Self {
        Self::new("")
    }

    /// True if its message is already printed.
    pub fn is_reported(&self) -> bool {
        self.what.is_empty()
    }

    /// Adds the user's next step.
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

/// Turns any error into a [`Failure`] with context.
pub trait Doing<T> {
    /// Adds what was being done when the error occurred.
    fn doing(self, what: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> Doing<T> for Result<T, E> {
    fn doing(self, what: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("{what}: {error}")))
    }
}
