//! The sign-in page: picks the user and asks for consent (F-SIGNIN-1).

use crate::exchange::{Answered, Method};
use crate::form::{Form, escape};
use crate::oauth2::redirect;
use crate::page;
use crate::portal::{Call, Done, Portal, Reply};
use crate::state::app::App;
use crate::state::session::{Challenge, Code};
use crate::switches::Strictness;

/// The lifetime of a code: ten minutes, the maximum that RFC 6749 4.1.2 recommends.
const CODE_MS: i64 = 10 * 60_000;
/// The default lifetime of a refresh token: two weeks, in minutes (F-SIGNIN-9).
const DEFAULT_MINUTES: i64 = 20_160;
/// The maximum lifetime of a refresh token: ninety days, in minutes (F-SIGNIN-9).
const LONGEST_MINUTES: i64 = 129_600;
/// Remembers who signed in last, so that the page can preselect that user.
const COOKIE: &str = "practice_user";

/// [`decide`], plus the page's opener policy, which is unknown (F-SIGNIN-7).
pub(crate) fn authorize(portal: &mut Portal, call: &Call) -> Reply {
    let answered = decide(portal, call);
    let policy = portal.switches.sign_in.opener_policy.clone();
    Ok(Done::Page(
        policy.into_iter().fold(answered, |answer, policy| answer.header("Cross-Origin-Opener-Policy", policy)),
    ))
}

/// GET shows the page; POST submits the user's decision. An invalid client id or redirect URI gives an error page,
/// never a redirect (F-SIGNIN-3).
fn decide(portal: &mut Portal, call: &Call) -> Answered {
    let form = call.form;
    let Some(app) = portal.world.apps.get(form.text("client_id")).cloned() else {
        return page::problem("Invalid client_id");
    };
    let uri = form.text("redirect_uri");
    if !redirect::is_registered(portal, &app.redirect_uris, uri) {
        return page::problem("Invalid redirect_uri");
    }
    if let Some((error, words)) = flaw(portal, form) {
        return go_back(portal, form, &[("error", error), ("error_description", words)]);
    }
    let known = portal.world.users.contains_key(form.text("username"));
    match (call.asked.method, form.text("decision")) {
        (Method::Post, "allow") if known => allow(portal, form, &app),
        (Method::Post, "cancel") => go_back(
            portal,
            form,
            &[("error", "access_denied"), ("error_description", "The user has denied your request")],
        ),
        _ => page::sign_in(portal, form, &app, &remembered(call)),
    }
}

/// Shows the code for an out-of-band redirect URI (F-SIGNIN-12).
pub(crate) fn approval(call: &Call) -> Reply {
    Ok(Done::Page(page::approval(call.form.text("code"))))
}

/// `signout`: clears the last sign-in (F-SIGNIN-13). It does not follow `redirect_uri`, which is not validated here.
pub(crate) fn sign_out(_call: &Call) -> Reply {
    let cookie = format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    Ok(Done::Page(page::signed_out().header("Set-Cookie", cookie)))
}

/// The error of an invalid request that may be redirected (RFC 6749 4.1.2.1, RFC 7636 4.4.1).
fn flaw(portal: &Portal, form: &Form) -> Option<(&'static str, &'static str)> {
    if form.text("response_type") != "code" {
        // The real portal has the implicit grant; it is omitted here on purpose.
        return Some(("unsupported_response_type", "Only the authorization code grant is practised here"));
    }
    let is_short = form
        .number("expiration")
        .is_some_and(|minutes| (1..portal.switches.sign_in.least_expiration).contains(&minutes));
    if is_short && portal.switches.sign_in.short_expiration == Strictness::Refused {
        // Neither the limit nor the message is known (F-SIGNIN-8).
        return Some(("invalid_request", "expiration is shorter than this portal allows"));
    }
    let challenge = form.text("code_challenge");
    let method = form.get("code_challenge_method");
    if challenge.is_empty() {
        let demanded = portal.switches.sign_in.demands_pkce || method.is_some();
        return demanded.then_some(("invalid_request", "code_challenge required"));
    }
    let made_of = |signs: &[u8]| challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || signs.contains(&byte));
    match method {
        Some("S256") if challenge.len() == 43 && made_of(b"-_") => None,
        Some("S256") => Some(("invalid_request", "code_challenge is no SHA-256 in base64url")),
        // RFC 7636 4.3: a missing method means plain (F-SIGNIN-19).
        Some("plain") | None if portal.switches.sign_in.takes_plain_pkce => {
            let is_verifier = (43..=128).contains(&challenge.len()) && made_of(b"-._~");
            (!is_verifier).then_some(("invalid_request", "code_challenge is no code_verifier"))
        }
        _ => Some(("invalid_request", "Only the S256 code_challenge_method is taken here")),
    }
}

