//! The machine against answers that the tests give it.

mod differences;
mod ends;
mod kept;
mod listings;
mod lost;
mod play;
mod progress;
mod refused;
mod reload;
mod survey;

use super::*;
use play::*;

use crate::config::PortalKey;
use crate::operation::journal::Journal;
use crate::operation::model::facts::Cleanup;
use crate::operation::model::item_state::{ItemRequest, ItemState, OwnItem, TargetFolder};
use crate::operation::model::key_slot::{KeySlot, KeyState, ReplacedKey};
use crate::operation::progress::{ProgressStep, StepStatus};
use crate::portal::error::{Error, Refusal};
use crate::portal::folders::Folder;
use crate::portal::id::{ClientId, FolderId, ItemId, PrivilegeId, Slot, Username};
use crate::portal::items::{Details, Item};
use crate::portal::registration::{Grants, RegisteredApp};
use crate::secret::Secret;
use crate::timestamp::Timestamp;

#[test]
fn a_key_takes_five_requests_and_its_answer_is_shown_at_once() {
    let mut play = Play::of(plan());
    play.until("show");
    play.log_is("AddItem, Register, UpdateItem, ReadItem, GenerateKey, show");
    assert_eq!(*play.stage(), Stage::KeyShown);
    play.say(Event::Acknowledged).log_is("AddItem, Register, UpdateItem, ReadItem, GenerateKey, show, wait 2");
    play.until("forget");
}

#[test]
fn a_new_folder_takes_one_more() {
    let mut play = Play::of(in_new_folder());
    play.until("show");
    play.log_is("CreateFolder, AddItem, Register, UpdateItem, ReadItem, GenerateKey, show");
}

#[test]
fn a_credential_whose_key_is_for_later_takes_four() {
    let mut play = Play::of(Plan { key_now: false, ..plan() });
    play.until("forget");
    play.log_is("AddItem, Register, UpdateItem, ReadItem, wait 2, FindItem, forget");
    assert_eq!(*play.stage(), Stage::CreatedWithoutKey);
}

#[test]
fn the_key_is_shown_before_anything_else_is_done() {
    let mut play = Play::of(plan());
    play.until("GenerateKey");
    let state = play.state.take().expect("a step puts it back");
    let (_, effects) = step(state, yes("GenerateKey"), NOW);
    assert!(matches!(effects[0], Effect::ShowKey(_)));
}

#[test]
fn the_journal_is_written_before_every_request_and_says_that_the_key_was_asked_for() {
    let mut play = Play::of(plan());
    play.until("ReadItem");
    let state = play.state.take().expect("a step puts it back");
    let (_, effects) = step(state, yes("ReadItem"), NOW);
    let [Effect::SaveJournal(journal), Effect::Send(Call::GenerateKey { .. })] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert!(journal.key_state == KeyState::Unseen && journal.item.is_some());
}

#[test]
fn an_event_that_does_not_fit_changes_nothing() {
    for event in [
        Event::Started,
        Event::TimerFired,
        Event::Confirmed,
        Event::Continued,
        Event::Discarded,
        Event::Acknowledged,
        Event::Changed(plan()),
    ] {
        let mut play = Play::of(plan());
        let before = play.state.clone();
        play.say(event);
        assert_eq!(play.state, before);
        play.log_is("AddItem");
    }
}

#[test]
fn a_folder_that_exists_is_used() {
    let mut play = Play::of(in_new_folder());
    let folders = vec![Folder { id: FolderId("f9".to_owned()), title: "keys".to_owned() }];
    play.say(Event::Failed(refusal(400, "Folder title not available"))).say(Event::Answered(Answer::Folders(folders)));
    play.log_is("CreateFolder, ListFolders, AddItem");
    assert_eq!(play.facts().folder, TargetFolder::Ready(Some(FolderId("f9".to_owned()))));
}

#[test]
fn a_folder_that_is_refused_and_does_not_exist_is_the_persons_to_fix() {
    let mut play = Play::of(in_new_folder());
    play.say(Event::Failed(refusal(400, "no"))).say(Event::Answered(Answer::Folders(Vec::new())));
    assert!(matches!(play.stage(), Stage::Refused { .. }));
    play.say(Event::Changed(Plan { folder: Destination::Root, ..plan() })).log_is("CreateFolder, ListFolders, AddItem");
}

