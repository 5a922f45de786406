//! Listings of items: our item, its duplicates, and whether the listing is complete.

use super::*;

use crate::operation::learn::apply_answer::apply_answer;
use crate::operation::learn::duplicates::adopt;

/// An operation whose item was requested at `NOW`.
fn asked() -> Operation {
    let mut operation = begin(plan()).operation;
    operation.facts.item.request("Map key", NOW);
    *operation
}

fn known() -> Operation {
    let mut operation = asked();
    operation.facts.item.found(ItemId("i1".to_owned()), None);
    operation
}

/// An item without our marker, created `after` milliseconds after ours was requested.
fn plain(id: &str, after: i64) -> Item {
    Item { created: NOW.plus_millis(after), ..item(id, "Application", None) }
}

fn duplicates(mut operation: Operation, items: &[Item]) -> Vec<String> {
    adopt(&mut operation, items);
    operation.facts.item.duplicates().iter().map(|id| id.0.clone()).collect()
}

/// Whether a listing is enough, and the folder of the next search.
fn listed(operation: &mut Operation, items: &[Item]) -> (bool, Option<String>) {
    assert!(apply_answer(operation, &Call::FindItem { folder: None }, Answer::Items(items.to_vec())));
    (operation.facts.item.is_searched_for_duplicates(), next_listing(&operation.facts))
}

