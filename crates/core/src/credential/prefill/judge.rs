//! Compares a link or a recipe with the account, which is known only after the sign-in.

use crate::credential::catalogue::{self, Group};
use crate::credential::draft::{Draft, GrantedItem};
use crate::credential::notice::{Note, Rejection};
use crate::credential::privilege;
use crate::credential::problem::Field;
use crate::credential::unresolved::{Restriction, Unresolved};
use crate::portal::error::Error;
use crate::portal::id::{ItemId, PrivilegeId};

impl Draft {
    /// Takes the privileges out that the account does not have; the others get the account's own spelling.
    pub fn reconcile_privileges(&mut self, groups: &[Group]) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut met = |id: PrivilegeId| match catalogue::find(groups, &id) {
            Some(privilege) => Some(privilege.id.clone()),
            None => {
                let parent = PrivilegeId(id.0.rsplit_once(':').map_or("", |(parent, _)| parent).to_owned());
                let why = match catalogue::find(groups, &parent) {
                    Some(wider) => Rejection::HasWider(wider.id.0.clone()),
                    // Newer than this page, or misspelled.
                    None if !catalogue::is_known(&id) => Rejection::UnknownPrivilege,
                    None => Rejection::NotHeld,
                };
                notes.push(Note { what: id.0, why });
                None
            }
        };
        for id in std::mem::take(&mut self.privileges) {
            if let Some(id) = met(id) {
                self.choose_privilege(id, true);
            }
        }
        self.withheld = std::mem::take(&mut self.withheld).into_iter().filter_map(met).collect();
        // Code needs the wider privilege if the account has only that.
        for id in std::mem::take(&mut self.needed) {
            let parent = || catalogue::parent_of(&id.0).map(|parent| PrivilegeId(parent.to_owned()));
            let given = catalogue::find(groups, &id).or_else(|| catalogue::find(groups, &parent()?));
            if let Some(privilege) = given.filter(|privilege| !self.needed.contains(&privilege.id)) {
                self.needed.push(privilege.id.clone());
            }
        }
        notes
    }

    /// The items of which nothing but the id is known yet.
    pub fn unknown_items(&self) -> Vec<ItemId> {
        self.items.iter().filter(|item| item.is_unknown()).map(|item| item.id.clone()).collect()
    }

    /// Completes the unknown items with what the portal found, and removes those it did not find.
    pub fn reconcile_items(&mut self, mut found: Vec<GrantedItem>) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut items = std::mem::take(&mut self.items);
        items.retain_mut(|item| {
            if !item.is_unknown() {
                return true;
            }
            let why = match found.iter().position(|other| other.id == item.id) {
                Some(at) if !found[at].is_public() => {
                    *item = found.swap_remove(at);
                    return true;
                }
                Some(_) => Rejection::Public,
                None => Rejection::NotFound,
            };
            notes.push(Note { what: item.id.0.clone(), why });
            false
        });
        self.items = items;
        if self.items.is_empty()
            && let Some(notice) = &mut self.notice
        {
            notice.filled.retain(|field| *field != Field::Items);
        }
        // A public item needs no grant, unless items were to narrow a privilege that reaches every layer.
        let edits_every_layer = self.items.is_empty() && self.privileges.iter().any(privilege::reaches_every_layer);
        for note in notes.iter().filter(|note| edits_every_layer || note.why != Rejection::Public) {
            self.add_unresolved(Unresolved::new(Restriction::Items, &note.what));
        }
        notes
    }

    /// Removes the items of which only the id is known, because they cannot be looked up now.
    pub fn leave_out_unknown_items(&mut self, error: Error) -> Vec<Note> {
        for id in self.unknown_items() {
            self.add_unresolved(Unresolved::new(Restriction::Items, &id.0));
        }
        self.items.retain(|item| !item.is_unknown());
        vec![Note { what: "items".to_owned(), why: Rejection::NotLookedUp(error) }]
    }

    /// Adds the administrative privileges that a link or a recipe asked for, as the person decided.
    pub fn add_withheld(&mut self) {
        for id in std::mem::take(&mut self.withheld) {
            self.choose_privilege(id, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::notice::{Notice, Outcome, Source};
    use crate::credential::offer::Offer;

    fn id(text: &str) -> PrivilegeId {
        PrivilegeId(text.to_owned())
    }

    #[test]
    fn what_code_needs_follows_the_account() {
        let mut draft = Draft::default();
        draft.choose_found(vec![id("premium:user:geocode:stored"), id("Premium:user:Basemaps")], Vec::new());
        draft.choose_found(vec![id("premium:user:places")], Vec::new());
        let held = [id("premium:user:geocode"), id("premium:user:basemaps")];
        draft.reconcile_privileges(&Offer::held(&held, false, None).groups);
        assert_eq!(draft.needed, held, "the wider one, the account's spelling, and nothing that it lacks");
    }

    #[test]
    fn items_that_were_all_left_out_are_not_said_to_be_filled_in() {
        let unknown = || GrantedItem::unknown(ItemId("0f".to_owned()));
        let filled = vec![Field::Items, Field::Title];
        let notice = Some(Notice { filled, ..Notice::new(Outcome::Filled(Source::Link)) });
        let mut draft = Draft { items: vec![unknown()], notice, ..Draft::default() };
        draft.reconcile_items(vec![GrantedItem { access: "public".to_owned(), ..unknown() }]);
        assert_eq!(draft.notice.map(|notice| notice.filled), Some(vec![Field::Title]));
    }
}
