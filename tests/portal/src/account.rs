//! The signed-in user and the organization: `portals/self`, `community/self`, `community/users/{u}`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::access::Caller;
use crate::portal::{Call, Done, Portal, Reply};
use crate::privileges;
use crate::refusal::Refusal;
use crate::state::person::{Org, User};

/// The API version that Online reported in 2025 (F-API-9).
const VERSION: &str = "2025.1";

/// The root of the API: its version, readable anonymously (F-API-9).
pub(crate) fn root() -> Reply {
    Ok(Done::Json(json!({ "currentVersion": VERSION })))
}

/// `info`: the kind of server, readable anonymously.
pub(crate) fn info(portal: &Portal) -> Reply {
    let tokens = format!("{}/sharing/rest/generateToken", portal.root);
    Ok(Done::Json(json!({
        "owningSystemUrl": portal.root,
        "authInfo": {"tokenServicesUrl": tokens, "isTokenBasedSecurity": true},
    })))
}

/// `portals/self`: works anonymously too, but then without `user` and subscription (F-ACCOUNT-1). An app or a key
/// reads its owner's organization and its own description (F-ACCOUNT-9).
pub(crate) fn portals_self(portal: &Portal, call: &Call) -> Reply {
    let mut value = everybody(portal);
    let user = match &call.caller {
        Caller::User { username, .. } => portal.world.users.get(username),
        // Inferred: a personal key reads here what it reads at community/self.
        Caller::Key { client_id, .. } => owner_of_personal_key(portal, client_id),
        Caller::Anonymous | Caller::App { .. } => None,
    };
    let org = match &call.caller {
        Caller::Anonymous => None,
        Caller::User { .. } => user.map(|user| &user.org),
        Caller::App { client_id } | Caller::Key { client_id, .. } => org_of_app(portal, client_id),
    };
    if let Some(org) = org {
        for_members(&mut value, &portal.world.orgs[org]);
    }
    if let Some(user) = user {
        value["user"] = user_json(user, &granted(portal, &call.caller, user));
    }
    if let Some(app) = app_info(portal, call) {
        value["appInfo"] = app;
    }
    Ok(Done::Json(value))
}

/// `portals/{id}`: same as `portals/self` for the caller's own organization; empty for any other (inferred).
pub(crate) fn portal_by_id(portal: &Portal, call: &Call) -> Reply {
    let own = portals_self(portal, call)?;
    match own {
        Done::Json(value) if value["id"] == call.names.org.as_str() => Ok(Done::Json(value)),
        _ => Err(Refusal::new(400, "Organization does not exist or is inaccessible.")),
    }
}

/// `community/self`: the user at top level; a personal key reads its owner and its own privileges (F-ACCOUNT-6).
/// Every key reads its own description; for a standard key that depends on a switch (F-ACCOUNT-10).
pub(crate) fn community_self(portal: &Portal, call: &Call) -> Reply {
    let Caller::Key { client_id, .. } = &call.caller else {
        let user = portal.person(&call.caller)?;
        return Ok(Done::Json(user_json(user, &user.privileges)));
    };
    let mut value = match owner_of_personal_key(portal, client_id) {
        Some(owner) => user_json(owner, &granted(portal, &call.caller, owner)),
        None if portal.switches.describes_standard_keys => json!({}),
        None => return Err(Refusal::forbidden()),
    };
    value["appInfo"] = json!(app_info(portal, call));
    Ok(Done::Json(value))
}

/// `community/users/{u}`: the user with groups (F-ACCOUNT-7). A personal key reads its owner as at `community/self`;
/// others see only a summary (both inferred).
pub(crate) fn community_user(portal: &Portal, call: &Call) -> Reply {
    let user = known_user(portal, call)?;
    let own = match &call.caller {
        Caller::Key { client_id, .. } => owner_of_personal_key(portal, client_id) == Some(user),
        caller => portal.person(caller).is_ok_and(|person| portal.may_change(person, &user.username)),
    };
    let mut value = match own {
        true => user_json(user, &granted(portal, &call.caller, user)),
        false => json!({"username": user.username, "id": user.id, "fullName": user.full_name}),
    };
    value["groups"] = json!([]);
    Ok(Done::Json(value))
}

