//! The next read on the way to a true statement about what exists.

use crate::operation::decide::Next;
use crate::operation::decide::create::late_key;
use crate::operation::model::call::Call;
use crate::operation::model::operation::Work;
use crate::operation::model::stage::KeyFate;
use crate::timestamp::Timestamp;

/// After a reload or a lost change: the next read; none once it is known what exists.
pub fn next(work: &mut Work, now: Timestamp) -> Option<Next> {
    let made = &work.made;
    match &made.item {
        None if made.item_sent.is_some() && made.looks <= made.folder.is_some().into() => {
            return Some(Next::Call(made.find()));
        }
        Some(item) if made.item_read.is_none() => {
            return Some(Next::Later(Call::ReadItem { item: item.clone() }, made.late_change_ms(now)));
        }
        Some(item) if !made.app_read => return Some(Next::Call(Call::ReadApp { item: item.clone() })),
        _ => {}
    }
    late_key(work, now)
}

/// What became of the key, once everything was read.
pub fn key_fate(work: &Work) -> KeyFate {
    let made = &work.made;
    let is_active = made.app.as_ref().is_some_and(|it| it.is_active(work.plan.slot));
    match (is_active && made.key_sent, made.key_shown) {
        (false, _) => KeyFate::None,
        (true, false) => KeyFate::Unseen,
        (true, true) => KeyFate::ShownOnly,
    }
}
