//! Sign-ins that must fail: invalid callbacks, and mix-ups of two portals.

mod mix_ups;

use std::collections::BTreeMap;

use key_wizard_core::auth::callback::AuthorizationResponse;
use key_wizard_core::auth::pending::Pending;
use key_wizard_core::auth::sign_in::SignInProblem as Problem;
use key_wizard_core::auth::sign_in::{CallbackContext, Redemption, begin, handle_response};
use key_wizard_core::auth::target::Target;
use key_wizard_core::config::PortalChoice;
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::id::ClientId;
use key_wizard_core::portal::request::Encoded;
use key_wizard_core::timestamp::Timestamp;
use key_wizard_core::urlencoded;
use practice_portal::{Asked, Portal};

use crate::proof::{Part, tell};
use crate::world::{NOW_MS, arrived, asked};

const PAGE: &str = "https://keys.example.com/wizard/";
const CLIENT_ID: &str = "key-wizard-demo";
const NOW: Timestamp = Timestamp(NOW_MS);

fn target(id: &str) -> Option<Target> {
    let root = match id {
        "arcgis" => "https://www.arcgis.com",
        "town" => "https://gis.example.com/portal",
        _ => return None,
    };
    let root = PortalRoot::parse(root).expect("a plain address");
    Some(Target { portal: PortalChoice::configured(id), root, client_id: ClientId(CLIENT_ID.to_owned()) })
}

/// A pending sign-in at a portal: its record and its query. Each seed gives different random bytes.
fn left_for(portal: &str, seed: u8) -> (Pending, String) {
    let mut random = [seed; 64];
    random[32..].fill(seed + 100);
    let (pending, url) = begin(&target(portal).expect("configured"), PAGE, "#/new", random, NOW);
    (pending, url.split_once('?').expect("it has a query").1.to_owned())
}

/// The result of a callback; replaces `{state}` by the sign-in's state.
fn back(callback: &str, pending: Option<Pending>, context: &CallbackContext<'_>) -> Result<Redemption, Problem> {
    let state = pending.as_ref().map_or("s", Pending::state);
    let callback = AuthorizationResponse::parse(&callback.replace("{state}", state)).expect("it is a callback");
    handle_response(callback, pending, context)
}

fn context() -> CallbackContext<'static> {
    CallbackContext { redirect_uri: PAGE, target: &|id| target(id.id()), now: NOW }
}

/// A problem's name in the table.
fn name(problem: &Problem) -> &'static str {
    match problem {
        Problem::Denied { .. } => "Denied",
        Problem::NotApproved { .. } => "NotApproved",
        Problem::PortalRefused { .. } => "PortalRefused",
        Problem::NoTransaction => "NoTransaction",
        Problem::StateMissing => "StateMissing",
        Problem::StateMismatch => "StateMismatch",
        Problem::Expired => "Expired",
        Problem::Duplicate => "Duplicate",
        Problem::Garbled => "Garbled",
        Problem::UnaskedTokens => "UnaskedTokens",
        Problem::Contradiction => "Contradiction",
        Problem::CodeMissing => "CodeMissing",
        Problem::WrongIssuer => "WrongIssuer",
        Problem::RedirectMismatch => "RedirectMismatch",
        Problem::PortalUnknown => "PortalUnknown",
        Problem::PortalChanged => "PortalChanged",
        Problem::CodeRefused => "CodeRefused",
        Problem::ClientUnknown => "ClientUnknown",
        Problem::RedirectRefused => "RedirectRefused",
        Problem::Exchange(_) => "Exchange",
    }
}

