//! After the end: nothing that was made twice is left. Nobody waits for it, and nobody is asked.
//!
//! A request that something on its way sends twice makes two items, and no answer shows it.

use crate::operation::journal::Journal;
use crate::operation::learn::apply_answer::{deleted, record};
use crate::operation::machine::event::Effect;
use crate::operation::machine::transition::Run;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::stage::Stage;
use crate::portal::error::Error;

/// How long an item whose answer was lost may take to come although nobody waits any more, in milliseconds.
const LATEST_MS: u32 = 60_000;

/// Looks for a twin and deletes it; forgets the operation when there is none.
pub fn go_on(run: &mut Run, stage: Stage) -> Stage {
    let made = &mut run.work.made;
    made.finished = true;
    if made.item.is_some() && !made.rested {
        made.rested = true;
        made.swept = false;
        run.work.sweep = Some(made.find());
        let rest = if made.item_doubled { LATEST_MS } else { PAUSES_MS[0] };
        run.effects.push(Effect::Keep(Journal::of(&run.work, run.now)));
        run.effects.push(Effect::Wait(rest));
        return stage;
    }
    let next = match (made.swept, made.extras.first(), &made.item) {
        (_, Some(extra), _) => Call::DeleteItem { item: extra.clone() },
        (false, None, Some(_)) => made.find(),
        _ => return leave(run, stage),
    };
    run.work.sweep = Some(next.clone());
    run.effects.push(Effect::Keep(Journal::of(&run.work, run.now)));
    run.effects.push(Effect::Send(next));
    stage
}

/// The portal answered.
pub fn answered(run: &mut Run, stage: Stage, answer: Answer) -> Stage {
    match run.work.sweep.take() {
        Some(call) if record(&mut run.work, &call, answer) => {
            run.work.made.sweep_failures = 0;
            go_on(run, stage)
        }
        _ => leave(run, stage),
    }
}

/// The portal did not answer, or said no: a few more tries. Deleting what is gone is as good as deleting it.
pub fn failed(run: &mut Run, stage: Stage, error: Error) -> Stage {
    if let (Some(Call::DeleteItem { item }), true) =
        (run.work.sweep.clone(), error.refusal().is_some_and(|it| it.is_missing()))
    {
        deleted(&mut run.work, &item);
        return go_on(run, stage);
    }
    let made = &mut run.work.made;
    match PAUSES_MS.get(usize::from(made.sweep_failures)) {
        Some(pause) => {
            made.sweep_failures += 1;
            run.effects.push(Effect::Wait(*pause));
            stage
        }
        // Nothing is known to be left, and the portal does not let us look.
        None if error.refusal().is_some() && made.extras.is_empty() => leave(run, stage),
        // The journal stays: the next session of this person ends what this one could not.
        None => {
            run.work.sweep = None;
            stage
        }
    }
}

fn leave(run: &mut Run, stage: Stage) -> Stage {
    run.work.sweep = None;
    run.effects.push(Effect::Forget);
    stage
}
