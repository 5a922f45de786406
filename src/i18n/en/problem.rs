//! Texts about invalid answers and refusals of the portal.

use key_wizard_core::{
    config::{ConfigProblem, ConfigRule, Kind, PLACEHOLDER},
    credential::{
        expiration::ExpirationProblem,
        problem::{Field, Problem, Rule},
        referrer::{ReferrerProblem, ReferrerRule},
        unresolved::Restriction,
    },
    message::ConfigFault,
    origin::OriginProblem,
    portal::{
        base_url::{ARCGIS_ONLINE, RootProblem},
        error::{Error, Refusal},
    },
};

use super::{
    label::label,
    numbers::{list, number},
};
use crate::{i18n::Label, platform::intl};

pub(super) fn field_name(field: Field) -> &'static str {
    label(match field {
        Field::Expiration => Label::ExpirationDate,
        Field::Referrers => Label::Referrers,
        Field::Privileges => Label::Privileges,
        Field::Items => Label::ItemAccess,
        Field::Title => Label::Title,
        Field::Folder => Label::Folder,
        Field::Tags => Label::Tags,
        Field::Summary => Label::Summary,
        Field::Portal => Label::Portal,
    })
}

pub(super) fn portal_error(error: &Error) -> String {
    match error {
        Error::Unreachable => "The portal does not answer. Check your connection and try again.".to_owned(),
        Error::Busy { .. } => "The portal is busy. Try again in a minute.".to_owned(),
        Error::SignedOut => "Your session has ended. Sign in again to continue.".to_owned(),
        Error::Refused(refusal) => format!("The portal refused: {}", refusal_text(refusal)),
        Error::Unreadable { .. } => {
            "The response did not come from the portal. A proxy or a sign-in page may have answered instead.".to_owned()
        }
    }
}

/// The portal's message, in one line. It was bounded and cleaned when it was read.
pub(super) fn refusal_text(refusal: &Refusal) -> String {
    let mut words = match refusal.message.is_empty() {
        true => format!("code {}", refusal.code),
        false => refusal.message.clone(),
    };
    for detail in refusal.details.iter().filter(|detail| !refusal.message.contains(detail.as_str())) {
        words.push(' ');
        words.push_str(detail);
    }
    words
}

/// The advice on an unresolved restriction.
pub(super) fn unresolved(restriction: Restriction) -> &'static str {
    match restriction {
        Restriction::Expiration => {
            "The expiration date could not be read. Keep the date on step 1, or choose another one there."
        }
        Restriction::Referrers => {
            "These referrers are not set. Use a suggestion, or add your own on step 1. Without referrers, the key works \
             from any website."
        }
        Restriction::Items => {
            "These items could not be found, or everybody can open them. Leave them out, or choose others on step 3. \
             Without any item, an editing privilege covers every layer you can edit."
        }
        Restriction::Portal => {
            "This page is not set up for the portal that was asked for. Use the portal you signed in to, or sign out."
        }
    }
}

pub(super) fn problem(found: &Problem) -> String {
    let field = field_name(found.field);
    match &found.rule {
        Rule::Expiration(problem) => expiration_problem(problem),
        Rule::Referrer { entry, problem } => referrer_problem(entry, problem),
        Rule::RepeatedReferrer { entry } => format!("{entry} is in the list already."),
        Rule::NothingGranted => {
            "Choose at least one privilege or one item. A key without any gives access to nothing.".to_owned()
        }
        Rule::Unresolved => {
            format!("{field}: a restriction could not be applied. Decide about it before you create the key.")
        }
        Rule::UnreadableId { id } => format!("“{id}” is not a valid item id. Remove it from the list."),
        Rule::UnfinishedItem { entry } => format!("“{entry}” is not an item id. Complete it, or clear the field."),
        Rule::Required if found.field == Field::Title => "Enter a title.".to_owned(),
        Rule::Required => format!("{field} is required."),
        Rule::TooMany { max, count } => {
            format!("{field}: at most {} are allowed, {} are given.", number(*max), number(*count))
        }
        Rule::TooLong { max, count } => format!(
            "{field}: at most {} characters are allowed, these are {}. Shorten it.",
            number(*max),
            number(*count)
        ),
        Rule::LongTag { tag, max } => {
            format!("The tag “{tag}” is too long: at most {} characters are allowed.", number(*max))
        }
        Rule::ControlCharacter { character } => format!(
            "{field}: the invisible character U+{:04X} is not allowed. Type the text again, or paste it as plain text.",
            u32::from(*character)
        ),
    }
}

fn expiration_problem(problem: &ExpirationProblem) -> String {
    match problem {
        ExpirationProblem::Missing => "Choose an expiration date.".to_owned(),
        ExpirationProblem::NotADate => "The expiration date is not a valid date. Write it like 2026-12-31.".to_owned(),
        ExpirationProblem::TooEarly { earliest, .. } => {
            format!("The expiration date is too early. The first possible day is {}.", intl::date(*earliest))
        }
        ExpirationProblem::TooLate { latest, .. } => format!(
            "The expiration date is too late: a key is valid for at most one year. The last possible day is {}.",
            intl::date(*latest)
        ),
    }
}

fn referrer_problem(entry: &str, problem: &ReferrerProblem) -> String {
    if problem.rule == ReferrerRule::Origin(OriginProblem::Empty) {
        return "Enter an address first.".to_owned();
    }
    let rule = referrer_rule(&problem.rule);
    match &problem.suggestion {
        Some(meant) => format!("“{entry}” cannot be a referrer. {rule} Did you mean {}?", meant.as_str()),
        None => format!("“{entry}” cannot be a referrer. {rule}"),
    }
}

