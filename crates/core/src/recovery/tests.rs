use super::*;

use crate::credential::expiration;
use crate::operation::{Call, begin};
use crate::operation::{PendingCall, Stage};
use crate::portal::id::{ItemId, PrivilegeId};

const NOW: Timestamp = Timestamp(1_795_435_200_000);

fn portal() -> PortalKey {
    PortalKey("practice".to_owned())
}

fn jane() -> Username {
    Username("jane".to_owned())
}

fn untouched() -> Draft {
    Draft::new(expiration::utc_date(NOW))
}

fn id(number: u8) -> OperationId {
    OperationId::from_bytes([number; 16])
}

fn draft(title: &str) -> Draft {
    let privileges = vec![PrivilegeId("premium:user:basemaps".to_owned())];
    Draft { title: title.to_owned(), privileges, ..untouched() }
}

fn operation(number: u8) -> State {
    let spec = draft("Maps").check(NOW).expect("the draft is valid");
    begin(Plan::new(&spec, Identity { id: id(number), portal_key: portal(), owner: jane() }, &[]))
}

/// A journal written `minutes` minutes ago.
fn journal(number: u8, minutes: i64) -> Journal {
    Journal::of(&operation(number).operation, NOW.plus_millis(-minutes * 60_000))
}

fn record(journal: Journal) -> Record {
    Record { journal, draft: None }
}

fn unseen(journal: Journal) -> Journal {
    Journal { key_state: KeyState::Unseen, ..journal }
}

fn copied(journal: Journal) -> Journal {
    Journal { key_state: KeyState::Copied, item: Some(ItemId("i".to_owned())), ..journal }
}

fn finished(journal: Journal) -> Journal {
    Journal { finished: true, ..journal }
}

#[track_caller]
fn check_urgent(journals: Vec<Journal>, expected: Option<u8>) {
    let found = most_urgent(journals.into_iter().map(record).collect());
    assert_eq!(found.map(|record| record.journal.id), expected.map(id));
}

#[test]
fn a_key_that_nobody_has_seen_comes_before_what_is_newer() {
    check_urgent(vec![unseen(journal(1, 60)), journal(2, 1)], Some(1));
    check_urgent(vec![unseen(journal(1, 60)), unseen(journal(2, 1))], Some(2));
    check_urgent(vec![Journal { key_state: KeyState::Shown, ..unseen(journal(1, 60)) }, journal(2, 1)], Some(2));
}

#[test]
fn else_the_newest_operation_is_resumed_and_none_that_is_finished() {
    check_urgent(vec![journal(1, 60), journal(2, 1), journal(3, 2)], Some(2));
    check_urgent(vec![journal(1, 60), finished(unseen(journal(2, 1)))], Some(1));
    check_urgent(vec![finished(journal(2, 1))], None);
}

#[test]
fn what_was_at_work_when_the_tab_left_goes_on_before_all_others() {
    let records = || vec![record(unseen(journal(1, 1))), record(journal(2, 60)), record(finished(journal(3, 2)))];
    let recovery = after_sign_in(records(), Some(&id(2)));
    assert_eq!(recovery.finished, [finished(journal(3, 2))]);
    assert_eq!(recovery.next, RecoveryAction::Resume(record(journal(2, 60))));
    // A finished operation stays finished, even if it was running when the tab left.
    assert_eq!(after_sign_in(records(), Some(&id(3))).next, RecoveryAction::Ask(record(unseen(journal(1, 1)))));
    assert_eq!(after_sign_in(records(), None).next, RecoveryAction::Ask(record(unseen(journal(1, 1)))));
}

#[test]
fn before_the_sign_in_it_is_known_whether_something_waits_for_its_owner() {
    let of = |journals: Vec<Journal>| waiting(journals.into_iter().map(record).collect());
    assert_eq!(of(vec![]), None);
    assert_eq!(of(vec![journal(1, 0), unseen(journal(2, 1))]), Some(Waiting::UncopiedKey));
    assert_eq!(of(vec![finished(unseen(journal(1, 0))), copied(journal(2, 0))]), None);
    assert_eq!(of(vec![journal(3, 0)]), None, "nothing of it can exist");
    let made = Journal { item: Some(ItemId("i".to_owned())), ..journal(4, 0) };
    assert_eq!(of(vec![made.clone(), journal(5, -1)]), Some(Waiting::Unfinished), "whatever is newer");
    let shown = Journal { key_state: KeyState::Shown, ..journal(6, 9) };
    assert_eq!(of(vec![made, shown]), Some(Waiting::UncopiedKey));
}

