//! The JSON form of an item (F-ITEM-14).

use serde_json::{Value, json};

use crate::access::Caller;
use crate::portal::Portal;
use crate::state::item::Item;

/// The item as this caller sees it: only callers who may change the item see its folder.
pub(crate) fn item_json(portal: &Portal, caller: &Caller, item: &Item) -> Value {
    let person = portal.person(caller).ok();
    let control = match person {
        Some(person) if portal.may_change(person, &item.owner) => "admin",
        _ => "view",
    };
    let folder = match control {
        "admin" => json!(item.folder),
        _ => Value::Null,
    };
    json!({
        "id": item.id, "owner": item.owner, "orgId": item.org,
        "created": item.created, "modified": item.modified,
        "title": item.title, "type": item.kind, "typeKeywords": item.type_keywords,
        "description": item.description, "tags": item.tags, "snippet": item.snippet,
        "thumbnail": null, "url": item.url, "access": item.access.text(), "size": -1,
        "protected": item.protected, "ownerFolder": folder, "itemControl": control,
        "extent": [], "categories": [], "culture": "en", "properties": null,
        "scoreCompleteness": 40, "numComments": 0, "numRatings": 0, "avgRating": 0,
        "numViews": item.views, "lastViewed": item.modified,
        "apiToken1ExpirationDate": item.expiration[0],
        "apiToken2ExpirationDate": item.expiration[1],
    })
}
