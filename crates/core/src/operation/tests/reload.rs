//! After a reload, and after the end.

use super::*;

pub(super) fn resumed(at: &str, plan: Option<Plan>) -> Play {
    let mut play = Play::of(self::plan());
    play.until(at);
    let text = Journal::of(&play.state.as_ref().expect("a step puts it back").operation, NOW).text();
    let journal = Journal::parse(&text).expect("it is our own record");
    let mut play = Play { state: Some(resume(&journal, Username("jane".to_owned()), plan)), log: Vec::new() };
    play.say(Event::Started);
    play
}

#[test]
fn what_has_no_key_is_not_said_to_have_one() {
    // The key that was shown has been revoked in the portal.
    let mut play = resumed("show", Some(plan()));
    play.say(yes("ReadItem")).say(Event::Answered(Answer::Registration(app(false), secret("s"))));
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::None));
    assert!(!play.state.as_ref().expect("a step puts it back").has_live_key());
}

#[test]
fn after_a_reload_what_exists_is_read_before_anything_else() {
    let mut play = resumed("GenerateKey", Some(plan()));
    play.say(yes("ReadItem")).say(Event::Answered(Answer::Registration(app(true), secret("s"))));
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::Unseen));
    play.log_is("ReadItem, ReadRegistration");
    play.say(Event::Continued)
        .until("ReadRegistration")
        .say(Event::Answered(Answer::Registration(app(true), secret("s"))))
        .until("show");
    let tail = play.log[2..].join(", ");
    assert_eq!(
        tail,
        "FindItem, UpdateItem, ReadItem, ReadRegistration, RevokeKey, UpdateItem, ReadItem, GenerateKey, show"
    );
}

#[test]
fn after_a_reload_a_lost_item_is_looked_for() {
    let mut play = resumed("AddItem", Some(plan()));
    play.say(Event::Answered(Answer::Items(vec![item("i1", &plan().id.marker(), None)])));
    play.say(Event::Answered(Answer::Item(item("i1", &plan().id.marker(), None))));
    play.say(Event::Failed(refusal(400, "not registered")));
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::None));
    play.say(Event::Continued).until("show");
    play.log_is("FindItem, ReadItem, ReadRegistration, Register, FindItem, UpdateItem, ReadItem, GenerateKey, show");
}

#[test]
fn without_its_draft_an_operation_can_only_be_taken_back() {
    let mut play = resumed("GenerateKey", None);
    play.say(yes("ReadItem")).say(Event::Answered(Answer::Registration(app(true), secret("s")))).say(Event::Continued);
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::Unseen));
    play.say(Event::Discarded)
        .say(yes("FindItem"))
        .say(Event::Answered(Answer::Registration(app(true), secret("s"))))
        .until("forget");
    play.log_is("ReadItem, ReadRegistration, FindItem, ReadRegistration, RevokeKey, DeleteItem, forget");
}

#[test]
fn an_item_that_is_gone_after_a_reload_is_made_again() {
    let mut play = resumed("Register", Some(plan()));
    play.say(gone());
    assert_eq!(*play.stage(), Stage::Recovered(KeyStatus::None));
    play.say(Event::Continued).until("show");
    play.log_is("ReadItem, AddItem, Register, UpdateItem, ReadItem, GenerateKey, show");
}

#[test]
fn a_journal_names_neither_person_nor_secret() {
    let mut play = Play::of(plan());
    play.until("GenerateKey");
    let journal = Journal::of(&play.state.as_ref().expect("a step puts it back").operation, NOW);
    assert!(!journal.text().contains("jane") && !journal.text().contains("client-secret"));
    let jane = Username("jane".to_owned());
    assert!(journal.belongs_to(&PortalKey("practice".to_owned()), &jane));
    assert!(!journal.belongs_to(&PortalKey("other".to_owned()), &jane));
    assert!(!journal.belongs_to(&PortalKey("practice".to_owned()), &Username("max".to_owned())));
}

#[test]
fn a_damaged_journal_is_none() {
    let mut play = Play::of(plan());
    play.until("GenerateKey");
    let text = Journal::of(&play.state.as_ref().expect("a step puts it back").operation, NOW).text();
    for cut in 0..text.len() {
        assert!(Journal::parse(&text[..cut]).is_none());
    }
    assert!(Journal::parse(&text.replace("\"version\":\"1\"", "\"version\":\"2\"")).is_none());
}

/// A journal is in storage, which other pages of the origin may write, and its ids become paths of requests.
#[test]
fn a_journal_whose_ids_lead_elsewhere_is_none() {
    let mut play = Play::of(plan());
    play.until("GenerateKey");
    let journal = Journal::of(&play.state.as_ref().expect("a step puts it back").operation, NOW);
    for id in ["..", "."] {
        let with_item = Journal { item: Some(ItemId(id.to_owned())), ..journal.clone() };
        let with_folder = Journal { folder: Some(FolderId(id.to_owned())), ..journal.clone() };
        assert!(Journal::parse(&with_item.text()).is_none() && Journal::parse(&with_folder.text()).is_none(), "{id}");
    }
}

#[test]
fn what_was_made_twice_is_deleted_after_the_person_has_the_key() {
    let mut play = Play::of(plan());
    play.until("show").say(Event::Acknowledged);
    assert!(play.state.as_ref().is_some_and(|state| state.is_over() && !state.is_settled()));
    play.say(Event::TimerFired);
    play.say(Event::Answered(Answer::Items(vec![ours("i0"), ours("i1")]))).until("forget");
    assert_eq!(play.log[6..].join(", "), "wait 2, FindItem, DeleteItem, forget");
}

