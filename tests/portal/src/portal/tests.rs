//! The core as a whole: CORS, methods, faults, time and the log.

use crate::exchange::Method;
use crate::switches::PostRefusal;
use crate::testing::{NOON, code, new_item, portal, text};
use crate::{Answered, Asked, Endpoint, Fault, Portal, Rule};

const PAGE: &str = "https://page.test";

fn ask_self(portal: &mut Portal) -> Answered {
    portal.answer(Asked::post("/sharing/rest/portals/self").json().from_page(PAGE))
}

fn add(portal: &mut Portal) -> Answered {
    let token = portal.sign_in("nora");
    let asked = Asked::post("/sharing/rest/content/users/nora/addItem").json().from_page(PAGE);
    let asked = asked.field("type", "Application").field("title", "T");
    portal.answer(asked.field("token", &token))
}

#[test]
fn any_page_may_read_until_the_organization_lists_its_origins() {
    let mut portal = portal();
    assert_eq!(ask_self(&mut portal).allow_origin.as_deref(), Some(PAGE));
    portal.switches.allowed_origins = vec!["https://other.test".to_owned()];
    let answered = ask_self(&mut portal);
    assert_eq!(answered.allow_origin, None);
    assert_eq!(answered.value()["allowedOrigins"][0], "https://other.test");
    portal.switches.allowed_origins.push(PAGE.to_owned());
    assert_eq!(ask_self(&mut portal).allow_origin.as_deref(), Some(PAGE));
}

#[test]
fn a_preflight_is_refused_and_no_page_may_read_it() {
    let mut portal = portal();
    let asked = Asked::new(Method::Options, "/sharing/rest/portals/self").from_page(PAGE);
    let answered = portal.answer(asked);
    assert_eq!((answered.status, answered.allow_origin), (403, None));
}

#[test]
fn the_sign_in_page_is_not_for_other_origins_to_read() {
    let mut portal = portal();
    let asked = Asked::get("/sharing/rest/oauth2/authorize").from_page(PAGE);
    assert_eq!(portal.answer(asked).allow_origin, None);
}

#[test]
fn a_read_by_get_alone_refuses_a_post_in_one_of_two_ways() {
    let mut portal = portal();
    portal.switches.get_alone.reads = vec![Endpoint::PortalsSelf];
    let by_get = portal.answer(Asked::get("/sharing/rest/portals/self").json().from_page(PAGE));
    assert_eq!((by_get.status, code(&by_get.value())), (200, 0));
    let by_post = ask_self(&mut portal);
    assert_eq!((by_post.status, by_post.allow_origin.as_deref()), (405, Some(PAGE)));
    portal.switches.get_alone.refusal = PostRefusal::Body;
    let by_post = ask_self(&mut portal);
    assert_eq!((by_post.status, code(&by_post.value())), (200, 400));
}

#[test]
fn an_unknown_path_is_an_error_body_in_200() {
    let mut portal = portal();
    let answered = portal.answer(Asked::post("/sharing/rest/unheard/of").json());
    assert_eq!((answered.status, code(&answered.value())), (200, 404));
    for path in ["/.well-known/openid-configuration", "/home/content.html", "/favicon.ico"] {
        assert_eq!(portal.answer(Asked::get(path)).status, 404, "{path}");
    }
    assert_eq!(portal.answer(Asked::get("/")).status, 200, "the home page");
}

#[test]
fn the_demo_is_the_same_every_time() {
    let (mut one, mut other) = (portal(), portal());
    assert_eq!(one.items_of("jane"), other.items_of("jane"));
    assert_eq!(one.sign_in("jane"), other.sign_in("jane"));
    assert_ne!(Portal::seeded(NOON, 9).sign_in("jane"), one.sign_in("jane"));
}

#[test]
fn a_reset_forgets_everything_but_the_pages_app() {
    let mut portal = portal();
    let item = new_item(&mut portal, "jane");
    portal.switches.search_lag = 5;
    portal.fault(Endpoint::PortalsSelf, Fault::Empty);
    portal.reset();
    assert!(portal.item(&item).is_none());
    assert!(portal.live_sessions().is_empty() && portal.log().is_empty());
    assert_eq!(portal.switches.search_lag, 0);
    assert_eq!(code(&ask_self(&mut portal).value()), 0);
    let query = "client_id=key-wizard-demo&response_type=code&redirect_uri=https://page.test/";
    assert!(portal.decide(query, "jane", true).is_some());
}

#[test]
fn the_log_names_what_was_asked() {
    let mut portal = portal();
    portal.clear_log();
    ask_self(&mut portal);
    let [seen] = portal.log() else {
        panic!("one request was sent");
    };
    assert_eq!(seen.endpoint, Some(Endpoint::PortalsSelf));
    assert_eq!(seen.field_names(), ["f"]);
    assert_eq!(seen.origin.as_deref(), Some(PAGE));
}

