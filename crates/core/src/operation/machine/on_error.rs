//! What the machine does when a request was not answered, or with a no.

use crate::operation::learn::apply_answer::deleted;
use crate::operation::machine::recheck::not_happened;
use crate::operation::machine::transition::Run;
use crate::operation::model::call::Call;
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::operation::Goal;
use crate::operation::model::stage::{Doubt, Stage, Task};
use crate::portal::error::{Error, Refusal};

/// How often a call lets itself be put off.
const MOST_PUT_OFF: u8 = 5;
/// How long to wait at first if the portal does not say, twice as long each time; and the bounds of what it says:
/// milliseconds. Few portals let a page of another origin read their `Retry-After`.
const BUSY_MS: u32 = 5_000;
const SHORTEST_BUSY_MS: u32 = 1_000;
const LONGEST_BUSY_MS: u32 = 60_000;

/// The request on its way failed.
pub fn failed(run: &mut Run, mut task: Task, error: Error) -> Stage {
    let is_reading = task.doubt.is_some() || task.call.is_read();
    let is_key_call = task.in_flight().needs_client_secret();
    let is_lost = error.is_unknown() && error.refusal().is_none();
    if is_key_call && !is_lost {
        run.work.made.key_ending = false;
        run.work.made.key_asked = None;
        if error.refusal().is_none() {
            // Put off, or never sent.
            run.work.made.asked_in_vain(&task.call);
        }
    }
    match error {
        Error::SignedOut => run.stop(Stage::SignedOut { task, by_other: false }),
        Error::Busy { wait_ms } => {
            let put_off = match is_key_call {
                true => &mut run.work.made.put_off,
                false => &mut task.put_off,
            };
            let unsaid = BUSY_MS << *put_off;
            *put_off += 1;
            if *put_off > MOST_PUT_OFF {
                return run.stop(Stage::Unsure { task, error });
            }
            run.wait(task, wait_ms.unwrap_or(unsaid).clamp(SHORTEST_BUSY_MS, LONGEST_BUSY_MS))
        }
        error if error.is_unknown() && is_reading => read_failed(run, task, error),
        error if error.is_unknown() => doubt(run, task, error.refusal().cloned()),
        Error::Refused(refusal) if is_reading => read_refused(run, task, refusal),
        Error::Refused(refusal) => refused(run, task, refusal),
        Error::Unreachable | Error::Unreadable { .. } => doubt(run, task, None),
    }
}

/// The call may have done its work: a read is to tell.
fn doubt(run: &mut Run, mut task: Task, refusal: Option<Refusal>) -> Stage {
    let is_lost = refusal.is_none();
    task.doubt = Some(Doubt { refusal, ..Doubt::default() });
    match task.call {
        // The portal's listing may need a moment.
        Call::AddItem { .. } => run.wait(task, PAUSES_MS[0]),
        // A key that comes late would end the one that is asked for next, so it is given time to come.
        Call::GenerateKey { .. } => run.wait(task, PAUSES_MS[1]),
        // And so would its end.
        Call::RevokeKey { .. } if is_lost && run.work.goal == Goal::Create => {
            let late_ms = run.work.made.late_key_ms(run.now);
            run.wait(task, late_ms)
        }
        // One that comes late would undo what the person wants next.
        Call::UpdateItem { .. } | Call::MoveItem { .. } | Call::UpdateApp { .. } if is_lost => {
            run.work.made.change_lost = Some(run.now);
            run.send(task)
        }
        _ => run.send(task),
    }
}

/// A read got through to nobody: some more tries, then the person is asked.
fn read_failed(run: &mut Run, mut task: Task, error: Error) -> Stage {
    let doubt = task.doubt.get_or_insert_default();
    let pause = PAUSES_MS.get(usize::from(doubt.failures)).copied();
    doubt.failures = doubt.failures.saturating_add(1);
    match (pause, error) {
        (Some(pause), _) => run.wait(task, pause),
        // A portal that always breaks at this read says no by it.
        (None, Error::Refused(refusal)) => read_refused(run, task, refusal),
        (None, error) => run.stop(Stage::Unsure { task, error }),
    }
}

