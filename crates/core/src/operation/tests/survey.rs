//! The reads and the conclusions of an inspection after a reload.

use super::*;

fn no() -> Event {
    Event::Failed(refusal(403, "no"))
}

/// There is no registration to read.
fn none_read() -> Event {
    Event::Failed(refusal(404, "gone"))
}

fn none() -> Event {
    Event::Answered(Answer::Items(Vec::new()))
}

/// A page that died while `at` was in flight, and has begun to inspect.
fn died(plan: Plan, at: &str) -> Play {
    let mut play = Play::of(plan.clone());
    play.until(at);
    let journal = Journal::of(&play.state.expect("a step puts it back").operation, NOW);
    let mut play = Play { state: Some(resume(&journal, Username("jane".to_owned()), Some(plan))), log: Vec::new() };
    play.say(Event::Started);
    play
}

/// The same, with the right item and this registration.
fn found(at: &str, app: RegisteredApp) -> Play {
    let mut play = died(plan(), at);
    play.say(yes("ReadItem")).say(Event::Answered(Answer::Registration(app, secret("s"))));
    play
}

#[test]
fn an_item_nobody_asked_for_is_not_looked_for() {
    let play = died(in_new_folder(), "CreateFolder");
    play.log_is("");
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::None));
}

#[test]
fn a_lost_item_is_looked_for_everywhere_and_in_its_folder() {
    for (plan, looks) in [(plan(), 1), (in_new_folder(), 2)] {
        let mut play = died(plan, "AddItem");
        for _ in 0..looks {
            assert!(matches!(play.stage(), Stage::Running(_)));
            play.say(none());
        }
        assert_eq!((play.stage(), play.log.len()), (&Stage::Recovered(KeyStatus::None), looks));
    }
}

#[test]
fn a_key_this_operation_did_not_ask_for_is_not_its_own() {
    assert_eq!(*found("UpdateItem", app(true)).stage(), Stage::Recovered(KeyStatus::None));
}

/// A requested key has had its time to arrive, and has not.
fn found_in_vain(now: &RegisteredApp) -> Play {
    let mut play = found("GenerateKey", now.clone());
    play.say(Event::TimerFired).say(Event::Answered(Answer::Registration(now.clone(), secret("s"))));
    play
}

#[test]
fn an_end_that_was_asked_for_is_given_its_time_to_come() {
    let taken = || Event::Answered(Answer::Registration(app(true), secret("s")));
    for (now, log) in [
        (app(true), "ReadItem, ReadRegistration, wait 40, ReadRegistration"),
        (app(false), "ReadItem, ReadRegistration"),
    ] {
        let mut play = Play::of(plan());
        play.until("show").say(Event::Continued).say(taken());
        let mut play = again(play);
        play.say(yes("ReadItem")).say(Event::Answered(Answer::Registration(now, secret("s"))));
        play.say(Event::TimerFired).log_is(log);
        play.say(taken());
        assert!(
            !Journal::of(&play.state.expect("a step puts it back").operation, NOW).key_ending,
            "it is waited for once"
        );
    }
}

/// The page dies again and inspects.
fn again(play: Play) -> Play {
    again_with(play, plan())
}

fn again_with(play: Play, plan: Plan) -> Play {
    let journal = Journal::of(&play.state.expect("a step puts it back").operation, NOW);
    let mut play = Play { state: Some(resume(&journal, Username("jane".to_owned()), Some(plan))), log: Vec::new() };
    play.say(Event::Started);
    play
}

#[test]
fn a_key_that_was_asked_for_after_the_end_of_another_is_given_its_time_too() {
    let taken = || Event::Answered(Answer::Registration(app(true), secret("s")));
    let mut play = Play::of(plan());
    play.until("show").say(Event::Continued).say(taken());
    let mut play = again(play);
    play.say(yes("ReadItem")).say(yes("ReadRegistration")).say(Event::Continued).until("GenerateKey");
    again(play).say(yes("ReadItem")).say(yes("ReadRegistration")).log_is("ReadItem, ReadRegistration, wait 40");
}

#[test]
fn an_end_that_was_refused_is_not_waited_for() {
    for no in [no(), Event::Failed(Error::SignedOut), Event::Failed(Error::Busy { wait_ms: None })] {
        let mut play = Play::of(plan());
        play.until("show")
            .say(Event::Continued)
            .say(Event::Answered(Answer::Registration(app(true), secret("s"))))
            .say(no);
        let mut play = again(play);
        play.say(yes("ReadItem")).say(Event::Answered(Answer::Registration(app(true), secret("s"))));
        play.log_is("ReadItem, ReadRegistration");
        assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::ShownOnly));
    }
}

