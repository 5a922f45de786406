//! Every refusal of the portal, at every call.

use super::reload::{read_back, resumed};
use super::*;

fn no() -> Event {
    Event::Failed(refusal(403, "no"))
}

fn taken() -> Event {
    Event::Answered(Answer::Registration(app(true), secret("s")))
}

/// The refusal that the person sees.
#[track_caller]
fn refused(play: &Play) -> String {
    let Stage::Refused { call, .. } = play.stage() else { panic!("{:?} {:?}", play.log, play.stage()) };
    name(call)
}

/// A key was shown and is being rolled back; `ReadRegistration` is in flight.
fn taking_a_key_back() -> Play {
    let mut play = Play::of(plan());
    play.until("show").say(Event::Discarded).say(yes("FindItem"));
    play.log = play.log.split_off(7);
    play.log_is("ReadRegistration");
    play
}

/// The portal granted less, the person accepted, and the registration is read for its secret.
fn agreed() -> Play {
    let mut play = Play::of(plan());
    let fewer = RegisteredApp { privileges: Vec::new(), ..app(false) };
    play.until("Register").say(Event::Answered(Answer::Registration(fewer, secret("s")))).until("ReadItem");
    play.say(yes("ReadItem")).say(Event::Confirmed).log_is("AddItem, Register, UpdateItem, ReadItem, ReadRegistration");
    play
}

/// The item was requested twice, and the search for a duplicate before the key is in flight.
fn doubled() -> Play {
    let none = || Event::Answered(Answer::Items(Vec::new()));
    let mut play = Play::of(plan());
    play.say(lost())
        .say(Event::TimerFired)
        .say(none())
        .say(Event::TimerFired)
        .say(none())
        .say(Event::TimerFired)
        .say(none());
    play.until("ReadItem").say(yes("ReadItem"));
    play.log = play.log.split_off(11);
    play.log_is("FindItem");
    play
}

#[test]
fn a_registration_that_is_forbidden_to_a_person_who_lacks_nothing_is_closed_to_this_app() {
    let closed = |play: &Play, lacking: &[PrivilegeId]| {
        play.state.as_ref().is_some_and(|state| state.is_registration_closed(lacking))
    };
    let lacks = [PrivilegeId("portal:user:generateApiTokens".to_owned())];
    for (code, is_forbidden) in [(403, true), (401, true), (400, false), (500, false)] {
        let mut play = Play::of(plan());
        play.until("Register").say(Event::Failed(refusal(code, "no")));
        assert_eq!(closed(&play, &[]), is_forbidden, "{code}");
        assert!(!closed(&play, &lacks), "{code}");
    }
    let mut play = Play::of(plan());
    play.say(no());
    assert_eq!(refused(&play), "AddItem");
    assert!(!closed(&play, &[]), "another request says nothing of this");
    let mut play = Play::of(plan());
    play.until("Register").say(no()).say(Event::Discarded);
    assert!(!closed(&play, &[]), "on the way back already");
}

#[test]
fn a_portal_that_stays_busy_is_asked_six_times() {
    let mut play = Play::of(plan());
    let busy = || Event::Failed(Error::Busy { wait_ms: None });
    for _ in 0..5 {
        play.say(busy()).say(Event::TimerFired);
    }
    assert_eq!(play.log.iter().filter(|entry| *entry == "AddItem").count(), 6);
    play.say(busy());
    assert!(matches!(play.stage(), Stage::Indeterminate { error: Error::Busy { .. }, .. }));
    play.say(Event::Continued).say(busy());
    assert!(matches!(play.stage(), Stage::Waiting { .. }));
}

#[test]
fn an_item_whose_making_breaks_inside_the_portal_is_looked_for() {
    let mut play = Play::of(plan());
    play.say(Event::Failed(refusal(500, "Unable to do that.")))
        .say(Event::TimerFired)
        .log_is("AddItem, wait 2, FindItem");
}

#[test]
fn a_deletion_that_is_refused_is_the_persons_to_know_unless_the_item_is_gone() {
    let deleting = || {
        let mut play = Play::of(plan());
        play.until("Register").say(no()).say(Event::Discarded).say(yes("FindItem"));
        play
    };
    assert_eq!(refused(deleting().say(no())), "DeleteItem");
    deleting().say(gone()).log_is("AddItem, Register, FindItem, DeleteItem, forget");
}