/// Callbacks that do not match an existing sign-in, by the resulting problem.
const CALLBACKS: &[(&str, &[&str])] = &[
    ("Denied", &["?error=access_denied&state={state}", "?error=access_denied&error_description=x&state={state}"]),
    (
        "PortalRefused",
        &[
            "?error=server_error&state={state}",
            "?error=invalid_request&error_description=%3Cb%3E&state={state}",
            "?error=&state={state}",
            "?error=login_required&state={state}&iss=https://www.arcgis.com",
        ],
    ),
    ("StateMissing", &["?code=c", "?code=c&state=", "?error=access_denied", "?code=c&State={state}"]),
    (
        "StateMismatch",
        &[
            "?code=c&state=other",
            "?code=c&state={state}x",
            "?code=c&state=x{state}",
            "?code=c&state=%20{state}",
            "?code=c&state={state}%00",
            "?code=c&state={state}%0A",
            "?error=access_denied&state=other",
        ],
    ),
    (
        "Duplicate",
        &[
            "?code=c&code=c&state={state}",
            "?code=c&code=d&state={state}",
            "?code=c&state={state}&state={state}",
            "?code=c&state=x&state={state}",
            "?code=c&state={state}&iss=https://www.arcgis.com&iss=https://evil.example",
            "?error=access_denied&error=x&state={state}",
            "?code=&code=c&state={state}",
            "?error=x&error_description=a&error_description=b&state={state}",
            "?code=c&c%6Fde=c&code=d&state={state}",
        ],
    ),
    (
        "UnaskedTokens",
        &[
            "#access_token=t&expires_in=1&state={state}",
            "?code=c&state={state}#access_token=t",
            "?code=c&state={state}&access_token=t",
            "?id_token=t&state={state}",
            "?refresh_token=t&state={state}",
            "?token=t&code=c&state={state}",
            "#code=c&state={state}",
            "#error=access_denied&state={state}",
            "?code=c&state={state}#id_token=t",
        ],
    ),
    ("Contradiction", &["?code=c&error=access_denied&state={state}", "?code=c&error=&state={state}"]),
    ("CodeMissing", &["?state={state}", "?code=&state={state}", "?code&state={state}"]),
    (
        "Garbled",
        &[
            "?code=%zz&state={state}",
            "?code=%4&state={state}",
            "?code=%ff&state={state}",
            "?code=%c0%af&state={state}",
            "?code=c&state=%",
            "?code=c&state={state}&iss=%ff",
        ],
    ),
    (
        "WrongIssuer",
        &[
            "?code=c&state={state}&iss=https://evil.example",
            "?code=c&state={state}&iss=https://www.arcgis.com.evil.example",
            "?code=c&state={state}&iss=https://www.arcgis.com@evil.example",
            "?code=c&state={state}&iss=https://www.arcgis.com:8443",
            "?code=c&state={state}&iss=http://www.arcgis.com",
            "?code=c&state={state}&iss=https://WWW.ARCGIS.COM",
            "?code=c&state={state}&iss=https://gis.example.com/portal",
            "?code=c&state={state}&iss=https://www.arcgis.com/sharing/rest/x",
            "?code=c&state={state}&iss=",
        ],
    ),
];

/// Counts the refusals by kind.
#[derive(Default)]
struct Refusals(BTreeMap<String, usize>);

impl Refusals {
    #[track_caller]
    fn add<T>(&mut self, what: &str, result: Result<T, Problem>, expected: &str) {
        let problem = result.err().unwrap_or_else(|| panic!("{what} was taken"));
        assert_eq!(name(&problem), expected, "{what}");
        *self.0.entry(expected.to_owned()).or_default() += 1;
    }

    fn all(&self) -> usize {
        self.0.values().sum()
    }
}

/// Sign-ins whose record is missing, expired or changed.
fn of_the_record(refusals: &mut Refusals) {
    let fits = "?code=c&state={state}";
    for (what, callback) in [
        ("a link somebody sent", "?code=c&state=s"),
        ("one with an issuer", "?code=c&state=s&iss=https://www.arcgis.com"),
        ("a no without a sign-in", "?error=access_denied&state=s"),
    ] {
        refusals.add(what, back(callback, None, &context()), "NoTransaction");
    }
    let at = |ms| CallbackContext { now: NOW.plus_millis(ms), ..context() };
    for (what, ms) in [("too late", 600_001), ("a year later", 31_536_000_000), ("from the future", -60_001)] {
        refusals.add(what, back(fits, Some(left_for("arcgis", 1).0), &at(ms)), "Expired");
    }
    for page in ["https://keys.example.com/wizard", "https://keys.example.com/", "https://evil.example/wizard/", ""] {
        let context = CallbackContext { redirect_uri: page, ..context() };
        refusals.add(page, back(fits, Some(left_for("arcgis", 1).0), &context), "RedirectMismatch");
    }
    let none = CallbackContext { target: &|_| None, ..context() };
    refusals.add("no such portal now", back(fits, Some(left_for("arcgis", 1).0), &none), "PortalUnknown");
    let moved = CallbackContext { target: &|_| target("town"), ..context() };
    refusals.add("the portal moved", back(fits, Some(left_for("arcgis", 1).0), &moved), "PortalChanged");
    let other_app = |_: &PortalChoice| Some(Target { client_id: ClientId("akw2".to_owned()), ..target("arcgis")? });
    let other_app = CallbackContext { target: &other_app, ..context() };
    refusals.add("another app", back(fits, Some(left_for("arcgis", 1).0), &other_app), "PortalChanged");
    let (pending, _) = left_for("arcgis", 1);
    let record = pending.record().expose().replace("https://www.arcgis.com", "https://evil.example");
    let changed = Pending::parse(&record).expect("the shape is right");
    refusals.add("a changed record", back(fits, Some(changed), &context()), "PortalChanged");
}

