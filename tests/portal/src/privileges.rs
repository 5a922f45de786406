//! The privileges of the practice users, and which of them make a key personal.
//! The strings come from Esri's privilege reference (F-PRIV-4) and from recorded accounts.

/// Allows creating items (F-PRIV-1).
pub const CREATE_ITEM: &str = "portal:user:createItem";
/// Allows generating API keys (F-PRIV-1).
pub const GENERATE_API_TOKENS: &str = "portal:user:generateApiTokens";
/// Allows granting privileges to apps (F-PRIV-1).
pub const ASSIGN_PRIVILEGES: &str = "portal:user:assignPrivilegesToApps";
/// The prefix of a privilege for one item, followed by the item's id (F-APP-12).
pub const ITEM_ACCESS: &str = "portal:app:access:item:";
/// The maximum number of items per credential (F-APP-12).
pub const MAX_ITEMS: usize = 100;

/// Location services of an Online organization: both parents and children, as `user.privileges` lists them
/// (F-PRIV-4).
pub const ONLINE_SERVICES: &[&str] = &[
    "premium:user:basemaps",
    "premium:user:boundaries",
    "premium:user:demographics",
    "premium:user:featurereport",
    "premium:user:geocode",
    "premium:user:geocode:stored",
    "premium:user:geocode:temporary",
    "premium:user:geoenrichment",
    "premium:user:geometry",
    "premium:user:networkanalysis",
    "premium:user:networkanalysis:closestfacility",
    "premium:user:networkanalysis:lastmiledelivery",
    "premium:user:networkanalysis:locationallocation",
    "premium:user:networkanalysis:optimizedrouting",
    "premium:user:networkanalysis:origindestinationcostmatrix",
    "premium:user:networkanalysis:routing",
    "premium:user:networkanalysis:servicearea",
    "premium:user:networkanalysis:vehiclerouting",
    "premium:user:spatialanalysis",
    "premium:user:staticbasemaptiles",
];

/// Location services of Location Platform: children only, places and elevation (F-PRIV-4).
pub const PLATFORM_SERVICES: &[&str] = &[
    "premium:user:basemaps",
    "premium:user:elevation",
    "premium:user:geocode:stored",
    "premium:user:geocode:temporary",
    "premium:user:geoenrichment",
    "premium:user:networkanalysis:closestfacility",
    "premium:user:networkanalysis:lastmiledelivery",
    "premium:user:networkanalysis:locationallocation",
    "premium:user:networkanalysis:optimizedrouting",
    "premium:user:networkanalysis:origindestinationcostmatrix",
    "premium:user:networkanalysis:routing",
    "premium:user:networkanalysis:servicearea",
    "premium:user:networkanalysis:snaptoroads",
    "premium:user:networkanalysis:vehiclerouting",
    "premium:user:places",
    "premium:user:spatialanalysis",
    "premium:user:staticMaps",
    "premium:user:staticbasemaptiles",
    "features:user:edit",
    "features:user:fullEdit",
    "portal:publisher:publishFeatures",
    "portal:publisher:publishTiles",
    "portal:user:createGroup",
    "portal:user:createItem",
    "portal:user:allowBetaAccess",
];

/// The additional privileges of an organization member.
pub const MEMBER: &[&str] = &[
    "features:user:edit",
    "portal:publisher:publishFeatures",
    "portal:publisher:publishTiles",
    "portal:user:categorizeItems",
    "portal:user:createGroup",
    "portal:user:createItem",
    "portal:user:joinGroup",
    "portal:user:joinNonOrgGroup",
    "portal:user:shareGroupToOrg",
    "portal:user:shareToGroup",
    "portal:user:shareToOrg",
    "portal:user:shareToPublic",
    "portal:user:viewHostedFeatureServices",
    "portal:user:viewHostedTileServices",
    "portal:user:viewOrgGroups",
    "portal:user:viewOrgItems",
    "portal:user:viewOrgUsers",
];

/// The two privileges that API keys require.
pub const KEY_MAKER: &[&str] = &[GENERATE_API_TOKENS, ASSIGN_PRIVILEGES];

/// In no catalog, so that a client's `Other` group is not empty.
pub const UNHEARD_OF: &[&str] = &["portal:user:practiceOnly"];

/// The additional privileges of an administrator.
pub const ADMIN: &[&str] = &[
    "features:user:fullEdit",
    "portal:admin:changeUserRoles",
    "portal:admin:deleteItems",
    "portal:admin:manageRoles",
    "portal:admin:manageSecurity",
    "portal:admin:updateItems",
    "portal:admin:updateUsers",
    "portal:admin:viewGroups",
    "portal:admin:viewItems",
    "portal:admin:viewUsers",
];

/// Merges the lists, sorted and without duplicates.
pub fn list(parts: &[&[&str]]) -> Vec<String> {
    let mut all: Vec<String> = parts.concat().into_iter().map(str::to_owned).collect();
    all.sort();
    all.dedup();
    all
}

/// The item id of an item privilege.
pub fn item_of(privilege: &str) -> Option<&str> {
    privilege.strip_prefix(ITEM_ACCESS)
}

/// True if these privileges make a key personal: anything but location services and item access (F-PRIV-6, F-PRIV-9).
pub fn are_personal<T: AsRef<str>>(privileges: &[T]) -> bool {
    const ANALYSIS: &[&str] =
        &["premium:user:spatialanalysis", "premium:user:demographics", "premium:user:featurereport"];
    privileges.iter().map(AsRef::as_ref).any(|privilege| {
        let standard = privilege.starts_with("premium:user:") && !ANALYSIS.contains(&privilege);
        !standard && item_of(privilege).is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn location_services_and_items_are_standard_and_everything_else_is_personal() {
        assert!(!are_personal(&["premium:user:basemaps", "portal:app:access:item:abc"]));
        assert!(are_personal(&["premium:user:basemaps", "features:user:edit"]));
        assert!(are_personal(&["premium:user:spatialanalysis"]));
    }
}
