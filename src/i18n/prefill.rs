//! What is said about a link or a recipe that fills in the form.

use key_wizard_core::credential::prefill::{Note, Why};

use super::problem;

/// Over what was taken from a `link` or a `recipe`.
pub fn filled(source: &str) -> String {
    ["Filled in by a ", source].concat()
}

/// Over the reason why nothing of a `link` or a `recipe` was.
pub fn refused(source: &str) -> String {
    ["The ", source, " was not used"].concat()
}

/// After [`filled`]. Nothing typed is replaced without a word.
pub const CHECK: &str = "Check each answer. They took the place of what this tab held before.";

/// After [`filled`], where the page around does so for every reader.
pub const NOT_ALL: &str = "Not all that it asks for could be used.";

/// What was left out, and why.
pub fn sentence(note: &Note) -> String {
    let why = match &note.why {
        Why::Rule(problem) => &problem::sentence(problem),
        Why::HasWider(id) => {
            &["your account has ", id, " instead, which allows more. Tick it yourself if that is meant."].concat()
        }
        Why::More => return ["There is more: ", &note.what, " further parts were left out."].concat(),
        other => reason(other),
    };
    [&note.what, " was left out: ", why].concat()
}

/// A reason that needs no words from outside; whole sentences if a link or a recipe is refused as a whole.
pub fn reason(why: &Why) -> &'static str {
    match why {
        Why::TooLong => "It is too long. A link has at most 16 KB, a recipe 1 MB.",
        Why::NotARecipe => "The file is no recipe: a recipe is one JSON object { … }.",
        Why::UnknownKey => "there is no such key.",
        Why::Repeated => "it is there twice, and the first one counts.",
        Why::Encoding => "its value is damaged.",
        Why::Kind => "its value must be a text in quotes, or a list of texts if it can be one.",
        Why::NoPrivilege => "no key can have such a privilege.",
        Why::NoItem => "this is not the id of an item.",
        Why::NoPreset => "this page knows no preset of that name.",
        Why::NoPortal => "this page knows no portal of that id.",
        Why::NotHeld => "your account does not have this privilege.",
        Why::NotFound => "your organization has no item of that id that you can open.",
        Why::Public => "everybody can open this item, so the key needs no access to it.",
        // These have words of their own.
        Why::Rule(_) | Why::HasWider(_) | Why::More => "",
    }
}
