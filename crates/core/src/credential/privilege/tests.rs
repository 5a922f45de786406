use super::*;

fn ids(list: &[&str]) -> Vec<PrivilegeId> {
    list.iter().map(|entry| PrivilegeId((*entry).to_owned())).collect()
}

#[track_caller]
fn check_personal(id: &str, expected: bool) {
    assert_eq!(is_personal(&PrivilegeId(id.to_owned())), expected, "{id}");
}

#[test]
fn location_services_and_item_access_are_fit_for_public_applications() {
    check_personal("premium:user:basemaps", false);
    check_personal("premium:user:geocode:stored", false);
    check_personal("PREMIUM:user:staticMaps", false);
    check_personal("portal:app:access:item:0123456789abcdef0123456789abcdef", false);
}

#[test]
fn everything_else_is_personal_even_what_nobody_knows() {
    check_personal("premium:user:spatialanalysis", true);
    check_personal("premium:user:SpatialAnalysis", true);
    check_personal("premium:user:demographics", true);
    check_personal("premium:user:featurereport", true);
    check_personal("premium:publisher:rasteranalysis", true);
    check_personal("portal:user:createItem", true);
    check_personal("portal:admin:viewItems", true);
    check_personal("something:new", true);
    check_personal("", true);
    check_personal("premium:usér:x", true);
}

#[test]
fn the_missing_privileges_are_named_in_the_portals_spelling() {
    let held = ids(&["portal:user:createitem", "premium:user:basemaps"]);
    let missing = missing_to_create(&held);
    assert_eq!(missing, ids(&["portal:user:generateApiTokens", "portal:user:assignPrivilegesToApps"]));
    assert!(!prevents_creation(&missing));
}

#[test]
fn what_a_refused_key_lacks_is_what_keys_need_and_what_was_asked_for() {
    let held = ids(&["portal:user:createItem", "portal:user:generateApiTokens", "premium:user:basemaps"]);
    let item = item_access(&ItemId("0f".repeat(16)));
    let asked = [ids(&["premium:user:BASEMAPS", "premium:user:places"]), vec![item]].concat();
    assert_eq!(lacking(&held, asked), ids(&["portal:user:assignPrivilegesToApps", "premium:user:places"]));
}

#[test]
fn nobody_creates_a_credential_without_the_right_to_make_items() {
    let held = ids(&["portal:user:generateApiTokens", "portal:user:assignPrivilegesToApps"]);
    assert!(prevents_creation(&missing_to_create(&held)));
    let all = ids(&["portal:user:createItem", "portal:user:generateApiTokens", "portal:user:assignPrivilegesToApps"]);
    assert_eq!(missing_to_create(&all), []);
}

#[test]
fn an_item_is_granted_by_the_pattern_of_the_portal() {
    let grant = item_access(&ItemId("0f".repeat(16)));
    assert_eq!(grant.0, "portal:app:access:item:0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f");
    assert!(is_item_access(&grant));
}
