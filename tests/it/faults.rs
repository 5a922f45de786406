//! Every call of a creation under every fault, run to its end with the client's own code and the portal's rules.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use key_wizard_core::credential::draft::KeyChoice;
use key_wizard_core::operation::{Stage, State};
use practice_portal::switches::{SecondRegistration, Strictness};
use practice_portal::{Endpoint, Fault, Portal, Rule};

use crate::audit;
use crate::named_faults::{LATE_MS, named_faults};
use crate::person::{Crash, Person};
use crate::proof::{self, Part};
use crate::wish::{plan, plan_of};
use crate::world::{NOW_MS, World};

/// The calls of a creation.
pub const CALLS: [Endpoint; 13] = [
    Endpoint::CreateFolder,
    Endpoint::UserContent,
    Endpoint::AddItem,
    Endpoint::ReadItem,
    Endpoint::UpdateItem,
    Endpoint::MoveItem,
    Endpoint::DeleteItem,
    Endpoint::RegisterApp,
    Endpoint::RegisteredAppInfo,
    Endpoint::UpdateApp,
    Endpoint::Unregister,
    Endpoint::Token,
    Endpoint::RevokeToken,
];

/// The matrix's faults, and four more.
pub fn faults() -> Vec<Fault> {
    let more = [Fault::Late, Fault::LostThenLate { late_ms: LATE_MS }, Fault::Delay { ms: 60_000 }, Fault::NoCors];
    named_faults().into_iter().map(|fault| fault.1).chain(more).collect()
}

/// The initial portal, created once. Most of its items are removed, since they slow down every listing.
pub fn fresh() -> &'static Portal {
    static FRESH: OnceLock<Portal> = OnceLock::new();
    FRESH.get_or_init(|| {
        let mut portal = Portal::demo(NOW_MS);
        for person in portal.users() {
            for item in portal.items_of(&person.username).iter().skip(3) {
                if portal.app_of_item(&item.id).is_none() {
                    portal.lose_item(&item.id);
                }
            }
        }
        portal
    })
}

/// Portals with the relevant combinations of unknown facts, created once.
pub fn portals() -> &'static [Portal] {
    static PORTALS: OnceLock<Vec<Portal>> = OnceLock::new();
    PORTALS.get_or_init(make_portals)
}

fn make_portals() -> Vec<Portal> {
    let mut found = Vec::new();
    for (which, keeps) in [true, false].into_iter().enumerate() {
        for second in [SecondRegistration::Refused, SecondRegistration::Harmless] {
            for flag in [Strictness::Refused, Strictness::Accepted] {
                let mut portal = fresh().clone();
                portal.switches.keeps_type_keywords = keeps;
                portal.switches.second_registration = second;
                portal.switches.wrong_regenerate_flag = flag;
                // The other unknown facts (F-KEY-11, F-CORS-3, F-ITEM-5) alternate between their two answers.
                let other_way = (which + found.len()) % 2 == 1;
                portal.switches.deletion_ends_keys = !other_way;
                portal.switches.errors_carry_cors = !other_way;
                portal.switches.listing_lag_ms = if found.len() % 4 == 2 { 1_500 } else { 0 };
                found.push(portal);
            }
        }
    }
    found
}

/// Counts what went wrong.
#[derive(Debug, Default)]
pub struct Tally {
    pub cells: usize,
    pub counts: BTreeMap<&'static str, usize>,
    examples: Vec<String>,
}

impl Tally {
    pub fn add(&mut self, what: &'static str, happened: bool, example: &dyn Fn() -> String) {
        let count = self.counts.entry(what).or_default();
        if happened {
            *count += 1;
            if self.examples.len() < 20 {
                self.examples.push(format!("{what}: {}", example()));
            }
        }
    }

    /// Adds another tally's counts.
    pub fn add_all(&mut self, other: &Self) {
        self.cells += other.cells;
        for (what, count) in &other.counts {
            *self.counts.entry(what).or_default() += count;
        }
        self.examples.extend(other.examples.iter().take(20 - self.examples.len().min(20)).cloned());
    }

    /// Prints the counts, and asserts that they are zero.
    #[track_caller]
    pub fn tell(&self, part: Part, title: &str) {
        let counts: Vec<_> = self.counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
        proof::tell(part, &format!("{title}: {} runs, {}", self.cells, counts.join(", ")));
        self.is_clean();
    }

    /// The first few examples of what went wrong.
    pub fn examples(&self) -> &[String] {
        &self.examples
    }

