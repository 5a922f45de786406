//! Runs every check in sequence; each runs even if an earlier one failed, so that one run reports everything.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use crate::args::{Depth, Part, Verify};
use crate::failure::{Doing, Failure, Outcome};
use crate::tools::system::{self, HEADLESS_SHELL};
use crate::tools::{self, Framework};
use crate::{budget, clients, fuzz, process, proof, release, sites, supply, times, webkit};

/// The number of tests run, as the harness reports it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: usize,
    /// Failed tests, and failed checks that do not report individual tests.
    pub failed: usize,
}

/// The result of one check.
struct Stage {
    name: &'static str,
    took: Duration,
    counts: Counts,
    failure: Option<Failure>,
}

/// Runs all checks, or those of a part, prints a summary, and ends with the line of counts.
pub fn run(root: &Path, options: Verify) -> Outcome {
    let (depth, part) = (options.depth(), options.part);
    let mut stages = vec![stage("set-up", |_| tools::set_up(root, &tools::EVERYTHING))];
    if part != Part::Browsers {
        stages.extend(of_code(root, depth));
    }
    let mut page = None;
    let is_fuzzed = part != Part::Browsers && depth != Depth::Quick;
    // Linking the page and the checks after it leave a core idle.
    thread::scope(|scope| {
        let fuzzing =
            is_fuzzed.then(|| scope.spawn(|| stage("fuzzing", |_| fuzz::run(root, &fuzz::FuzzOptions::minute()))));
        stages.push(stage("release build", |_| {
            page = Some(release::build(root, &tools::for_build(root)?)?);
            Ok(())
        }));
        if part != Part::Browsers {
            stages.extend(of_build(root, page.as_deref(), depth));
        }
        stages.extend(fuzzing.map(joined));
    });
    if let Some(page) = page
        && part != Part::Native
    {
        if depth != Depth::Quick {
            let all = if depth == Depth::Long { &Framework::ALL[..] } else { &[Framework::VitePress] };
            stages.extend(of_sites(root, &page, all));
            if cfg!(target_os = "linux") {
                stages.push(stage("WebKit", |counts| webkit::walk(root, &page, counts)));
            }
        }
        stages.push(stage("browser tests", |counts| browser_tests(root, &page, depth, counts)));
    }
    summary(&stages)
}

/// The checks of the code itself.
fn of_code(root: &Path, depth: Depth) -> Vec<Stage> {
    let mut stages = vec![stage("formatting", |_| formatting(root)), stage("lints, native", |_| lints(root))];
    let mut tables = String::new();
    stages.push(stage("native tests", |counts| native_tests(root, depth, counts, &mut tables)));
    if depth != Depth::Quick {
        stages.push(stage("proof", |_| proof::print_tables(&tables, proof::NATIVE)));
        stages.extend(of_clients(root, depth == Depth::Long));
        stages.push(stage("documentation", |_| documentation(root)));
        stages.push(stage("licenses, bans and sources", |_| supply::check(root)));
    }
    stages
}

/// The checks of the build that need no browser. The second build leaves one core idle most of the time, so the
/// others run in parallel. None of them may kill leftover processes: that would kill the compiler of the second build.
fn of_build(root: &Path, page: Option<&Path>, depth: Depth) -> Vec<Stage> {
    let page = page.filter(|_| depth != Depth::Quick);
    let from_nothing = depth == Depth::Long;
    let second = move || stage("second build", |_| release::reproduce(root, &tools::for_build(root)?, from_nothing));
    thread::scope(|scope| {
        let second = page.map(|_| scope.spawn(second));
        // After the setup, which installs the wasm target.
        let mut stages = vec![stage("lints, browser", |_| {
            process::run(clippy(root).args(["--lib", "--bins", "--target", system::WASM]).args(DENY))
        })];
        if let Some(page) = page {
            stages.push(stage("byte budget", |_| budget::check(page)));
            stages.push(stage("release, without a browser", |counts| release_tests(root, page, counts)));
        }
        stages.extend(second.map(joined));
        stages
    })
}

/// The result of a stage that ran in parallel.
fn joined(stage: ScopedJoinHandle<'_, Stage>) -> Stage {
    stage.join().expect("a stage returns its failure and does not panic")
}

