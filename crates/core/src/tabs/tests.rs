use super::*;

use crate::config::PortalKey;
use crate::credential::expiration;
use crate::operation::Differences;
use crate::operation::KeyStatus;
use crate::operation::begin;
use crate::operation::{Identity, Plan};
use crate::portal::id::{PrivilegeId, Username};
use crate::timestamp::Timestamp;

const NOW: Timestamp = Timestamp(1_795_435_200_000);

fn id() -> OperationId {
    OperationId::from_bytes([1; 16])
}

fn other() -> Draft {
    let privileges = vec![PrivilegeId("premium:user:basemaps".to_owned())];
    Draft { title: "Maps".to_owned(), privileges, ..Draft::new(expiration::utc_date(NOW)) }
}

fn own() -> Draft {
    Draft { operation: Some(id()), ..other() }
}

fn at(stage: Stage) -> State {
    let who = Identity { id: id(), portal_key: PortalKey("practice".to_owned()), owner: Username("jane".to_owned()) };
    State { stage, ..begin(Plan::new(&own().check(NOW).expect("the draft is valid"), who, &[])) }
}

fn waiting() -> [Stage; 2] {
    [Stage::Mismatch(Differences::default()), Stage::Recovered(KeyStatus::None)]
}

#[test]
fn an_operation_takes_changes_of_the_draft_it_was_begun_with_while_it_waits() {
    for stage in waiting() {
        assert!(accepts_change(&own(), &at(stage.clone())));
        assert!(!accepts_change(&other(), &at(stage)));
    }
    for stage in [Stage::Ready, Stage::KeyShown, Stage::CreatedWithoutKey, Stage::Acknowledged, Stage::RolledBack] {
        assert!(!accepts_change(&own(), &at(stage)));
    }
}

#[track_caller]
fn check(step: Step, draft: &Draft, stage: Option<Stage>, expected: Step) {
    assert_eq!(reachable(step, draft, stage.map(at).as_ref()), expected);
}

#[test]
fn progress_and_key_are_there_only_with_an_operation() {
    check(Step::Progress, &own(), None, Step::Summary);
    check(Step::Key, &own(), None, Step::Summary);
    check(Step::Details, &own(), None, Step::Details);
    check(Step::Key, &own(), Some(Stage::Ready), Step::Progress);
    check(Step::Progress, &own(), Some(Stage::CreatedWithoutKey), Step::Key);
}

#[test]
fn an_operation_at_work_is_not_left_and_neither_is_a_key() {
    check(Step::Details, &own(), Some(Stage::Ready), Step::Progress);
    check(Step::Details, &own(), Some(Stage::KeyShown), Step::Key);
    for stage in [Stage::CreatedWithoutKey, Stage::Acknowledged, Stage::RolledBack] {
        check(Step::Details, &own(), Some(stage), Step::Details);
    }
}

#[test]
fn an_operation_that_waits_is_left_only_for_the_answers_it_was_begun_with() {
    for stage in waiting() {
        check(Step::Details, &own(), Some(stage.clone()), Step::Details);
        check(Step::Details, &other(), Some(stage), Step::Progress);
    }
}

#[test]
fn a_second_press_on_create_begins_nothing() {
    assert_eq!(create(&own(), None), Create::Begin);
    assert_eq!(create(&own(), Some(&at(Stage::Acknowledged))), Create::Begin);
    assert_eq!(create(&own(), Some(&at(Stage::Ready))), Create::ShowProgress);
    assert_eq!(create(&own(), Some(&at(Stage::KeyShown))), Create::ShowProgress);
}

#[test]
fn create_goes_on_with_the_operation_of_this_draft_and_asks_before_a_live_key_ends() {
    let [stage, _] = waiting();
    assert_eq!(create(&own(), Some(&at(stage.clone()))), Create::Change(id()));
    assert_eq!(create(&other(), Some(&at(stage.clone()))), Create::ShowProgress);
    let mut live = at(stage);
    live.operation.facts.key.shown(NOW);
    assert_eq!(create(&own(), Some(&live)), Create::EndKey);
}

#[test]
fn an_operation_that_leaves_the_screen_is_no_longer_another_tabs() {
    let mut screen = OnScreen::Here(at(Stage::Ready));
    assert!(!screen.is_elsewhere());
    screen.taken_over();
    assert_eq!((screen.is_elsewhere(), screen.operation()), (true, Some(&at(Stage::Ready))));
    screen = OnScreen::Nothing;
    screen.taken_over();
    assert_eq!((screen.is_elsewhere(), screen.operation()), (false, None));
}

#[test]
fn messages_to_other_tabs_are_read_back_and_others_are_not_understood() {
    let id = OperationId::from_bytes([7; 16]);
    for message in [TabMessage::KeySaved(id.clone()), TabMessage::KeyEnded(id)] {
        assert_eq!(TabMessage::parse(&message.text()), Some(message));
    }
    for text in ["", "saved", "saved ", "ended 1", "shown 07070707070707070707070707070707"] {
        assert_eq!(TabMessage::parse(text), None, "{text}");
    }
}
