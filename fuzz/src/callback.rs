//! The answer to a sign-in: a code is redeemed only if the `url` crate finds it, and finds nothing that contradicts it.

use std::collections::BTreeMap;

use key_wizard_core::auth::callback::AuthorizationResponse;
use key_wizard_core::auth::sign_in::{CallbackContext, begin, handle_response};
use key_wizard_core::auth::target::Target;
use key_wizard_core::config::PortalChoice;
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::id::ClientId;
use url::form_urlencoded;

use crate::NOW;

const PAGE: &str = "https://keys.example.com/";
const ROOT: &str = "https://gis.example.com/portal";

pub fn check(text: &str) {
    let Some(callback) = AuthorizationResponse::parse(text) else { return };
    let root = PortalRoot::parse(ROOT).expect("it is an address");
    let target = Target { portal: PortalChoice::configured("a"), root, client_id: ClientId("b".to_owned()) };
    let (pending, _) = begin(&target, PAGE, "#/new", [0; 64], NOW);
    let state = pending.state().to_owned();
    let context = CallbackContext { redirect_uri: PAGE, target: &|_| Some(target.clone()), now: NOW };
    let Ok(redemption) = handle_response(callback, Some(pending), &context) else { return };

    let (query, fragment) = text.split_once('#').unwrap_or((text, ""));
    let query = query.strip_prefix('?').unwrap_or(query);
    let mut parameters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        parameters.entry(name.into_owned()).or_default().push(value.into_owned());
    }
    let values = |name: &str| parameters.get(name).map(Vec::as_slice).unwrap_or_default();
    assert!(values("state").contains(&state), "the state is that of the sign-in");
    assert!(query.split('&').all(|pair| !pair.starts_with("error=")), "no error is overlooked");
    assert!(fragment.split('&').all(|pair| !pair.starts_with("access_token=")), "no token that nobody asked for");
    for pair in query.split('&').filter(|pair| pair.starts_with("iss=")) {
        let (_, issuer) = form_urlencoded::parse(pair.as_bytes()).next().expect("it is a pair");
        assert!(issuer.starts_with(ROOT), "another portal's answer is refused");
    }
    let (request, _) = redemption.request.encode();
    let body: BTreeMap<_, _> = form_urlencoded::parse(request.body.as_bytes()).collect();
    assert!(values("code").iter().any(|code| *code == body["code"] && !code.is_empty()), "the code is sent unchanged");
}
