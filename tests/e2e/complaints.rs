//! What a browser must print in a test: each line that is expected comes, and no other does.

use std::sync::Mutex;

use crate::engine::Kind;
use crate::watch::Seen;

/// Something that browsers print a line about, or that the hidden observer notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complaint {
    /// An answer with this HTTP status.
    Status(u16),
    /// A request without an answer, by Chromium's name for the reason or its beginning.
    Unanswered(&'static str),
    /// An answer that a page of another origin may not read. To Firefox, a missing answer is the same.
    NotReadable,
    /// A file that is not what its integrity says.
    Integrity,
    /// A script in a frame whose sandbox runs none.
    ScriptForbidden,
    /// This directive of the policy is violated.
    Policy(&'static str),
    /// Text that was to become markup.
    TrustedTypes,
    /// WebAssembly under another MIME type, which is compiled after it is there instead of on the way.
    MimeType,
    /// A script of the page is not there, and what comes instead is none.
    NoScript,
    /// A trap in the WebAssembly, reported with its place.
    Trap,
    /// A line of the element for the authors of the page, by its beginning after the element's name.
    Element(&'static str),
    /// A cookie that is refused to a page in a frame of another site.
    Cookie,
    /// This function or property is used, by which text can become markup or code, or which opens a window.
    Sink(&'static str),
}

impl Complaint {
    /// What the lines hold that this engine prints of it; none if it prints nothing.
    fn words(self, kind: Kind) -> Vec<String> {
        match (self, kind) {
            (Complaint::Status(status), Kind::Chromium) => {
                vec![format!("Failed to load resource: the server responded with a status of {status} ")]
            }
            (Complaint::Unanswered(reason), Kind::Chromium) => {
                vec![format!("Failed to load resource: net::ERR_{reason}")]
            }
            (Complaint::NotReadable, Kind::Chromium) => {
                vec![
                    "has been blocked by CORS policy".to_owned(),
                    "Failed to load resource: net::ERR_FAILED".to_owned(),
                ]
            }
            (Complaint::NotReadable | Complaint::Unanswered(_), Kind::Firefox) => {
                vec!["Cross-Origin Request Blocked".to_owned()]
            }
            (Complaint::Integrity, Kind::Chromium) => {
                vec![
                    "Failed to find a valid digest in the 'integrity' attribute".to_owned(),
                    "SRI's integrity checks failed".to_owned(),
                    // What a refused file was to use stays unused.
                    "was preloaded using link preload but not used".to_owned(),
                ]
            }
            (Complaint::Integrity, Kind::Firefox) => vec!["hashes in the integrity attribute match".to_owned()],
            (Complaint::ScriptForbidden, Kind::Chromium) => vec!["Blocked script execution in ".to_owned()],
            (Complaint::Policy(directive), _) => {
                vec![directive.to_owned(), "violates the document's Content Security Policy".to_owned()]
            }
            (Complaint::TrustedTypes, _) => vec!["trusted-types".to_owned(), "TrustedHTML".to_owned()],
            (Complaint::MimeType, _) => vec!["`WebAssembly.instantiateStreaming` failed".to_owned()],
            (Complaint::Trap, _) => {
                vec!["RuntimeError".to_owned(), "wasm-function[".to_owned(), "panicked at ".to_owned()]
            }
            (Complaint::Element(line), _) => vec![format!("arcgis-key-wizard>: {line}")],
            (Complaint::Cookie, Kind::Firefox) => vec!["Cookie “akw” has been rejected".to_owned()],
            (Complaint::Sink(name), _) => vec![format!("sink {name}")],
            (Complaint::Status(_), Kind::Firefox) => {
                vec!["Loading failed for the ".to_owned(), "was blocked because of a disallowed MIME type".to_owned()]
            }
            (Complaint::NoScript, Kind::Chromium) => vec!["Refused to execute script from ".to_owned()],
            (Complaint::NoScript, Kind::Firefox) => {
                vec![
                    "was blocked due to MIME type ".to_owned(),
                    // The hash of nothing.
                    "The computed hash is “47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=”".to_owned(),
                ]
            }
            (Complaint::ScriptForbidden, Kind::Firefox) | (Complaint::Cookie, Kind::Chromium) => Vec::new(),
        }
    }
}

impl Complaint {
    /// Whether this engine prints it each time. Firefox keeps some failed requests and what it shows for a refused frame
    /// to itself.
    fn is_promised(self, kind: Kind) -> bool {
        let of_firefox = matches!(
            self,
            Complaint::NotReadable
                | Complaint::Unanswered(_)
                | Complaint::Status(_)
                | Complaint::NoScript
                | Complaint::Policy("frame-ancestors")
                | Complaint::Sink("innerHTML")
        );
        kind == Kind::Chromium || !of_firefox
    }
}

/// What one test expects.
#[derive(Debug, Default)]
pub struct Expected(Mutex<Vec<Complaint>>);

impl Expected {
    /// Expects one more.
    pub fn add(&self, complaint: Complaint) {
        self.lock().push(complaint);
    }

    /// The expected complaints that this engine prints and has not printed yet.
    pub fn missing(&self, seen: &Seen, kind: Kind) -> Vec<Complaint> {
        let is_said = |complaint: &Complaint| {
            let words = complaint.words(kind);
            words.is_empty()
                || !complaint.is_promised(kind)
                || lines(seen).any(|line| words.iter().any(|word| line.contains(word)))
        };
        self.lock().iter().copied().filter(|complaint| !is_said(complaint)).collect()
    }

    /// Everything seen that no expectation covers. What browsers print of a failed request to this portal
    /// is expected where a fault was set.
    pub fn nowhere_in(&self, seen: &Seen, kind: Kind, failing_portal: Option<&str>) -> Vec<String> {
        let words: Vec<String> = self.lock().iter().flat_map(|complaint| complaint.words(kind)).collect();
        let of_fault = |line: &str| {
            let failed = ["Failed to load resource", "blocked by CORS policy", "Cross-Origin Request Blocked"];
            failing_portal.is_some_and(|portal| line.contains(portal))
                && failed.iter().any(|start| line.contains(start))
        };
        lines(seen).filter(|line| !words.iter().any(|word| line.contains(word)) && !of_fault(line)).cloned().collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Complaint>> {
        self.0.lock().expect("nobody panics with it")
    }
}

fn lines(seen: &Seen) -> impl Iterator<Item = &String> {
    seen.console.iter().chain(&seen.violations).chain(&seen.sinks)
}

/// Seen in Chromium with these lines on the console.
fn seen(console: &[&str]) -> Seen {
    Seen { console: console.iter().map(|line| (*line).to_owned()).collect(), ..Seen::default() }
}

fn what_is_expected_must_come_and_nothing_else_may() {
    let line =
        "http://127.0.0.1:40404/x - Failed to load resource: the server responded with a status of 502 (Bad Gateway)";
    let expected = Expected::default();
    let of = |lines: &[&str]| {
        let seen = seen(lines);
        (expected.missing(&seen, Kind::Chromium), expected.nowhere_in(&seen, Kind::Chromium, None))
    };
    assert_eq!(of(&[]), (vec![], vec![]));
    assert_eq!(of(&[line]), (vec![], vec![line.to_owned()]));
    // The number in the address is no status.
    expected.add(Complaint::Status(404));
    assert_eq!(of(&[line]), (vec![Complaint::Status(404)], vec![line.to_owned()]));
    expected.add(Complaint::Status(502));
    assert_eq!(of(&[line]), (vec![Complaint::Status(404)], vec![]));
    // A request with a fault set in the portal.
    let failed = seen(&[line]);
    assert_eq!(
        Expected::default().nowhere_in(&failed, Kind::Chromium, Some("http://127.0.0.1:40404")),
        Vec::<String>::new()
    );
    assert_eq!(Expected::default().nowhere_in(&failed, Kind::Chromium, Some("http://127.0.0.1:40405")), [line]);
    // What an engine keeps to itself need not come.
    assert_eq!(expected.missing(&seen(&[]), Kind::Firefox), vec![]);
}

crate::suite::tests! {
    native: [
        what_is_expected_must_come_and_nothing_else_may,
    ]
}
