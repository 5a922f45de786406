//! Every check, one after the other; each runs even when one before it failed, so that one run tells everything.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::args::Depth;
use crate::failure::{Doing, Failure, Outcome};
use crate::tools::{self, system};
use crate::{budget, process, proof, release, supply};

/// How many tests ran, as their harness says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed, and whole checks that failed without saying which test did.
    pub failed: usize,
}

/// One check that has run.
struct Stage {
    name: &'static str,
    took: Duration,
    counts: Counts,
    failure: Option<Failure>,
}

/// Runs all checks, prints a summary, and ends with the line of counts.
pub fn run(root: &Path, depth: Depth) -> Outcome {
    let mut stages = vec![
        stage("formatting", |_| formatting(root)),
        stage("lints, native", |_| lints(root)),
        stage("documentation", |_| documentation(root)),
    ];
    let mut tables = String::new();
    stages.push(stage("native tests", |counts| native_tests(root, depth, (counts, &mut tables))));
    stages.push(stage("proof", |_| proof::tell(&tables, proof::NATIVE)));
    stages.push(stage("licences, bans and sources", |_| supply::check(root)));
    let mut page = None;
    stages.push(stage("set-up and release build", |_| {
        page = Some(release::build(root, &tools::for_build(root)?)?);
        Ok(())
    }));
    // After the set-up, which brings the wasm target.
    stages.push(stage("lints, browser", |_| {
        process::run(clippy(root).args(["--lib", "--bins", "--target", system::WASM]).args(DENY))
    }));
    if let Some(page) = page {
        stages.push(stage("byte budget", |_| budget::check(&page)));
        stages
            .push(stage("second build", |_| release::reproduce(root, &tools::for_build(root)?, depth == Depth::Long)));
        stages.push(stage("browser tests", |counts| browser_tests(root, &page, counts)));
    }
    summary(&stages)
}

/// Lints that are warnings elsewhere stop a verification.
const DENY: [&str; 3] = ["--", "-D", "warnings"];

fn cargo(root: &Path) -> Command {
    let mut command = process::command("cargo");
    command.current_dir(root);
    command
}

fn clippy(root: &Path) -> Command {
    let mut command = cargo(root);
    command.args(["clippy", "--quiet", "--locked"]);
    command
}

fn formatting(root: &Path) -> Outcome {
    tools::for_checks(root)?;
    process::run(cargo(root).args(["fmt", "--all", "--check"]))
}

/// Targets that plain `cargo test` leaves alone are none of "all" to cargo.
fn lints(root: &Path) -> Outcome {
    process::run(clippy(root).args(["--workspace", "--all-targets"]).args(DENY))?;
    process::run(clippy(root).args(["--test", "e2e", "--test", "bench"]).args(DENY))
}

fn documentation(root: &Path) -> Outcome {
    let mut command = cargo(root);
    command.args(["doc", "--quiet", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-Dwarnings");
    process::run(&mut command)
}

fn native_tests(root: &Path, depth: Depth, (counts, tables): (&mut Counts, &mut String)) -> Outcome {
    let scratch = Scratch::new()?;
    let file = scratch.0.join("tables");
    let mut command = cargo(root);
    command.args(["test", "--workspace", "--locked"]).env("AKW_TABLES", &file);
    if depth == Depth::Long {
        command.envs(LONG);
    }
    let outcome = tests(&mut command, counts);
    *tables = fs::read_to_string(&file).unwrap_or_default();
    outcome
}

/// What the native tests read to try more, and other, histories.
const LONG: [(&str, &str); 3] =
    [("AKW_MODEL_STEPS", "1000000"), ("AKW_EXHAUSTIVE", "wide"), ("PROPTEST_CASES", "100000")];

/// The tests in Chromium and in Firefox, side by side.
fn browser_tests(root: &Path, page: &Path, counts: &mut Counts) -> Outcome {
    let (chromium, firefox) = (tools::for_chromium(root)?, tools::for_firefox(root)?);
    let mut command = cargo(root);
    command.args(["test", "--locked", "--test", "e2e"]).env("AKW_DIST", page).env("AKW_AXE", chromium.axe);
    command.env("AKW_CHROMIUM", chromium.browser).env("AKW_CHROMEDRIVER", chromium.driver);
    command.env("AKW_FIREFOX", firefox.browser).env("AKW_GECKODRIVER", firefox.driver);
    with_searches(command, counts)
}

/// Runs browser tests and tells what they counted, and what their searches for secrets came to.
fn with_searches(mut command: Command, counts: &mut Counts) -> Outcome {
    let scratch = Scratch::new()?;
    let (searches, tables) = (scratch.0.join("searches"), scratch.0.join("tables"));
    command.env("TMPDIR", &scratch.0).env("AKW_COUNTS", &searches).env("AKW_TABLES", &tables);
    // Browser profiles go where they are sure to be removed.
    let outcome = tests(&mut command, counts);
    process::end_strays();
    let told = proof::tell(&fs::read_to_string(tables).unwrap_or_default(), proof::BROWSERS);
    let searched = proof::tell_searches(&fs::read_to_string(searches).unwrap_or_default());
    outcome.and(told).and(searched)
}

/// A folder for temporary files, removed with all that is in it.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Outcome<Self> {
        let path = scratch();
        fs::create_dir_all(&path).doing("making a folder for temporary files")?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        clean();
    }
}

