//! Finds the operation's item and its duplicates in a listing.

use crate::operation::model::operation::Operation;
use crate::operation_id::MARKER_PREFIX;
use crate::portal::id::ItemId;
use crate::portal::items::Item;
use crate::portal::text::plain;

/// The type keyword that the portal adds to an item registered as an app (F-APP-6).
pub const REGISTERED: &str = "Registered App";
/// An item created longer than this before the request is not ours; allows for a slow clock of the portal. In
/// milliseconds.
const CLOCK_MS: i64 = 2 * 60 * 1000;
/// Two items with the same title created within this time were not created by hand. In milliseconds.
const DUPLICATE_MS: i64 = 2_000;

/// Records the items of a listing, and whether the listing is complete.
pub fn listed(operation: &mut Operation, items: &[Item]) {
    let was_known = operation.facts.item.is_known();
    adopt(operation, items);
    operation.facts.item.searched_for_duplicates(items.iter().map(|item| &item.id), was_known);
}

/// Finds the item of this operation in a listing and records its duplicates. Returns false if there is no such item.
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
    // The registered item first, then the oldest; the others come from requests that took effect late.
    ours.sort_by_key(|item| (!item.has_keyword(REGISTERED), item.created));
    let item = &mut operation.facts.item;
    if let (None, Some(first)) = (item.id(), ours.first()) {
        item.found(first.id.clone(), first.folder.clone());
    }
    let duplicates = ours.iter().map(|other| other.id.clone()).filter(|id| item.id() != Some(id)).collect();
    item.looked_for(duplicates);
    item.is_known()
}

/// The item, on a portal that drops keywords (F-ITEM-3): created since the request, with its title, without a marker or
/// a registration. The oldest one, or, if the item was requested twice, all of them, which no longer include the item
/// itself once it is registered.
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

/// Whether the item belongs to any operation or registered app.
fn is_taken(item: &Item) -> bool {
    item.keywords.iter().any(|keyword| keyword.starts_with(MARKER_PREFIX) || keyword == REGISTERED)
}

/// A second item created by one request, on a portal that drops keywords: the same type and title, created at the same
/// moment by the portal's clock, and not registered.
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