#[test]
fn a_lost_item_is_looked_for_three_times_before_it_is_asked_for_again() {
    let mut play = Play::of(plan());
    let none = || Event::Answered(Answer::Items(Vec::new()));
    play.say(lost())
        .say(Event::TimerFired)
        .say(none())
        .say(Event::TimerFired)
        .say(none())
        .say(Event::TimerFired)
        .say(none());
    play.log_is("AddItem, wait 2, FindItem, wait 5, FindItem, wait 10, FindItem, AddItem");
    play.until("show");
    let tail = play.log[8..].join(", ");
    assert_eq!(tail, "Register, UpdateItem, ReadItem, FindItem, GenerateKey, show");
}

#[test]
fn a_lost_item_that_was_made_is_adopted() {
    let mut play = Play::of(plan());
    play.say(lost()).until("show");
    play.log_is("AddItem, wait 2, FindItem, Register, UpdateItem, ReadItem, GenerateKey, show");
}

#[test]
fn an_item_that_was_made_twice_is_deleted_before_the_key() {
    let mut play = Play::of(plan());
    let none = || Event::Answered(Answer::Items(Vec::new()));
    play.say(lost())
        .say(Event::TimerFired)
        .say(none())
        .say(Event::TimerFired)
        .say(none())
        .say(Event::TimerFired)
        .say(none());
    play.until("ReadItem").say(yes("ReadItem"));
    play.say(Event::Answered(Answer::Items(vec![ours("i0"), ours("i1")]))).until("show");
    let tail = play.log[10..].join(", ");
    assert_eq!(tail, "ReadItem, FindItem, DeleteItem, GenerateKey, show");
}

#[test]
fn an_item_without_stamp_is_adopted_only_if_it_is_new_and_nobodys() {
    let stray = |kind: &str, created: Timestamp, keyword: &str| Item {
        kind: kind.to_owned(),
        created,
        ..item("i7", keyword, None)
    };
    let adopted = |item: Item| {
        let mut play = Play::of(plan());
        play.say(lost()).say(Event::TimerFired).say(Event::Answered(Answer::Items(vec![item])));
        play.facts().item.is_known()
    };
    assert!(adopted(stray("Application", NOW, "Application")));
    assert!(!adopted(stray("Web Map", NOW, "")));
    assert!(!adopted(stray("Application", NOW.plus_millis(-600_000), "")));
    assert!(!adopted(stray("Application", NOW, "Registered App")));
    assert!(!adopted(stray("Application", NOW, "akw-op:00")));
}

#[test]
fn a_lost_registration_is_read_and_adopted_or_sent_again() {
    let mut play = Play::of(plan());
    play.until("Register").say(lost()).say(yes("ReadRegistration"));
    play.log_is("AddItem, Register, ReadRegistration, UpdateItem");
    let mut play = Play::of(plan());
    play.until("Register").say(lost()).say(Event::Failed(refusal(400, "not registered")));
    play.log_is("AddItem, Register, ReadRegistration, Register");
}

#[test]
fn a_registration_that_breaks_inside_the_portal_is_read_before_it_is_called_refused() {
    let mut play = Play::of(plan());
    play.until("Register")
        .say(Event::Failed(refusal(500, "Invalid Privileges")))
        .say(Event::Failed(refusal(400, "none")));
    let Stage::Refused { refusal, .. } = play.stage() else { panic!("{:?}", play.stage()) };
    assert_eq!(refusal.message, "Invalid Privileges");
    play.say(Event::Changed(plan()));
    play.log_is("AddItem, Register, ReadRegistration, Register");
}

#[test]
fn a_change_after_registration_updates_the_same_one() {
    let mut play = Play::of(plan());
    play.until("UpdateItem").say(Event::Failed(refusal(400, "no such date")));
    let mut changed = Plan { expires: END.plus_millis(-86_400_000), ..plan() };
    changed.grants.referrers.clear();
    changed.details.title = "Other".to_owned();
    play.say(Event::Changed(changed.clone()));
    let [Call::UpdateRegistration { grants, .. }] = &sent(&play)[..] else { panic!() };
    assert_eq!(*grants, changed.grants);
    play.say(Event::Answered(Answer::RegistrationChanged(RegisteredApp { referrers: Vec::new(), ..app(false) })));
    play.say(yes("FindItem"));
    let [Call::UpdateItem { details: Some(details), expires, .. }] = &sent(&play)[..] else { panic!() };
    assert_eq!((details, *expires), (&changed.details, changed.expires));
}