/// The challenge of a valid request.
fn challenge(form: &Form) -> Option<Challenge> {
    let text = form.get("code_challenge").filter(|text| !text.is_empty())?.to_owned();
    Some(match form.text("code_challenge_method") {
        "S256" => Challenge::S256(text),
        _ => Challenge::Plain(text),
    })
}

fn allow(portal: &mut Portal, form: &Form, app: &App) -> Answered {
    let code = portal.world.ids.token();
    let username = form.text("username").to_owned();
    let record = Code {
        client_id: app.client_id.clone(),
        redirect_uri: form.text("redirect_uri").to_owned(),
        username: username.clone(),
        challenge: challenge(form),
        expires: portal.now_ms + CODE_MS,
        refresh_minutes: refresh_minutes(portal, form),
        used: false,
        refresh: None,
        access: None,
    };
    portal.world.codes.insert(code.clone(), record);
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", escape(&username));
    go_back(portal, form, &[("code", &code)]).header("Set-Cookie", cookie)
}

/// `expiration` in minutes; `-1` and values above the maximum become the maximum (F-SIGNIN-9, F-TOKEN-8).
fn refresh_minutes(portal: &Portal, form: &Form) -> i64 {
    let asked = form.number("expiration").unwrap_or(DEFAULT_MINUTES);
    let limit = match portal.switches.max_token_minutes {
        -1 => LONGEST_MINUTES,
        minutes => minutes.min(LONGEST_MINUTES),
    };
    if asked < 1 { limit } else { asked.max(portal.switches.sign_in.least_expiration).min(limit) }
}

/// 302 to the redirect URI with these parameters, `state` and, depending on the switch, `iss`. A request for a token
/// gets its answer, even a refusal, in the fragment (RFC 6749 4.2.2.1, F-SIGNIN-15).
fn go_back(portal: &Portal, form: &Form, parameters: &[(&str, &str)]) -> Answered {
    let mut all: Vec<(&str, String)> =
        parameters.iter().map(|(name, parameter)| (*name, (*parameter).to_owned())).collect();
    if let Some(state) = form.get("state") {
        all.push(("state", state.to_owned()));
    }
    if let Some(iss) = &portal.switches.sign_in.iss {
        all.push(("iss", iss.replace("{root}", &portal.root)));
    }
    let query: Vec<String> = all.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    let uri = match form.text("redirect_uri") {
        redirect::OUT_OF_BAND => "/sharing/rest/oauth2/approval",
        uri => uri,
    };
    let glue = match form.text("response_type") {
        "token" => "#",
        _ if uri.contains('?') => "&",
        _ => "?",
    };
    let location = format!("{uri}{glue}{}", query.join("&"));
    Answered::page(302, String::new()).header("Location", location).header("Cache-Control", "no-store".to_owned())
}

fn remembered(call: &Call) -> String {
    let cookies = call.asked.cookie.as_deref().unwrap_or_default();
    let mut pairs = cookies.split(';').filter_map(|part| part.trim().split_once('='));
    let found = pairs.find(|(name, _)| *name == COOKIE);
    found.map_or(String::new(), |(_, value)| crate::form::unescape(value, false))
}

