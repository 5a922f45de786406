//! Reading, updating, moving and protecting items (F-ITEM-7).

use serde_json::json;

use crate::access::Caller;
use crate::content::item_json::item_json;
use crate::content::{expiration, own_item, success};
use crate::form::Form;
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::item::Item;

/// Keywords that the server sets itself; a client's update cannot remove them (inferred).
const SERVERS_OWN: &[&str] = &["Application", "Registered App", "APIToken"];

/// `content/items/{id}`: an item the caller cannot see is reported as missing; without a token, a private item
/// answers that a token is required (F-ERROR-4, F-ERROR-6).
pub(crate) fn read(portal: &Portal, call: &Call) -> Reply {
    let item = portal.world.items.get(&call.names.item).filter(|item| !item.in_bin);
    let item = item.ok_or_else(Refusal::no_item)?;
    match portal.can_see(&call.caller, item) {
        true => Ok(Done::Json(item_json(portal, &call.caller, item))),
        false if call.caller == Caller::Anonymous => Err(Refusal::token_required()),
        false => Err(Refusal::no_item()),
    }
}

/// `update`: changes only the fields sent; an empty one clears its field only with `clearEmptyFields=true`.
pub(crate) fn update(portal: &mut Portal, call: &Call) -> Reply {
    let id = own_item(portal, call)?;
    let clears = call.form.flag("clearEmptyFields");
    let mut dates = Vec::new();
    for (slot, field) in expiration::FIELDS.iter().enumerate() {
        if let Some(text) = call.form.get(field) {
            dates.push((slot, expiration::checked(portal, field, text)?));
        }
    }
    let now_ms = portal.now_ms;
    let keeps_keywords = portal.switches.keeps_type_keywords;
    let lag = portal.switches.search_lag;
    let item = portal.world.items.get_mut(&id).ok_or_else(Refusal::no_item)?;
    change(item, call.form, clears);
    if keeps_keywords && let Some(keywords) = sent(call.form, "typeKeywords", clears) {
        change_keywords(item, keywords);
    }
    item.modified = now_ms;
    item.hidden_from_search = lag;
    for (slot, ms) in dates {
        expiration::store(portal, &id, slot, ms);
    }
    Ok(Done::Json(json!({"success": true, "id": id})))
}

/// `move`: to a folder by id, or to the root folder by `/`.
pub(crate) fn move_item(portal: &mut Portal, call: &Call) -> Reply {
    let id = own_item(portal, call)?;
    let owner = portal.world.items[&id].owner.clone();
    let folder = call.form.text("folder");
    let target = match folder {
        "" | "/" => None,
        id if portal.world.folder(&owner, id).is_some() => Some(id.to_owned()),
        _ => return Err(Refusal::no_folder()),
    };
    let item = portal.world.items.get_mut(&id).ok_or_else(Refusal::no_item)?;
    item.folder = target;
    Ok(Done::Json(json!({"success": true, "itemId": id, "owner": owner, "folder": folder})))
}

/// `status`: always complete, since nothing here is asynchronous (F-ITEM-15).
pub(crate) fn status(portal: &Portal, call: &Call) -> Reply {
    let id = own_item(portal, call)?;
    Ok(Done::Json(json!({"status": "completed", "statusMessage": "completed", "itemId": id})))
}

/// `protect` and `unprotect`.
pub(crate) fn protect(portal: &mut Portal, call: &Call, on: bool) -> Reply {
    let id = own_item(portal, call)?;
    let item = portal.world.items.get_mut(&id).ok_or_else(Refusal::no_item)?;
    item.protected = on;
    success(&id)
}

/// The value of a field that was sent; an empty value counts only if `clears` is set.
fn sent<'a>(form: &'a Form, name: &str, clears: bool) -> Option<&'a str> {
    form.get(name).filter(|text| clears || !text.trim().is_empty())
}

fn change(item: &mut Item, form: &Form, clears: bool) {
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    // A title cannot be blanked (inferred).
    if let Some(title) = sent(form, "title", false) {
        item.title = title.trim().to_owned();
    }
    if sent(form, "tags", clears).is_some() {
        item.tags = form.commas("tags");
    }
    if let Some(text) = sent(form, "snippet", clears) {
        item.snippet = optional(text);
    }
    if let Some(text) = sent(form, "description", clears) {
        item.description = optional(text);
    }
    if let Some(text) = sent(form, "url", clears) {
        item.url = optional(text);
    }
}

fn change_keywords(item: &mut Item, keywords: &str) {
    let mut list = Form::default();
    list.push("it", keywords);
    let own: Vec<String> =
        item.type_keywords.drain(..).filter(|keyword| SERVERS_OWN.contains(&keyword.as_str())).collect();
    item.type_keywords = list.commas("it");
    item.type_keywords.retain(|keyword| !SERVERS_OWN.contains(&keyword.as_str()));
    item.type_keywords.extend(own);
}

