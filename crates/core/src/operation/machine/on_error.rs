//! What the machine does when a request was not answered, or with a no.

use crate::operation::learn::apply_answer::deleted;
use crate::operation::machine::recheck::not_happened;
use crate::operation::machine::transition::Transition;
use crate::operation::model::call::Call;
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::operation::Goal;
use crate::operation::model::stage::{PendingCall, Recheck, Stage};
use crate::portal::error::{Error, Refusal};

/// How often a call lets itself be put off.
const MOST_PUT_OFF: u8 = 5;
/// How long to wait at first if the portal does not say, twice as long each time; and the bounds of what it says:
/// milliseconds. Few portals let a page of another origin read their `Retry-After`.
const BUSY_MS: u32 = 5_000;
const SHORTEST_BUSY_MS: u32 = 1_000;
const LONGEST_BUSY_MS: u32 = 60_000;

/// The request on its way failed.
pub fn failed(transition: &mut Transition, mut pending: PendingCall, error: Error) -> Stage {
    let is_reading = pending.recheck.is_some() || pending.in_flight().is_read();
    let is_key_call = pending.in_flight().needs_client_secret();
    let is_lost = error.is_unknown() && error.refusal().is_none();
    if is_key_call && !is_lost {
        transition.operation.facts.key.refused();
        if error.refusal().is_none() {
            // Put off, or never sent.
            transition.operation.facts.key.cannot_take_effect(&pending.call);
        }
    }
    match error {
        Error::SignedOut => transition.stop(Stage::SignedOut { call: pending.call }),
        Error::Busy { wait_ms } => {
            let put_off = match is_key_call {
                true => &mut transition.operation.facts.put_off,
                false => &mut pending.put_off,
            };
            let unsaid = BUSY_MS << *put_off;
            *put_off += 1;
            if *put_off > MOST_PUT_OFF {
                return transition.stop(Stage::Indeterminate { pending, error });
            }
            transition.wait(pending, wait_ms.unwrap_or(unsaid).clamp(SHORTEST_BUSY_MS, LONGEST_BUSY_MS))
        }
        Error::Refused(refusal) if !refusal.is_failure_inside() => match is_reading {
            true => read_refused(transition, pending, refusal),
            false => refused(transition, pending, refusal),
        },
        unknown if is_reading => read_failed(transition, pending, unknown),
        unknown => recheck(transition, pending, unknown.refusal().cloned()),
    }
}

/// The call may have done its work: a read is to stop_refused.
fn recheck(transition: &mut Transition, mut pending: PendingCall, refusal: Option<Refusal>) -> Stage {
    let is_lost = refusal.is_none();
    pending.recheck = Some(Recheck { refusal, ..Recheck::default() });
    match pending.call {
        // The portal's listing may need a moment.
        Call::AddItem { .. } => transition.wait(pending, PAUSES_MS[0]),
        // A key that comes late would end the one that is asked for next, so it is given time to come.
        Call::GenerateKey { .. } => transition.wait(pending, PAUSES_MS[1]),
        // The end of a key that comes late would end the next one, too.
        Call::RevokeKey { .. } if is_lost && transition.operation.goal == Goal::Create => {
            let late_ms = transition.operation.facts.key.late_ms(transition.now);
            transition.wait(pending, late_ms)
        }
        // One that comes late would undo what the person wants next.
        Call::UpdateItem { .. } | Call::MoveItem { .. } | Call::UpdateRegistration { .. } if is_lost => {
            transition.operation.facts.change_lost = Some(transition.now);
            transition.send(pending)
        }
        _ => transition.send(pending),
    }
}

/// A read got through to nobody: some more tries, then the person is asked.
fn read_failed(transition: &mut Transition, mut pending: PendingCall, error: Error) -> Stage {
    let recheck = pending.recheck.get_or_insert_default();
    let pause = PAUSES_MS.get(usize::from(recheck.failures)).copied();
    recheck.failures = recheck.failures.saturating_add(1);
    match (pause, error) {
        (Some(pause), _) => transition.wait(pending, pause),
        // A portal that always breaks at this read says no by it.
        (None, Error::Refused(refusal)) => read_refused(transition, pending, refusal),
        (None, error) => transition.stop(Stage::Indeterminate { pending, error }),
    }
}

fn refused(transition: &mut Transition, mut pending: PendingCall, refusal: Refusal) -> Stage {
    match &pending.call {
        Call::DeleteItem { item } if refusal.is_missing() => {
            deleted(&mut transition.operation, item);
            transition.go_on()
        }
        // Retried once, because deletion may not end a key at once (F-KEY-11).
        Call::RevokeKey { .. } if pending.tries == 0 => {
            pending.recheck = Some(Recheck::default());
            transition.send(pending)
        }
        // A folder of the title, a registration or a key may be there already; that is read before it is believed.
        Call::CreateFolder { .. } | Call::Register { .. } | Call::GenerateKey { .. } if !refusal.is_forbidden() => {
            recheck(transition, pending, Some(refusal))
        }
        _ if pending.tries > 0 => recheck(transition, pending, Some(refusal)),
        // A plain no to the first and only request: there is nothing to look for.
        Call::AddItem { .. } => {
            transition.operation.facts.item.refused();
            transition.stop(Stage::Refused { call: pending.call, refusal })
        }
        _ => transition.stop(Stage::Refused { call: pending.call, refusal }),
    }
}

