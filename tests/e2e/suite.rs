//! The list of all tests, and how each runs: in the engine of its name, on a shared runtime.
//!
//! Each module lists its tests with [`tests!`], and `main` collects the lists; an unlisted test is dead code, which
//! clippy rejects. A test in two engines is two trials, `chromium::walk::…` and `firefox::walk::…`, in one pool.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;

use crate::browser::{self, LEASES};
use crate::engine::Kind;
use crate::leaks;

/// A test that has not started: its future need not be `Send`.
type Start = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// Lists the tests of a module, in this order: `both` if the engines differ, `whole` if headless Chromium differs
/// too, `one` if they all behave alike, `native` if it needs no browser.
macro_rules! tests {
    (
        $(both: [$($both:ident),* $(,)?] $(,)?)?
        $(whole: [$($whole:ident),* $(,)?] $(,)?)?
        $(one: [$($one:ident),* $(,)?] $(,)?)?
        $(native: [$($native:ident),* $(,)?] $(,)?)?
    ) => {
        /// The tests of this module.
        pub fn tests() -> Vec<$crate::suite::Test> {
            use $crate::suite::{Engines, Test};
            vec![
                $($(Test::new((module_path!(), stringify!($both)), Engines::Both, || Box::pin($both())),)*)?
                $($(Test::new((module_path!(), stringify!($whole)), Engines::Whole, || Box::pin($whole())),)*)?
                $($(Test::new((module_path!(), stringify!($one)), Engines::One, || Box::pin($one())),)*)?
                $($(Test::new((module_path!(), stringify!($native)), Engines::Native, || Box::pin(async { $native() })),)*)?
            ]
        }
    };
}
pub(crate) use tests;

/// The engines of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engines {
    /// In Chromium and in Firefox in every run.
    Both,
    /// The same, but never in Chromium's headless shell, which has no back-forward cache and no page for a crash.
    Whole,
    /// In Chromium in every run; in Firefox too, unless `AKW_THIRD` selects a third of these tests.
    One,
    /// In no engine: it tests the harness itself.
    Native,
}

/// The timeout of a test.
const LIMIT: Duration = Duration::from_secs(5 * 60);
/// The same under `AKW_LONG`.
const LONG_LIMIT: Duration = Duration::from_secs(40 * 60);

/// The modules that `AKW_QUICK` runs, in Chromium only: a user's main path, for work on the page.
const QUICK: [&str; 3] = ["walk", "key", "keyboard"];

/// One entry of the list.
pub struct Test {
    /// Module and function, such as `walk::a_person_makes_a_key`.
    name: String,
    engines: Engines,
    start: Start,
}

impl Test {
    /// Creates a test from the path of its module and its own name.
    pub fn new((module, name): (&str, &str), engines: Engines, start: Start) -> Test {
        let (_, module) = module.split_once("::").unwrap_or(("", module));
        Test { name: format!("{module}::{name}"), engines, start }
    }

    /// The engines for this run.
    fn kinds(&self) -> &'static [Option<Kind>] {
        let in_chromium = &[Some(Kind::Chromium)];
        if std::env::var_os("AKW_QUICK").is_some() {
            let (module, _) = self.name.split_once("::").unwrap_or_default();
            return if QUICK.contains(&module) { in_chromium } else { &[] };
        }
        match self.engines {
            Engines::One if !self.is_in_third() => in_chromium,
            Engines::Both | Engines::Whole | Engines::One => &[Some(Kind::Chromium), Some(Kind::Firefox)],
            Engines::Native => &[None],
        }
    }

    /// True if it belongs to the third that `AKW_THIRD` selects by 0, 1 or 2; always true if that is not set.
    fn is_in_third(&self) -> bool {
        let Ok(third) = std::env::var("AKW_THIRD") else { return true };
        let sum: usize = self.name.bytes().map(usize::from).sum();
        third.parse() == Ok(sum % 3)
    }

    /// One trial for each engine.
    fn trials(self, runtime: &Arc<Runtime>) -> Vec<Trial> {
        let trial = |kind: &Option<Kind>| {
            let (kind, start, runtime) = (*kind, self.start, runtime.clone());
            let name = format!("{}::{}", kind.map_or("native", Kind::name), self.name);
            let running = Running::new((kind, self.engines == Engines::Whole), name.clone(), LEASES);
            Trial::test(name, move || runtime.block_on(RUNNING.scope(running, outcome(start))))
        };
        self.kinds().iter().map(trial).collect()
    }
}

/// The context of a running test.
struct Running {
    kind: Option<Kind>,
    /// True if Chromium's headless shell is not enough.
    is_whole: bool,
    name: String,
    /// How many tests share a browser.
    leases: usize,
    /// The duration of each phase.
    phases: [Cell<Duration>; 2],
}

/// The phases of a test other than its own steps.
#[derive(Debug, Clone, Copy)]
pub enum Phase {
    /// Starts a browser, or takes an idle one.
    Launch,
    /// Checks the invariants of every test, and releases or closes the browser.
    End,
}

impl Running {
    fn new((kind, is_whole): (Option<Kind>, bool), name: String, leases: usize) -> Running {
        Running { kind, is_whole, name, leases, phases: Default::default() }
    }
}

tokio::task_local! {
    static RUNNING: Running;
}