fn sent(play: &Play) -> Vec<Call> {
    match play.stage() {
        Stage::Running(pending) => vec![pending.in_flight()],
        _ => Vec::new(),
    }
}

#[test]
fn a_change_of_folder_moves_the_item() {
    let mut play = Play::of(plan());
    play.until("Register").say(Event::Failed(refusal(403, "no")));
    play.say(Event::Changed(in_new_folder())).say(yes("CreateFolder")).say(yes("FindItem")).say(yes("MoveItem"));
    play.log_is("AddItem, Register, CreateFolder, FindItem, MoveItem, Register");
}

#[test]
fn a_change_for_somebody_else_is_not_taken() {
    let mut play = Play::of(plan());
    play.until("Register").say(Event::Failed(refusal(403, "no")));
    play.say(Event::Changed(Plan { owner: Username("max".to_owned()), ..plan() }));
    assert!(matches!(play.stage(), Stage::Refused { .. }));
}

#[test]
fn what_the_portal_changed_is_confirmed_before_there_is_a_key() {
    let mut play = Play::of(plan());
    let fewer = || RegisteredApp { privileges: Vec::new(), ..app(false) };
    play.until("Register")
        .say(Event::Answered(Answer::Registration(fewer(), secret("s"))))
        .until("ReadItem")
        .say(yes("ReadItem"));
    let Stage::Mismatch(differences) = play.stage() else { panic!("{:?}", play.stage()) };
    assert_eq!(differences.missing, plan().grants.privileges);
    play.say(Event::Confirmed).say(Event::Answered(Answer::Registration(fewer(), secret("s")))).until("show");
    play.log_is("AddItem, Register, UpdateItem, ReadItem, ReadRegistration, GenerateKey, show");
}

#[test]
fn there_is_no_key_without_an_expiration() {
    let mut play = Play::of(plan());
    let endless = || Event::Answered(Answer::Item(item("i1", "", None)));
    play.until("ReadItem").say(endless()).say(Event::Confirmed);
    assert!(matches!(play.stage(), Stage::Mismatch(_)));
    play.say(Event::Continued);
    play.log_is("AddItem, Register, UpdateItem, ReadItem, UpdateRegistration");
}

#[test]
fn a_lost_key_that_was_not_made_is_asked_for_again() {
    let mut play = Play::of(plan());
    play.until("GenerateKey")
        .say(lost())
        .say(Event::TimerFired)
        .say(yes("ReadRegistration"))
        .say(Event::TimerFired)
        .say(yes("ReadRegistration"));
    assert_eq!(
        play.log[4..].join(", "),
        "GenerateKey, wait 5, ReadRegistration, wait 35, ReadRegistration, GenerateKey"
    );
    let [Call::GenerateKey { replace: false, .. }] = &sent(&play)[..] else { panic!("{:?}", play.stage()) };
    play.until("show");
    assert_eq!(play.facts().key.replaced_key(), None);
}

#[test]
fn a_lost_live_key_is_ended_by_name_and_replaced_with_a_message() {
    let mut play = Play::of(plan());
    play.until("GenerateKey")
        .say(lost())
        .say(Event::TimerFired)
        .say(Event::Answered(Answer::Registration(app(true), secret("s"))));
    let before = play.log.len();
    play.until("show");
    assert_eq!(play.log[before - 1..].join(", "), "RevokeKey, UpdateItem, ReadItem, GenerateKey, show");
    assert_eq!(play.facts().key.replaced_key(), Some(ReplacedKey::Ended));
    assert_eq!(*play.stage(), Stage::KeyShown);
}

#[test]
fn a_lost_key_that_cannot_be_ended_by_name_is_replaced_all_the_same() {
    let taken = || Event::Answered(Answer::Registration(app(true), secret("s")));
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(lost()).say(Event::TimerFired).say(taken());
    for _ in 0..2 {
        play.say(Event::Failed(refusal(400, "No."))).say(taken());
    }
    let [Call::GenerateKey { replace: true, .. }] = &sent(&play)[..] else { panic!("{:?}", play.stage()) };
    play.until("show");
    assert_eq!(play.facts().key.replaced_key(), Some(ReplacedKey::MayWork));
}

