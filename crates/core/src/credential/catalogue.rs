//! The known privileges, grouped and labelled as the portal does, and which of them an account is offered.
//!
//! The data is `catalogue.txt`, one line each, from the project's fact file on privileges. A heading is
//! `#group|sub-group`. A privilege is `id|label|flags`; the flags are its scope (`s`tandard, `p`ersonal, `u`nknown),
//! whether it is billed (`$` yes, `-` no, `?` unknown), and `<` for one that a held parent replaces. It is
//! a text read at run time because a table of references costs forty bytes a line more.

use std::sync::LazyLock;

use crate::credential::privilege::{self, Privilege, Scope};
use crate::portal::id::PrivilegeId;

/// The known privileges; see the module for the format.
const CATALOGUE: &str = include_str!("catalogue.txt");

/// The group of unknown administrative privileges, and the sub-group that they share with the other unknown ones.
const OTHER: (&str, &str) = ("Other", "Unlisted");

/// Prefixes of privileges that accounts have but new credentials never get: those of legacy keys, and item access,
/// which is chosen by item.
const NEVER: [&str; 2] = ["portal:apikey:", "portal:app:access:"];

/// A group of privileges, as the portal titles it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The portal's title.
    pub title: &'static str,
    /// Its parts, none empty.
    pub subgroups: Vec<SubGroup>,
}

/// A part of a group, as the portal titles it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubGroup {
    /// The portal's title.
    pub title: &'static str,
    /// Its privileges, at least one.
    pub privileges: Vec<Privilege>,
}

/// A line of the catalogue.
pub(super) struct CatalogueEntry {
    pub(super) group: &'static str,
    pub(super) subgroup: &'static str,
    pub(super) id: &'static str,
    label: &'static str,
    flags: &'static str,
}

impl CatalogueEntry {
    /// The portal's label; the id if none is known.
    pub(super) fn label(&self) -> &'static str {
        if self.label.is_empty() { self.id } else { self.label }
    }

    /// The wider privilege that an account may have in its place (F-PRIV-4).
    pub(super) fn parent(&self) -> Option<&'static str> {
        let is_child = self.flags.ends_with('<');
        self.id.rsplit_once(':').map(|(parent, _)| parent).filter(|_| is_child)
    }
}

/// The privileges that an account may grant: first the known ones, in the portal's order, then the unknown ones.
///
/// ArcGIS Online has parents (`premium:user:geocode`) where Location Platform has their children, and lists both for an
/// account; an account that holds the parent is offered the parent (F-PRIV-4).
pub fn offered(held: &[PrivilegeId]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut rest: Vec<&PrivilegeId> = held.iter().collect();
    for entry in entries() {
        let Some(at) = rest.iter().position(|id| id.is(entry.id)) else {
            continue;
        };
        let id = rest[at].clone();
        rest.retain(|id| !id.is(entry.id));
        if !is_replaced(entry, held) {
            push(&mut groups, (entry.group, entry.subgroup), known(entry, id));
        }
    }
    let mut others: Vec<&PrivilegeId> = Vec::new();
    for id in rest {
        if let Err(place) = others.binary_search(&id) {
            others.insert(place, id);
        }
    }
    for id in others {
        if !id.0.trim().is_empty() && !NEVER.iter().any(|prefix| privilege::starts_with(&id.0, prefix)) {
            push(&mut groups, OTHER, unknown(id.clone()));
        }
    }
    groups
}

/// All known privileges, the wider and the narrower ones (F-PRIV-4).
pub fn all() -> Vec<Group> {
    let mut groups = Vec::new();
    for entry in entries() {
        push(&mut groups, (entry.group, entry.subgroup), known(entry, PrivilegeId(entry.id.to_owned())));
    }
    groups
}

/// The chosen privileges that are not offered: left over from another account, or from a link.
pub fn not_offered<'a>(chosen: impl IntoIterator<Item = &'a PrivilegeId>, groups: &[Group]) -> Vec<&'a PrivilegeId> {
    chosen.into_iter().filter(|id| find(groups, id).is_none()).collect()
}

