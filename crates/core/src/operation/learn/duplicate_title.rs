//! Finds an item with the title of the credential about to be created. The portal allows duplicates; people may not
//! want them.

use crate::operation_id::OperationId;
use crate::portal::id::ItemId;
use crate::portal::items::Item;

/// The newest item with this title in a listing that has the newest first. Ignores the item of the operation itself,
/// which is recognized by its marker, or by its id on a portal that drops keywords.
pub fn duplicate_title(items: Vec<Item>, title: &str, own: Option<(&OperationId, Option<&ItemId>)>) -> Option<Item> {
    let is_own =
        |item: &Item| own.is_some_and(|(operation, id)| item.has_keyword(&operation.marker()) || id == Some(&item.id));
    items.into_iter().find(|item| item.title == title && !is_own(item))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::Timestamp;

    fn item(id: &str, title: &str, keyword: &str) -> Item {
        Item {
            id: ItemId(id.to_owned()),
            title: title.to_owned(),
            kind: "Application".to_owned(),
            keywords: vec![keyword.to_owned()],
            created: Timestamp(1_795_435_200_000),
            folder: None,
            expires: [None; 2],
        }
    }

    #[track_caller]
    fn check(items: &[Item], expected: Option<&str>) {
        let (own, id) = (OperationId::from_bytes([1; 16]), ItemId("mine".to_owned()));
        let found = duplicate_title(items.to_vec(), "Maps", Some((&own, Some(&id))));
        assert_eq!(found.map(|found| found.id.0).as_deref(), expected);
    }

    #[test]
    fn the_newest_item_of_exactly_this_title_is_the_duplicate() {
        check(
            &[item("a", "maps", ""), item("b", "Maps 2", ""), item("c", "Maps", ""), item("d", "Maps", "")],
            Some("c"),
        );
        check(&[item("a", "Map", "")], None);
        assert_eq!(duplicate_title(Vec::new(), "Maps", None), None);
    }

    #[test]
    fn what_ones_own_operation_made_is_no_duplicate() {
        let marker = |byte| OperationId::from_bytes([byte; 16]).marker();
        check(&[item("a", "Maps", &marker(1))], None);
        check(&[item("mine", "Maps", "")], None);
        check(&[item("mine", "Maps", ""), item("b", "Maps", &marker(2))], Some("b"));
    }
}