#[cfg(test)]
mod tests {
    use crate::Asked;
    use crate::state::item::Access;
    use crate::testing::{code, key_of, new_item, portal, text};

    #[test]
    fn an_item_is_read_by_get_and_by_post_by_those_who_may() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let token = portal.sign_in("jane");
        let asked = Asked::get(&format!("/sharing/rest/content/items/{item}?f=json&token={token}"));
        let answer = portal.answer(asked).value();
        assert_eq!(answer["title"], "Key");
        assert_eq!(answer["apiToken1ExpirationDate"], -1);
        assert_eq!(answer["itemControl"], "admin");
        let path = format!("/content/items/{item}");
        assert_eq!(portal.as_user("newt", &path, &[])["error"]["messageCode"], "CONT_0001");
        assert_eq!(code(&portal.post(&path, &[])), 499);
        assert_eq!(portal.as_user("ada", &path, &[])["id"], item);
    }

    #[test]
    fn an_item_of_the_organization_opens_for_its_members_only() {
        let mut portal = portal();
        let item = new_item(&mut portal, "newt");
        portal.item_mut(&item).expect("it exists").access = Access::Org;
        let path = format!("/content/items/{item}");
        assert_eq!(portal.as_user("jane", &path, &[])["itemControl"], "view");
        assert_eq!(code(&portal.as_user("nora", &path, &[])), 400);
    }

    #[test]
    fn a_key_opens_the_granted_item_and_no_other() {
        let mut portal = portal();
        let granted = new_item(&mut portal, "jane");
        let other = new_item(&mut portal, "jane");
        let key = key_of(&mut portal, "jane", &[&format!("portal:app:access:item:{granted}")]);
        let fields = [("token", key.token.as_str())];
        assert_eq!(portal.post(&format!("/content/items/{granted}"), &fields)["id"], granted);
        assert_eq!(code(&portal.post(&format!("/content/items/{other}"), &fields)), 400);
    }

    #[test]
    fn only_sent_fields_change_and_blanks_need_the_flag() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let path = format!("/content/users/jane/items/{item}/update");
        portal.as_user("jane", &path, &[("snippet", "S"), ("typeKeywords", "x,APIToken")]);
        portal.as_user("jane", &path, &[("title", "New"), ("tags", ""), ("snippet", "")]);
        let read = portal.item(&item).expect("it exists").clone();
        assert_eq!((read.title.as_str(), read.tags.len(), read.snippet.as_deref()), ("New", 2, Some("S")));
        assert_eq!(read.type_keywords, ["x", "Application"]);
        portal.as_user("jane", &path, &[("tags", ""), ("snippet", ""), ("clearEmptyFields", "true")]);
        let read = portal.item(&item).expect("it exists").clone();
        assert_eq!((read.tags.len(), read.snippet), (0, None));
    }

    #[test]
    fn a_stranger_changes_nothing_and_an_administrator_may() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let path = format!("/content/users/jane/items/{item}/update");
        assert_eq!(code(&portal.as_user("nora", &path, &[("title", "X")])), 400);
        assert_eq!(code(&portal.as_user("ada", &path, &[("title", "X")])), 0);
        let wrong = format!("/content/users/newt/items/{item}/update");
        assert_eq!(code(&portal.as_user("ada", &wrong, &[("title", "X")])), 400);
        portal.item_mut(&item).expect("it exists").access = Access::Org;
        assert_eq!(code(&portal.as_user("newt", &path, &[("title", "Y")])), 403);
    }

    #[test]
    fn an_item_moves_into_a_folder_and_back() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let folder = portal.folders_of("jane")[0].id.clone();
        let path = format!("/content/users/jane/items/{item}/move");
        let answer = portal.as_user("jane", &path, &[("folder", &folder)]);
        assert_eq!((text(&answer["folder"]), text(&answer["owner"])), (folder.clone(), "jane".to_owned()));
        assert_eq!(portal.item(&item).expect("it exists").folder, Some(folder));
        portal.as_user("jane", &path, &[("folder", "/")]);
        assert_eq!(portal.item(&item).expect("it exists").folder, None);
        assert_eq!(code(&portal.as_user("jane", &path, &[("folder", "Maps")])), 400);
    }

    #[test]
    fn what_was_added_is_complete_at_once() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let folder = portal.folders_of("jane")[0].id.clone();
        for place in ["", &*format!("{folder}/")] {
            let answer = portal.as_user("jane", &format!("/content/users/jane/{place}items/{item}/status"), &[]);
            assert_eq!((&answer["status"], &answer["itemId"]), (&"completed".into(), &item.clone().into()));
        }
        assert_eq!(code(&portal.as_user("jane", "/content/users/jane/items/none/status", &[])), 400);
    }

    #[test]
    fn an_update_by_get_is_refused() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let asked = Asked::get(&format!("/sharing/rest/content/users/jane/items/{item}/update?f=json"));
        assert_eq!(code(&portal.answer(asked).value()), 405);
    }
}
