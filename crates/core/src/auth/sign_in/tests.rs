use super::SignInProblem as Problem;
use super::*;

use crate::portal::error::{Error, Refusal};
use crate::secret::Secret;

const PAGE: &str = "https://keys.example.com/wizard/";
const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn target(id: &str) -> Option<Target> {
    let root = match id {
        "arcgis" => "https://www.arcgis.com",
        "town" => "https://gis.example.com/portal",
        "jane" => "https://jane.maps.arcgis.com",
        _ => return None,
    };
    let root = PortalRoot::parse(root).expect("the test's addresses are right");
    Some(Target { portal: PortalChoice::configured(id), root, client_id: ClientId("akw1".to_owned()) })
}

/// A sign-in at `portal` that left from the Summary; `seed` makes the random bytes differ.
fn left_for(portal: &str, seed: u8) -> (Pending, String) {
    let target = target(portal).expect("the portal is configured");
    let mut random = [seed; 64];
    random[32..].fill(seed + 100);
    begin(&target, PAGE, "#/new/summary", random, NOW)
}

/// Comes back with a callback; `{state}` is replaced by the state of the sign-in.
fn back_with(callback: &str) -> Result<Redemption, Problem> {
    let (pending, _) = left_for("arcgis", 1);
    back(callback, pending, NOW)
}

fn back(callback: &str, pending: Pending, now: Timestamp) -> Result<Redemption, Problem> {
    let callback = callback.replace("{state}", &pending.state);
    let callback = AuthorizationResponse::parse(&callback).expect("it is a callback");
    handle_response(callback, Some(pending), &context(PAGE, now))
}

fn context(redirect_uri: &str, now: Timestamp) -> CallbackContext<'_> {
    CallbackContext { redirect_uri, target: &|id| target(id.id()), now }
}

#[track_caller]
fn refused(callback: &str, expected: Problem) {
    match back_with(callback) {
        Ok(_) => panic!("{callback} was taken"),
        Err(problem) => assert_eq!(problem, expected, "{callback}"),
    }
}

fn body(redemption: Redemption) -> String {
    let (encoded, _) = redemption.request.encode();
    assert_eq!(encoded.path, "oauth2/token");
    String::from_utf8(encoded.body.as_bytes().to_vec()).expect("a form is ASCII")
}

#[test]
fn the_way_out_asks_for_a_code_with_s256_and_a_short_session() {
    let (pending, url) = left_for("arcgis", 1);
    let challenge = pending.verifier.challenge();
    let expected = [
        "https://www.arcgis.com/sharing/rest/oauth2/authorize?client_id=akw1&response_type=code",
        "&redirect_uri=https%3A%2F%2Fkeys.example.com%2Fwizard%2F&state=",
        &pending.state,
        "&code_challenge=",
        &challenge,
        "&code_challenge_method=S256&expiration=60",
    ];
    assert_eq!(url, expected.concat());
}

#[test]
fn the_verifier_is_in_the_record_and_not_in_the_address() {
    let (pending, url) = left_for("arcgis", 1);
    assert!(!url.contains(pending.verifier.secret().expose()));
    assert!(pending.record().expose().contains(pending.verifier.secret().expose()));
    assert!(!url.contains("summary"), "the state carries nothing but chance");
}

#[test]
fn two_sign_ins_share_neither_state_nor_verifier() {
    let ((one, _), (other, _)) = (left_for("arcgis", 1), left_for("arcgis", 2));
    assert_ne!(one.state, other.state);
    assert_ne!(one.verifier.secret().expose(), other.verifier.secret().expose());
}

#[test]
fn a_callback_that_fits_gives_one_request_to_its_own_portal() {
    let redemption = back_with("?code=c%2F1&state={state}#/").expect("it fits");
    assert_eq!(redemption.return_fragment, "#/new/summary");
    assert_eq!(redemption.target.root.as_str(), "https://www.arcgis.com");
    let (pending, _) = left_for("arcgis", 1);
    let expected = [
        "f=json&grant_type=authorization_code&client_id=akw1&code=c%2F1&code_verifier=",
        pending.verifier.secret().expose(),
        "&redirect_uri=https%3A%2F%2Fkeys.example.com%2Fwizard%2F",
    ];
    assert_eq!(body(redemption), expected.concat());
}

