//! What a file must say of itself, and what it may not hold.

use super::{Code, check, code_of, files, place, source, text};

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
    // The console of somebody else's browser gets the place of a panic and nothing else.
    let quiet = source().into_iter().filter(|file| file.place != "src/platform/panics.rs");
    faults.extend(quiet.flat_map(|file| file.lines_with(&["println!", "console::", "web_sys::console"])));
    for file in everything() {
        let noted =
            file.lines.iter().filter(|line| ["// TODO", "// XXX", "// HACK"].iter().any(|word| line.contains(word)));
        faults.extend(noted.map(|line| format!("{}: {line}", file.place)));
    }
    check(faults);
}

/// The browser tests have a list instead: what carries the attribute there would never run.
#[test]
fn browser_tests_are_in_their_list() {
    let mut faults = Vec::new();
    for path in files("tests/e2e", ".rs") {
        let marked = |line: &&str| line.trim_start().starts_with("#[") && line.contains("test]");
        faults.extend(text(&path).lines().filter(marked).map(|line| format!("{}: {line}", place(&path))));
    }
    check(faults);
}

/// Whether a line sets a timer of JavaScript, of a tenth of a second or more, to wait for it.
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
        // A delay is a fault the practice portal can be told to have; a browser is looked at again and again, and given up.
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
