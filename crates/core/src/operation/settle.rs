//! After a lost answer: which read tells the truth, and what it says.

use crate::operation::call::{Answer, Call};
use crate::operation::compare::{Differences, same_second};
use crate::operation::plan::{Next, late_key};
use crate::operation::record::adopt;
use crate::operation::stage::{KeyFate, Stage};
use crate::operation::work::Work;
use crate::portal::apps::App;
use crate::portal::items::Item;
use crate::timestamp::Timestamp;

/// How long to wait before each look for a lost item, and between failed reads: milliseconds. A listing may lag
/// (F-ITEM-5).
pub const PAUSES_MS: [u32; 3] = [2_000, 5_000, 10_000];

/// The read that tells what a call did. A read tells by itself.
pub fn read_about(call: &Call) -> Call {
    match call {
        Call::CreateFolder { .. } => Call::ListFolders,
        Call::AddItem { folder, .. } => Call::FindItem { folder: folder.clone() },
        Call::UpdateItem { item, .. } | Call::MoveItem { item, .. } | Call::DeleteItem { item } => {
            Call::ReadItem { item: item.clone() }
        }
        Call::Register { item, .. }
        | Call::UpdateApp { item, .. }
        | Call::GenerateKey { item, .. }
        | Call::RevokeKey { item, .. } => Call::ReadApp { item: item.clone() },
        Call::ListFolders | Call::FindItem { .. } | Call::ReadItem { .. } | Call::ReadApp { .. } => call.clone(),
    }
}

/// What a read says of the call it was sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The call has done its work, which is noted.
    Happened,
    /// It has not, or, for the key, what it made is lost.
    NotHappened,
    /// The answer is not one to this read.
    Misfit,
}

/// Judges a call by the answer to the read about it, and notes what it shows.
pub(super) fn judge(work: &mut Work, call: &Call, answer: Answer) -> Verdict {
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
            let differences = Differences::of(work);
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

/// After a reload or a lost change: the next read, until it is known what exists.
pub(super) fn survey(work: &mut Work, now: Timestamp) -> Next {
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

/// Takes what was read for what was sent, where it is what the plan wants; the rest is sent again.
fn believe(work: &mut Work) {
    let differences = Differences::of(work);
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
