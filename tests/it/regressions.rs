//! Histories that once failed, minimized, under every answer to the open facts.

use key_wizard_core::credential::draft::KeyChoice;
use key_wizard_core::operation::{Event, Stage};
use practice_portal::{Endpoint, Fault, Rule};

use crate::faults::{Tally, fresh, portals, run, run_in};
use crate::named_faults::LATE_MS;
use crate::person::{Crash, Person, Word};
use crate::tabs::Tabs;
use crate::wish::plan;
use crate::world::World;

/// Plays a history on every portal; on at least one, all of it must happen.
#[track_caller]
fn check(words: &[Word], faults: &[(Endpoint, Fault, u32)], crashes: &[Crash]) {
    let rule = |fault: &(Endpoint, Fault, u32)| Rule { times: Some(fault.2), ..Rule::once(fault.0, fault.1.clone()) };
    check_rules(words, &faults.iter().map(rule).collect::<Vec<_>>(), crashes);
}

/// The same with faults that begin later.
#[track_caller]
fn check_rules(words: &[Word], rules: &[Rule], crashes: &[Crash]) {
    let mut tally = Tally::default();
    let mut happened = false;
    for (which, portal) in portals().iter().enumerate() {
        let world = World::new(portal.clone(), Person::Says(words.to_vec()));
        rules.iter().for_each(|rule| world.portal.borrow_mut().add_fault(rule.clone()));
        *world.crashes.borrow_mut() = crashes.to_vec();
        run_in(&mut tally, &world, &|| which.to_string());
        happened |= world.portal.borrow().faults_have_struck() && world.crashes.borrow().is_empty();
    }
    tally.is_clean();
    assert!(happened, "{words:?} {rules:?} {crashes:?} does not happen on any portal");
}

fn no() -> Fault {
    Fault::ErrorBody { code: 400, message: "No.".to_owned() }
}

#[test]
fn an_item_that_comes_late_into_a_folder_nobody_wants_any_more_is_found() {
    check(&[Word::Move], &[(Endpoint::AddItem, Fault::Late, 1)], &[Crash::BeforeSend(2)]);
    check(&[Word::Change, Word::Move], &[(Endpoint::AddItem, Fault::Late, 1)], &[Crash::BeforeSend(2)]);
}

#[test]
fn a_title_changed_before_the_item_came_late_hides_no_duplicate() {
    check(&[Word::Change], &[(Endpoint::AddItem, Fault::Late, 1)], &[Crash::BeforeSend(2)]);
}

#[test]
fn the_duplicate_of_an_item_found_after_a_reload_is_looked_for() {
    check(&[], &[(Endpoint::AddItem, Fault::Twice, 1)], &[Crash::AfterSend(1)]);
}

#[test]
fn what_was_made_twice_is_taken_back_although_the_page_dies_in_between() {
    check(&[Word::Discard], &[(Endpoint::AddItem, Fault::Twice, 1)], &[Crash::BeforeSend(10)]);
}

#[test]
fn a_duplicate_that_cannot_be_deleted_today_is_deleted_another_day() {
    for times in [2, 4, 9] {
        let faults = [
            (Endpoint::AddItem, Fault::Twice, 1),
            (Endpoint::UserContent, Fault::DropBefore, 2),
            (Endpoint::DeleteItem, no(), times),
        ];
        check(&[], &faults, &[]);
    }
}

#[test]
fn a_key_that_cannot_be_ended_by_name_is_not_left_alive_unasked() {
    for times in [1, 2, 3] {
        for endpoint in [Endpoint::RevokeToken, Endpoint::RegisteredAppInfo] {
            check(&[Word::Discard], &[(endpoint, no(), times)], &[]);
            check(&[Word::Continue, Word::Discard], &[(endpoint, Fault::SuccessFalse, times)], &[]);
            check(&[Word::Discard], &[(endpoint, no(), times)], &[Crash::AfterShow]);
        }
    }
}

#[test]
fn an_item_asked_for_twice_that_comes_after_everything_was_taken_back_is_waited_for() {
    let silent = [(Endpoint::AddItem, Fault::SilentThenLate { late_ms: LATE_MS }, 2)];
    check(&[Word::Discard], &silent, &[]);
    check(&[Word::Continue, Word::Discard], &silent, &[]);
}

#[test]
fn a_key_that_was_wiped_is_replaced_or_taken_back_through_every_crash() {
    for (word, end) in [(Word::Continue, 12), (Word::Discard, 10)] {
        for at in 5..end {
            for crash in [Crash::BeforeSend(at), Crash::AfterSend(at)] {
                check(&[word], &[], &[crash]);
            }
        }
    }
}

