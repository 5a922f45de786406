//! The three bugs that recovery must never have, each applied alone.

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};
use crate::process;

/// A bug, as a replacement at one place in the source.
struct Bug {
    name: &'static str,
    file: &'static str,
    /// The original text, which occurs exactly once.
    right: &'static str,
    wrong: &'static str,
    /// Tests that must fail with the bug.
    noticed_by: &'static [&'static str],
}

const BUGS: [Bug; 3] = [
    Bug {
        name: "skip the read-back",
        file: "crates/core/src/operation/decide/create.rs",
        right: "facts.item_read.is_none().then_some(Call::ReadItem { item })",
        wrong: "None",
        noticed_by: &[
            "faults::a_creation_without_faults_takes_six_requests",
            "matrix::fourteen_calls_under_twenty_eight_faults_leave_no_mess",
            "operation::tests::there_is_no_key_without_an_expiration",
            "operation::tests::what_the_portal_changed_is_confirmed_before_there_is_a_key",
        ],
    },
    Bug {
        name: "resend blindly",
        file: "crates/core/src/operation/machine/on_error.rs",
        right: "unknown => recheck(transition, pending, unknown.refusal().cloned()),",
        wrong: "_ => transition.send(pending),",
        noticed_by: &[
            "faults::no_single_fault_leaves_an_orphan_a_duplicate_or_an_unseen_key",
            "histories::no_history_leaves_a_mess",
            "matrix::fourteen_calls_under_twenty_eight_faults_leave_no_mess",
            "model::no_person_in_two_tabs_breaks_what_is_promised",
        ],
    },
    Bug {
        name: "drop compensation",
        file: "crates/core/src/operation/machine/user_events.rs",
        right: "    transition.operation.facts.item.take_back();\n    transition.go_on()",
        wrong: "    transition.operation.facts.item.take_back();\n    transition.stop(Stage::RolledBack)",
        noticed_by: &[
            "faults::no_single_fault_leaves_an_orphan_a_duplicate_or_an_unseen_key",
            "histories::no_history_leaves_a_mess",
            "matrix::fourteen_calls_killed_at_four_points_leave_no_mess",
            "model::no_person_in_two_tabs_breaks_what_is_promised",
        ],
    },
];

/// Applies each bug; fails if the tests miss one.
pub fn run(tree: &Path) -> Outcome {
    // A test that fails without the bug cannot detect it.
    let all: Vec<&str> = BUGS.iter().flat_map(|bug| bug.noticed_by).copied().collect();
    let broken = failing(tree, &all)?;
    if !broken.is_empty() {
        return Err(Failure::new(format!("tests fail without any bug:\n  {}", broken.join("\n  "))));
    }
    let mut overlooked = Vec::new();
    for bug in &BUGS {
        println!("\n── {} ──", bug.name);
        let noticed = with(tree, bug)?;
        let silent = bug.noticed_by.iter().filter(|test| !noticed.iter().any(|other| other == *test));
        overlooked.extend(silent.map(|test| format!("{}: overlooked by {test}", bug.name)));
    }
    if overlooked.is_empty() { Ok(()) } else { Err(Failure::new(overlooked.join("\n"))) }
}

/// The tests that fail with this bug. Restores the source afterwards.
fn with(tree: &Path, bug: &Bug) -> Outcome<Vec<String>> {
    let file = tree.join(bug.file);
    let right = fs::read_to_string(&file).doing(format!("reading {}", bug.file))?;
    let wrong = put_in(&right, bug)?;
    fs::write(&file, wrong).doing(format!("writing {}", file.display()))?;
    let noticed = failing(tree, bug.noticed_by);
    fs::write(&file, right).doing(format!("writing {}", file.display()))?;
    noticed
}

fn put_in(source: &str, bug: &Bug) -> Outcome<String> {
    match source.matches(bug.right).count() {
        1 => Ok(source.replace(bug.right, bug.wrong)),
        count => {
            let what = format!("the bug {:?} cannot be put in: {} holds its place {count} times", bug.name, bug.file);
            Err(Failure::new(what).next("Bring xtask/src/mutants/deliberate.rs up to date."))
        }
    }
}

/// Runs these tests and returns the names of those that fail.
fn failing(tree: &Path, tests: &[&str]) -> Outcome<Vec<String>> {
    let mut command = process::command("cargo");
    command.current_dir(tree).env_remove("CARGO_TARGET_DIR");
    command.args([
        "test",
        "--locked",
        "--no-fail-fast",
        "--package",
        "key-wizard-core",
        "--package",
        "arcgis-key-wizard",
    ]);
    command.args(["--lib", "--test", "it", "--", "--exact"]).args(tests);
    let mut failing = Vec::new();
    let outcome = process::run_lines(&mut command, |line| {
        println!("{line}");
        failing.extend(failed(line).map(str::to_owned));
    });
    match outcome {
        // The tests did not run.
        Err(failure) if failing.is_empty() => Err(failure.next("The lines above say why.")),
        _ => Ok(failing),
    }
}

/// The failed test in a line of the harness, if any.
fn failed(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bug_still_has_its_place() {
        let root = crate::repository();
        for bug in &BUGS {
            let source = fs::read_to_string(root.join(bug.file)).expect("the file is there");
            put_in(&source, bug).unwrap_or_else(|failure| panic!("{failure}"));
        }
    }

    #[test]
    fn a_bug_without_its_place_is_not_put_in() {
        let failure = put_in("fn other() {}", &BUGS[0]).expect_err("its place is gone");
        assert!(failure.to_string().contains("cannot be put in"), "{failure}");
        assert!(put_in(&BUGS[0].right.repeat(2), &BUGS[0]).is_err());
    }

    #[test]
    fn the_tests_that_fail_are_read_from_the_harness() {
        assert_eq!(failed("test faults::a ... FAILED"), Some("faults::a"));
        assert_eq!(failed("test faults::a ... ok"), None);
    }
}
