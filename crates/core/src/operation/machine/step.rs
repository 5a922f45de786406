//! The entry points of the state machine.

use crate::operation::journal::Journal;
use crate::operation::machine::event::{Effect, Event};
use crate::operation::machine::transition::Transition;
use crate::operation::machine::{cleanup, on_answer, on_error, user_events};
use crate::operation::model::facts::Facts;
use crate::operation::model::operation::{Goal, Operation};
use crate::operation::model::plan::Plan;
use crate::operation::model::stage::{Stage, State};
use crate::portal::id::Username;
use crate::timestamp::Timestamp;

/// A new operation. Send `Started` to begin.
pub fn begin(plan: Plan) -> State {
    let operation =
        Operation { plan, facts: Facts::default(), goal: Goal::Create, auto_resume: false, pending_cleanup: None };
    State { operation: Box::new(operation), stage: Stage::Ready }
}

/// An operation that a reload interrupted. Send `Started` to read what exists. If the operation was over for the
/// person, it is over at once and only looks for duplicates.
pub fn resume(journal: &Journal, owner: Username, plan: Option<Plan>) -> State {
    let stage = match (journal.finished, journal.key_state.is_shown()) {
        (false, _) => Stage::Ready,
        (true, false) => Stage::CreatedWithoutKey,
        (true, true) => Stage::Acknowledged,
    };
    State { operation: Box::new(journal.operation(owner, plan)), stage }
}

/// The next state, and the effects it needs to move on. An event that does not fit the state changes nothing.
pub fn step(state: State, event: Event, now: Timestamp) -> (State, Vec<Effect>) {
    let was_over = is_over(&state.stage);
    let mut transition = Transition { operation: state.operation, effects: Vec::new(), now };
    let stage = match (state.stage, event) {
        (Stage::Ready, Event::Started) => transition.go_on(),
        (Stage::Running(pending), Event::Answered(answer)) => on_answer::answered(&mut transition, pending, answer),
        (Stage::Running(pending), Event::Failed(error)) => on_error::failed(&mut transition, pending, error),
        (Stage::Waiting { pending, .. }, Event::TimerFired) => transition.send_or_go_on(pending),
        (stage, Event::Answered(answer)) if was_over => cleanup::answered(&mut transition, stage, answer),
        (stage, Event::Failed(error)) if was_over => cleanup::failed(&mut transition, stage, error),
        (stage, Event::Started | Event::TimerFired) if was_over => cleanup::go_on(&mut transition, stage),
        (stage, event) => user_events::on_user_event(&mut transition, stage, event),
    };
    let stage = if is_over(&stage) && !was_over { cleanup::go_on(&mut transition, stage) } else { stage };
    (State { operation: transition.operation, stage }, transition.effects)
}

/// Whether the person has what they wanted and only cleanup is left.
fn is_over(stage: &Stage) -> bool {
    matches!(stage, Stage::CreatedWithoutKey | Stage::Acknowledged)
}
