//! What the machine does when the person says something, where it waits for that.

use crate::operation::machine::event::Event;
use crate::operation::machine::transition::Run;
use crate::operation::model::call::Call;
use crate::operation::model::operation::Goal;
use crate::operation::model::plan::{Place, Plan};
use crate::operation::model::stage::{KeyFate, Stage, Task};
use crate::portal::error::Refusal;

/// What the person says, where the stage waits for it.
pub fn said(run: &mut Run, stage: Stage, event: Event) -> Stage {
    match (stage, event) {
        (Stage::Refused { call, refusal }, Event::Continued) => try_again(run, call, &refusal),
        (Stage::Differs(differences), Event::Confirmed) if differences.can_be_confirmed() => {
            run.work.made.agreed = Some(differences);
            run.go_on()
        }
        (Stage::Differs(_), Event::Continued) => {
            run.work.made.grants = None;
            run.work.made.expires = None;
            run.go_on()
        }
        (Stage::Unsure { mut task, .. }, Event::Continued) => {
            task.tries = 0;
            task.put_off = 0;
            if let Some(doubt) = &mut task.doubt {
                doubt.failures = 0;
            }
            run.send_or_go_on(task)
        }
        // After `KeyShown`: the key was wiped from the page before it was saved, and another takes its place.
        (Stage::Found(_) | Stage::KeyShown, Event::Continued) if run.work.plan.complete => create(run),
        (Stage::Found(KeyFate::ShownOnly) | Stage::KeyShown, Event::Acknowledged) => run.stop(Stage::Acknowledged),
        (Stage::SignedOut { task, .. }, Event::SignedIn(username)) => match username == run.work.plan.owner {
            true => run.send_or_go_on(task),
            false => Stage::SignedOut { task, by_other: true },
        },
        (stage @ (Stage::Refused { .. } | Stage::Differs(_) | Stage::Found(_)), Event::Changed(plan)) => {
            change(run, stage, plan)
        }
        // Said once more: the item goes although its key cannot be ended by name.
        (Stage::Refused { call: Call::ReadApp { .. } | Call::RevokeKey { .. }, .. }, Event::Discarded)
            if run.work.goal == Goal::Undo =>
        {
            give_up_key(run)
        }
        (stage, Event::Discarded) if may_be_discarded(&stage) => take_back(run),
        (stage, _) => stage,
    }
}

fn take_back(run: &mut Run) -> Stage {
    run.work.goal = Goal::Undo;
    let made = &mut run.work.made;
    made.looks = 0;
    made.swept &= !made.item_doubled;
    run.go_on()
}

fn give_up_key(run: &mut Run) -> Stage {
    run.work.made.key_given_up = true;
    run.go_on()
}

fn create(run: &mut Run) -> Stage {
    run.work.goal = Goal::Create;
    run.go_on()
}

fn look_again(run: &mut Run) -> Stage {
    run.work.goal = Goal::Survey;
    run.work.goes_on = true;
    run.work.made.details = None;
    run.work.made.item_read = None;
    run.work.made.app_read = false;
    run.go_on()
}

fn change(run: &mut Run, stage: Stage, plan: Plan) -> Stage {
    let old = &run.work.plan;
    let is_same = plan.id == old.id && plan.owner == old.owner && plan.portal_id == old.portal_id;
    if !is_same || run.work.goal == Goal::Undo {
        return stage;
    }
    if plan.folder != old.folder {
        run.work.made.folder_ready = false;
    }
    run.work.plan = plan;
    run.work.made.agreed = None;
    match (stage, run.work.goal) {
        // What exists, and whether a key lives, must be known first.
        (Stage::Refused { .. }, Goal::Survey) => run.go_on(),
        // And how far the last wish came.
        (_, Goal::Create) if run.work.made.change_lost.is_some() => look_again(run),
        _ => create(run),
    }
}

/// After a refusal, what the person did about it elsewhere may have helped.
fn try_again(run: &mut Run, call: Call, refusal: &Refusal) -> Stage {
    if refusal.is_missing() {
        match (&call, &run.work.made.item) {
            (Call::ReadItem { .. }, _) => run.work.made.forget_item(),
            (Call::AddItem { .. }, _) => lose_folder(run),
            (Call::MoveItem { .. }, _) if refusal.says("folder") => lose_folder(run),
            (_, Some(item)) => {
                return run.send(Task::new(Call::ReadItem { item: item.clone() }));
            }
            _ => {}
        }
    }
    run.go_on()
}

fn lose_folder(run: &mut Run) {
    let made = &mut run.work.made;
    made.folder_ready = false;
    if made.item.is_none() {
        made.item_sent = None;
    }
    if let Place::Known { title, .. } = &run.work.plan.folder {
        run.work.plan.folder = Place::Titled(title.clone());
    }
}

fn may_be_discarded(stage: &Stage) -> bool {
    matches!(
        stage,
        Stage::Ready
            | Stage::Waiting { .. }
            | Stage::Refused { .. }
            | Stage::Differs(_)
            | Stage::KeyShown
            | Stage::Unsure { .. }
            | Stage::Found(_)
    )
}
