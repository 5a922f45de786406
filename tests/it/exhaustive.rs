//! Every creation with up to three things going wrong, at any of its requests. Nothing is drawn by chance.
//!
//! `AKW_EXHAUSTIVE=wide` asks for every kind of fault in pairs, and for more kinds in threes.

use practice_portal::Fault;

use crate::faults::{Tally, faults, fresh, run_in};
use crate::person::Person;
use crate::proof::Part;
use crate::world::World;

/// The kinds that differ in what the machine does about them: lost before, after and late, twice, refused, put off.
fn kinds() -> Vec<Fault> {
    let no = Fault::ErrorBody { code: 400, message: "No.".to_owned() };
    vec![Fault::DropBefore, Fault::DropAfter, Fault::Late, Fault::Twice, no, Fault::TooMany { cors: true }]
}

/// Plays the history, and all those that begin with it and go wrong once more at a request it came to.
fn play(tally: &mut Tally, history: &[(usize, Fault)], (kinds, depth): (&[Fault], usize), person: &Person) {
    let world = World::new(fresh().clone(), person.clone());
    *world.at.borrow_mut() = history.to_vec();
    run_in(tally, &world, &|| format!("{person:?} {history:?}"));
    if depth == 0 {
        return;
    }
    let from = history.last().map_or(0, |it| it.0 + 1);
    for at in from..world.sent() {
        for kind in kinds {
            let longer = [history, &[(at, kind.clone())]].concat();
            play(tally, &longer, (kinds, depth - 1), person);
        }
    }
}

#[track_caller]
fn check(title: &str, kinds: &[Fault], depth: usize) {
    let mut tally = Tally::default();
    let mut people = vec![Person::GoesOn];
    if depth < 3 || is_wide() {
        people.push(Person::GivesUp);
    }
    for person in people {
        play(&mut tally, &[], (kinds, depth), &person);
    }
    tally.tell(Part::Exhaustive, title);
}

fn is_wide() -> bool {
    std::env::var("AKW_EXHAUSTIVE").is_ok_and(|it| it == "wide")
}

#[test]
fn no_three_faults_at_any_requests_leave_a_mess() {
    let mut kinds = kinds();
    if is_wide() {
        kinds.extend([Fault::SilentThenLate, Fault::ServerError]);
    }
    check("up to three faults", &kinds, 3);
}

#[test]
fn no_two_faults_of_any_kind_at_any_requests_leave_a_mess() {
    let mut kinds = if is_wide() { faults() } else { kinds() };
    // Nine million bytes each time: tried elsewhere, and slow.
    kinds.retain(|it| *it != Fault::Huge);
    check("up to two faults", &kinds, 2);
}
