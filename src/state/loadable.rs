//! Data that is fetched in the background.

use key_wizard_core::portal::error::Error;

/// The state of the data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Loadable<T> {
    /// Not loaded yet.
    #[default]
    Waiting,
    /// Loaded.
    Ready(T),
    /// Failed, with the error.
    Failed(Error),
}

impl<T> Loadable<T> {
    /// The data, if loaded.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(data) => Some(data),
            Self::Waiting | Self::Failed(_) => None,
        }
    }

    /// Whether loading failed.
    pub fn has_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

impl<T> From<Result<T, Error>> for Loadable<T> {
    fn from(answer: Result<T, Error>) -> Self {
        answer.map_or_else(Self::Failed, Self::Ready)
    }
}
