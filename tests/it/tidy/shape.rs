//! What a file must document, and what it may not contain.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::{Code, check, code_of, files, files_if_any, place, source, text};

/// The code of every crate.
fn everything() -> Vec<Code> {
    ["crates/core/src", "src", "tests/portal/src", "xtask/src"].into_iter().flat_map(code_of).collect()
}

#[test]
fn every_file_says_what_it_is() {
    let silent =
        everything().into_iter().filter(|file| !file.lines.first().is_some_and(|line| line.starts_with("//!")));
    check(silent.map(|file| format!("{}: no module comment", file.place)).collect());
}

#[test]
fn nothing_gives_up_without_a_reason() {
    let words = [".unwrap()", "todo!", "unimplemented!", "dbg!", "anyhow", "Box<dyn Error>", "TODO", "XXX", "HACK"];
    let mut faults: Vec<String> = everything().iter().flat_map(|file| file.lines_with(&words)).collect();
    // A panic writes only its location to the user's console.
    let quiet = source().into_iter().filter(|file| file.place != "src/platform/panics.rs");
    faults.extend(quiet.flat_map(|file| file.lines_with(&["println!", "console::", "web_sys::console"])));
    for file in everything() {
        let noted =
            file.lines.iter().filter(|line| ["// TODO", "// XXX", "// HACK"].iter().any(|word| line.contains(word)));
        faults.extend(noted.map(|line| format!("{}: {line}", file.place)));
    }
    check(faults);
}

/// One name, one meaning: a reader must not need the imports to tell two types apart.
#[test]
fn each_type_has_a_name_of_its_own() {
    let definition = Regex::new(r"^(?:pub(?:\([a-z]+\))? )?(?:struct|enum|trait|type) (\w+)").expect("it is a pattern");
    let mut faults = Vec::new();
    // The practice portal has items and folders of its own.
    for files in [source(), code_of("xtask/src"), code_of("tests/portal/src")] {
        let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for file in files {
            for name in file.lines.iter().filter_map(|line| definition.captures(line)) {
                places.entry(name[1].to_owned()).or_default().push(file.place.clone());
            }
        }
        assert!(places.len() > 20, "the types were not found");
        let doubled = places.iter().filter(|(_, places)| places.len() > 1);
        faults.extend(doubled.map(|(name, places)| format!("{name}: {}", places.join(", "))));
    }
    check(faults);
}

/// The folders in which a variable named `it` is rejected.
const CHECKED_FOLDERS: [&str; 5] = ["crates", "fuzz", "src", "tests", "xtask"];

/// Bindings named `it`: in the pattern of a closure, before an arrow or in the parameters of a JavaScript function,
/// as a Rust parameter or local.
const NAMED_IT: [&str; 4] = [
    r"\|[\w\s&(),:<>']*\bit\b[\w\s&(),:<>']*\|",
    r"(?:^|[ (,.])it\)? =>|\bfunction ?\w*\([^)]*\bit\b",
    r"(?:^|[(,])\s*(?:mut )?it: ",
    r"\blet (?:mut )?it\b|\bfor (?:\(const )?it (?:in|of)\b",
];

/// True if a line binds `it`.
fn names_it(line: &str) -> bool {
    static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| RegexSet::new(NAMED_IT).expect("they are patterns"));
    PATTERNS.is_match(line)
}

#[test]
fn the_rule_for_names_tells_them_from_other_code() {
    for bad in [
        "list.map(|it| it.id)",
        "list.map(|&it| it)",
        "list.map(|mut it| it.take())",
        "pairs.map(|(name, it)| it)",
        "let text = |it: &Value| it.to_string();",
        "a || list.any(|it| it)",
        "list.map(it => it.id)",
        "list.map((it) => it.id)",
        "list.map((name, it) => it.id)",
        "async (...it) => it",
        "fn id(it: &Item) -> Id {",
        "pub fn pair<T>(name: &str, mut it: T) {",
        "    it: &Item,",
        "function id(it) {",
        "let it = list.next();",
        "for (const it of list) {",
    ] {
        assert!(names_it(bad), "{bad}");
    }
    for good in [
        "list.map(|item| item.id)",
        "it.is() || it.has(|name| name)",
        "dialog.it().map(|row| row)",
        "x => it.y",
        "fn it_is(a: u8) {",
    ] {
        assert!(!names_it(good), "{good}");
    }
}

#[test]
fn arguments_and_locals_are_named_for_the_thing() {
    let mut faults = Vec::new();
    for path in
        CHECKED_FOLDERS.iter().flat_map(|folder| [".rs", ".js", ".mjs"].map(|end| files_if_any(folder, end))).flatten()
    {
        let place = place(&path);
        if place == "tests/it/tidy/shape.rs" || place.contains("/node_modules/") {
            continue;
        }
        let text = text(&path);
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().starts_with("//") && names_it(line));
        faults.extend(lines.map(|(number, line)| format!("{place}:{}: {}", number + 1, line.trim())));
    }
    check(faults);
}

/// The browser tests use a list instead: a function with the attribute would never run there.
#[test]
fn browser_tests_are_in_their_list() {
    let mut faults = Vec::new();
    for path in files("tests/e2e", ".rs") {
        let marked = |line: &&str| line.trim_start().starts_with("#[") && line.contains("test]");
        faults.extend(text(&path).lines().filter(marked).map(|line| format!("{}: {line}", place(&path))));
    }
    check(faults);
}

/// True if a line waits with a JavaScript timer of at least a tenth of a second.
fn is_long_timer(line: &str) -> bool {
    let rest = line.split_once("setTimeout(").map_or("", |(_, rest)| rest);
    let number = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    rest.match_indices(", ").any(|(at, _)| number(&rest[at + 2..]) > 2)
}

#[test]
fn tests_neither_sleep_nor_are_left_out() {
    let mut faults = Vec::new();
    let rust = ["crates", "src", "tests", "xtask/src"].iter().flat_map(|folder| files(folder, ".rs"));
    for path in rust.chain(files("tests", ".js")) {
        let place = place(&path);
        if place.starts_with("tests/it/tidy/") {
            continue;
        }
        // The practice portal has delay as a fault; the browser is polled, with a timeout.
        let waits =
            ["tests/portal/src/http.rs", "tests/e2e/page.rs", "tests/e2e/firefox/window.js"].contains(&place.as_str());
        for (number, line) in text(&path).lines().enumerate().filter(|(_, line)| !line.trim().starts_with("//")) {
            let left_out = ["#[ignore", "should_panic"].iter().any(|text| line.contains(text));
            let sleeps = place.starts_with("tests/") && line.contains("sleep(") && !waits;
            let naps = place.starts_with("tests/") && is_long_timer(line) && !waits;
            if left_out || sleeps || naps {
                faults.push(format!("{place}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    check(faults);
}
