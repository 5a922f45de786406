//! A notice about a link or a recipe as lists of texts in the stored draft, and back: `["link"]`, then for each thing
//! left out `[what, reason, values …]`. What cannot be read is dropped; these keys are part of the format and must not
//! change.

use crate::credential::expiration::{ExpirationProblem, format_date, parse_date};
use crate::credential::notice::{Note, Notice, Outcome, Rejection, Source};
use crate::credential::prefill::{FIELDS, KEYS};
use crate::credential::problem::{Problem, Rule};
use crate::credential::referrer::{Referrer, ReferrerProblem, ReferrerRule};
use crate::origin::OriginProblem;
use crate::portal::error::{Error, Refusal};

const MAX_NOTES: usize = 200;

/// Precedes sentences that an earlier version stored.
const SENTENCES: &str = "sentences";

/// The sources, by stored name.
const SOURCES: [(&str, Source); 6] = [
    ("link", Source::Link),
    ("recipe", Source::Recipe),
    ("page", Source::Page),
    ("copy", Source::Copy),
    ("by-hand", Source::ByHand),
    ("other-account", Source::OtherAccount),
];

/// The reasons without a value.
const REASONS: [(&str, Rejection); 17] = [
    ("too-long", Rejection::TooLong),
    ("not-a-recipe", Rejection::NotARecipe),
    ("unknown-key", Rejection::UnknownKey),
    ("repeated", Rejection::Repeated),
    ("encoding", Rejection::Encoding),
    ("kind", Rejection::Kind),
    ("no-privilege", Rejection::NoPrivilege),
    ("no-item", Rejection::NoItem),
    ("no-usage", Rejection::NoUsage),
    ("private-use", Rejection::PrivateUse),
    ("no-preset", Rejection::NoPreset),
    ("no-portal", Rejection::NoPortal),
    ("not-held", Rejection::NotHeld),
    ("unknown-privilege", Rejection::UnknownPrivilege),
    ("not-found", Rejection::NotFound),
    ("public", Rejection::Public),
    ("more", Rejection::More),
];

const REFERRER_RULES: [(&str, ReferrerRule); 14] = [
    ("empty", ReferrerRule::Origin(OriginProblem::Empty)),
    ("too-long", ReferrerRule::Origin(OriginProblem::TooLong)),
    ("scheme", ReferrerRule::Origin(OriginProblem::Scheme)),
    ("space", ReferrerRule::Origin(OriginProblem::Space)),
    ("not-ascii", ReferrerRule::Origin(OriginProblem::NotAscii)),
    ("backslash", ReferrerRule::Origin(OriginProblem::Backslash)),
    ("user-info", ReferrerRule::Origin(OriginProblem::UserInfo)),
    ("host", ReferrerRule::Origin(OriginProblem::Host)),
    ("numeric-host", ReferrerRule::Origin(OriginProblem::NumericHost)),
    ("ipv6", ReferrerRule::Origin(OriginProblem::Ipv6)),
    ("port", ReferrerRule::Origin(OriginProblem::Port)),
    ("path", ReferrerRule::Path),
    ("wildcard", ReferrerRule::Wildcard),
    ("python-client", ReferrerRule::PythonClient),
];

/// Precedes the filled-in fields among what was left out; no key or value is empty.
const FILLED: &str = "";

const REPLACED: &str = "replaced";

/// A notice as lists of texts.
pub(super) fn write(notice: &Notice) -> Vec<Vec<String>> {
    let head = match &notice.outcome {
        Outcome::Filled(source) => vec![key(&SOURCES, source)],
        Outcome::Refused(source, why) => [vec![key(&SOURCES, source)], reason(why)].concat(),
        Outcome::Sentences(sentences) => [texts(&[SENTENCES]), sentences.clone()].concat(),
    };
    let keys = FIELDS.iter().zip(KEYS).filter(|(field, _)| notice.filled.contains(field)).map(|(_, key)| key);
    let filled: Vec<&str> = [FILLED].into_iter().chain(keys).chain(notice.is_replacement.then_some(REPLACED)).collect();
    let notes = notice.left_out.iter().take(MAX_NOTES);
    let notes = notes.map(|note| [vec![note.what.clone()], reason(&note.why)].concat());
    [head, texts(&filled)].into_iter().chain(notes).collect()
}

