//! What is wrong with `config.json`, for whoever runs the page.

use key_wizard_core::{
    config::{ConfigProblem, ConfigRule, Kind, PLACEHOLDER},
    portal::root::RootProblem,
};

/// One problem as a sentence that begins with the key.
pub fn sentence(problem: &ConfigProblem) -> String {
    let key = if problem.key.is_empty() { "config.json" } else { &problem.key };
    format!("{key}: {}.", rule(&problem.rule))
}

/// There is no file to read. `status` is the HTTP status, 0 for no answer.
pub fn not_found(status: u16) -> String {
    match status {
        0 => "config.json: the host did not answer. Reload the page.".to_owned(),
        404 => "config.json: the file is missing. Put it beside index.html.".to_owned(),
        status => format!("config.json: the host answered with status {status}. It must serve the file to everybody."),
    }
}

fn rule(rule: &ConfigRule) -> String {
    match rule {
        ConfigRule::NotJson { line, column } => {
            format!("this is not JSON; the first fault is in line {line}, column {column}")
        }
        ConfigRule::TooLong { max } => format!("this is too long; at most {max} are allowed"),
        ConfigRule::Missing => "this key is missing".to_owned(),
        ConfigRule::Unknown { allowed } => {
            format!("there is no such key; allowed here are {}", super::en::list(allowed))
        }
        ConfigRule::Repeated => "this key stands there twice".to_owned(),
        ConfigRule::WrongKind { expected } => format!("this must be {}", kind(*expected)),
        ConfigRule::Empty => "this must not be empty".to_owned(),
        ConfigRule::Character => "this holds a character that is not allowed there".to_owned(),
        ConfigRule::DuplicateId { first } => format!("{first} is the same; each portal needs an id of its own"),
        ConfigRule::Placeholder => {
            format!("{PLACEHOLDER} is only an example. Put the client id of your OAuth credentials here")
        }
        ConfigRule::Root(problem) => root_problem(problem),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "an object { … }",
        Kind::List => "a list [ … ]",
        Kind::Text => "a text in quotes",
        Kind::Bool => "true or false",
    }
}

/// Why an address is not a portal's.
pub fn root_problem(problem: &RootProblem) -> String {
    let rule = match problem {
        RootProblem::Origin(problem) => super::problem::origin(problem).to_owned(),
        RootProblem::PlainHttp => {
            "it must start with https://; plain http is only for 127.0.0.1 and localhost".to_owned()
        }
        RootProblem::Query => "leave out the ? and what follows it".to_owned(),
        RootProblem::Fragment => "leave out the # and what follows it".to_owned(),
        RootProblem::Path => "its path may hold letters, digits, -, ., _ and ~ between single slashes only".to_owned(),
        RootProblem::BelowRoot { root } => format!("this is a page of the portal; the portal itself is {root}"),
    };
    format!("this is not a portal's address: {rule}. Write it like https://gis.example.com/portal")
}
