//! Random users in two tabs against a reference model: they type, navigate, double-click, reload, sign out, go
//! offline and decide anything, and everything can fail.
//!
//! `AKW_MODEL_STEPS=1000000 cargo test --test it model` runs that many random steps instead of a fixed sequence.
//! A failing history is shrunk and printed; it becomes a test in `tests/it/regressions.rs`.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngSeed, TestRunner};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};

use key_wizard_core::operation::Event;
use key_wizard_core::wizard::WALK;
use practice_portal::Fault;

use crate::faults::{faults, fresh, portals};
use crate::proof::{self, Part};
use crate::tabs::Tabs;

/// The number of steps in a history.
const LENGTH: usize = 40;

#[derive(Debug, Clone)]
enum Step {
    Edit(u8),
    Next,
    Back,
    Submit,
    DoubleSubmit,
    Continue,
    Confirm,
    Change,
    Acknowledge,
    Discard,
    /// Advances the portal and the clock by this many requests.
    Pump(u8),
    /// The next request fails.
    Fail(Fault),
    Offline(bool),
    Reload,
    OtherTab,
    SignIn,
    SomebodyElse,
    /// Abandons the operation for another credential.
    Abandon,
    /// The session ends by itself.
    SessionEnds,
    SignOut,
    /// All faults end, and this tab's open operation finishes.
    Finish(bool),
}

/// The expected content of a tab, computed in the simplest way.
#[derive(Debug, Clone)]
struct Sheet {
    title: u8,
    place: usize,
}

#[derive(Debug, Clone)]
struct Expected {
    portal: usize,
    here: usize,
    sheets: [Sheet; 2],
}

struct Reference;

impl ReferenceStateMachine for Reference {
    type State = Expected;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Expected> {
        let sheet = || Sheet { title: 0, place: 0 };
        (0..portals().len()).prop_map(move |portal| Expected { portal, here: 0, sheets: [sheet(), sheet()] }).boxed()
    }

    fn transitions(_: &Expected) -> BoxedStrategy<Step> {
        let mut kinds = faults();
        // Nine million bytes each time are slow, and tested elsewhere.
        kinds.retain(|kind| *kind != Fault::Huge);
        prop_oneof![
            3 => (0..4u8).prop_map(Step::Edit),
            2 => Just(Step::Next),
            1 => Just(Step::Back),
            4 => Just(Step::Submit),
            1 => Just(Step::DoubleSubmit),
            3 => Just(Step::Continue),
            1 => Just(Step::Confirm),
            2 => Just(Step::Change),
            1 => Just(Step::Acknowledge),
            2 => Just(Step::Discard),
            12 => (1..6u8).prop_map(Step::Pump),
            6 => select(kinds).prop_map(Step::Fail),
            1 => any::<bool>().prop_map(Step::Offline),
            2 => Just(Step::Reload),
            1 => Just(Step::OtherTab),
            5 => Just(Step::SignIn),
            1 => Just(Step::SomebodyElse),
            1 => Just(Step::Abandon),
            1 => Just(Step::SessionEnds),
            1 => Just(Step::SignOut),
            2 => any::<bool>().prop_map(Step::Finish),
        ]
        .boxed()
    }

    fn apply(mut state: Expected, step: &Step) -> Expected {
        let sheet = &mut state.sheets[state.here];
        match step {
            Step::Edit(title) => sheet.title = *title,
            Step::Next => sheet.place = (sheet.place + 1).min(WALK.len() - 1),
            Step::Back => sheet.place = sheet.place.saturating_sub(1),
            Step::OtherTab => state.here = 1 - state.here,
            _ => {}
        }
        state
    }
}

fn title(number: u8) -> String {
    if number == 0 { "Store finder".to_owned() } else { format!("Store finder {number}") }
}

static STEPS: AtomicUsize = AtomicUsize::new(0);
/// Operations begun, ended with a credential, and keys seen: low counts would make the model worthless.
static COUNTS: [AtomicUsize; 3] = [const { AtomicUsize::new(0) }; 3];

struct Model;

impl StateMachineTest for Model {
    type SystemUnderTest = (Tabs, usize);
    type Reference = Reference;

    fn init_test(expected: &Expected) -> (Tabs, usize) {
        let mut tabs = Tabs::new(portals()[expected.portal].clone());
        tabs.sign_in(0, "jane");
        (tabs, 0)
    }

