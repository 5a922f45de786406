//! The next read on the way to a true statement about what exists.

use crate::operation::decide::Next;
use crate::operation::decide::create::late_key;
use crate::operation::learn::reconcile::believe;
use crate::operation::model::call::Call;
use crate::operation::model::operation::Work;
use crate::operation::model::stage::{KeyFate, Stage};
use crate::timestamp::Timestamp;

/// After a reload or a lost change: the next read, until it is known what exists.
pub fn survey(work: &mut Work, now: Timestamp) -> Next {
    let made = &work.made;
    match &made.item {
        None if made.item_sent.is_some() && made.looks <= made.folder.is_some().into() => {
            return Next::Call(made.find());
        }
        Some(item) if made.item_read.is_none() => {
            return Next::Later(Call::ReadItem { item: item.clone() }, made.late_change_ms(now));
        }
        Some(item) if !made.app_read => return Next::Call(Call::ReadApp { item: item.clone() }),
        _ => {}
    }
    if let Some(look) = late_key(work, now) {
        return look;
    }
    believe(work);
    let made = &work.made;
    let is_active = made.app.as_ref().is_some_and(|it| it.is_active(work.plan.slot));
    Next::Stop(Stage::Found(match (is_active && made.key_sent, made.key_shown) {
        (false, _) => KeyFate::None,
        (true, false) => KeyFate::Unseen,
        (true, true) => KeyFate::ShownOnly,
    }))
}
