//! News about signing in and out.

use key_wizard_core::{
    auth::{session::Limit, sign_in::SignInProblem},
    message::{EndCause, News, SessionOver},
    portal::id::ClientId,
};

use super::{label::label, numbers::minutes_of, operation::left_unfinished, problem::portal_error};
use crate::i18n::{Label, NewsWords};

/// The text of news.
pub(in crate::i18n) fn news(news: &News) -> NewsWords {
    match news {
        News::SignInFailed(problem) => sign_in_failed(problem),
        News::ClientUnknown { host, client_id } => news_words(
            format!("{host} does not know this page"),
            match ClientId(client_id.clone()).looks_like_item_id() {
                true => format!("{client_id} looks like the id of an item. {}", label(Label::ClientIdPlace)),
                false => format!("The client id {client_id} is not registered there."),
            },
            CLIENT_UNKNOWN,
        ),
        News::RedirectRefused { host, redirect_uri } => news_words(
            format!("{host} does not accept this page's address"),
            format!("The redirect URI {redirect_uri} is not registered there."),
            "Ask the operator of this page to add exactly this redirect URI to its OAuth credentials.",
        ),
        News::CameBackAlone { client_id, redirect_uri } => {
            let text = match client_id.is_empty() {
                true => format!(
                    "If it showed an error, this page is not registered there. The client id you typed must be registered \
                     there with exactly the redirect URI {redirect_uri}."
                ),
                false => format!(
                    "If it showed an error, this page is not registered there. {client_id} must be registered with \
                     exactly the redirect URI {redirect_uri}."
                ),
            };
            news_words(
                "The portal did not send you back",
                text,
                "Tell the operator of this page, or sign in again if you left the portal's page yourself. Your answers are \
                 kept.",
            )
        }
        News::Unreachable { host } => news_words(
            format!("{host} does not answer"),
            "Your browser could not reach the portal. Your answers are kept.",
            "Check your connection, VPN and the portal's address, then sign in again.",
        ),
        News::OriginRefused { host, origin } => news_words(
            format!("{host} does not allow this page"),
            format!("The portal answers, but its settings do not allow requests from {origin}. Your answers are kept."),
            format!(
                "Ask an administrator of your organization to add {origin} to Organization › Settings › Security › \
                 Allow origins, then sign in again."
            ),
        ),
        News::LocalNetworkDenied { host } => news_words(
            format!("Your browser does not let this page reach {host}"),
            "This page may not use the local network, and nothing else answers at that address. Your answers are kept.",
            "If your portal is in your local network, allow that for this site in your browser's settings, then sign in \
             again. A page that shows this one in a frame needs allow=\"local-network-access\".",
        ),
        News::WindowBlocked => news_words(
            "The sign-in window did not open",
            "Your browser does not store data for this page, so signing in needs a pop-up window. Your browser did not \
             open one.",
            "Allow pop-up windows or storage for this site, then sign in again.",
        ),
        News::SessionOver(over) => session_over(over),
    }
}

const DENIED: &str = "You did not allow this page to sign in";

const AGAIN: &str = "Sign in again. Your answers are kept.";

const CLIENT_UNKNOWN: &str =
    "Tell the operator of this page: the clientId in config.json must belong to OAuth credentials in this portal.";

pub(super) fn news_words(title: impl Into<String>, text: impl Into<String>, advice: impl Into<String>) -> NewsWords {
    NewsWords { title: title.into(), text: text.into(), advice: advice.into(), quote: None }
}

fn quoting(words: NewsWords, portal: &str) -> NewsWords {
    NewsWords { quote: Some(portal.to_owned()).filter(|quote| !quote.is_empty()), ..words }
}

/// Advice if an organization admits only approved apps (F-SIGNIN-14).
fn approval(client_id: &ClientId) -> String {
    let client_id = &client_id.0;
    format!(
        "Ask an administrator of your organization to approve this page under Organization › Settings › Security › \
         Approved apps; its client ID is {client_id}. The operator of this page can also register a client ID in your \
         organization. Your answers are kept."
    )
}

fn denied(at_once: Option<&ClientId>) -> NewsWords {
    match at_once {
        None => news_words(DENIED, "If you pressed Cancel on the portal's page, nothing was changed.", AGAIN),
        Some(client_id) => news_words(
            DENIED,
            "If you pressed Cancel on the portal's page, sign in again. If the portal asked you nothing, your \
             organization may allow approved apps only.",
            approval(client_id),
        ),
    }
}