/// The offered privilege of this id.
pub fn find<'a>(groups: &'a [Group], id: &PrivilegeId) -> Option<&'a Privilege> {
    let subgroups = groups.iter().flat_map(|group| &group.subgroups);
    subgroups.flat_map(|subgroup| &subgroup.privileges).find(|privilege| privilege.id.is(&id.0))
}

/// Whether the portal is known to have such a privilege.
pub(super) fn is_known(id: &PrivilegeId) -> bool {
    entries().iter().any(|entry| id.is(entry.id))
}

/// A privilege as it would be offered; an unknown one has its id as label.
pub fn privilege(id: PrivilegeId) -> Privilege {
    match entries().iter().find(|entry| id.is(entry.id)) {
        Some(entry) => known(entry, id),
        None => unknown(id),
    }
}

/// The wider privilege that an account may have in place of this one (F-PRIV-4).
pub(super) fn parent_of(id: &str) -> Option<&'static str> {
    entries().iter().find(|entry| entry.id.eq_ignore_ascii_case(id))?.parent()
}

/// The narrower privileges that this one includes (F-PRIV-4).
pub(super) fn children_of(id: &str) -> Vec<&'static str> {
    let is_child = |entry: &&CatalogueEntry| entry.parent().is_some_and(|parent| parent.eq_ignore_ascii_case(id));
    entries().iter().filter(is_child).map(|entry| entry.id).collect()
}

/// The titles of the group and the sub-group under which the portal lists a privilege.
pub(super) fn heading(id: &PrivilegeId) -> (&'static str, &'static str) {
    entries().iter().find(|entry| id.is(entry.id)).map_or(OTHER, |entry| (entry.group, entry.subgroup))
}

/// The lines of the catalogue, in the portal's order.
pub(super) fn entries() -> &'static [CatalogueEntry] {
    static ENTRIES: LazyLock<Vec<CatalogueEntry>> = LazyLock::new(read_catalogue);
    &ENTRIES
}

fn read_catalogue() -> Vec<CatalogueEntry> {
    let (mut heading, mut entries) = (("", ""), Vec::new());
    for line in CATALOGUE.lines() {
        if let Some((group, subgroup)) = line.strip_prefix('#').and_then(|title| title.split_once('|')) {
            heading = (group, subgroup);
        } else if let Some((id, rest)) = line.split_once('|')
            && let Some((label, flags)) = rest.split_once('|')
        {
            entries.push(CatalogueEntry { group: heading.0, subgroup: heading.1, id, label, flags });
        }
    }
    entries
}

fn is_replaced(entry: &CatalogueEntry, held: &[PrivilegeId]) -> bool {
    entry.parent().is_some_and(|parent| held.iter().any(|id| id.is(parent)))
}

fn known(entry: &CatalogueEntry, id: PrivilegeId) -> Privilege {
    Privilege {
        label: if entry.label.is_empty() { id.0.clone() } else { entry.label.to_owned() },
        scope: match entry.flags.as_bytes().first() {
            Some(b's') => Scope::Standard,
            Some(b'p') => Scope::Personal,
            _ => Scope::Unknown,
        },
        id,
    }
}

fn unknown(id: PrivilegeId) -> Privilege {
    Privilege { label: id.0.clone(), scope: Scope::Unknown, id }
}

/// Adds to the last group and sub-group if they match, because entries are in order.
fn push(groups: &mut Vec<Group>, (title, subtitle): (&'static str, &'static str), privilege: Privilege) {
    if groups.last().is_none_or(|group| group.title != title) {
        groups.push(Group { title, subgroups: Vec::new() });
    }
    let Some(group) = groups.last_mut() else {
        return;
    };
    match group.subgroups.last_mut().filter(|subgroup| subgroup.title == subtitle) {
        Some(subgroup) => subgroup.privileges.push(privilege),
        None => group.subgroups.push(SubGroup { title: subtitle, privileges: vec![privilege] }),
    }
}

#[cfg(test)]
mod tests;
