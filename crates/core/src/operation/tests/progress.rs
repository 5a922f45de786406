//! The progress that the person sees.

use super::reload::read_back;
use super::*;

/// The steps, each with its status: `Item Done, Registration Running`.
fn line(play: &Play, of: impl Fn(StepStatus) -> StepStatus) -> String {
    let progress = play.state.as_ref().expect("a step puts it back").progress();
    progress.into_iter().map(|(step, status)| format!("{step:?} {:?}", of(status))).collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn check(play: &Play, expected: &str) {
    assert_eq!(line(play, |status| status), expected, "{:?}", play.log);
}

#[test]
fn without_a_network_no_step_runs() {
    let mut play = Play::of(plan());
    play.until("Register");
    assert_eq!(line(&play, StepStatus::offline), "Item Done, Registration Waiting, Expiration Ahead, Key Ahead");
}

#[test]
fn each_step_is_done_when_its_request_was_answered() {
    let before = Play { state: Some(begin(in_new_folder())), log: Vec::new() };
    check(&before, "Folder Ahead, Item Ahead, Registration Ahead, Expiration Ahead, Key Ahead");
    let mut play = Play::of(in_new_folder());
    check(&play, "Folder Running, Item Ahead, Registration Ahead, Expiration Ahead, Key Ahead");
    play.until("AddItem").say(lost());
    check(&play, "Folder Done, Item Waiting, Registration Ahead, Expiration Ahead, Key Ahead");
    play.say(Event::TimerFired);
    check(&play, "Folder Done, Item Checking, Registration Ahead, Expiration Ahead, Key Ahead");
    play.until("Register");
    check(&play, "Folder Done, Item Done, Registration Running, Expiration Ahead, Key Ahead");
    play.until("ReadItem");
    check(&play, "Folder Done, Item Done, Registration Done, Expiration Running, Key Ahead");
    play.until("GenerateKey");
    check(&play, "Folder Done, Item Done, Registration Done, Expiration Done, Key Running");
    play.until("show");
    check(&play, "Folder Done, Item Done, Registration Done, Expiration Done, Key Done");
}

#[test]
fn the_step_that_stopped_is_the_one_to_fix() {
    let mut play = Play::of(Plan { key_now: false, ..plan() });
    play.until("Register").say(Event::Failed(refusal(403, "no")));
    check(&play, "Item Done, Registration Stopped, Expiration Ahead");
    play.say(Event::Continued).say(Event::Failed(Error::SignedOut));
    check(&play, "Item Done, Registration Stopped, Expiration Ahead");
    let mut play = Play::of(plan());
    play.until("ReadItem").say(Event::Answered(Answer::Item(item("i1", "", None))));
    check(&play, "Item Done, Registration Done, Expiration Stopped, Key Ahead");
    let mut play = Play::of(plan());
    let fewer = RegisteredApp { privileges: Vec::new(), ..app(false) };
    play.until("Register")
        .say(Event::Answered(Answer::Registration(fewer, secret("s"))))
        .until("ReadItem")
        .say(yes("ReadItem"));
    check(&play, "Item Done, Registration Stopped, Expiration Done, Key Ahead");
}

#[test]
fn an_expiration_that_was_sent_and_not_read_is_not_done() {
    let mut play = Play::of(plan());
    let mut other = plan();
    other.grants.referrers.clear();
    play.until("ReadItem").say(Event::Failed(refusal(403, "no"))).say(Event::Changed(other));
    check(&play, "Item Done, Registration Running, Expiration Ahead, Key Ahead");
}

#[test]
fn a_key_that_was_shown_has_not_stopped_and_a_rollback_shows_no_progress() {
    let mut play = Play::of(plan());
    play.until("show");
    let found = read_back(&play);
    assert_eq!(*found.stage(), Stage::Recovered(KeyStatus::ShownOnly));
    check(&found, "Item Done, Registration Done, Expiration Done, Key Done");
    play.say(Event::Copied);
    check(&read_back(&play), "Item Done, Registration Done, Expiration Done, Key Done");
    let mut play = Play::of(plan());
    play.until("Register").say(Event::Failed(refusal(403, "no"))).say(Event::Discarded).until("forget");
    assert_eq!(*play.stage(), Stage::RolledBack);
    check(&play, "");
}

fn state(play: &Play) -> &State {
    play.state.as_ref().expect("a step puts it back")
}

/// Whether it is in progress, and whether it continues toward its goal.
fn operation(play: &Play) -> (bool, bool) {
    (state(play).is_in_progress(), state(play).resumes_by_itself())
}

#[test]
fn it_is_at_work_as_long_as_it_asks_nobody() {
    let mut play = Play::of(plan());
    assert_eq!(operation(&play), (true, true), "a request is on its way");
    play.say(lost());
    assert_eq!(operation(&play), (true, true), "it waits");
    play.until("Register").say(Event::Failed(refusal(403, "no")));
    assert_eq!(operation(&play), (false, false), "it was refused");
    play.say(Event::Continued).say(Event::Failed(Error::SignedOut));
    assert_eq!(operation(&play), (true, true), "nobody is signed in");
    let mut play = Play::of(plan());
    play.until("show");
    assert_eq!(operation(&play), (false, false), "the key is there");
}

#[test]
fn a_look_around_continues_to_no_key_unless_asked_to() {
    for auto_resume in [false, true] {
        let journal = Journal::of(&state(&Play::of(plan())).operation, NOW);
        let found = resume(&journal, Username("jane".to_owned()), Some(plan()));
        let found = if auto_resume { found.with_auto_resume() } else { found };
        let mut play = Play { state: Some(found), log: Vec::new() };
        play.say(Event::Started);
        assert_eq!(operation(&play), (true, auto_resume));
    }
}

#[test]
fn a_key_lives_from_its_answer_to_its_end() {
    let lives = |play: &Play| state(play).has_live_key();
    let mut play = Play::of(plan());
    play.until("GenerateKey");
    assert!(!lives(&play));
    play.until("show");
    assert!(lives(&play), "it was shown");
    play.say(Event::Discarded).say(yes("FindItem")).say(Event::Answered(Answer::Registration(app(true), secret("s"))));
    assert!(lives(&play), "its end is on its way");
    play.until("DeleteItem");
    assert!(!lives(&play));
}

#[test]
fn a_key_for_later_needs_no_look_at_the_registration() {
    let mut play = Play::of(Plan { key_now: false, ..plan() });
    play.until("ReadItem").say(Event::Failed(refusal(403, "no"))).say(Event::Continued).say(yes("ReadItem"));
    play.log_is("AddItem, Register, UpdateItem, ReadItem, ReadItem, wait 2");
}
