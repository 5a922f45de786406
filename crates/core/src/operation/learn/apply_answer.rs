//! What an answer proves, noted as facts.

use crate::operation::learn::duplicates::swept;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::facts::Made;
use crate::operation::model::operation::{Goal, Work};
use crate::portal::apps::App;
use crate::portal::id::ItemId;

/// Notes the answer to a call that was not lost. False if it is no answer to it.
pub fn record(work: &mut Work, call: &Call, answer: Answer) -> bool {
    let made = &mut work.made;
    match (call, answer) {
        (Call::CreateFolder { .. }, Answer::Folder(folder)) => {
            made.folder = Some(folder.id);
            made.folder_ready = true;
        }
        (Call::AddItem { folder, details, .. }, Answer::ItemId(id)) => {
            made.item = Some(id);
            made.item_folder = folder.clone();
            made.details = Some(details.clone());
        }
        (Call::MoveItem { folder, .. }, Answer::Done) => made.item_folder = folder.clone(),
        (Call::UpdateItem { expires, details, .. }, Answer::ItemId(_)) => {
            made.expires = Some(*expires);
            made.item_read = None;
            if details.is_some() {
                made.details = details.clone();
            }
        }
        (Call::ReadItem { .. }, Answer::Item(item)) => {
            // Only a survey learns from it where the item is; otherwise we put it there ourselves.
            if work.goal == Goal::Survey {
                made.item_folder = item.folder.clone();
            }
            made.item_read = Some(item);
        }
        (Call::FindItem { .. }, Answer::Items(items)) => swept(work, &items),
        (call, Answer::App(app, _) | Answer::AppChanged(app)) => return registered(made, call, app),
        (Call::RevokeKey { slot, .. }, Answer::Done) => made.revoked(*slot),
        (Call::DeleteItem { item }, Answer::Done) => deleted(work, item),
        _ => return false,
    }
    true
}

fn registered(made: &mut Made, call: &Call, app: App) -> bool {
    match call {
        Call::Register { grants, .. } | Call::UpdateApp { grants, .. } => made.grants = Some(grants.clone()),
        Call::ReadApp { .. } => {}
        _ => return false,
    }
    made.app = Some(app);
    made.app_read = true;
    true
}

/// Notes that an item is gone.
pub fn deleted(work: &mut Work, item: &ItemId) {
    let made = &mut work.made;
    made.extras.retain(|it| it != item);
    if made.item.as_ref() == Some(item) {
        made.forget_item();
    }
}
