//! `practice/whoami`: describes a token. No real portal has it; it replaces the services that a key opens, so that a
//! test can prove that a copied key works, with which privileges, and from which pages.

use serde_json::{Value, json};

use crate::access::Caller;
use crate::portal::{Call, Done, Portal, Reply};
use crate::privileges;
use crate::refusal::Refusal;

/// Describes the caller. A wrong or expired key and a wrong referrer are already refused with 498 (F-ERROR-3).
pub(crate) fn whoami(portal: &Portal, call: &Call) -> Reply {
    match &call.caller {
        Caller::Anonymous => Err(Refusal::token_required()),
        Caller::User { username, client_id } => {
            Ok(Done::Json(json!({"kind": "user", "username": username, "clientId": client_id})))
        }
        Caller::App { client_id } => Ok(Done::Json(json!({"kind": "app", "clientId": client_id}))),
        Caller::Key { client_id, slot } => Ok(Done::Json(describe(portal, client_id, *slot))),
    }
}

fn describe(portal: &Portal, client_id: &str, slot: usize) -> Value {
    let app = &portal.world.apps[client_id];
    let items: Vec<&str> = app.granted().iter().filter_map(|privilege| privileges::item_of(privilege)).collect();
    let rights: Vec<&String> =
        app.granted().iter().filter(|privilege| privileges::item_of(privilege).is_none()).collect();
    json!({
        "kind": "apiKey", "owner": app.owner, "clientId": client_id, "itemId": app.item_id,
        "slot": slot + 1, "privileges": rights, "items": items, "referrers": app.referrers,
        "expires": app.keys[slot].as_ref().map(|key| key.expires),
    })
}

#[cfg(test)]
mod tests {
    use crate::Asked;
    use crate::testing::{IN_A_MONTH, code, key_with, new_item, portal};

    #[test]
    fn a_key_shows_its_rights_its_items_and_its_end() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let grant = format!("portal:app:access:item:{item}");
        let key = key_with(&mut portal, "jane", &["premium:user:basemaps", &grant], &[]);
        let answer = portal.post("/practice/whoami", &[("token", &key.token)]);
        assert_eq!(answer["kind"], "apiKey");
        assert_eq!((answer["owner"].clone(), answer["slot"].clone()), ("jane".into(), 1.into()));
        assert_eq!(answer["itemId"], key.item);
        assert_eq!(answer["privileges"], serde_json::json!(["premium:user:basemaps"]));
        assert_eq!(answer["items"], serde_json::json!([item]));
        assert_eq!(answer["expires"], IN_A_MONTH);
    }

    #[test]
    fn a_key_with_referrers_works_from_them_and_from_nowhere_else() {
        let mut portal = portal();
        let referrers = ["https://app.example.com", "https://*.example.org"];
        let key = key_with(&mut portal, "jane", &["premium:user:basemaps"], &referrers);
        let mut ask = |referer: Option<&str>| {
            let asked = Asked::post("/sharing/rest/practice/whoami").json().field("token", &key.token);
            let asked = match referer {
                Some(referer) => asked.referer(referer),
                None => asked,
            };
            code(&portal.answer(asked).value())
        };
        assert_eq!(ask(Some("https://app.example.com/")), 0);
        assert_eq!(ask(Some("https://a.example.org/")), 0);
        assert_eq!(ask(Some("https://evil.example.com/")), 498);
        assert_eq!(ask(Some("http://app.example.com/")), 498);
        assert_eq!(ask(None), 498);
    }

    #[test]
    fn a_key_outlives_a_privilege_its_owner_lost_unless_the_switch_says_otherwise() {
        for follows in [false, true] {
            let mut portal = portal();
            portal.switches.key_follows_owner = follows;
            let key = key_with(&mut portal, "jane", &["premium:user:basemaps"], &[]);
            portal.set_privileges("jane", &[]);
            let answer = portal.post("/practice/whoami", &[("token", &key.token)]);
            assert_eq!(code(&answer) == 498, follows);
        }
    }

    #[test]
    fn a_person_is_a_user_whatever_the_referrer_and_nobody_is_asked_for_a_token() {
        let mut portal = portal();
        assert_eq!(portal.as_user("nora", "/practice/whoami", &[])["kind"], "user");
        assert_eq!(code(&portal.post("/practice/whoami", &[])), 499);
        assert_eq!(code(&portal.post("/practice/whoami", &[("token", "AAPTx")])), 498);
    }

    #[test]
    fn a_token_may_come_in_a_header_outside_browsers() {
        let mut portal = portal();
        let mut asked = Asked::get("/sharing/rest/practice/whoami").json();
        asked.bearer = Some(portal.sign_in("jane"));
        assert_eq!(portal.answer(asked).value()["username"], "jane");
    }
}
