//! What is wrong with what was typed, and what is allowed instead.

use key_wizard_core::{
    credential::{
        expiration::ExpirationProblem,
        problem::{Field, Problem, Rule},
        referrer::{ReferrerProblem, ReferrerRule},
    },
    origin::OriginProblem,
};

use crate::platform::intl;

/// One problem as a sentence; the same one stands in the error summary and beside the field.
pub fn sentence(problem: &Problem) -> String {
    let field = name(problem.field);
    match &problem.rule {
        Rule::Expiration(problem) => expiration(problem),
        Rule::Referrer { entry, problem } => referrer(entry, problem),
        Rule::RepeatedReferrer { entry } => format!("{entry} is in the list already."),
        Rule::NothingGranted => {
            "Choose at least one privilege or one item: a key without any opens nothing.".to_owned()
        }
        Rule::UnreadableId { id } => format!("“{id}” is not an id that a portal gives. Take it off the list."),
        Rule::Required => format!("Enter a {}.", field.to_ascii_lowercase()),
        Rule::TooMany { max, count } => format!("{field}: at most {max} are allowed, {count} are given."),
        Rule::TooLong { max, count } => {
            format!("{field}: at most {max} characters are allowed, these are {count}. Shorten it.")
        }
        Rule::LongTag { tag, max } => format!("The tag “{tag}” is too long: at most {max} characters are allowed."),
        Rule::ControlCharacter { character } => format!(
            "{field}: the invisible character U+{:04X} is not allowed. Type the text anew, or paste it as plain text.",
            u32::from(*character)
        ),
    }
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Expiration => "Expiration date",
        Field::Referrers => "Referrers",
        Field::Privileges => "Privileges",
        Field::Items => "Item access",
        Field::Title => "Title",
        Field::Folder => "Folder",
        Field::Tags => "Tags",
        Field::Summary => "Summary",
    }
}

fn expiration(problem: &ExpirationProblem) -> String {
    match problem {
        ExpirationProblem::Missing => "Choose an expiration date.".to_owned(),
        ExpirationProblem::NotADate => {
            "The expiration date is not a date of the calendar. Write it like 2026-12-31.".to_owned()
        }
        ExpirationProblem::TooEarly { earliest, .. } => {
            format!("The expiration date is too early. The first possible day is {}.", intl::date(*earliest))
        }
        ExpirationProblem::TooLate { latest, .. } => format!(
            "The expiration date is too late: a key lives one year at most. The last possible day is {}.",
            intl::date(*latest)
        ),
    }
}

fn referrer(entry: &str, problem: &ReferrerProblem) -> String {
    let rule = match &problem.rule {
        ReferrerRule::Origin(problem) => origin(problem),
        ReferrerRule::Path => "leave out everything after the host, since browsers do not send it",
        ReferrerRule::Wildcard => "* is allowed only for all sub-domains, as in https://*.example.com",
    };
    let meant = match &problem.suggestion {
        Some(referrer) => format!(" Did you mean {}?", referrer.as_str()),
        None => String::new(),
    };
    format!("“{entry}” cannot be a referrer: {rule}. Allowed are addresses like https://app.example.com:8443.{meant}")
}

/// What is wrong with the start of an address, to follow a colon.
pub fn origin(problem: &OriginProblem) -> &'static str {
    match problem {
        OriginProblem::Empty => "it is empty",
        OriginProblem::TooLong => "it is too long",
        OriginProblem::Scheme => "it must start with https:// or http://",
        OriginProblem::Space => "it holds a space",
        OriginProblem::NotAscii => "write international names in their xn-- form",
        OriginProblem::Backslash => "it holds a backslash",
        OriginProblem::UserInfo => "leave out the user name before the @",
        OriginProblem::Host => "the host name is not valid",
        OriginProblem::NumericHost => "a numeric host must be a plain address such as 192.168.0.10",
        OriginProblem::Ipv6 => "of IPv6 addresses only [::1] is possible",
        OriginProblem::Port => "the port must be a number from 1 to 65535",
    }
}
