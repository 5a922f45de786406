//! The folders of a person's content. They have one level (F-FOLDER-1) and titles unique per person (F-FOLDER-2).

use crate::portal::error::Error;
use crate::portal::id::{FolderId, Username};
use crate::portal::request::Request;
use crate::portal::response::Fields;
use crate::portal::text::plain;
use crate::urlencoded;

/// A folder of the person's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// What paths need.
    pub id: FolderId,
    /// What people see.
    pub title: String,
}

impl Folder {
    /// Whether the portal takes `title` for this folder's title. It ignores case (F-FOLDER-2).
    pub fn is_titled(&self, title: &str) -> bool {
        self.title.trim().to_lowercase() == title.trim().to_lowercase()
    }
}

/// All folders of a person; they come with any page of the root folder, so the shortest is asked for.
pub fn list(owner: &Username) -> Request<Vec<Folder>> {
    let path = ["content/users/", &urlencoded::encoded(&owner.0)].concat();
    Request::new(path, |fields| {
        fields.text("username")?;
        fields.objects("folders", folder)
    })
    .param("num", "1")
}

/// Makes a folder. A title in use is refused.
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
