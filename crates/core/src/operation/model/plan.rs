//! What is wanted.

use crate::config::PortalKey;
use crate::credential::draft::KeyChoice;
use crate::credential::spec::{FolderPlan, Spec};
use crate::operation_id::OperationId;
use crate::portal::folders::Folder;
use crate::portal::id::{FolderId, Slot, Username};
use crate::portal::items::Details;
use crate::portal::registration::Grants;
use crate::timestamp::Timestamp;

/// A credential to make, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Which operation it is.
    pub id: OperationId,
    /// The portal.
    pub portal_key: PortalKey,
    /// Whose credential it will be.
    pub owner: Username,
    /// Where its item goes.
    pub folder: Destination,
    /// Its item's words.
    pub details: Details,
    /// What its key may do.
    pub grants: Grants,
    /// When its key ends.
    pub expires: Timestamp,
    /// Which of the two keys it is.
    pub slot: Slot,
    /// Whether the key is generated at once.
    pub key_now: bool,
    /// False for one rebuilt from a journal without its draft: it can be taken back, not gone on with.
    pub complete: bool,
}

/// Where an item goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Into the root folder.
    Root,
    /// Into a folder that exists.
    Known {
        /// Its id.
        id: FolderId,
        /// Its title.
        title: String,
    },
    /// Into the folder of this title, which is made if there is none.
    Titled(String),
}

/// Which operation a plan is for, and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Which operation.
    pub id: OperationId,
    /// The portal.
    pub portal_key: PortalKey,
    /// The signed-in person.
    pub owner: Username,
}

impl Plan {
    /// What a checked draft means, given the folders known so far; none need be known.
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