#[test]
fn the_portal_is_scanned_only_if_nothing_is_open_here() {
    let recovery = after_sign_in(vec![record(finished(journal(3, 2)))], Some(&id(9)));
    assert_eq!(recovery.next, RecoveryAction::ScanForOrphans { known: vec![id(3)] });
}

#[test]
fn a_key_that_was_copied_takes_no_screen_and_is_mentioned() {
    check_urgent(vec![copied(journal(1, 1))], None);
    check_urgent(vec![copied(journal(1, 1)), journal(2, 60)], Some(2));
    let records = vec![record(copied(journal(1, 9))), record(copied(journal(2, 1)))];
    let recovery = after_sign_in(records, None);
    assert_eq!(recovery.next, RecoveryAction::ScanForOrphans { known: vec![id(1), id(2)] });
    assert_eq!(recovery.copied, Some(copied(journal(2, 1))));
    // A rollback is an open task even if the key was copied; a finished operation is not.
    for (over, next) in
        [(Journal { undoing: true, ..copied(journal(1, 1)) }, true), (finished(copied(journal(1, 1))), false)]
    {
        let recovery = after_sign_in(vec![record(over)], None);
        assert_eq!((recovery.copied, matches!(recovery.next, RecoveryAction::Ask(_))), (None, next));
    }
}

#[test]
fn a_key_that_was_copied_is_not_mentioned_for_longer_than_answers_are_kept() {
    let day = KEPT_MS / 60_000;
    assert_eq!(read(&entries(&copied(journal(1, day)), None), NOW).records.len(), 1);
    let old = copied(journal(1, day + 1));
    let stored = read(&entries(&old, Some(&draft("Maps"))), NOW);
    assert_eq!((stored.records, stored.stale), (vec![], vec![old.key(), answers_name(&id(1))]));
    let twice = Journal { item_doubled: true, ..old };
    assert_eq!(read(&entries(&twice, None), NOW).records, [record(twice)], "its duplicate is still to be deleted");
}

fn entries(journal: &Journal, draft: Option<&Draft>) -> Vec<[String; 2]> {
    let answers = draft.map(|draft| [answers_name(&journal.id), draft.store()]);
    [[journal.key(), journal.text()]].into_iter().chain(answers).collect()
}

#[test]
fn a_journal_is_read_with_its_answers() {
    let stored = read(&entries(&journal(1, 5), Some(&draft("Maps"))), NOW);
    assert_eq!(stored.records, [Record { journal: journal(1, 5), draft: Some(draft("Maps")) }]);
    assert!(stored.stale.is_empty());
}

#[test]
fn answers_that_are_too_old_or_have_no_journal_are_stale() {
    let day = KEPT_MS / 60_000;
    let sent = |minutes| Journal { item: Some(ItemId("i".to_owned())), ..journal(1, minutes) };
    let stored = read(&entries(&sent(day + 1), Some(&draft("Maps"))), NOW);
    assert_eq!((stored.records, stored.stale), (vec![record(sent(day + 1))], vec![answers_name(&id(1))]));
    assert!(read(&entries(&sent(day), Some(&draft("Maps"))), NOW).stale.is_empty());
    let alone = read(&entries(&sent(1), Some(&draft("Maps")))[1..], NOW);
    assert_eq!((alone.records, alone.stale), (vec![], vec![answers_name(&id(1))]));
}

#[test]
fn an_old_journal_of_which_nothing_can_exist_is_stale_with_its_answers() {
    let old = journal(1, KEPT_MS / 60_000 + 1);
    let stored = read(&entries(&old, Some(&draft("Maps"))), NOW);
    assert_eq!((stored.records, stored.stale), (vec![], vec![old.key(), answers_name(&id(1))]));
}

#[test]
fn what_is_not_ours_is_neither_read_nor_deleted() {
    let entries = [["akw.operation.x", "{}"], ["other", &journal(1, 1).text()]];
    let stored = read(&entries.map(|entry| entry.map(str::to_owned)), NOW);
    assert_eq!((stored.records, stored.stale), (vec![], vec![]));
}

#[test]
fn a_person_finds_only_their_own_operations_at_this_portal() {
    let stored = || read(&entries(&journal(1, 1), None), NOW);
    assert_eq!(stored().of(&portal(), &jane()).len(), 1);
    assert!(stored().of(&portal(), &Username("newt".to_owned())).is_empty());
    assert!(stored().of(&PortalKey("other".to_owned()), &jane()).is_empty());
}