#[test]
fn a_key_wiped_before_it_was_saved_can_be_replaced_or_taken_back() {
    let taken = || Event::Answered(Answer::Registration(app(true), secret("s")));
    let mut play = Play::of(plan());
    play.until("show").say(Event::Continued).say(taken()).until("show");
    assert_eq!(play.log[6..].join(", "), "ReadRegistration, RevokeKey, UpdateItem, ReadItem, GenerateKey, show");
    let mut play = Play::of(plan());
    play.until("show").say(Event::Discarded).say(yes("FindItem")).say(taken()).until("forget");
    assert_eq!(play.log[6..].join(", "), "FindItem, ReadRegistration, RevokeKey, DeleteItem, forget");
}

#[test]
fn a_key_counts_as_shown_until_its_replacement_is_asked_for() {
    let taken = || Event::Answered(Answer::Registration(app(true), secret("s")));
    let mut play = Play::of(plan());
    play.until("show").say(Event::Continued);
    assert!(play.facts().key.is_shown());
    play.say(taken()).until("GenerateKey");
    assert!(!play.facts().key.is_shown() && play.facts().key.is_sent());
    play.until("show");
    assert_eq!(*play.stage(), Stage::KeyShown);
    assert_eq!(play.log[6..].join(", "), "ReadRegistration, RevokeKey, UpdateItem, ReadItem, GenerateKey, show");
}

#[test]
fn an_operation_the_person_was_done_with_is_over_from_the_start() {
    for (key_now, end) in [(true, Stage::Acknowledged), (false, Stage::CreatedWithoutKey)] {
        let mut play = Play::of(Plan { key_now, ..plan() });
        play.until(if key_now { "show" } else { "wait 2" }).say(Event::Acknowledged);
        let journal = Journal::of(&play.state.as_ref().expect("a step puts it back").operation, NOW);
        let state = resume(&Journal::parse(&journal.text()).expect("it is ours"), Username("jane".to_owned()), None);
        assert!(state.stage == end && state.is_over());
        let mut play = Play { state: Some(state), log: Vec::new() };
        play.say(Event::Started).until("forget").log_is("wait 2, FindItem, forget");
    }
}

/// A portal that was typed in has an empty id; its name in records still holds the address.
#[test]
fn a_journal_is_read_back_whatever_its_portal_is_called() {
    let mut play = Play::of(plan());
    play.until("GenerateKey");
    let operation = play.state.as_ref().expect("a step puts it back").operation.clone();
    for name in [" https://gis.example.com/portal", "portal https://www.arcgis.com"] {
        let portal_key = PortalKey(name.to_owned());
        let plan = Plan { portal_key: portal_key.clone(), ..operation.plan.clone() };
        let journal = Journal::of(&Operation { plan, ..*operation.clone() }, NOW);
        let again = Journal::parse(&journal.text()).expect("it is our own record");
        assert!(again == journal && again.belongs_to(&portal_key, &Username("jane".to_owned())));
    }
}

/// The journal of an operation, restored in a new tab with the draft; what exists is looked up.
pub(super) fn read_back(play: &Play) -> Play {
    let text = Journal::of(&play.state.as_ref().expect("a step puts it back").operation, NOW).text();
    let journal = Journal::parse(&text).expect("it is our own record");
    let mut play = Play { state: Some(resume(&journal, Username("jane".to_owned()), Some(plan()))), log: Vec::new() };
    play.say(Event::Started).say(yes("ReadItem")).say(Event::Answered(Answer::Registration(app(true), secret("s"))));
    play
}

#[test]
fn a_copy_is_written_down_as_it_happens_and_known_after_a_reload() {
    let mut play = Play::of(plan());
    play.until("show");
    let (state, effects) = step(play.state.take().expect("a step puts it back"), Event::Copied, NOW);
    assert!(matches!(effects.as_slice(), [Effect::SaveJournal(journal)] if journal.is_copied()), "{effects:?}");
    assert_eq!(state.stage, Stage::KeyShown);
    assert_eq!(state.unfinished().map(|unfinished| unfinished.key), Some(KeyStatus::Copied));
    play.state = Some(state);
    let mut again = read_back(&play);
    assert_eq!(*again.stage(), Stage::Recovered(KeyStatus::Copied));
    let steps = again.state.as_ref().expect("a step puts it back").progress();
    assert!(!steps.iter().any(|(_, status)| *status == StepStatus::Stopped), "nothing of it stopped: {steps:?}");
    again.say(Event::Acknowledged);
    assert_eq!(*again.stage(), Stage::Acknowledged);
}

#[test]
fn a_copy_says_nothing_of_the_key_that_replaces_the_copied_one() {
    let mut play = Play::of(plan());
    play.until("show").say(Event::Copied).say(Event::Continued);
    assert!(play.facts().key.state() != KeyState::Copied, "the copied key is about to end");
    play.say(Event::Answered(Answer::Registration(app(true), secret("s")))).until("show");
    assert!(play.facts().key.state() == KeyState::Shown);
    assert_eq!(*read_back(&play).stage(), Stage::Recovered(KeyStatus::ShownOnly));
}

#[test]
fn only_a_key_that_is_shown_can_be_copied() {
    let mut play = Play::of(plan());
    play.until("GenerateKey").say(Event::Copied);
    assert!(play.facts().key.state() != KeyState::Copied);
    play.until("show").say(Event::Acknowledged).say(Event::Copied);
    assert!(play.facts().key.state() != KeyState::Copied);
}
