//! The folders of a person's content. They have one level (F-FOLDER-1) and titles unique per person (F-FOLDER-2).

use crate::portal::error::Error;
use crate::portal::id::{FolderId, Username};
use crate::portal::request::Request;
use crate::portal::response::Fields;
use crate::portal::search::{self, Page};
use crate::portal::text::plain;
use crate::urlencoded;

/// A folder of the person's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its id, used in paths.
    pub id: FolderId,
    /// The displayed title.
    pub title: String,
}

impl Folder {
    /// Whether `title` means this folder for the portal, which ignores case (F-FOLDER-2).
    pub fn is_titled(&self, title: &str) -> bool {
        self.title.trim().to_lowercase() == title.trim().to_lowercase()
    }
}

/// Lists all folders of a person; any page of the root folder includes them, so it requests the shortest.
pub fn list(owner: &Username) -> Request<Vec<Folder>> {
    let path = ["content/users/", &urlencoded::encoded(&owner.0)].concat();
    Request::new(path, |fields| {
        fields.text("username")?;
        fields.objects("folders", folder)
    })
    .param("num", "1")
}

/// Requests one page of a person's own items, last changed first: those in a folder, or those in none. A listing
/// filters by type only (F-ITEM-4).
pub fn items(owner: &Username, folder: Option<&FolderId>, kind: Option<&str>, start: u32) -> Request<Page> {
    let mut path = ["content/users/", &urlencoded::encoded(&owner.0)].concat();
    if let Some(FolderId(id)) = folder {
        path.push('/');
        path.push_str(&urlencoded::encoded(id));
    }
    let request = search::sorted(Request::new(path, |fields| search::page(fields, "items")), start);
    match kind {
        Some(kind) => request.param("types", kind),
        None => request,
    }
}

/// Creates a folder. The portal refuses a title already in use.
pub fn create(owner: &Username, title: &str) -> Request<Folder> {
    let path = ["content/users/", &urlencoded::encoded(&owner.0), "/createFolder"].concat();
    let made = |fields: &Fields<'_, '_>| match fields.object_or_none("folder")? {
        Some(inner) => folder(&inner),
        None => Err(Error::Unreadable { what: "folder" }),
    };
    Request::new(path, made).param("title", title)
}

fn folder(fields: &Fields<'_, '_>) -> Result<Folder, Error> {
    Ok(Folder { id: FolderId(fields.id("id")?), title: plain(fields.text_or_none("title")?.unwrap_or_default(), 250) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(request: Request<Page>) -> (String, String) {
        let (encoded, _) = request.encode();
        (encoded.path, String::from_utf8(encoded.body.as_bytes().to_vec()).expect("a form is ASCII"))
    }

    #[test]
    fn the_items_of_a_folder_are_asked_for_page_by_page() {
        let (owner, folder) = (Username("jane@x".to_owned()), FolderId("f/1".to_owned()));
        let (path, body) = sent(items(&owner, Some(&folder), Some("Web Map"), 101));
        assert_eq!(path, "content/users/jane%40x/f%2F1");
        assert_eq!(body, "f=json&start=101&num=100&sortField=modified&sortOrder=desc&types=Web%20Map");
        let (path, body) = sent(items(&owner, None, None, 1));
        assert_eq!(path, "content/users/jane%40x");
        assert_eq!(body, "f=json&start=1&num=100&sortField=modified&sortOrder=desc");
    }
}
