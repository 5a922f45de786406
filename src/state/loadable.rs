//! Data that is fetched while the person does something else.

use key_wizard_core::portal::error::Error;

/// What there is of it so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Loadable<T> {
    /// Not here yet.
    #[default]
    Waiting,
    /// Here.
    Ready(T),
    /// Not to be had, and why.
    Failed(Error),
}

impl<T> Loadable<T> {
    /// The data, if it is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(data) => Some(data),
            Self::Waiting | Self::Failed(_) => None,
        }
    }

    /// Whether it could not be had.
    pub fn has_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

impl<T> From<Result<T, Error>> for Loadable<T> {
    fn from(answer: Result<T, Error>) -> Self {
        answer.map_or_else(Self::Failed, Self::Ready)
    }
}