#[test]
fn only_a_creation_that_made_something_and_showed_no_key_would_stay_unfinished() {
    let would_stay = |play: &Play| play.state.as_ref().is_some_and(State::would_stay_unfinished);
    let mut play = Play::of(plan());
    play.say(no());
    assert!(!would_stay(&play), "the item was refused");
    let mut play = Play::of(plan());
    play.until("Register");
    assert!(would_stay(&play));
    play.say(no()).say(Event::Discarded);
    assert!(!would_stay(&play), "it is rolled back");
    let mut play = Play::of(plan());
    play.until("show");
    assert!(!would_stay(&play), "the key is shown");
    assert!(!would_stay(&resumed("show", Some(plan()))), "the key was shown before a reload, and is looked for");
    let mut found = read_back(&play);
    assert!(!would_stay(&found), "the key was shown before a reload");
    assert!(would_stay(found.say(Event::Continued)), "the key is being replaced");
    assert!(!would_stay(play.say(Event::Acknowledged)), "it is finished");
}

#[test]
fn a_key_that_is_forbidden_is_looked_for_and_does_not_exist() {
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(no()).until("ReadRegistration").say(yes("ReadRegistration"));
    assert_eq!(refused(&play), "GenerateKey");
    let state = play.state.as_ref().expect("it goes on");
    assert!(!state.may_have_unseen_key() && !state.has_live_key());
}

#[test]
fn a_key_that_cannot_be_ended_is_asked_about_twice_before_the_person_is() {
    let mut play = taking_a_key_back();
    play.say(taken()).say(no()).say(taken()).say(no()).say(taken());
    play.log_is("ReadRegistration, RevokeKey, ReadRegistration, RevokeKey, ReadRegistration");
    assert_eq!(refused(&play), "RevokeKey");
    play.say(Event::Discarded)
        .until("forget")
        .log_is("ReadRegistration, RevokeKey, ReadRegistration, RevokeKey, ReadRegistration, DeleteItem, forget");
}

#[test]
fn a_key_whose_registration_is_gone_needs_no_ending() {
    taking_a_key_back().say(gone()).until("forget").log_is("ReadRegistration, DeleteItem, forget");
    taking_a_key_back()
        .say(taken())
        .say(lost())
        .say(gone())
        .until("forget")
        .log_is("ReadRegistration, RevokeKey, ReadRegistration, DeleteItem, forget");
}

#[test]
fn a_registration_that_cannot_be_read_is_read_twice_on_the_way_back() {
    let mut play = taking_a_key_back();
    play.say(no()).log_is("ReadRegistration, ReadRegistration");
    assert_eq!(refused(play.say(no())), "ReadRegistration");
    play.say(Event::Discarded).until("forget").log_is("ReadRegistration, ReadRegistration, DeleteItem, forget");
}

#[test]
fn a_registration_that_cannot_be_read_stops_the_way_to_the_key() {
    for answer in [no, gone] {
        let mut play = agreed();
        assert_eq!(refused(play.say(answer())), "ReadRegistration");
        play.log = Vec::new();
        play.say(Event::Discarded).until("forget").log_is("FindItem, DeleteItem, forget");
    }
}

#[test]
fn an_item_that_cannot_be_read_stops_the_way_to_the_key() {
    for answer in [no, gone] {
        let mut play = Play::of(plan());
        play.until("ReadItem").say(answer());
        assert_eq!(refused(&play), "ReadItem");
    }
}

#[test]
fn an_item_that_is_gone_is_made_again_when_the_person_says_so() {
    let mut play = Play::of(plan());
    play.until("ReadItem").say(gone()).say(Event::Continued);
    play.log_is("AddItem, Register, UpdateItem, ReadItem, AddItem");
}

#[test]
fn an_item_that_may_be_gone_is_read_when_the_person_tries_again() {
    let mut play = Play::of(plan());
    play.until("Register").say(Event::Failed(refusal(404, "gone"))).say(Event::Failed(refusal(404, "gone")));
    play.say(Event::Continued).log_is("AddItem, Register, ReadRegistration, ReadItem");
}

#[test]
fn a_folder_that_is_gone_is_made_again() {
    let known = Destination::Known { id: FolderId("f9".to_owned()), title: "Keys".to_owned() };
    let mut play = Play::of(Plan { folder: known, ..plan() });
    play.say(Event::Failed(refusal(400, "Xyz."))).say(Event::Continued).until("Register");
    play.log_is("AddItem, ListFolders, CreateFolder, AddItem, Register");
    assert!(!play.facts().item.may_be_doubled());
}

