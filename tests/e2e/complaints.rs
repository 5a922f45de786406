//! The messages that a browser must print in a test: each expected one appears, and no other.

use std::sync::Mutex;

use crate::engine::Kind;
use crate::watch::Seen;

/// A cause for a console message, or for a record of the hidden observer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complaint {
    /// An answer with this HTTP status.
    Status(u16),
    /// A request without an answer; the prefix of Chromium's error name.
    Unanswered(&'static str),
    /// An answer that CORS hides from the page. Firefox reports a missing answer the same way.
    NotReadable,
    /// A file that does not match its integrity.
    Integrity,
    /// A script in a frame whose sandbox forbids scripts.
    ScriptForbidden,
    /// This directive of the policy is violated.
    Policy(&'static str),
    /// A string assigned as markup without Trusted Types.
    TrustedTypes,
    /// WebAssembly with a wrong MIME type, so the browser cannot compile it while streaming.
    MimeType,
    /// A script of the page is missing, and the response is not a script.
    NoScript,
    /// A trap in the WebAssembly, reported with its location.
    Trap,
    /// A console message of the element for page authors; its prefix after the element's name.
    Element(&'static str),
    /// A cookie blocked in a frame of another site.
    Cookie,
    /// This function or property is used, which can turn text into markup or code, or opens a window.
    Sink(&'static str),
}

impl Complaint {
    /// The texts that this engine's messages contain; empty if it prints none.
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
                    // The preload for a blocked file remains unused.
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
                    // The hash of an empty file.
                    "The computed hash is “47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=”".to_owned(),
                ]
            }
            (Complaint::ScriptForbidden, Kind::Firefox) | (Complaint::Cookie, Kind::Chromium) => Vec::new(),
        }
    }
}

impl Complaint {
    /// True if this engine always prints it. Firefox does not report some failed requests, or what it shows for a
    /// blocked frame.
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

/// The expectations of one test.
#[derive(Debug, Default)]
pub struct Expected(Mutex<Vec<Complaint>>);

impl Expected {
    /// Adds an expectation.
    pub fn add(&self, complaint: Complaint) {
        self.lock().push(complaint);
    }

    /// The expected complaints that this engine always prints but has not printed yet.
    pub fn missing(&self, seen: &Seen, kind: Kind) -> Vec<Complaint> {
        let is_said = |complaint: &Complaint| {
            let words = complaint.words(kind);
            words.is_empty()
                || !complaint.is_promised(kind)
                || lines(seen).any(|line| words.iter().any(|word| line.contains(word)))
        };
        self.lock().iter().copied().filter(|complaint| !is_said(complaint)).collect()
    }

    /// Everything recorded that no expectation covers. Messages about failed requests to this portal are expected if
    /// a fault was set.
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

/// A record of Chromium with these console lines.
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
    // The number in the address is not a status.
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
    // Messages that an engine does not always print may be missing.
    assert_eq!(expected.missing(&seen(&[]), Kind::Firefox), vec![]);
}

crate::suite::tests! {
    native: [
        what_is_expected_must_come_and_nothing_else_may,
    ]
}
