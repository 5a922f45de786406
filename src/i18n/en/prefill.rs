//! Texts about the outcome of a link or a recipe.

use key_wizard_core::credential::notice::{Note, Notice, Outcome, Rejection, Source};

use super::{
    label::label,
    numbers::list,
    problem::{field_name, portal_error, problem},
};
use crate::i18n::{Label, NoticeWords};

/// The text of a notice.
pub(in crate::i18n) fn notice(notice: &Notice) -> NoticeWords {
    let left_out = notice.left_out.iter().map(note).collect();
    let (title, lead) = match &notice.outcome {
        Outcome::Filled(Source::Link) => ("Filled in by a link", filled(notice)),
        Outcome::Filled(Source::Recipe) => ("Filled in by a recipe", filled(notice)),
        Outcome::Filled(Source::Copy) => ("Filled in from another credential", carried_over(notice)),
        Outcome::Filled(Source::Page) => {
            ("Some suggested answers were left out", "The list gives the reason for each.".to_owned())
        }
        Outcome::Refused(Source::Link, why) => (label(Label::LinkNotUsed), refused_whole(why)),
        Outcome::Refused(Source::Recipe, why) => ("The recipe was not used", refused_whole(why)),
        Outcome::Filled(Source::ByHand) => {
            ("Filled in before you signed in", "Your account cannot give some of it.".to_owned())
        }
        Outcome::Filled(Source::OtherAccount) => {
            ("Another account was used in this tab", other_account(notice).to_owned())
        }
        Outcome::Refused(Source::Page | Source::Copy | Source::ByHand | Source::OtherAccount, why) => {
            ("The answers from the surrounding page were not used", refused_whole(why))
        }
        Outcome::Sentences(sentences) => return stored_sentences(sentences, left_out),
    };
    NoticeWords { title: title.to_owned(), lead, left_out }
}

/// The fields copied from another draft.
fn carried_over(notice: &Notice) -> String {
    let fields: Vec<&str> = notice.filled.iter().map(|field| field_name(*field)).collect();
    let left = "Not copied: Title and Referrers.";
    if fields.is_empty() { left.to_owned() } else { format!("Copied: {}. {left}", list(&fields)) }
}

/// Whether the account lacks something of what another one chose.
fn other_account(notice: &Notice) -> &'static str {
    let is_lacking = |why: &Rejection| why.is_of_account() && !matches!(why, Rejection::NotLookedUp(_));
    match notice.left_out.iter().any(|note| is_lacking(&note.why)) {
        true => "Your account lacks some of these privileges or items. Check the answers before you create the key.",
        false => "Check these answers before you create the key.",
    }
}

/// The fields filled in. Replacing typed text is always mentioned.
fn filled(notice: &Notice) -> String {
    let fields: Vec<&str> = notice.filled.iter().map(|field| field_name(*field)).collect();
    let filled = match fields.as_slice() {
        [] => "Nothing in it could be used.".to_owned(),
        fields => format!("Filled in: {}. Check these answers before you create the key.", list(fields)),
    };
    match notice.is_replacement {
        true => format!("{filled} Earlier answers in this tab were replaced."),
        false => filled,
    }
}

/// Sentences as an earlier version wrote them.
fn stored_sentences(sentences: &[String], left_out: Vec<String>) -> NoticeWords {
    let sentence = |place: usize| sentences.get(place).cloned().unwrap_or_default();
    NoticeWords {
        title: sentence(0),
        lead: sentence(1),
        left_out: sentences.iter().skip(2).cloned().chain(left_out).collect(),
    }
}

fn refused_whole(why: &Rejection) -> String {
    match why {
        Rejection::TooLong => "It is too long. A link has at most 16 KB, a recipe 1 MB.".to_owned(),
        Rejection::NotARecipe => "The file is not a recipe. A recipe is one JSON object { … }.".to_owned(),
        Rejection::NotJson { line, column } => {
            format!("The file is not valid JSON. The first error is in line {line}, column {column}.")
        }
        _ => "It cannot be read.".to_owned(),
    }
}

/// A part left out of a link or a recipe, and why.
fn note(Note { what, why }: &Note) -> String {
    match why {
        Rejection::More => format!("{what} more parts were left out."),
        Rejection::TooLong | Rejection::NotARecipe | Rejection::NotJson { .. } => refused_whole(why),
        Rejection::Rule(found) => format!("{what} was left out: {}", problem(found)),
        Rejection::NotLookedUp(error) => format!("{what} was left out: {}", portal_error(error)),
        Rejection::HasWider(id) => format!(
            "{what} was left out: your account has {id} instead, which allows more. Select it yourself if you want it."
        ),
        Rejection::HasNarrower(ids) => {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            format!("{what} was left out: your account has {} instead. Select what the key needs.", list(&ids))
        }
        Rejection::UnknownKey => format!("{what} was left out: there is no such key."),
        Rejection::Repeated => format!("{what} was left out: it appears twice, and the first one is used."),
        Rejection::Encoding => format!("{what} was left out: its value is damaged."),
        Rejection::Kind => {
            format!("{what} was left out: its value must be a text in quotes, or a list of texts if it can be one.")
        }
        Rejection::NoPrivilege => format!("{what} was left out: no key can have such a privilege."),
        Rejection::NoItem => format!("{what} was left out: this is not the id of an item."),
        Rejection::NoUsage => format!("{what} was left out: its value must be web-page, scripts or native."),
        Rejection::PrivateUse => {
            format!(
                "{what} was left out: it is for private use, and this key is for a page or app that other people open."
            )
        }
        Rejection::NoPreset => format!("{what} was left out: this page knows no preset with that name."),
        Rejection::NoPortal => format!("{what} was left out: this page knows no portal with that id."),
        Rejection::NotHeld => format!("{what} was left out: your account does not have this privilege."),
        Rejection::UnknownPrivilege => {
            format!("{what} was left out: no privilege with this name is known. Check the spelling.")
        }
        Rejection::NotFound => {
            format!("{what} was left out: your organization has no item with this id that you can open.")
        }
        Rejection::Public => format!(
            "{what} was left out: everybody can open this item, so most keys need no access to it. If \
             yours does, enter its id in Browse items."
        ),
    }
}
