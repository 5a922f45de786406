//! Handles the person's events.

use crate::operation::machine::event::Event;
use crate::operation::machine::transition::Transition;
use crate::operation::model::call::Call;
use crate::operation::model::operation::Goal;
use crate::operation::model::plan::Plan;
use crate::operation::model::stage::{KeyStatus, PendingCall, Stage};
use crate::portal::error::Refusal;

/// Handles an event of the person if the stage waits for it.
pub fn on_user_event(transition: &mut Transition, stage: Stage, event: Event) -> Stage {
    match (stage, event) {
        (Stage::Refused { call, refusal }, Event::Continued) => try_again(transition, call, refusal),
        (Stage::Mismatch(differences), Event::Confirmed) if differences.can_be_confirmed() => {
            transition.operation.facts.agreed = Some(differences);
            transition.go_on()
        }
        (Stage::Mismatch(_), Event::Continued) => {
            transition.operation.facts.grants = None;
            transition.operation.facts.expires = None;
            transition.go_on()
        }
        (Stage::Indeterminate { mut pending, .. }, Event::Continued) => {
            pending.tries = 0;
            pending.put_off = 0;
            if let Some(recheck) = &mut pending.recheck {
                recheck.failures = 0;
            }
            transition.send_or_go_on(pending)
        }
        // After `KeyShown`: the key was wiped from the page before it was saved, so replace it.
        (Stage::Recovered(_) | Stage::KeyShown, Event::Continued) if transition.operation.plan.complete => {
            create(transition)
        }
        // Save it at once: the page may be closed next.
        (Stage::KeyShown, Event::Copied) => {
            transition.operation.facts.key.copied();
            transition.stop(Stage::KeyShown)
        }
        (Stage::Recovered(KeyStatus::ShownOnly | KeyStatus::Copied) | Stage::KeyShown, Event::Acknowledged) => {
            transition.stop(Stage::Acknowledged)
        }
        (stage @ (Stage::Refused { .. } | Stage::Mismatch(_) | Stage::Recovered(_)), Event::Changed(plan)) => {
            change(transition, stage, plan)
        }
        // The person confirmed again: delete the item although its key cannot be revoked.
        (Stage::Refused { call: Call::ReadRegistration { .. } | Call::RevokeKey { .. }, .. }, Event::Discarded)
            if transition.operation.goal == Goal::RollBack =>
        {
            give_up_key(transition)
        }
        (stage, Event::Discarded) if may_be_discarded(&stage) => take_back(transition),
        (stage, _) => stage,
    }
}

fn take_back(transition: &mut Transition) -> Stage {
    transition.operation.goal = Goal::RollBack;
    transition.operation.facts.item.take_back();
    transition.go_on()
}

fn give_up_key(transition: &mut Transition) -> Stage {
    transition.operation.facts.key.give_up();
    transition.go_on()
}

fn create(transition: &mut Transition) -> Stage {
    transition.operation.goal = Goal::Create;
    transition.go_on()
}

fn look_again(transition: &mut Transition) -> Stage {
    transition.operation.goal = Goal::Inspect;
    transition.operation.auto_resume = true;
    transition.operation.facts.details = None;
    transition.operation.facts.item_read = None;
    transition.operation.facts.app_read = false;
    transition.go_on()
}

fn change(transition: &mut Transition, stage: Stage, plan: Plan) -> Stage {
    let old = &transition.operation.plan;
    let is_same = plan.id == old.id && plan.owner == old.owner && plan.portal_key == old.portal_key;
    if !is_same || transition.operation.goal == Goal::RollBack {
        return stage;
    }
    if plan.folder != old.folder {
        transition.operation.facts.folder.unsettle();
    }
    transition.operation.plan = plan;
    transition.operation.facts.agreed = None;
    match (stage, transition.operation.goal) {
        // First find out what exists and whether there is a live key.
        (Stage::Refused { .. }, Goal::Inspect) => transition.go_on(),
        // Also find out whether the lost change took effect.
        (_, Goal::Create) if transition.operation.facts.change_lost.is_some() => look_again(transition),
        _ => create(transition),
    }
}

/// Retries after a refusal: the person may have fixed its cause elsewhere.
fn try_again(transition: &mut Transition, call: Call, refusal: Refusal) -> Stage {
    let item = transition.operation.facts.item.id().cloned();
    match (call, item) {
        (Call::ReadItem { .. }, _) if refusal.is_missing() => transition.operation.facts.forget_item(),
        // The folder is already known to be gone.
        (Call::AddItem { .. }, _) if !transition.operation.facts.folder.is_ready() => {
            transition.operation.facts.item.forget_request();
        }
        (call @ (Call::AddItem { folder: Some(_), .. } | Call::MoveItem { folder: Some(_), .. }), _)
            if refusal.may_mean_missing_folder() =>
        {
            return transition.send(PendingCall { folder_check: Some(Box::new(refusal)), ..PendingCall::new(call) });
        }
        (Call::FindItem { folder: Some(_) }, Some(item)) if refusal.may_mean_missing_folder() => {
            return transition.send(PendingCall::new(Call::ReadItem { item }));
        }
        (_, Some(item)) if refusal.is_missing() => {
            return transition.send(PendingCall::new(Call::ReadItem { item }));
        }
        _ => {}
    }
    transition.go_on()
}

fn may_be_discarded(stage: &Stage) -> bool {
    matches!(
        stage,
        Stage::Ready
            | Stage::Waiting { .. }
            | Stage::Refused { .. }
            | Stage::Mismatch(_)
            | Stage::KeyShown
            | Stage::Indeterminate { .. }
            | Stage::Recovered(_)
    )
}