fn next_listing(facts: &Facts) -> Option<String> {
    match facts.find() {
        Call::FindItem { folder } => folder.map(|folder| folder.0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_two_stamped_items_the_registered_one_is_ours_then_the_older() {
    let late = |keywords: &[&str]| Item {
        created: NOW.plus_millis(5),
        keywords: keywords.iter().map(|keyword| (*keyword).to_owned()).collect(),
        ..ours("i0")
    };
    let marker = plan().id.marker();
    for (other, item, extra) in [(late(&[&marker, "Registered App"]), "i0", "i1"), (late(&[&marker]), "i1", "i0")] {
        let mut operation = asked();
        assert!(adopt(&mut operation, &[other, ours("i1")]));
        assert_eq!(operation.facts.item.id(), Some(&ItemId(item.to_owned())));
        assert_eq!(operation.facts.item.duplicates(), [ItemId(extra.to_owned())]);
    }
}

#[test]
fn the_words_of_an_adopted_item_are_those_it_was_asked_for_with_if_that_was_once() {
    let mut play = Play::of(plan());
    play.until("AddItem").say(lost()).say(Event::TimerFired).say(Event::Answered(Answer::Items(vec![ours("i1")])));
    assert_eq!(play.facts().details, Some(plan().details));
    let mut play = Play::of(plan());
    play.until("AddItem").say(lost());
    for _ in 0..3 {
        play.say(Event::TimerFired).say(Event::Answered(Answer::Items(Vec::new())));
    }
    play.say(lost()).say(Event::TimerFired).say(Event::Answered(Answer::Items(vec![ours("i1")])));
    assert_eq!((play.facts().item.is_known(), &play.facts().details), (true, &None));
}

#[test]
fn an_unstamped_item_may_be_two_minutes_older_by_the_portals_clock() {
    assert!(adopt(&mut asked(), &[plain("i7", -120_000)]));
    assert!(!adopt(&mut asked(), &[plain("i7", -120_001)]));
    assert!(!adopt(&mut asked(), &[Item { title: "Other".to_owned(), ..plain("i7", 0) }]));
    assert!(!adopt(&mut begin(plan()).operation, &[plain("i7", 0)]));
}

#[test]
fn the_duplicate_of_a_known_item_is_alike_free_and_of_the_same_moment() {
    let duplicate = || plain("i2", 2_000);
    let found = |other: Item| duplicates(known(), &[other, plain("i1", 0)]);
    assert_eq!(found(duplicate()), ["i2"]);
    assert_eq!(found(plain("i2", -2_000)), ["i2"]);
    for other in [
        plain("i2", 2_001),
        Item { title: "Other".to_owned(), ..duplicate() },
        Item { kind: "Web Map".to_owned(), ..duplicate() },
        Item { keywords: vec!["Registered App".to_owned()], ..duplicate() },
        Item { keywords: vec!["akw-op:00".to_owned()], ..duplicate() },
    ] {
        assert!(found(other.clone()).is_empty(), "{other:?}");
    }
    assert!(duplicates(known(), &[duplicate()]).is_empty());
}

#[test]
fn an_item_asked_for_twice_may_have_duplicates_of_any_later_moment() {
    let mut doubled = known();
    doubled.facts.item.request("Map key", NOW);
    assert_eq!(duplicates(doubled, &[plain("i1", 0), plain("i2", 40_000)]), ["i2"]);
    assert!(duplicates(known(), &[plain("i1", 0), plain("i2", 40_000), plain("i3", -60_000)]).is_empty());
}

#[test]
fn a_listing_shows_all_there_is_if_it_shows_the_item_or_is_of_its_folder() {
    let in_folder = || Some("f2".to_owned());
    let known = || {
        let mut operation = known();
        operation.facts.item.set_folder(in_folder().map(FolderId));
        operation
    };
    assert_eq!(listed(&mut known(), &[ours("i1")]), (true, None));
    let mut operation = known();
    assert_eq!(listed(&mut operation, &[]), (false, in_folder()));
    assert_eq!(listed(&mut operation, &[]), (true, in_folder()));
    assert_eq!(listed(&mut operation, &[ours("i1")]), (true, None));
    assert_eq!(listed(&mut asked(), &[]), (true, None));
    assert_eq!(listed(&mut asked(), &[ours("i1")]), (false, None));
}

#[test]
fn a_deletion_takes_one_item_and_leaves_the_others() {
    let mut operation = known();
    operation.facts.item.looked_for(["i0", "i2"].map(|id| ItemId(id.to_owned())).to_vec());
    assert!(apply_answer(&mut operation, &Call::DeleteItem { item: ItemId("i0".to_owned()) }, Answer::Done));
    assert_eq!(
        (operation.facts.item.id(), operation.facts.item.duplicates()),
        (Some(&ItemId("i1".to_owned())), &[ItemId("i2".to_owned())][..])
    );
}

#[test]
fn only_a_survey_learns_from_the_item_where_it_is() {
    for (goal, learns) in [(Goal::Inspect, true), (Goal::Create, false), (Goal::RollBack, false)] {
        let mut operation = Operation { goal, ..known() };
        let folder = Some(FolderId("f1".to_owned()));
        let read = Item { folder: folder.clone(), ..ours("i1") };
        assert!(apply_answer(&mut operation, &Call::ReadItem { item: ItemId("i1".to_owned()) }, Answer::Item(read)));
        assert_eq!(operation.facts.item.folder() == folder.as_ref(), learns);
    }
}

#[test]
fn a_look_for_the_item_alternates_between_everywhere_and_its_folder() {
    let mut facts = Facts { folder: TargetFolder::Ready(Some(FolderId("f1".to_owned()))), ..Facts::default() };
    let looks = [0, 1, 2, 3].map(|_| {
        let next = next_listing(&facts);
        facts.item.looked_for(Vec::new());
        next
    });
    assert_eq!(looks, [None, Some("f1".to_owned()), None, Some("f1".to_owned())]);
    facts.item.looked_for(Vec::new());
    facts.item.found(ItemId("i1".to_owned()), Some(FolderId("f2".to_owned())));
    assert_eq!(next_listing(&facts), None);
    facts.item.searched_for_duplicates([].iter(), true);
    assert_eq!(next_listing(&facts), Some("f2".to_owned()));
}

#[test]
fn with_an_item_goes_what_hung_on_it_and_nothing_else() {
    let folder = Some(FolderId("f1".to_owned()));
    let mut item = OwnItem::recorded(ItemState::None, None, true);
    item.searched_for_duplicates([].iter(), false);
    item.looked_for(vec![ItemId("i2".to_owned())]);
    let stays =
        Facts { folder: TargetFolder::Ready(folder.clone()), item: item.anew(), secret_held: true, ..Facts::default() };
    item.found(ItemId("i1".to_owned()), folder);
    let mut facts = Facts {
        item,
        app: Some(app(true)),
        key: KeySlot::recorded(KeyState::Unseen, false, None, NOW),
        ..stays.clone()
    };
    assert!(stays.item.may_be_doubled() && stays.item.is_searched_for_duplicates());
    assert_eq!((stays.item.duplicates(), stays.item.looks()), (&[ItemId("i2".to_owned())][..], 0));
    assert_eq!(facts.app, Some(app(true)));
    facts.forget_item();
    assert_eq!(facts, Facts { had_item: true, ..stays });
}

#[test]
fn there_may_be_something_to_take_back_once_an_item_was_asked_for() {
    let may_exist = |state| OwnItem::recorded(state, None, false).may_exist();
    assert!(!may_exist(ItemState::None));
    assert!(may_exist(ItemState::Requested { since: NOW }));
    assert!(may_exist(ItemState::Known { id: ItemId("i1".to_owned()), folder: None, since: None }));
    let before = Journal::of(&begin(plan()).operation, NOW);
    assert!(!before.may_exist());
    assert!(Journal { item_sent: Some(NOW), ..before.clone() }.may_exist());
    assert!(Journal { item: Some(ItemId("i1".to_owned())), ..before }.may_exist());
}
