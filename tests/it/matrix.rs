//! The fault matrix of docs/reliability.md: 14 calls under 28 faults, each run to the end, and 14 calls with a crash
//! at each of 4 points.

use practice_portal::{Endpoint, Fault, Portal, Rule};

use key_wizard_core::operation::State;

use crate::drafts::Tab;
use crate::faults::{Tally, fresh, portals, run_in};
use crate::named_faults::named_faults;
use crate::person::{Crash, Person, Point, Word};
use crate::proof::{self, Part};
use crate::visit::Visit;
use crate::world::World;

/// A call of the fault matrix, and how a test reaches it.
pub struct Row {
    pub name: &'static str,
    pub endpoint: Endpoint,
    pub way: Way,
}

pub enum Way {
    /// Signs in, reads, stays and signs out; the number selects the request to the endpoint.
    Visit(u32),
    /// A creation, with the user's decisions, and the earlier fault that makes the call necessary.
    Creation(&'static [Word], Option<(Endpoint, Fault)>, u32),
}

/// The calls C1 to C14 of docs/reliability.md. C3 and C8 cover several endpoints, as do the calls after a changed
/// decision.
pub fn rows() -> Vec<Row> {
    let row = |name, endpoint, way| Row { name, endpoint, way };
    let plain = |skip| Way::Creation(&[], None, skip);
    let no = || Fault::ErrorBody { code: 400, message: "No.".to_owned() };
    let lost = |endpoint| Some((endpoint, Fault::DropAfter));
    let refused = |endpoint| Some((endpoint, no()));
    vec![
        row("C1 code exchange", Endpoint::Token, Way::Visit(0)),
        row("C2 portals/self", Endpoint::PortalsSelf, Way::Visit(0)),
        row("C3 list folders", Endpoint::UserContent, Way::Visit(0)),
        row("C3 list items", Endpoint::Search, Way::Visit(0)),
        row("C3 list credentials", Endpoint::UserContent, Way::Visit(1)),
        row("C3 folders, after doubt", Endpoint::UserContent, Way::Creation(&[], lost(Endpoint::CreateFolder), 0)),
        row("C3 items, after doubt", Endpoint::UserContent, Way::Creation(&[], lost(Endpoint::AddItem), 0)),
        row("C3 items, at the end", Endpoint::UserContent, plain(0)),
        row("C4 createFolder", Endpoint::CreateFolder, plain(0)),
        row("C5 addItem", Endpoint::AddItem, plain(0)),
        row("C6 registerApp", Endpoint::RegisterApp, plain(0)),
        row("C7 update", Endpoint::UpdateItem, plain(0)),
        row("C7 move", Endpoint::MoveItem, Way::Creation(&[Word::Move], refused(Endpoint::RegisterApp), 0)),
        row("C8 read item", Endpoint::ReadItem, plain(0)),
        row("C8 registeredAppInfo", Endpoint::RegisteredAppInfo, Way::Creation(&[], lost(Endpoint::Token), 0)),
        row("C9 token", Endpoint::Token, plain(0)),
        row("C9 token, replaced", Endpoint::Token, Way::Creation(&[Word::Continue], None, 1)),
        row("C10 update app", Endpoint::UpdateApp, Way::Creation(&[Word::Change], refused(Endpoint::UpdateItem), 0)),
        row("C11 invalidate slot", Endpoint::RevokeToken, Way::Creation(&[Word::Discard], None, 0)),
        row("C12 delete", Endpoint::DeleteItem, Way::Creation(&[Word::Discard], None, 0)),
        row("C13 revoke session", Endpoint::RevokeToken, Way::Visit(0)),
        row("C14 refresh", Endpoint::Token, Way::Visit(1)),
    ]
}

/// A cell's fault: one of the portal or the network, or a crash of the tab.
enum Trouble {
    Fault(Fault),
    Death(Point, Tab),
}

/// The columns of the table, from the counts of a tally.
pub const COLUMNS: [(&str, &[&str]); 10] = [
    ("I3 orphans", &["I3 orphans", "I3 journals left", "sessions left"]),
    (
        "I1 unseen keys",
        &["I1 unseen keys", "I1 keys after discard", "I1 lost old keys", "I1 shown keys that do not work"],
    ),
    ("I6 lost drafts", &["I6 lost drafts"]),
    ("I2 duplicates", &["I2 duplicates", "codes sent twice"]),
    ("I4", &["I4 two key requests"]),
    ("I5", &["I5 writes after discard"]),
    ("I7", &["I7 secrets told"]),
    ("I8 unfinished", &["I8 unfinished", "not reached"]),
    ("I9", &["I9 others resume"]),
    ("I10", &["I10 other privileges"]),
];

/// The width of a column with this name.
pub fn width(name: &str) -> usize {
    name.len().max(3) + 2
}

fn play(tally: &mut Tally, row: &Row, portal: &Portal, trouble: &Trouble) {
    let example = || row.name.to_owned();
    match &row.way {
        Way::Visit(skip) => visit(tally, row, *skip, portal, trouble),
        Way::Creation(words, first, skip) => {
            let mut world = World::new(portal.clone(), Person::Says(words.to_vec()));
            if let Some((endpoint, fault)) = first {
                world.portal.borrow_mut().fault(*endpoint, fault.clone());
            }
            match trouble {
                Trouble::Fault(fault) => {
                    let rule = Rule { skip: *skip, ..Rule::once(row.endpoint, fault.clone()) };
                    world.portal.borrow_mut().add_fault(rule);
                }
                Trouble::Death(point, tab) => {
                    world.tab = *tab;
                    world.spared.set(*skip);
                    *world.crashes.borrow_mut() = vec![Crash::At(*point, row.endpoint)];
                }
            }
            let reached = |world: &World| world.portal.borrow().faults_are_spent() && world.crashes.borrow().is_empty();
            let _: State = run_in(tally, &world, &example);
            tally.add("not reached", !reached(&world), &example);
        }
    }
}

fn visit(tally: &mut Tally, row: &Row, skip: u32, portal: &Portal, trouble: &Trouble) {
    let example = || row.name.to_owned();
    let mut visit = Visit::new(portal.clone());
    match trouble {
        Trouble::Fault(fault) => visit.portal.add_fault(Rule { skip, ..Rule::once(row.endpoint, fault.clone()) }),
        Trouble::Death(point, tab) => {
            visit.new_tab = *tab != Tab::Same;
            visit.spared = skip;
            visit.crash = Some((*point, row.endpoint));
        }
    }
    visit.run();
    tally.add("not reached", !visit.portal.faults_are_spent() || visit.crash.is_some(), &example);
    tally.add("I8 unfinished", visit.left, &example);
    judge_visit(tally, &mut visit, &example);
}

/// Checks the leftovers of a visit.
pub fn judge_visit(tally: &mut Tally, visit: &mut Visit, example: &dyn Fn() -> String) {
    tally.cells += 1;
    let before = fresh();
    tally.add("I6 lost drafts", visit.lost_drafts > 0, example);
    tally.add("codes sent twice", visit.codes_sent_twice > 0, example);
    tally.add("I9 others resume", visit.other_people > 0, example);
    let made = visit.portal.credentials_of("jane").len() - before.credentials_of("jane").len();
    tally.add("I3 orphans", made > 0, example);
    tally.add("I1 unseen keys", visit.portal.live_keys().len() != before.live_keys().len(), example);
    tally.add("sessions left", visit.sessions_left() > 0, example);
}

/// Plays every trouble at every call, on every portal, and prints one table.
#[track_caller]
fn table(part: Part, title: &str, troubles: &[(String, Trouble)]) {
    let mut text = format!("{:<26}{:>8}{:>8}", title, "cells", "runs");
    COLUMNS.iter().for_each(|(name, _)| text.push_str(&format!("{name:>0$}", width(name))));
    let (mut cells, mut runs, mut faults) = (0, 0, Vec::new());
    for row in rows() {
        let mut all = [0; COLUMNS.len()];
        let mut count = 0;
        for (name, trouble) in troubles {
            let mut tally = Tally::default();
            for portal in portals() {
                play(&mut tally, &row, portal, trouble);
            }
            count += tally.cells;
            for (place, (_, counts)) in COLUMNS.iter().enumerate() {
                all[place] += counts.iter().filter_map(|count| tally.counts.get(count)).sum::<usize>();
            }
            if tally.counts.values().any(|count| *count > 0) {
                faults.push(format!("{}, {name}: {:?}", row.name, tally.counts));
            }
        }
        text.push_str(&format!("\n{:<26}{:>8}{count:>8}", row.name, troubles.len()));
        for (count, (name, _)) in all.iter().zip(COLUMNS) {
            text.push_str(&format!("{count:>0$}", width(name)));
        }
        cells += troubles.len();
        runs += count;
    }
    let on = portals().len();
    text.push_str(&format!("\n{cells} cells, {runs} runs on {on} portals that differ in the unknown facts"));
    proof::tell(part, &text);
    assert!(cells >= 14 * 4 && faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn fourteen_calls_under_twenty_eight_faults_leave_no_mess() {
    let mut troubles: Vec<_> =
        named_faults().into_iter().map(|(name, fault)| (name.to_owned(), Trouble::Fault(fault))).collect();
    troubles.push(("the tab dies".to_owned(), Trouble::Death(Point::AfterAnswer, Tab::Same)));
    assert_eq!(troubles.len(), 28);
    table(Part::Faults, "call under each fault", &troubles);
}

#[test]
fn fourteen_calls_killed_at_four_points_leave_no_mess() {
    let points = Point::ALL.into_iter().flat_map(|point| Tab::ALL.map(|tab| (point, tab)));
    let troubles: Vec<_> =
        points.map(|(point, tab)| (format!("{point:?}, {tab:?} tab"), Trouble::Death(point, tab))).collect();
    table(Part::Deaths, "call and the death of its tab", &troubles);
}
