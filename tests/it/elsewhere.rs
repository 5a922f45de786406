//! The next browser finds what another one left on the portal, and touches nothing else.

use key_wizard_core::config::PortalKey;
use key_wizard_core::credential::draft::KeyChoice;
use key_wizard_core::operation::journal::Journal;
use key_wizard_core::operation::{Stage, begin, orphans, resume};
use key_wizard_core::portal::id::Username;
use key_wizard_core::portal::items;
use key_wizard_core::timestamp::Timestamp;
use practice_portal::{Endpoint, Fault};

use crate::faults::fresh;
use crate::person::{Crash, Person, Point};
use crate::wish::plan;
use crate::world::World;

const TWENTY_MINUTES_MS: i64 = 20 * 60 * 1000;

/// The journals found later by the next browser, which has no records.
fn found(world: &World) -> Vec<Journal> {
    world.portal.borrow_mut().advance(TWENTY_MINUTES_MS);
    *world.journal.borrow_mut() = None;
    let jane = Username("jane".to_owned());
    let listed = world.ask(items::newest(&jane, None), true).expect("the portal answers");
    let now = Timestamp(world.portal.borrow().now_ms);
    orphans(&listed, &[], &PortalKey("practice".to_owned()), &jane, now)
}

fn items(world: &World) -> usize {
    world.portal.borrow().credentials_of("jane").len() - fresh().credentials_of("jane").len()
}

#[test]
fn what_another_browser_left_half_made_can_be_taken_back() {
    for endpoint in [Endpoint::AddItem, Endpoint::RegisterApp] {
        let world = World::new(fresh().clone(), Person::GivesUp);
        let point = if endpoint == Endpoint::AddItem { Point::AfterAnswer } else { Point::BeforeSend };
        *world.crashes.borrow_mut() = vec![Crash::At(point, endpoint)];
        assert!(world.finish(begin(plan("Fresh folder", KeyChoice::Now))).is_none(), "the page dies");
        let found = found(&world);
        assert_eq!(found.len(), 1);
        let end = world.finish(resume(&found[0], Username("jane".to_owned()), None)).expect("it comes to an end");
        assert_eq!((end.stage, items(&world)), (Stage::RolledBack, 0));
    }
}

#[test]
fn a_finished_credential_is_nothing_to_look_at() {
    for key in [KeyChoice::Now, KeyChoice::Later] {
        let world = World::new(fresh().clone(), Person::GoesOn);
        world.run(&plan("Fresh folder", key));
        assert_eq!((found(&world), items(&world)), (Vec::new(), 1));
    }
}

#[test]
fn a_duplicate_that_came_after_everything_had_ended_is_deleted_and_the_credential_is_not() {
    let world = World::new(fresh().clone(), Person::GoesOn);
    world.run(&plan("Fresh folder", KeyChoice::Now));
    let keys = world.portal.borrow().live_keys().len();
    world.portal.borrow_mut().fault_next(Fault::DropAfter);
    let call = key_wizard_core::operation::Call::AddItem {
        folder: None,
        details: plan("", KeyChoice::Now).details,
        marker: plan("", KeyChoice::Now).id.marker(),
    };
    let late = world.ask(call.request(&Username("jane".to_owned()), None), true);
    assert!(late.is_err() && items(&world) == 2, "nobody has its answer");
    let found = found(&world);
    assert_eq!(found.len(), 1);
    world.finish(resume(&found[0], Username("jane".to_owned()), None)).expect("it comes to an end");
    assert_eq!((items(&world), world.portal.borrow().live_keys().len()), (1, keys));
}
