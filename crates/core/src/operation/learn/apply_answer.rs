//! Records what an answer proves as facts.

use crate::operation::learn::duplicates::listed;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::facts::Facts;
use crate::operation::model::item_state::TargetFolder;
use crate::operation::model::operation::{Goal, Operation};
use crate::portal::id::ItemId;
use crate::portal::registration::RegisteredApp;

/// Records the answer to a call. Returns false if the answer does not match the call.
pub fn apply_answer(operation: &mut Operation, call: &Call, answer: Answer) -> bool {
    let facts = &mut operation.facts;
    match (call, answer) {
        (Call::CreateFolder { .. }, Answer::Folder(folder)) => {
            facts.folder = TargetFolder::Ready(Some(folder.id));
        }
        (Call::AddItem { folder, details, .. }, Answer::ItemId(id)) => {
            facts.item.found(id, folder.clone());
            facts.details = Some(details.clone());
        }
        (Call::MoveItem { folder, .. }, Answer::Done) => facts.item.set_folder(folder.clone()),
        (Call::UpdateItem { expires, details, .. }, Answer::ItemId(_)) => {
            facts.expires = Some(*expires);
            facts.item_read = None;
            if details.is_some() {
                facts.details = details.clone();
            }
        }
        (Call::ReadItem { .. }, Answer::Item(item)) => {
            // Only an inspection learns the item's folder from the answer; otherwise this operation has set it.
            if operation.goal == Goal::Inspect {
                facts.item.set_folder(item.folder.clone());
            }
            facts.item_read = Some(item);
        }
        (Call::FindItem { .. }, Answer::Items(items)) => listed(operation, &items),
        (call, Answer::Registration(app, _) | Answer::RegistrationChanged(app)) => return registered(facts, call, app),
        (Call::RevokeKey { slot, .. }, Answer::Done) => facts.revoked(*slot),
        (Call::DeleteItem { item }, Answer::Done) => deleted(operation, item),
        _ => return false,
    }
    true
}

fn registered(facts: &mut Facts, call: &Call, app: RegisteredApp) -> bool {
    match call {
        Call::Register { grants, .. } | Call::UpdateRegistration { grants, .. } => facts.grants = Some(grants.clone()),
        Call::ReadRegistration { .. } => {}
        _ => return false,
    }
    facts.app = Some(app);
    facts.app_read = true;
    true
}

/// Records that an item was deleted.
pub fn deleted(operation: &mut Operation, item: &ItemId) {
    let facts = &mut operation.facts;
    facts.item.duplicate_deleted(item);
    if facts.item.id() == Some(item) {
        facts.forget_item();
    }
}
