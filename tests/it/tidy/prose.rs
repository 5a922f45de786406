//! Plain English in comments and test names. The words of the page are checked in `tests/it/words.rs`, documents in
//! `documents.rs`, by the same list.

use std::sync::LazyLock;

use regex::Regex;

use super::{check, files_if_any, place, root, text};

/// Words that read as translated.
static STILTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:whoever|mended|mends|lies|stands|told)\b"));

/// Comments and names of functions. Two slashes that follow anything but white space are of an address.
static PROSE_OF_RUST: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)(?:^|\s)//.*|\bfn \w+"));

/// Comments of scripts, style sheets and pages.
static PROSE_OF_OTHERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)(?:^|\s)//.*|/\*(?s:.*?)\*/|<!--(?s:.*?)-->"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("it is a pattern")
}

/// The first word of a text that reads as translated.
pub(crate) fn stilted(text: &str) -> Option<&str> {
    STILTED.find(text).map(|word| word.as_str())
}

/// Each such word in the comments and names of a file, with its place.
fn faults_of(place: &str, text: &str) -> Vec<String> {
    let prose = if place.ends_with(".rs") { &PROSE_OF_RUST } else { &PROSE_OF_OTHERS };
    let fault = |found: regex::Match<'_>| {
        let words = found.as_str().replace('_', " ");
        let line = text[..found.end()].lines().count();
        stilted(&words).map(|word| format!("{place}:{line}: {word}"))
    };
    prose.find_iter(text).filter_map(fault).collect()
}

#[test]
fn a_stilted_word_is_found_in_comments_and_names_only() {
    for (place, text, fault) in [
        ("a.rs", "/// Whoever asks.", "a.rs:1: Whoever"),
        ("a.rs", "\nlet x = 1; // It lies here.\n", "a.rs:2: lies"),
        ("a.rs", "fn a_problem_is_told_once() {", "a.rs:1: told"),
        ("a.css", "/* What stands above. */", "a.css:1: stands"),
        ("a.css", "/* It begins,\nand stands here. */", "a.css:2: stands"),
        ("a.html", "<!-- It stands above. -->", "a.html:1: stands"),
        ("a.js", "// It stands above.", "a.js:1: stands"),
        ("a.rs", "let text = \"He lies.\";", ""),
        ("a.css", "stands: 1", ""),
        ("a.js", "fetch('https://lies.example/told')", ""),
        ("a.rs", "/// A bookmark is untold.", ""),
    ] {
        assert_eq!(faults_of(place, text).concat(), fault, "{text}");
    }
}

#[test]
fn comments_and_test_names_are_in_plain_english() {
    let folders = ["src", "crates", "tests", "xtask", "fuzz/src", "style"];
    let ends = [".rs", ".js", ".mjs", ".css"];
    let mut paths: Vec<_> =
        folders.iter().flat_map(|folder| ends.map(|end| files_if_any(folder, end))).flatten().collect();
    paths.push(root().join("index.html"));
    let mut faults = Vec::new();
    for path in paths {
        let place = place(&path);
        if place != "tests/it/tidy/prose.rs" && !place.contains("/node_modules/") {
            faults.extend(faults_of(&place, &text(&path)));
        }
    }
    check(faults);
}
