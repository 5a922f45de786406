//! The calls that take everything back: the key ends first, then the item goes for good.
//!
//! Deleting the item takes its registration along (facts d.7), so that is not undone by a call of its own.
//! A folder stays, even one this operation made: deleting a folder deletes whatever anybody has put into it since,
//! an empty one does no harm, and the next credential goes into it.

use crate::operation::call::Call;
use crate::operation::plan::Next;
use crate::operation::settle::PAUSES_MS;
use crate::operation::stage::Stage;
use crate::operation::work::Work;

/// The next call on the way back.
pub(super) fn next(work: &Work) -> Next {
    let made = &work.made;
    if let Some(item) = made.item.clone() {
        // Whether deletion ends a key at once is not known (V2), so a key that may live is ended by name.
        let may_live = made.key_sent && !made.key_revoked;
        return Next::Call(match &made.app {
            Some(app) if may_live && made.secret_held => match app.is_active(work.plan.slot) {
                true => Call::RevokeKey { item, client_id: app.client_id.clone(), slot: work.plan.slot },
                false => Call::DeleteItem { item },
            },
            _ if may_live => Call::ReadApp { item },
            _ => Call::DeleteItem { item },
        });
    }
    if let Some(extra) = made.extras.first() {
        return Next::Call(Call::DeleteItem { item: extra.clone() });
    }
    let find = Call::FindItem { folder: made.folder.clone() };
    match PAUSES_MS.get(usize::from(made.looks)) {
        Some(pause) if made.item_sent.is_some() => Next::Later(find, *pause),
        _ if made.item_doubled && !made.swept => Next::Call(find),
        _ => Next::Stop(Stage::Discarded),
    }
}
