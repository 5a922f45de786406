//! `canDelete`, `delete` and `deleteItems` (F-ITEM-8, F-ITEM-10).

use serde_json::{Value, json};

use crate::content::{own_item, owner, success};
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::item::Item;

/// The maximum number of items in one `deleteItems` (F-ITEM-10).
const MOST: usize = 100;

/// The refusal for an item with delete protection (F-ITEM-10).
pub(crate) fn protected(id: &str) -> Refusal {
    let message = format!("Unable to delete item {id}. Delete protection is turned on.");
    Refusal::coded(400, "CONT_0048", &message)
}

/// `canDelete`.
pub(crate) fn can_delete(portal: &Portal, call: &Call) -> Reply {
    let id = own_item(portal, call)?;
    match portal.world.items[&id].protected {
        true => Err(protected(&id)),
        false => success(&id),
    }
}

/// `canRecycle`: true if the bin would keep the item (F-ITEM-9, F-ITEM-10; the messages are inferred).
pub(crate) fn can_recycle(portal: &Portal, call: &Call) -> Reply {
    let id = own_item(portal, call)?;
    match is_recyclable(portal, &portal.world.items[&id]) {
        true => success(&id),
        false => Err(Refusal::coded(400, "CONT_0298", "Item type is not supported by the recycle bin.")),
    }
}

/// `delete`: ends the item's keys too (F-KEY-11).
pub(crate) fn delete(portal: &mut Portal, call: &Call) -> Reply {
    let id = own_item(portal, call)?;
    if portal.world.items[&id].protected {
        return Err(protected(&id));
    }
    remove(portal, &id, call.form.flag("permanentDelete"));
    success(&id)
}

/// `deleteItems`: one result per item; code 500 for a refused one (F-ITEM-10).
pub(crate) fn delete_several(portal: &mut Portal, call: &Call) -> Reply {
    let owner = owner(portal, call)?;
    let ids = call.form.commas("items");
    if ids.is_empty() || ids.len() > MOST {
        // Inferred: the message for no items and for too many.
        return Err(Refusal::new(400, "'items' must name 1 to 100 items."));
    }
    let for_good = call.form.flag("permanentDelete");
    let results: Vec<Value> = ids
        .iter()
        .map(|id| match removable(portal, &owner.username, id) {
            Ok(()) => {
                remove(portal, id, for_good);
                json!({"itemId": id, "success": true})
            }
            Err(message) => {
                json!({"itemId": id, "success": false, "error": {"code": 500, "message": message}})
            }
        })
        .collect();
    Ok(Done::Json(json!({ "results": results })))
}

fn removable(portal: &Portal, owner: &str, id: &str) -> Result<(), String> {
    let item = portal.world.items.get(id);
    match item.filter(|item| item.owner == owner && !item.in_bin) {
        None => Err("Item does not exist or is inaccessible".to_owned()),
        Some(item) if item.protected => Err(protected(id).message),
        Some(_) => Ok(()),
    }
}

/// The recycle bin keeps the types it supports; others are deleted permanently regardless of `permanentDelete`.
/// Whether it supports credentials is unknown (F-ITEM-9).
fn remove(portal: &mut Portal, id: &str, for_good: bool) {
    let recyclable = portal.world.items.get(id).is_some_and(|item| is_recyclable(portal, item));
    match portal.world.items.get_mut(id) {
        Some(item) if !for_good && recyclable => item.in_bin = true,
        _ if portal.switches.deletion_ends_keys => portal.world.remove_item(id),
        _ => drop(portal.world.items.remove(id)),
    }
}

fn is_recyclable(portal: &Portal, item: &Item) -> bool {
    item.kind != "Application" || portal.switches.credentials_go_to_bin
}

#[cfg(test)]
mod tests {
    use crate::testing::{code, key_of, new_item, portal};

    #[test]
    fn a_deleted_credential_takes_app_and_keys_with_it() {
        let mut portal = portal();
        let key = key_of(&mut portal, "jane", &["premium:user:basemaps"]);
        let path = format!("/content/users/jane/items/{}/delete", key.item);
        let answer = portal.as_user("jane", &path, &[("permanentDelete", "true")]);
        assert_eq!(answer, serde_json::json!({"success": true, "itemId": key.item}));
        assert!(portal.item(&key.item).is_none());
        assert!(portal.app_of_item(&key.item).is_none());
        assert_eq!(code(&portal.post("/practice/whoami", &[("token", &key.token)])), 498);
        assert_eq!(code(&portal.as_user("jane", &path, &[])), 400);
    }

    #[test]
    fn a_protected_item_stays_until_it_is_unprotected() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let path = |what: &str| format!("/content/users/jane/items/{item}/{what}");
        assert_eq!(portal.as_user("jane", &path("canDelete"), &[])["success"], true);
        assert_eq!(portal.as_user("jane", &path("protect"), &[])["success"], true);
        for what in ["canDelete", "delete"] {
            let answer = portal.as_user("jane", &path(what), &[]);
            assert_eq!(answer["error"]["messageCode"], "CONT_0048");
        }
        assert_eq!(portal.as_user("jane", &path("unprotect"), &[])["success"], true);
        assert_eq!(portal.as_user("jane", &path("delete"), &[])["success"], true);
    }

    #[test]
    fn several_items_are_answered_one_by_one() {
        let mut portal = portal();
        let (one, two) = (new_item(&mut portal, "jane"), new_item(&mut portal, "newt"));
        let items = format!("{one},{two}");
        let answer = portal.as_user("jane", "/content/users/jane/deleteItems", &[("items", &items)]);
        assert_eq!(answer["results"][0]["success"], true);
        assert_eq!(answer["results"][1]["success"], false);
        assert_eq!(answer["results"][1]["error"]["code"], 500);
        assert!(portal.item(&two).is_some());
        assert_eq!(code(&portal.as_user("jane", "/content/users/jane/deleteItems", &[])), 400);
    }

    #[test]
    fn the_bin_keeps_a_credential_only_when_the_switch_says_so() {
        for binnable in [false, true] {
            let mut portal = portal();
            portal.switches.credentials_go_to_bin = binnable;
            let key = key_of(&mut portal, "nora", &["premium:user:basemaps"]);
            let path = format!("/content/users/nora/items/{}/canRecycle", key.item);
            assert_eq!(code(&portal.as_user("nora", &path, &[])) == 0, binnable);
            portal.as_user("nora", &format!("/content/users/nora/items/{}/delete", key.item), &[]);
            let bin = portal.as_user("nora", "/content/users/nora", &[("inRecycleBin", "true")]);
            assert_eq!(bin["total"], u64::from(binnable));
            assert!(portal.items_of("nora").is_empty());
            assert_eq!(code(&portal.post("/practice/whoami", &[("token", &key.token)])), 498);
        }
    }
}
