//! Handles requests that failed or were refused.

use crate::operation::learn::apply_answer::deleted;
use crate::operation::machine::recheck::not_happened;
use crate::operation::machine::transition::Transition;
use crate::operation::model::call::Call;
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::operation::Goal;
use crate::operation::model::stage::{PendingCall, Recheck, Stage};
use crate::portal::error::{Error, Refusal};

/// The maximum number of retries of a throttled call.
const MOST_PUT_OFF: u8 = 5;
/// The first delay if the portal gives none, doubled each time, and the bounds of what it gives, in milliseconds. Few
/// portals let a page of another origin read their `Retry-After`.
const BUSY_MS: u32 = 5_000;
const SHORTEST_BUSY_MS: u32 = 1_000;
const LONGEST_BUSY_MS: u32 = 60_000;

/// Handles the failure of the request in flight.
pub fn failed(transition: &mut Transition, mut pending: PendingCall, error: Error) -> Stage {
    let is_reading = pending.recheck.is_some() || pending.in_flight().is_read();
    let is_key_call = pending.in_flight().needs_client_secret();
    let is_lost = error.is_unknown() && error.refusal().is_none();
    if is_key_call && !is_lost {
        transition.operation.facts.key.refused();
        if error.refusal().is_none() {
            // The call was throttled or never sent.
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

/// The call may have taken effect: reads about it before anything else.
fn recheck(transition: &mut Transition, mut pending: PendingCall, refusal: Option<Refusal>) -> Stage {
    let is_lost = refusal.is_none();
    pending.recheck = Some(Recheck { refusal, ..Recheck::default() });
    match pending.call {
        // The portal's listing may lag.
        Call::AddItem { .. } => transition.wait(pending, PAUSES_MS[0]),
        // Wait for a late key to arrive: it would end the next one.
        Call::GenerateKey { .. } => transition.wait(pending, PAUSES_MS[1]),
        // A late revocation would end the next key, too.
        Call::RevokeKey { .. } if is_lost && transition.operation.goal == Goal::Create => {
            let late_ms = transition.operation.facts.key.late_ms(transition.now);
            transition.wait(pending, late_ms)
        }
        // A late change would undo the person's next change.
        Call::UpdateItem { .. } | Call::MoveItem { .. } | Call::UpdateRegistration { .. } if is_lost => {
            transition.operation.facts.change_lost = Some(transition.now);
            transition.send(pending)
        }
        _ => transition.send(pending),
    }
}

/// A read did not get through: retries it, then asks the person.
fn read_failed(transition: &mut Transition, mut pending: PendingCall, error: Error) -> Stage {
    let recheck = pending.recheck.get_or_insert_default();
    let pause = PAUSES_MS.get(usize::from(recheck.failures)).copied();
    recheck.failures = recheck.failures.saturating_add(1);
    match (pause, error) {
        (Some(pause), _) => transition.wait(pending, pause),
        // A server error at every attempt of this read counts as a refusal.
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
        // The key counts as unseen until its slot is read.
        Call::GenerateKey { .. } => recheck(transition, pending, Some(refusal)),
        // A folder with this title or a registration may already exist; read before believing the refusal.
        Call::CreateFolder { .. } | Call::Register { .. } if !refusal.is_forbidden() => {
            recheck(transition, pending, Some(refusal))
        }
        _ if pending.tries > 0 => recheck(transition, pending, Some(refusal)),
        // The first and only request was refused: there is nothing to look for.
        Call::AddItem { .. } => {
            transition.operation.facts.item.refused();
            transition.stop(Stage::Refused { call: pending.call, refusal })
        }
        _ => transition.stop(Stage::Refused { call: pending.call, refusal }),
    }
}

/// Handles a refused read, which is information, too.
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
        // The registration cannot be read, so it does not exist.
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
        // The registration exists, because a key was requested from it; retry.
        Call::ReadRegistration { .. } if goal != Goal::Create && pending.tries == 0 => {
            pending.tries += 1;
            transition.send(pending)
        }
        // The item is already gone, as intended; on the way to a key, ask the person first.
        Call::ReadItem { item } | Call::DeleteItem { item }
            if refusal.is_missing() && (goal != Goal::Create || deletes) =>
        {
            let item = item.clone();
            deleted(&mut transition.operation, &item);
            transition.go_on()
        }
        // The folder does not exist, and neither does the item in it.
        Call::FindItem { .. } if goal != Goal::Create && refusal.is_missing() => {
            transition.operation.facts.forget_item();
            transition.go_on()
        }
        // It is still unknown whether the item exists, so do not request it again before a search has succeeded.
        Call::AddItem { .. } if !refusal.is_missing() => stop_indeterminate(transition, pending, refusal),
        Call::UpdateItem { item, .. } | Call::MoveItem { item, .. } if refusal.is_missing() => {
            stop_refused(transition, Call::ReadItem { item: item.clone() }, refusal)
        }
        _ => tell_of(transition, pending, refusal),
    }
}

/// Whether to read the folders because the searched folder may be gone.
fn asks_for_folder(pending: &PendingCall, refusal: &Refusal, goal: Goal) -> bool {
    // On the way to a key, the person decides about a refused search that is not part of creating the item.
    let is_meant = matches!(pending.call, Call::AddItem { .. }) || goal != Goal::Create;
    is_meant && refusal.may_mean_missing_folder() && matches!(pending.in_flight(), Call::FindItem { folder: Some(_) })
}

/// Handles the list of folders, read after a refusal that may have meant a missing folder.
pub fn folder_checked(transition: &mut Transition, pending: PendingCall, refusal: Refusal, exists: bool) -> Stage {
    match (&pending.call, exists) {
        // The folder is gone, with everything in it.
        (Call::FindItem { .. }, false) => {
            transition.operation.facts.forget_item();
            transition.go_on()
        }
        // The search for the item was refused; ask the person before creating another folder.
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

/// Shows why the portal refused the call itself, or else the read about it.
fn tell_of(transition: &mut Transition, mut pending: PendingCall, refusal: Refusal) -> Stage {
    let read = pending.in_flight();
    let first = pending.recheck.take().and_then(|recheck| recheck.refusal);
    match (first, &pending.call) {
        (Some(first), _) => stop_refused(transition, pending.call, first),
        // The key itself was not refused.
        (None, Call::GenerateKey { .. }) => stop_refused(transition, read, refusal),
        (None, _) => stop_refused(transition, pending.call, refusal),
    }
}

fn stop_indeterminate(transition: &mut Transition, pending: PendingCall, refusal: Refusal) -> Stage {
    transition.stop(Stage::Indeterminate { pending, error: Error::Refused(refusal) })
}

/// Stops with the refusal.
fn stop_refused(transition: &mut Transition, call: Call, refusal: Refusal) -> Stage {
    transition.stop(Stage::Refused { call, refusal })
}

/// Continues the rollback without a key to revoke.
fn without_key(transition: &mut Transition) -> Stage {
    transition.operation.facts.key.revoked();
    transition.go_on()
}