#[test]
fn a_key_that_stays_lost_is_an_open_task_that_can_be_taken_back() {
    let mut play = Play::of(plan());
    for _ in 0..4 {
        play.until("GenerateKey")
            .say(lost())
            .say(Event::TimerFired)
            .say(Event::Answered(Answer::Registration(app(true), secret("s"))));
    }
    let Stage::Indeterminate { pending, .. } = play.stage() else { panic!("{:?}", play.stage()) };
    assert_eq!(name(&pending.call), "GenerateKey", "it is the key that is lost");
    assert!(play.state.as_ref().expect("a step puts it back").may_have_unseen_key());
    let before = play.log.len();
    play.say(Event::Discarded)
        .say(yes("FindItem"))
        .say(Event::Answered(Answer::Registration(app(true), secret("s"))))
        .until("forget");
    assert_eq!(play.log[before..].join(", "), "FindItem, ReadRegistration, RevokeKey, DeleteItem, forget");
}

#[test]
fn what_was_made_before_a_refusal_can_be_taken_back() {
    let mut play = Play::of(plan());
    play.until("Register").say(Event::Failed(refusal(403, "no"))).say(Event::Discarded).until("forget");
    play.log_is("AddItem, Register, FindItem, DeleteItem, forget");
    assert_eq!(*play.stage(), Stage::RolledBack);
}

#[test]
fn a_lost_deletion_is_read_about() {
    let mut play = Play::of(plan());
    play.until("Register").say(Event::Failed(refusal(403, "no"))).say(Event::Discarded).say(yes("FindItem"));
    play.say(lost()).say(gone());
    play.log_is("AddItem, Register, FindItem, DeleteItem, ReadItem, forget");
}

#[test]
fn nothing_is_taken_back_where_nothing_was_made() {
    for (plan, log) in [(plan(), "AddItem, forget"), (in_new_folder(), "CreateFolder, forget")] {
        let mut play = Play::of(plan);
        play.say(Event::Failed(refusal(403, "no")));
        play.say(Event::Discarded).log_is(log);
    }
}

#[test]
fn a_busy_portal_is_left_alone_as_long_as_it_says() {
    let mut play = Play::of(plan());
    let busy = |ms| Event::Failed(Error::Busy { wait_ms: ms });
    play.say(busy(Some(7_000)))
        .say(Event::TimerFired)
        .say(busy(Some(900_000)))
        .say(Event::TimerFired)
        .say(busy(None))
        .say(Event::TimerFired);
    play.log_is("AddItem, wait 7, AddItem, wait 60, AddItem, wait 20, AddItem");
}

#[test]
fn a_session_that_ends_pauses_everything_for_the_same_person() {
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(Event::Failed(Error::SignedOut));
    play.say(Event::Continued).say(Event::Discarded);
    assert!(matches!(play.stage(), Stage::SignedOut { .. }), "nobody is signed in who could say so");
    let journal = Journal::of(&play.state.as_ref().expect("a step puts it back").operation, NOW);
    let [jane, max] = ["jane", "max"].map(|name| Username(name.to_owned()));
    assert!(journal.belongs_to(&plan().portal_key, &jane) && !journal.belongs_to(&plan().portal_key, &max));
    let found = resume(&journal, jane, Some(plan())).with_auto_resume();
    let mut play = Play { state: Some(found), log: Vec::new() };
    play.say(Event::Started).until("show");
    play.log_is("ReadItem, ReadRegistration, FindItem, UpdateItem, ReadItem, GenerateKey, show");
}

#[test]
fn without_a_network_the_person_is_asked_and_reads_come_first() {
    let mut play = Play::of(plan());
    play.until("Register").say(lost());
    for _ in 0..3 {
        play.say(lost()).say(Event::TimerFired);
    }
    play.say(lost());
    assert!(matches!(play.stage(), Stage::Indeterminate { .. }));
    play.say(Event::Continued).say(yes("ReadRegistration"));
    assert_eq!(
        play.log[2..].join(", "),
        "ReadRegistration, wait 2, ReadRegistration, wait 5, ReadRegistration, wait 10, ReadRegistration, ReadRegistration, UpdateItem"
    );
}
