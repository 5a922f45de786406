//! Named faults for any endpoint: what fails, how often, and whether the request still takes effect.

use serde::Deserialize;
use serde_json::json;

use crate::endpoint::Endpoint;
use crate::exchange::{Answered, JSON};
use crate::refusal::Refusal;

/// One kind of fault. `POST /practice/fault` takes these names case-insensitively, and their fields under the serde
/// names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "fault", rename_all = "lowercase")]
pub enum Fault {
    /// Connection refused; no effect.
    Refused,
    /// The host name does not resolve; no effect.
    UnknownHost,
    /// The connection closes before the request takes effect.
    DropBefore,
    /// The request takes effect, then the connection closes without an answer.
    DropAfter,
    /// The connection closes without an answer; the request takes effect just after the next request.
    Late,
    /// No answer for a minute; no effect.
    Silent,
    /// No answer for a minute; the request takes effect some time later.
    SilentThenLate {
        /// Milliseconds from the request to its effect.
        #[serde(rename = "number")]
        late_ms: i64,
    },
    /// The connection closes without an answer; the request takes effect some time later.
    LostThenLate {
        /// Milliseconds from the request to its effect.
        #[serde(rename = "number")]
        late_ms: i64,
    },
    /// The request takes effect twice, as behind a retrying proxy; the second answer is returned.
    Twice,
    /// The answer is delayed.
    Delay {
        /// The delay in milliseconds.
        #[serde(rename = "number")]
        ms: u64,
    },
    /// The request takes effect; the answer waits for [`Portal::release`](crate::Portal::release).
    Held,
    /// The portal refuses with this code and message; no effect.
    ErrorBody {
        /// The code in the body.
        #[serde(rename = "number")]
        code: i64,
        /// The message in the body.
        message: String,
    },
    /// A page with status 200 instead of the answer, as from a captive portal; no effect.
    Html200,
    /// The connection closes in the middle of the answer; the request takes effect.
    Truncated,
    /// 429 with `Retry-After`; no effect.
    TooMany,
    /// The same, but a page of another origin cannot read it.
    TooManyNoCors,
    /// 500 with an error body; the request takes effect.
    ServerError,
    /// 504 with a page; the request takes effect.
    GatewayTimeout,
    /// The headers arrive at once, the body byte by byte over a minute; the request takes effect.
    SlowDrip,
    /// 200 with every field of the answer duplicated under another value; the request takes effect.
    DoubledKeys,
    /// 502 with a page, as when a proxy times out; the request takes effect.
    BadGateway,
    /// 503 with `Retry-After` and a page; no effect.
    Unavailable,
    /// 498, and the caller's access token really ends; no other effect.
    ExpiredToken,
    /// 200 with an empty body; the request takes effect.
    Empty,
    /// 200 with `{"success":false}`; no effect.
    SuccessFalse,
    /// 200 with every value of the answer changed to another type; the request takes effect.
    WrongTypes,
    /// 200 with nine million bytes of JSON; the request takes effect.
    Huge,
    /// A redirect to a sign-in page, as from a gateway; no effect.
    Redirect,
    /// The right answer without CORS headers; the request takes effect.
    NoCors,
    /// 200 with this body instead of the answer; no effect.
    Instead {
        /// The body.
        #[serde(rename = "message")]
        body: String,
    },
}

impl Fault {
    /// True if the request takes effect by default.
    pub fn has_effect(&self) -> bool {
        matches!(
            self,
            Fault::DropAfter
                | Fault::Twice
                | Fault::Delay { .. }
                | Fault::Held
                | Fault::ServerError
                | Fault::GatewayTimeout
                | Fault::SlowDrip
                | Fault::DoubledKeys
                | Fault::Truncated
                | Fault::BadGateway
                | Fault::Empty
                | Fault::WrongTypes
                | Fault::Huge
                | Fault::NoCors
        )
    }

    /// Parses a fault by name, for `POST /practice/fault`.
    ///
    /// `number` is a time in milliseconds or the code of an error body; `message` goes with the code, or is the
    /// substitute body.
    pub fn parse(name: &str, number: i64, message: &str) -> Option<Fault> {
        let fields = json!({"fault": name.to_ascii_lowercase(), "number": number, "message": message});
        serde_json::from_value(fields).ok()
    }

