//! Reconciles a lost answer: which read shows what happened, and what it shows.

use crate::operation::learn::duplicates::adopt;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::differences::same_second;
use crate::operation::model::item_state::TargetFolder;
use crate::operation::model::operation::Operation;
use crate::portal::items::Item;
use crate::portal::registration::RegisteredApp;

/// The verdict of a read on a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The call took effect, which is recorded.
    Happened,
    /// It did not take effect, or it created a key that is lost.
    NotHappened,
    /// The answer does not match the read.
    Misfit,
}

/// Judges a call by the answer to the read about it, and records what it shows.
pub fn reconcile(operation: &mut Operation, call: &Call, answer: Answer) -> Verdict {
    let happened = match (call, answer) {
        (Call::CreateFolder { title }, Answer::Folders(folders)) => {
            match folders.iter().find(|folder| folder.is_titled(title)) {
                Some(folder) => {
                    operation.facts.folder = TargetFolder::Ready(Some(folder.id.clone()));
                    true
                }
                None => false,
            }
        }
        (Call::AddItem { .. }, Answer::Items(items)) => adopt(operation, &items),
        (Call::UpdateItem { .. } | Call::MoveItem { .. }, Answer::Item(item)) => item_shows(operation, call, item),
        (Call::DeleteItem { .. }, Answer::Item(_)) => false,
        (_, Answer::Registration(app, _)) => app_shows(operation, call, app),
        _ => return Verdict::Misfit,
    };
    if happened { Verdict::Happened } else { Verdict::NotHappened }
}

fn item_shows(operation: &mut Operation, call: &Call, item: Item) -> bool {
    match call {
        Call::UpdateItem { slot, expires, details, .. } => {
            let is_set = item.expires(*slot).is_some_and(|date| same_second(date, *expires));
            // One request sets both, but the date may have been right before; sending the details again does no harm.
            if !is_set || details.is_some() {
                return false;
            }
            operation.facts.expires = Some(*expires);
            operation.facts.item_read = Some(item);
            true
        }
        Call::MoveItem { folder, .. } if item.folder == *folder => {
            operation.facts.item.set_folder(item.folder);
            true
        }
        _ => false,
    }
}

fn app_shows(operation: &mut Operation, call: &Call, app: RegisteredApp) -> bool {
    let slot = operation.plan.slot;
    let is_active = app.is_active(slot);
    operation.facts.app = Some(app);
    operation.facts.app_read = true;
    match call {
        Call::Register { grants, .. } => {
            operation.facts.grants = Some(grants.clone());
            true
        }
        Call::UpdateRegistration { grants, .. } => {
            let is_set = operation.differences().grants_fit();
            if is_set {
                operation.facts.grants = Some(grants.clone());
            }
            is_set
        }
        Call::GenerateKey { .. } => {
            if is_active {
                operation.facts.key.will_be_replaced();
            }
            false
        }
        Call::RevokeKey { .. } => {
            if !is_active {
                operation.facts.revoked(slot);
            }
            !is_active
        }
        _ => false,
    }
}

/// Records what was read as sent if it matches the plan; the rest is sent again.
pub fn adopt_read_back(operation: &mut Operation) {
    let (differences, is_active) = (operation.differences(), operation.slot_is_active());
    let (plan, facts) = (&operation.plan, &mut operation.facts);
    facts.grants = (facts.app.is_some() && differences.grants_fit()).then(|| plan.grants.clone());
    facts.change_lost = None;
    facts.key.read(is_active);
    if facts.item_read.is_some() {
        facts.expires = differences.expires.is_none().then_some(plan.expires);
    }
}
