//! Which item of a listing is the operation's, and which are too many.

use crate::operation::model::operation::Operation;
use crate::operation_id::MARKER_PREFIX;
use crate::portal::id::ItemId;
use crate::portal::items::Item;
use crate::portal::text::plain;

/// The type keyword that the portal adds to an item registered as an app (F-APP-6).
pub const REGISTERED: &str = "Registered App";
/// An item made longer before it was asked for is not ours; the portal's clock may be this far behind: milliseconds.
const CLOCK_MS: i64 = 2 * 60 * 1000;
/// Items of one title made within this time, and not by hand: milliseconds.
const DUPLICATE_MS: i64 = 2_000;

/// Notes what a listing shows, and whether it shows all there is.
pub fn listed(operation: &mut Operation, items: &[Item]) {
    let was_known = operation.facts.item.is_known();
    adopt(operation, items);
    operation.facts.item.searched_for_duplicates(items.iter().map(|item| &item.id), was_known);
}

/// Takes the item of this operation out of a listing of its folder; notes those that are too many. False if there is none.
pub fn adopt(operation: &mut Operation, items: &[Item]) -> bool {
    let (plan, facts) = (&operation.plan, &operation.facts);
    let marker = plan.id.marker();
    let mut ours: Vec<&Item> = items.iter().filter(|item| item.has_keyword(&marker)).collect();
    if ours.is_empty() {
        ours = match facts.item.id() {
            Some(item) if !facts.item.may_be_doubled() => duplicate(items, item).into_iter().collect(),
            _ => unmarked(operation, items),
        };
    }
    // The registered one first, then the oldest: the other one comes from a request that took effect late.
    ours.sort_by_key(|item| (!item.has_keyword(REGISTERED), item.created));
    let item = &mut operation.facts.item;
    if let (None, Some(first)) = (item.id(), ours.first()) {
        item.found(first.id.clone(), first.folder.clone());
    }
    let duplicates = ours.iter().map(|other| other.id.clone()).filter(|id| item.id() != Some(id)).collect();
    item.looked_for(duplicates);
    item.is_known()
}

/// The item, on a portal that drops keywords (F-ITEM-3): made since it was asked for, of that title, without a marker
/// or a registration. The oldest, unless it was requested twice: then all, and the item itself is no longer among them.
fn unmarked<'a>(operation: &Operation, items: &'a [Item]) -> Vec<&'a Item> {
    let facts = &operation.facts;
    let (Some(sent), Some(title)) = (facts.item.requested_since(), facts.item.requested_title()) else {
        return Vec::new();
    };
    let (earliest, title) = (sent.plus_millis(-CLOCK_MS), plain(title, 250));
    let is_ours =
        |item: &&Item| item.kind == "Application" && item.title == title && item.created >= earliest && !is_taken(item);
    let ours = items.iter().filter(is_ours);
    if facts.item.may_be_doubled() {
        ours.collect()
    } else {
        ours.min_by_key(|item| item.created).into_iter().collect()
    }
}

/// Whether somebody's operation, or somebody's app, has it.
fn is_taken(item: &Item) -> bool {
    item.keywords.iter().any(|keyword| keyword.starts_with(MARKER_PREFIX) || keyword == REGISTERED)
}

/// A second item that one request made, on a portal that drops keywords: alike, made in the same moment by the portal's
/// own clock, and registered by nobody.
fn duplicate<'a>(items: &'a [Item], item: &ItemId) -> Option<&'a Item> {
    let ours = items.iter().find(|other| other.id == *item)?;
    items.iter().find(|item| {
        let is_alike = item.kind == ours.kind && item.title == ours.title;
        item.id != ours.id
            && is_alike
            && !is_taken(item)
            && item.created.millis_since(ours.created).abs() <= DUPLICATE_MS
    })
}
