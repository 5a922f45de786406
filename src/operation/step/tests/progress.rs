//! How far the person sees it get.

use super::*;

/// The steps, and how each is getting on: `Item Done, Registration Running`.
fn line(play: &Play) -> String {
    let progress = play.state.as_ref().expect("a step puts it back").progress();
    progress.iter().map(|(step, status)| format!("{step:?} {status:?}")).collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn check(play: &Play, expected: &str) {
    assert_eq!(line(play), expected, "{:?}", play.log);
}

#[test]
fn each_step_is_done_when_its_request_was_answered() {
    let before = Play { state: Some(begin(in_new_folder())), log: Vec::new() };
    check(&before, "Folder Ahead, Item Ahead, Registration Ahead, Expiration Ahead, Key Ahead");
    let mut play = Play::of(in_new_folder());
    check(&play, "Folder Running, Item Ahead, Registration Ahead, Expiration Ahead, Key Ahead");
    play.until("AddItem").say(lost());
    check(&play, "Folder Done, Item Waiting, Registration Ahead, Expiration Ahead, Key Ahead");
    play.say(Event::Woke);
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
fn the_step_that_stopped_is_the_one_to_mend() {
    let mut play = Play::of(Plan { key_now: false, ..plan() });
    play.until("Register").say(Event::Failed(refusal(403, "no")));
    check(&play, "Item Done, Registration Stopped, Expiration Ahead");
    play.say(Event::Continued).say(Event::Failed(Error::SignedOut));
    check(&play, "Item Done, Registration Stopped, Expiration Ahead");
    let mut play = Play::of(plan());
    play.until("ReadItem").say(Event::Answered(Answer::Item(item("i1", "", None))));
    check(&play, "Item Done, Registration Done, Expiration Stopped, Key Ahead");
    let mut play = Play::of(plan());
    let fewer = App { privileges: Vec::new(), ..app(false) };
    play.until("Register").say(Event::Answered(Answer::App(fewer, secret("s")))).until("ReadItem").say(yes("ReadItem"));
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
