//! After a lost answer: which read tells the truth, and what it says.

use crate::operation::learn::duplicates::adopt;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::differences::same_second;
use crate::operation::model::operation::Work;
use crate::portal::apps::App;
use crate::portal::items::Item;

/// What a read says of the call it was sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The call has done its work, which is noted.
    Happened,
    /// It has not, or, for the key, what it made is lost.
    NotHappened,
    /// The answer is not one to this read.
    Misfit,
}

/// Judges a call by the answer to the read about it, and notes what it shows.
pub fn judge(work: &mut Work, call: &Call, answer: Answer) -> Verdict {
    let happened = match (call, answer) {
        (Call::CreateFolder { title }, Answer::Folders(folders)) => {
            match folders.iter().find(|it| it.is_titled(title)) {
                Some(folder) => {
                    work.made.folder = Some(folder.id.clone());
                    work.made.folder_ready = true;
                    true
                }
                None => false,
            }
        }
        (Call::AddItem { .. }, Answer::Items(items)) => adopt(work, &items),
        (Call::UpdateItem { .. } | Call::MoveItem { .. }, Answer::Item(item)) => item_shows(work, call, item),
        (Call::DeleteItem { .. }, Answer::Item(_)) => false,
        (_, Answer::App(app, _)) => app_shows(work, call, app),
        _ => return Verdict::Misfit,
    };
    if happened { Verdict::Happened } else { Verdict::NotHappened }
}

fn item_shows(work: &mut Work, call: &Call, item: Item) -> bool {
    match call {
        Call::UpdateItem { slot, expires, details, .. } => {
            let is_set = item.expires(*slot).is_some_and(|it| same_second(it, *expires));
            // One request sets both, but the date may have been right before; sending the words again does no harm.
            if !is_set || details.is_some() {
                return false;
            }
            work.made.expires = Some(*expires);
            work.made.item_read = Some(item);
            true
        }
        Call::MoveItem { folder, .. } if item.folder == *folder => {
            work.made.item_folder = item.folder;
            true
        }
        _ => false,
    }
}

fn app_shows(work: &mut Work, call: &Call, app: App) -> bool {
    let slot = work.plan.slot;
    let is_active = app.is_active(slot);
    work.made.app = Some(app);
    work.made.app_read = true;
    match call {
        Call::Register { grants, .. } => {
            work.made.grants = Some(grants.clone());
            true
        }
        Call::UpdateApp { grants, .. } => {
            let differences = work.differences();
            let is_set =
                differences.missing.is_empty() && differences.extra.is_empty() && differences.referrers.is_none();
            if is_set {
                work.made.grants = Some(grants.clone());
            }
            is_set
        }
        Call::GenerateKey { .. } => {
            work.made.key_replaced |= is_active;
            false
        }
        Call::RevokeKey { .. } => {
            if !is_active {
                work.made.revoked(slot);
            }
            !is_active
        }
        _ => false,
    }
}

/// Takes what was read for what was sent, where it is what the plan wants; the rest is sent again.
pub fn believe(work: &mut Work) {
    let differences = work.differences();
    let (plan, made) = (&work.plan, &mut work.made);
    let grants_fit = differences.missing.is_empty() && differences.extra.is_empty() && differences.referrers.is_none();
    made.grants = (made.app.is_some() && grants_fit).then(|| plan.grants.clone());
    made.change_lost = None;
    made.key_sent &= made.app.as_ref().is_some_and(|it| it.is_active(plan.slot));
    made.key_shown &= made.key_sent;
    made.key_ending = false;
    if made.item_read.is_some() {
        made.expires = differences.expires.is_none().then_some(plan.expires);
    }
}
