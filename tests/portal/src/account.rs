//! Who am I, and what organisation is this: `portals/self`, `community/self`, `community/users/{u}`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::access::Caller;
use crate::portal::{Call, Done, Portal, Reply};
use crate::privileges;
use crate::refusal::Refusal;
use crate::seed;
use crate::state::app::App;
use crate::state::person::{Org, User};

/// `info`: what kind of server this is, for anybody.
pub(crate) fn info(portal: &Portal) -> Reply {
    let tokens = format!("{}/sharing/rest/generateToken", portal.root);
    Ok(Done::Json(json!({
        "owningSystemUrl": portal.root,
        "authInfo": {"tokenServicesUrl": tokens, "isTokenBasedSecurity": true},
    })))
}

/// `portals/self`: works anonymously too, then without `user` and subscription (F-ACCOUNT-1).
pub(crate) fn portals_self(portal: &Portal, call: &Call) -> Reply {
    let mut value = everybody(portal);
    let user = match &call.caller {
        Caller::User { username, .. } => portal.world.users.get(username),
        // Inferred: What a personal key reads at community/self it reads here too.
        Caller::Key { client_id, .. } => key_owner(portal, client_id).map(|it| it.1),
        Caller::Anonymous | Caller::App { .. } => None,
    };
    if let Some(user) = user {
        let org = &portal.world.orgs[&user.org];
        for_members(&mut value, org);
        value["user"] = user_json(user, &granted(portal, &call.caller, user));
    }
    if let Some(app) = calling_app(portal, &call.caller) {
        value["appInfo"] = json!({
            "appId": app.client_id, "itemId": app.item_id, "appOwner": app.owner,
            "orgId": seed::ORG, "appTitle": app.title, "privileges": app.granted(),
        });
    }
    Ok(Done::Json(value))
}

/// `community/self`: the user at top level; a personal key reads its owner and its own privileges, a standard key
/// nothing useful (F-ACCOUNT-6; that "nothing" is 403 is inferred).
pub(crate) fn community_self(portal: &Portal, call: &Call) -> Reply {
    let user = match &call.caller {
        Caller::Key { client_id, .. } => {
            let (_, owner) = key_owner(portal, client_id).ok_or_else(Refusal::forbidden)?;
            owner
        }
        caller => portal.person(caller)?,
    };
    let privileges = granted(portal, &call.caller, user);
    Ok(Done::Json(user_json(user, &privileges)))
}

/// `community/users/{u}`: the user with groups (F-ACCOUNT-7). Others see only the outline (inferred).
pub(crate) fn community_user(portal: &Portal, call: &Call) -> Reply {
    let user = known_user(portal, call)?;
    let own = portal.person(&call.caller).is_ok_and(|it| portal.may_change(it, &user.username));
    let mut value = match own {
        true => user_json(user, &user.privileges),
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
    for item in items.filter(|it| it.owner == user.username && !it.in_bin) {
        for tag in &item.tags {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let tags: Vec<Value> = counts.into_iter().map(|(tag, count)| json!({"tag": tag, "count": count})).collect();
    Ok(Done::Json(json!({ "tags": tags })))
}

fn known_user<'a>(portal: &'a Portal, call: &Call) -> Result<&'a User, Refusal> {
    let user = portal.world.user(&call.names.user);
    // Inferred: Wording of the refusal.
    user.ok_or_else(|| Refusal::coded(400, "COM_0018", "User does not exist or is inaccessible."))
}

fn key_owner<'a>(portal: &'a Portal, client_id: &str) -> Option<(&'a App, &'a User)> {
    let app = portal.world.apps.get(client_id)?;
    let personal = app.is_personal || privileges::are_personal(app.granted());
    let owner = portal.world.users.get(&app.owner)?;
    personal.then_some((app, owner))
}

fn calling_app<'a>(portal: &'a Portal, caller: &Caller) -> Option<&'a App> {
    match caller {
        Caller::Anonymous => None,
        Caller::User { client_id, .. } | Caller::App { client_id } | Caller::Key { client_id, .. } => {
            portal.world.apps.get(client_id)
        }
    }
}

fn granted(portal: &Portal, caller: &Caller, user: &User) -> Vec<String> {
    match caller {
        Caller::Key { client_id, .. } => portal.world.apps[client_id].granted().to_vec(),
        _ => user.privileges.clone(),
    }
}

fn everybody(portal: &Portal) -> Value {
    let host = portal.root.split("://").last().unwrap_or_default();
    let mut value = json!({
        "id": "0123456789ABCDEF", "name": "Practice Portal", "portalName": "Practice Portal",
        "portalHostname": host, "portalMode": "multitenant", "isPortal": false,
        "currentVersion": "2025.1", "supportsOAuth": true, "culture": "en", "region": "WO", "ipCntryCode": "US",
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
        value["enterpriseVersion"] = json!(release);
    }
    value
}

fn for_members(value: &mut Value, org: &Org) {
    value["id"] = json!(org.id);
    value["name"] = json!(org.name);
    value["urlKey"] = json!(org.url_key);
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
    use crate::testing::{key_of, portal};

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
    }

    #[test]
    fn a_garbled_token_is_refused_even_where_none_is_needed() {
        let answer = portal().post("/portals/self", &[("token", "nonsense")]);
        assert_eq!(answer["error"]["code"], 498);
    }

    #[test]
    fn the_user_stands_at_the_top_of_community_self() {
        let mut portal = portal();
        assert_eq!(portal.as_user("ada", "/community/self", &[])["role"], "org_admin");
        assert_eq!(portal.post("/community/self", &[])["error"]["code"], 499);
    }

    #[test]
    fn a_personal_key_reads_its_owner_and_a_standard_key_does_not() {
        let mut portal = portal();
        let personal = key_of(&mut portal, "jane", &["features:user:edit"]);
        let answer = portal.post("/community/self", &[("token", &personal.token)]);
        assert_eq!(answer["username"], "jane");
        assert_eq!(answer["privileges"], serde_json::json!(["features:user:edit"]));
        let standard = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        let answer = portal.post("/community/self", &[("token", &standard.token)]);
        assert_eq!(answer["error"]["code"], 403);
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
