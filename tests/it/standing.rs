//! What the page claims about the portal when an operation stops: never more than it knows.

use practice_portal::{Endpoint, Fault, Portal, Rule};

use key_wizard_core::credential::draft::KeyChoice;
use key_wizard_core::operation::existence::Existence;

use crate::faults::fresh;
use crate::person::{Crash, Person, Word};
use crate::wish::plan;
use crate::world::World;

fn no(message: &str) -> Fault {
    Fault::ErrorBody { code: 400, message: message.to_owned() }
}

fn often(endpoint: Endpoint, fault: Fault) -> Rule {
    Rule { times: Some(9), ..Rule::once(endpoint, fault) }
}

/// Checks what is known at the question that follows these decisions.
#[track_caller]
fn check(rules: &[Rule], words: &[Word], crashes: &[Crash], expected: Existence) {
    let mut portal = fresh().clone();
    rules.iter().for_each(|rule| portal.add_fault(rule.clone()));
    check_on(portal, words, crashes, expected);
}

#[track_caller]
fn check_on(portal: Portal, words: &[Word], crashes: &[Crash], expected: Existence) {
    let world = World::new(portal, Person::Says(words.to_vec()));
    *world.crashes.borrow_mut() = crashes.to_vec();
    world.leaves_after.set(words.len());
    let state = world.run(&plan("Fresh folder", KeyChoice::Now));
    assert_eq!(state.existence(), expected, "{:?}", state.stage);
    assert_eq!(state.title(), "Store finder");
}

#[test]
fn a_registration_whose_answer_was_lost_is_not_said_to_be_missing() {
    let unread = often(Endpoint::RegisteredAppInfo, Fault::DropBefore);
    check(&[Rule::once(Endpoint::RegisterApp, Fault::DropAfter), unread], &[], &[], Existence::Item);
}

#[test]
fn before_a_look_after_a_reload_nothing_is_said_to_be_missing() {
    for endpoint in [Endpoint::ReadItem, Endpoint::RegisteredAppInfo] {
        check(&[often(endpoint, Fault::DropBefore)], &[], &[Crash::BeforeSend(3)], Existence::Item);
    }
}

#[test]
fn a_registration_that_is_not_what_was_asked_is_said_to_be_there() {
    let mut portal = fresh().clone();
    portal.switches.dropped_privileges = vec!["premium:user:geocode".to_owned()];
    check_on(portal, &[], &[], Existence::Credential);
}

#[test]
fn an_item_has_the_title_that_the_portal_knows() {
    check(&[often(Endpoint::RegisterApp, no("No."))], &[Word::Change], &[], Existence::ItemAlone);
}

#[test]
fn an_item_that_may_be_gone_is_not_said_to_be_there() {
    let unread = Rule { skip: 1, ..often(Endpoint::ReadItem, Fault::DropBefore) };
    check(&[Rule::once(Endpoint::DeleteItem, Fault::DropAfter), unread], &[Word::Discard], &[], Existence::ItemUnknown);
    check(
        &[often(Endpoint::UpdateItem, Fault::ErrorBody { code: 404, message: "Gone.".to_owned() })],
        &[],
        &[],
        Existence::ItemUnknown,
    );
}
