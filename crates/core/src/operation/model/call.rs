//! Calls to the portal and their answers, as data without secrets: the two secrets are passed separately.

use crate::portal::folders::{self, Folder};
use crate::portal::id::{ClientId, FolderId, ItemId, Slot, Username};
use crate::portal::items::{self, Details, Item};
use crate::portal::registration::{self, Grants, RegisteredApp};
use crate::portal::request::Request;
use crate::portal::tokens::{self, KeyOwner, SlotUse};
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// A request of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Creates the folder.
    CreateFolder {
        /// Its title.
        title: String,
    },
    /// Reads the folders.
    ListFolders,
    /// Creates the item.
    AddItem {
        /// The folder; `None` for the root.
        folder: Option<FolderId>,
        /// The title, summary and other details.
        details: Details,
        /// The marker of the operation.
        marker: String,
    },
    /// Searches for the item.
    FindItem {
        /// The folder; `None` for everywhere.
        folder: Option<FolderId>,
    },
    /// Reads the item.
    ReadItem {
        /// The item.
        item: ItemId,
    },
    /// Sets the expiration, and the details if they changed.
    UpdateItem {
        /// The item.
        item: ItemId,
        /// The slot of the key.
        slot: Slot,
        /// When the key expires.
        expires: Timestamp,
        /// The new details.
        details: Option<Details>,
    },
    /// Moves the item to another folder.
    MoveItem {
        /// The item.
        item: ItemId,
        /// The target folder; `None` for the root.
        folder: Option<FolderId>,
    },
    /// Registers the item as an app.
    Register {
        /// The item.
        item: ItemId,
        /// The grants of its keys.
        grants: Grants,
    },
    /// Reads the registration.
    ReadRegistration {
        /// The item of the app.
        item: ItemId,
    },
    /// Changes the registration.
    UpdateRegistration {
        /// The item of the app.
        item: ItemId,
        /// The app.
        client_id: ClientId,
        /// The new grants of its keys.
        grants: Grants,
    },
    /// Generates the key. Needs the client secret.
    GenerateKey {
        /// The item of the app.
        item: ItemId,
        /// The app.
        client_id: ClientId,
        /// The slot.
        slot: Slot,
        /// Whether a key is in the slot, which this call ends.
        replace: bool,
    },
    /// Revokes the key. Needs the client secret.
    RevokeKey {
        /// The item of the app.
        item: ItemId,
        /// The app.
        client_id: ClientId,
        /// The slot.
        slot: Slot,
    },
    /// Deletes the item permanently.
    DeleteItem {
        /// The item.
        item: ItemId,
    },
}

/// An answer of the portal.
#[derive(Debug)]
pub enum Answer {
    /// The created folder.
    Folder(Folder),
    /// The existing folders.
    Folders(Vec<Folder>),
    /// The created or changed item.
    ItemId(ItemId),
    /// The newest items.
    Items(Vec<Item>),
    /// The item.
    Item(Item),
    /// The registration and its client secret.
    Registration(RegisteredApp, Secret),
    /// The registration after a change.
    RegistrationChanged(RegisteredApp),
    /// The API key, which is sent only once.
    Key(Secret),
    /// Success without data.
    Done,
}

impl Call {
    /// The HTTP request, for the owner of the content.
    ///
    /// # Panics If a call that [`needs_client_secret`](Self::needs_client_secret) gets none.
    pub fn request(&self, owner: &Username, client_secret: Option<&Secret>) -> Request<Answer> {
        match self {
            Self::CreateFolder { title } => folders::create(owner, title).map(Answer::Folder),
            Self::ListFolders => folders::list(owner).map(Answer::Folders),
            Self::AddItem { folder, details, marker } => {
                items::add(owner, folder.as_ref(), details, marker).map(Answer::ItemId)
            }
            Self::FindItem { folder } => items::newest(owner, folder.as_ref()).map(Answer::Items),
            Self::ReadItem { item } => items::read(item).map(Answer::Item),
            Self::UpdateItem { item, slot, expires, details } => {
                items::update(owner, item, *slot, *expires, details.as_ref()).map(Answer::ItemId)
            }
            Self::MoveItem { item, folder } => items::relocate(owner, item, folder.as_ref()).map(|()| Answer::Done),
            Self::Register { item, grants } => {
                registration::register(item, grants).map(|(app, secret)| Answer::Registration(app, secret))
            }
            Self::ReadRegistration { item } => {
                registration::read(owner, item).map(|(app, secret)| Answer::Registration(app, secret))
            }
            Self::UpdateRegistration { client_id, grants, .. } => {
                registration::update(client_id, grants).map(Answer::RegistrationChanged)
            }
            Self::GenerateKey { client_id, slot, replace, .. } => {
                let owner = key_owner(client_id, client_secret, *slot);
                let slot_use = if *replace { SlotUse::Taken } else { SlotUse::Empty };
                tokens::generate_key(&owner, slot_use).map(Answer::Key)
            }
            Self::RevokeKey { client_id, slot, .. } => {
                tokens::revoke_key(&key_owner(client_id, client_secret, *slot)).map(|()| Answer::Done)
            }
            Self::DeleteItem { item } => items::delete(owner, item).map(|()| Answer::Done),
        }
    }

    /// Whether the client secret authenticates this call, in place of the session's token (F-KEY-2).
    pub fn needs_client_secret(&self) -> bool {
        matches!(self, Self::GenerateKey { .. } | Self::RevokeKey { .. })
    }

    /// The folder that it names; `None` for the root.
    pub fn folder(&self) -> Option<&FolderId> {
        match self {
            Self::AddItem { folder, .. } | Self::FindItem { folder } | Self::MoveItem { folder, .. } => folder.as_ref(),
            _ => None,
        }
    }

    /// Whether the call changes nothing on the portal and can be repeated safely.
    pub fn is_read(&self) -> bool {
        matches!(
            self,
            Self::ListFolders | Self::FindItem { .. } | Self::ReadItem { .. } | Self::ReadRegistration { .. }
        )
    }

    /// The read that shows whether this call took effect; for a read, the call itself.
    pub fn read_about(&self) -> Self {
        match self {
            Self::CreateFolder { .. } => Self::ListFolders,
            Self::AddItem { folder, .. } => Self::FindItem { folder: folder.clone() },
            Self::UpdateItem { item, .. } | Self::MoveItem { item, .. } | Self::DeleteItem { item } => {
                Self::ReadItem { item: item.clone() }
            }
            Self::Register { item, .. }
            | Self::UpdateRegistration { item, .. }
            | Self::GenerateKey { item, .. }
            | Self::RevokeKey { item, .. } => Self::ReadRegistration { item: item.clone() },
            Self::ListFolders | Self::FindItem { .. } | Self::ReadItem { .. } | Self::ReadRegistration { .. } => {
                self.clone()
            }
        }
    }
}

fn key_owner<'a>(client_id: &'a ClientId, client_secret: Option<&'a Secret>, slot: Slot) -> KeyOwner<'a> {
    let client_secret = client_secret.expect("the machine reads the registration before it uses its key slots");
    KeyOwner { client_id, client_secret, slot }
}