#[test]
fn callbacks_that_fit_in_other_ways_are_taken() {
    for callback in [
        "?code=c&state={state}",
        "code=c&state={state}",
        "?state={state}&code=c",
        "?code=c&state={state}&persist=true&ssl=true",
        "?code=c&state={state}#/new/summary",
        "?code=c&state={state}&iss=https%3A%2F%2Fwww.arcgis.com",
        "?code=c&state={state}&iss=https://www.arcgis.com/sharing/rest",
        "?lang=en&code=c&state={state}",
    ] {
        assert!(back_with(callback).is_ok(), "{callback}");
    }
}

#[test]
fn an_address_without_oauth_parameters_is_no_callback() {
    for address in
        ["", "?", "#", "#/new/key", "?lang=en", "?iss=https://evil.example", "?error_description=x", "?codes=1"]
    {
        assert!(AuthorizationResponse::parse(address).is_none(), "{address}");
    }
}

#[test]
fn a_refusal_by_the_person_and_one_by_the_portal_differ() {
    let said = |error: &str, description: &str| Problem::PortalRefused {
        error: error.to_owned(),
        description: description.to_owned(),
    };
    refused("?error=server_error&state={state}", said("server_error", ""));
    refused("?error=invalid_request&error_description=Bad+%3Cb%3E&state={state}", said("invalid_request", "Bad <b>"));
    refused("?error=&state={state}", said("", ""));
    refused("?error=x&error_description=key+AAPTxy8BH1VEsoebNVZXo8HurC&state={state}", said("x", "key […]"));
}

#[test]
fn a_denial_has_the_portals_words_and_the_app_where_perhaps_nobody_was_asked() {
    for (age_ms, description, at_once) in [
        (0, "", true),
        (4_999, "The user has denied <b>", true),
        // The clock was set back meanwhile.
        (-1, "", true),
        (5_000, "", false),
        (60_000, "Nein", false),
    ] {
        let (pending, _) = left_for("arcgis", 1);
        let callback =
            format!("?error=access_denied&error_description={}&state={{state}}", urlencoded::encoded(description));
        let at_once = at_once.then(|| ClientId("akw1".to_owned()));
        let expected = Problem::Denied { description: description.to_owned(), at_once };
        assert_eq!(back(&callback, pending, NOW.plus_millis(age_ms)).err(), Some(expected), "{age_ms}");
    }
}

#[test]
fn arcgis_online_answers_for_the_address_of_an_organization() {
    for (portal, issuer, is_taken) in [
        ("jane", "https://www.arcgis.com", true),
        ("jane", "https://www.arcgis.com/sharing/rest", true),
        ("jane", "https://jane.maps.arcgis.com", true),
        ("jane", "https://john.maps.arcgis.com", false),
        ("jane", "https://www.arcgis.com.evil.example", false),
        ("town", "https://www.arcgis.com", false),
        ("arcgis", "https://jane.maps.arcgis.com", false),
    ] {
        let (pending, _) = left_for(portal, 1);
        let problem = back(&["?code=c&state={state}&iss=", issuer].concat(), pending, NOW).err();
        assert_eq!(problem, (!is_taken).then_some(Problem::WrongIssuer), "{portal} {issuer}");
    }
}

#[test]
fn a_sign_in_as_somebody_else_asks_who_they_are() {
    let (_, address) = left_for("arcgis", 1);
    assert_eq!(asking_who(&address), format!("{address}&force_login=true"));
}

#[test]
fn a_state_that_is_missing_or_wrong_is_refused() {
    refused("?code=c", Problem::StateMissing);
    refused("?code=c&state=", Problem::StateMissing);
    refused("?error=access_denied", Problem::StateMissing);
    refused("?code=c&state=other", Problem::StateMismatch);
    refused("?code=c&state={state}x", Problem::StateMismatch);
    refused("?code=c&state=%20{state}", Problem::StateMismatch);
    refused("?code=c&state={state}%00", Problem::StateMismatch);
    refused("?error=access_denied&state=other", Problem::StateMismatch);
}

#[test]
fn parameters_that_are_there_twice_are_refused() {
    for callback in [
        "?code=c&code=c&state={state}",
        "?code=c&code=d&state={state}",
        "?code=c&state={state}&state={state}",
        "?code=c&state=x&state={state}",
        "?code=c&state={state}&iss=https://www.arcgis.com&iss=https://evil.example",
        "?error=access_denied&error=x&state={state}",
        "?code=&code=c&state={state}",
        "?code=c&code=d&error_description=x&state={state}",
        "?error=x&error_description=a&error_description=b&state={state}",
    ] {
        refused(callback, Problem::Duplicate);
    }
}