    fn apply((mut tabs, here): (Tabs, usize), expected: &Expected, step: Step) -> (Tabs, usize) {
        STEPS.fetch_add(1, Ordering::Relaxed);
        // Known limitation, listed in the README: if keywords are dropped, an item is identified only by its title.
        let step = match step {
            Step::Submit | Step::DoubleSubmit | Step::Change
                if !tabs.portal.switches.keeps_type_keywords && tabs.has_namesake(here) =>
            {
                Step::OtherTab
            }
            step => step,
        };
        match step {
            Step::Edit(number) => tabs.edit(here, &title(number)),
            Step::Next => tabs.next(here),
            Step::Back => tabs.tabs[here].wizard.back(),
            Step::Submit => tabs.submit(here),
            Step::DoubleSubmit => (0..2).for_each(|_| tabs.submit(here)),
            Step::Continue => tabs.go_on(here),
            Step::Confirm => tabs.say(here, |_| Some(Event::Confirmed)),
            Step::Change => tabs.change(here),
            Step::Acknowledge => tabs.say(here, |_| Some(Event::Acknowledged)),
            // Discarding again during a rollback gives the key up; then F-KEY-11 decides whether it stays valid.
            Step::Discard => tabs.say(here, |state| (!state.is_rolling_back()).then_some(Event::Discarded)),
            Step::Pump(times) => tabs.pump_times(here, times),
            Step::Fail(fault) => tabs.portal.fault_next(fault),
            Step::Offline(offline) => tabs.offline = offline,
            Step::Reload => tabs.reload(here),
            Step::OtherTab => {}
            Step::SignIn => tabs.sign_in(here, "jane"),
            Step::SomebodyElse => tabs.sign_in(here, "newt"),
            Step::Abandon => tabs.abandon(here),
            Step::SessionEnds => tabs.end_session(here),
            Step::SignOut => tabs.sign_out(here),
            Step::Finish(keeps) => tabs.finish(here, keeps),
        }
        (tabs, expected.here)
    }

    fn check_invariants((tabs, _): &(Tabs, usize), expected: &Expected) {
        assert!(tabs.faults.is_empty(), "{:?}", tabs.faults);
        for (tab, sheet) in tabs.tabs.iter().zip(&expected.sheets) {
            let draft = &tab.wizard.draft;
            assert!(tab.at_rest().is_none_or(|other| other == *draft), "I6: the draft at rest is what was typed last");
            // A draft that was used up, or cleared by signing out, is typed again.
            assert!(!tab.is_typed() || draft.title == title(sheet.title), "I6: what was typed stays");
            assert_eq!(tab.wizard.step(), WALK[sheet.place]);
        }
        assert!(!tabs.tells_secrets(), "I7: nothing at rest holds a secret");
        assert!(tabs.unseen_keys(fresh()) <= tabs.open(), "I1: a key nobody has seen is an open task");
        let made = tabs.portal.credentials_of("jane").len() - fresh().credentials_of("jane").len();
        assert!(made <= tabs.kept || tabs.open() > 0, "I3: an item nobody asked for is an open task");
    }

    fn teardown((mut tabs, _): (Tabs, usize), expected: Expected) {
        tabs.end(expected.portal.is_multiple_of(2));
        assert!(tabs.faults.is_empty(), "{:?}", tabs.faults);
        assert_eq!(tabs.open(), 0, "I8: everything comes to its end");
        assert_eq!(tabs.unseen_keys(fresh()), 0, "I1");
        let made = tabs.portal.credentials_of("jane").len() - fresh().credentials_of("jane").len();
        assert_eq!(made, tabs.kept, "I2: one item for each operation that was kept, and no other");
        for (count, more) in COUNTS.iter().zip([tabs.begun(), tabs.kept, tabs.seen_keys()]) {
            count.fetch_add(more, Ordering::Relaxed);
        }
    }
}

#[test]
fn no_person_in_two_tabs_breaks_what_is_promised() {
    let asked: Option<usize> = std::env::var("AKW_MODEL_STEPS").ok().and_then(|text| text.parse().ok());
    let steps = asked.unwrap_or(20_000);
    let config = ProptestConfig {
        cases: u32::try_from(steps.div_ceil(LENGTH)).expect("a number of histories"),
        rng_seed: if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(1) },
        failure_persistence: None,
        max_shrink_iters: 5_000,
        ..ProptestConfig::default()
    };
    let histories = Reference::sequential_strategy(LENGTH);
    let result = TestRunner::new(config.clone()).run(&histories, |(expected, steps, seen)| {
        Model::test_sequential(config.clone(), expected, steps, seen);
        Ok(())
    });
    let [begun, kept, seen] = COUNTS.each_ref().map(|count| count.load(Ordering::Relaxed));
    let steps = STEPS.load(Ordering::Relaxed);
    let verdict = if result.is_ok() { "0" } else { "1" };
    let counts = format!("{begun} operations, {kept} of them kept, {seen} keys seen, {verdict} histories with a mess");
    proof::tell(Part::Model, &format!("model: {steps} steps, {counts}"));
    assert!(begun > steps / 100 && kept > begun / 10, "too little happens");
    assert!(result.is_ok(), "{}", result.expect_err("checked"));
}