    #[track_caller]
    pub fn is_clean(&self) {
        assert!(self.counts.values().all(|count| *count == 0), "\n{}", self.examples.join("\n"));
    }
}

/// Checks the world after a run against the invariants of docs/reliability.md. A run that does not end (I8) fails at
/// once.
pub fn judge(tally: &mut Tally, world: &World, end: &State, example: &dyn Fn() -> String) {
    tally.cells += 1;
    let portal = world.portal.borrow();
    let before = fresh();
    let items = portal.credentials_of("jane").len() - before.credentials_of("jane").len();
    let shown = world.shown.borrow();
    let old_keys = before.live_keys();
    let mut keys = portal.live_keys();
    keys.retain(|key| !old_keys.contains(key));
    let unseen = keys.iter().filter(|key| !shown.contains(&key.token)).count();
    tally.add("I1 unseen keys", unseen > 0, example);
    tally.add("I1 lost old keys", portal.live_keys().len() - keys.len() < old_keys.len(), example);
    tally.add("I2 duplicates", items > 1, example);
    tally.add("I3 journals left", world.journal.borrow().is_some(), example);
    tally.add("I6 lost drafts", world.drafts.was_lost(), example);
    for name in audit::NAMES {
        tally.add(name, world.audit.count(name) > 0, example);
    }
    match end.stage {
        Stage::RolledBack => {
            tally.add("I3 orphans", items > 0, example);
            tally.add("I1 keys after discard", !keys.is_empty(), example);
        }
        Stage::Acknowledged => {
            tally.add("I3 orphans", items == 0, example);
            let works = shown.last().is_some_and(|shown| keys.iter().any(|key| key.token == *shown));
            tally.add("I1 shown keys that do not work", !works, example);
            tally.add("I6 lost drafts", !world.kept_older.get() && !is_as_typed(&portal, world), example);
        }
        _ => tally.add("I8 unfinished", end.stage != Stage::CreatedWithoutKey || items != 1, example),
    }
}

/// True if the new credential matches the latest draft, except for accepted differences.
fn is_as_typed(portal: &Portal, world: &World) -> bool {
    let (plan, agreed) = (plan_of(&world.drafts.last()), world.audit.confirmed.borrow());
    let (old, mut items) = (fresh().credentials_of("jane"), portal.credentials_of("jane"));
    items.retain(|item| old.iter().all(|other| other.id != item.id));
    let Some(item) = items.first() else { return false };
    let Some(app) = portal.app_of_item(&item.id) else { return false };
    let folders = portal.folders_of("jane");
    let folder =
        folders.iter().find(|folder| Some(&folder.id) == item.folder.as_ref()).map(|folder| folder.title.as_str());
    let has_date = item.expiration[0] == plan.expires.0 || agreed.expires.is_some();
    let has_referrers = app.referrers == plan.grants.referrers || Some(&app.referrers) == agreed.referrers.as_ref();
    let has_words = item.title == plan.details.title && item.tags == plan.details.tags;
    has_words && has_date && has_referrers && folder == plan.folder.title()
}

/// Runs a creation to its end in `world` and checks it.
pub fn run_in(tally: &mut Tally, world: &World, example: &dyn Fn() -> String) -> State {
    let end = world.run(&plan("Fresh folder", KeyChoice::Now));
    world.portal.borrow_mut().settle();
    judge(tally, world, &end, example);
    end
}

pub fn run(tally: &mut Tally, portal: Portal, person: Person, crashes: Vec<Crash>, example: &dyn Fn() -> String) {
    let world = World::new(portal, person);
    *world.crashes.borrow_mut() = crashes;
    run_in(tally, &world, example);
}

#[test]
fn no_single_fault_leaves_an_orphan_a_duplicate_or_an_unseen_key() {
    let mut tally = Tally::default();
    for (which, portal) in portals().iter().enumerate() {
        for person in [Person::GoesOn, Person::GivesUp] {
            for call in CALLS {
                for fault in faults() {
                    // Fails a second call of the same kind too; one portal is enough for that.
                    for skip in 0..if which == 0 { 2 } else { 1 } {
                        let mut portal = portal.clone();
                        portal.add_fault(Rule { skip, ..Rule::once(call, fault.clone()) });
                        run(&mut tally, portal, person.clone(), Vec::new(), &|| {
                            format!("{which} {person:?} {call:?} {fault:?} {skip}")
                        });
                    }
                }
            }
        }
    }
    tally.tell(Part::Single, "single faults");
}