#[test]
fn tokens_in_the_address_are_refused() {
    for callback in [
        "#access_token=t&expires_in=1&state={state}",
        "?code=c&state={state}#access_token=t",
        "?code=c&state={state}&access_token=t",
        "?id_token=t&state={state}",
        "?refresh_token=t&state={state}",
        "#code=c&state={state}",
        "#error=access_denied&state={state}",
    ] {
        refused(callback, Problem::UnaskedTokens);
    }
}

#[test]
fn a_callback_that_says_yes_and_no_or_nothing_is_refused() {
    refused("?code=c&error=access_denied&state={state}", Problem::Contradiction);
    refused("?state={state}", Problem::CodeMissing);
    refused("?code=&state={state}", Problem::CodeMissing);
    refused("?code&state={state}", Problem::CodeMissing);
}

#[test]
fn what_cannot_be_decoded_is_refused() {
    refused("?code=%zz&state={state}", Problem::Garbled);
    refused("?code=%4&state={state}", Problem::Garbled);
    refused("?code=%ff&state={state}", Problem::Garbled);
    refused("?code=c&state=%", Problem::Garbled);
    refused(&["?code=", &"c".repeat(5000), "&state={state}"].concat(), Problem::Garbled);
}

#[test]
fn another_portals_answer_is_refused() {
    for issuer in [
        "https://evil.example",
        "https://www.arcgis.com.evil.example",
        "https://www.arcgis.com@evil.example",
        "https://www.arcgis.com:8443",
        "http://www.arcgis.com",
        "https://WWW.ARCGIS.COM",
        "https://gis.example.com/portal",
        "https://www.arcgis.com/sharing/rest/x",
        "",
    ] {
        refused(&["?code=c&state={state}&iss=", issuer].concat(), Problem::WrongIssuer);
    }
}

#[test]
fn a_callback_without_a_sign_in_is_refused() {
    for callback in ["?code=c&state=s", "?error=access_denied&state=s"] {
        let callback = AuthorizationResponse::parse(callback).expect("it is a callback");
        let problem = handle_response(callback, None, &context(PAGE, NOW)).err();
        assert_eq!(problem, Some(Problem::NoTransaction));
    }
}

#[track_caller]
fn check_age(age_ms: i64, expected: Option<Problem>) {
    let (pending, _) = left_for("arcgis", 1);
    let problem = back("?code=c&state={state}", pending, NOW.plus_millis(age_ms)).err();
    assert_eq!(problem, expected, "{age_ms}");
}

#[test]
fn a_sign_in_is_good_for_ten_minutes() {
    check_age(0, None);
    check_age(600_000, None);
    check_age(600_001, Some(Problem::Expired));
    check_age(i64::MAX / 2, Some(Problem::Expired));
    check_age(-CLOCK_MS, None);
    check_age(-CLOCK_MS - 1, Some(Problem::Expired));
}

#[test]
fn the_page_must_have_the_address_it_left_from() {
    for page in ["https://keys.example.com/wizard", "https://keys.example.com/", "https://evil.example/wizard/", ""] {
        let (pending, _) = left_for("arcgis", 1);
        let callback =
            AuthorizationResponse::parse(&["?code=c&state=", &pending.state].concat()).expect("it is a callback");
        let problem = handle_response(callback, Some(pending), &context(page, NOW)).err();
        assert_eq!(problem, Some(Problem::RedirectMismatch), "{page}");
    }
}

#[test]
fn the_portal_must_still_be_configured_as_it_was() {
    let judge = |now: &dyn Fn(&PortalChoice) -> Option<Target>| {
        let (pending, _) = left_for("arcgis", 1);
        let callback =
            AuthorizationResponse::parse(&["?code=c&state=", &pending.state].concat()).expect("it is a callback");
        handle_response(callback, Some(pending), &CallbackContext { redirect_uri: PAGE, target: now, now: NOW }).err()
    };
    assert_eq!(judge(&|_| None), Some(Problem::PortalUnknown));
    assert_eq!(judge(&|_| target("town")), Some(Problem::PortalChanged));
    let other_app = |_: &PortalChoice| Some(Target { client_id: ClientId("akw2".to_owned()), ..target("arcgis")? });
    assert_eq!(judge(&other_app), Some(Problem::PortalChanged));
}

