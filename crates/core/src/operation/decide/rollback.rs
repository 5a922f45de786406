//! The calls that take everything back: the key ends first, then the item goes for good.
//!
//! Deleting the item also deletes its registration (F-APP-11), so no call unregisters it first.
//! A folder stays, even one this operation made: deleting a folder deletes whatever anybody has put into it since,
//! an empty one does no harm, and the next credential goes into it.

use crate::operation::decide::Decision;
use crate::operation::model::call::Call;
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::operation::Operation;
use crate::operation::model::stage::Stage;
use crate::timestamp::Timestamp;

/// The next call on the way back.
pub fn next(operation: &Operation, now: Timestamp) -> Decision {
    let facts = &operation.facts;
    let (find, late_ms) = (facts.find(), facts.item.late_ms(now));
    // A request may have been sent twice on its way: taking back is the last chance to find out.
    let is_unsearched =
        (facts.item.may_be_doubled() || facts.item.may_exist()) && !facts.item.is_searched_for_duplicates();
    if is_unsearched && facts.item.is_known() {
        // What was asked for again may still come, and nobody would look for it later.
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
    // What was made twice goes before the item: where keywords are dropped, it is known by the item alone.
    if let Some(item) = facts.item.duplicates().first().or(facts.item.id()) {
        return Decision::Call(Call::DeleteItem { item: item.clone() });
    }
    match PAUSES_MS.get(usize::from(facts.item.looks())) {
        // The first look may find it at once; the others, two where the portal lists one folder at a time, find it late.
        Some(pause) if facts.item.is_requested() => {
            Decision::Later(find, if facts.item.looks() > 0 { late_ms.max(*pause) } else { *pause })
        }
        _ if is_unsearched => Decision::Call(find),
        _ => Decision::Stop(Stage::RolledBack),
    }
}
