//! Questions to a portal before somebody leaves for it, and when it says nothing: from its own error pages nobody comes
//! back.

use key_wizard_core::{
    auth::sign_in::Target,
    message::News,
    portal::{error::Error, tokens},
};

use crate::platform::{
    csp,
    http::{self, Client},
    location,
};

/// What keeps a person from signing in there, if the portal says so now.
pub async fn preflight(target: &Target) -> Option<News> {
    // A page that was locked to another portal cannot ask.
    if !csp::allows(target.root.origin()) {
        return None;
    }
    let client = Client { root: target.root.clone() };
    let redirect_uri = location::redirect_uri();
    match client.send(tokens::validate_redirect(&target.client_id, &redirect_uri), None).await {
        Err(Error::Unreachable) => Some(silence(&client).await),
        Err(Error::Refused(refusal)) => News::not_registered(&refusal, target, &redirect_uri),
        // A portal without this endpoint (F-SIGNIN-11) answers otherwise; then its own sign-in page decides.
        Ok(()) | Err(_) => None,
    }
}

/// Why a portal is silent: whether nothing answers there, or it refuses this origin.
async fn silence(client: &Client) -> News {
    let host = client.root.host().to_owned();
    match http::answers(client.root.as_str()).await {
        true => News::OriginRefused { host, origin: location::origin() },
        false => News::Unreachable { host },
    }
}