/// A read was refused, which tells something too.
fn read_refused(transition: &mut Transition, mut pending: PendingCall, refusal: Refusal) -> Stage {
    let goal = transition.operation.goal;
    if pending.folder_check.take().is_some() {
        return tell_of(transition, pending, refusal);
    }
    if asks_for_folder(&pending, &refusal, goal) {
        pending.folder_check = Some(Box::new(refusal));
        return transition.send(pending);
    }
    let deletes = matches!(pending.call, Call::DeleteItem { .. });
    match &pending.call {
        // No registration to read: there is none.
        Call::Register { .. } => not_happened(transition, pending),
        Call::ReadRegistration { .. }
            if goal == Goal::Inspect && (!transition.operation.facts.key.is_sent() || refusal.is_missing()) =>
        {
            transition.operation.facts.app_read = true;
            transition.go_on()
        }
        Call::ReadRegistration { .. } | Call::RevokeKey { .. } if goal == Goal::RollBack && refusal.is_missing() => {
            without_key(transition)
        }
        // There is a registration, for a key was asked of it.
        Call::ReadRegistration { .. } if goal != Goal::Create && pending.tries == 0 => {
            pending.tries += 1;
            transition.send(pending)
        }
        // It is gone, which is what deleting was for; on the way to a key the person is asked first.
        Call::ReadItem { item } | Call::DeleteItem { item }
            if refusal.is_missing() && (goal != Goal::Create || deletes) =>
        {
            let item = item.clone();
            deleted(&mut transition.operation, &item);
            transition.go_on()
        }
        // What was looked through does not exist, and neither does what would have been in it.
        Call::FindItem { .. } if goal != Goal::Create && refusal.is_missing() => {
            transition.operation.facts.forget_item();
            transition.go_on()
        }
        // Whether there is an item is still unknown, so it is not asked for again before a look has succeeded.
        Call::AddItem { .. } if !refusal.is_missing() => stop_indeterminate(transition, pending, refusal),
        Call::UpdateItem { item, .. } | Call::MoveItem { item, .. } if refusal.is_missing() => {
            stop_refused(transition, Call::ReadItem { item: item.clone() }, refusal)
        }
        _ => tell_of(transition, pending, refusal),
    }
}

/// Whether the folders are to be read, since the folder that was looked into may be gone.
fn asks_for_folder(pending: &PendingCall, refusal: &Refusal, goal: Goal) -> bool {
    // On the way to a key, a look of its own that was refused is the person's to decide about.
    let is_meant = matches!(pending.call, Call::AddItem { .. }) || goal != Goal::Create;
    is_meant && refusal.may_mean_missing_folder() && matches!(pending.in_flight(), Call::FindItem { folder: Some(_) })
}

/// The folders were read after a refusal that may have meant a missing folder.
pub fn folder_checked(transition: &mut Transition, pending: PendingCall, refusal: Refusal, exists: bool) -> Stage {
    match (&pending.call, exists) {
        // The folder is gone, and so is whatever was in it.
        (Call::FindItem { .. }, false) => {
            transition.operation.facts.forget_item();
            transition.go_on()
        }
        // The search for the item was refused; the person decides before another folder is made.
        (Call::AddItem { .. }, false) if pending.recheck.is_some() => {
            transition.operation.lose_folder();
            tell_of(transition, pending, refusal)
        }
        (Call::AddItem { .. }, true) if pending.recheck.is_some() => stop_indeterminate(transition, pending, refusal),
        (Call::AddItem { .. } | Call::MoveItem { .. }, false) => {
            transition.operation.lose_folder();
            transition.operation.facts.item.forget_request();
            transition.go_on()
        }
        (Call::MoveItem { item, .. }, true) if refusal.is_missing() => {
            transition.send(PendingCall::new(Call::ReadItem { item: item.clone() }))
        }
        (Call::FindItem { .. }, true) => stop_refused(transition, pending.call, refusal),
        _ => transition.go_on(),
    }
}

/// Shows the portal's reason for refusing the call itself, or else the read about it.
fn tell_of(transition: &mut Transition, mut pending: PendingCall, refusal: Refusal) -> Stage {
    let read = pending.in_flight();
    let first = pending.recheck.take().and_then(|recheck| recheck.refusal);
    match (first, &pending.call) {
        (Some(first), _) => stop_refused(transition, pending.call, first),
        // Nobody has refused the key.
        (None, Call::GenerateKey { .. }) => stop_refused(transition, read, refusal),
        (None, _) => stop_refused(transition, pending.call, refusal),
    }
}

fn stop_indeterminate(transition: &mut Transition, pending: PendingCall, refusal: Refusal) -> Stage {
    transition.stop(Stage::Indeterminate { pending, error: Error::Refused(refusal) })
}

/// Shows the refusal to the person.
fn stop_refused(transition: &mut Transition, call: Call, refusal: Refusal) -> Stage {
    transition.stop(Stage::Refused { call, refusal })
}

/// On the way back there is no key to end.
fn without_key(transition: &mut Transition) -> Stage {
    transition.operation.facts.key.revoked();
    transition.go_on()
}
