//! Restoring from a journal.

use super::*;

fn journal() -> Journal {
    Journal {
        item_sent: Some(NOW),
        item: Some(ItemId("i1".to_owned())),
        folder: Some(FolderId("f1".to_owned())),
        item_doubled: true,
        change_lost: true,
        slot: Slot::Two,
        key_state: KeyState::Copied,
        key_shown_at: Some(NOW),
        key_ending: true,
        finished: true,
        undoing: true,
        ..Journal::of(&begin(in_new_folder()).operation, NOW)
    }
}

fn read_back(journal: &Journal, plan: Plan) -> Operation {
    let journal = Journal::parse(&journal.text()).expect("it is our own record");
    *resume(&journal, Username("jane".to_owned()), Some(plan)).operation
}

#[test]
fn every_fact_of_a_journal_is_read_back() {
    let operation = read_back(&journal(), in_new_folder());
    let folder = Some(FolderId("f1".to_owned()));
    let facts = Facts {
        folder: TargetFolder::Ready(folder.clone()),
        item: OwnItem::recorded(
            ItemState::Known { id: ItemId("i1".to_owned()), folder, since: Some(NOW) },
            Some(ItemRequest { at: NOW, title: "Map key".to_owned() }),
            true,
        ),
        change_lost: Some(NOW),
        key: KeySlot::recorded(KeyState::Copied, true, Some(NOW), NOW),
        cleanup: Cleanup::Begun,
        ..Facts::default()
    };
    assert_eq!((operation.facts, operation.goal), (facts, Goal::RollBack));
}

#[test]
fn the_stored_form_is_known_and_that_of_earlier_releases_is_read() {
    let stored = concat!(
        r#"{"version":"1","id":"abababababababababababababababab","portal":"practice","owner":"OWNER","title":"Map key","#,
        r#""folderTitle":"Keys","folder":"f1","item":"i1","itemSent":"1795000000000","itemDoubled":"yes","#,
        r#""changeLost":"yes","slot":"2","keySent":"yes","keyShown":"yes","#,
        r#""keyShownAt":"1795000000000","keyCopied":"yes","keyEnding":"yes","finished":"yes","undoing":"yes","written":"1795000000000"}"#
    )
    .replace("OWNER", &journal().owner_hash);
    assert_eq!(journal().text(), stored);
    assert_eq!(Journal::parse(&stored), Some(journal()));
    // Records without a slot are of the time when there was only one.
    let earlier = stored.replace(r#""slot":"2","#, "");
    assert_eq!(Journal::parse(&earlier), Some(Journal { slot: Slot::One, ..journal() }));
    let unnamed = stored.replace(r#""keyShownAt":"1795000000000","#, "");
    assert_eq!(
        Journal::parse(&unnamed),
        Some(Journal { key_shown_at: None, ..journal() }),
        "nor when it showed the key"
    );
    assert_eq!(Journal::parse(&stored.replace(r#""slot":"2""#, r#""slot":"3""#)), None);
}

#[test]
fn an_operation_goes_on_with_the_slot_of_its_record_whatever_the_draft_says() {
    let journal = Journal { slot: Slot::Two, ..journal() };
    assert_eq!(plan().slot, Slot::One);
    assert_eq!(read_back(&journal, plan()).plan.slot, Slot::Two);
    let without_draft = resume(&journal, Username("jane".to_owned()), None).operation;
    assert_eq!((without_draft.plan.slot, Journal::of(&without_draft, NOW).slot), (Slot::Two, Slot::Two));
}

#[test]
fn a_folder_is_ready_only_if_it_is_known_and_still_wanted() {
    let unknown = Journal { folder: None, ..journal() };
    let root = Journal { folder: None, folder_title: None, ..journal() };
    let other = Plan { folder: Destination::Titled("Other".to_owned()), ..plan() };
    assert!(!read_back(&unknown, in_new_folder()).facts.folder.is_ready());
    assert!(read_back(&root, plan()).facts.folder.is_ready());
    assert!(!read_back(&journal(), other).facts.folder.is_ready());
}

#[test]
fn a_folder_that_is_no_longer_wanted_has_no_title_in_the_journal() {
    let operation = |ready| {
        let mut operation = begin(in_new_folder()).operation;
        let id = Some(FolderId("f1".to_owned()));
        operation.facts.folder = if ready { TargetFolder::Ready(id) } else { TargetFolder::Unsettled(id) };
        operation
    };
    let title = |ready| Journal::of(&operation(ready), NOW).folder_title;
    assert_eq!((title(true).as_deref(), title(false)), (Some("Keys"), None));
    let untitled = Journal { folder_title: None, ..journal() };
    assert!(!read_back(&untitled, plan()).facts.folder.is_ready());
}

#[test]
fn an_operation_is_named_on_its_journal_and_on_its_item() {
    assert_eq!(journal().key(), "akw.operation.abababababababababababababababab");
    assert_eq!(journal().id.marker(), "akw-op:abababababababababababababababab");
}

#[test]
fn a_name_that_is_no_operations_is_not_read() {
    let good = journal().text();
    for id in ["ab".repeat(15), "xy".repeat(16), "AB".repeat(16)] {
        assert!(Journal::parse(&good.replace(&"ab".repeat(16), &id)).is_none(), "{id}");
    }
}
