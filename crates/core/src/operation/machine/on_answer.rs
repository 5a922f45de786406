//! Handles the answer to a request.

use crate::operation::learn::apply_answer::apply_answer;
use crate::operation::learn::reconcile::{self, Verdict};
use crate::operation::machine::event::Effect;
use crate::operation::machine::on_error;
use crate::operation::machine::recheck::not_happened;
use crate::operation::machine::transition::Transition;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::stage::{PendingCall, Stage};
use crate::portal::error::Error;
use crate::secret::Secret;

/// Handles the answer to the request in flight.
pub fn answered(transition: &mut Transition, mut pending: PendingCall, answer: Answer) -> Stage {
    let answer = match (pending.in_flight(), answer) {
        (Call::GenerateKey { .. }, Answer::Key(key)) => {
            transition.effects.push(Effect::ShowKey(key));
            transition.operation.facts.key.shown(transition.now);
            return transition.stop(Stage::KeyShown);
        }
        (_, answer) => hold(transition, answer),
    };
    if let Answer::Folders(folders) = &answer
        && let Some(refusal) = pending.folder_check.take()
    {
        let exists = folders.iter().any(|folder| Some(&folder.id) == pending.call.folder());
        return on_error::folder_checked(transition, pending, *refusal, exists);
    }
    let verdict = match &pending.recheck {
        Some(_) if !pending.call.is_read() => reconcile::reconcile(&mut transition.operation, &pending.call, answer),
        _ if apply_answer(&mut transition.operation, &pending.call, answer) => Verdict::Happened,
        _ => Verdict::Misfit,
    };
    match verdict {
        Verdict::Happened => transition.go_on(),
        Verdict::NotHappened => not_happened(transition, pending),
        Verdict::Misfit => on_error::failed(transition, pending, Error::Unreadable { what: "another answer" }),
    }
}

/// Hands the client secret to the environment before anything else handles the answer.
fn hold(transition: &mut Transition, answer: Answer) -> Answer {
    let Answer::Registration(app, secret) = answer else {
        return answer;
    };
    transition.operation.facts.secret_held = true;
    transition.effects.push(Effect::HoldSecret(secret));
    Answer::Registration(app, Secret::new(String::new()))
}
