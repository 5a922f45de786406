//! How long files and functions may be, and what they may not hold.

use std::collections::BTreeSet;

use super::{Code, check, code_of, files, place, source, text};

/// The longest file without its tests, in lines.
const FILE: usize = 300;
/// The most parameters, `self` apart.
const PARAMETERS: usize = 4;

/// The code of every crate.
fn everything() -> Vec<Code> {
    ["src", "tests/portal/src", "xtask/src"].into_iter().flat_map(code_of).collect()
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut faults = Vec::new();
    for file in everything() {
        if file.lines.len() > FILE {
            faults.push(format!("{}: {} lines", file.place, file.lines.len()));
        }
        if !file.lines.first().is_some_and(|it| it.starts_with("//!")) {
            faults.push(format!("{}: no module comment", file.place));
        }
    }
    check(faults);
}

#[test]
fn functions_are_short_and_take_little() {
    let mut faults = Vec::new();
    for file in everything() {
        // A view is as long as what it draws, and words are as many as there are things to say.
        let draws = file.is_in(&["src/app", "src/app.rs", "src/wizard", "src/wizard.rs", "src/ui"]);
        let most = match file.module() {
            "i18n" => 90,
            _ if draws => 60,
            _ => 40,
        };
        for function in functions(&file.lines) {
            let at = format!("{}:{}", file.place, function.start + 1);
            let length = function.end - function.start + 1;
            if length > most {
                faults.push(format!("{at}: {length} lines"));
            }
            if function.parameters > PARAMETERS {
                faults.push(format!("{at}: {} parameters", function.parameters));
            }
        }
    }
    check(faults);
}

struct Function {
    start: usize,
    end: usize,
    parameters: usize,
}

/// Where functions begin and end, by the indentation rustfmt gives them.
fn functions(lines: &[String]) -> Vec<Function> {
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let words: BTreeSet<&str> = text.split(['(', ' ', '<']).take(5).collect();
        let is_function = words.contains("fn") && !text.starts_with("//") && !text.contains("fn(");
        if !is_function || text.ends_with(';') || text.ends_with('}') {
            continue;
        }
        let is_end = |it: &&String| it.len() == indent + 1 && it.trim_start() == "}";
        let end = lines[start..].iter().position(|it| is_end(&it)).map_or(start, |it| start + it);
        found.push(Function { start, end, parameters: parameters(&lines[start..=end]) });
    }
    found
}

/// How many parameters a function has, by the colons that stand directly in its parentheses.
fn parameters(lines: &[String]) -> usize {
    let code = lines.join(" ");
    let name = code.find("fn ").map_or("", |at| &code[at..]);
    let (mut depth, mut angles, mut count, mut last) = (0, 0, 0, ' ');
    for character in name.chars() {
        match character {
            '(' => depth += 1,
            ')' if depth == 1 && angles == 0 => return count,
            ')' => depth -= 1,
            '<' => angles += 1,
            '>' if last != '-' => angles -= 1,
            ':' if depth == 1 && angles == 0 => count += 1,
            _ => {}
        }
        // A path's colons are two.
        if character == ':' && last == ':' && depth == 1 && angles == 0 {
            count -= 2;
        }
        last = character;
    }
    count
}

#[test]
fn parameters_are_counted_as_a_reader_counts_them() {
    let count = |line: &str| parameters(&[line.to_owned()]);
    assert_eq!(count("fn a() {"), 0);
    assert_eq!(count("fn a<K: Ord>(self, key: impl Fn(K) -> x::Y + 'static, b: (u8, u8)) -> Z {"), 2);
    assert_eq!(count("pub fn a(a: &[u8], b: fmt::A<'_, x::Y>, c: u8, d: u8, e: u8) {"), 5);
}

#[test]
fn nothing_gives_up_without_a_reason() {
    let words = [".unwrap()", "todo!", "unimplemented!", "dbg!", "anyhow", "Box<dyn Error>", "TODO", "XXX", "HACK"];
    let mut faults: Vec<String> = everything().iter().flat_map(|it| it.lines_with(&words)).collect();
    // The console of somebody else's browser is no place for words of ours.
    faults.extend(source().iter().flat_map(|it| it.lines_with(&["println!", "console::"])));
    for file in everything() {
        let noted =
            file.lines.iter().filter(|it| ["// TODO", "// XXX", "// HACK"].iter().any(|word| it.contains(word)));
        faults.extend(noted.map(|it| format!("{}: {it}", file.place)));
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

#[test]
fn tests_neither_sleep_nor_are_left_out() {
    let mut faults = Vec::new();
    for path in ["src", "tests", "xtask/src"].iter().flat_map(|it| files(it, ".rs")) {
        let place = place(&path);
        if place.starts_with("tests/it/tidy/") {
            continue;
        }
        // A delay is a fault the practice portal can be told to have; a browser is looked at again and again.
        let waits = ["tests/portal/src/http.rs", "tests/e2e/page.rs"].contains(&place.as_str());
        for (number, line) in text(&path).lines().enumerate().filter(|(_, line)| !line.trim().starts_with("//")) {
            let left_out = ["#[ignore", "should_panic"].iter().any(|it| line.contains(it));
            let sleeps = place.starts_with("tests/") && line.contains("sleep(") && !waits;
            if left_out || sleeps {
                faults.push(format!("{place}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    check(faults);
}
