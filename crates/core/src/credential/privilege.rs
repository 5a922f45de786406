//! The privileges of a key, and their requirements on the account.

use crate::portal::id::{ItemId, PrivilegeId};

/// The maximum number of items granted to one credential (F-APP-12).
pub const MAX_ITEMS: usize = 100;

/// The prefix of every grant of a single item (F-APP-12).
const ITEM_ACCESS: &str = "portal:app:access:item:";

/// Kinds of `premium:user:` privilege that are not location services (F-PRIV-9).
const NOT_LOCATION: [&str; 3] = ["spatialanalysis", "demographics", "featurereport"];

/// Administrative privileges whose ids do not say so.
const ALSO_ADMINISTRATIVE: [&str; 2] = ["portal:publisher:publishservergpservices", "opendata:user:opendataadmin"];

/// Needed to create any item, on every product.
const CREATE_ITEM: &str = "portal:user:createItem";

/// The privileges a person needs in order to create API keys (F-PRIV-1).
const TO_CREATE: [&str; 3] = [CREATE_ITEM, "portal:user:generateApiTokens", "portal:user:assignPrivilegesToApps"];

/// The permitted use of a key with a privilege (F-PRIV-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Fit for public applications.
    Standard,
    /// For private applications and scripts only: the key can reach the owner's own data.
    Personal,
    /// Not documented.
    Unknown,
}

/// A privilege as offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Privilege {
    /// The id, spelled as the portal spelled it for this account.
    pub id: PrivilegeId,
    /// The portal's own label, or the id if none is known.
    pub label: String,
    /// The permitted use of a key with it.
    pub scope: Scope,
}

/// The privilege that lets a key reach one item.
pub fn item_access(item: &ItemId) -> PrivilegeId {
    PrivilegeId([ITEM_ACCESS, &item.0].concat())
}

/// Whether an id grants a single item; those are chosen as items, never as privileges.
pub fn is_item_access(id: &PrivilegeId) -> bool {
    starts_with(&id.0, ITEM_ACCESS)
}

/// Whether a key with this privilege is for private use only: anything but location services and item access.
pub fn is_personal(id: &PrivilegeId) -> bool {
    if is_item_access(id) {
        return false;
    }
    let location = starts_with(&id.0, "premium:user:")
        && !NOT_LOCATION
            .iter()
            .any(|other| id.0.split(':').nth(2).is_some_and(|kind| kind.eq_ignore_ascii_case(other)));
    !location
}

/// Whether a key with it can do what only its owner may. Where beta access may be used is not documented (F-PRIV-5).
pub fn acts_for_person(id: &PrivilegeId) -> bool {
    is_personal(id) && !id.is("portal:user:allowBetaAccess")
}

/// Whether it acts on the whole organization. Portals give privileges that no catalogue lists, so the id decides.
pub fn is_administrative(id: &PrivilegeId) -> bool {
    let id = id.0.to_ascii_lowercase();
    id.contains(":admin:") || ALSO_ADMINISTRATIVE.contains(&id.as_str())
}

/// Whether it is a general or administrative privilege of the portal, which keys of Enterprise have since 11.5
/// (F-ENTERPRISE-1).
pub fn is_of_portal(id: &PrivilegeId) -> bool {
    !is_item_access(id) && !starts_with(&id.0, "premium:")
}

/// Whether its use costs credits or money: `premium` is what ArcGIS calls that.
pub fn is_billed(id: &PrivilegeId) -> bool {
    starts_with(&id.0, "premium:")
}

/// Whether it reaches every layer that the account can edit, unless the key names items (F-PRIV-15).
pub fn reaches_every_layer(id: &PrivilegeId) -> bool {
    ["features:user:edit", "features:user:fullEdit"].iter().any(|wide| id.is(wide))
}

/// The privileges that creating a key needs and this account lacks; empty if it can create keys.
pub fn missing_to_create(held: &[PrivilegeId]) -> Vec<PrivilegeId> {
    let lacks = |id: &&&str| !held.iter().any(|privilege| privilege.is(id));
    TO_CREATE.iter().filter(lacks).map(|id| PrivilegeId((*id).to_owned())).collect()
}

/// The requested privileges that an account with these privileges lacks to make a key.
pub fn lacking(held: &[PrivilegeId], asked: Vec<PrivilegeId>) -> Vec<PrivilegeId> {
    let lacks = |id: &PrivilegeId| !is_item_access(id) && !held.iter().any(|privilege| privilege.is(&id.0));
    missing_to_create(held).into_iter().chain(asked.into_iter().filter(lacks)).collect()
}

/// Whether creating is certain to fail without these. Location Platform may not list the other two (F-PRIV-2), so their
/// absence is only a warning.
pub fn prevents_creation(missing: &[PrivilegeId]) -> bool {
    missing.iter().any(|privilege| privilege.is(CREATE_ITEM))
}

/// ASCII-case-insensitive: the same privilege is spelled differently by portals and clients.
pub(super) fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests;