thread_local! {
    /// The panic message of the test on this thread, after the test's notes.
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// The current step of the test on this thread.
    static DOING: RefCell<String> = const { RefCell::new(String::new()) };
    static IS_TEST: Cell<bool> = const { Cell::new(false) };
}

/// The engine of the current test.
pub fn kind() -> Kind {
    RUNNING.with(|test| test.kind).expect("a test that is listed as native starts no browser")
}

/// True if Chromium's headless shell is not enough for the current test.
pub fn is_whole() -> bool {
    RUNNING.with(|test| test.is_whole)
}

/// The name of the current test, with its engine.
pub fn name() -> String {
    RUNNING.with(|test| test.name.clone())
}

/// How many tests share a browser.
pub fn leases() -> usize {
    RUNNING.with(|test| test.leases)
}

/// True for a measurement, which is not in the list.
pub fn is_measurement() -> bool {
    RUNNING.with(|test| test.name.is_empty())
}

/// Runs something and adds its time to this phase.
pub async fn timed<T>(phase: Phase, what: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let outcome = what.await;
    RUNNING.with(|test| {
        let took = &test.phases[phase as usize];
        took.set(took.get() + started.elapsed());
    });
    outcome
}

/// Runs something in this engine outside the list, with a new browser each time.
#[allow(dead_code, reason = "measurements are in no list")]
pub async fn in_engine<T>(kind: Kind, what: impl Future<Output = T>) -> T {
    RUNNING.scope(Running::new((Some(kind), true), String::new(), 1), what).await
}

/// Records the progress of a test; printed only if it fails.
pub fn note(text: String) {
    SAID.with_borrow_mut(|said| said.push(text));
}

/// Records the current step of a test, for the report if it hangs.
pub fn doing(step: impl FnOnce() -> String) {
    DOING.set(step());
}

/// Runs a test on this thread. A panic ends only this test, and is reported with its notes.
async fn outcome(start: Start) -> Result<(), Failed> {
    SAID.with_borrow_mut(Vec::clear);
    IS_TEST.set(true);
    let started = Instant::now();
    let outcome = futures::FutureExt::catch_unwind(AssertUnwindSafe(in_time(start()))).await;
    IS_TEST.set(false);
    RUNNING.with(|test| write_times(test, started.elapsed()));
    outcome.map_err(|_| SAID.take().join("\n").into())
}

/// Applies the timeout, so that a browser that hangs does not block a seat forever.
async fn in_time(test: impl Future<Output = ()>) {
    let limit = if std::env::var_os("AKW_LONG").is_some() { LONG_LIMIT } else { LIMIT };
    if tokio::time::timeout(limit, test).await.is_err() {
        panic!("the test did not end within {limit:?}; its last step was {}", DOING.take());
    }
}

/// Appends a line to the file named by `AKW_TIMES`: the test, its seconds in total, of the launch and of the end.
fn write_times(test: &Running, whole: Duration) {
    let Some(path) = std::env::var_os("AKW_TIMES") else { return };
    let [launch, end] = test.phases.each_ref().map(|took| took.get().as_secs_f32());
    let line = format!("{}\t{:.2}\t{launch:.2}\t{end:.2}\n", test.name, whole.as_secs_f32());
    let mut file = OpenOptions::new().create(true).append(true).open(path).expect("verify has made the folder");
    // One write, because tests run in parallel.
    file.write_all(line.as_bytes()).expect("the file takes a line");
}

/// Sorts the longest first, so that none of them runs at the end, when the other seats are idle. The times are from
/// the file named by `AKW_LAST_TIMES`, in the format of `AKW_TIMES`; a test without a time counts as long.
fn longest_first(trials: &mut [Trial]) {
    let last =
        std::env::var_os("AKW_LAST_TIMES").and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let times: HashMap<&str, f32> = last
        .lines()
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, fields.next()?.parse().ok()?))
        })
        .collect();
    trials.sort_by(|one, other| {
        let time = |trial: &Trial| times.get(trial.name()).copied().unwrap_or_else(|| guess(trial.name()));
        time(other).total_cmp(&time(one))
    });
}

/// Estimated seconds for a test without a time, by its module.
fn guess(name: &str) -> f32 {
    let long = ["hostile", "visit_faults", "memory", "kills", "pictures", "forgotten", "addresses"];
    if long.iter().any(|module| name.contains(module)) { 60.0 } else { 10.0 }
}

/// Keeps a test's panic message for its report; prints other panics at once, for example from one of our servers.
fn keep_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| match IS_TEST.get() {
        true => note(info.to_string()),
        false => print(info),
    }));
}

/// Runs the tests selected on the command line, like `cargo test`.
pub fn run(tests: Vec<Test>) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One more than the number of cores: a test spends much of its time waiting for timers and answers.
    arguments.test_threads.get_or_insert(available_parallelism().map_or(2, usize::from) + 1);
    keep_panics();
    let runtime = Arc::new(Runtime::new().expect("threads can be started"));
    let mut trials: Vec<Trial> = tests.into_iter().flat_map(|test| test.trials(&runtime)).collect();
    longest_first(&mut trials);
    let conclusion = libtest_mimic::run(&arguments, trials);
    runtime.block_on(browser::close_idle());
    let found = leaks::found();
    found.iter().for_each(|hit| println!("error: after the test, {hit}"));
    if found.is_empty() { conclusion.exit_code() } else { ExitCode::FAILURE }
}