fn sign_in_failed(problem: &SignInProblem) -> NewsWords {
    match problem {
        SignInProblem::Denied { description, at_once } => quoting(denied(at_once.as_ref()), description),
        SignInProblem::NotApproved { client_id, description } => quoting(
            news_words(
                "The portal did not let this page in",
                "You signed in, but the portal gave this page no session. Your organization may allow approved apps only.",
                approval(client_id),
            ),
            description,
        ),
        SignInProblem::PortalRefused { error, description } => {
            news_words("The portal refused the sign-in", format!("It said: {error} {description}"), AGAIN)
        }
        SignInProblem::NoTransaction => news_words(
            "This sign-in was not started in this tab",
            "The link belongs to another tab, was used before, or was made by somebody else. It was ignored.",
            AGAIN,
        ),
        SignInProblem::StateMissing | SignInProblem::StateMismatch => news_words(
            "The portal's response does not belong to this sign-in",
            "Its state is not the one this tab sent. It was ignored.",
            AGAIN,
        ),
        SignInProblem::Expired => news_words(
            "The sign-in took too long",
            "More than ten minutes passed between leaving and coming back.",
            AGAIN,
        ),
        SignInProblem::Duplicate
        | SignInProblem::Garbled
        | SignInProblem::Contradiction
        | SignInProblem::CodeMissing => news_words(
            "The portal's response cannot be read",
            "The address you came back to is damaged. It was ignored.",
            AGAIN,
        ),
        SignInProblem::UnaskedTokens => news_words(
            "The address contained a token that this page did not request",
            "Somebody may have sent you a link to make you work in their account. The token was ignored.",
            AGAIN,
        ),
        SignInProblem::WrongIssuer => news_words(
            "Another portal answered",
            "The response came from a different portal than the one you chose. Nothing was sent to either.",
            "Tell the operator of this page, and sign in again only if you trust the portal's address.",
        ),
        SignInProblem::RedirectMismatch => news_words(
            "The address of this page has changed",
            "You came back to a different address than the one you left.",
            AGAIN,
        ),
        SignInProblem::PortalUnknown | SignInProblem::PortalChanged => news_words(
            "The page's settings changed while you signed in",
            "The portal you chose is no longer configured that way.",
            AGAIN,
        ),
        SignInProblem::CodeRefused => {
            news_words("The portal did not accept the sign-in code", "It was used before or has expired.", AGAIN)
        }
        SignInProblem::ClientUnknown => news_words(
            "The portal does not know this page",
            "The client id in this page's settings is not registered in that portal.",
            CLIENT_UNKNOWN,
        ),
        SignInProblem::RedirectRefused => news_words(
            "The portal does not accept this page's address",
            "The redirect URI of this page is not registered in that portal.",
            "Ask the operator of this page to add the redirect URI shown below to its OAuth credentials.",
        ),
        SignInProblem::Exchange(error) => news_words(
            "The sign-in could not be completed",
            portal_error(error),
            "Sign in again. The code is not sent again, because the portal may have received it.",
        ),
    }
}

fn session_over(SessionOver { cause, minutes_left, unfinished }: &SessionOver) -> NewsWords {
    // A session that the portal ended needs no advice about the portal.
    let is_told = matches!(cause, EndCause::Limit(Limit::Portal) | EndCause::Unidentified { .. });
    let minutes_left = minutes_left.filter(|_| !is_told).map(unconfirmed_end);
    let unfinished = unfinished.as_ref().map(left_unfinished);
    let sentences = |what: String, then: Option<&str>| {
        let then = then.map(str::to_owned);
        [Some(what), minutes_left.clone(), then, unfinished].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    match cause {
        EndCause::SignedOut if minutes_left.is_none() => news_words(
            "You are signed out",
            sentences("Your session, your answers and any key on this page were wiped.".to_owned(), None),
            "To sign in as somebody else, sign out on your portal's own page too.",
        ),
        EndCause::SignedOut => news_words(
            "You are signed out here",
            sentences("Everything on this page was wiped.".to_owned(), None),
            "If this is not your own computer, sign out on your portal's page too.",
        ),
        EndCause::Limit(by) => news_words(
            "Your session has ended",
            sentences(limit(*by).to_owned(), Some("Your answers are kept.")),
            "Sign in again to continue.",
        ),
        EndCause::Unidentified { host, error } => news_words(
            format!("{host} did not say who you are"),
            sentences(portal_error(error), Some("Your answers are kept.")),
            "Sign in again.",
        ),
    }
}

fn limit(by: Limit) -> &'static str {
    match by {
        Limit::Idle => "You did not use this page for 15 minutes, so it signed you out.",
        Limit::Absolute => "This page ends every session after 60 minutes.",
        Limit::Portal => "The portal no longer accepts it.",
        Limit::Soon => "It would have ended before your key was created.",
        Limit::Left => "You left this page, so it signed you out.",
    }
}

fn unconfirmed_end(minutes: i64) -> String {
    format!(
        "The portal did not confirm the end of the session, which may stay valid there for up to {}.",
        minutes_of(minutes)
    )
}