/// Checks how many items an `addItem` under this fault creates, and whether the answer reports success.
#[track_caller]
fn check(fault: Fault, made: usize, says_so: bool) {
    let mut portal = portal();
    portal.fault(Endpoint::AddItem, fault.clone());
    let answered = add(&mut portal);
    assert_eq!(portal.items_of("nora").len(), made, "{fault:?}");
    let fine = !answered.dropped && answered.status == 200 && answered.value()["success"] == true;
    assert_eq!(fine, says_so, "{fault:?} {}", answered.status);
    assert!(portal.faults_are_spent());
    assert_eq!(add(&mut portal).value()["success"], true, "{fault:?}");
}

#[test]
fn faults_without_effect_leave_nothing_and_strike_once() {
    let message = "no".to_owned();
    check(Fault::DropBefore, 0, false);
    check(Fault::Late, 0, false);
    check(Fault::ErrorBody { code: 500, message }, 0, false);
    check(Fault::Html200, 0, false);
    check(Fault::TooMany, 0, false);
    check(Fault::TooManyNoCors, 0, false);
    check(Fault::Unavailable, 0, false);
    check(Fault::ExpiredToken, 0, false);
    check(Fault::SuccessFalse, 0, false);
    check(Fault::Redirect, 0, false);
}

#[test]
fn faults_with_effect_leave_an_item_and_strike_once() {
    check(Fault::DropAfter, 1, false);
    check(Fault::Twice, 2, true);
    check(Fault::Delay { ms: 5 }, 1, true);
    check(Fault::Held, 1, true);
    check(Fault::Truncated, 1, false);
    check(Fault::BadGateway, 1, false);
    check(Fault::Empty, 1, false);
    check(Fault::WrongTypes, 1, false);
    check(Fault::Huge, 1, true);
    check(Fault::NoCors, 1, true);
}

#[test]
fn a_late_effect_comes_after_the_next_request() {
    let mut portal = portal();
    portal.fault(Endpoint::AddItem, Fault::Late);
    assert!(add(&mut portal).dropped);
    let listed = portal.as_user("nora", "/content/users/nora", &[]);
    assert_eq!(listed["total"], 0);
    assert_eq!(portal.items_of("nora").len(), 1);
}

#[test]
fn an_effect_comes_as_late_as_its_fault_says() {
    for fault in [Fault::SilentThenLate { late_ms: 500 }, Fault::LostThenLate { late_ms: 500 }] {
        let mut portal = portal();
        portal.fault(Endpoint::AddItem, fault.clone());
        assert!(add(&mut portal).dropped);
        for (ms, made) in [(499, 0), (1, 1)] {
            portal.advance(ms);
            ask_self(&mut portal);
            assert_eq!(portal.items_of("nora").len(), made, "{fault:?}");
        }
    }
}

#[test]
fn an_answer_is_held_back_until_its_endpoint_is_released() {
    let mut portal = portal();
    portal.fault(Endpoint::AddItem, Fault::Held);
    let number = add(&mut portal).held.expect("it is held back");
    assert_eq!(add(&mut portal).held, None, "the next one is not");
    portal.release(Endpoint::Search);
    assert!(portal.holds(Endpoint::AddItem) && portal.is_held(number));
    portal.release(Endpoint::AddItem);
    assert!(!portal.holds(Endpoint::AddItem) && !portal.is_held(number));
}

#[test]
fn the_effect_of_a_fault_can_be_chosen() {
    for effect in [true, false] {
        let mut portal = portal();
        let rule = Rule::once(Endpoint::AddItem, Fault::BadGateway);
        portal.add_fault(Rule { effect, ..rule });
        assert_eq!(add(&mut portal).status, 502);
        assert_eq!(portal.items_of("nora").len(), usize::from(effect));
    }
}

#[test]
fn a_fault_without_an_end_strikes_until_it_is_cleared() {
    let mut portal = portal();
    portal.add_fault(Rule { times: None, ..Rule::once(Endpoint::PortalsSelf, Fault::Empty) });
    assert_eq!(ask_self(&mut portal).body, "");
    assert_eq!(ask_self(&mut portal).body, "");
    portal.clear_faults();
    assert_eq!(ask_self(&mut portal).value()["isPortal"], false);
}

#[test]
fn an_expired_token_is_really_ended() {
    let mut portal = portal();
    portal.fault(Endpoint::PortalsSelf, Fault::ExpiredToken);
    let token = portal.sign_in("jane");
    for _ in 0..2 {
        assert_eq!(code(&portal.post("/portals/self", &[("token", &token)])), 498);
    }
}

#[test]
fn every_endpoint_that_writes_refuses_get_and_every_other_takes_both() {
    let mut portal = portal();
    let token = portal.sign_in("jane");
    let id = text(&serde_json::json!(portal.items_of("jane")[0].id));
    for (path, writes) in [
        ("/content/users/jane/createFolder", true),
        ("/content/users/jane/addItem", true),
        (&*format!("/content/users/jane/items/{id}/protect"), true),
        (&*format!("/content/users/jane/items/{id}/canDelete"), false),
        ("/oauth2/registerApp", true),
        ("/community/self", false),
        ("/content/users/jane", false),
        ("/search?q=x", false),
    ] {
        let glue = if path.contains('?') { "&" } else { "?" };
        let asked = Asked::get(&format!("/sharing/rest{path}{glue}f=json&token={token}"));
        assert_eq!(code(&portal.answer(asked).value()) == 405, writes, "{path}");
    }
}