#[track_caller]
fn check_resumed(stored: Option<Draft>, typed: &Draft, is_complete: bool, is_adopted: bool) {
    let (portal_key, owner) = (portal(), jane());
    let tab = Tab { portal_key: &portal_key, owner: &owner, folders: &[], draft: typed, now: NOW };
    let resumed = resume(Record { journal: journal(1, 5), draft: stored.clone() }, &tab);
    assert_eq!(resumed.state.operation.plan.complete, is_complete);
    assert_eq!(resumed.adopted, stored.filter(|_| is_adopted));
    assert_eq!((&resumed.state.operation.plan.id, &resumed.state.stage), (&id(1), &Stage::Ready));
}

#[test]
fn a_tab_in_which_nothing_was_typed_adopts_the_answers() {
    let untouched = untouched();
    check_resumed(Some(draft("Maps")), &untouched, true, true);
    let title = "API key".to_owned();
    let suggested = Draft { suggested_title: title.clone(), title, ..untouched };
    check_resumed(Some(draft("Maps")), &suggested, true, true);
    check_resumed(Some(draft("Maps")), &draft("Other"), true, false);
}

#[test]
fn an_operation_without_valid_answers_can_only_be_taken_back() {
    let untouched = untouched();
    check_resumed(None, &untouched, false, false);
    let expired = Draft { expiration: "2020-01-01".to_owned(), ..draft("Maps") };
    check_resumed(Some(expired), &untouched, false, false);
}

#[test]
fn an_operation_is_continued_here_unless_it_came_to_its_end_elsewhere() {
    let records = || vec![record(journal(1, 1)), record(finished(journal(2, 1)))];
    assert_eq!(open_record(records(), &id(1)), Some(record(journal(1, 1))));
    assert_eq!(open_record(records(), &id(2)), None);
    assert_eq!(open_record(records(), &id(3)), None);
}

#[test]
fn only_an_operation_at_work_in_this_tab_is_marked_and_only_for_its_owner() {
    let running = State { stage: Stage::Running(PendingCall::new(Call::ListFolders)), ..operation(1) };
    let mark = resume_mark(&OnScreen::Here(running.clone()));
    assert_eq!(read_mark(&mark, &portal(), &jane()), Mark::Resume(id(1)));
    assert_eq!(read_mark(&mark, &portal(), &Username("newt".to_owned())), Mark::WrongAccount);
    assert_eq!(read_mark(&mark, &PortalKey("other".to_owned()), &jane()), Mark::WrongAccount);
    assert_eq!(resume_mark(&OnScreen::Elsewhere(running)), "");
    assert_eq!(resume_mark(&OnScreen::Here(State { stage: Stage::KeyShown, ..operation(1) })), "");
    assert_eq!(resume_mark(&OnScreen::Nothing), "");
}

#[test]
fn a_damaged_mark_resumes_nothing() {
    let hash = journal::owner_hash(&portal(), &jane());
    for mark in ["", "x", &format!("x {hash}"), &format!(" {hash}")] {
        assert_eq!(read_mark(mark, &portal(), &jane()), Mark::None, "{mark}");
    }
}

#[test]
fn a_key_that_was_saved_in_a_tab_that_had_lost_its_operation_is_not_asked_about() {
    let mut state = operation(1);
    state.operation.facts.key.shown(NOW);
    let shown = Journal::of(&state.operation, NOW);
    let mark = saved_key_note(&state).expect("a key was shown");
    let read_with = |journal: &Journal, mark: &[String; 2]| read(&[[journal.key(), journal.text()], mark.clone()], NOW);
    let is_finished = |journal: &Journal| read_with(journal, &mark).records[0].journal.finished;
    assert!(is_finished(&shown));
    let other = Journal { key_shown_at: Some(NOW.plus_millis(1)), ..shown.clone() };
    assert!(!is_finished(&other), "the other tab has replaced the key");
    assert!(!is_finished(&unseen(shown.clone())), "and is about to show the next one");
    assert!(!is_finished(&Journal { key_ending: true, ..shown.clone() }), "or to revoke it");
    assert!(!is_finished(&Journal { undoing: true, ..shown.clone() }), "with all the rest");
    assert_eq!(read(std::slice::from_ref(&mark), NOW).stale, [mark[0].clone()], "it goes with its operation");
    assert_eq!(read_with(&shown, &mark).stale, [""; 0]);
}
