//! What the tests told: the tables of the proof, and the searches for secrets. Tests that told less than they must have
//! stopped proving something, even where none of them failed.

use std::ops::Range;

use crate::failure::{Failure, Outcome};

/// The parts of the proof by number, as `tests/it/proof.rs` names them.
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

/// What the native tests tell.
pub const NATIVE: Range<usize> = 0..12;
/// What the browser tests tell.
pub const BROWSERS: Range<usize> = 12..13;

/// With fewer scenarios than this, the browser tests have not done their searches.
const FEWEST_SEARCHES: usize = 40;

/// Prints the tables of the tests, see `tests/it/proof.rs`: they come in any order, each in a line that begins
/// with its part's number. That every count in them is right is asserted where it is counted; here, that each of these
/// parts told something.
pub fn tell(lines: &str, parts: Range<usize>) -> Outcome {
    let mut tables: Vec<(&str, &str)> = lines.lines().filter_map(|line| line.split_once('\t')).collect();
    tables.sort_unstable();
    for (_, table) in &tables {
        println!("{}", table.replace('\u{1e}', "\n"));
    }
    let told = |part: usize| tables.iter().any(|(number, table)| number.parse() == Ok(part) && !table.is_empty());
    let silent: Vec<&str> = parts.filter(|it| !told(*it)).map(|it| PARTS[it]).collect();
    match silent.is_empty() {
        true => Ok(()),
        false => Err(Failure::new(format!("the tests told nothing of {}", silent.join(", ")))),
    }
}

/// Every browser test ends with a search for its secrets, and writes down how often it looked; a hit fails the test.
pub fn tell_searches(lines: &str) -> Outcome {
    let counts: Result<Vec<usize>, _> = lines.lines().map(str::parse).collect();
    let counts = counts.map_err(|error| Failure::new(format!("the count of a search for secrets: {error}")))?;
    // Where nobody signed in there was no secret yet.
    let scenarios = counts.iter().filter(|it| **it > 0).count();
    let checks = counts.iter().sum::<usize>();
    println!("Leaks: {scenarios} scenarios, {checks} checks, 0 hits in those that passed.");
    match scenarios < FEWEST_SEARCHES {
        true => Err(Failure::new(format!("these scenarios should be {FEWEST_SEARCHES} or more"))),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_those_of_the_tests() {
        let source = include_str!("../../tests/it/proof.rs");
        let (_, after) = source.split_once("pub enum Part {").expect("the parts are an enum");
        let (names, _) = after.split_once('}').expect("it ends");
        let names: Vec<&str> = names.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
        assert_eq!(names, PARTS);
        assert_eq!((NATIVE.end, BROWSERS.end), (BROWSERS.start, PARTS.len()));
    }

    #[test]
    fn a_proof_of_which_a_part_tells_nothing_fails() {
        let whole: Vec<String> = NATIVE.map(|part| format!("{part:02}\ta\u{1e}a")).collect();
        assert!(tell(&whole.join("\n"), NATIVE).is_ok());
        for missing in NATIVE {
            let rest: Vec<String> = [&whole[..missing], &whole[missing + 1..]].concat();
            let failure = tell(&rest.join("\n"), NATIVE).expect_err("a part is missing").to_string();
            assert!(failure.contains(PARTS[missing]), "{failure}");
        }
        assert!(tell("12\tsomething", BROWSERS).is_ok());
        assert!(tell("12\t", BROWSERS).is_err());
        assert!(tell("", BROWSERS).is_err());
    }

    #[test]
    fn too_few_searches_fail_and_empty_ones_do_not_count() {
        let counts = |many: usize| "7\n".repeat(many);
        assert!(tell_searches(&counts(FEWEST_SEARCHES)).is_ok());
        assert!(tell_searches(&counts(FEWEST_SEARCHES - 1)).is_err());
        assert!(tell_searches(&(counts(FEWEST_SEARCHES) + "0\n")).is_ok());
        assert!(tell_searches(&(counts(FEWEST_SEARCHES - 1) + "0\n")).is_err());
        assert!(tell_searches(&(counts(FEWEST_SEARCHES) + "many\n")).is_err());
        assert!(tell_searches("").is_err());
    }
}
