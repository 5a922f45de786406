//! What privileges and items are called on the page.

use key_wizard_core::{
    credential::{draft::GrantedItem, privilege},
    portal::id::PrivilegeId,
};

use super::missing_privileges;
use crate::{
    i18n::{Message, text},
    state::App,
};

impl App {
    /// The chosen privileges, each with the portal's label and its id.
    pub fn privilege_labels(self) -> Vec<String> {
        self.draft(|draft| draft.privileges.iter().map(|id| self.privilege_label(id)).collect())
    }

    /// An item that a credential reaches, by its title where the draft has it, else by its id.
    pub fn granted_title(self, id: &PrivilegeId) -> String {
        let is_it = |item: &&GrantedItem| privilege::item_access(&item.id) == *id;
        let title = self.draft_untracked(|draft| draft.items.iter().find(is_it).map(|item| item.title.clone()));
        title.unwrap_or_else(|| id.0.rsplit(':').next().unwrap_or_default().to_owned())
    }

    /// A privilege by the portal's label and its id.
    pub fn privilege_label(self, id: &PrivilegeId) -> String {
        let label = missing_privileges::label(id);
        if label == id.0 { label } else { text(Message::PrivilegeWithId { label: &label, id: &id.0 }) }
    }
}
