//! Lost answers of every call: what the read shows, and what follows.

use super::*;

fn no() -> Event {
    Event::Failed(refusal(403, "no"))
}

fn holds(app: RegisteredApp) -> Event {
    Event::Answered(Answer::Registration(app, secret("s")))
}

fn shows(item: Item) -> Event {
    Event::Answered(Answer::Item(item))
}

/// Apps that differ from the plan in one respect each.
fn unfit() -> [RegisteredApp; 3] {
    let more = ["premium:user:basemaps", "premium:user:geocode"].map(|id| PrivilegeId(id.to_owned())).to_vec();
    [
        RegisteredApp { privileges: Vec::new(), ..app(false) },
        RegisteredApp { privileges: more, ..app(false) },
        RegisteredApp { referrers: Vec::new(), ..app(false) },
    ]
}

/// The log since `call` was sent.
fn since(play: &Play, call: &str) -> String {
    let at = play.log.iter().position(|entry| entry == call).expect("it was sent");
    play.log[at..].join(", ")
}

#[test]
fn a_lost_expiration_is_sent_again_unless_the_item_shows_it() {
    let mut play = Play::of(plan());
    play.until("UpdateItem").say(lost()).say(shows(ours("i1")));
    assert_eq!(since(&play, "UpdateItem"), "UpdateItem, ReadItem, GenerateKey");
    for expires in [None, Some(END.plus_millis(1_000))] {
        let mut play = Play::of(plan());
        play.until("UpdateItem").say(lost()).say(shows(item("i1", "", expires)));
        assert_eq!(since(&play, "UpdateItem"), "UpdateItem, ReadItem, UpdateItem");
    }
}

#[test]
fn lost_words_are_sent_again_although_the_expiration_is_there() {
    let mut play = Play::of(plan());
    let mut other = plan();
    other.details.title = "Other".to_owned();
    play.until("ReadItem").say(no()).say(Event::Changed(other)).say(yes("FindItem")).say(lost()).say(shows(ours("i1")));
    let tail = since(&play, "ReadItem");
    assert_eq!(tail, "ReadItem, FindItem, UpdateItem, ReadItem, UpdateItem");
}

#[test]
fn a_lost_move_is_sent_again_unless_the_item_is_there() {
    for (folder, next) in [(Some("f1"), "Register"), (None, "MoveItem")] {
        let mut play = Play::of(plan());
        play.until("Register").say(no()).say(Event::Changed(in_new_folder())).until("MoveItem").say(lost());
        let folder = folder.map(|folder| FolderId(folder.to_owned()));
        play.say(shows(Item { folder, ..ours("i1") }));
        assert_eq!(since(&play, "MoveItem"), ["MoveItem, ReadItem, ", next].concat());
    }
}

#[test]
fn a_lost_change_of_the_registration_is_sent_again_unless_it_shows_in_every_respect() {
    let changing = || {
        let mut play = Play::of(plan());
        play.until("Register").say(holds(RegisteredApp { referrers: Vec::new(), ..app(false) }));
        play.until("ReadItem").say(yes("ReadItem")).say(Event::Continued).say(lost());
        play
    };
    let mut play = changing();
    play.say(holds(app(false)));
    assert_eq!(since(&play, "UpdateRegistration"), "UpdateRegistration, ReadRegistration, UpdateItem");
    for app in unfit() {
        let mut play = changing();
        play.say(holds(app.clone()));
        assert_eq!(
            since(&play, "UpdateRegistration"),
            "UpdateRegistration, ReadRegistration, UpdateRegistration",
            "{app:?}"
        );
    }
}

#[test]
fn a_registration_that_stays_lost_is_sent_four_times() {
    let mut play = Play::of(plan());
    play.until("Register");
    for _ in 0..4 {
        play.say(lost()).say(Event::Failed(refusal(400, "not registered")));
    }
    let (register, read) = ("Register", "ReadRegistration");
    assert_eq!(play.log[1..], [register, read, register, read, register, read, register, read]);
    assert!(matches!(play.stage(), Stage::Indeterminate { error: Error::Unreachable, .. }));
}

#[test]
fn a_move_that_stays_lost_is_sent_four_times() {
    let mut play = Play::of(plan());
    play.until("Register").say(no()).say(Event::Changed(in_new_folder())).until("MoveItem");
    for _ in 0..4 {
        play.say(lost()).say(shows(ours("i1")));
    }
    assert_eq!(play.log.iter().filter(|entry| *entry == "MoveItem").count(), 4);
    assert!(matches!(play.stage(), Stage::Indeterminate { .. }));
}