/// Parses these lists as a notice.
pub(super) fn read(lists: &[Vec<&str>]) -> Option<Notice> {
    let (head, notes) = lists.split_first()?;
    let outcome = match head.as_slice() {
        [SENTENCES, sentences @ ..] => Outcome::Sentences(texts(sentences)),
        [source] => Outcome::Filled(value(&SOURCES, source)?),
        [source, why @ ..] => Outcome::Refused(value(&SOURCES, source)?, read_reason(why)?),
        [] => return None,
    };
    let (filled, notes) = match notes.split_first() {
        Some((filled, notes)) if filled.first() == Some(&FILLED) => (filled.as_slice(), notes),
        // The format of an earlier version.
        _ => (&[] as &[&str], notes),
    };
    let is_replacement = filled.contains(&REPLACED);
    let filled = FIELDS.into_iter().zip(KEYS).filter(|(_, key)| filled.contains(key)).map(|(field, _)| field).collect();
    let note = |parts: &Vec<&str>| {
        let (what, why) = parts.split_first()?;
        Some(Note { what: (*what).to_owned(), why: read_reason(why)? })
    };
    let left_out = notes.iter().take(MAX_NOTES).filter_map(note).collect();
    Some(Notice { outcome, filled, is_replacement, left_out })
}

fn reason(why: &Rejection) -> Vec<String> {
    match why {
        Rejection::HasWider(id) => texts(&["has-wider", id]),
        Rejection::HasNarrower(ids) => [texts(&["has-narrower"]), ids.clone()].concat(),
        Rejection::NotJson { line, column } => texts(&["not-json", &line.to_string(), &column.to_string()]),
        Rejection::NotLookedUp(error) => [texts(&["not-looked-up"]), error_texts(error)].concat(),
        Rejection::Rule(Problem { field, rule }) => {
            let field = FIELDS.iter().position(|other| other == field).map_or("", |place| KEYS[place]);
            [texts(&["rule", field]), rule_texts(rule)].concat()
        }
        plain => vec![key(&REASONS, plain)],
    }
}

fn read_reason(parts: &[&str]) -> Option<Rejection> {
    match parts {
        ["has-wider", id] => Some(Rejection::HasWider((*id).to_owned())),
        ["has-narrower", ids @ ..] => Some(Rejection::HasNarrower(texts(ids))),
        ["not-json", line, column] => {
            Some(Rejection::NotJson { line: line.parse().ok()?, column: column.parse().ok()? })
        }
        ["not-looked-up", error @ ..] => Some(Rejection::NotLookedUp(read_error(error)?)),
        ["rule", field, rule @ ..] => {
            let place = KEYS.iter().position(|key| key == field)?;
            Some(Rejection::Rule(Problem { field: *FIELDS.get(place)?, rule: read_rule(rule)? }))
        }
        [reason] => value(&REASONS, reason),
        _ => None,
    }
}

fn rule_texts(rule: &Rule) -> Vec<String> {
    match rule {
        Rule::Expiration(ExpirationProblem::Missing) => texts(&["no-date"]),
        Rule::Expiration(ExpirationProblem::NotADate) => texts(&["not-a-date"]),
        Rule::Expiration(ExpirationProblem::TooEarly { earliest, latest }) => {
            texts(&["too-early", &format_date(*earliest), &format_date(*latest)])
        }
        Rule::Expiration(ExpirationProblem::TooLate { earliest, latest }) => {
            texts(&["too-late", &format_date(*earliest), &format_date(*latest)])
        }
        Rule::Referrer { entry, problem } => {
            let meant = problem.suggestion.as_ref().map_or("", Referrer::as_str);
            texts(&["referrer", entry, &key(&REFERRER_RULES, &problem.rule), meant])
        }
        Rule::RepeatedReferrer { entry } => texts(&["repeated-referrer", entry]),
        Rule::NothingGranted => texts(&["nothing-granted"]),
        Rule::Unresolved => texts(&["unresolved"]),
        Rule::UnreadableId { id } => texts(&["unreadable-id", id]),
        Rule::UnfinishedItem { entry } => texts(&["unfinished-item", entry]),
        Rule::Required => texts(&["required"]),
        Rule::TooMany { max, count } => texts(&["too-many", &max.to_string(), &count.to_string()]),
        Rule::TooLong { max, count } => texts(&["too-long", &max.to_string(), &count.to_string()]),
        Rule::LongTag { tag, max } => texts(&["long-tag", tag, &max.to_string()]),
        Rule::ControlCharacter { character } => texts(&["control-character", &u32::from(*character).to_string()]),
    }
}

