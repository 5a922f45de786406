//! The calls that take everything back: the key ends first, then the item goes for good.
//!
//! Deleting the item also deletes its registration (F-APP-11), so no call unregisters it first.
//! A folder stays, even one this operation made: deleting a folder deletes whatever anybody has put into it since,
//! an empty one does no harm, and the next credential goes into it.

use crate::operation::decide::Next;
use crate::operation::model::call::Call;
use crate::operation::model::delays::PAUSES_MS;
use crate::operation::model::operation::Work;
use crate::operation::model::stage::Stage;
use crate::timestamp::Timestamp;

/// The next call on the way back.
pub fn next(work: &Work, now: Timestamp) -> Next {
    let made = &work.made;
    let (find, late_ms) = (made.find(), made.late_item_ms(now));
    // A request may have been sent twice on its way: taking back is the last chance to find out.
    let is_unswept = (made.item_doubled || made.may_exist()) && !made.swept;
    if is_unswept && made.item.is_some() {
        // What was asked for again may still come, and nobody would look for it later.
        return Next::Later(find, if made.item_doubled { late_ms } else { 0 });
    }
    // Deletion may not end a key at once (F-KEY-11), so a key that may be live is revoked first.
    let is_active = made.app.as_ref().is_some_and(|it| it.is_active(work.plan.slot));
    let may_live = (made.key_sent || is_active) && !made.key_revoked && !made.key_given_up;
    match (made.item.clone(), &made.app) {
        (Some(item), Some(app)) if may_live && made.secret_held && is_active => {
            return Next::Call(Call::RevokeKey { item, client_id: app.client_id.clone(), slot: work.plan.slot });
        }
        (Some(item), _) if may_live && !made.secret_held => return Next::Call(Call::ReadApp { item }),
        _ => {}
    }
    // What was made twice goes before the item: where keywords are dropped, it is known by the item alone.
    if let Some(item) = made.extras.first().or(made.item.as_ref()) {
        return Next::Call(Call::DeleteItem { item: item.clone() });
    }
    match PAUSES_MS.get(usize::from(made.looks)) {
        // The first look may find it at once; the others, two where the portal lists one folder at a time, find it late.
        Some(pause) if made.item_sent.is_some() => {
            Next::Later(find, if made.looks > 0 { late_ms.max(*pause) } else { *pause })
        }
        _ if is_unswept => Next::Call(find),
        _ => Next::Stop(Stage::Discarded),
    }
}