/// `community/users/{u}/tags`: the tags of the user's items with their counts (F-ACCOUNT-7).
pub(crate) fn user_tags(portal: &Portal, call: &Call) -> Reply {
    let user = known_user(portal, call)?;
    let caller = portal.person(&call.caller)?;
    if !portal.may_change(caller, &user.username) {
        return Err(Refusal::forbidden());
    }
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let items = portal.world.items.values();
    for item in items.filter(|item| item.owner == user.username && !item.in_bin) {
        for tag in &item.tags {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let tags: Vec<Value> = counts.into_iter().map(|(tag, count)| json!({"tag": tag, "count": count})).collect();
    Ok(Done::Json(json!({ "tags": tags })))
}

fn known_user<'a>(portal: &'a Portal, call: &Call) -> Result<&'a User, Refusal> {
    let user = portal.world.user(&call.names.user);
    // Inferred: the message.
    user.ok_or_else(|| Refusal::coded(400, "COM_0018", "User does not exist or is inaccessible."))
}

fn owner_of_personal_key<'a>(portal: &'a Portal, client_id: &str) -> Option<&'a User> {
    let app = portal.world.apps.get(client_id)?;
    let personal = app.is_personal || privileges::are_personal(app.granted());
    portal.world.users.get(&app.owner).filter(|_| personal)
}

fn org_of_app<'a>(portal: &'a Portal, client_id: &str) -> Option<&'a String> {
    let app = portal.world.apps.get(client_id)?;
    portal.world.users.get(&app.owner).map(|user| &user.org)
}

/// The app that the token belongs to, and the expiration of a key (F-ACCOUNT-5, F-ACCOUNT-9).
fn app_info(portal: &Portal, call: &Call) -> Option<Value> {
    let client_id = match &call.caller {
        Caller::Anonymous => return None,
        Caller::User { client_id, .. } | Caller::App { client_id } | Caller::Key { client_id, .. } => client_id,
    };
    let app = portal.world.apps.get(client_id)?;
    let mut value = json!({
        "appId": app.client_id, "itemId": app.item_id, "appOwner": app.owner,
        "orgId": org_of_app(portal, client_id), "appTitle": app.title, "privileges": app.granted(),
    });
    let key = app.live_keys(portal.now_ms).find(|(_, key)| Some(key.token.as_str()) == call.asked.token());
    if let Some((_, key)) = key {
        value["expirationDate"] = json!(key.expires);
    }
    Some(value)
}

fn granted(portal: &Portal, caller: &Caller, user: &User) -> Vec<String> {
    match caller {
        Caller::Key { client_id, .. } => portal.world.apps[client_id].granted().to_vec(),
        _ => user.privileges.clone(),
    }
}

/// The public fields. Python detects Online by this value of `portalName` (F-ACCOUNT-11).
fn everybody(portal: &Portal) -> Value {
    let host = portal.root.split("://").last().unwrap_or_default();
    let mut value = json!({
        "id": "0123456789ABCDEF", "name": "Practice Portal", "portalName": "ArcGIS Online",
        "portalHostname": host, "portalMode": "multitenant", "isPortal": false,
        "currentVersion": VERSION, "supportsOAuth": true, "culture": "en", "region": "WO", "ipCntryCode": "US",
        "allowedOrigins": portal.switches.allowed_origins, "allowedRedirectUris": [],
        "authorizedCrossOriginDomains": [], "authorizedCrossOriginNoCorsDomains": [],
        "maxTokenExpirationMinutes": portal.switches.max_token_minutes,
        "recycleBinSupported": true, "recycleBinEnabled": true, "isReadOnly": false,
        "platformSSO": true, "mfaEnabled": false, "canSharePublic": true,
        "httpPort": 80, "httpsPort": 443,
        "helperServices": {"geocode": [], "analysis": {"url": "https://analysis.example.com"}},
    });
    let release = &portal.switches.enterprise_version;
    if !release.is_empty() {
        value["isPortal"] = json!(true);
        value["portalMode"] = json!("singletenant");
        value["portalName"] = json!("Practice Portal");
        value["enterpriseVersion"] = json!(release);
    }
    value
}