#[test]
fn a_folder_that_is_still_there_is_not_made_again() {
    let known = Destination::Known { id: FolderId("f9".to_owned()), title: "Keys".to_owned() };
    for refused in [refusal(400, "Xyz."), refusal(403, "Xyz.")] {
        let reads = matches!(&refused, Error::Refused(refusal) if refusal.code == 400);
        let mut play = Play::of(Plan { folder: known.clone(), ..plan() });
        play.say(Event::Failed(refused)).say(Event::Continued);
        if reads {
            let folders = vec![Folder { id: FolderId("f9".to_owned()), title: "Keys".to_owned() }];
            play.say(Event::Answered(Answer::Folders(folders)));
        }
        play.log_is(if reads { "AddItem, ListFolders, AddItem" } else { "AddItem, AddItem" });
    }
}

/// A credential in a folder, whose item was requested without an answer, is searched for after a reload.
fn looking_in_a_folder() -> Play {
    let mut play = Play::of(in_new_folder());
    play.say(yes("CreateFolder")).say(lost()).say(Event::Discarded);
    play.say(Event::TimerFired).say(Event::Answered(Answer::Items(Vec::new())));
    play.say(Event::TimerFired);
    assert_eq!(play.log.last().map(String::as_str), Some("FindItem"));
    play
}

#[test]
fn a_folder_that_cannot_be_looked_through_is_gone_only_if_the_folders_say_so() {
    let refused_look = || {
        let mut play = looking_in_a_folder();
        play.say(Event::Failed(refusal(400, "Xyz.")));
        assert_eq!(play.log.last().map(String::as_str), Some("ListFolders"));
        play
    };
    let mut gone = refused_look();
    gone.say(yes("ListFolders")).until("forget");
    assert_eq!(*gone.stage(), Stage::RolledBack);
    let folders = vec![Folder { id: FolderId("f1".to_owned()), title: "Keys".to_owned() }];
    let mut there = refused_look();
    assert_eq!(refused(there.say(Event::Answered(Answer::Folders(folders)))), "FindItem");
    let mut unread = refused_look();
    assert_eq!(refused(unread.say(no())), "FindItem");
}

#[test]
fn a_lost_item_whose_folder_is_gone_is_asked_for_in_a_new_one_once_the_person_agrees() {
    let mut play = Play::of(in_new_folder());
    play.say(yes("CreateFolder")).say(lost()).say(Event::TimerFired).say(Event::Failed(refusal(400, "Xyz.")));
    assert_eq!(refused(play.say(yes("ListFolders"))), "AddItem");
    play.say(Event::Continued).until("Register");
    play.log_is("CreateFolder, AddItem, wait 2, FindItem, ListFolders, CreateFolder, AddItem, Register");
}

#[test]
fn an_item_without_a_folder_to_look_in_goes_with_it_on_the_way_back() {
    let back = || {
        let mut play = Play::of(plan());
        play.until("Register").say(no()).say(Event::Discarded);
        play
    };
    back().say(gone()).log_is("AddItem, Register, FindItem, forget");
    assert_eq!(refused(back().say(no())), "FindItem");
    assert_eq!(refused(doubled().say(gone())), "FindItem");
}

#[test]
fn a_look_for_a_lost_item_that_is_refused_leaves_it_unsure() {
    let mut play = Play::of(plan());
    play.say(lost()).say(Event::TimerFired).say(no());
    assert!(matches!(play.stage(), Stage::Indeterminate { .. }));
    let mut play = Play::of(plan());
    play.say(lost()).say(Event::TimerFired).say(gone());
    assert_eq!(refused(&play), "AddItem");
}

#[test]
fn a_lost_change_of_an_item_that_is_gone_is_reported_as_its_loss() {
    for (answer, told) in [(gone(), "ReadItem"), (no(), "UpdateItem")] {
        let mut play = Play::of(plan());
        play.until("UpdateItem").say(lost()).say(answer);
        assert_eq!(refused(&play), told);
    }
}

#[test]
fn what_may_be_there_twice_is_looked_for_again_on_the_way_back() {
    let mut play = doubled();
    play.say(yes("FindItem")).say(no()).until("ReadRegistration").say(yes("ReadRegistration"));
    play.say(Event::Discarded).say(Event::TimerFired);
    play.log_is("FindItem, GenerateKey, wait 5, ReadRegistration, wait 90, FindItem");
}

#[test]
fn what_was_made_sure_to_be_there_once_is_not_looked_for_again() {
    let mut play = Play::of(plan());
    play.until("Register").say(no()).say(Event::Changed(in_new_folder()));
    play.say(yes("CreateFolder")).say(yes("FindItem")).say(yes("MoveItem")).say(no());
    play.log = Vec::new();
    play.say(Event::Discarded).until("forget").log_is("DeleteItem, forget");
}

