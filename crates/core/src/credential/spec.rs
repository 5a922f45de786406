//! A checked draft: exactly what will be requested from the portal. Only `Draft::check` can make one.

use crate::credential::draft::KeyChoice;
use crate::credential::expiration::Expiration;
use crate::credential::privilege;
use crate::credential::referrer::Referrer;
use crate::portal::id::{FolderId, ItemId, PrivilegeId};

/// A credential as it will be created. It does not derive `Deserialize`: stored data is checked again.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    pub(super) expiration: Expiration,
    pub(super) referrers: Vec<Referrer>,
    pub(super) privileges: Vec<PrivilegeId>,
    pub(super) items: Vec<ItemId>,
    pub(super) title: String,
    pub(super) folder: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) summary: String,
    pub(super) key: KeyChoice,
}

/// The folder of the item, given the existing folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderPlan {
    /// The person's root folder.
    Root,
    /// A folder that exists.
    Existing(FolderId),
    /// A folder to create, by its title.
    New(String),
}

impl Spec {
    /// When the key stops working.
    pub fn expiration(&self) -> Expiration {
        self.expiration
    }

    /// The referrers; empty for anywhere.
    pub fn referrers(&self) -> &[Referrer] {
        &self.referrers
    }

    /// The chosen privileges, without those for items.
    pub fn privileges(&self) -> &[PrivilegeId] {
        &self.privileges
    }

    /// The chosen items.
    pub fn items(&self) -> &[ItemId] {
        &self.items
    }

    /// The item's title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The folder's title; `None` for the root folder.
    pub fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// The item's tags.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// The item's summary; may be empty.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// Whether the key is generated now.
    pub fn key(&self) -> KeyChoice {
        self.key
    }

    /// Every privilege to register, those for items last. Never empty: an app registered without a list may reach
    /// every item of its owner (F-APP-4).
    pub fn grants(&self) -> Vec<PrivilegeId> {
        let items = self.items.iter().map(privilege::item_access);
        self.privileges.iter().cloned().chain(items).collect()
    }

    /// Whether the key has personal scope, which registration has to declare (F-PRIV-6).
    pub fn is_personal(&self) -> bool {
        self.privileges.iter().any(privilege::is_personal)
    }

    /// The folder of the item. Titles are compared case-insensitively, as in the portal (F-FOLDER-2).
    pub fn folder_plan(&self, folders: &[(FolderId, String)]) -> FolderPlan {
        let Some(wanted) = &self.folder else {
            return FolderPlan::Root;
        };
        let key = wanted.to_lowercase();
        match folders.iter().find(|(_, title)| title.trim().to_lowercase() == key) {
            Some((id, _)) => FolderPlan::Existing(id.clone()),
            None => FolderPlan::New(wanted.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
