//! What is said in several parts, each with a place of its own on the screen.

/// News in three parts: what happened, what is true now, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsWords {
    /// What happened, short.
    pub title: String,
    /// What it means.
    pub text: String,
    /// What the reader can do.
    pub advice: String,
    /// The portal's own words about it, shown as they are.
    pub quote: Option<String>,
}

/// What became of a link or a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeWords {
    /// What became of it, short.
    pub title: String,
    /// What to do about it, or why nothing of it was used.
    pub lead: String,
    /// A sentence for each thing left out.
    pub left_out: Vec<String>,
}