    /// The faulty answer; `right` is the real answer, or `{}` if the request takes no effect.
    pub fn spoil(&self, right: Answered) -> Answered {
        let origin = right.allow_origin.clone();
        let mut answered = match self {
            Fault::Refused
            | Fault::UnknownHost
            | Fault::DropBefore
            | Fault::DropAfter
            | Fault::Late
            | Fault::LostThenLate { .. } => dropped(),
            Fault::Silent | Fault::SilentThenLate { .. } => Answered { delay_ms: MINUTE_MS, ..dropped() },
            Fault::Delay { ms } => Answered { delay_ms: *ms, ..right },
            Fault::SlowDrip => Answered { delay_ms: MINUTE_MS, drips: true, ..right },
            Fault::DoubledKeys => Answered { body: doubled(&right), ..right },
            Fault::ServerError => Answered { status: 500, ..refused(&Refusal::new(500, "Internal error.")) },
            Fault::GatewayTimeout => Answered::page(504, PAGE.to_owned()),
            // The portal itself records that it holds the answer.
            Fault::Twice | Fault::NoCors | Fault::Held => right,
            Fault::Truncated => cut(right),
            Fault::ErrorBody { code, message } => refused(&Refusal::new(*code, message)),
            Fault::ExpiredToken => refused(&Refusal::invalid_token()),
            Fault::Html200 => Answered::page(200, PAGE.to_owned()),
            Fault::BadGateway => Answered::page(502, PAGE.to_owned()),
            Fault::Unavailable => Answered::page(503, PAGE.to_owned()).header("Retry-After", "1".to_owned()),
            Fault::TooMany | Fault::TooManyNoCors => too_many(),
            Fault::Empty => Answered::new(200, JSON, String::new()),
            Fault::Instead { body } => Answered::new(200, JSON, body.clone()),
            Fault::SuccessFalse => Answered::new(200, JSON, r#"{"success":false}"#.to_owned()),
            Fault::WrongTypes => Answered { body: wrong_types(&right), ..right },
            Fault::Huge => Answered::new(200, JSON, huge()),
            Fault::Redirect => {
                Answered::page(302, String::new()).header("Location", "/sharing/rest/oauth2/signout".to_owned())
            }
        };
        let readable = !matches!(self, Fault::TooManyNoCors | Fault::NoCors | Fault::Redirect);
        answered.allow_origin = origin.filter(|_| readable);
        answered
    }
}

/// One fault on one endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// The fault.
    pub fault: Fault,
    /// The number of requests that succeed first.
    pub skip: u32,
    /// The number of times it strikes; `None` means always.
    pub times: Option<u32>,
    /// True if the request takes effect.
    pub effect: bool,
}

impl Rule {
    /// A rule that applies the fault once, to the next request.
    pub fn once(endpoint: Endpoint, fault: Fault) -> Rule {
        Rule { effect: fault.has_effect(), endpoint, fault, skip: 0, times: Some(1) }
    }
}

/// The pending faults, each with a flag that it has struck.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    rules: Vec<(Rule, bool)>,
    has_any_struck: bool,
}

impl Faults {
    /// Adds a rule.
    pub fn add(&mut self, rule: Rule) {
        self.rules.push((rule, false));
    }

    /// Removes all rules.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// True if every rule with a limited count is used up.
    pub fn is_spent(&self) -> bool {
        self.rules.iter().all(|(rule, _)| rule.times.is_none())
    }

    /// True if every rule has struck at least once.
    pub fn have_struck(&self) -> bool {
        self.rules.iter().all(|(_, has_struck)| *has_struck)
    }

    /// True once any fault has struck, even if it was cleared since.
    pub fn has_any_struck(&self) -> bool {
        self.has_any_struck
    }

    /// Takes the rule that is due for this request, if any.
    pub fn take(&mut self, endpoint: Endpoint) -> Option<Rule> {
        let at = self.rules.iter().position(|(rule, _)| rule.endpoint == endpoint)?;
        let (rule, has_struck) = &mut self.rules[at];
        if rule.skip > 0 {
            rule.skip -= 1;
            return None;
        }
        *has_struck = true;
        self.has_any_struck = true;
        let due = rule.clone();
        if let Some(times) = &mut rule.times {
            *times -= 1;
            if *times == 0 {
                self.rules.remove(at);
            }
        }
        Some(due)
    }
}

/// The answer of a gateway in front of the portal.
const PAGE: &str = "<!doctype html><title>Gateway</title><h1>Please sign in to the network</h1>";
/// More than any client should read; the page reads at most 8 MB.
const HUGE_BYTES: usize = 9_000_000;

/// Longer than any client waits.
const MINUTE_MS: u64 = 60_000;

fn dropped() -> Answered {
    Answered { dropped: true, ..Answered::new(0, JSON, String::new()) }
}

