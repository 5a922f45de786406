//! The questions that only a live portal can settle, the bold ids of docs/portal-facts.md: each answer to each of
//! them, alone and all together, under single faults. If an answer makes the task impossible, every run must end with
//! a correct question.

use std::collections::HashSet;

use arcgis_key_wizard::i18n::{self, Message, NewsWords, text};
use key_wizard_core::credential::draft::KeyChoice;
use key_wizard_core::message::News;
use key_wizard_core::operation::{Stage, State};
use practice_portal::exchange::Method;
use practice_portal::switches::{PostRefusal, SecondRegistration, Strictness};
use practice_portal::{Endpoint, Fault, Portal, Rule};

use crate::faults::{CALLS, Tally, fresh, judge};
use crate::matrix::{COLUMNS, Way, judge_visit, rows, width};
use crate::named_faults::named_faults;
use crate::person::Person;
use crate::proof::{self, Part};
use crate::visit::Visit;
use crate::wish::plan;
use crate::world::{PAGE, World};

/// One answer to one open fact.
struct Answer {
    fact: &'static str,
    words: &'static str,
    set: fn(&mut Portal),
    /// The page's address; only its origin is registered.
    page: &'static str,
    can: Can,
}

/// What works on a portal with this answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Can {
    /// Everything.
    All,
    /// Sign-in fails, so nothing is created.
    NotSignIn,
    /// The created items cannot be read.
    NotLook,
}

const BELOW: &str = "https://keys.example.com/wizard/";
/// The reads of a visit and of a creation.
const READS: [Endpoint; 5] =
    [Endpoint::PortalsSelf, Endpoint::UserContent, Endpoint::Search, Endpoint::ReadItem, Endpoint::RegisteredAppInfo];

fn answer(fact: &'static str, words: &'static str, set: fn(&mut Portal)) -> Answer {
    Answer { fact, words, set, page: PAGE, can: Can::All }
}

fn answers() -> Vec<Answer> {
    let mut all = of_keys();
    all.extend(of_sign_in());
    all.extend(of_reads());
    all.push(answer("all", "one way", |_| {}));
    all.push(Answer { page: BELOW, ..answer("all", "the other way", other_way) });
    all
}

fn of_keys() -> Vec<Answer> {
    vec![
        answer("F-APP-5", "a second registerApp is refused", |portal| {
            portal.switches.second_registration = SecondRegistration::Refused;
        }),
        answer("F-APP-5", "a second registerApp is harmless", |portal| {
            portal.switches.second_registration = SecondRegistration::Harmless;
        }),
        answer("F-KEY-11", "deletion ends keys at once", |portal| portal.switches.deletion_ends_keys = true),
        answer("F-KEY-11", "deletion lets keys live", |portal| portal.switches.deletion_ends_keys = false),
        answer("F-KEY-4", "regenerating ends the old key", |portal| portal.switches.regenerating_ends_old_key = true),
        answer("F-KEY-4", "regenerating lets the old key live", |portal| {
            portal.switches.regenerating_ends_old_key = false
        }),
        answer("F-CORS-3", "429 and 5xx carry CORS headers", |portal| portal.switches.errors_carry_cors = true),
        answer("F-CORS-3", "429 and 5xx carry none", |portal| portal.switches.errors_carry_cors = false),
    ]
}

fn of_sign_in() -> Vec<Answer> {
    let two_hours = |portal: &mut Portal| portal.switches.sign_in.least_expiration = 120;
    vec![
        answer("F-SIGNIN-6", "no iss", |portal| portal.switches.sign_in.iss = None),
        answer("F-SIGNIN-6", "iss is the portal", |portal| portal.switches.sign_in.iss = Some("{root}".to_owned())),
        answer("F-SIGNIN-6", "iss is the portal's API", |portal| {
            portal.switches.sign_in.iss = Some("{root}/sharing/rest".to_owned())
        }),
        answer("F-SIGNIN-7", "openers are kept", |portal| portal.switches.sign_in.opener_policy = None),
        answer("F-SIGNIN-7", "openers are cut off", |portal| {
            portal.switches.sign_in.opener_policy = Some("same-origin".to_owned())
        }),
        answer("F-SIGNIN-8", "an hour's session is granted", |portal| portal.switches.sign_in.least_expiration = 1),
        answer("F-SIGNIN-8", "an hour becomes two", two_hours),
        Answer {
            can: Can::NotSignIn,
            ..answer("F-SIGNIN-8", "an hour is refused", |portal| {
                portal.switches.sign_in.least_expiration = 120;
                portal.switches.sign_in.short_expiration = Strictness::Refused;
            })
        },
        answer("F-TOKEN-6", "a code used twice is refused", |portal| {
            portal.switches.sign_in.reused_code_ends_session = false
        }),
        answer("F-TOKEN-6", "and ends what came of it", |portal| {
            portal.switches.sign_in.reused_code_ends_session = true
        }),
        answer("F-SIGNIN-5", "redirects fit in every character", |portal| {
            portal.switches.redirect_origin_covers_paths = false
        }),
        Answer {
            page: BELOW,
            can: Can::NotSignIn,
            ..answer("F-SIGNIN-5", "and the page is below the one registered", |_| {})
        },
        Answer {
            page: BELOW,
            ..answer("F-SIGNIN-5", "an origin covers its paths", |portal| {
                portal.switches.redirect_origin_covers_paths = true
            })
        },
    ]
}

