//! News of signing in and of the end of a session.

use arcgis_key_wizard::i18n;
use key_wizard_core::auth::session::Limit;
use key_wizard_core::auth::sign_in::SignInProblem;
use key_wizard_core::message::{EndCause, News, SessionOver};
use key_wizard_core::operation::KeyStatus;
use key_wizard_core::operation::existence::{Existence, Unfinished};
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::ClientId;

use super::{check, check_sentence};

fn sign_in_problems() -> Vec<SignInProblem> {
    let refused =
        SignInProblem::PortalRefused { error: "server_error".to_owned(), description: "Not today.".to_owned() };
    let exchange = SignInProblem::Exchange(Error::Unreachable);
    vec![
        refused,
        exchange,
        SignInProblem::Denied { description: "Denied.".to_owned(), at_once: None },
        SignInProblem::Denied { description: String::new(), at_once: Some(ClientId("app".to_owned())) },
        SignInProblem::NotApproved { client_id: ClientId("app".to_owned()), description: "No.".to_owned() },
        SignInProblem::NoTransaction,
        SignInProblem::StateMissing,
        SignInProblem::StateMismatch,
        SignInProblem::Expired,
        SignInProblem::Duplicate,
        SignInProblem::Garbled,
        SignInProblem::UnaskedTokens,
        SignInProblem::Contradiction,
        SignInProblem::CodeMissing,
        SignInProblem::WrongIssuer,
        SignInProblem::RedirectMismatch,
        SignInProblem::PortalUnknown,
        SignInProblem::PortalChanged,
        SignInProblem::CodeRefused,
        SignInProblem::ClientUnknown,
        SignInProblem::RedirectRefused,
    ]
}

#[test]
fn all_news_has_a_title_a_text_and_an_advice() {
    let host = || "gis.example.com".to_owned();
    let page = || "https://keys.example.com/".to_owned();
    let mut all: Vec<News> = sign_in_problems().into_iter().map(News::SignInFailed).collect();
    all.extend([
        News::ClientUnknown { host: host(), client_id: "app".to_owned() },
        News::RedirectRefused { host: host(), redirect_uri: page() },
        News::CameBackAlone { client_id: "app".to_owned(), redirect_uri: page() },
        News::CameBackAlone { client_id: String::new(), redirect_uri: page() },
        News::Unreachable { host: host() },
        News::OriginRefused { host: host(), origin: page() },
        News::LocalNetworkDenied { host: host() },
        News::WindowBlocked,
    ]);
    let limits = [Limit::Idle, Limit::Absolute, Limit::Portal, Limit::Soon, Limit::Left];
    let mut causes: Vec<EndCause> = limits.into_iter().map(EndCause::Limit).collect();
    causes.extend([EndCause::SignedOut, EndCause::Unidentified { host: host(), error: Error::Unreachable }]);
    let left = Unfinished { key: KeyStatus::Unseen, existence: Existence::Item, title: "Maps".to_owned() };
    for cause in causes {
        for minutes_left in [None, Some(1), Some(30)] {
            for unfinished in [None, Some(left.clone())] {
                all.push(News::SessionOver(SessionOver { cause: cause.clone(), minutes_left, unfinished }));
            }
        }
    }
    for news in &all {
        let words = i18n::news(news);
        check(&words.title, news);
        check_sentence(&words.text, news);
        check_sentence(&words.advice, news);
        assert!(!words.quote.is_some_and(|quote| quote.is_empty()), "{news:?}");
    }
}

#[test]
fn where_only_approved_apps_are_admitted_the_news_says_what_to_do_and_for_which_app() {
    let app = || ClientId("app4711".to_owned());
    for (problem, is_named) in [
        (SignInProblem::Denied { description: "No.".to_owned(), at_once: Some(app()) }, true),
        (SignInProblem::Denied { description: "No.".to_owned(), at_once: None }, false),
        (SignInProblem::NotApproved { client_id: app(), description: "No.".to_owned() }, true),
    ] {
        let words = i18n::news(&News::SignInFailed(problem));
        assert_eq!(words.quote.as_deref(), Some("No."), "the portal's words stand by themselves");
        assert_eq!(words.advice.contains("app4711") && words.advice.contains("administrator"), is_named, "{words:?}");
    }
    let item_id = "0f".repeat(16);
    let unknown = |client_id: &str| {
        i18n::news(&News::ClientUnknown { host: "gis.example.com".to_owned(), client_id: client_id.to_owned() }).text
    };
    assert!(unknown(&item_id).contains("id of an item") && !unknown("app4711").contains("id of an item"));
}

#[test]
fn the_end_of_a_session_says_what_lives_on_and_what_is_unfinished() {
    let text = |over: SessionOver| i18n::news(&News::SessionOver(over)).text;
    let plain = SessionOver { cause: EndCause::SignedOut, minutes_left: None, unfinished: None };
    let left = Unfinished { key: KeyStatus::None, existence: Existence::Item, title: "Maps".to_owned() };
    assert!(text(SessionOver { minutes_left: Some(30), ..plain.clone() }).contains("30 "));
    assert!(text(SessionOver { unfinished: Some(left), ..plain.clone() }).contains("Maps"));
    // If the portal ended the session, advice about the portal is pointless.
    let by_portal = SessionOver { cause: EndCause::Limit(Limit::Portal), minutes_left: Some(30), unfinished: None };
    assert!(!text(by_portal).contains("30"));
}
