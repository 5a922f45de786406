//! Deletes duplicates in the background after the operation is over, without asking the person.
//!
//! If the network sends a request twice, it creates two items, and no answer shows it.

use crate::operation::journal::Journal;
use crate::operation::learn::apply_answer::{apply_answer, deleted};
use crate::operation::machine::event::Effect;
use crate::operation::machine::transition::Transition;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::facts::Cleanup;
use crate::operation::model::stage::Stage;
use crate::portal::error::Error;

/// Delay before cleanup looks for a duplicate of an item whose answer was lost, in milliseconds.
const DUPLICATE_REST_MS: u32 = 60_000;

/// Looks for duplicates and deletes them; deletes the journal when there are none.
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

/// Handles an answer during cleanup.
pub fn answered(transition: &mut Transition, stage: Stage, answer: Answer) -> Stage {
    match transition.operation.pending_cleanup.take() {
        Some(call) if apply_answer(&mut transition.operation, &call, answer) => {
            transition.operation.facts.cleanup_failures = 0;
            go_on(transition, stage)
        }
        _ => leave(transition, stage),
    }
}

/// Handles an error during cleanup, with a few retries. An item that is already gone counts as deleted.
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
        // No duplicate is known, and the portal refuses to list the items.
        None if error.refusal().is_some() && facts.item.duplicates().is_empty() => leave(transition, stage),
        // Keep the journal: this person's next session finishes the cleanup.
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