#[test]
fn a_lost_end_of_a_key_is_sent_again_unless_the_slot_is_empty() {
    for (active, next) in [(false, "DeleteItem"), (true, "RevokeKey")] {
        let mut play = Play::of(plan());
        play.until("show").say(Event::Discarded).say(yes("FindItem")).say(holds(app(true)));
        play.say(lost()).say(holds(app(active)));
        assert_eq!(since(&play, "RevokeKey"), ["RevokeKey, ReadRegistration, ", next].concat());
        assert_eq!(play.facts().key.is_revoked(), !active);
    }
}

#[test]
fn a_lost_end_of_a_key_that_another_is_to_replace_is_given_time_to_come() {
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(lost()).say(Event::TimerFired).say(holds(app(true))).say(lost());
    assert_eq!(since(&play, "RevokeKey"), "RevokeKey, wait 40");
    // A refusal is not a late answer.
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(lost()).say(Event::TimerFired).say(holds(app(true))).say(no());
    assert_eq!(since(&play, "RevokeKey"), "RevokeKey, ReadRegistration");
}

#[test]
fn a_lost_deletion_is_sent_again_while_the_item_is_there() {
    let mut play = Play::of(plan());
    play.until("Register").say(no()).say(Event::Discarded).until("DeleteItem").say(lost()).say(shows(ours("i1")));
    assert_eq!(since(&play, "DeleteItem"), "DeleteItem, ReadItem, DeleteItem");
}

#[test]
fn a_lost_read_is_read_again() {
    let mut play = Play::of(plan());
    play.until("ReadItem").say(lost()).say(Event::TimerFired).say(yes("ReadItem"));
    assert_eq!(since(&play, "ReadItem"), "ReadItem, wait 2, ReadItem, ReadRegistration");
}

#[test]
fn a_folder_that_is_known_takes_the_item_without_a_call() {
    let folder = FolderId("f9".to_owned());
    let play = Play::of(Plan { folder: Destination::Known { id: folder.clone(), title: "Keys".to_owned() }, ..plan() });
    let [Call::AddItem { folder: sent, .. }] = &sent(&play)[..] else { panic!("{:?}", play.stage()) };
    assert_eq!(*sent, Some(folder));
}

#[test]
fn a_state_tells_whether_a_key_may_live_unseen() {
    let unseen = |change: fn(&mut Facts), stage: Stage| {
        let mut state = State { stage, ..begin(plan()) };
        state.operation.facts.key = KeySlot::recorded(KeyState::Unseen, false, None, Timestamp(0));
        change(&mut state.operation.facts);
        state.may_have_unseen_key()
    };
    assert!(unseen(|_| {}, Stage::Ready));
    assert!(!unseen(|facts| facts.key = KeySlot::default(), Stage::Ready));
    assert!(!unseen(|facts| facts.key.shown(Timestamp(0)), Stage::Ready));
    assert!(!unseen(|facts| facts.key.revoked(), Stage::Ready));
    assert!(!unseen(|_| {}, Stage::RolledBack));
}

#[test]
fn a_beginning_is_neither_an_end_nor_a_way_back() {
    let state = begin(plan());
    assert!(!state.is_over() && !state.is_settled() && !state.is_rolling_back());
    let mut play = Play::of(plan());
    play.until("Register").say(no()).say(Event::Discarded);
    assert!(play.state.as_ref().is_some_and(State::is_rolling_back));
}

#[test]
fn what_was_made_twice_is_deleted_as_soon_as_it_is_found() {
    let mut play = Play::of(plan());
    let both = Answer::Items(vec![ours("i1"), ours("i2")]);
    play.until("AddItem").say(lost()).say(Event::TimerFired).say(Event::Answered(both)).say(yes("DeleteItem"));
    play.log_is("AddItem, wait 2, FindItem, DeleteItem, Register");
}

#[test]
fn a_folder_that_is_gone_is_made_again_for_a_move() {
    let mut play = Play::of(plan());
    let id = FolderId("gone".to_owned());
    let known = Plan { folder: Destination::Known { id, title: "Keys".to_owned() }, ..plan() };
    play.until("Register").say(no()).say(Event::Changed(known)).until("MoveItem");
    play.say(Event::Failed(refusal(400, "Xyz."))).say(Event::Continued).until("Register");
    assert_eq!(since(&play, "MoveItem"), "MoveItem, ListFolders, CreateFolder, MoveItem, Register");
    assert!(play.facts().item.is_requested());
}

#[test]
fn an_item_that_may_be_gone_is_read_where_its_move_was_refused() {
    let mut play = Play::of(plan());
    let known =
        Plan { folder: Destination::Known { id: FolderId("f9".to_owned()), title: "Keys".to_owned() }, ..plan() };
    play.until("Register").say(no()).say(Event::Changed(known)).until("MoveItem");
    let folders = vec![Folder { id: FolderId("f9".to_owned()), title: "Keys".to_owned() }];
    play.say(gone()).say(Event::Continued).say(Event::Answered(Answer::Folders(folders)));
    assert_eq!(since(&play, "MoveItem"), "MoveItem, ListFolders, ReadItem");
}
