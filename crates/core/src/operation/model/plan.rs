//! The plan of an operation.

use crate::config::PortalKey;
use crate::credential::draft::KeyChoice;
use crate::credential::spec::{FolderPlan, Spec};
use crate::operation_id::OperationId;
use crate::portal::folders::Folder;
use crate::portal::id::{FolderId, Slot, Username};
use crate::portal::items::Details;
use crate::portal::registration::Grants;
use crate::timestamp::Timestamp;

/// A credential to create, ready to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The id of the operation.
    pub id: OperationId,
    /// The portal.
    pub portal_key: PortalKey,
    /// The owner of the credential.
    pub owner: Username,
    /// The target folder of the item.
    pub folder: Destination,
    /// The item's details.
    pub details: Details,
    /// The grants of its key.
    pub grants: Grants,
    /// When its key expires.
    pub expires: Timestamp,
    /// The slot of its key.
    pub slot: Slot,
    /// Whether to generate the key now.
    pub key_now: bool,
    /// False if the plan was rebuilt from a journal without its draft: it can be rolled back but not continued.
    pub complete: bool,
}

/// The target folder of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// The root folder.
    Root,
    /// An existing folder.
    Known {
        /// Its id.
        id: FolderId,
        /// Its title.
        title: String,
    },
    /// A folder with this title, created if there is none.
    Titled(String),
}

/// The id of an operation, its portal and its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The id of the operation.
    pub id: OperationId,
    /// The portal.
    pub portal_key: PortalKey,
    /// The signed-in person.
    pub owner: Username,
}

impl Plan {
    /// Builds the plan from a checked draft. `folders` are those known so far and may be empty.
    pub fn new(spec: &Spec, who: Identity, folders: &[Folder]) -> Self {
        let known: Vec<_> = folders.iter().map(|folder| (folder.id.clone(), folder.title.clone())).collect();
        let title = spec.folder().unwrap_or_default().to_owned();
        Self {
            id: who.id,
            portal_key: who.portal_key,
            owner: who.owner,
            folder: match spec.folder_plan(&known) {
                FolderPlan::Root => Destination::Root,
                FolderPlan::Existing(id) => Destination::Known { id, title },
                FolderPlan::New(title) => Destination::Titled(title),
            },
            details: Details {
                title: spec.title().to_owned(),
                tags: spec.tags().to_vec(),
                summary: spec.summary().to_owned(),
            },
            grants: Grants {
                privileges: spec.grants(),
                referrers: spec.referrers().iter().map(|referrer| referrer.as_str().to_owned()).collect(),
                personal: spec.is_personal(),
            },
            expires: spec.expiration().at(),
            slot: Slot::DEFAULT,
            key_now: spec.key() == KeyChoice::Now,
            complete: true,
        }
    }
}

impl Destination {
    /// The folder's title, if it has one.
    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Root => None,
            Self::Known { title, .. } | Self::Titled(title) => Some(title),
        }
    }
}
