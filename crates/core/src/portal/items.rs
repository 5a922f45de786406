//! Items of a person's content: created (F-ITEM-1), listed (F-ITEM-4), changed, moved (F-ITEM-7), deleted (F-ITEM-8).

use crate::portal::error::Error;
use crate::portal::id::{FolderId, ItemId, Slot, Username};
use crate::portal::request::Request;
use crate::portal::response::Fields;
use crate::portal::text::plain;
use crate::timestamp::Timestamp;
use crate::urlencoded;

/// The descriptive fields of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Its title.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its one-line summary, called snippet by the portal.
    pub summary: String,
}

/// An item as a listing or a read shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// Its type, such as `Application`.
    pub kind: String,
    /// Its type keywords, set by the portal and its clients.
    pub keywords: Vec<String>,
    /// When it was created, by the portal's clock.
    pub created: Timestamp,
    /// Its folder; `None` for the root.
    pub folder: Option<FolderId>,
    /// When the keys of slots 1 and 2 expire, if a date is set.
    pub expires: [Option<Timestamp>; 2],
}

impl Item {
    /// Whether it has this type keyword.
    pub fn has_keyword(&self, keyword: &str) -> bool {
        self.keywords.iter().any(|other| other == keyword)
    }

    /// The expiration date of a slot.
    pub fn expires(&self, slot: Slot) -> Option<Timestamp> {
        self.expires[slot.index()]
    }
}

/// Creates an item that can be registered as an app, in `folder` or the root.
pub fn add(owner: &Username, folder: Option<&FolderId>, details: &Details, keyword: &str) -> Request<ItemId> {
    let request = Request::new([&content(owner, folder), "/addItem"].concat(), id_of_item);
    described(request.param("type", "Application").param("typeKeywords", keyword), details)
}

/// The person's newest items in one folder, or in all of them. The listing, because the search index lags (F-SEARCH-7).
pub fn newest(owner: &Username, folder: Option<&FolderId>) -> Request<Vec<Item>> {
    let read = |fields: &Fields<'_, '_>| {
        fields.text("username")?;
        fields.objects("items", item)
    };
    let request = Request::new(content(owner, folder), read)
        .param("start", "1")
        .param("num", "100")
        .param("sortField", "created")
        .param("sortOrder", "desc");
    match folder {
        Some(_) => request,
        None => request.param("foldersContent", "true"),
    }
}

/// One item.
pub fn read(id: &ItemId) -> Request<Item> {
    Request::new(address(id), item)
}

/// Sets the expiration date of a slot, which takes effect only after registration and before the key (F-DATE-1); with
/// `details` also the item's texts.
pub fn update(
    owner: &Username,
    id: &ItemId,
    slot: Slot,
    expires: Timestamp,
    details: Option<&Details>,
) -> Request<ItemId> {
    let name = ["apiToken1ExpirationDate", "apiToken2ExpirationDate"][slot.index()];
    let request = Request::new(path(owner, id, "update"), id_of_item).param(name, &expires.0.to_string());
    match details {
        // Without it an emptied summary would stay.
        Some(details) => described(request.param("clearEmptyFields", "true"), details),
        None => request,
    }
}

/// Moves an item into `folder`, or into the root.
pub fn relocate(owner: &Username, id: &ItemId, folder: Option<&FolderId>) -> Request<()> {
    Request::new(path(owner, id, "move"), succeeded).param("folder", folder.map_or("/", |folder| &folder.0))
}

/// Deletes an item permanently, bypassing the recycle bin, so that its keys end with it.
pub fn delete(owner: &Username, id: &ItemId) -> Request<()> {
    Request::new(path(owner, id, "delete"), succeeded).param("permanentDelete", "true")
}

fn described<T: 'static>(request: Request<T>, details: &Details) -> Request<T> {
    request.param("title", &details.title).param("tags", &details.tags.join(",")).param("snippet", &details.summary)
}

fn content(owner: &Username, folder: Option<&FolderId>) -> String {
    let owner = urlencoded::encoded(&owner.0);
    match folder {
        Some(folder) => ["content/users/", &owner, "/", &urlencoded::encoded(&folder.0)].concat(),
        None => ["content/users/", &owner].concat(),
    }
}

/// The path of an item for any person who may open it.
pub(super) fn address(id: &ItemId) -> String {
    ["content/items/", &urlencoded::encoded(&id.0)].concat()
}

pub(super) fn path(owner: &Username, id: &ItemId, verb: &str) -> String {
    ["content/users/", &urlencoded::encoded(&owner.0), "/items/", &urlencoded::encoded(&id.0), "/", verb].concat()
}

pub(super) fn succeeded(fields: &Fields<'_, '_>) -> Result<(), Error> {
    match fields.flag("success")? {
        true => Ok(()),
        false => Err(Error::Unreadable { what: "success" }),
    }
}

fn id_of_item(fields: &Fields<'_, '_>) -> Result<ItemId, Error> {
    succeeded(fields)?;
    Ok(ItemId(fields.id("id")?))
}

fn item(fields: &Fields<'_, '_>) -> Result<Item, Error> {
    let date = |name| Ok(fields.number_or_none(name)?.filter(|date| *date > 0).map(Timestamp));
    let folder = match fields.text_or_none("ownerFolder")? {
        None | Some("") => None,
        // Requests use it in their paths.
        Some(_) => Some(FolderId(fields.id("ownerFolder")?)),
    };
    Ok(Item {
        id: ItemId(fields.id("id")?),
        title: plain(fields.text_or_none("title")?.unwrap_or_default(), 250),
        kind: plain(fields.text_or_none("type")?.unwrap_or_default(), 100),
        keywords: fields.texts("typeKeywords")?,
        created: Timestamp(fields.number_or_none("created")?.unwrap_or_default()),
        folder,
        expires: [date("apiToken1ExpirationDate")?, date("apiToken2ExpirationDate")?],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::response::Raw;

    /// Checks the folder of an item, given as JSON.
    #[track_caller]
    fn check_folder(folder: &str, expected: Result<Option<FolderId>, Error>) {
        let body = ["{\"id\":\"i\",\"ownerFolder\":", folder, "}"].concat().into_bytes();
        let (_, awaited) = read(&ItemId("i".to_owned())).encode();
        let item = awaited.decode(&Raw { status: 200, retry_after: None, body: body.into() });
        assert_eq!(item.map(|item| item.folder), expected, "{folder}");
    }

    #[test]
    fn a_folder_is_a_name_that_fits_into_a_path_or_none() {
        check_folder("null", Ok(None));
        check_folder("\"\"", Ok(None));
        check_folder("\"f1\"", Ok(Some(FolderId("f1".to_owned()))));
        for climbing in ["\".\"", "\"..\"", "\"a\\u0000\""] {
            check_folder(climbing, Err(Error::Unreadable { what: "ownerFolder" }));
        }
    }
}
