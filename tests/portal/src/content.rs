//! Folders and items: everything below `content/`.

pub(crate) mod add;
pub(crate) mod expiration;
pub(crate) mod extras;
pub(crate) mod folders;
pub(crate) mod item_json;
pub(crate) mod items;
pub(crate) mod listing;
pub(crate) mod remove;

use crate::endpoint::Endpoint;
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::person::User;

pub(crate) fn answer(portal: &mut Portal, endpoint: Endpoint, call: &Call) -> Reply {
    match endpoint {
        Endpoint::UserContent => listing::user_content(portal, call),
        Endpoint::CreateFolder => folders::create(portal, call),
        Endpoint::DeleteFolder => folders::delete(portal, call),
        Endpoint::AddItem => add::add_item(portal, call),
        Endpoint::ReadItem => items::read(portal, call),
        Endpoint::UpdateItem => items::update(portal, call),
        Endpoint::MoveItem => items::move_item(portal, call),
        Endpoint::ItemData => extras::data(portal, call),
        Endpoint::ItemParts => extras::none(portal, call),
        Endpoint::ItemGroups => extras::groups(portal, call),
        Endpoint::Share => extras::share(portal, call),
        Endpoint::Unshare => extras::unshare(portal, call),
        Endpoint::ItemStatus => items::status(portal, call),
        Endpoint::Protect => items::protect(portal, call, true),
        Endpoint::Unprotect => items::protect(portal, call, false),
        Endpoint::CanRecycle => remove::can_recycle(portal, call),
        Endpoint::CanDelete => remove::can_delete(portal, call),
        Endpoint::DeleteItem => remove::delete(portal, call),
        Endpoint::DeleteItems => remove::delete_several(portal, call),
        other => unreachable_here(other),
    }
}

fn unreachable_here(endpoint: Endpoint) -> Reply {
    let message = format!("no rule for {}", endpoint.name());
    Err(Refusal::new(500, &message))
}

/// The user in the path, if the caller may change that user's content (F-ITEM-7, F-APP-8).
pub(crate) fn owner(portal: &Portal, call: &Call) -> Result<User, Refusal> {
    let caller = portal.person(&call.caller)?;
    let owner = portal.world.user(&call.names.user);
    let owner = owner.ok_or_else(Refusal::forbidden)?;
    match portal.may_change(caller, &owner.username) {
        true => Ok(owner.clone()),
        false => Err(Refusal::forbidden()),
    }
}

/// The id of the item in the path, if the item exists there and the caller may change it: an invisible item is
/// reported as missing (CONT_0001), another owner's item is 403 (F-ITEM-11).
pub(crate) fn own_item(portal: &Portal, call: &Call) -> Result<String, Refusal> {
    let id = &call.names.item;
    let item = portal.world.items.get(id).filter(|item| !item.in_bin);
    let item = item.ok_or_else(Refusal::no_item)?;
    if !portal.can_see(&call.caller, item) {
        portal.person(&call.caller)?;
        return Err(Refusal::no_item());
    }
    let owner = owner(portal, call)?;
    match owner.username == item.owner {
        true => Ok(id.clone()),
        // Inferred: an item is not found under another user's path.
        false => Err(Refusal::no_item()),
    }
}

/// A plain `{"success":true,"itemId":…}`.
pub(crate) fn success(id: &str) -> Reply {
    Ok(Done::Json(serde_json::json!({"success": true, "itemId": id})))
}
