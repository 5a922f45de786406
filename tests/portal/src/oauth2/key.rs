//! API keys: generates one in a slot (F-KEY-1).

use serde_json::json;

use crate::form::Form;
use crate::portal::{Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::app::{App, Key};
use crate::switches::{ApiTokenKeyword, Strictness};

/// Slot 0 or 1 from the field's `1` or `2`; the message is inferred.
pub(crate) fn slot(text: &str) -> Result<usize, Refusal> {
    match text {
        "1" => Ok(0),
        "2" => Ok(1),
        _ => Err(Refusal::oauth(400, "invalid_request", "Invalid apiToken")),
    }
}

/// Generates a key for the slot. The previous key ends at once or, with the switch, stays valid; the other slot is
/// unchanged (F-KEY-4).
///
/// The key expires on the slot's expiration date, so the date is required (F-KEY-14; the message is inferred).
pub(crate) fn generate(portal: &mut Portal, form: &Form, app: &App, slot_text: &str) -> Reply {
    let slot = slot(slot_text)?;
    let item = portal.world.items.get(&app.item_id).filter(|item| !item.in_bin);
    let item = item.ok_or_else(Refusal::no_item)?;
    let expires = item.expiration[slot];
    if expires <= portal.now_ms {
        let message = format!("apiToken{slot_text}ExpirationDate is not set or has passed.");
        return Err(Refusal::oauth(400, "invalid_request", &message));
    }
    check_flag(portal, form, app, slot)?;
    let token = portal.world.ids.api_key(slot + 1, &app.client_id);
    portal.world.issued_keys.push(token.clone());
    let key = Key { token: token.clone(), expires };
    if let Some(app) = portal.world.apps.get_mut(&app.client_id) {
        let old = app.keys[slot].replace(key);
        let lives_on = old.filter(|_| !portal.switches.regenerating_ends_old_key);
        app.replaced.extend(lives_on.map(|lives_on| (slot, lives_on)));
    }
    // The keyword appears with the first key at the latest (F-APP-7).
    if let Some(item) = portal.world.items.get_mut(&app.item_id) {
        item.add_keyword("APIToken");
    }
    let seconds = (expires - portal.now_ms) / 1000;
    Ok(Done::Json(json!({"access_token": token, "expires_in": seconds})))
}

/// `regenerateApiToken` must match the slot only with the switch on (F-KEY-3).
fn check_flag(portal: &Portal, form: &Form, app: &App, slot: usize) -> Result<(), Refusal> {
    let fits = form.flag("regenerateApiToken") == app.is_active(slot, portal.now_ms);
    match (fits, portal.switches.wrong_regenerate_flag) {
        (true, _) | (false, Strictness::Accepted) => Ok(()),
        (false, Strictness::Refused) => Err(Refusal::oauth(400, "invalid_request", "Invalid regenerateApiToken")),
    }
}

/// Adds `APIToken` if `moment` is the one set by the switch (F-APP-7).
pub(crate) fn add_keyword_at(portal: &mut Portal, item: &str, moment: ApiTokenKeyword) {
    if portal.switches.api_token_keyword == moment
        && let Some(item) = portal.world.items.get_mut(item)
    {
        item.add_keyword("APIToken");
    }
}

#[cfg(test)]
mod tests {
    use crate::switches::Strictness;
    use crate::testing::{DAY, IN_A_MONTH, NOON, code, generate, key_of, new_item, portal, register, set_date, text};

    #[test]
    fn a_key_names_its_slot_its_client_and_its_life_in_seconds() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let app = register(&mut portal, "jane", &item, &["premium:user:basemaps"], &[]);
        set_date(&mut portal, "jane", &item, IN_A_MONTH);
        let client = text(&app["client_id"]);
        let answer = generate(&mut portal, &client, &text(&app["client_secret"]), "false");
        let key = text(&answer["access_token"]);
        assert!(key.starts_with("AAPT"));
        assert!(key.ends_with(&format!("AT1_{}", &client[8..])));
        assert_eq!(key.as_bytes()[key.len() - 10], b'1');
        assert_eq!(answer["expires_in"], (IN_A_MONTH - NOON) / 1000);
        assert!(portal.item(&item).expect("it exists").has_keyword("APIToken"));
    }

    #[test]
    fn no_key_comes_without_a_date_a_secret_a_client_or_a_slot() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let app = register(&mut portal, "jane", &item, &["premium:user:basemaps"], &[]);
        let (client, secret) = (text(&app["client_id"]), text(&app["client_secret"]));
        assert_eq!(code(&generate(&mut portal, &client, &secret, "false")), 400);
        set_date(&mut portal, "jane", &item, IN_A_MONTH);
        let wrong = generate(&mut portal, &client, "wrong", "false");
        assert_eq!(wrong["error"]["message"], "Invalid client_secret");
        assert_eq!(wrong["error"]["error"], "invalid_request");
        let unknown = generate(&mut portal, "nobody", &secret, "false");
        assert_eq!(unknown["error"]["error"], "invalid_client_id");
        let fields = [
            ("client_id", client.as_str()),
            ("client_secret", &secret),
            ("grant_type", "client_credentials"),
            ("apiToken", "3"),
        ];
        assert_eq!(code(&portal.post("/oauth2/token", &fields)), 400);
        assert!(portal.live_keys().is_empty());
    }

    #[test]
    fn a_new_key_ends_the_one_before_and_leaves_the_other_slot() {
        let mut portal = portal();
        let first = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        let path = format!("/content/users/jane/items/{}/update", first.item);
        portal.as_user("jane", &path, &[("apiToken2ExpirationDate", &(IN_A_MONTH + DAY).to_string())]);
        let fields = [
            ("client_id", first.client_id.as_str()),
            ("client_secret", &first.secret),
            ("grant_type", "client_credentials"),
            ("apiToken", "2"),
            ("regenerateApiToken", "false"),
        ];
        let second = text(&portal.post("/oauth2/token", &fields)["access_token"]);
        generate(&mut portal, &first.client_id, &first.secret, "true");
        assert_eq!(code(&portal.post("/practice/whoami", &[("token", &first.token)])), 498);
        assert_eq!(portal.post("/practice/whoami", &[("token", &second)])["slot"], 2);
        assert_eq!(portal.live_keys().len(), 2);
    }

    #[test]
    fn a_flag_that_does_not_fit_the_slot_is_taken_or_refused_by_the_switch() {
        let mut portal = portal();
        let key = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        assert_eq!(code(&generate(&mut portal, &key.client_id, &key.secret, "false")), 0);
        portal.switches.wrong_regenerate_flag = Strictness::Refused;
        assert_eq!(code(&generate(&mut portal, &key.client_id, &key.secret, "false")), 400);
        assert_eq!(code(&generate(&mut portal, &key.client_id, &key.secret, "true")), 0);
    }

    #[test]
    fn a_replaced_key_lives_on_by_the_switch_until_all_keys_end() {
        for at_once in [true, false] {
            let mut portal = portal();
            portal.switches.regenerating_ends_old_key = at_once;
            let old = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
            generate(&mut portal, &old.client_id, &old.secret, "true");
            assert_eq!(portal.live_keys().len(), if at_once { 1 } else { 2 });
            let answer = portal.post("/practice/whoami", &[("token", &old.token)]);
            assert_eq!(code(&answer), if at_once { 498 } else { 0 });
            portal.as_user("jane", &format!("/content/users/jane/items/{}/delete", old.item), &[]);
            assert!(portal.live_keys().is_empty());
        }
    }

    #[test]
    fn what_was_issued_is_remembered_beyond_its_end() {
        let mut portal = portal();
        let old = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        let new = text(&generate(&mut portal, &old.client_id, &old.secret, "true")["access_token"]);
        portal.as_user("jane", &format!("/content/users/jane/items/{}/delete", old.item), &[]);
        assert!(portal.live_keys().is_empty());
        assert_eq!(portal.issued_keys(), [old.token, new]);
        assert_eq!(portal.issued_secrets(), [old.secret]);
    }

    #[test]
    fn a_key_ends_at_its_date() {
        let mut portal = portal();
        let key = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        portal.now_ms = IN_A_MONTH;
        assert_eq!(code(&portal.post("/practice/whoami", &[("token", &key.token)])), 498);
        let path = format!("/content/users/jane/items/{}/registeredAppInfo", key.item);
        assert_eq!(portal.as_user("jane", &path, &[])["apiToken1Active"], false);
    }
}
