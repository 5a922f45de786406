//! Coverage-guided fuzzing of every parser of untrusted input (`fuzz/src/lib.rs`), with libFuzzer.
//!
//! The instrumentation is a pass of the compiler's own LLVM, enabled by stable flags, so the pinned toolchain is
//! enough: no nightly compiler, no `RUSTC_BOOTSTRAP` and no cargo-fuzz, which passes the same flags. Address
//! sanitizer, which needs nightly, would find nothing in code that forbids `unsafe`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, available_parallelism};

use crate::failure::{Doing, Failure, Outcome};
use crate::{process, tools};

/// What to fuzz, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
pub struct FuzzOptions {
    /// Total time for all targets; 3600 is an hour
    #[arg(long, default_value_t = 60)]
    pub seconds: u64,
    /// Only this parser, a folder of `fuzz/corpus`; may be repeated
    #[arg(long = "target", value_name = "NAME")]
    pub targets: Vec<String>,
    /// Add inputs that reach new code to `fuzz/corpus`
    #[arg(long)]
    pub keep: bool,
}

impl FuzzOptions {
    /// All targets, one minute in total.
    pub fn minute() -> Self {
        Self { seconds: 60, targets: Vec::new(), keep: false }
    }
}

/// Counters for each edge of the code, and tracing of comparisons. String comparisons stay calls, which libFuzzer
/// intercepts: it then finds the names that a parser expects by itself.
const INSTRUMENTED: [&str; 7] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-max-loads-per-memcmp=0",
];

/// The maximum time for one input, in seconds, on a busy machine; the maximum memory, in megabytes.
const LIMITS: [&str; 2] = ["-timeout=120", "-rss_limit_mb=1024"];

/// Searches for inputs that break a property, and fails if it finds one.
pub fn run(root: &Path, options: &FuzzOptions) -> Outcome {
    let targets = targets(root, &options.targets)?;
    tools::for_fuzzing(root)?;
    process::run(&mut cargo(root, "build"))?;
    let seats = available_parallelism().map_or(1, usize::from);
    let seconds = (options.seconds * seats as u64 / targets.len() as u64).max(1);
    println!("{} targets, {seconds} s each, {seats} at once:", targets.len());
    let (next, failed) = (Mutex::new(targets.iter()), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..seats {
            scope.spawn(|| {
                while let Some(target) = lock(&next).next() {
                    match target.fuzz(seconds) {
                        Ok(report) => println!("{report}"),
                        Err(failure) => lock(&failed).push(failure.to_string()),
                    }
                }
            });
        }
    });
    if options.keep {
        targets.iter().try_for_each(Target::keep)?;
    }
    match lock(&failed).join("\n") {
        failed if failed.is_empty() => Ok(()),
        failed => Err(Failure::new(failed)),
    }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A target: the name of a folder in `fuzz/corpus`.
struct Target<'a> {
    root: &'a Path,
    name: String,
}

/// The targets with these names, or all if there are none.
fn targets<'a>(root: &'a Path, names: &[String]) -> Outcome<Vec<Target<'a>>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(root.join("fuzz/corpus")).doing("reading fuzz/corpus")? {
        all.push(entry.doing("reading fuzz/corpus")?.file_name().to_string_lossy().into_owned());
    }
    all.sort();
    if let Some(unknown) = names.iter().find(|name| !all.contains(name)) {
        return Err(Failure::new(format!("there is no target {unknown}")).next(format!("Targets: {}", all.join(", "))));
    }
    let chosen = if names.is_empty() { all } else { names.to_vec() };
    Ok(chosen.into_iter().map(|name| Target { root, name }).collect())
}

impl Target<'_> {
    /// Its checked-in inputs.
    fn corpus(&self) -> PathBuf {
        self.root.join("fuzz/corpus").join(&self.name)
    }

    /// This machine's corpus, from which the next run continues.
    fn work(&self) -> PathBuf {
        self.root.join("target/fuzz").join(&self.name)
    }

    /// Runs libFuzzer, and returns a one-line summary.
    fn fuzz(&self, seconds: u64) -> Outcome<String> {
        let (work, log) = (self.work(), self.work().with_extension("log"));
        fs::create_dir_all(&work).doing(format!("making {}", work.display()))?;
        let mut command = self.fuzzer();
        command.arg(format!("-max_total_time={seconds}")).arg("-print_final_stats=1");
        command.arg(format!("-artifact_prefix={}-", work.display())).args([work, self.corpus()]);
        let outcome = process::run(command.stderr(File::create(&log).doing(format!("making {}", log.display()))?));
        let said = String::from_utf8_lossy(&fs::read(&log).doing("reading what libFuzzer said")?).into_owned();
        match outcome {
            Ok(()) => Ok(format!("  {:<10} {}", self.name, tried(&said)?)),
            Err(failure) => Err(self.found(&failure, &said)),
        }
    }

    fn found(&self, failure: &Failure, said: &str) -> Failure {
        let end: Vec<&str> = said.lines().filter(|line| !line.starts_with(['#', '"'])).collect();
        let end = end[end.len().saturating_sub(20)..].join("\n  ");
        Failure::new(format!("fuzzing {}: {failure}\n  {end}", self.name)).next(format!(
            "Copy the input to fuzz/corpus/{}, named after what is special about it: cargo test now fails on it.",
            self.name
        ))
    }

    /// Adds a minimal set of inputs that reach code not covered by the corpus.
    fn keep(&self) -> Outcome {
        process::run(self.fuzzer().args(["-set_cover_merge=1", "-use_counters=0"]).args([self.corpus(), self.work()]))
    }

    fn fuzzer(&self) -> Command {
        let mut command = cargo(self.root, "run");
        command.arg("--").args(LIMITS).env("AKW_FUZZ_TARGET", &self.name);
        command
    }
}

/// Builds or runs the fuzzer. With `--target`, build scripts and macros are not instrumented.
fn cargo(root: &Path, verb: &str) -> Command {
    let mut command = process::command("cargo");
    command.args([verb, "--quiet", "--locked", "--package", "key-wizard-fuzz", "--features", "libfuzzer"]);
    command.args(["--profile", "fuzz", "--target", "host-tuple"]).current_dir(root);
    command.env("CARGO_ENCODED_RUSTFLAGS", INSTRUMENTED.join("\u{1f}"));
    command
}

/// The numbers of inputs tried and worth keeping.
fn tried(said: &str) -> Outcome<String> {
    let statistic = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    match (statistic("stat::number_of_executed_units:"), statistic("stat::new_units_added:")) {
        (Some(inputs), Some(new)) if inputs != "0" => {
            Ok(format!("{inputs:>10} inputs, {new:>6} reached something new"))
        }
        _ => Err(Failure::new("libFuzzer tried nothing")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_known_by_its_folder() {
        let root = crate::repository();
        let all = targets(&root, &[]).expect("the corpus is there");
        assert!(all.len() > 5 && all.iter().all(|target| target.corpus().is_dir()));
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let one = targets(&root, &names(&["link"])).expect("it is one");
        assert!(matches!(&*one, [target] if target.name == "link"));
        assert!(targets(&root, &names(&["link", "lnik"])).is_err_and(|failure| failure.to_string().contains("lnik")));
    }

    #[test]
    fn a_run_that_tried_nothing_is_a_failure() {
        let said = |units: &str| format!("Done\nstat::number_of_executed_units: {units}\nstat::new_units_added: 7\n");
        assert!(tried(&said("1200")).is_ok_and(|line| line.contains("1200 inputs")));
        assert!(tried(&said("0")).is_err() && tried("").is_err());
    }
}
