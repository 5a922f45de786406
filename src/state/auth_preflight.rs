//! Checks a portal before the person leaves for it, and finds out why it is silent: there is no way back from a
//! portal's own error page.

use key_wizard_core::{
    auth::target::Target,
    message::{News, Silence},
    portal::{account, error::Error, tokens},
};

use crate::platform::{
    csp,
    http::{self, Client},
    local_network, location,
};

/// Why a person cannot sign in there, if the portal says so now.
pub async fn preflight(target: &Target) -> Option<News> {
    // A page that is locked to another portal cannot ask.
    if !csp::allows(target.root.origin()) {
        return None;
    }
    let client = Client { root: target.root.clone() };
    let redirect_uri = location::redirect_uri();
    match client.send(tokens::validate_redirect(&target.client_id, &redirect_uri), None).await {
        Err(Error::Unreachable) => silence(&client).await,
        Err(Error::Refused(refusal)) => News::not_registered(&refusal, target, &redirect_uri),
        // A portal without this endpoint (F-SIGNIN-11) gives another answer; then its own sign-in page decides.
        Ok(()) | Err(_) => None,
    }
}

/// Why a portal is silent. It may not have the call that got no answer, so a documented one is tried, too.
pub(super) async fn silence(client: &Client) -> Option<News> {
    let is_read = client.send(account::knock(), None).await != Err(Error::Unreachable);
    let answers = is_read || http::answers(client.root.as_str()).await;
    let local_network_denied = !answers && local_network::is_denied().await;
    let found = Silence { is_read, answers, local_network_denied };
    News::of_silence(found, client.root.host().to_owned(), location::origin())
}
