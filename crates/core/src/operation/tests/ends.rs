//! The rollback, and the cleanup after the end.

use super::*;

fn no() -> Event {
    Event::Failed(refusal(403, "no"))
}

fn none() -> Event {
    Event::Answered(Answer::Items(Vec::new()))
}

/// The person has the key; the search for a duplicate is in flight.
fn sweeping() -> Play {
    let mut play = Play::of(plan());
    play.until("show").say(Event::Acknowledged).say(Event::TimerFired);
    play.log = play.log.split_off(7);
    play.log_is("FindItem");
    play
}

fn is_settled(play: &Play) -> bool {
    play.state.as_ref().is_some_and(State::is_settled)
}

#[test]
fn a_key_that_was_not_made_needs_no_ending() {
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(no()).until("ReadRegistration").say(yes("ReadRegistration"));
    play.say(Event::Discarded).until("forget");
    assert_eq!(play.log[5..].join(", "), "wait 5, ReadRegistration, FindItem, DeleteItem, forget");
}

#[test]
fn where_no_key_was_asked_for_the_item_is_deleted_at_once() {
    let mut play = Play::of(plan());
    play.until("UpdateItem").say(no()).say(Event::Discarded).until("forget");
    assert_eq!(play.log[2..].join(", "), "UpdateItem, FindItem, DeleteItem, forget");
}

#[test]
fn an_item_whose_answer_was_lost_is_looked_for_three_times_on_the_way_back() {
    let mut play = Play::of(plan());
    play.say(lost()).say(Event::Discarded);
    for _ in 0..3 {
        play.say(Event::TimerFired).say(none());
    }
    play.log_is("AddItem, wait 2, wait 2, FindItem, wait 36, FindItem, wait 10, FindItem, forget");
}

#[test]
fn what_may_be_there_twice_is_looked_for_although_one_is_gone() {
    let mut play = Play::of(plan());
    play.say(lost())
        .say(Event::TimerFired)
        .say(none())
        .say(Event::TimerFired)
        .say(none())
        .say(Event::TimerFired)
        .say(none());
    play.until("ReadItem").say(yes("ReadItem")).say(no()).say(Event::Discarded);
    play.log = Vec::new();
    play.say(Event::TimerFired).say(Event::Failed(refusal(404, "no such folder"))).log_is("FindItem, FindItem");
    play.say(none()).log_is("FindItem, FindItem, forget");
}

#[test]
fn a_look_after_the_end_is_tried_four_times_and_left_to_the_next_session() {
    let mut play = sweeping();
    for _ in 0..3 {
        play.say(lost()).say(Event::TimerFired);
    }
    assert!(!is_settled(&play));
    play.say(lost()).log_is("FindItem, wait 2, FindItem, wait 5, FindItem, wait 10, FindItem");
    assert!(is_settled(&play));
}

#[test]
fn a_look_after_the_end_that_stays_refused_is_the_last_unless_a_duplicate_is_known() {
    let mut play = sweeping();
    for _ in 0..3 {
        play.say(no()).say(Event::TimerFired);
    }
    play.say(no()).log_is("FindItem, wait 2, FindItem, wait 5, FindItem, wait 10, FindItem, forget");
    let mut play = sweeping();
    play.say(Event::Answered(Answer::Items(vec![ours("i0"), ours("i1")])));
    for _ in 0..3 {
        play.say(no()).say(Event::TimerFired);
    }
    play.say(no()).log_is("FindItem, DeleteItem, wait 2, DeleteItem, wait 5, DeleteItem, wait 10, DeleteItem");
    assert!(is_settled(&play));
}

#[test]
fn a_failure_after_the_end_is_forgiven_once_a_look_succeeds() {
    let mut play = sweeping();
    play.say(lost()).say(Event::TimerFired).say(Event::Answered(Answer::Items(vec![ours("i0"), ours("i1")])));
    play.say(lost()).until("forget");
    play.log_is("FindItem, wait 2, FindItem, DeleteItem, wait 2, DeleteItem, forget");
}

#[test]
fn a_duplicate_that_is_gone_already_is_as_good_as_deleted() {
    let mut play = sweeping();
    play.say(Event::Answered(Answer::Items(vec![ours("i0"), ours("i1")])));
    play.say(Event::Failed(refusal(404, "gone"))).log_is("FindItem, DeleteItem, forget");
}

#[test]
fn an_end_without_an_item_leaves_nothing_to_look_for() {
    let journal = Journal { finished: true, ..Journal::of(&begin(plan()).operation, NOW) };
    let mut play = Play { state: Some(resume(&journal, Username("jane".to_owned()), None)), log: Vec::new() };
    play.say(Event::Started).log_is("forget");
}
