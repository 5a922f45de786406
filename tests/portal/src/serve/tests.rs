//! Exchanges over a real socket: encoding, CORS headers, redirects, and the faults that need one.

mod clients;
mod tls;

use std::time::{Duration, Instant};

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::Value;

use super::{Running, start};
use crate::testing::{key_with, portal};
use crate::{Endpoint, Fault};

const PAGE: &str = "https://page.test";

async fn running() -> Running {
    start(portal(), 0).await.expect("a free port")
}

fn client() -> Client {
    let builder = Client::builder().redirect(Policy::none()).no_proxy();
    builder.build().expect("a client")
}

async fn post(running: &Running, path: &str, fields: &[(&str, &str)]) -> reqwest::Result<Response> {
    let url = format!("{}/sharing/rest{path}", running.url);
    client().post(url).header("Origin", PAGE).form(fields).send().await
}

async fn json(response: Response) -> Value {
    let text = response.text().await.expect("a body");
    serde_json::from_str(&text).expect("JSON")
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

/// A sign-in query with the challenge of RFC 7636, appendix B.
const QUERY: &str = "client_id=key-wizard-demo&response_type=code&redirect_uri=https%3A%2F%2Fpage.test%2F&state=s\
    &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

/// The code returned after jane presses Allow.
async fn allowed(running: &Running) -> String {
    let page = format!("{}/sharing/rest/oauth2/authorize?{QUERY}", running.url);
    let fields = [("username", "jane"), ("decision", "allow")];
    let back = client().post(&page).form(&fields).send().await.expect("a redirect");
    assert_eq!(back.status(), 302);
    let location = header(&back, "location").expect("a location");
    let (_, rest) = location.split_once("code=").expect("a code");
    rest.split('&').next().expect("a code").to_owned()
}

#[tokio::test]
async fn the_sign_in_page_comes_with_its_policy() {
    let running = running().await;
    let page = format!("{}/sharing/rest/oauth2/authorize?{QUERY}", running.url);
    let shown = client().get(&page).send().await.expect("a page");
    assert!(header(&shown, "content-security-policy").is_some());
    assert_eq!(header(&shown, "cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_sign_in_by_form_and_redirect_ends_in_a_session() {
    let running = running().await;
    let grant = [
        ("grant_type", "authorization_code"),
        ("client_id", "key-wizard-demo"),
        ("redirect_uri", "https://page.test/"),
        ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        ("code", &allowed(&running).await),
        ("f", "json"),
    ];
    let answer = json(post(&running, "/oauth2/token", &grant).await.expect("an answer")).await;
    let token = answer["access_token"].as_str().expect("a token");
    let fields = [("f", "json"), ("token", token)];
    let mine = post(&running, "/community/self", &fields).await.expect("an answer");
    assert_eq!(header(&mine, "access-control-allow-origin"), Some(PAGE));
    assert_eq!(header(&mine, "access-control-allow-credentials"), Some("true"));
    assert_eq!(json(mine).await["username"], "jane");
}

#[tokio::test]
async fn a_preflight_gets_no_cors_header() {
    let running = running().await;
    let url = format!("{}/sharing/rest/portals/self", running.url);
    let request = client().request(reqwest::Method::OPTIONS, url).header("Origin", PAGE);
    let request = request.header("Access-Control-Request-Method", "POST");
    let answer = request.send().await.expect("an answer");
    assert!(answer.status().is_client_error());
    assert_eq!(header(&answer, "access-control-allow-origin"), None);
}

#[tokio::test]
async fn a_dropped_connection_has_no_answer_and_its_effect_is_there() {
    let running = running().await;
    let token = running.with(|portal| {
        portal.fault(Endpoint::CreateFolder, Fault::DropAfter);
        portal.sign_in("nora")
    });
    let fields = [("title", "New"), ("f", "json"), ("token", &*token)];
    assert!(post(&running, "/content/users/nora/createFolder", &fields).await.is_err());
    assert_eq!(running.with(|portal| portal.folders_of("nora").len()), 1);
}

#[tokio::test]
async fn a_cut_answer_breaks_off_in_the_middle() {
    let running = running().await;
    running.with(|portal| portal.fault(Endpoint::PortalsSelf, Fault::Truncated));
    let answer = post(&running, "/portals/self", &[("f", "json")]).await.expect("a head");
    assert!(answer.text().await.is_err());
    let next = post(&running, "/portals/self", &[("f", "json")]).await.expect("an answer");
    assert_eq!(json(next).await["isPortal"], false);
}

#[tokio::test]
async fn a_delayed_answer_takes_its_time() {
    let running = running().await;
    running.with(|portal| portal.fault(Endpoint::PortalsSelf, Fault::Delay { ms: 60 }));
    let start = Instant::now();
    let answer = post(&running, "/portals/self", &[("f", "json")]).await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert!(start.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn an_answer_is_held_back_until_it_is_released_by_hand_or_over_http() {
    let running = running().await;
    let url = format!("{}/practice/release", running.url);
    for by_hand in [true, false] {
        running.with(|portal| portal.fault(Endpoint::PortalsSelf, Fault::Held));
        let mut answer = std::pin::pin!(post(&running, "/portals/self", &[("f", "json")]));
        while !running.with(|portal| portal.holds(Endpoint::PortalsSelf)) {
            tokio::select! {
                biased;
                _ = &mut answer => panic!("it was not held back"),
                () = tokio::task::yield_now() => {}
            }
        }
        // The later request is answered first.
        tokio::select! {
            biased;
            _ = &mut answer => panic!("it was not held back"),
            other = post(&running, "/portals/self", &[("f", "json")]) => assert_eq!(other.expect("an answer").status(), 200),
        }
        match by_hand {
            true => running.with(|portal| portal.release(Endpoint::PortalsSelf)),
            false => {
                let released = client().post(&url).form(&[("endpoint", "portalsSelf")]).send().await;
                assert_eq!(released.expect("an answer").status(), 200);
            }
        }
        assert_eq!(json(answer.await.expect("an answer")).await["isPortal"], false);
    }
}

#[tokio::test]
async fn a_slow_answer_drips_byte_by_byte_after_its_head() {
    let running = running().await;
    running.with(|portal| portal.fault(Endpoint::PortalsSelf, Fault::SlowDrip));
    let start = Instant::now();
    let mut answer = post(&running, "/portals/self", &[("f", "json")]).await.expect("a head");
    assert_eq!(answer.status(), 200);
    let mut begun = Vec::new();
    while begun.len() < 3 {
        begun.extend(answer.chunk().await.expect("it goes on").expect("it is not whole"));
    }
    assert_eq!(begun, b"{\"a");
    assert!(start.elapsed() < Duration::from_secs(30), "the first bytes come long before the last");
}

#[tokio::test]
async fn the_policy_for_openers_is_sent_with_the_sign_in_page() {
    let running = running().await;
    let page = format!("{}/sharing/rest/oauth2/authorize?{QUERY}", running.url);
    for policy in [None, Some("same-origin")] {
        running.with(|portal| portal.switches.sign_in.opener_policy = policy.map(str::to_owned));
        let shown = client().get(&page).send().await.expect("a page");
        assert_eq!(header(&shown, "cross-origin-opener-policy"), policy);
    }
}

#[tokio::test]
async fn a_key_is_checked_against_the_real_referer_header() {
    let running = running().await;
    let key = running.with(|portal| key_with(portal, "jane", &["premium:user:basemaps"], &["https://a.test"]).token);
    for (referer, kind) in [("https://a.test/", "apiKey"), ("https://b.test/", "")] {
        let url = format!("{}/sharing/rest/practice/whoami?f=json&token={key}", running.url);
        let answer = client().get(url).header("Referer", referer).send().await.expect("an answer");
        assert_eq!(json(answer).await["kind"].as_str().unwrap_or(""), kind);
    }
}

#[tokio::test]
async fn tokens_in_headers_and_multipart_forms_are_read() {
    let running = running().await;
    let token = running.with(|portal| portal.sign_in("jane"));
    let url = format!("{}/sharing/rest/community/self?f=json", running.url);
    for (name, value) in
        [("X-Esri-Authorization", format!("Bearer {token}")), ("Authorization", format!("Bearer {token}"))]
    {
        let answer = client().get(&url).header(name, value).send().await.expect("an answer");
        assert_eq!(json(answer).await["username"], "jane");
    }
    let body = format!("--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--b--\r\n");
    let request = client().post(&url).header("Content-Type", "multipart/form-data; boundary=b");
    let answer = request.body(body).send().await.expect("an answer");
    assert_eq!(json(answer).await["username"], "jane");
}

#[tokio::test]
async fn a_running_portal_is_steered_from_this_machine() {
    let running = running().await;
    let fault = [("endpoint", "portalsSelf"), ("fault", "badGateway"), ("times", "1")];
    let url = format!("{}/practice/fault", running.url);
    let set = client().post(url).form(&fault).send().await.expect("an answer");
    assert_eq!(set.status(), 200);
    assert_eq!(post(&running, "/portals/self", &[]).await.expect("an answer").status(), 502);
    let url = format!("{}/practice/reset", running.url);
    let from_page = client().post(&url).header("Origin", PAGE).send().await.expect("an answer");
    assert_eq!(from_page.status(), 403);
    assert_eq!(header(&from_page, "access-control-allow-origin"), None);
}

#[tokio::test]
async fn a_dropped_portal_answers_no_more() {
    let running = running().await;
    let url = running.url.clone();
    drop(running);
    // The task ends at its next turn; retry until the connection is refused, which needs no clock.
    while client().get(&url).send().await.is_ok() {
        tokio::task::yield_now().await;
    }
}
