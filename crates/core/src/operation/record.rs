//! What an answer proves, noted as facts.

use crate::operation::call::{Answer, Call};
use crate::operation::work::{Goal, KEYWORD_PREFIX, Made, Work};
use crate::portal::apps::App;
use crate::portal::id::ItemId;
use crate::portal::items::Item;
use crate::portal::text::plain;

/// The type keyword that the portal adds to an item registered as an app (F-APP-6).
pub(super) const REGISTERED: &str = "Registered App";
/// An item made longer before it was asked for is not ours; the portal's clock may be this far behind: milliseconds.
const CLOCK_MS: i64 = 2 * 60 * 1000;
/// Items of one title made within this time, and not by hand: milliseconds.
const TWIN_MS: i64 = 2_000;

/// Notes the answer to a call that was not lost. False if it is no answer to it.
pub(super) fn record(work: &mut Work, call: &Call, answer: Answer) -> bool {
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

/// Notes what a listing shows, and whether it shows all there is.
fn swept(work: &mut Work, items: &[Item]) {
    // Where keywords are dropped, the twin of an item is seen only once it is known which is the item.
    let was_known = work.made.item.is_some();
    let is_found = adopt(work, items);
    let made = &mut work.made;
    let is_there = made.item.as_ref().is_none_or(|id| items.iter().any(|it| it.id == *id));
    made.swept = was_known == is_found && (is_there || made.by_folder);
    made.by_folder = !is_there;
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
pub(super) fn deleted(work: &mut Work, item: &ItemId) {
    let made = &mut work.made;
    made.extras.retain(|it| it != item);
    if made.item.as_ref() == Some(item) {
        made.forget_item();
    }
}

/// Takes the item of this operation out of a listing of its folder; notes those that are too many. False if there is none.
pub(super) fn adopt(work: &mut Work, items: &[Item]) -> bool {
    let (plan, made) = (&work.plan, &mut work.made);
    let keyword = plan.id.keyword();
    let mut ours: Vec<&Item> = items.iter().filter(|it| it.has_keyword(&keyword)).collect();
    if ours.is_empty() {
        ours = match &made.item {
            Some(item) if !made.item_doubled => twin(items, item).into_iter().collect(),
            _ => unstamped(work, items),
        };
    }
    let made = &mut work.made;
    // The registered one first, then the oldest: the other one comes from a request that took effect late.
    ours.sort_by_key(|it| (!it.has_keyword(REGISTERED), it.created));
    if let (None, Some(first)) = (&made.item, ours.first()) {
        made.item = Some(first.id.clone());
        made.item_folder = first.folder.clone();
    }
    made.extras = ours.iter().map(|it| it.id.clone()).filter(|it| made.item.as_ref() != Some(it)).collect();
    made.looks = made.looks.saturating_add(1);
    made.item.is_some()
}

/// The item, on a portal that drops keywords (F-ITEM-3): made since it was asked for, of that title, without a marker
/// or a registration. The oldest, unless it was requested twice: then all, and the item itself is no longer among them.
fn unstamped<'a>(work: &Work, items: &'a [Item]) -> Vec<&'a Item> {
    let made = &work.made;
    let (Some(sent), Some(title)) = (made.item_sent, &made.item_title) else { return Vec::new() };
    let (earliest, title) = (sent.plus_millis(-CLOCK_MS), plain(title, 250));
    let is_ours = |it: &&Item| it.kind == "Application" && it.title == title && it.created >= earliest && !is_taken(it);
    let ours = items.iter().filter(is_ours);
    if made.item_doubled { ours.collect() } else { ours.min_by_key(|it| it.created).into_iter().collect() }
}

/// Whether somebody's operation, or somebody's app, has it.
fn is_taken(item: &Item) -> bool {
    item.keywords.iter().any(|it| it.starts_with(KEYWORD_PREFIX) || it == REGISTERED)
}

/// A second item that one request made, on a portal that drops keywords: alike, made in the same moment by the portal's
/// own clock, and registered by nobody.
fn twin<'a>(items: &'a [Item], item: &ItemId) -> Option<&'a Item> {
    let ours = items.iter().find(|it| it.id == *item)?;
    items.iter().find(|it| {
        let is_alike = it.kind == ours.kind && it.title == ours.title;
        it.id != ours.id && is_alike && !is_taken(it) && it.created.millis_since(ours.created).abs() <= TWIN_MS
    })
}