fn read_rule(parts: &[&str]) -> Option<Rule> {
    let range = |earliest, latest| Some((parse_date(earliest)?, parse_date(latest)?));
    Some(match parts {
        ["no-date"] => Rule::Expiration(ExpirationProblem::Missing),
        ["not-a-date"] => Rule::Expiration(ExpirationProblem::NotADate),
        ["too-early", earliest, latest] => {
            let (earliest, latest) = range(earliest, latest)?;
            Rule::Expiration(ExpirationProblem::TooEarly { earliest, latest })
        }
        ["too-late", earliest, latest] => {
            let (earliest, latest) = range(earliest, latest)?;
            Rule::Expiration(ExpirationProblem::TooLate { earliest, latest })
        }
        ["referrer", entry, rule, meant] => Rule::Referrer {
            entry: (*entry).to_owned(),
            problem: ReferrerProblem { rule: value(&REFERRER_RULES, rule)?, suggestion: Referrer::parse(meant).ok() },
        },
        ["repeated-referrer", entry] => Rule::RepeatedReferrer { entry: (*entry).to_owned() },
        ["nothing-granted"] => Rule::NothingGranted,
        ["unresolved"] => Rule::Unresolved,
        ["unreadable-id", id] => Rule::UnreadableId { id: (*id).to_owned() },
        ["unfinished-item", entry] => Rule::UnfinishedItem { entry: (*entry).to_owned() },
        ["required"] => Rule::Required,
        ["too-many", max, count] => Rule::TooMany { max: max.parse().ok()?, count: count.parse().ok()? },
        ["too-long", max, count] => Rule::TooLong { max: max.parse().ok()?, count: count.parse().ok()? },
        ["long-tag", tag, max] => Rule::LongTag { tag: (*tag).to_owned(), max: max.parse().ok()? },
        ["control-character", code] => Rule::ControlCharacter { character: char::from_u32(code.parse().ok()?)? },
        _ => return None,
    })
}

/// Omits the missing field, which no message names.
fn error_texts(error: &Error) -> Vec<String> {
    match error {
        Error::Unreachable => texts(&["unreachable"]),
        Error::Busy { .. } => texts(&["busy"]),
        Error::SignedOut => texts(&["signed-out"]),
        Error::Unreadable { .. } => texts(&["unreadable"]),
        Error::Refused(Refusal { code, name, message, details }) => {
            [texts(&["refused", &code.to_string(), name, message]), details.clone()].concat()
        }
    }
}

