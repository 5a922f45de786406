//! Random users, faults, crashes and portals: in all of them, nothing is left behind and no key is lost.
//!
//! `PROPTEST_CASES` sets the number of random histories; a failing case is shrunk to its shortest history.

use std::cell::RefCell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngSeed, TestRunner};

use practice_portal::{Endpoint, Fault, Rule};

use crate::drafts::Tab;
use crate::faults::{CALLS, Tally, faults, portals, run_in};
use crate::person::{Crash, Person, Word};
use crate::proof::Part;
use crate::world::World;

#[derive(Debug, Clone)]
struct History {
    portal: usize,
    words: Vec<Word>,
    faults: Vec<(Endpoint, Fault, u32, u32)>,
    crashes: Vec<Crash>,
    tab: Tab,
}

fn history() -> impl Strategy<Value = History> {
    use Word::{Acknowledge, Change, Confirm, Continue, Discard, Move, MoveOn, Tags};
    let words = [Continue, Discard, Confirm, Change, Tags, Move, MoveOn, Acknowledge];
    let crash = prop_oneof![
        (0..25usize).prop_map(Crash::BeforeSend),
        (0..25usize).prop_map(Crash::AfterSend),
        Just(Crash::AfterShow),
    ];
    let mut kinds = faults();
    // Nine million bytes each time are slow, and tested elsewhere.
    kinds.retain(|kind| *kind != Fault::Huge);
    let fault = (select(&CALLS[..]), select(kinds), 0..3u32, 1..4u32);
    (0..portals().len(), vec(select(words.to_vec()), 0..5), vec(fault, 0..5), vec(crash, 0..3), select(&Tab::ALL[..]))
        .prop_map(|(portal, words, faults, crashes, tab)| History { portal, words, faults, crashes, tab })
}

/// Plays a history and counts its failures.
fn play(tally: &mut Tally, history: &History) {
    let mut portal = portals()[history.portal].clone();
    for (call, fault, skip, times) in &history.faults {
        portal.add_fault(Rule { skip: *skip, times: Some(*times), ..Rule::once(*call, fault.clone()) });
    }
    let mut world = World::new(portal, Person::Says(history.words.clone()));
    world.tab = history.tab;
    *world.crashes.borrow_mut() = history.crashes.clone();
    run_in(tally, &world, &|| format!("{history:?}"));
}

#[test]
fn no_history_leaves_a_mess() {
    let all = RefCell::new(Tally::default());
    let result = TestRunner::new(config()).run(&history(), |history| {
        let mut tally = Tally::default();
        play(&mut tally, &history);
        prop_assert!(tally.counts.values().all(|count| *count == 0), "{:?}", tally.counts);
        all.borrow_mut().add_all(&tally);
        Ok(())
    });
    assert!(result.is_ok(), "{}", result.expect_err("checked"));
    all.borrow().tell(Part::Histories, "random histories");
}

/// The same histories in every run, so that a failure is caused by a change; random ones, and more, on request.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let rng_seed = asked.map_or(RngSeed::Fixed(1), |_: u32| RngSeed::Random);
    ProptestConfig { cases: asked.unwrap_or(2_000), rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}