fn of_reads() -> Vec<Answer> {
    let not = |words, set| Answer { can: Can::NotLook, ..answer("F-API-5", words, set) };
    vec![
        answer("F-ITEM-5", "listings are up to date", |portal| portal.switches.listing_lag_ms = 0),
        answer("F-ITEM-5", "listings lag", |portal| portal.switches.listing_lag_ms = 1_500),
        answer("F-ITEM-3", "keywords are kept", |portal| portal.switches.keeps_type_keywords = true),
        answer("F-ITEM-3", "keywords are dropped", |portal| portal.switches.keeps_type_keywords = false),
        answer("F-API-5", "every read takes POST", |_| {}),
        not("no read does: 405", |portal| portal.switches.get_alone.reads = READS.to_vec()),
        not("no read does: 400 in the body", |portal| {
            portal.switches.get_alone.reads = READS.to_vec();
            portal.switches.get_alone.refusal = PostRefusal::Body;
        }),
        not("listings do not", |portal| portal.switches.get_alone.reads = vec![Endpoint::UserContent]),
        not("searches do not", |portal| portal.switches.get_alone.reads = vec![Endpoint::Search]),
        not("items do not", |portal| portal.switches.get_alone.reads = vec![Endpoint::ReadItem]),
        not("registrations do not", |portal| portal.switches.get_alone.reads = vec![Endpoint::RegisteredAppInfo]),
    ]
}

/// Sets every other answer under which the task is possible.
fn other_way(portal: &mut Portal) {
    let switches = &mut portal.switches;
    switches.second_registration = SecondRegistration::Harmless;
    switches.deletion_ends_keys = false;
    switches.regenerating_ends_old_key = false;
    switches.errors_carry_cors = false;
    switches.sign_in.iss = Some("{root}/sharing/rest".to_owned());
    switches.sign_in.opener_policy = Some("same-origin".to_owned());
    switches.sign_in.least_expiration = 120;
    switches.listing_lag_ms = 1_500;
    switches.keeps_type_keywords = false;
    switches.sign_in.reused_code_ends_session = true;
    switches.redirect_origin_covers_paths = true;
}

/// No fault, and each fault at each of these calls, except nine million bytes, which are slow and tested elsewhere.
fn rules(calls: &[(Endpoint, u32)]) -> Vec<Option<Rule>> {
    let faults = || named_faults().into_iter().map(|fault| fault.1).filter(|fault| *fault != Fault::Huge);
    let one = |(call, skip): (Endpoint, u32)| {
        faults().map(move |fault| Some(Rule { skip, ..Rule::once(call, fault) })).collect::<Vec<_>>()
    };
    std::iter::once(None).chain(calls.iter().copied().flat_map(one)).collect()
}

/// Cases that no client can detect: the network duplicates a key request on a portal where the first key stays valid,
/// or a request to add an item on a portal whose listings cannot be read.
fn is_beyond(portal: &Portal, rule: &Rule) -> bool {
    let switches = &portal.switches;
    let is_blind = switches.get_alone.reads.contains(&Endpoint::UserContent);
    rule.fault == Fault::Twice
        && match rule.endpoint {
            Endpoint::Token => !switches.regenerating_ends_old_key,
            Endpoint::AddItem => is_blind,
            _ => false,
        }
}

#[derive(Default)]
struct Outcome {
    tally: Tally,
    beyond: usize,
}

fn play(answer: &Answer) -> Outcome {
    let mut portal = fresh().clone();
    (answer.set)(&mut portal);
    let mut outcome = Outcome::default();
    for rule in rules(&CALLS.map(|call| (call, 0))) {
        if rule.as_ref().is_some_and(|rule| is_beyond(&portal, rule)) {
            outcome.beyond += 1;
            continue;
        }
        for person in [Person::GoesOn, Person::GivesUp] {
            create(&mut outcome.tally, answer, &portal, rule.as_ref(), person);
        }
    }
    let visits = rows().into_iter().filter_map(|row| match row.way {
        Way::Visit(skip) => Some((row.endpoint, skip)),
        Way::Creation(..) => None,
    });
    for rule in rules(&visits.collect::<Vec<_>>()) {
        visit(&mut outcome.tally, answer, with(&portal, rule.as_ref()));
    }
    outcome
}