#[test]
fn a_code_of_one_portal_never_goes_to_another() {
    // Eight ways to mix up two portals: each of two sign-ins, answered with the other's state, issuer, record or both.
    for (mine, others) in [("arcgis", "town"), ("town", "arcgis")] {
        let mine_root = target(mine).expect("configured").root;
        let others_root = target(others).expect("configured").root;
        for (state_of_other, issuer) in
            [(true, None), (true, Some(&others_root)), (false, Some(&others_root)), (true, Some(&mine_root))]
        {
            let (pending, _) = left_for(mine, 1);
            let (other, _) = left_for(others, 2);
            let state = if state_of_other { &other.state } else { &pending.state };
            let mut callback = ["?code=c&state=", state].concat();
            if let Some(issuer) = issuer {
                callback.push_str("&iss=");
                callback.push_str(&urlencoded::encoded(issuer.as_str()));
            }
            let callback = AuthorizationResponse::parse(&callback).expect("it is a callback");
            let problem = handle_response(callback, Some(pending), &context(PAGE, NOW)).err();
            assert!(matches!(problem, Some(Problem::StateMismatch | Problem::WrongIssuer)), "{problem:?}");
        }
    }
}

#[test]
fn a_portal_that_was_typed_is_known_from_the_record_alone() {
    let (pending, _) = left_for("town", 1);
    assert_eq!(pending.typed_target(), target("town"));
}

#[test]
fn a_record_that_was_tampered_with_leads_nowhere_else() {
    let (pending, _) = left_for("arcgis", 1);
    let record = pending.record().expose().replace("https://www.arcgis.com", "https://evil.example");
    let pending = Pending::parse(&record).expect("the shape is right");
    let problem = back("?code=c&state={state}", pending, NOW).err();
    assert_eq!(problem, Some(Problem::PortalChanged));
}

#[track_caller]
fn check_exchange(name: &str, expected: Problem) {
    for words in ["", "Invalid client_id", "Invalid redirect_uri", "Invalid code", "Nur auf Deutsch"] {
        check_refused_exchange(400, name, words, expected.clone());
    }
}

#[track_caller]
fn check_refused_exchange(code: i32, name: &str, message: &str, expected: Problem) {
    let error = Error::Refused(Refusal::new(code, name, message, [].into_iter()));
    assert_eq!(of_exchange(error), expected, "{message}");
}

fn of_exchange(error: Error) -> Problem {
    Problem::of_exchange(error, &ClientId("akw1".to_owned()))
}

/// Organizations that admit only approved apps refuse the exchange with an unpublished message (F-SIGNIN-14).
#[test]
fn an_exchange_that_is_not_allowed_names_the_app_to_approve() {
    let not_approved = |description: &str| Problem::NotApproved {
        client_id: ClientId("akw1".to_owned()),
        description: description.to_owned(),
    };
    check_refused_exchange(401, "", "App is not approved", not_approved("App is not approved"));
    check_refused_exchange(401, "invalid_client", "", not_approved(""));
    check_refused_exchange(400, "access_denied", "No <b>", not_approved("No <b>"));
    check_refused_exchange(403, "", "x", Problem::Exchange(Error::Refused(Refusal::new(403, "", "x", [].into_iter()))));
}

#[test]
fn refusals_of_the_token_endpoint_are_recognized_by_name_in_any_language() {
    check_exchange("invalid_grant", Problem::CodeRefused);
    check_exchange("invalid_client_id", Problem::ClientUnknown);
    check_exchange("invalid_client", Problem::ClientUnknown);
    check_exchange("unauthorized_client", Problem::ClientUnknown);
    check_exchange("invalid_request", Problem::RedirectRefused);
    let other = Error::Refused(Refusal::new(400, "server_error", "Try later", [].into_iter()));
    assert_eq!(of_exchange(other.clone()), Problem::Exchange(other));
    assert_eq!(of_exchange(Error::Unreachable), Problem::Exchange(Error::Unreachable));
    let busy = Error::Busy { wait_ms: Some(1000) };
    assert_eq!(of_exchange(busy.clone()), Problem::Exchange(busy));
}

#[test]
fn neither_code_nor_verifier_is_in_a_debug_print() {
    let (pending, _) = left_for("arcgis", 1);
    let callback = AuthorizationResponse::parse("?code=c0de&state=s").expect("it is a callback");
    let print = format!("{callback:?} {pending:?}");
    assert!(!print.contains("c0de") && !print.contains(pending.verifier.secret().expose()));
    assert!(format!("{:?}", Secret::new("x1".to_owned())) == "[secret]");
}