/// Runs only Esri's own clients against the practice portal.
pub fn run_clients(root: &Path) -> Outcome {
    summary(&of_clients(root, true))
}

/// Runs only the documentation sites with the element: one framework's, or all.
pub fn run_sites(root: &Path, only: Option<Framework>) -> Outcome {
    let page = release::build(root, &tools::for_build(root)?)?;
    summary(&of_sites(root, &page, &only.map_or(Framework::ALL.to_vec(), |only| vec![only])))
}

/// The sites of these frameworks.
fn of_sites(root: &Path, page: &Path, frameworks: &[Framework]) -> Vec<Stage> {
    let walk = |framework: &Framework| stage(framework.name(), |counts| sites::walk(root, page, *framework, counts));
    frameworks.iter().map(walk).collect()
}

/// Only the small one of Esri's clients, or all.
fn of_clients(root: &Path, all: bool) -> Vec<Stage> {
    let mut stages = vec![stage("arcgis-rest-js", |counts| clients::rest_js(root, counts))];
    if all {
        stages.push(stage("arcgis for Python", |counts| clients::python(root, counts)));
        stages.push(stage("@arcgis/core", |counts| clients::jsapi(root, counts)));
    }
    stages
}

/// Verification treats warnings as errors.
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

/// Cargo's "all" excludes the targets that plain `cargo test` skips.
fn lints(root: &Path) -> Outcome {
    process::run(clippy(root).args(["--workspace", "--all-targets"]).args(DENY))?;
    process::run(clippy(root).args(["--workspace", "--test", "e2e", "--test", "bench", "--test", "release"]).args(DENY))
}

