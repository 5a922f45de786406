//! Reading, changing and removing a registration (F-APP-8 to F-APP-11).

use std::collections::BTreeSet;

use serde_json::json;

use crate::content::{own_item, success};
use crate::oauth2::{app_answer, register};
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::app::App;
use crate::state::person::User;

/// `validateAppAccess`: every signed-in user may use every app here (F-SIGNIN-20).
pub(crate) fn validate_access(portal: &Portal, call: &Call) -> Reply {
    portal.person(&call.caller)?;
    let known = portal.world.apps.contains_key(call.form.text("client_id"));
    match known {
        true => Ok(Done::Json(json!({"valid": true, "viewOnlyUserTypeApp": false}))),
        false => Err(Refusal::coded(400, "GWM_0007", "Invalid request")),
    }
}

/// `registeredAppInfo`, by GET or POST, for the owner and administrators.
pub(crate) fn of_item(portal: &Portal, call: &Call) -> Reply {
    let id = own_item(portal, call)?;
    let app = portal.world.app_of_item(&id);
    // Inferred: the answer for an item without a registration.
    let app = app.ok_or_else(|| Refusal::coded(400, "CONT_0001", "Item is not a registered app."))?;
    app_answer(portal, &call.caller, app)
}

/// `apps/{client_id}`, by GET or POST.
pub(crate) fn read(portal: &Portal, call: &Call) -> Reply {
    let (app, _) = own_app(portal, call)?;
    app_answer(portal, &call.caller, &app)
}

/// `apps/{client_id}/update`: omitted fields keep their value, `redirect_uris` depending on a switch; changed
/// privileges end both keys (F-KEY-8 to F-KEY-10).
pub(crate) fn update(portal: &mut Portal, call: &Call) -> Reply {
    let (mut app, user) = own_app(portal, call)?;
    let before = app.clone();
    if let Some(list) = call.form.json_list("privileges")? {
        let fresh: Vec<String> = list.iter().filter(|entry| !before.granted().contains(entry)).cloned().collect();
        // Privileges granted earlier may stay even if the user has lost them since (inferred); the limit counts all.
        register::check_privileges(portal, &user, &fresh)?;
        register::check_item_count(&list)?;
        app.privileges = Some(register::privileges_kept(portal, list));
    }
    if let Some(list) = call.form.json_list("httpReferrers")? {
        app.referrers = register::referrers_kept(portal, list)?;
    }
    match call.form.json_list("redirect_uris")? {
        Some(list) => app.redirect_uris = list,
        None if portal.switches.update_clears_redirect_uris => app.redirect_uris.clear(),
        None => {}
    }
    if portal.switches.personal_flag_can_change && call.form.get("isPersonalAPIToken").is_some() {
        app.is_personal = call.form.flag("isPersonalAPIToken");
    }
    if ends_keys(portal, &before, &app) {
        app.end_keys();
    }
    app.modified = portal.now_ms;
    let answer = app_answer(portal, &call.caller, &app);
    portal.world.apps.insert(app.client_id.clone(), app);
    answer
}

/// `apps/{client_id}/unregister`: ends the app's keys and tokens and removes its keywords (F-APP-11).
pub(crate) fn unregister(portal: &mut Portal, call: &Call) -> Reply {
    let (app, _) = own_app(portal, call)?;
    portal.world.remove_app(&app.client_id);
    if let Some(item) = portal.world.items.get_mut(&app.item_id) {
        item.remove_keyword("Registered App");
        item.remove_keyword("APIToken");
        item.expiration = [-1, -1];
    }
    success(&app.item_id)
}

fn ends_keys(portal: &Portal, before: &App, after: &App) -> bool {
    let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<String>>();
    let privileges = set(before.granted()) != set(after.granted());
    let referrers = set(&before.referrers) != set(&after.referrers);
    privileges || (referrers && portal.switches.referrer_edit_ends_keys) || portal.switches.same_update_ends_keys
}

