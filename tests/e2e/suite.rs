//! The list of all tests, and how one runs: in the engine of its name, on the one runtime they share.
//!
//! Each module lists its tests by [`tests!`], and `main` collects the lists; a test that is in none is dead code, which
//! clippy refuses. A test in two engines is two tests, `chromium::walk::…` and `firefox::walk::…`, in one pool.

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

/// A test that has not started: what it starts need not leave its thread.
type Start = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// Lists the tests of a module, in this order: `both` for what engines do differently, `whole` for what Chromium without
/// its windows does differently too, `one` for what all do alike, `native` for what needs no browser.
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

/// In which engines a test runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engines {
    /// In Chromium and in Firefox at every run.
    Both,
    /// The same, and never in Chromium's headless shell: it keeps no page that was left, and shows none for a crash.
    Whole,
    /// In Chromium at every run; in Firefox too, unless `AKW_THIRD` says which third of these runs there.
    One,
    /// In none: it tries the tools themselves.
    Native,
}

/// The longest that a test may take.
const LIMIT: Duration = Duration::from_secs(5 * 60);
/// The same with all its data.
const LONG_LIMIT: Duration = Duration::from_secs(40 * 60);

/// The modules that `AKW_QUICK` leaves, in Chromium: a person's way, for work on the page.
const QUICK: [&str; 3] = ["walk", "key", "keyboard"];

/// One entry of the list.
pub struct Test {
    /// Module and function, such as `walk::a_person_makes_a_key`.
    name: String,
    engines: Engines,
    start: Start,
}

impl Test {
    /// A test by the path of its module and its own name.
    pub fn new((module, name): (&str, &str), engines: Engines, start: Start) -> Test {
        let (_, module) = module.split_once("::").unwrap_or(("", module));
        Test { name: format!("{module}::{name}"), engines, start }
    }

    /// The engines it runs in now.
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

    /// Whether it belongs to the third that `AKW_THIRD` names by 0, 1 or 2; all do where nothing is said.
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

/// What a test knows of itself.
struct Running {
    kind: Option<Kind>,
    /// Whether Chromium's headless shell is not enough.
    is_whole: bool,
    name: String,
    /// How many tests use a browser one after the other.
    leases: usize,
    /// How long each phase took.
    phases: [Cell<Duration>; 2],
}

/// What a test does beside its walk.
#[derive(Debug, Clone, Copy)]
pub enum Phase {
    /// A browser is started, or a used one is taken.
    Launch,
    /// What must be true after every test is checked, and the browser is left to the next one or closed.
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
    /// What the panic of the test on this thread said, and what the test had noted before.
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// What the test on this thread does now.
    static DOING: RefCell<String> = const { RefCell::new(String::new()) };
    /// Whether a test runs on this thread.
    static IS_TEST: Cell<bool> = const { Cell::new(false) };
}

/// The engine of the test that asks.
pub fn kind() -> Kind {
    RUNNING.with(|test| test.kind).expect("a test that is listed as native starts no browser")
}

/// Whether Chromium's headless shell is not enough for the test that asks.
pub fn is_whole() -> bool {
    RUNNING.with(|test| test.is_whole)
}

/// The name of the test that asks, with its engine.
pub fn name() -> String {
    RUNNING.with(|test| test.name.clone())
}

/// How many tests use a browser one after the other.
pub fn leases() -> usize {
    RUNNING.with(|test| test.leases)
}

/// Whether what runs is a measurement, which is in no list.
pub fn is_measurement() -> bool {
    RUNNING.with(|test| test.name.is_empty())
}

/// Does something of this phase, and counts its time there.
pub async fn timed<T>(phase: Phase, what: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let outcome = what.await;
    RUNNING.with(|test| {
        let took = &test.phases[phase as usize];
        took.set(took.get() + started.elapsed());
    });
    outcome
}

/// Runs something in this engine, outside of the list: each browser is a new one.
#[allow(dead_code, reason = "measurements are in no list")]
pub async fn in_engine<T>(kind: Kind, what: impl Future<Output = T>) -> T {
    RUNNING.scope(Running::new((Some(kind), true), String::new(), 1), what).await
}

/// Says how far a test has come: printed only if it fails.
pub fn note(text: String) {
    SAID.with_borrow_mut(|said| said.push(text));
}

/// Notes the current step of a test, for the report on a test that hangs.
pub fn doing(step: impl FnOnce() -> String) {
    DOING.set(step());
}

/// Runs a test to its end on this thread. A panic ends only the test, and is reported with its notes.
async fn outcome(start: Start) -> Result<(), Failed> {
    SAID.with_borrow_mut(Vec::clear);
    IS_TEST.set(true);
    let started = Instant::now();
    let outcome = futures::FutureExt::catch_unwind(AssertUnwindSafe(in_time(start()))).await;
    IS_TEST.set(false);
    RUNNING.with(|test| write_times(test, started.elapsed()));
    outcome.map_err(|_| SAID.take().join("\n").into())
}

/// A browser that answers nothing any more must not hold a seat for ever.
async fn in_time(test: impl Future<Output = ()>) {
    let limit = if std::env::var_os("AKW_LONG").is_some() { LONG_LIMIT } else { LIMIT };
    if tokio::time::timeout(limit, test).await.is_err() {
        panic!("the test did not end within {limit:?}; its last step was {}", DOING.take());
    }
}

/// Adds a line to the file that `AKW_TIMES` names: the test, the seconds it took, those of its launch and of its end.
fn write_times(test: &Running, whole: Duration) {
    let Some(path) = std::env::var_os("AKW_TIMES") else { return };
    let [launch, end] = test.phases.each_ref().map(|took| took.get().as_secs_f32());
    let line = format!("{}\t{:.2}\t{launch:.2}\t{end:.2}\n", test.name, whole.as_secs_f32());
    let mut file = OpenOptions::new().create(true).append(true).open(path).expect("verify has made the folder");
    // In one piece, for tests run side by side.
    file.write_all(line.as_bytes()).expect("the file takes a line");
}

/// The longest first, so that none of them is left for the end, when all other seats are empty. What the tests took is in
/// the file that `AKW_LAST_TIMES` names, as `AKW_TIMES` was written; a test without a time counts as long.
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

/// Seconds of a test that was not timed yet, by its module.
fn guess(name: &str) -> f32 {
    let long = ["hostile", "visit_faults", "memory", "kills", "pictures", "forgotten", "addresses"];
    if long.iter().any(|module| name.contains(module)) { 60.0 } else { 10.0 }
}

/// Keeps what a test's panic says for the report on it; those elsewhere, as in a server of ours, are printed at once.
fn keep_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| match IS_TEST.get() {
        true => note(info.to_string()),
        false => print(info),
    }));
}

/// Runs the tests that the command line asks for, as `cargo test` does.
pub fn run(tests: Vec<Test>) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One more than there are cores: a test waits for timers and answers much of its time.
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
