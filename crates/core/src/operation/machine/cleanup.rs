//! After the end: nothing that was made twice is left. Nobody waits for it, and nobody is asked.
//!
//! A request that something on its way sends twice makes two items, and no answer shows it.

use crate::operation::journal::Journal;
use crate::operation::learn::apply_answer::{apply_answer, deleted};
use crate::operation::machine::event::Effect;
use crate::operation::machine::transition::Transition;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::facts::Cleanup;
use crate::operation::model::stage::Stage;
use crate::portal::error::Error;

/// How long cleanup waits, in milliseconds, before it looks for a duplicate of the item, whose answer was lost.
const DUPLICATE_REST_MS: u32 = 60_000;

/// Looks for a duplicate and deletes it; forgets the operation when there is none.
pub fn go_on(transition: &mut Transition, stage: Stage) -> Stage {
    let facts = &mut transition.operation.facts;
    if facts.cleanup == Cleanup::NotBegun {
        facts.cleanup = Cleanup::Begun;
    }
    if facts.item.is_known() && facts.cleanup == Cleanup::Begun {
        facts.cleanup = Cleanup::GraceBegun;
        facts.item.search_again();
        transition.operation.pending_cleanup = Some(facts.find());
        let rest = if facts.item.may_be_doubled() { DUPLICATE_REST_MS } else { PAUSES_MS[0] };
        transition.effects.push(Effect::SaveJournal(Journal::of(&transition.operation, transition.now)));
        transition.effects.push(Effect::Sleep(rest));
        return stage;
    }
    let next = match (facts.item.is_searched_for_duplicates(), facts.item.duplicates().first(), facts.item.id()) {
        (_, Some(duplicate), _) => Call::DeleteItem { item: duplicate.clone() },
        (false, None, Some(_)) => facts.find(),
        _ => return leave(transition, stage),
    };
    transition.operation.pending_cleanup = Some(next.clone());
    transition.effects.push(Effect::SaveJournal(Journal::of(&transition.operation, transition.now)));
    transition.effects.push(Effect::Send(next));
    stage
}

/// The portal answered.
pub fn answered(transition: &mut Transition, stage: Stage, answer: Answer) -> Stage {
    match transition.operation.pending_cleanup.take() {
        Some(call) if apply_answer(&mut transition.operation, &call, answer) => {
            transition.operation.facts.cleanup_failures = 0;
            go_on(transition, stage)
        }
        _ => leave(transition, stage),
    }
}

/// The portal did not answer, or said no: a few more tries. Deleting what is gone is as good as deleting it.
pub fn failed(transition: &mut Transition, stage: Stage, error: Error) -> Stage {
    if let (Some(Call::DeleteItem { item }), true) =
        (transition.operation.pending_cleanup.clone(), error.refusal().is_some_and(|refusal| refusal.is_missing()))
    {
        deleted(&mut transition.operation, &item);
        return go_on(transition, stage);
    }
    let facts = &mut transition.operation.facts;
    match PAUSES_MS.get(usize::from(facts.cleanup_failures)) {
        Some(pause) => {
            facts.cleanup_failures += 1;
            transition.effects.push(Effect::Sleep(*pause));
            stage
        }
        // Nothing is known to be left, and the portal does not let us look.
        None if error.refusal().is_some() && facts.item.duplicates().is_empty() => leave(transition, stage),
        // The journal stays: the next session of this person ends what this one could not.
        None => {
            transition.operation.pending_cleanup = None;
            stage
        }
    }
}

fn leave(transition: &mut Transition, stage: Stage) -> Stage {
    transition.operation.pending_cleanup = None;
    transition.effects.push(Effect::DeleteJournal);
    stage
}