/// Token exchanges refused by the portal, each with its own code.
fn of_the_exchange(refusals: &mut Refusals) {
    let mut portal = Portal::demo(NOW_MS);
    portal.register_client(CLIENT_ID, "ArcGIS Key Wizard", &[PAGE]);
    portal.register_client("other", "Other", &[PAGE]);
    let mut redeem = |change: &dyn Fn(&mut Portal, String) -> String| {
        let (pending, query) = left_for("arcgis", 1);
        let back = portal.decide(&query, "jane", true).expect("the portal sends back");
        let callback =
            AuthorizationResponse::parse(back.strip_prefix(PAGE).expect("to the page")).expect("it is a callback");
        let redemption = handle_response(callback, Some(pending), &context())?;
        let (encoded, awaited) = redemption.request.encode();
        let body = change(&mut portal, body_of(&encoded));
        let answered = portal.answer(Asked::post_body("/sharing/rest/oauth2/token", &body).from_page(PAGE));
        awaited
            .decode(&arrived(answered, 1).expect("an answer"))
            .map_err(|error| Problem::of_exchange(error, &ClientId(CLIENT_ID.to_owned())))
    };
    assert!(redeem(&|_, body| body).is_ok());
    let with = |name: &'static str, value: &'static str| {
        move |_: &mut Portal, body: String| {
            let field = |text: &str| {
                if text.split('=').next() == Some(name) { format!("{name}={value}") } else { text.to_owned() }
            };
            body.split('&').map(field).collect::<Vec<_>>().join("&")
        }
    };
    let use_twice = |portal: &mut Portal, body: String| {
        portal.answer(Asked::post_body("/sharing/rest/oauth2/token", &body));
        body
    };
    refusals.add("a code used twice", redeem(&use_twice), "CodeRefused");
    let wait = |portal: &mut Portal, body: String| {
        portal.advance(600_000);
        body
    };
    refusals.add("a code that is too old", redeem(&wait), "CodeRefused");
    refusals.add("another code", redeem(&with("code", "x")), "CodeRefused");
    refusals.add("no code", redeem(&with("code", "")), "CodeRefused");
    refusals.add("another verifier", redeem(&with("code_verifier", "x")), "CodeRefused");
    refusals.add("no verifier", redeem(&with("code_verifier", "")), "CodeRefused");
    refusals.add("another app's code", redeem(&with("client_id", "other")), "CodeRefused");
    refusals.add("an unknown app", redeem(&with("client_id", "nobody")), "ClientUnknown");
    refusals.add("another redirect", redeem(&with("redirect_uri", "https%3A%2F%2Fevil.example%2F")), "RedirectRefused");
}

/// Authorization requests refused by the portal: without PKCE, with plain PKCE, for tokens.
fn of_the_way_out(refusals: &mut Refusals) {
    let mut portal = Portal::demo(NOW_MS);
    portal.switches.sign_in.demands_pkce = true;
    portal.switches.sign_in.takes_plain_pkce = false;
    portal.register_client(CLIENT_ID, "ArcGIS Key Wizard", &[PAGE]);
    for (what, from, to, expected) in [
        ("plain PKCE", "code_challenge_method=S256", "code_challenge_method=plain", "PortalRefused"),
        ("no PKCE", "&code_challenge_method=S256", "", "PortalRefused"),
        ("another kind of answer", "response_type=code", "response_type=id_token", "PortalRefused"),
        // The portal refuses it in the fragment, where this page never expects an answer.
        ("the implicit grant", "response_type=code", "response_type=token", "UnaskedTokens"),
    ] {
        let (pending, query) = left_for("arcgis", 1);
        assert!(query.contains(from), "{query}");
        let back_to = portal.decide(&query.replace(from, to), "jane", true).expect("the portal sends back");
        let callback = back_to.strip_prefix(PAGE).expect("to the page");
        refusals.add(what, back(callback, Some(pending), &context()), expected);
    }
}

#[test]
fn no_callback_and_no_code_that_does_not_fit_gives_a_session() {
    let mut refusals = Refusals::default();
    for (expected, callbacks) in CALLBACKS {
        for callback in *callbacks {
            refusals.add(callback, back(callback, Some(left_for("arcgis", 1).0), &context()), expected);
        }
    }
    let long = ["?code=", &"c".repeat(5000), "&state={state}"].concat();
    refusals.add("a long code", back(&long, Some(left_for("arcgis", 1).0), &context()), "Garbled");
    of_the_record(&mut refusals);
    of_the_exchange(&mut refusals);
    of_the_way_out(&mut refusals);
    assert!(back("?code=c&state={state}", Some(left_for("arcgis", 1).0), &context()).is_ok());
    let kinds: Vec<_> = refusals.0.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    tell(Part::OAuth, &format!("OAuth negatives: {} cases, 0 sessions: {}", refusals.all(), kinds.join(", ")));
    assert!(refusals.all() >= 60, "{}", refusals.all());
}

fn body_of(encoded: &Encoded) -> String {
    std::str::from_utf8(encoded.body.as_bytes()).expect("a form is ASCII").to_owned()
}