/// A write was refused.
fn refused(run: &mut Run, mut task: Task, refusal: Refusal) -> Stage {
    match &task.call {
        Call::DeleteItem { item } if refusal.is_missing() => {
            deleted(&mut run.work, item);
            run.go_on()
        }
        // Retried once, because deletion may not end a key at once (F-KEY-11).
        Call::RevokeKey { .. } if task.tries == 0 => {
            task.doubt = Some(Doubt::default());
            run.send(task)
        }
        // A folder of the title, a registration or a key may be there already; that is read before it is believed.
        Call::CreateFolder { .. } | Call::Register { .. } | Call::GenerateKey { .. } if !refusal.is_forbidden() => {
            doubt(run, task, Some(refusal))
        }
        _ if task.tries > 0 => doubt(run, task, Some(refusal)),
        // A plain no to the first and only request: there is nothing to look for.
        Call::AddItem { .. } => {
            if !run.work.made.item_doubled {
                run.work.made.item_sent = None;
            }
            run.stop(Stage::Refused { call: task.call, refusal })
        }
        _ => run.stop(Stage::Refused { call: task.call, refusal }),
    }
}

/// A read was refused, which tells something too.
fn read_refused(run: &mut Run, mut task: Task, refusal: Refusal) -> Stage {
    let goal = run.work.goal;
    let deletes = matches!(task.call, Call::DeleteItem { .. });
    match &task.call {
        // No registration to read: there is none.
        Call::Register { .. } => not_happened(run, task),
        Call::ReadApp { .. } if goal == Goal::Survey && (!run.work.made.key_sent || refusal.is_missing()) => {
            run.work.made.app_read = true;
            run.go_on()
        }
        Call::ReadApp { .. } | Call::RevokeKey { .. } if goal == Goal::Undo && refusal.is_missing() => without_key(run),
        // There is a registration, for a key was asked of it.
        Call::ReadApp { .. } if goal != Goal::Create && task.tries == 0 => {
            task.tries += 1;
            run.send(task)
        }
        // It is gone, which is what deleting was for; on the way to a key the person is asked first.
        Call::ReadItem { item } | Call::DeleteItem { item }
            if refusal.is_missing() && (goal != Goal::Create || deletes) =>
        {
            let item = item.clone();
            deleted(&mut run.work, &item);
            run.go_on()
        }
        // Its folder is gone, and so is whatever was in it.
        Call::FindItem { .. } if goal != Goal::Create && refusal.is_missing() => {
            run.work.made.forget_item();
            run.go_on()
        }
        // Whether there is an item is still unknown, so it is not asked for again before a look has succeeded.
        Call::AddItem { .. } if !refusal.is_missing() => unsure(run, task, refusal),
        Call::UpdateItem { item, .. } | Call::MoveItem { item, .. } if refusal.is_missing() => {
            tell(run, Call::ReadItem { item: item.clone() }, refusal)
        }
        _ => tell_of(run, task, refusal),
    }
}

/// The person is told what the portal said of the call itself, or else of the read about it.
fn tell_of(run: &mut Run, mut task: Task, refusal: Refusal) -> Stage {
    let read = task.in_flight();
    let said = task.doubt.take().and_then(|it| it.refusal);
    match (said, &task.call) {
        (Some(said), _) => tell(run, task.call, said),
        // Nobody has refused the key.
        (None, Call::GenerateKey { .. }) => tell(run, read, refusal),
        (None, _) => tell(run, task.call, refusal),
    }
}

fn unsure(run: &mut Run, task: Task, refusal: Refusal) -> Stage {
    run.stop(Stage::Unsure { task, error: Error::Refused(refusal) })
}

/// The person is told.
fn tell(run: &mut Run, call: Call, refusal: Refusal) -> Stage {
    run.stop(Stage::Refused { call, refusal })
}

/// On the way back there is no key to end.
fn without_key(run: &mut Run) -> Stage {
    run.work.made.key_revoked = true;
    run.go_on()
}
