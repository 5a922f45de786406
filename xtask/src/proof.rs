//! The output of the tests: the tables of the proof, and the searches for secrets. Tests that print less than
//! required no longer prove what they should, even if none of them failed.

use std::ops::Range;

use crate::failure::{Failure, Outcome};

/// The numbered parts of the proof, as in `tests/it/proof.rs`.
const PARTS: [&str; 13] = [
    "Faults",
    "Deaths",
    "Single",
    "Exhaustive",
    "Histories",
    "Model",
    "OpenFacts",
    "OAuth",
    "MixUps",
    "Documents",
    "Addresses",
    "Texts",
    "Browsers",
];

/// The parts that the native tests print.
pub const NATIVE: Range<usize> = 0..12;
/// The parts that the browser tests print.
pub const BROWSERS: Range<usize> = 12..13;

/// If the searches cover fewer tests than this, the browser tests skipped them.
const FEWEST_SEARCHES: usize = 40;

/// The places that each engine's tests search: windows at the end of a test, profiles when the browser closes.
const SEARCHED: [&str; 4] = ["chromium windows", "chromium profiles", "firefox windows", "firefox profiles"];

/// Prints the tests' tables, see `tests/it/proof.rs`: they arrive in any order, and each line begins with its part's
/// number. The tests assert their own counts; this checks that each part printed something.
pub fn print_tables(lines: &str, parts: Range<usize>) -> Outcome {
    let mut tables: Vec<(&str, &str)> = lines.lines().filter_map(|line| line.split_once('\t')).collect();
    tables.sort_unstable();
    for (_, table) in &tables {
        println!("{}", table.replace('\u{1e}', "\n"));
    }
    let has_output = |part: usize| tables.iter().any(|(number, table)| number.parse() == Ok(part) && !table.is_empty());
    let silent: Vec<&str> = parts.filter(|part| !has_output(*part)).map(|part| PARTS[part]).collect();
    match silent.is_empty() {
        true => Ok(()),
        false => Err(Failure::new(format!("the tests printed nothing for {}", silent.join(", ")))),
    }
}

/// Each search for secrets writes a line: the engine, the place searched, the number of tests whose secrets it looked
/// for, and the number of checks. A match fails the tests.
pub fn print_searches(lines: &str) -> Outcome {
    let counts: Option<Vec<(&str, [usize; 2])>> = lines.lines().map(search).collect();
    let counts = counts.ok_or_else(|| Failure::new("a search for secrets was not counted well"))?;
    let mut few = Vec::new();
    for place in SEARCHED {
        let here = counts.iter().filter(|(searched, _)| *searched == place);
        let [tests, checks] = here.fold([0, 0], |sum, (_, count)| [sum[0] + count[0], sum[1] + count[1]]);
        println!("Leaks: {place}, secrets of {tests} tests, {checks} checks, 0 hits in those that passed.");
        if tests < FEWEST_SEARCHES {
            few.push(place);
        }
    }
    match few.is_empty() {
        true => Ok(()),
        false => Err(Failure::new(format!("secrets of {FEWEST_SEARCHES} tests or more belong in {}", few.join(", ")))),
    }
}

/// The place and the two counts of a line such as `firefox profiles 25 70000`.
fn search(line: &str) -> Option<(&str, [usize; 2])> {
    let (rest, checks) = line.rsplit_once(' ')?;
    let (place, tests) = rest.rsplit_once(' ')?;
    Some((place, [tests.parse().ok()?, checks.parse().ok()?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_those_of_the_tests() {
        let source = include_str!("../../tests/it/proof.rs");
        let (_, after) = source.split_once("pub enum Part {").expect("the parts are an enum");
        let (names, _) = after.split_once('}').expect("it ends");
        let names: Vec<&str> = names.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        assert_eq!(names, PARTS);
        assert_eq!((NATIVE.end, BROWSERS.end), (BROWSERS.start, PARTS.len()));
    }

    #[test]
    fn a_proof_without_a_part_fails() {
        let whole: Vec<String> = NATIVE.map(|part| format!("{part:02}\ta\u{1e}a")).collect();
        assert!(print_tables(&whole.join("\n"), NATIVE).is_ok());
        for missing in NATIVE {
            let rest: Vec<String> = [&whole[..missing], &whole[missing + 1..]].concat();
            let failure = print_tables(&rest.join("\n"), NATIVE).expect_err("a part is missing").to_string();
            assert!(failure.contains(PARTS[missing]), "{failure}");
        }
        assert!(print_tables("12\tsomething", BROWSERS).is_ok());
        assert!(print_tables("12\t", BROWSERS).is_err());
        assert!(print_tables("", BROWSERS).is_err());
    }

    #[test]
    fn too_few_searches_in_any_place_fail() {
        let all = |tests: usize| SEARCHED.map(|place| format!("{place} {tests} 7\n{place} 1 7\n"));
        assert!(print_searches(&all(FEWEST_SEARCHES - 1).concat()).is_ok());
        for place in 0..SEARCHED.len() {
            let mut lines = all(FEWEST_SEARCHES);
            lines[place] = all(FEWEST_SEARCHES - 2)[place].clone();
            let failure = print_searches(&lines.concat()).expect_err("one has too few").to_string();
            assert!(failure.contains(SEARCHED[place]), "{failure}");
        }
        assert!(print_searches(&(all(FEWEST_SEARCHES).concat() + "chromium windows many 7\n")).is_err());
        assert!(print_searches("").is_err());
    }
}