fn refused(refusal: &Refusal) -> Answered {
    Answered::new(200, JSON, refusal.body().to_string())
}

fn too_many() -> Answered {
    let refusal = Refusal::new(429, "Too many requests.");
    let body = refusal.body().to_string();
    Answered::new(429, JSON, body).header("Retry-After", "1".to_owned())
}

fn cut(mut right: Answered) -> Answered {
    let mut half = right.body.len() / 2;
    while !right.body.is_char_boundary(half) {
        half -= 1;
    }
    right.body.truncate(half);
    right.cut = true;
    right
}

fn huge() -> String {
    let mut body = String::with_capacity(HUGE_BYTES + 64);
    body.push_str("{\"success\":true,\"filler\":\"");
    body.push_str(&"x".repeat(HUGE_BYTES));
    body.push_str("\"}");
    body
}

fn wrong_types(right: &Answered) -> String {
    turn(right.value()).to_string()
}

/// A value of another type.
fn turn(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) => map.into_iter().map(|(name, fault)| (name, turn(fault))).collect(),
        Value::String(_) => json!(17),
        Value::Number(_) | Value::Bool(_) => json!([null]),
        Value::Array(_) => json!({"0": true}),
        Value::Null => json!("null"),
    }
}

fn doubled(right: &Answered) -> String {
    let (one, other) = (right.value().to_string(), wrong_types(right));
    match (one.strip_suffix('}'), other.strip_prefix('{')) {
        (Some(one), Some(other)) if one.len() > 1 => format!("{one},{other}"),
        _ => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right() -> Answered {
        let body = r#"{"success":true,"id":"abc","items":[1]}"#.to_owned();
        Answered { allow_origin: Some("https://page".to_owned()), ..Answered::new(200, JSON, body) }
    }

    #[test]
    fn a_rule_waits_its_turn_and_ends_after_its_times() {
        let mut faults = Faults::default();
        faults.add(Rule { skip: 1, times: Some(2), ..Rule::once(Endpoint::AddItem, Fault::Empty) });
        assert_eq!(faults.take(Endpoint::Search), None);
        assert_eq!(faults.take(Endpoint::AddItem), None);
        assert!(!faults.have_struck());
        assert!(faults.take(Endpoint::AddItem).is_some());
        assert!(!faults.is_spent() && faults.have_struck());
        assert!(faults.take(Endpoint::AddItem).is_some());
        assert!(faults.is_spent());
        assert_eq!(faults.take(Endpoint::AddItem), None);
    }

    #[test]
    fn a_cut_answer_is_half_and_no_json() {
        let cut = Fault::Truncated.spoil(right());
        assert!(cut.cut);
        assert!(cut.value().is_null());
    }

    #[test]
    fn a_429_is_readable_only_with_cors() {
        let with = Fault::TooMany.spoil(right());
        let without = Fault::TooManyNoCors.spoil(right());
        assert_eq!((with.status, with.allow_origin.is_some()), (429, true));
        assert_eq!((without.status, without.allow_origin), (429, None));
    }

    #[test]
    fn wrong_types_keep_the_names_and_change_every_value() {
        let value = Fault::WrongTypes.spoil(right()).value();
        assert_eq!(value["id"], 17);
        assert_eq!(value["success"], serde_json::json!([null]));
    }

    #[test]
    fn faults_are_read_by_their_names_in_any_case_and_with_their_details() {
        let refused = Fault::ErrorBody { code: 403, message: "No.".to_owned() };
        for (name, number, message, expected) in [
            ("badGateway", 0, "", Some(Fault::BadGateway)),
            ("BADGATEWAY", 0, "", Some(Fault::BadGateway)),
            ("html200", 0, "", Some(Fault::Html200)),
            ("tooManyNoCors", 0, "", Some(Fault::TooManyNoCors)),
            ("held", 0, "", Some(Fault::Held)),
            ("delay", 70, "", Some(Fault::Delay { ms: 70 })),
            ("lostThenLate", 70, "", Some(Fault::LostThenLate { late_ms: 70 })),
            ("errorBody", 403, "No.", Some(refused)),
            ("instead", 0, "{}", Some(Fault::Instead { body: "{}".to_owned() })),
            ("delay", -1, "", None),
            ("nonsense", 0, "", None),
            ("", 0, "", None),
        ] {
            assert_eq!(Fault::parse(name, number, message), expected, "{name} {number}");
        }
    }

    #[test]
    fn a_huge_answer_is_over_eight_megabytes() {
        assert!(Fault::Huge.spoil(right()).body.len() > 8 * 1024 * 1024);
    }
}