#[test]
fn the_client_secret_is_not_kept_while_the_portal_is_busy_and_the_key_is_not_put_off_for_ever() {
    let busy = || Event::Failed(Error::Busy { wait_ms: None });
    let mut play = Play::of(plan());
    play.until("GenerateKey");
    for _ in 0..5 {
        assert!(play.facts().secret_held);
        play.say(busy());
        assert!(!play.facts().secret_held);
        play.say(Event::TimerFired).say(yes("ReadRegistration"));
    }
    play.say(busy());
    assert!(matches!(play.stage(), Stage::Indeterminate { error: Error::Busy { .. }, .. }));
    play.say(Event::Continued).say(yes("ReadRegistration")).say(busy());
    let log = play.log.join(", ");
    // The delay doubles if the portal does not give one.
    for seconds in [5, 10, 20, 40, 60] {
        let put_off = format!("GenerateKey, wait {seconds}, ReadRegistration");
        assert_eq!(log.matches(&put_off).count(), 1, "{log}");
    }
    assert!(log.ends_with("GenerateKey, ReadRegistration, GenerateKey, wait 5"), "{log}");
}

#[test]
fn a_registration_that_cannot_be_read_after_a_lost_key_is_what_was_refused() {
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(lost()).say(Event::TimerFired).say(Event::Failed(refusal(400, "not now")));
    assert!(matches!(play.stage(), Stage::Refused { call: Call::ReadRegistration { .. }, .. }), "{:?}", play.stage());
    play.say(Event::Continued).say(Event::Answered(Answer::Registration(app(true), secret("s"))));
    assert_eq!(play.log.last().map(String::as_str), Some("RevokeKey"));
}

#[test]
fn a_key_that_was_given_up_is_none_that_is_known_to_be_dead() {
    let active = || Event::Answered(Answer::Registration(app(true), secret("s")));
    let mut play = Play::of(plan());
    play.until("show").say(Event::Discarded).say(yes("FindItem")).say(active());
    for _ in 0..2 {
        play.say(Event::Failed(refusal(400, "No."))).say(active());
    }
    assert_eq!(refused(&play), "RevokeKey");
    play.say(Event::Discarded);
    assert_eq!(play.log.last().map(String::as_str), Some("DeleteItem"));
    play.say(Event::Failed(refusal(400, "No.")));
    assert!(play.state.as_ref().expect("a step puts it back").has_live_key());
    play.say(Event::Continued).until("forget");
    assert!(play.facts().key.is_given_up(), "it is told at the end");
}

#[test]
fn a_key_for_later_leaves_no_key_behind_that_was_made_before() {
    let later = || Event::Changed(Plan { key_now: false, ..plan() });
    let active = || Event::Answered(Answer::Registration(app(true), secret("s")));
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(lost()).say(Event::TimerFired).say(Event::Failed(refusal(400, "not now")));
    play.say(later()).say(active()).until("FindItem");
    assert!(
        play.log.join(", ").ends_with("ReadRegistration, RevokeKey, UpdateItem, ReadItem, wait 2, FindItem"),
        "{:?}",
        play.log
    );
    assert_eq!(*play.stage(), Stage::CreatedWithoutKey);
}

#[test]
fn a_key_that_cannot_be_ended_keeps_its_credential_from_being_made_without_one() {
    let active = || Event::Answered(Answer::Registration(app(true), secret("s")));
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(lost()).say(Event::TimerFired).say(Event::Failed(refusal(400, "not now")));
    play.say(Event::Changed(Plan { key_now: false, ..plan() })).say(active());
    play.say(Event::Failed(refusal(403, "no"))).say(active()).say(Event::Failed(refusal(403, "no"))).say(active());
    assert!(
        matches!(play.stage(), Stage::Refused { call: Call::RevokeKey { .. }, .. }),
        "{:?} {:?}",
        play.stage(),
        play.log
    );
}

#[test]
fn a_key_that_was_put_off_or_never_sent_is_none_that_may_live() {
    for error in [Error::SignedOut, Error::Busy { wait_ms: None }] {
        let mut play = Play::of(plan());
        play.until("GenerateKey").say(Event::Failed(error));
        assert!(!play.facts().key.is_sent());
        let mut play = Play::of(plan());
        play.until("GenerateKey").say(lost()).say(Event::Failed(Error::SignedOut));
        assert!(play.facts().key.is_sent());
    }
}
