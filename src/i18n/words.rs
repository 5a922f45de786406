//! Texts in several parts, each with its own place on the screen.

/// News in three parts: what happened, what is true now, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsWords {
    /// What happened, in short.
    pub title: String,
    /// What it means.
    pub text: String,
    /// What the reader can do.
    pub advice: String,
    /// The portal's own words about it, shown as they are.
    pub quote: Option<String>,
}

/// The outcome of a link or a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeWords {
    /// The outcome, in short.
    pub title: String,
    /// What to do about it, or why none of it was used.
    pub lead: String,
    /// A sentence for each thing left out.
    pub left_out: Vec<String>,
}