#[test]
fn what_is_left_of_an_operation_the_person_was_done_with_is_done_unseen() {
    for crash in [Crash::BeforeSend(6), Crash::AfterSend(6), Crash::BeforeSend(7)] {
        let world = World::new(fresh().clone(), Person::GoesOn);
        world.portal.borrow_mut().fault(Endpoint::AddItem, Fault::Twice);
        *world.crashes.borrow_mut() = vec![crash];
        let end = world.run(&plan("Fresh folder", KeyChoice::Now));
        assert_eq!(end.stage, Stage::Acknowledged);
        assert!(world.crashes.borrow().is_empty() && world.state.borrow().is_none(), "{crash:?}");
        assert_eq!(world.portal.borrow().credentials_of("jane").len() - fresh().credentials_of("jane").len(), 1);
    }
}

/// A page that crashed after it asked for the item; the user does `meanwhile` at the portal.
fn resumed(portal: practice_portal::Portal, meanwhile: fn(&World)) -> World {
    let world = World::new(portal, Person::GoesOn);
    world.portal.borrow_mut().fault(Endpoint::AddItem, Fault::DropAfter);
    *world.crashes.borrow_mut() = vec![Crash::BeforeSend(2)];
    *world.meanwhile.borrow_mut() = Some(meanwhile);
    world
}

fn move_to_the_root(world: &World) {
    let mut portal = world.portal.borrow_mut();
    let item = portal.credentials_of("jane").swap_remove(0).id;
    portal.item_mut(&item).expect("it is listed").folder = None;
}

#[test]
fn an_item_that_the_person_moved_by_hand_is_found() {
    for portal in portals() {
        let world = resumed(portal.clone(), move_to_the_root);
        let end = world.run(&plan("Fresh folder", KeyChoice::Now));
        assert_eq!(end.stage, Stage::Acknowledged);
        let made = world.portal.borrow().credentials_of("jane").len() - fresh().credentials_of("jane").len();
        assert_eq!(made, 1);
    }
}

#[test]
fn a_portal_that_lists_one_folder_at_a_time_shows_duplicates_too() {
    for fault in [Fault::Twice, Fault::DropAfter, Fault::Late] {
        let mut tally = Tally::default();
        for portal in portals() {
            let mut portal = portal.clone();
            portal.switches.lists_all_folders = false;
            portal.fault(Endpoint::AddItem, fault.clone());
            for crashes in [Vec::new(), vec![Crash::AfterSend(1)], vec![Crash::BeforeSend(2)]] {
                for person in [Person::GoesOn, Person::GivesUp] {
                    run(&mut tally, portal.clone(), person, crashes.clone(), &|| format!("{fault:?} {crashes:?}"));
                }
            }
        }
        tally.is_clean();
    }
}

#[test]
fn a_key_that_comes_late_after_a_reload_does_not_outlive_its_item() {
    for portal in portals() {
        let mut tabs = Tabs::new(portal.clone());
        tabs.sign_in(0, "jane");
        tabs.submit(0);
        tabs.pump_times(0, 5);
        tabs.portal.fault_next(Fault::SilentThenLate { late_ms: LATE_MS });
        tabs.pump_times(0, 1);
        tabs.sign_in(0, "jane");
        tabs.end(false);
        assert_eq!(tabs.unseen_keys(fresh()), 0);
    }
}

/// Found by a hundred thousand histories: the old key's revocation took effect after the new key was shown.
#[test]
fn an_end_of_a_lost_key_that_comes_late_does_not_end_the_next_one() {
    check(&[Word::Continue], &[(Endpoint::RevokeToken, Fault::SilentThenLate { late_ms: LATE_MS }, 1)], &[]);
    let lost_twice = [
        (Endpoint::Token, Fault::DropAfter, 1),
        (Endpoint::RevokeToken, Fault::SilentThenLate { late_ms: LATE_MS }, 1),
    ];
    check(&[], &lost_twice, &[]);
}

/// Found by a hundred thousand histories: the page crashed between two checks for a lost key, after the first found
/// nothing.
#[test]
fn a_lost_key_is_still_looked_for_where_the_page_dies_between_two_looks() {
    for (times, request) in [(1, 7), (2, 13)] {
        check(&[Word::Discard], &[(Endpoint::Token, Fault::Late, times)], &[Crash::BeforeSend(request)]);
    }
}

/// Found the same way: a change made while the portal refused reads was sent before it was known whether a key exists.
#[test]
fn a_change_after_a_refused_look_waits_for_the_look_if_a_key_was_asked_for() {
    let refused = Rule { skip: 1, ..Rule::once(Endpoint::ReadItem, no()) };
    check_rules(&[Word::Move], &[refused], &[Crash::AfterSend(5)]);
}

