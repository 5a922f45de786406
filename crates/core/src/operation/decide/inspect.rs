//! The next read needed to find out what exists.

use crate::operation::decide::Decision;
use crate::operation::decide::create::late_key;
use crate::operation::model::call::Call;
use crate::operation::model::key_slot::KeyState;
use crate::operation::model::operation::Operation;
use crate::operation::model::stage::KeyStatus;
use crate::timestamp::Timestamp;

/// The next read after a reload or a lost change; `None` once it is known what exists.
pub fn next(operation: &mut Operation, now: Timestamp) -> Option<Decision> {
    let facts = &operation.facts;
    match facts.item.id() {
        None if facts.item.is_requested() && facts.item.looks() <= facts.folder.id().is_some().into() => {
            return Some(Decision::Call(facts.find()));
        }
        Some(item) if facts.item_read.is_none() => {
            return Some(Decision::Later(Call::ReadItem { item: item.clone() }, facts.late_change_ms(now)));
        }
        Some(item) if !facts.app_read => return Some(Decision::Call(Call::ReadRegistration { item: item.clone() })),
        _ => {}
    }
    late_key(operation, now)
}

/// The status of the key, once everything has been read.
pub fn key_fate(operation: &Operation) -> KeyStatus {
    match operation.facts.key.state() {
        _ if !operation.slot_is_active() => KeyStatus::None,
        KeyState::None => KeyStatus::None,
        KeyState::Unseen | KeyState::Revoked => KeyStatus::Unseen,
        KeyState::Shown => KeyStatus::ShownOnly,
        KeyState::Copied => KeyStatus::Copied,
    }
}