fn read_error(parts: &[&str]) -> Option<Error> {
    Some(match parts {
        ["unreachable"] => Error::Unreachable,
        ["busy"] => Error::Busy { wait_ms: None },
        ["signed-out"] => Error::SignedOut,
        ["unreadable"] => Error::Unreadable { what: "stored" },
        ["refused", code, name, message, details @ ..] => {
            Error::Refused(Refusal::new(code.parse().ok()?, name, message, details.iter().copied()))
        }
        _ => return None,
    })
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn key<T: PartialEq>(table: &[(&str, T)], value: &T) -> String {
    table.iter().find(|(_, other)| other == value).map_or("", |(key, _)| *key).to_owned()
}

fn value<T: Clone>(table: &[(&str, T)], key: &str) -> Option<T> {
    table.iter().find(|(other, _)| *other == key).map(|(_, value)| value.clone())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::credential::problem::Field;

    #[track_caller]
    fn check(notice: Notice) {
        let written = write(&notice);
        let lists: Vec<Vec<&str>> = written.iter().map(|list| list.iter().map(String::as_str).collect()).collect();
        assert_eq!(read(&lists), Some(notice));
    }

    #[track_caller]
    fn check_reason(why: Rejection) {
        check(Notice::new(Outcome::Refused(Source::Recipe, why.clone())));
        let note = Note { what: "“colour”".to_owned(), why };
        let mut notice = Notice::new(Outcome::Filled(Source::Link));
        notice.left_out = vec![note.clone(), note];
        check(notice);
    }

    #[test]
    fn a_notice_comes_back_as_it_was() {
        for (_, source) in SOURCES {
            check(Notice::new(Outcome::Filled(source)));
            let filled = vec![Field::Expiration, Field::Summary];
            check(Notice { filled, is_replacement: true, ..Notice::new(Outcome::Filled(source)) });
        }
        let sentences = vec!["Filled in by a link".to_owned(), "Check each answer.".to_owned()];
        check(Notice::new(Outcome::Sentences(sentences)));
        for (_, why) in REASONS {
            check_reason(why);
        }
        check_reason(Rejection::HasWider("premium:user:geocode".to_owned()));
        check_reason(Rejection::HasNarrower(texts(&["premium:user:geocode:stored", "premium:user:geocode:temporary"])));
        check_reason(Rejection::NotJson { line: 3, column: 14 });
        let refusal = Refusal::new(400, "CONT_0001", "Not today.", ["Tomorrow.", "Perhaps."].into_iter());
        let unreadable = Error::Unreadable { what: "stored" };
        let busy = Error::Busy { wait_ms: None };
        for error in [Error::Unreachable, busy, Error::SignedOut, unreadable, Error::Refused(refusal)] {
            check_reason(Rejection::NotLookedUp(error));
        }
    }

    #[test]
    fn every_broken_rule_comes_back_as_it_was() {
        let (earliest, latest) = (NaiveDate::from_ymd_opt(2026, 11, 24), NaiveDate::from_ymd_opt(2027, 11, 22));
        let (earliest, latest) = (earliest.expect("a date"), latest.expect("a date"));
        let text = || "x, “y”".to_owned();
        let mut rules = vec![
            Rule::Expiration(ExpirationProblem::Missing),
            Rule::Expiration(ExpirationProblem::NotADate),
            Rule::Expiration(ExpirationProblem::TooEarly { earliest, latest }),
            Rule::Expiration(ExpirationProblem::TooLate { earliest, latest }),
            Rule::RepeatedReferrer { entry: text() },
            Rule::NothingGranted,
            Rule::Unresolved,
            Rule::UnreadableId { id: text() },
            Rule::UnfinishedItem { entry: text() },
            Rule::Required,
            Rule::TooMany { max: 100, count: 101 },
            Rule::TooLong { max: 250, count: 300 },
            Rule::LongTag { tag: text(), max: 128 },
            Rule::ControlCharacter { character: '\u{202e}' },
        ];
        for (_, rule) in REFERRER_RULES {
            for suggestion in [None, Referrer::parse("https://app.example.com").ok()] {
                let problem = ReferrerProblem { rule: rule.clone(), suggestion };
                rules.push(Rule::Referrer { entry: text(), problem });
            }
        }
        for rule in rules {
            for field in FIELDS {
                check_reason(Rejection::Rule(Problem { field, rule: rule.clone() }));
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[vec!["elsewhere"]]), None);
        assert_eq!(read(&[vec!["link", "because"]]), None);
        let lists = [vec!["link"], vec![], vec!["x"], vec!["x", "rule", "colour", "required"], vec!["x", "repeated"]];
        let left_out = vec![Note { what: "x".to_owned(), why: Rejection::Repeated }];
        assert_eq!(read(&lists), Some(Notice { left_out, ..Notice::new(Outcome::Filled(Source::Link)) }));
    }
}
