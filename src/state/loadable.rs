//! Data that is fetched while the person does something else.

/// What there is of it so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Loadable<T> {
    /// Not here yet.
    #[default]
    Waiting,
    /// Here.
    Ready(T),
    /// Not to be had; why, in words.
    Failed(String),
}

impl<T> Loadable<T> {
    /// The data, if it is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(data) => Some(data),
            Self::Waiting | Self::Failed(_) => None,
        }
    }
}
