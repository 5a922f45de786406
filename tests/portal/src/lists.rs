//! Lists of an organization that other clients read: most are always empty here (F-ACCOUNT-13); the list of keys is
//! real (F-KEY-18).

use serde_json::{Value, json};

use crate::content::listing::Paging;
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::app::App;
use crate::state::item::Item;
use crate::state::person::{Role, User};

/// The empty answer for `part`, in its format. Searches are anonymous; the rest needs a signed-in user.
pub(crate) fn nothing(portal: &Portal, call: &Call) -> Reply {
    if !matches!(call.names.part, "results" | "regions") {
        portal.person(&call.caller)?;
    }
    Ok(Done::Json(match call.names.part {
        "urls" => json!({"urls": {}}),
        "servers" => json!({"servers": []}),
        "settings" => json!({"allowedRedirectUris": [], "helperServices": {}, "informationalBanner": {}}),
        "regions" => json!([]),
        "properties" => json!({"properties": {}}),
        "userLicenseType" => json!({"id": "creatorUT", "name": "Creator", "level": "2"}),
        "isServiceNameAvailable" => json!({"available": true}),
        "roles" => pages(call, "roles"),
        "apiKeys" => pages(call, "apiKeys"),
        _ => pages(call, "results"),
    }))
}

/// An empty page of a list.
fn pages(call: &Call, list: &str) -> Value {
    let Paging { start, num } = Paging::of(call.form);
    let mut value = json!({"query": call.form.text("q"), "total": 0, "start": start, "num": num, "nextStart": -1});
    value[list] = json!([]);
    value
}

/// `portals/self/apiTokens`: the organization's keys that expire between two dates, soonest first, one entry per key.
/// All known callers are administrators (F-KEY-16); that others are refused is inferred.
pub(crate) fn api_tokens(portal: &Portal, call: &Call) -> Reply {
    let caller = portal.person(&call.caller)?;
    if caller.role != Role::Admin {
        return Err(Refusal::forbidden());
    }
    let from = call.form.number("startExpirationDate").unwrap_or(i64::MIN);
    let to = call.form.number("endExpirationDate").unwrap_or(i64::MAX);
    let mut keys: Vec<(i64, Value)> = apps_of(portal, caller)
        .flat_map(|app| {
            app.live_keys(portal.now_ms).map(move |(slot, key)| (key.expires, entry(app, slot, key.expires)))
        })
        .filter(|(expires, _)| (from..=to).contains(expires))
        .collect();
    keys.sort_by_key(|(expires, _)| *expires);
    let paging = Paging::of(call.form);
    let page: Vec<&Value> = keys.iter().map(|key| &key.1).skip(paging.start - 1).take(paging.num).collect();
    Ok(Done::Json(json!({
        "total": keys.len(), "start": paging.start, "num": paging.num, "nextStart": paging.next_start(keys.len()),
        "items": page,
    })))
}

fn apps_of<'a>(portal: &'a Portal, caller: &'a User) -> impl Iterator<Item = &'a App> {
    portal.world.apps.values().filter(|app| portal.may_change(caller, &app.owner))
}

fn entry(app: &App, slot: usize, expires: i64) -> Value {
    json!({
        "itemId": app.item_id, "title": app.title, "owner": app.owner, "apiToken": slot + 1, "expirationDate": expires,
    })
}

/// `community/users/{u}/report`: an item that represents the report, for administrators only (F-KEY-17).
pub(crate) fn report(portal: &mut Portal, call: &Call) -> Reply {
    let caller = portal.person(&call.caller)?;
    let user = portal.world.user(&call.names.user).ok_or_else(Refusal::forbidden)?;
    if caller.role != Role::Admin || caller.username != user.username {
        return Err(Refusal::forbidden());
    }
    let user = user.clone();
    let mut item = Item::new(&portal.world.ids.hex(), &user.username, &user.org);
    item.kind = "Administrative Report".to_owned();
    item.title = "Report".to_owned();
    (item.created, item.modified) = (portal.now_ms, portal.now_ms);
    let id = item.id.clone();
    portal.world.items.insert(id.clone(), item);
    Ok(Done::Json(json!({"itemId": id})))
}

#[cfg(test)]
mod tests {
    use crate::testing::{IN_A_MONTH, code, key_of, portal, text};

    #[test]
    fn what_nobody_has_is_an_empty_answer_in_its_own_form() {
        let mut portal = portal();
        let empty = serde_json::json!([]);
        for (path, list) in [
            ("/portals/self/roles", "roles"),
            ("/portals/self/servers", "servers"),
            ("/portals/self/apiKeys", "apiKeys"),
            ("/portals/self/users/search", "results"),
            ("/community/users", "results"),
            ("/community/groups", "results"),
            ("/content/groups/g1/search", "results"),
        ] {
            assert_eq!(portal.as_user("jane", path, &[("q", "x")])[list], empty, "{path}");
        }
        for (path, field) in [
            ("/portals/self/urls", "urls"),
            ("/portals/self/settings", "helperServices"),
            ("/community/users/jane/properties", "properties"),
        ] {
            assert_eq!(portal.as_user("jane", path, &[])[field], serde_json::json!({}), "{path}");
            assert_eq!(code(&portal.post(path, &[])), 499, "{path}");
        }
        assert_eq!(portal.post("/portals/regions", &[]), empty);
        assert_eq!(portal.as_user("jane", "/portals/self/isServiceNameAvailable", &[])["available"], true);
        assert_eq!(portal.as_user("jane", "/community/users/jane/userLicenseType", &[])["id"], "creatorUT");
    }

    #[test]
    fn an_administrator_lists_the_keys_of_the_organization_by_date() {
        let mut portal = portal();
        let jane = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        key_of(&mut portal, "nora", &["premium:user:basemaps"]);
        let list = portal.as_user("ada", "/portals/self/apiTokens", &[("num", "100")]);
        assert_eq!(list["total"], 1);
        let entry = &list["items"][0];
        assert_eq!((text(&entry["itemId"]), text(&entry["owner"])), (jane.item, "jane".to_owned()));
        assert_eq!((&entry["apiToken"], &entry["expirationDate"]), (&1.into(), &IN_A_MONTH.into()));
        for (field, ms, total) in [
            ("startExpirationDate", IN_A_MONTH, 1),
            ("startExpirationDate", IN_A_MONTH + 1, 0),
            ("endExpirationDate", IN_A_MONTH, 1),
            ("endExpirationDate", IN_A_MONTH - 1, 0),
        ] {
            let list = portal.as_user("ada", "/portals/self/apiTokens", &[(field, &ms.to_string())]);
            assert_eq!(list["total"], total, "{field}");
        }
        assert_eq!(code(&portal.as_user("jane", "/portals/self/apiTokens", &[])), 403);
    }

    #[test]
    fn a_report_is_an_item_of_the_administrator_who_asked() {
        let mut portal = portal();
        let made = portal.as_user("ada", "/community/users/ada/report", &[]);
        assert_eq!(portal.item(&text(&made["itemId"])).expect("it exists").kind, "Administrative Report");
        assert_eq!(code(&portal.as_user("jane", "/community/users/jane/report", &[])), 403);
    }
}