/// The app in the path and the caller, who must be its owner or an administrator (F-APP-8).
fn own_app(portal: &Portal, call: &Call) -> Result<(App, User), Refusal> {
    let user = portal.person(&call.caller)?;
    let app = portal.world.apps.get(&call.names.client);
    let app = app.ok_or_else(Refusal::no_client)?;
    match portal.may_change(user, &app.owner) {
        true => Ok((app.clone(), user.clone())),
        false => Err(Refusal::forbidden()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{MadeKey, code, key_with, new_item, portal, text};
    use crate::{Asked, Portal};

    fn made(portal: &mut Portal) -> MadeKey {
        key_with(portal, "jane", &["premium:user:basemaps"], &["https://a.test"])
    }

    fn update(portal: &mut Portal, key: &MadeKey, fields: &[(&str, &str)]) -> Value {
        portal.as_user("jane", &format!("/oauth2/apps/{}/update", key.client_id), fields)
    }

    #[test]
    fn a_registration_is_read_both_ways_by_its_owner_and_by_an_administrator() {
        let mut portal = portal();
        let key = made(&mut portal);
        let by_item = format!("/content/users/jane/items/{}/registeredAppInfo", key.item);
        let by_client = format!("/oauth2/apps/{}", key.client_id);
        for path in [&by_item, &by_client] {
            let posted = portal.as_user("jane", path, &[]);
            assert_eq!(posted["client_secret"], key.secret);
            assert_eq!(posted["apiToken1Active"], true);
            let token = portal.sign_in("ada");
            let got = portal.answer(Asked::get(&format!("/sharing/rest{path}?f=json&token={token}"))).value();
            assert_eq!(got, posted);
        }
        assert_eq!(code(&portal.as_user("newt", &by_client, &[])), 403);
        assert_eq!(code(&portal.post(&by_client, &[])), 499);
        let bare = new_item(&mut portal, "jane");
        let path = format!("/content/users/jane/items/{bare}/registeredAppInfo");
        assert_eq!(code(&portal.as_user("jane", &path, &[])), 400);
    }

    #[test]
    fn changed_privileges_end_both_keys_and_the_answer_is_the_app() {
        let mut portal = portal();
        let key = made(&mut portal);
        let answer = update(&mut portal, &key, &[("privileges", r#"["premium:user:geocode"]"#)]);
        assert_eq!(answer["apiToken1Active"], false);
        assert_eq!(answer["httpReferrers"], json!(["https://a.test"]));
        assert!(answer.get("success").is_none());
        assert!(portal.live_keys().is_empty());
    }

    #[test]
    fn an_update_that_changes_nothing_ends_no_key_unless_the_switch_says_so() {
        let mut portal = portal();
        let key = made(&mut portal);
        let same = [("privileges", r#"["premium:user:basemaps"]"#), ("httpReferrers", r#"["https://a.test"]"#)];
        assert_eq!(update(&mut portal, &key, &same)["apiToken1Active"], true);
        portal.switches.same_update_ends_keys = true;
        assert_eq!(update(&mut portal, &key, &same)["apiToken1Active"], false);
    }

    #[test]
    fn changed_referrers_end_the_keys_by_the_switch() {
        for ends in [true, false] {
            let mut portal = portal();
            portal.switches.referrer_edit_ends_keys = ends;
            let key = made(&mut portal);
            let answer = update(&mut portal, &key, &[("httpReferrers", r#"["https://b.test"]"#)]);
            assert_eq!(answer["apiToken1Active"], !ends);
        }
    }

    #[test]
    fn redirect_uris_left_out_are_kept_or_cleared_by_the_switch() {
        let mut portal = portal();
        let key = made(&mut portal);
        assert_eq!(update(&mut portal, &key, &[])["redirect_uris"], json!(["urn:ietf:wg:oauth:2.0:oob"]));
        portal.switches.update_clears_redirect_uris = true;
        assert_eq!(update(&mut portal, &key, &[])["redirect_uris"], json!([]));
        assert_eq!(update(&mut portal, &key, &[("redirect_uris", r#"["x:y"]"#)])["redirect_uris"], json!(["x:y"]));
    }

    #[test]
    fn the_personal_flag_changes_only_when_the_switch_says_so() {
        for can in [true, false] {
            let mut portal = portal();
            portal.switches.personal_flag_can_change = can;
            let key = made(&mut portal);
            let answer = update(&mut portal, &key, &[("isPersonalAPIToken", "true")]);
            assert_eq!(answer["isPersonalAPIToken"], can);
        }
    }

    #[test]
    fn an_update_checks_privileges_as_the_registration_does() {
        let mut portal = portal();
        let key = made(&mut portal);
        let answer = update(&mut portal, &key, &[("privileges", r#"["portal:admin:viewUsers"]"#)]);
        assert_eq!(code(&answer), 500);
        assert_eq!(portal.live_keys().len(), 1);
    }

    #[test]
    fn unregistering_ends_the_keys_and_takes_the_keywords_away() {
        let mut portal = portal();
        let key = made(&mut portal);
        let answer = portal.as_user("jane", &format!("/oauth2/apps/{}/unregister", key.client_id), &[]);
        assert_eq!(answer, json!({"success": true, "itemId": key.item}));
        let item = portal.item(&key.item).expect("it stays");
        assert_eq!(item.type_keywords, ["Application"]);
        assert_eq!(code(&portal.post("/practice/whoami", &[("token", &key.token)])), 498);
        let read = portal.as_user("jane", &format!("/oauth2/apps/{}", key.client_id), &[]);
        assert_eq!(text(&read["error"]["message"]), "Invalid client_id");
    }
}