fn scratch() -> PathBuf {
    std::env::temp_dir().join(format!("akw-{}", std::process::id()))
}

/// Removes the temporary files of this run, also when a signal ends it.
pub fn clean() {
    fs::remove_dir_all(scratch()).ok();
}

fn stage(name: &'static str, check: impl FnOnce(&mut Counts) -> Outcome) -> Stage {
    println!("\n── {name} ──");
    let started = Instant::now();
    let mut counts = Counts::default();
    let failure = check(&mut counts).err();
    if let Some(failure) = &failure {
        println!("error: {failure}");
    }
    if failure.is_some() && counts.failed == 0 {
        counts.failed = 1;
    }
    Stage { name, took: started.elapsed(), counts, failure }
}

/// Runs a test command, shows what it prints and adds up what its harness counted.
fn tests(command: &mut Command, counts: &mut Counts) -> Outcome {
    process::run_lines(command, |line| {
        println!("{line}");
        if let Some(counted) = counts_in(line) {
            counts.passed += counted.passed;
            counts.failed += counted.failed;
        }
    })
}

/// The counts of a line such as `test result: ok. 12 passed; 0 failed; 0 ignored; …`.
fn counts_in(line: &str) -> Option<Counts> {
    let result = line.trim().strip_prefix("test result: ")?;
    let number = |what: &str| {
        let part = result.split([';', '.']).find_map(|part| part.trim().strip_suffix(what))?;
        part.trim().parse::<usize>().ok()
    };
    Some(Counts { passed: number("passed")?, failed: number("failed")? })
}

fn summary(stages: &[Stage]) -> Outcome {
    println!("\n── summary ──");
    let mut counts = Counts::default();
    for stage in stages {
        let verdict = if stage.failure.is_none() { "ok" } else { "FAILED" };
        println!("{verdict:>7}  {:>5} s  {}", stage.took.as_secs(), stage.name);
        counts.passed += stage.counts.passed;
        counts.failed += stage.counts.failed;
    }
    println!("{} passed, {} failed", counts.passed, counts.failed);
    // The line of counts stays the last one; the table above it names what failed.
    if stages.iter().all(|stage| stage.failure.is_none()) { Ok(()) } else { Err(Failure::told()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_are_those_of_the_harness() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.42s";
        assert_eq!(counts_in(line), Some(Counts { passed: 12, failed: 3 }));
        assert_eq!(counts_in("test result of mine: 3 passed"), None);
        assert_eq!(counts_in("running 3 tests"), None);
    }

    #[test]
    fn a_check_that_fails_without_counts_is_one_failure() {
        let stage = stage("a", |_| Err(Failure::new("b")));
        assert_eq!(stage.counts, Counts { passed: 0, failed: 1 });
        assert!(summary(&[stage]).is_err());
    }
}