#[cfg(test)]
mod tests {
    use crate::Asked;
    use crate::testing::portal;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn query(change: &[(&str, &str)]) -> String {
        let mut fields = vec![
            ("client_id", "key-wizard-demo"),
            ("response_type", "code"),
            ("redirect_uri", "https://page.test/"),
            ("state", "s t"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in change {
            fields.retain(|field| field.0 != *name);
            if *value != "-" {
                fields.push((name, value));
            }
        }
        let pairs: Vec<String> =
            fields.iter().map(|(name, field)| format!("{name}={}", super::escape(field))).collect();
        pairs.join("&")
    }

    #[test]
    fn the_page_offers_every_user_and_runs_no_script() {
        let mut portal = portal();
        let answered = portal.answer(Asked::get(&format!("/sharing/rest/oauth2/authorize?{}", query(&[]))));
        assert_eq!(answered.status, 200);
        for words in ["Sign in to the practice portal", "jane", "newt", "max", "nora", "Allow", "Cancel", "Key wizard"]
        {
            assert!(answered.body.contains(words), "{words}");
        }
        assert!(!answered.body.contains("<script"));
        let policy = answered.get_header("Content-Security-Policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'"));
        assert!(policy.contains("frame-ancestors 'none'"));
        // Browsers apply form-action also to the redirect that follows the form.
        assert!(policy.contains("form-action 'self' https://page.test"), "{policy}");
    }

    #[test]
    fn allow_comes_back_with_a_code_and_the_state() {
        let mut portal = portal();
        let location = portal.decide(&query(&[]), "jane", true).expect("a redirect");
        assert!(location.starts_with("https://page.test/?code="), "{location}");
        assert!(location.ends_with("&state=s%20t"), "{location}");
    }

    #[test]
    fn cancel_comes_back_with_access_denied() {
        let mut portal = portal();
        let location = portal.decide(&query(&[]), "jane", false).expect("a redirect");
        let expected = "https://page.test/?error=access_denied&error_description=The%20user%20has%20denied%20your%20request&state=s%20t";
        assert_eq!(location, expected);
    }

    #[test]
    fn a_wrong_client_or_redirect_uri_is_a_page_and_no_redirect() {
        let mut portal = portal();
        for (change, words) in [
            (("client_id", "nobody"), "Invalid client_id"),
            (("redirect_uri", "https://page.test/other"), "Invalid redirect_uri"),
            (("redirect_uri", "https://page.test"), "Invalid redirect_uri"),
        ] {
            assert_eq!(portal.decide(&query(&[change]), "jane", true), None);
            let page = portal.answer(Asked::get(&format!("/sharing/oauth2/authorize?{}", query(&[change]))));
            assert_eq!(page.status, 400);
            assert!(page.body.contains(&format!("Error: {words}")));
            assert!(page.body.contains(&format!("<title>Error: 400 {words} ")));
            assert_eq!(page.get_header("Location"), None);
        }
    }

    #[test]
    fn broken_challenges_are_refused_and_plain_ones_when_the_switch_says_so() {
        let mut portal = portal();
        for change in [("code_challenge_method", "plain"), ("code_challenge_method", "-")] {
            let location = portal.decide(&query(&[change]), "jane", true).expect("a redirect");
            assert!(location.contains("?code="), "{change:?} {location}");
        }
        let short = query(&[("code_challenge_method", "plain"), ("code_challenge", "short")]);
        assert!(portal.decide(&short, "jane", true).expect("a redirect").contains("?error="));
        portal.switches.sign_in.takes_plain_pkce = false;
        for change in [
            ("code_challenge_method", "plain"),
            ("code_challenge_method", "-"),
            ("code_challenge", "-"),
            ("code_challenge", "short"),
            ("response_type", "id_token"),
        ] {
            let location = portal.decide(&query(&[change]), "jane", true).expect("a redirect");
            assert!(location.contains("?error="), "{change:?} {location}");
            assert!(!location.contains("code="), "{change:?}");
        }
    }

    #[test]
    fn who_asks_for_a_token_is_refused_in_the_fragment() {
        let mut portal = portal();
        let location = portal.decide(&query(&[("response_type", "token")]), "jane", true).expect("a redirect");
        assert!(location.starts_with("https://page.test/#error=unsupported_response_type&"), "{location}");
        assert!(location.ends_with("&state=s%20t"), "{location}");
    }

    #[test]
    fn pkce_may_be_left_out_unless_the_switch_demands_it() {
        let mut portal = portal();
        let bare = query(&[("code_challenge", "-"), ("code_challenge_method", "-")]);
        assert!(portal.decide(&bare, "jane", true).expect("a redirect").contains("?code="));
        portal.switches.sign_in.demands_pkce = true;
        assert!(portal.decide(&bare, "jane", true).expect("a redirect").contains("?error=invalid_request"));
    }

    #[test]
    fn the_issuer_is_named_when_the_switch_says_so() {
        let mut portal = portal();
        portal.switches.sign_in.iss = Some("{root}/sharing/rest".to_owned());
        let location = portal.decide(&query(&[]), "jane", true).expect("a redirect");
        assert!(location.ends_with("&iss=http%3A%2F%2F127.0.0.1%2Fsharing%2Frest"), "{location}");
    }

    #[test]
    fn a_short_expiration_is_corrected_or_refused_by_the_switch() {
        let mut portal = portal();
        portal.switches.sign_in.least_expiration = 120;
        let short = query(&[("expiration", "60")]);
        assert!(portal.decide(&short, "jane", true).expect("a redirect").contains("?code="));
        portal.switches.sign_in.short_expiration = crate::switches::Strictness::Refused;
        let refused = portal.decide(&short, "jane", true).expect("a redirect");
        assert!(refused.contains("?error=invalid_request&error_description=expiration"), "{refused}");
        let long = query(&[("expiration", "120")]);
        assert!(portal.decide(&long, "jane", true).expect("a redirect").contains("?code="));
    }

    #[test]
    fn the_policy_for_openers_is_on_every_page_of_a_sign_in() {
        let mut portal = portal();
        portal.switches.sign_in.opener_policy = Some("same-origin".to_owned());
        for change in [("client_id", "key-wizard-demo"), ("client_id", "nobody"), ("response_type", "token")] {
            let page = portal.answer(Asked::get(&format!("/sharing/rest/oauth2/authorize?{}", query(&[change]))));
            assert_eq!(page.get_header("Cross-Origin-Opener-Policy"), Some("same-origin"), "{change:?}");
        }
    }

    #[test]
    fn the_last_user_is_preselected_and_still_asked() {
        let mut portal = portal();
        let mut asked = Asked::get(&format!("/sharing/rest/oauth2/authorize?{}", query(&[])));
        asked.cookie = Some("other=1; practice_user=nora".to_owned());
        let body = portal.answer(asked).body;
        assert!(body.contains(r#"value="nora" checked"#));
        let out = portal.answer(Asked::get("/sharing/rest/oauth2/signout"));
        assert!(out.get_header("Set-Cookie").expect("a cookie").contains("Max-Age=0"));
    }

    #[test]
    fn an_out_of_band_code_is_shown_on_a_page() {
        let mut portal = portal();
        portal.register_client("cli", "Tool", &[super::redirect::OUT_OF_BAND]);
        let change = [("client_id", "cli"), ("redirect_uri", super::redirect::OUT_OF_BAND)];
        let location = portal.decide(&query(&change), "jane", true).expect("a redirect");
        assert!(location.starts_with("/sharing/rest/oauth2/approval?code="));
        let code = location.split(['=', '&']).nth(1).expect("a code").to_owned();
        let page = portal.answer(Asked::get(&location)).body;
        assert!(page.contains(&format!("<title>SUCCESS code={code}</title>")), "{page}");
        assert!(page.contains(&format!("<code>{code}</code>")), "{page}");
    }
}
