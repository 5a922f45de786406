//! The machine: state, event and time in; state and effects out. Nothing else.

use crate::operation::journal::Journal;
use crate::operation::machine::event::{Effect, Event};
use crate::operation::machine::transition::Run;
use crate::operation::machine::{cleanup, on_answer, on_error, user_events};
use crate::operation::model::facts::Made;
use crate::operation::model::operation::{Goal, Work};
use crate::operation::model::plan::Plan;
use crate::operation::model::stage::{Stage, State};
use crate::portal::id::Username;
use crate::timestamp::Timestamp;

/// A new operation; `Started` sets it going.
pub fn begin(plan: Plan) -> State {
    let work = Work { plan, made: Made::default(), goal: Goal::Create, goes_on: false, sweep: None };
    State { work: Box::new(work), stage: Stage::Ready }
}

/// An operation that a reload interrupted; `Started` sets reads going until it is known what exists. One that the
/// person was done with is over at once, and only what was made twice is left to be looked for.
pub fn resume(journal: &Journal, owner: Username, plan: Option<Plan>) -> State {
    let stage = match (journal.finished, journal.key_shown) {
        (false, _) => Stage::Ready,
        (true, false) => Stage::Made,
        (true, true) => Stage::Acknowledged,
    };
    State { work: Box::new(journal.work(owner, plan)), stage }
}

/// The next state, and what must happen outside for it to move on. An event that does not fit changes nothing.
pub fn step(state: State, event: Event, now: Timestamp) -> (State, Vec<Effect>) {
    let was_over = is_over(&state.stage);
    let mut run = Run { work: state.work, effects: Vec::new(), now };
    let stage = match (state.stage, event) {
        (Stage::Ready, Event::Started) => run.go_on(),
        (Stage::Running(task), Event::Answered(answer)) => on_answer::answered(&mut run, task, answer),
        (Stage::Running(task), Event::Failed(error)) => on_error::failed(&mut run, task, error),
        (Stage::Waiting { task, .. }, Event::Woke) => run.send_or_go_on(task),
        (stage, Event::Answered(answer)) if was_over => cleanup::answered(&mut run, stage, answer),
        (stage, Event::Failed(error)) if was_over => cleanup::failed(&mut run, stage, error),
        (stage, Event::Started | Event::Woke) if was_over => cleanup::go_on(&mut run, stage),
        (stage, event) => user_events::said(&mut run, stage, event),
    };
    let stage = if is_over(&stage) && !was_over { cleanup::go_on(&mut run, stage) } else { stage };
    (State { work: run.work, stage }, run.effects)
}

/// Whether the person has what they wanted, and only cleaning up is left.
fn is_over(stage: &Stage) -> bool {
    matches!(stage, Stage::Made | Stage::Acknowledged)
}