/// The fields only members of the organization see; the JS SDK detects members by `access` (F-ACCOUNT-12).
fn for_members(value: &mut Value, org: &Org) {
    value["id"] = json!(org.id);
    value["name"] = json!(org.name);
    value["urlKey"] = json!(org.url_key);
    value["access"] = json!("public");
    value["customBaseUrl"] = json!("maps.arcgis.com");
    value["availableCredits"] = json!(894_432.5);
    value["portalProperties"] = json!({
        "links": {"contactUs": {"url": "mailto:admin@practice.example", "visible": true}},
        "sharedTheme": {"header": {"background": "#ffffff", "text": "#000000"}},
    });
    value["subscriptionInfo"] = json!({
        "id": "8799302912", "type": "In House", "state": "active", "maxUsers": 50,
        "userLicenseTypes": {"creatorUT": 50}, "availableCredits": 894_432.5,
    });
}

fn user_json(user: &User, privileges: &[String]) -> Value {
    let (first, last) = user.full_name.split_once(' ').unwrap_or((&user.full_name, ""));
    json!({
        "username": user.username, "id": user.id, "fullName": user.full_name,
        "firstName": first, "lastName": last, "email": format!("{}@practice.example", user.username),
        "userType": "arcgisonly", "userLicenseTypeId": "creatorUT", "level": "2",
        "role": user.role.text(), "roleId": user.role.text(), "orgId": user.org,
        "privileges": privileges, "disabled": false, "culture": null, "cultureFormat": null,
        "units": "metric", "thumbnail": null, "access": "org", "storageUsage": 1,
        "storageQuota": 2_199_023_255_552_i64, "favGroupId": user.id, "lastLogin": user.created,
        "created": user.created, "modified": user.created, "provider": "arcgis",
        "mfaEnabled": false, "emailStatus": "verified", "description": null, "tags": [], "groups": [],
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::{IN_A_MONTH, code, key_of, portal, text};

    #[test]
    fn anybody_may_read_the_portal_and_only_a_user_sees_the_user() {
        let mut portal = portal();
        let nobody = portal.post("/portals/self", &[]);
        assert_eq!(nobody["isPortal"], false);
        assert!(nobody.get("user").is_none());
        assert!(nobody.get("subscriptionInfo").is_none());
        let jane = portal.as_user("jane", "/portals/self", &[]);
        assert_eq!(jane["name"], "Practice Organization");
        assert_eq!(jane["user"]["username"], "jane");
        assert_eq!(jane["user"]["orgId"], jane["id"]);
        assert_eq!(jane["appInfo"]["appId"], "key-wizard-demo");
    }

    #[test]
    fn a_portal_of_enterprise_names_its_release_to_everybody() {
        let mut portal = portal();
        assert!(portal.post("/portals/self", &[]).get("enterpriseVersion").is_none());
        portal.switches.enterprise_version = "11.3.0".to_owned();
        let answer = portal.post("/portals/self", &[]);
        assert_eq!((&answer["isPortal"], &answer["enterpriseVersion"]), (&true.into(), &"11.3.0".into()));
        assert_eq!(answer["portalName"], "Practice Portal");
    }

    #[test]
    fn a_garbled_token_is_refused_even_where_none_is_needed() {
        let answer = portal().post("/portals/self", &[("token", "nonsense")]);
        assert_eq!(answer["error"]["code"], 498);
    }

    #[test]
    fn the_user_is_at_the_top_of_community_self() {
        let mut portal = portal();
        assert_eq!(portal.as_user("ada", "/community/self", &[])["role"], "org_admin");
        assert_eq!(portal.post("/community/self", &[])["error"]["code"], 499);
    }

    #[test]
    fn a_personal_key_reads_its_owner_and_a_standard_key_does_not() {
        let mut portal = portal();
        let personal = key_of(&mut portal, "jane", &["features:user:edit"]);
        for path in ["/community/self", "/community/users/jane"] {
            let answer = portal.post(path, &[("token", &personal.token)]);
            assert_eq!((answer["username"].clone(), answer["role"].clone()), ("jane".into(), "org_user".into()));
            assert_eq!(answer["privileges"], serde_json::json!(["features:user:edit"]), "{path}");
        }
        let other = portal.post("/community/users/ada", &[("token", &personal.token)]);
        assert!(other.get("role").is_none());
        let standard = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        for path in ["/community/self", "/community/users/jane", "/portals/self"] {
            let answer = portal.post(path, &[("token", &standard.token)]);
            assert!(answer.get("role").is_none() && answer.get("user").is_none(), "{path}");
        }
    }

    #[test]
    fn a_key_reads_what_it_is_and_when_it_ends() {
        let mut portal = portal();
        for privilege in ["features:user:edit", "premium:user:basemaps"] {
            let key = key_of(&mut portal, "nora", &[privilege]);
            for path in ["/community/self", "/portals/self"] {
                let app = portal.post(path, &[("token", &key.token)])["appInfo"].clone();
                assert_eq!(app["expirationDate"], IN_A_MONTH, "{path}");
                assert_eq!((&app["itemId"], &app["appId"]), (&key.item.clone().into(), &key.client_id.clone().into()));
                assert_eq!((&app["appOwner"], &app["orgId"]), (&"nora".into(), &"L0cationPlatform".into()));
                assert_eq!(app["privileges"], serde_json::json!([privilege]));
            }
        }
    }

    #[test]
    fn a_standard_key_reads_nothing_of_itself_when_the_switch_says_so() {
        let mut portal = portal();
        portal.switches.describes_standard_keys = false;
        let standard = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        assert_eq!(code(&portal.post("/community/self", &[("token", &standard.token)])), 403);
        let personal = key_of(&mut portal, "jane", &["features:user:edit"]);
        assert_eq!(code(&portal.post("/community/self", &[("token", &personal.token)])), 0);
    }

    #[test]
    fn keys_and_apps_read_the_organization_of_their_owner() {
        let mut portal = portal();
        let key = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        let fields = [("client_id", &*key.client_id), ("client_secret", &*key.secret)];
        let fields = [&fields[..], &[("grant_type", "client_credentials")]].concat();
        let app = text(&portal.post("/oauth2/token", &fields)["access_token"]);
        for token in [&key.token, &app] {
            let answer = portal.post("/portals/self", &[("token", token)]);
            assert_eq!(answer["id"], "Xj56SBi2udA78cPR");
            assert_eq!(answer["subscriptionInfo"]["type"], "In House");
            assert_eq!(answer["appInfo"]["expirationDate"].is_number(), token == &key.token);
        }
    }

    #[test]
    fn an_organization_is_found_by_its_id_by_those_who_are_in_it() {
        let mut portal = portal();
        let path = "/portals/Xj56SBi2udA78cPR";
        assert_eq!(portal.as_user("jane", path, &[])["user"]["username"], "jane");
        assert_eq!(code(&portal.as_user("nora", path, &[])), 400);
        assert_eq!(code(&portal.post(path, &[])), 400);
    }

    #[test]
    fn the_root_tells_the_version_to_anybody() {
        let mut portal = portal();
        for path in ["", "/"] {
            assert_eq!(portal.post(path, &[])["currentVersion"], "2025.1");
            assert_eq!(portal.post(path, &[("token", "nonsense")])["error"]["code"], 498);
        }
    }

    #[test]
    fn a_user_is_found_by_name_and_by_id_and_strangers_see_the_outline() {
        let mut portal = portal();
        let jane = portal.as_user("jane", "/community/users/jane", &[]);
        let path = format!("/community/users/{}", jane["id"].as_str().expect("an id"));
        assert_eq!(portal.as_user("jane", &path, &[])["email"], "jane@practice.example");
        let seen = portal.as_user("newt", &path, &[]);
        assert_eq!(seen["fullName"], "Jane Keller");
        assert!(seen.get("privileges").is_none());
        assert_eq!(portal.as_user("jane", "/community/users/nobody", &[])["error"]["code"], 400);
    }

    #[test]
    fn tags_are_counted_for_their_owner_only() {
        let mut portal = portal();
        let tags = portal.as_user("jane", "/community/users/jane/tags", &[]);
        let first = &tags["tags"][0];
        assert!(first["count"].as_u64().expect("a count") >= 1, "{tags}");
        let other = portal.as_user("newt", "/community/users/jane/tags", &[]);
        assert_eq!(other["error"]["code"], 403);
    }

    #[test]
    fn a_page_is_answered_when_json_is_not_asked_for() {
        let answered = portal().answer(crate::Asked::get("/sharing/rest/info"));
        assert_eq!(answered.content_type, crate::exchange::HTML);
        assert!(answered.body.contains("isTokenBasedSecurity"));
    }
}
