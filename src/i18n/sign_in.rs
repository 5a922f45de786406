//! What happened on the way in and out.

use key_wizard_core::{
    auth::{
        session::Limit,
        sign_in::{SignInProblem, Target},
    },
    portal::error::Refusal,
};

use super::{Message, News, text};

const AGAIN: &str = "Sign in again. What you typed is kept.";

/// Why a sign-in gave no session.
pub fn news(problem: &SignInProblem) -> News {
    match problem {
        SignInProblem::Denied => News::new(
            "You did not allow this page to sign in",
            "You pressed Cancel on the portal's page, so nothing was done there.",
            AGAIN,
        ),
        SignInProblem::PortalRefused { error, description } => {
            News::new("The portal refused the sign-in", format!("It said: {error} {description}"), AGAIN)
        }
        SignInProblem::NoTransaction => News::new(
            "This sign-in was not begun in this tab",
            "The link you came by belongs to another tab, was used before, or was made by somebody else. Nothing was done with it.",
            AGAIN,
        ),
        SignInProblem::StateMissing | SignInProblem::StateMismatch => News::new(
            "The portal's answer does not belong to this sign-in",
            "Its state is not the one this tab sent. Nothing was done with it.",
            AGAIN,
        ),
        SignInProblem::Expired => News::new(
            "The sign-in took too long",
            "More than ten minutes went by between leaving and coming back.",
            AGAIN,
        ),
        SignInProblem::Duplicate
        | SignInProblem::Garbled
        | SignInProblem::Contradiction
        | SignInProblem::CodeMissing => News::new(
            "The portal's answer cannot be read",
            "The address you came back to is damaged. Nothing was done with it.",
            AGAIN,
        ),
        SignInProblem::UnaskedTokens => News::new(
            "The address carried a token this page did not ask for",
            "Somebody may have sent you a link to make you work in their account. Nothing was done with it.",
            AGAIN,
        ),
        SignInProblem::WrongIssuer => News::new(
            "Another portal answered",
            "The answer came from a different portal than the one you left for. Nothing was sent to either.",
            "Tell whoever runs this page, and sign in again only if you trust the portal's address.",
        ),
        SignInProblem::RedirectMismatch => News::new(
            "This page has another address now",
            "You came back to a different address than you left from.",
            AGAIN,
        ),
        SignInProblem::PortalUnknown | SignInProblem::PortalChanged => News::new(
            "The page's settings changed while you signed in",
            "The portal you left for is not configured like that any more.",
            AGAIN,
        ),
        SignInProblem::CodeRefused => News::new(
            "The portal did not accept the sign-in code",
            "It was used before, or is too old. It cannot be used again.",
            AGAIN,
        ),
        SignInProblem::ClientUnknown => News::new(
            "The portal does not know this page",
            "The client id in this page's settings is not registered in that portal.",
            "Tell whoever runs this page: the clientId in config.json must be that of OAuth credentials in this portal.",
        ),
        SignInProblem::RedirectRefused => News::new(
            "The portal does not accept this page's address",
            "The redirect URI of this page is not registered in that portal.",
            "Tell whoever runs this page to add the redirect URI shown below to its OAuth credentials.",
        ),
        SignInProblem::Exchange(error) => News::new(
            "The sign-in could not be completed",
            text(Message::Error(error)),
            "Sign in again. The old code is not sent a second time, since it may have arrived.",
        ),
    }
}

/// Before leaving: the portal says it does not know this page. None if it refused for a reason that its own page may
/// not have.
pub fn not_registered(refusal: &Refusal, target: &Target, redirect_uri: &str) -> Option<News> {
    let host = target.root.host();
    if refusal.says("client_id") {
        return Some(News::new(
            format!("{host} does not know this page"),
            format!("The client id {} is not registered there.", target.client_id.0),
            "Tell whoever runs this page: the clientId in config.json must be that of OAuth credentials in this portal.",
        ));
    }
    refusal.says("redirect_uri").then(|| {
        News::new(
            format!("{host} does not accept this page's address"),
            format!("The redirect URI {redirect_uri} is not registered there."),
            "Tell whoever runs this page to add exactly this redirect URI to its OAuth credentials.",
        )
    })
}

/// The person came back from the portal by themselves, and it does not say why. The client id may be empty.
pub fn no_answer(client_id: &str, redirect_uri: &str) -> News {
    let client_id = if client_id.is_empty() { "the client id you typed" } else { client_id };
    News::new(
        "The portal did not send you back",
        [
            "If it showed an error, it does not know this page: ",
            client_id,
            " must be registered there with exactly the redirect URI ",
            redirect_uri,
        ]
        .concat(),
        "Tell whoever runs this page, or sign in again if you left the portal's page yourself. What you typed is kept.",
    )
}

/// The session ended by itself. `alive` is for how many minutes it may live on if the portal was not reached.
pub fn session_ended(by: Limit, alive: Option<i64>) -> News {
    let why = match by {
        Limit::Idle => "Nobody used this page for 15 minutes, so it signed you out.",
        Limit::Absolute => "This page signs everybody out after 60 minutes.",
        Limit::Portal => "The portal no longer accepts it.",
        Limit::Soon => "It would have ended before your key was there.",
        Limit::Left => "You left this page, so it signed you out.",
    };
    // What the portal has ended it need not be told.
    let alive = alive.filter(|_| by != Limit::Portal).map_or_else(String::new, not_told);
    News::new("Your session has ended", [why, &alive, " What you typed is kept."].concat(), "Sign in again to go on.")
}

fn not_told(minutes: i64) -> String {
    [
        " The portal could not be told: the session may live on there for up to ",
        &minutes.to_string(),
        if minutes == 1 { " minute." } else { " minutes." },
    ]
    .concat()
}

/// After `Sign out`. `alive` is for how many minutes the session may live on if the portal was not reached.
pub fn signed_out(alive: Option<i64>) -> News {
    match alive {
        None => News::new(
            "You are signed out",
            "Your session, your answers and any key on this page are wiped.",
            "To sign in as somebody else, sign out on your portal's own page too.",
        ),
        Some(minutes) => News::new(
            "You are signed out here",
            ["Everything on this page is wiped.", &not_told(minutes)].concat(),
            "If this is not your own computer, sign out on your portal's page too.",
        ),
    }
}

/// Signing in needs storage in this tab, for the record of the transaction.
pub fn storage_blocked() -> News {
    News::new(
        "The sign-in window did not open",
        "Your browser keeps nothing for this page. Signing in then needs a window of its own, and your browser did not open one.",
        "Allow pop-up windows or storage for this site, then sign in again.",
    )
}
