//! Plain English in comments and test names. `tests/it/words.rs` checks the words of the page, and `documents.rs` the
//! documents, with the same list.

use super::{check, files_if_any, place, root, text};

/// Words and phrases that read as translated.
const STILTED: [&str; 6] = ["whoever", "mended", "mends", "lies", "stands", "told"];

/// The first such word or phrase in a text, case-insensitively.
pub(crate) fn stilted(text: &str) -> Option<&'static str> {
    let words = words_of(text);
    STILTED.into_iter().find(|phrase| words.contains(&format!(" {phrase} ")))
}

/// The words of a text in lower case, each surrounded by spaces.
fn words_of(text: &str) -> String {
    let words: Vec<&str> = text.split(|character: char| !character.is_alphanumeric()).collect();
    format!(" {} ", words.join(" ").to_lowercase())
}

/// The comment of a line, or the name of its function. `is_open` is true inside a block comment from an earlier line.
fn prose_of(line: &str, is_open: &mut bool) -> String {
    let starts = ["/*", "<!--"].iter().any(|mark| line.contains(mark));
    let ends = ["*/", "-->"].iter().any(|mark| line.contains(mark));
    let is_block = *is_open || starts;
    *is_open = is_block && !ends;
    if is_block {
        return line.to_owned();
    }
    // Two slashes after a colon or a quotation mark belong to an address.
    let comment = line.match_indices("//").find(|(at, _)| !line[..*at].ends_with([':', '"', '\'', '/', '`']));
    match (comment, line.split_once("fn ")) {
        (Some((at, _)), _) => line[at..].to_owned(),
        (None, Some((_, rest))) => rest.split('(').next().unwrap_or(rest).replace('_', " "),
        (None, None) => String::new(),
    }
}

#[test]
fn a_stilted_word_is_found_in_comments_and_names_only() {
    for (line, found) in [
        ("/// Whoever asks.", Some("whoever")),
        ("let x = 1; // It lies here.", Some("lies")),
        ("fn a_problem_is_told_once() {", Some("told")),
        ("/* What stands above. */", Some("stands")),
        ("<!-- It stands above. -->", Some("stands")),
        ("let text = \"He lies.\";", None),
        ("https://lies.example/told", None),
        ("/// A bookmark is untold.", None),
    ] {
        assert_eq!(stilted(&prose_of(line, &mut false)), found, "{line}");
    }
    let mut is_open = false;
    prose_of("/* It begins,", &mut is_open);
    assert_eq!(stilted(&prose_of("and stands here. */", &mut is_open)), Some("stands"));
    assert_eq!(stilted(&prose_of("stands: 1", &mut is_open)), None);
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
        if place == "tests/it/tidy/prose.rs" || place.contains("/node_modules/") {
            continue;
        }
        let mut is_open = false;
        for (number, line) in text(&path).lines().enumerate() {
            // Style sheets have only block comments, and a Rust pattern may contain a comment mark.
            let is_script = !place.ends_with(".rs");
            let mut none = false;
            let found = stilted(&prose_of(line, if is_script { &mut is_open } else { &mut none }));
            faults.extend(found.map(|word| format!("{place}:{}: {word}", number + 1)));
        }
    }
    // The commands' help texts.
    let help = text(&root().join("xtask/src/args/help.rs"));
    faults.extend(stilted(&help).map(|word| format!("xtask/src/args/help.rs: {word}")));
    check(faults);
}