fn with(portal: &Portal, rule: Option<&Rule>) -> Portal {
    let mut portal = portal.clone();
    rule.into_iter().for_each(|rule| portal.add_fault(rule.clone()));
    portal
}

fn create(tally: &mut Tally, answer: &Answer, portal: &Portal, rule: Option<&Rule>, person: Person) {
    if answer.can == Can::NotSignIn {
        return;
    }
    let words = person.clone();
    let example = || format!("{} {}: {words:?} {rule:?}", answer.fact, answer.words);
    let world = World::new(with(portal, rule), person);
    if answer.can == Can::NotLook {
        world.leaves_after.set(6);
    }
    let end = world.run(&plan("Fresh folder", KeyChoice::Now));
    world.portal.borrow_mut().settle();
    match answer.can {
        Can::NotLook if world.journal.borrow().is_some() => judge_question(tally, &world, &end, &example),
        _ => judge(tally, &world, &end, &example),
    }
}

/// Checks an operation that stays an open task: it covers everything left on the portal, and the page reports it
/// correctly.
fn judge_question(tally: &mut Tally, world: &World, end: &State, example: &dyn Fn() -> String) {
    tally.cells += 1;
    let is_question = matches!(end.stage, Stage::Refused { .. } | Stage::Indeterminate { .. } | Stage::Recovered(_));
    // Finished for the user, with a valid key; duplicates cannot be looked up.
    let is_done = end.stage == Stage::Acknowledged
        && world
            .shown
            .borrow()
            .last()
            .is_some_and(|other| world.portal.borrow().live_keys().iter().any(|key| key.token == *other));
    tally.add("I8 unfinished", !is_question && !is_done, example);
    let words = match &end.stage {
        Stage::Refused { call, refusal } => text(Message::CallRefused { call, refusal }),
        Stage::Indeterminate { pending, error } => {
            [text(Message::CallUnknown(&pending.call)), text(Message::Error(error))].join(" ")
        }
        _ => "done".to_owned(),
    };
    let exists = text(Message::Exists { existence: end.existence(), title: end.title() });
    let is_told = !words.is_empty() && !exists.is_empty();
    tally.add("I8 unfinished", !is_told, example);
    tally.add("I6 lost drafts", world.drafts.was_lost(), example);
    for name in crate::audit::NAMES {
        tally.add(name, world.audit.count(name) > 0, example);
    }
}

fn visit(tally: &mut Tally, answer: &Answer, portal: Portal) {
    let example = || format!("{} {}: a visit", answer.fact, answer.words);
    let mut visit = Visit::at(answer.page, portal);
    visit.run();
    let can_leave = answer.can != Can::All;
    tally.add("I8 unfinished", visit.left && !can_leave, &example);
    let is_told = |news: &News| {
        let NewsWords { title, text, advice, quote: _ } = i18n::news(news);
        ![title, text, advice].iter().any(String::is_empty)
    };
    tally.add("I8 unfinished", !visit.news.iter().all(is_told), &example);
    if answer.can == Can::NotSignIn {
        tally.add("I8 unfinished", !visit.left, &example);
    }
    judge_visit(tally, &mut visit, &example);
    let is_in_address = visit.portal.log().iter().any(|entry| entry.method != Method::Post);
    tally.add("I7 secrets told", is_in_address, &example);
}

#[test]
fn every_answer_to_every_open_fact_leaves_no_mess() {
    let answers = answers();
    let facts: HashSet<_> = answers.iter().map(|answer| answer.fact).collect();
    let mut text = format!("{:<12}{:<42}{:>6}", "fact", "answer", "runs");
    COLUMNS.iter().for_each(|(name, _)| text.push_str(&format!("{name:>0$}", width(name))));
    text.push_str("  beyond any client");
    let mut faults = Vec::new();
    for answer in &answers {
        let Outcome { tally, beyond } = play(answer);
        text.push_str(&format!("\n{:<12}{:<42}{:>6}", answer.fact, answer.words, tally.cells));
        for (name, counts) in COLUMNS {
            let count: usize = counts.iter().filter_map(|count| tally.counts.get(count)).sum();
            text.push_str(&format!("{count:>0$}", width(name)));
        }
        text.push_str(&format!("{beyond:>19}"));
        if tally.counts.values().any(|count| *count > 0) {
            faults.push(format!("{} {}: {:?} {:#?}", answer.fact, answer.words, tally.counts, tally.examples()));
        }
    }
    proof::tell(Part::OpenFacts, &text);
    assert!(facts.len() == 13 && faults.is_empty(), "\n{}", faults.join("\n"));
}