#[test]
fn the_end_of_a_key_that_somebody_else_made_is_given_its_time_too() {
    let mut play = Play::of(plan());
    let taken = || Event::Answered(Answer::Registration(app(true), secret("s")));
    play.until("Register").say(taken()).until("RevokeKey");
    again(play).say(yes("ReadItem")).say(taken()).log_is("ReadItem, ReadRegistration, wait 40");
}

#[test]
fn a_key_that_was_asked_for_and_never_came_to_be_is_no_open_task() {
    let play = found_in_vain(&app(false));
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::None));
    assert!(!play.state.as_ref().expect("a step puts it back").may_have_unseen_key());
}

#[test]
fn a_key_that_comes_while_it_is_waited_for_is_an_open_task() {
    let mut play = found("GenerateKey", app(false));
    play.log_is("ReadItem, ReadRegistration, wait 40");
    play.say(Event::TimerFired).say(Event::Answered(Answer::Registration(app(true), secret("s"))));
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::Unseen));
}

#[test]
fn a_registration_that_fits_in_every_respect_is_believed() {
    found_in_vain(&app(false))
        .say(Event::Continued)
        .log_is("ReadItem, ReadRegistration, wait 40, ReadRegistration, FindItem");
    let more = ["premium:user:basemaps", "premium:user:geocode"].map(|id| PrivilegeId(id.to_owned())).to_vec();
    for app in [
        RegisteredApp { privileges: Vec::new(), ..app(false) },
        RegisteredApp { privileges: more, ..app(false) },
        RegisteredApp { referrers: Vec::new(), ..app(false) },
    ] {
        found_in_vain(&app)
            .say(Event::Continued)
            .log_is("ReadItem, ReadRegistration, wait 40, ReadRegistration, UpdateRegistration");
    }
}

#[test]
fn without_a_registration_there_is_none_to_believe() {
    let mut play = died(plan(), "Register");
    play.say(yes("ReadItem")).say(Event::Failed(refusal(400, "not registered")));
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::None));
    assert_eq!(play.facts().grants, None);
}

#[test]
fn a_registration_that_cannot_be_read_is_the_persons_to_know_where_a_key_was_asked_for() {
    let mut play = died(plan(), "GenerateKey");
    let no = || Event::Failed(refusal(400, "no"));
    play.say(yes("ReadItem")).say(no()).say(no()).log_is("ReadItem, ReadRegistration, ReadRegistration");
    assert!(matches!(play.stage(), Stage::Refused { call: Call::ReadRegistration { .. }, .. }));
    let mut play = died(plan(), "GenerateKey");
    play.say(yes("ReadItem")).say(none_read());
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::None));
}

#[test]
fn an_item_that_cannot_be_read_is_not_taken_for_gone() {
    let mut play = died(plan(), "Register");
    play.say(Event::Failed(refusal(403, "no")));
    assert!(matches!(play.stage(), Stage::Refused { call: Call::ReadItem { .. }, .. }));
}

#[test]
fn what_is_changed_while_an_item_cannot_be_read_waits_until_it_was() {
    let mut play = died(plan(), "Register");
    play.say(Event::Failed(refusal(403, "no")))
        .say(Event::Changed(in_new_folder()))
        .say(yes("ReadItem"))
        .say(none_read());
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::None));
    play.log_is("ReadItem, ReadItem, ReadRegistration");
}

#[test]
fn what_is_changed_after_a_look_is_made_at_once() {
    let mut play = found("UpdateItem", app(false));
    play.say(Event::Changed(in_new_folder()));
    play.log_is("ReadItem, ReadRegistration, CreateFolder");
}

#[test]
fn a_key_is_waited_for_until_it_is_due_and_no_longer() {
    // In the last case, the clock was set back in between.
    for (age, log) in [
        (39_999, "ReadItem, ReadRegistration, wait 0"),
        (40_000, "ReadItem, ReadRegistration"),
        (-3_600_000, "ReadItem, ReadRegistration, wait 40"),
    ] {
        let mut play = Play::of(plan());
        play.until("GenerateKey");
        let journal = Journal::of(&play.state.expect("a step puts it back").operation, NOW.plus_millis(-age));
        let state = resume(&journal, Username("jane".to_owned()), Some(plan()));
        let mut play = Play { state: Some(state), log: Vec::new() };
        play.say(Event::Started).say(yes("ReadItem")).say(yes("ReadRegistration")).log_is(log);
    }
}