fn documentation(root: &Path) -> Outcome {
    let mut command = cargo(root);
    command.args(["doc", "--quiet", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-Dwarnings");
    process::run(&mut command)
}

fn native_tests(root: &Path, depth: Depth, counts: &mut Counts, tables: &mut String) -> Outcome {
    let scratch = Scratch::new()?;
    let file = scratch.0.join("tables");
    let mut command = cargo(root);
    command.args(["test", "--workspace", "--locked"]).env("AKW_TABLES", &file);
    match depth {
        Depth::Quick => command.arg("--").args(EXHAUSTIVE.iter().flat_map(|module| ["--skip", module])),
        Depth::Short => &mut command,
        Depth::Long => command.envs(LONG),
    };
    let outcome = tests(&mut command, counts);
    *tables = fs::read_to_string(&file).unwrap_or_default();
    outcome
}

/// The native tests that try thousands of histories.
const EXHAUSTIVE: [&str; 4] = ["exhaustive::", "histories::", "matrix::", "model::"];

/// The variables that make the native tests try more and random histories.
const LONG: [(&str, &str); 3] =
    [("AKW_MODEL_STEPS", "1000000"), ("AKW_EXHAUSTIVE", "wide"), ("PROPTEST_CASES", "100000")];

/// Tests the finished page, each header file on its server, the archive and the npm package. Prints the servers'
/// output.
fn release_tests(root: &Path, page: &Path, counts: &mut Counts) -> Outcome {
    let mut command = cargo(root);
    command.args(["test", "--locked", "--package", "xtask", "--test", "release"]).env("AKW_DIST", page);
    tests(command.args(["--", "--nocapture", "--test-threads", "1"]), counts)
}

/// The tests in Chromium and in Firefox, in parallel.
fn browser_tests(root: &Path, page: &Path, depth: Depth, counts: &mut Counts) -> Outcome {
    let scratch = Scratch::new()?;
    let mut command = browsers(root, page, &scratch)?;
    if depth != Depth::Long {
        command.envs(HEADLESS_SHELL.find().map(|shell| ("AKW_HEADLESS_SHELL", shell)));
    }
    match depth {
        Depth::Quick => return tests(command.env("AKW_QUICK", "1"), counts),
        Depth::Short => command.env("AKW_THIRD", third(root)),
        Depth::Long => command.env("AKW_LONG", "1"),
    };
    let outcome = with_times(root, (command, &scratch), counts);
    process::end_strays();
    outcome
}

/// Takes screenshots of every screen that these tests visit.
pub fn pictures(root: &Path, names: &str) -> Outcome {
    let page = release::build(root, &tools::for_build(root)?)?;
    let folder = root.join("target/pictures");
    fs::create_dir_all(&folder).doing(format!("making {}", folder.display()))?;
    let scratch = Scratch::new()?;
    let mut command = browsers(root, &page, &scratch)?;
    let outcome = process::run(command.args(["--", names]).env("AKW_PICTURES", &folder));
    process::end_strays();
    println!("The photographs are in {}.", folder.display());
    outcome
}

/// The command that runs browser tests on this page. Browser profiles go into `scratch`, so that they are removed.
fn browsers(root: &Path, page: &Path, scratch: &Scratch) -> Outcome<Command> {
    let (chromium, firefox) = (tools::for_chromium(root)?, tools::for_firefox(root)?);
    let mut command = cargo(root);
    command.args(["test", "--locked", "--test", "e2e"]).env("AKW_DIST", page).env("AKW_AXE", chromium.axe);
    command.env("AKW_CHROMIUM", chromium.browser).env("AKW_CHROMEDRIVER", chromium.driver);
    command.env("AKW_FIREFOX", firefox.browser).env("AKW_GECKODRIVER", firefox.driver);
    command.env("TMPDIR", &scratch.0);
    Ok(command)
}

/// The third of the single-engine tests that also runs in Firefox; it varies by commit.
fn third(root: &Path) -> String {
    let commit = process::answer_in(root, "git", &["rev-parse", "HEAD"]).unwrap_or_default();
    let third = commit.trim().bytes().map(u32::from).sum::<u32>() % 3;
    println!("Of the tests that need one engine only, third {} of 3 runs in Firefox too.", third + 1);
    third.to_string()
}

/// Runs browser tests, the longest first, and prints their times.
fn with_times(root: &Path, (mut command, scratch): (Command, &Scratch), counts: &mut Counts) -> Outcome {
    let (times, kept) = (scratch.0.join("times"), crate::target(root).join("xtask/browser-test-times"));
    command.env("AKW_TIMES", &times).env("AKW_LAST_TIMES", &kept);
    let outcome = with_searches(command, scratch, counts);
    let times = fs::read_to_string(times).unwrap_or_default();
    print!("{}", times::report(&times));
    let folder = kept.parent().unwrap_or(root);
    fs::create_dir_all(folder).doing(format!("making {}", folder.display()))?;
    let before = fs::read_to_string(&kept).unwrap_or_default();
    fs::write(&kept, times::merge(&before, &times)).doing(format!("writing {}", kept.display()))?;
    outcome
}

/// Runs browser tests and prints their counts and the results of their searches for secrets.
fn with_searches(mut command: Command, scratch: &Scratch, counts: &mut Counts) -> Outcome {
    let (searches, tables) = (scratch.0.join("searches"), scratch.0.join("tables"));
    command.env("AKW_COUNTS", &searches).env("AKW_TABLES", &tables);
    let outcome = tests(&mut command, counts);
    let printed = proof::print_tables(&fs::read_to_string(tables).unwrap_or_default(), proof::BROWSERS);
    let searched = proof::print_searches(&fs::read_to_string(searches).unwrap_or_default());
    outcome.and(printed).and(searched)
}

/// A folder for temporary files, removed when dropped.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Creates the folder.
    pub fn new() -> Outcome<Self> {
        let path = scratch();
        fs::create_dir_all(&path).doing("making a folder for temporary files")?;
        Ok(Self(path))
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
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

/// Removes the temporary files of this run, even if a signal ends it.
pub fn clean() {
    fs::remove_dir_all(scratch()).ok();
}

fn stage(name: &'static str, check: impl FnOnce(&mut Counts) -> Outcome) -> Stage {
    println!("\n── {name} ──");
    let started = Instant::now();
    let mut counts = Counts::default();
    let failure = check(&mut counts).err();
    if let Some(failure) = &failure {
        println!("error in {name}: {failure}");
    }
    if failure.is_some() && counts.failed == 0 {
        counts.failed = 1;
    }
    Stage { name, took: started.elapsed(), counts, failure }
}

/// Runs a test command, shows its output and adds the harness's counts.
pub fn tests(command: &mut Command, counts: &mut Counts) -> Outcome {
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
    // The line of counts stays last; the table above it names the failures.
    if stages.iter().all(|stage| stage.failure.is_none()) { Ok(()) } else { Err(Failure::reported()) }
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
