//! Sign-in, tokens, API keys, and registered apps: everything below `oauth2/`.

pub(crate) mod apps;
pub(crate) mod authorize;
pub(crate) mod generate;
pub(crate) mod grants;
pub(crate) mod key;
pub(crate) mod redirect;
pub(crate) mod register;
pub(crate) mod revoke;
pub(crate) mod token;

use serde_json::{Value, json};

use crate::access::Caller;
use crate::endpoint::Endpoint;
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::app::App;

pub(crate) fn answer(portal: &mut Portal, endpoint: Endpoint, call: &Call) -> Reply {
    match endpoint {
        Endpoint::Authorize => authorize::authorize(portal, call),
        Endpoint::Approval => authorize::approval(call),
        Endpoint::SignOut => authorize::sign_out(call),
        Endpoint::ValidateAppAccess => apps::validate_access(portal, call),
        Endpoint::ValidateRedirectUri => redirect::validate(portal, call),
        Endpoint::Token => token::token(portal, call),
        Endpoint::GenerateToken => generate::generate(portal, call),
        Endpoint::RevokeToken => revoke::revoke(portal, call),
        Endpoint::RegisterApp => register::register_app(portal, call),
        Endpoint::RegisteredAppInfo => apps::of_item(portal, call),
        Endpoint::ReadApp => apps::read(portal, call),
        Endpoint::UpdateApp => apps::update(portal, call),
        Endpoint::Unregister => apps::unregister(portal, call),
        other => Err(Refusal::new(500, &format!("no rule for {}", other.name()))),
    }
}

/// The JSON of an app, including its secret (F-APP-8).
fn app_json(portal: &Portal, caller: &Caller, app: &App) -> Value {
    let mut value = json!({
        "itemId": app.item_id, "client_id": app.client_id, "client_secret": app.client_secret,
        "appType": app.app_type, "redirect_uris": app.redirect_uris,
        "registered": app.registered, "modified": app.modified,
        "httpReferrers": app.referrers, "privileges": app.granted(),
        "isPersonalAPIToken": app.is_personal,
        "apiToken1Active": app.is_active(0, portal.now_ms),
        "apiToken2Active": app.is_active(1, portal.now_ms),
        "isBeta": false, "customAppLoginShowTriage": false,
        "apnsProdCert": null, "apnsSandboxCert": null, "gcmApiKey": null,
    });
    // A portal may hide the secret from tokens of third-party apps (F-TOKEN-9).
    if !portal.may_manage_keys(caller)
        && let Some(map) = value.as_object_mut()
    {
        map.remove("client_secret");
    }
    value
}

/// The app as the answer of several endpoints.
pub(crate) fn app_answer(portal: &Portal, caller: &Caller, app: &App) -> Reply {
    Ok(Done::Json(app_json(portal, caller, app)))
}