#[test]
fn no_single_fault_hides_that_the_portal_granted_less_than_was_asked() {
    let mut tally = Tally::default();
    let mut portal = fresh().clone();
    portal.switches.dropped_privileges = vec!["premium:user:geocode".to_owned()];
    for person in [Person::GoesOn, Person::GivesUp] {
        for (call, fault) in CALLS.into_iter().flat_map(|call| faults().into_iter().map(move |fault| (call, fault))) {
            let mut portal = portal.clone();
            portal.fault(call, fault.clone());
            run(&mut tally, portal, person.clone(), Vec::new(), &|| format!("{person:?} {call:?} {fault:?}"));
        }
    }
    tally.tell(Part::Single, "single faults, a privilege dropped");
}

#[test]
fn a_fault_that_stays_ends_in_a_question_and_not_in_a_mess() {
    let mut tally = Tally::default();
    for person in [Person::GoesOn, Person::GivesUp] {
        for call in CALLS {
            for fault in faults() {
                for times in [2, 3, 5, 9] {
                    let mut portal = fresh().clone();
                    portal.add_fault(Rule { times: Some(times), ..Rule::once(call, fault.clone()) });
                    run(&mut tally, portal, person.clone(), Vec::new(), &|| {
                        format!("{person:?} {call:?} {fault:?} x{times}")
                    });
                }
            }
        }
    }
    tally.tell(Part::Single, "faults that stay");
}

#[test]
fn no_crash_leaves_an_orphan_a_duplicate_or_an_unseen_key() {
    let mut tally = Tally::default();
    for (which, portal) in portals().iter().enumerate() {
        for person in [Person::GoesOn, Person::GivesUp] {
            let sends = (0..8).flat_map(|number| [Crash::BeforeSend(number), Crash::AfterSend(number)]);
            for crash in sends.chain([Crash::AfterShow]) {
                run(&mut tally, portal.clone(), person.clone(), vec![crash], &|| {
                    format!("{which} {person:?} {crash:?}")
                });
            }
        }
    }
    tally.tell(Part::Single, "crashes");
}

#[test]
fn no_crash_after_a_fault_leaves_a_mess() {
    let mut tally = Tally::default();
    for person in [Person::GoesOn, Person::GivesUp] {
        for call in CALLS {
            for fault in [Fault::DropBefore, Fault::DropAfter, Fault::Late, Fault::TooMany] {
                for crash in (0..9).flat_map(|number| [Crash::BeforeSend(number), Crash::AfterSend(number)]) {
                    let mut portal = fresh().clone();
                    portal.fault(call, fault.clone());
                    run(&mut tally, portal, person.clone(), vec![crash], &|| {
                        format!("{person:?} {call:?} {fault:?} {crash:?}")
                    });
                }
            }
        }
    }
    tally.tell(Part::Single, "crashes after a fault");
}

#[test]
fn two_lost_answers_in_any_places_leave_no_mess() {
    let mut tally = Tally::default();
    let losses = [Fault::DropBefore, Fault::DropAfter];
    for first in CALLS {
        for second in CALLS {
            for (one, two) in losses.iter().flat_map(|one| losses.iter().map(move |two| (one, two))) {
                for person in [Person::GoesOn, Person::GivesUp] {
                    let mut portal = fresh().clone();
                    portal.fault(first, one.clone());
                    portal.fault(second, two.clone());
                    run(&mut tally, portal, person.clone(), Vec::new(), &|| {
                        format!("{person:?} {first:?} {one:?} {second:?} {two:?}")
                    });
                }
            }
        }
    }
    tally.tell(Part::Single, "two lost answers");
}

#[test]
fn a_creation_without_faults_takes_six_requests() {
    let world = World::new(Portal::demo(NOW_MS), Person::GoesOn);
    let end = world.run(&plan("Fresh folder", KeyChoice::Now));
    assert_eq!(end.stage, Stage::Acknowledged);
    let portal = world.portal.borrow();
    let seen: Vec<_> = portal.log().iter().filter_map(|entry| entry.endpoint).collect();
    let expected = [
        Endpoint::CreateFolder,
        Endpoint::AddItem,
        Endpoint::RegisterApp,
        Endpoint::UpdateItem,
        Endpoint::ReadItem,
        Endpoint::Token,
        // Checks for duplicates after the user has the key.
        Endpoint::UserContent,
    ];
    assert_eq!(seen, expected);
    assert_eq!(world.shown.borrow().len(), 1);
}
