//! Every creation with up to three faults, at any of its requests. Deterministic.
//!
//! `AKW_EXHAUSTIVE=wide` adds every kind of fault in pairs, more kinds in triples, and crashes of the page.

use practice_portal::{Fault, Portal};

use crate::faults::{Tally, faults, fresh, portals, run_in};
use crate::named_faults::LATE_MS;
use crate::person::{Crash, Person, Word};
use crate::proof::Part;
use crate::world::World;

#[derive(Debug, Clone)]
enum Trouble {
    Fault(Fault),
    /// The page crashes before the request is sent.
    DiesBefore,
    /// The page crashes before it reads the answer.
    DiesAfter,
}

/// The kinds that the machine handles differently: lost before, after and late, duplicated, refused, delayed.
fn kinds() -> Vec<Trouble> {
    let no = Fault::ErrorBody { code: 400, message: "No.".to_owned() };
    let put_off = Fault::TooMany;
    of([
        Fault::DropBefore,
        Fault::DropAfter,
        Fault::Late,
        Fault::LostThenLate { late_ms: LATE_MS },
        Fault::Twice,
        no,
        put_off,
    ])
}

fn every_kind() -> Vec<Trouble> {
    let mut kinds = faults();
    // Nine million bytes each time are slow, and tested elsewhere.
    kinds.retain(|kind| *kind != Fault::Huge);
    of(kinds)
}

fn of(faults: impl IntoIterator<Item = Fault>) -> Vec<Trouble> {
    faults.into_iter().map(Trouble::Fault).collect()
}

fn and_deaths(mut kinds: Vec<Trouble>) -> Vec<Trouble> {
    kinds.extend([Trouble::DiesBefore, Trouble::DiesAfter]);
    kinds
}

/// Plays the history, and every extension of it with one more fault at a request it reached.
fn play(
    tally: &mut Tally,
    history: &[(usize, Trouble)],
    (kinds, depth): (&[Trouble], usize),
    start: (&Portal, &Person),
) {
    let (portal, person) = start;
    let world = World::new(portal.clone(), person.clone());
    for (at, trouble) in history {
        match trouble {
            Trouble::Fault(fault) => world.at.borrow_mut().push((*at, fault.clone())),
            Trouble::DiesBefore => world.crashes.borrow_mut().push(Crash::BeforeSend(*at)),
            Trouble::DiesAfter => world.crashes.borrow_mut().push(Crash::AfterSend(*at)),
        }
    }
    run_in(tally, &world, &|| format!("{person:?} {history:?}"));
    if depth == 0 {
        return;
    }
    let from = history.last().map_or(0, |history| history.0 + 1);
    for at in from..world.sent() {
        for kind in kinds {
            let longer = [history, &[(at, kind.clone())]].concat();
            play(tally, &longer, (kinds, depth - 1), start);
        }
    }
}

#[track_caller]
fn check(title: &str, portal: &Portal, kinds: &[Trouble], depth: usize) {
    let mut people = vec![Person::GoesOn];
    if depth < 3 || is_wide() {
        people.push(Person::GivesUp);
    }
    check_people(title, &people, portal, (kinds, depth));
}

#[track_caller]
fn check_people(title: &str, people: &[Person], portal: &Portal, kinds: (&[Trouble], usize)) {
    let mut tally = Tally::default();
    for person in people {
        play(&mut tally, &[], kinds, (portal, person));
    }
    tally.tell(Part::Exhaustive, title);
}

fn is_wide() -> bool {
    std::env::var("AKW_EXHAUSTIVE").is_ok_and(|other| other == "wide")
}

#[test]
fn no_three_faults_at_any_requests_leave_a_mess() {
    let mut kinds = kinds();
    if is_wide() {
        kinds.extend(of([Fault::SilentThenLate { late_ms: LATE_MS }, Fault::ServerError]));
    }
    check("up to three faults", fresh(), &kinds, 3);
}

#[test]
fn no_two_faults_of_any_kind_at_any_requests_leave_a_mess() {
    let kinds = if is_wide() { every_kind() } else { kinds() };
    check("up to two faults", fresh(), &kinds, 2);
}

#[test]
fn no_two_faults_or_deaths_leave_a_mess_for_who_wants_something_else_at_any_question() {
    let kinds = and_deaths(if is_wide() { every_kind() } else { kinds() });
    let people = [
        vec![Word::Change],
        vec![Word::Tags],
        vec![Word::MoveOn],
        vec![Word::Continue, Word::Change],
        vec![Word::Continue, Word::Move],
        vec![Word::Change, Word::Discard],
    ];
    let people = people.map(Person::Says);
    for which in if is_wide() { vec![0, 4] } else { vec![0] } {
        check_people("up to two faults or deaths, and another wish", &people, &portals()[which], (&kinds, 2));
    }
}

#[test]
fn no_two_faults_or_deaths_at_any_requests_leave_a_mess_on_any_portal() {
    let kinds = and_deaths(if is_wide() { every_kind() } else { kinds() });
    for portal in portals() {
        check("up to two faults or deaths", portal, &kinds, 2);
    }
}

#[test]
fn no_three_faults_or_deaths_at_any_requests_leave_a_mess() {
    // Only a wide run goes as deep as three.
    let depth = if is_wide() { 3 } else { 2 };
    for which in [0, 4] {
        check("up to three faults or deaths", &portals()[which], &and_deaths(kinds()), depth);
    }
}
