//! What the machine does when a lost call has not done its work.

use crate::operation::decide::create::generate;
use crate::operation::machine::transition::Run;
use crate::operation::model::call::Call;
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::operation::Goal;
use crate::operation::model::stage::{Doubt, Stage, Task};
use crate::portal::error::Error;

/// How often a call is sent again after its answer was lost.
const MOST_TRIES: u8 = 3;

/// How long to wait before a lost call is looked for once more; none if it was looked for often enough.
fn another_look(call: &Call, doubt: &Doubt, late_ms: u32) -> Option<u32> {
    match call {
        Call::AddItem { .. } => PAUSES_MS.get(usize::from(doubt.looks)).copied(),
        // A key that arrives late may live on beside the next one (F-KEY-4).
        Call::GenerateKey { .. } if doubt.looks == 1 && doubt.refusal.is_none() => Some(late_ms),
        _ => None,
    }
}

/// The lost call has not done its work: another look, the portal's words, or the call once more.
pub fn not_happened(run: &mut Run, mut task: Task) -> Stage {
    let mut doubt = task.doubt.take().unwrap_or_default();
    let before = task.call.clone();
    if let (Call::GenerateKey { item, .. }, Some(app)) = (&task.call, &run.work.made.app) {
        task.call = generate(&run.work, item.clone(), app);
    }
    match (&before, &task.call) {
        (Call::GenerateKey { .. }, Call::RevokeKey { .. }) => {
            return key_lost(run, Task { call: before, ..task }, doubt);
        }
        (Call::RevokeKey { .. }, _)
            if run.work.goal == Goal::Create && run.work.plan.key_now && doubt.refusal.is_some() =>
        {
            run.work.made.revoke_refused = true;
            return run.go_on();
        }
        _ => {}
    }
    doubt.looks += 1;
    if let Some(pause) =
        another_look(&task.call, &doubt, run.work.made.late_key_ms(run.now)).filter(|_| task.call == before)
    {
        task.doubt = Some(doubt);
        return run.wait(task, pause);
    }
    run.work.made.asked_in_vain(&task.call);
    // A key in the slot is what a "no" to an empty slot means, and is answered by replacing it.
    if let (Some(refusal), true) = (doubt.refusal.take(), task.call == before) {
        return run.stop(Stage::Refused { call: task.call, refusal });
    }
    task.tries += 1;
    if task.tries > MOST_TRIES {
        task.doubt = Some(doubt);
        return run.stop(Stage::Unsure { task, error: Error::Unreachable });
    }
    run.send_or_go_on(task)
}

/// A key lives that nobody has seen: it is ended, and another asked for, but not for ever.
fn key_lost(run: &mut Run, mut task: Task, doubt: Doubt) -> Stage {
    let made = &mut run.work.made;
    made.keys_lost += 1;
    if made.keys_lost > MOST_TRIES {
        made.keys_lost = 0;
        task.doubt = Some(doubt);
        return run.stop(Stage::Unsure { task, error: Error::Unreachable });
    }
    run.go_on()
}
