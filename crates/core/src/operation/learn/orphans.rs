//! Finds orphans: items of operations that this browser has no journal of, because they began on another device or a
//! request took effect after everything had ended.

use crate::config::PortalKey;
use crate::operation::journal::{Journal, owner_hash};
use crate::operation::learn::duplicates::REGISTERED;
use crate::operation::model::key_slot::KeyState;
use crate::operation_id::OperationId;
use crate::portal::id::{Slot, Username};
use crate::portal::items::Item;
use crate::timestamp::Timestamp;

/// Items younger than this may belong to an operation that is still running elsewhere. In milliseconds.
const AT_WORK_MS: i64 = 10 * 60 * 1000;

/// Builds a journal for each operation with an unregistered item in a listing of the person's items. If such an item
/// has a registered duplicate, the operation is over and only the unregistered one is deleted. Finished credentials are
/// not orphans.
pub fn orphans(
    items: &[Item],
    known: &[OperationId],
    portal_key: &PortalKey,
    owner: &Username,
    now: Timestamp,
) -> Vec<Journal> {
    let mut found: Vec<Journal> = Vec::new();
    for item in items.iter().filter(|item| !item.has_keyword(REGISTERED)) {
        let Some(id) = item.keywords.iter().find_map(|keyword| OperationId::of_marker(keyword)) else { continue };
        let is_young = now.millis_since(item.created) < AT_WORK_MS;
        if is_young || known.contains(&id) || found.iter().any(|journal| journal.id == id) {
            continue;
        }
        let marker = id.marker();
        let registered = items.iter().find(|item| item.has_keyword(REGISTERED) && item.has_keyword(&marker));
        found.push(orphan(registered.unwrap_or(item), id, portal_key, owner));
    }
    found
}

fn orphan(item: &Item, id: OperationId, portal_key: &PortalKey, owner: &Username) -> Journal {
    Journal {
        id,
        portal_key: portal_key.clone(),
        owner_hash: owner_hash(portal_key, owner),
        title: item.title.clone(),
        folder_title: None,
        folder: item.folder.clone(),
        item: Some(item.id.clone()),
        item_sent: Some(item.created),
        item_doubled: false,
        change_lost: false,
        slot: Slot::DEFAULT,
        // If there is a key after all, the person who created it has seen it.
        key_state: KeyState::Shown,
        key_shown_at: None,
        key_ending: false,
        finished: item.has_keyword(REGISTERED),
        undoing: false,
        written: item.created,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::portal::id::ItemId;

    const NOW: Timestamp = Timestamp(1_795_435_200_000);

    fn item(id: &str, operation: u8, words: &[&str], minutes_ago: i64) -> Item {
        let marker = OperationId::from_bytes([operation; 16]).marker();
        Item {
            id: ItemId(id.to_owned()),
            title: "Maps".to_owned(),
            kind: "Application".to_owned(),
            keywords: words.iter().map(|word| (*word).to_owned()).chain([marker]).collect(),
            created: NOW.plus_millis(-minutes_ago * 60_000),
            folder: None,
            expires: [None; 2],
        }
    }

    #[track_caller]
    fn check(items: &[Item], known: &[u8], expected: &[(&str, bool)]) {
        let known: Vec<_> = known.iter().map(|byte| OperationId::from_bytes([*byte; 16])).collect();
        let (portal, owner) = (PortalKey("p".to_owned()), Username("jane".to_owned()));
        let found = orphans(items, &known, &portal, &owner, NOW);
        assert!(found.iter().all(|journal| journal.belongs_to(&portal, &owner)));
        let found: Vec<_> = found
            .iter()
            .map(|journal| (journal.item.as_ref().map_or("", |id| id.0.as_str()), journal.finished))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_item_that_was_never_registered_is_an_unfinished_operation() {
        check(&[item("a", 1, &[], 30), item("b", 2, &[], 10)], &[], &[("a", false), ("b", false)]);
    }

    #[test]
    fn a_finished_credential_is_left_alone() {
        check(&[item("a", 1, &["Registered App", "APIToken"], 30)], &[], &[]);
        check(&[Item { keywords: vec!["Registered App".to_owned()], ..item("a", 1, &[], 30) }], &[], &[]);
    }

    #[test]
    fn what_this_browser_knows_or_somebody_may_be_at_is_left_alone() {
        check(&[item("a", 1, &[], 30)], &[1], &[]);
        check(&[item("a", 1, &[], 9)], &[], &[]);
        check(&[item("a", 1, &[], -30)], &[], &[]);
    }

    #[test]
    fn the_duplicate_of_a_finished_credential_is_all_that_is_left_of_it() {
        check(&[item("late", 1, &[], 30), item("done", 1, &["Registered App"], 31)], &[], &[("done", true)]);
    }

    #[test]
    fn two_items_of_one_operation_are_one_task() {
        check(&[item("a", 1, &[], 30), item("b", 1, &[], 31)], &[], &[("a", false)]);
    }

    #[test]
    fn other_peoples_keywords_are_no_stamps() {
        for keyword in ["akw-op:", "akw-op:xyz", "akw-op:0101010101010101010101010101010", "op:01", ""] {
            let other = Item { keywords: vec![keyword.to_owned()], ..item("a", 1, &[], 30) };
            check(&[other], &[], &[]);
        }
    }
}
