//! The list of all tests, and how one runs: in the engine of its name, on the one runtime they share.
//!
//! Each module lists its tests by [`tests!`], and `main` collects the lists; a test that is in none is dead code, which
//! clippy refuses. A test in two engines is two tests, `chromium::walk::…` and `firefox::walk::…`, in one pool.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;

use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;

use crate::engine::Kind;

/// A test that has not started: what it starts need not leave its thread.
type Start = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// Lists the tests of a module, in this order: `both` for what engines do differently, `one` for what they do alike,
/// `native` for what needs no browser.
macro_rules! tests {
    (
        $(both: [$($both:ident),* $(,)?] $(,)?)?
        $(one: [$($one:ident),* $(,)?] $(,)?)?
        $(native: [$($native:ident),* $(,)?] $(,)?)?
    ) => {
        /// The tests of this module.
        pub fn tests() -> Vec<$crate::suite::Test> {
            use $crate::suite::{Engines, Test};
            vec![
                $($(Test::new((module_path!(), stringify!($both)), Engines::Both, || Box::pin($both())),)*)?
                $($(Test::new((module_path!(), stringify!($one)), Engines::One, || Box::pin($one())),)*)?
                $($(Test::new((module_path!(), stringify!($native)), Engines::None, || Box::pin(async { $native() })),)*)?
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
    /// In Chromium at every run; in Firefox too, unless `AKW_THIRD` says which third of these runs there.
    #[allow(dead_code, reason = "the lists decide")]
    One,
    /// In none: it tries the tools themselves.
    None,
}

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

    /// Whether it belongs to the third that `AKW_THIRD` names by 0, 1 or 2; all do where nothing is said.
    fn is_in_third(&self) -> bool {
        let Ok(third) = std::env::var("AKW_THIRD") else { return true };
        let sum: usize = self.name.bytes().map(usize::from).sum();
        third.parse() == Ok(sum % 3)
    }

    /// One trial for each engine.
    fn trials(self, runtime: &Arc<Runtime>) -> Vec<Trial> {
        let kinds: &[Option<Kind>] = match self.engines {
            Engines::One if !self.is_in_third() => &[Some(Kind::Chromium)],
            Engines::Both | Engines::One => &[Some(Kind::Chromium), Some(Kind::Firefox)],
            Engines::None => &[None],
        };
        let trial = |kind: &Option<Kind>| {
            let (kind, start, runtime) = (*kind, self.start, runtime.clone());
            let name = format!("{}::{}", kind.map_or("native", Kind::name), self.name);
            Trial::test(name, move || runtime.block_on(RUNNING.scope(Running { kind }, outcome(start))))
        };
        kinds.iter().map(trial).collect()
    }
}

/// What a test knows of itself.
struct Running {
    kind: Option<Kind>,
}

tokio::task_local! {
    static RUNNING: Running;
}

thread_local! {
    /// What the panic of the test on this thread said, and what the test had noted before.
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// Whether a test runs on this thread.
    static IS_TEST: Cell<bool> = const { Cell::new(false) };
}

/// The engine of the test that asks.
pub fn kind() -> Kind {
    RUNNING.with(|it| it.kind).expect("a test that is listed as native starts no browser")
}

/// Runs something in this engine, outside of the list.
#[allow(dead_code, reason = "measurements are in no list")]
pub async fn in_engine<T>(kind: Kind, what: impl Future<Output = T>) -> T {
    RUNNING.scope(Running { kind: Some(kind) }, what).await
}

/// Says how far a test has come: printed only if it fails.
pub fn note(text: String) {
    SAID.with_borrow_mut(|it| it.push(text));
}

/// Runs a test to its end on this thread. A panic ends the test alone, and is told with all that it noted.
async fn outcome(start: Start) -> Result<(), Failed> {
    SAID.with_borrow_mut(Vec::clear);
    IS_TEST.set(true);
    let outcome = futures::FutureExt::catch_unwind(AssertUnwindSafe(start())).await;
    IS_TEST.set(false);
    outcome.map_err(|_| SAID.take().join("\n").into())
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
    let trials = tests.into_iter().flat_map(|it| it.trials(&runtime)).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}
