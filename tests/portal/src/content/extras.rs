//! Item subresources: data (F-ITEM-16, F-ITEM-18), sharing (F-ITEM-17), and relations, resources and dependencies,
//! which are always empty here.

use serde_json::json;

use crate::content::own_item;
use crate::exchange::{Answered, JSON};
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::item::{Access, Item};

/// `content/items/{id}/data`: as stored; an empty body for items without data.
pub(crate) fn data(portal: &Portal, call: &Call) -> Reply {
    let answered = match &seen(portal, call)?.data {
        Some(data) => Answered::new(200, JSON, data.clone()),
        None => Answered::new(200, "text/plain;charset=utf-8", String::new()),
    };
    Ok(Done::Page(portal.stamp(call.asked, answered)))
}

/// `relatedItems`, `resources` and `dependencies` of an item: always empty.
pub(crate) fn none(portal: &Portal, call: &Call) -> Reply {
    seen(portal, call)?;
    Ok(Done::Json(match call.names.part {
        "resources" => json!({"total": 0, "start": 1, "num": 0, "nextStart": -1, "resources": []}),
        "dependencies" => json!({"total": 0, "start": 1, "num": 0, "nextStart": -1, "list": []}),
        _ => json!({"total": 0, "relatedItems": []}),
    }))
}

/// `content/items/{id}/groups`: always empty, since there are no groups here.
pub(crate) fn groups(portal: &Portal, call: &Call) -> Reply {
    seen(portal, call)?;
    Ok(Done::Json(json!({"admin": [], "member": [], "other": []})))
}

/// `share` below the owner's path sets the item's access. Below the item's path it only concerns groups, such as the
/// favorites group, and changes nothing here.
pub(crate) fn share(portal: &mut Portal, call: &Call) -> Reply {
    let id = sharable(portal, call)?;
    if !call.names.user.is_empty() {
        let everyone = call.form.flag("everyone");
        let org = call.form.flag("org") || call.form.flag("account");
        let item = portal.world.items.get_mut(&id).ok_or_else(Refusal::no_item)?;
        item.access = match (everyone, org) {
            (true, _) => Access::Public,
            (false, true) => Access::Org,
            (false, false) => Access::Private,
        };
    }
    Ok(Done::Json(json!({"notSharedWith": [], "itemId": id})))
}

/// `unshare` removes an item from groups, which do not exist here.
pub(crate) fn unshare(portal: &Portal, call: &Call) -> Reply {
    let id = sharable(portal, call)?;
    Ok(Done::Json(json!({"notUnsharedFrom": [], "itemId": id})))
}

/// The item in the path, if the caller may share it: below an owner's path the usual rule for changes applies,
/// otherwise any signed-in user who can see the item may share it.
fn sharable(portal: &Portal, call: &Call) -> Result<String, Refusal> {
    match call.names.user.as_str() {
        "" => {
            portal.person(&call.caller)?;
            seen(portal, call).map(|seen| seen.id.clone())
        }
        _ => own_item(portal, call),
    }
}

/// The item in the path, if the caller may see it.
fn seen<'a>(portal: &'a Portal, call: &Call) -> Result<&'a Item, Refusal> {
    let item = portal.world.items.get(&call.names.item).filter(|item| !item.in_bin);
    item.filter(|item| portal.can_see(&call.caller, item)).ok_or_else(Refusal::no_item)
}

#[cfg(test)]
mod tests {
    use crate::Asked;
    use crate::testing::{code, new_item, portal, text};

    #[test]
    fn an_item_has_no_data_no_relations_and_no_resources_and_strangers_do_not_hear_even_that() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        for (what, list) in [
            ("relatedItems", "relatedItems"),
            ("resources", "resources"),
            ("dependencies", "list"),
            ("groups", "other"),
        ] {
            let path = format!("/content/items/{item}/{what}");
            let answer = portal.as_user("jane", &path, &[]);
            assert_eq!(answer[list], serde_json::json!([]), "{what}");
            assert_eq!(code(&portal.as_user("nora", &path, &[])), 400, "{what}");
        }
        let token = portal.sign_in("jane");
        let asked = Asked::get(&format!("/sharing/rest/content/items/{item}/data?f=json&token={token}"));
        let answered = portal.answer(asked.from_page("https://page.test"));
        assert_eq!((answered.status, answered.body.as_str()), (200, ""));
        assert_eq!(answered.allow_origin.as_deref(), Some("https://page.test"));
    }

    #[test]
    fn the_data_of_an_item_is_read_by_get_and_by_post_as_it_was_stored_by_those_who_may() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let data = r#"{"operationalLayers":[{"title":"Roads"}]}"#;
        portal.item_mut(&item).expect("it exists").data = Some(data.to_owned());
        let path = format!("/content/items/{item}/data");
        assert_eq!(portal.as_user("jane", &path, &[])["operationalLayers"][0]["title"], "Roads");
        assert_eq!(code(&portal.as_user("newt", &path, &[])), 400);
        let token = portal.sign_in("jane");
        let asked = Asked::get(&format!("/sharing/rest{path}?f=json&token={token}"));
        assert_eq!(portal.answer(asked).body, data);
    }

    #[test]
    fn an_owner_shares_an_item_with_everybody_the_organization_or_nobody() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let path = format!("/content/users/jane/items/{item}/share");
        for (fields, access) in [
            (&[("account", "true"), ("everyone", "true"), ("org", "false")][..], "public"),
            (&[("org", "true"), ("everyone", "false")], "org"),
            (&[("org", "false"), ("everyone", "false"), ("groups", " ")], "private"),
        ] {
            let answer = portal.as_user("jane", &path, fields);
            assert_eq!((text(&answer["itemId"]), &answer["notSharedWith"]), (item.clone(), &serde_json::json!([])));
            assert_eq!(portal.item(&item).expect("it exists").access.text(), access);
        }
        assert_eq!(code(&portal.as_user("nora", &path, &[("everyone", "true")])), 400);
        assert_eq!(portal.item(&item).expect("it exists").access.text(), "private");
    }

    #[test]
    fn a_favourite_is_shared_with_a_group_and_stays_what_it_is() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        for (action, list) in [("share", "notSharedWith"), ("unshare", "notUnsharedFrom")] {
            let path = format!("/content/items/{item}/{action}");
            let fields = [("groups", "favourites"), ("everyone", "true")];
            assert_eq!(portal.as_user("jane", &path, &fields)[list], serde_json::json!([]), "{action}");
            assert_eq!(code(&portal.as_user("nora", &path, &fields)), 400, "{action}");
            assert_eq!(code(&portal.post(&path, &fields)), 499, "{action}");
        }
        assert_eq!(portal.item(&item).expect("it exists").access.text(), "private");
    }
}