#[test]
fn what_only_a_session_stopped_goes_on_unasked_unless_a_key_is_at_stake_or_its_draft_is_gone() {
    let auto_resume = |at: &str, plan: Option<Plan>, now: RegisteredApp| {
        let mut play = Play::of(self::plan());
        play.until(at);
        let journal = Journal::of(&play.state.expect("a step puts it back").operation, NOW);
        let state = resume(&journal, Username("jane".to_owned()), plan).with_auto_resume();
        let mut play = Play { state: Some(state), log: Vec::new() };
        play.say(Event::Started).say(yes("ReadItem")).say(Event::Answered(Answer::Registration(now, secret("s"))));
        play
    };
    auto_resume("UpdateItem", Some(plan()), app(false)).until("show");
    assert_eq!(*auto_resume("UpdateItem", None, app(false)).stage(), Stage::Recovered(KeyStatus::None));
    let mut asked = auto_resume("GenerateKey", Some(plan()), app(true));
    assert_eq!(*asked.stage(), Stage::Recovered(KeyStatus::Unseen));
    assert_eq!(asked.state.as_ref().and_then(State::current_step), Some(ProgressStep::Key));
    // The person was asked once, and is asked from then on.
    asked.say(Event::Continued).say(yes("ReadRegistration"));
    assert!(!asked.state.expect("a step puts it back").operation.auto_resume);
}

fn renamed() -> Event {
    let details = Details { title: "Other".to_owned(), ..plan().details };
    Event::Changed(Plan { details, ..plan() })
}

#[test]
fn what_is_wanted_next_waits_until_a_lost_change_can_no_longer_come() {
    let mut play = Play::of(plan());
    play.until("UpdateItem").say(lost()).say(no()).say(renamed());
    play.log_is("AddItem, Register, UpdateItem, ReadItem, wait 40");
    assert!(play.state.as_ref().expect("a step puts it back").resumes_by_itself());
    // The page dies while waiting.
    again(play).log_is("wait 40");
    let mut play = Play::of(plan());
    play.until("UpdateItem").say(no()).say(renamed());
    play.log_is("AddItem, Register, UpdateItem, FindItem");
}

#[test]
fn a_lost_change_is_waited_for_once() {
    let mut play = Play::of(plan());
    play.until("UpdateItem").say(lost()).say(no()).say(renamed());
    play.until("show");
    let tail = play.log[4..].join(", ");
    assert_eq!(tail, "wait 40, ReadItem, ReadRegistration, FindItem, UpdateItem, ReadItem, GenerateKey, show");
    assert_eq!(play.facts().change_lost, None);
}

#[test]
fn what_was_answered_with_a_failure_is_not_waited_for() {
    let mut play = Play::of(plan());
    play.until("UpdateItem").say(Event::Failed(refusal(500, "no"))).say(no()).say(renamed());
    play.log_is("AddItem, Register, UpdateItem, ReadItem, FindItem");
    let taken = || Event::Answered(Answer::Registration(app(true), secret("s")));
    let mut play = Play::of(plan());
    play.until("show").say(Event::Continued).say(taken()).say(Event::Failed(refusal(500, "no"))).say(taken());
    assert_eq!(play.log[6..].join(", "), "ReadRegistration, RevokeKey, ReadRegistration, GenerateKey");
}

#[test]
fn words_are_sent_again_after_a_lost_change_or_a_reload() {
    let details = Details { tags: vec!["other".to_owned()], ..plan().details };
    let changed = || Plan { details: details.clone(), ..plan() };
    let mut play = Play::of(plan());
    play.until("UpdateItem").say(lost()).say(no()).say(Event::Changed(changed())).until("show");
    let tail = play.log[4..].join(", ");
    assert_eq!(tail, "wait 40, ReadItem, ReadRegistration, FindItem, UpdateItem, ReadItem, GenerateKey, show");
    let mut play = Play::of(plan());
    play.until("UpdateItem").say(no()).say(Event::Changed(changed()));
    let mut play = again_with(play, changed());
    play.until("ReadRegistration").say(yes("ReadRegistration")).say(Event::Continued).until("UpdateItem");
}
