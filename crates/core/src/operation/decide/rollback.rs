//! The calls that roll back: revoke the key first, then delete the item permanently.
//!
//! Deleting the item also deletes its registration (F-APP-11), so no call unregisters it first. The folder stays, even
//! if this operation created it: deleting it would delete everything that was put into it since, an empty folder does
//! no harm, and the next credential goes into it.

use crate::operation::decide::Decision;
use crate::operation::model::call::Call;
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::operation::Operation;
use crate::operation::model::stage::Stage;
use crate::timestamp::Timestamp;

/// The next call of the rollback.
pub fn next(operation: &Operation, now: Timestamp) -> Decision {
    let facts = &operation.facts;
    let (find, late_ms) = (facts.find(), facts.item.late_ms(now));
    // The network may have sent a request twice; the rollback is the last chance to find out.
    let is_unsearched =
        (facts.item.may_be_doubled() || facts.item.may_exist()) && !facts.item.is_searched_for_duplicates();
    if is_unsearched && facts.item.is_known() {
        // A repeated request may still take effect, and nobody would look for its item later.
        return Decision::Later(find, if facts.item.may_be_doubled() { late_ms } else { 0 });
    }
    // Deletion may not end a key at once (F-KEY-11), so a key that may be live is revoked first.
    let is_active = operation.slot_is_active();
    let may_live = (facts.key.may_live() || is_active && !facts.key.is_revoked()) && !facts.key.is_given_up();
    match (facts.item.id().cloned(), &facts.app) {
        (Some(item), Some(app)) if may_live && facts.secret_held && is_active => {
            return Decision::Call(Call::RevokeKey {
                item,
                client_id: app.client_id.clone(),
                slot: operation.plan.slot,
            });
        }
        (Some(item), _) if may_live && !facts.secret_held => return Decision::Call(Call::ReadRegistration { item }),
        _ => {}
    }
    // Delete duplicates before the item: on a portal that drops keywords, they are recognized only by comparison with
    // it.
    if let Some(item) = facts.item.duplicates().first().or(facts.item.id()) {
        return Decision::Call(Call::DeleteItem { item: item.clone() });
    }
    match PAUSES_MS.get(usize::from(facts.item.looks())) {
        // The first look is early; later ones (two if the portal lists one folder at a time) wait until the item must
        // exist.
        Some(pause) if facts.item.is_requested() => {
            Decision::Later(find, if facts.item.looks() > 0 { late_ms.max(*pause) } else { *pause })
        }
        _ if is_unsearched => Decision::Call(find),
        _ => Decision::Stop(Stage::RolledBack),
    }
}
