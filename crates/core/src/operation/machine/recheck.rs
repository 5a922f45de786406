//! Handles a lost call that did not take effect.

use crate::operation::decide::create::generate;
use crate::operation::machine::transition::Transition;
use crate::operation::model::call::Call;
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::operation::Goal;
use crate::operation::model::stage::{PendingCall, Recheck, Stage};
use crate::portal::error::Error;

/// The maximum number of retries of a call whose answer was lost.
const MOST_TRIES: u8 = 3;

/// The delay in milliseconds before the next look for a lost call's effect; `None` after the last one.
fn another_look(call: &Call, recheck: &Recheck, late_ms: u32) -> Option<u32> {
    match call {
        Call::AddItem { .. } => PAUSES_MS.get(usize::from(recheck.looks)).copied(),
        // A key that arrives late may live on beside the next one (F-KEY-4).
        Call::GenerateKey { .. } if recheck.looks == 1 && recheck.refusal.is_none() => Some(late_ms),
        _ => None,
    }
}

/// The lost call has not taken effect: looks again, shows the portal's refusal, or retries the call.
pub fn not_happened(transition: &mut Transition, mut pending: PendingCall) -> Stage {
    let mut recheck = pending.recheck.take().unwrap_or_default();
    let before = pending.call.clone();
    if let (Call::GenerateKey { item, .. }, Some(app)) = (&pending.call, &transition.operation.facts.app) {
        pending.call = generate(&transition.operation, item.clone(), app);
    }
    match (&before, &pending.call) {
        (Call::GenerateKey { .. }, Call::RevokeKey { .. }) => {
            return key_lost(transition, PendingCall { call: before, ..pending }, recheck);
        }
        (Call::RevokeKey { .. }, _)
            if transition.operation.goal == Goal::Create
                && transition.operation.plan.key_now
                && recheck.refusal.is_some() =>
        {
            transition.operation.facts.key.revocation_refused();
            return transition.go_on();
        }
        _ => {}
    }
    recheck.looks += 1;
    if let Some(pause) = another_look(&pending.call, &recheck, transition.operation.facts.key.late_ms(transition.now))
        .filter(|_| pending.call == before)
    {
        pending.recheck = Some(recheck);
        return transition.wait(pending, pause);
    }
    transition.operation.facts.key.cannot_take_effect(&pending.call);
    // A refusal to fill an empty slot means that it has a key; that case is handled by replacing the key.
    if let (Some(refusal), true) = (recheck.refusal.take(), pending.call == before) {
        return transition.stop(Stage::Refused { call: pending.call, refusal });
    }
    pending.tries += 1;
    if pending.tries > MOST_TRIES {
        pending.recheck = Some(recheck);
        return transition.stop(Stage::Indeterminate { pending, error: Error::Unreachable });
    }
    transition.send_or_go_on(pending)
}

/// A key exists that nobody has seen: revokes it and requests another, a limited number of times.
fn key_lost(transition: &mut Transition, mut pending: PendingCall, recheck: Recheck) -> Stage {
    let slot = &mut transition.operation.facts.key;
    slot.lost += 1;
    if slot.lost > MOST_TRIES {
        slot.lost = 0;
        pending.recheck = Some(recheck);
        return transition.stop(Stage::Indeterminate { pending, error: Error::Unreachable });
    }
    transition.go_on()
}