/// Found the same way: the duplicate was found before the title changed, and forgotten in a later crash.
#[test]
fn a_duplicate_found_before_the_title_changes_is_gone_before_the_page_may_die() {
    let rules = [
        Rule { skip: 1, ..Rule::once(Endpoint::Token, no()) },
        Rule::once(Endpoint::ReadItem, Fault::Refused),
        Rule::once(Endpoint::AddItem, Fault::Twice),
    ];
    for request in 14..20 {
        check_rules(&[Word::Continue, Word::Change], &rules, &[Crash::BeforeSend(request)]);
    }
}

/// The record confused the title of the chosen folder with that of the item's folder.
#[test]
fn a_folder_chosen_after_a_refused_look_is_where_the_item_goes_although_the_page_dies() {
    let refused = Rule { skip: 1, times: Some(2), ..Rule::once(Endpoint::RegisteredAppInfo, no()) };
    for (word, request) in [(Word::Move, 13), (Word::MoveOn, 13), (Word::MoveOn, 14)] {
        check_rules(
            &[Word::Continue, word],
            std::slice::from_ref(&refused),
            &[Crash::AfterSend(9), Crash::AfterSend(request)],
        );
    }
}

/// The page crashed between creating the folder and the move, and assumed the item's folder before reading it.
#[test]
fn an_item_that_could_not_be_read_after_a_reload_is_moved_to_the_folder_chosen() {
    let rules = [
        Rule { skip: 1, times: Some(3), ..Rule::once(Endpoint::CreateFolder, Fault::Refused) },
        Rule { skip: 1, ..Rule::once(Endpoint::ReadItem, no()) },
    ];
    for request in 9..14 {
        check_rules(&[Word::MoveOn, Word::Change], &rules, &[Crash::AfterSend(1), Crash::BeforeSend(request)]);
    }
}