pub(super) fn referrer_rule(rule: &ReferrerRule) -> &'static str {
    match rule {
        ReferrerRule::Origin(problem) => origin_problem(problem),
        ReferrerRule::Path => "Leave out everything after the host, since browsers do not send it.",
        ReferrerRule::Wildcard => "* is allowed only for all sub-domains, as in https://*.example.com.",
        ReferrerRule::PythonClient => {
            "Esri's Python API sends this instead of an address. For a script, leave the referrers empty."
        }
    }
}

/// The meaning of a referrer written by another program.
pub(super) fn foreign_referrer(rule: &ReferrerRule) -> &'static str {
    match rule {
        ReferrerRule::PythonClient => "Esri's Python API sends this. No web page does.",
        ReferrerRule::Path => "Browsers send no path, so it may match no page.",
        ReferrerRule::Wildcard => "It is not known which pages a portal matches with this wildcard.",
        // F-REFERRER-2.
        ReferrerRule::Origin(OriginProblem::Scheme) => "It names no scheme, so it may match pages of http and https.",
        ReferrerRule::Origin(_) => "It is not a web address, so it may match no page.",
    }
}

/// The problem with the start of an address.
fn origin_problem(problem: &OriginProblem) -> &'static str {
    match problem {
        OriginProblem::Empty => "It is empty.",
        OriginProblem::TooLong => "It is too long.",
        OriginProblem::Scheme => "It must start with https:// or http://.",
        OriginProblem::Space => "It contains a space.",
        OriginProblem::NotAscii => "Write international names in their xn-- form.",
        OriginProblem::Backslash => "It contains a backslash.",
        OriginProblem::UserInfo => "Leave out the user name before the @.",
        OriginProblem::Host => "The host name is not valid.",
        OriginProblem::NumericHost => "A numeric host must be a plain address such as 192.168.0.10.",
        OriginProblem::Ipv6 => "The only IPv6 address possible is [::1].",
        OriginProblem::Port => "The port must be a number from 1 to 65535.",
    }
}

/// Why an address is not a portal's.
pub(super) fn root_problem(problem: &RootProblem) -> String {
    let rule = match problem {
        RootProblem::Origin(problem) => origin_problem(problem).to_owned(),
        RootProblem::PlainHttp => {
            "It must start with https://; plain http is only for 127.0.0.1 and localhost.".to_owned()
        }
        RootProblem::Query => "Leave out the ? and what follows it.".to_owned(),
        RootProblem::Fragment => "Leave out the # and what follows it.".to_owned(),
        RootProblem::Path => {
            "Its path can contain letters, digits, hyphens, dots, underscores and tildes, between single slashes."
                .to_owned()
        }
        RootProblem::BelowRoot { root } => format!("This is a page of the portal; the portal itself is {root}."),
        RootProblem::EsriSite => {
            return format!(
                "This is a site of Esri's, not a portal. Use {ARCGIS_ONLINE}, or your organization's own address such \
                 as https://your-org.maps.arcgis.com."
            );
        }
        RootProblem::Server { root } => {
            return format!("This is an ArcGIS Server, not its portal. The portal is usually at {root}.");
        }
        RootProblem::BehindAdaptor { root } => {
            return format!(
                "This is the port behind a web adaptor. Use the address that people open, usually {root}. The portal \
                 itself is at /arcgis on this port."
            );
        }
    };
    format!("This is not a portal's address. {rule} Write it like https://gis.example.com/portal.")
}

/// The problem with `config.json`: the key, then a sentence.
pub(super) fn config_fault(fault: &ConfigFault) -> String {
    match fault {
        ConfigFault::NotServed { status: 0 } => "config.json: The host did not answer. Reload the page.".to_owned(),
        ConfigFault::NotServed { status: 404 } => {
            "config.json: The file is missing. Put it beside index.html or, for the element, beside \
             arcgis-key-wizard.js."
                .to_owned()
        }
        ConfigFault::NotServed { status } => {
            format!("config.json: The host answered with status {status}. It must serve the file to everyone.")
        }
        ConfigFault::Problem(ConfigProblem { key, rule }) => {
            let key = if key.is_empty() { "config.json" } else { key };
            format!("{key}: {}", config_rule(rule))
        }
    }
}

fn config_rule(rule: &ConfigRule) -> String {
    match rule {
        ConfigRule::NotJson { line, column } => {
            format!("This is not valid JSON. The first error is in line {line}, column {column}.")
        }
        ConfigRule::TooLong { max } => format!("This is too long; at most {} are allowed.", number(*max)),
        ConfigRule::Missing => "This key is missing.".to_owned(),
        ConfigRule::Unknown { allowed } => format!("There is no such key; allowed here are {}.", list(allowed)),
        ConfigRule::Repeated => "This key appears twice.".to_owned(),
        ConfigRule::WrongKind { expected: Kind::Object } => "This must be an object { … }.".to_owned(),
        ConfigRule::WrongKind { expected: Kind::List } => "This must be a list [ … ].".to_owned(),
        ConfigRule::WrongKind { expected: Kind::Text } => "This must be a text in quotes.".to_owned(),
        ConfigRule::WrongKind { expected: Kind::Bool } => "This must be true or false.".to_owned(),
        ConfigRule::Empty => "This must not be empty.".to_owned(),
        ConfigRule::Character => "This contains a character that is not allowed.".to_owned(),
        ConfigRule::DuplicateId { first } => format!("{first} has the same id. Each portal needs its own."),
        ConfigRule::Placeholder => {
            format!("{PLACEHOLDER} is only an example. Put the client id of your OAuth credentials here.")
        }
        ConfigRule::Root(problem) => root_problem(problem),
    }
}