/// A tab took over with a record that it had read just before the other tab requested the key.
#[test]
fn a_key_that_the_record_does_not_know_of_is_ended_before_its_item_is_deleted() {
    let mut tally = Tally::default();
    for portal in portals() {
        let world = World::new(portal.clone(), Person::GivesUp);
        *world.crashes.borrow_mut() = vec![Crash::AfterSend(5)];
        *world.meanwhile.borrow_mut() = Some(|world| {
            let journal = world.journal.take().expect("an operation is under way");
            assert!(journal.contains("keySent"));
            *world.journal.borrow_mut() = Some(journal.replace(r#","keySent":"yes""#, ""));
        });
        run_in(&mut tally, &world, &|| "it".to_owned());
    }
    tally.is_clean();
}

/// Found by a hundred thousand histories: a change that the user no longer wanted arrived after the next one.
#[test]
fn a_change_that_comes_late_does_not_undo_the_next_one() {
    let refused = Rule { times: Some(2), ..Rule::once(Endpoint::ReadItem, no()) };
    let lost = Rule { times: Some(3), ..Rule::once(Endpoint::MoveItem, Fault::LostThenLate { late_ms: LATE_MS }) };
    let rules = [refused, lost];
    let words = [Word::Move, Word::MoveOn, Word::Move];
    for words in [&words[..2], &words] {
        check_rules(words, &rules, &[]);
    }
    for request in 8..16 {
        check_rules(&words, &rules, &[Crash::BeforeSend(request)]);
    }
}

/// If a connection breaks, the request may arrive as late as after a timeout.
#[test]
fn what_is_late_is_given_its_time_although_its_answer_was_lost_at_once() {
    let lost = |endpoint| (endpoint, Fault::LostThenLate { late_ms: LATE_MS }, 1);
    check(&[], &[lost(Endpoint::Token)], &[]);
    check(&[Word::Continue], &[lost(Endpoint::RevokeToken)], &[]);
    check(&[], &[(Endpoint::Token, Fault::DropAfter, 1), lost(Endpoint::RevokeToken)], &[]);
}

/// Found by a million steps: the check was refused, and the page did not wait for the pending request.
#[test]
fn what_is_late_is_given_its_time_although_the_look_for_it_was_refused() {
    let lost = |endpoint| Rule::once(endpoint, Fault::LostThenLate { late_ms: LATE_MS });
    for no in [no(), Fault::SuccessFalse] {
        let refused = |endpoint| Rule::once(endpoint, no.clone());
        check_rules(&[], &[lost(Endpoint::Token), refused(Endpoint::RegisteredAppInfo)], &[]);
        for look in [0, 1] {
            let look = Rule { skip: look, ..refused(Endpoint::UserContent) };
            check_rules(&[Word::Discard], &[lost(Endpoint::AddItem), look], &[]);
        }
    }
    // The same if the page crashed before it.
    check_rules(&[Word::Discard], &[lost(Endpoint::AddItem)], &[Crash::AfterSend(1)]);
}

/// The page crashed while revoking the old key, and the revocation took effect after the new key was shown.
#[test]
fn an_end_that_comes_late_after_a_reload_does_not_end_the_next_key() {
    for portal in portals() {
        let mut tabs = Tabs::new(portal.clone());
        tabs.sign_in(0, "jane");
        tabs.submit(0);
        tabs.pump_times(0, 6);
        tabs.say(0, |state| (state.stage == Stage::KeyShown).then_some(Event::Continued));
        tabs.pump_times(0, 1);
        tabs.portal.fault_next(Fault::SilentThenLate { late_ms: LATE_MS });
        tabs.end_key_unheard(0);
        tabs.sign_in(0, "jane");
        for _ in 0..40 {
            if !tabs.pump(0) && tabs.seen_keys() < 2 {
                tabs.say(0, |_| Some(Event::Continued));
            }
        }
        assert_eq!(tabs.seen_keys(), 2);
        tabs.end(true);
        assert!(tabs.portal.live_keys().len() > fresh().live_keys().len(), "the key on the screen was ended");
    }
}

/// Two tabs each create a credential with the same title, and the answer about the later item is lost.
fn items_left_of_two_operations(keeps_keywords: bool) -> usize {
    let mut portal = fresh().clone();
    portal.switches.keeps_type_keywords = keeps_keywords;
    let mut tabs = Tabs::new(portal);
    tabs.sign_in(0, "jane");
    // The folder exists from an operation that was rolled back.
    tabs.submit(0);
    tabs.finish(0, false);
    tabs.submit(0);
    tabs.pump_times(0, 2);
    tabs.sign_in(1, "jane");
    tabs.abandon(1);
    tabs.submit(1);
    tabs.pump_times(1, 3);
    tabs.portal.fault_next(Fault::Truncated);
    tabs.sign_in(1, "jane");
    tabs.end(false);
    assert_eq!((tabs.open(), tabs.unseen_keys(fresh())), (0, 0));
    tabs.portal.credentials_of("jane").len() - fresh().credentials_of("jane").len() - tabs.kept
}

#[test]
fn two_tabs_at_one_title_mix_nothing_up_where_keywords_are_kept() {
    assert_eq!(items_left_of_two_operations(true), 0);
}

/// Known limitation, listed in the README: such an item is identified only by its title. Found by a million steps of
/// the model.
#[test]
fn two_tabs_at_one_title_leave_an_item_where_keywords_are_dropped() {
    assert_eq!(items_left_of_two_operations(false), 1);
}

/// Found in review: if only tags or summary were changed, the page mistook the earlier request for the new one.
#[test]
fn tags_that_were_changed_are_sent_although_a_change_was_lost_or_the_page_died() {
    let refused = Rule::once(Endpoint::ReadItem, no());
    check_rules(
        &[Word::Tags],
        &[Rule::once(Endpoint::UpdateItem, Fault::LostThenLate { late_ms: LATE_MS }), refused],
        &[],
    );
    for request in 4..7 {
        check_rules(&[Word::Tags], &[Rule::once(Endpoint::UpdateItem, no())], &[Crash::BeforeSend(request)]);
    }
}

/// Found in review: the wait for an item was counted from the first request, or did not happen at all.
#[test]
fn an_item_asked_for_again_after_a_reload_is_waited_for_from_then_on() {
    let lost = Rule::once(Endpoint::AddItem, Fault::LostThenLate { late_ms: LATE_MS });
    let refused_look = Rule { skip: 2, ..Rule::once(Endpoint::UserContent, no()) };
    let minutes: fn(&World) = |world| world.portal.borrow_mut().advance(100_000);
    for (rule, crash, meanwhile) in [
        (refused_look, Crash::BeforeSend(1), minutes),
        (Rule::once(Endpoint::AddItem, no()), Crash::AfterSend(1), |_| ()),
    ] {
        let mut tally = Tally::default();
        for portal in portals() {
            let mut portal = portal.clone();
            [lost.clone(), rule.clone()].into_iter().for_each(|rule| portal.add_fault(rule));
            let world = World::new(portal, Person::Says(vec![Word::Continue, Word::Discard]));
            *world.crashes.borrow_mut() = vec![crash];
            *world.meanwhile.borrow_mut() = Some(meanwhile);
            run_in(&mut tally, &world, &|| "it".to_owned());
        }
        tally.is_clean();
    }
}

/// Found in review: a replacing key ends the earlier one, so it needs its waiting time after a reload, too.
#[test]
fn a_replacing_key_that_comes_late_after_a_reload_does_not_end_the_next_one() {
    for fault in [Fault::Late, Fault::LostThenLate { late_ms: LATE_MS }, Fault::SilentThenLate { late_ms: LATE_MS }] {
        let rules = [
            Rule { times: Some(20), ..Rule::once(Endpoint::RevokeToken, no()) },
            Rule { skip: 1, ..Rule::once(Endpoint::Token, fault) },
        ];
        for request in 9..14 {
            check_rules(&[Word::Continue, Word::Continue], &rules, &[Crash::AfterSend(request)]);
        }
    }
}
