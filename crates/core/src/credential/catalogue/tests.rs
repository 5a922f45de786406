use std::collections::BTreeSet;

use super::*;

fn ids(list: &[&str]) -> Vec<PrivilegeId> {
    list.iter().map(|entry| PrivilegeId((*entry).to_owned())).collect()
}

/// `group / sub-group / id` of every privilege.
fn flat(groups: &[Group]) -> Vec<String> {
    let mut lines = Vec::new();
    for group in groups {
        for subgroup in &group.subgroups {
            for privilege in &subgroup.privileges {
                lines.push(format!("{} / {} / {}", group.title, subgroup.title, privilege.id.0));
            }
        }
    }
    lines
}

#[track_caller]
fn check_offered(held: &[&str], expected: &[&str]) {
    assert_eq!(flat(&offered(&ids(held))), expected);
}

#[test]
fn every_line_of_the_catalogue_is_read() {
    let headings = CATALOGUE.lines().filter(|line| line.starts_with('#')).count();
    let entries = entries();
    assert_eq!(entries.len() + headings, CATALOGUE.lines().count());
    for entry in entries {
        assert!(entry.id.contains(':'), "{}", entry.id);
        assert!(!entry.group.is_empty() && !entry.subgroup.is_empty(), "{}", entry.id);
        let mut flags = entry.flags.chars();
        assert!(flags.next().is_some_and(|flag| "spu".contains(flag)), "{}", entry.id);
        assert!(flags.next().is_some_and(|flag| "$-?".contains(flag)), "{}", entry.id);
        assert!(matches!(flags.as_str(), "" | "<"), "{}", entry.id);
    }
}

#[test]
fn no_privilege_is_listed_twice_and_none_that_is_never_offered() {
    let lower: BTreeSet<String> = entries().iter().map(|entry| entry.id.to_ascii_lowercase()).collect();
    assert_eq!(lower.len(), entries().len());
    assert!(!entries().iter().any(|entry| NEVER.iter().any(|never| entry.id.starts_with(never))));
}

#[test]
fn a_heading_appears_once_so_that_no_group_is_offered_in_pieces() {
    let headings: Vec<&str> = CATALOGUE.lines().filter(|line| line.starts_with('#')).collect();
    let mut groups: Vec<&str> = headings.iter().filter_map(|heading| heading.split('|').next()).collect();
    groups.dedup();
    let distinct: BTreeSet<&&str> = groups.iter().collect();
    assert_eq!(distinct.len(), groups.len());
    let distinct: BTreeSet<&&str> = headings.iter().collect();
    assert_eq!(distinct.len(), headings.len());
}

#[test]
fn an_account_with_the_parent_is_offered_the_parent() {
    check_offered(
        &["premium:user:geocode:stored", "premium:user:geocode", "premium:user:geocode:temporary"],
        &["Location services / Geocoding / premium:user:geocode"],
    );
}

#[test]
fn an_account_with_only_children_is_offered_the_children() {
    check_offered(
        &["premium:user:geocode:temporary", "premium:user:geocode:stored"],
        &[
            "Location services / Geocoding / premium:user:geocode:stored",
            "Location services / Geocoding / premium:user:geocode:temporary",
        ],
    );
}

#[test]
fn last_mile_delivery_is_beside_its_parent_as_on_arcgis_online() {
    check_offered(
        &[
            "premium:user:networkanalysis",
            "premium:user:networkanalysis:routing",
            "premium:user:networkanalysis:lastmiledelivery",
        ],
        &[
            "Location services / Routing / premium:user:networkanalysis",
            "Location services / Routing / premium:user:networkanalysis:lastmiledelivery",
        ],
    );
}

#[test]
fn unknown_privileges_come_last_under_other_by_their_id() {
    let held =
        ["zeta:admin:new", "premium:user:geometry", "alpha:user:new", "portal:user:createItem", "alpha:user:new"];
    check_offered(
        &held,
        &[
            "General privileges / Content / portal:user:createItem",
            "Other / Premium / premium:user:geometry",
            "Other / Unlisted / alpha:user:new",
            "Other / Unlisted / zeta:admin:new",
        ],
    );
    let groups = offered(&ids(&held));
    let unknown = find(&groups, &PrivilegeId("zeta:admin:new".to_owned())).expect("it is offered");
    assert_eq!((unknown.label.as_str(), unknown.scope), ("zeta:admin:new", Scope::Unknown));
    assert!(privilege::is_administrative(&unknown.id));
}

#[test]
fn legacy_and_item_access_are_never_offered() {
    check_offered(&["portal:apikey:basemaps", "portal:app:access:item:0f", "PORTAL:apikey:x", " "], &[]);
}

#[test]
fn beta_access_is_offered_to_an_account_that_has_it() {
    check_offered(
        &["portal:user:allowBetaAccess"],
        &["General privileges / Apps and capabilities / portal:user:allowBetaAccess"],
    );
}

#[test]
fn a_privilege_keeps_the_spelling_of_the_portal_and_is_offered_once() {
    check_offered(
        &["portal:publisher:PublishVideo", "portal:publisher:publishVideo"],
        &["General privileges / Content / portal:publisher:PublishVideo"],
    );
}

#[test]
fn a_privilege_carries_what_the_facts_say_of_it() {
    let groups = offered(&ids(&["premium:user:basemaps", "portal:admin:viewUsers", "opendata:user:openDataAdmin"]));
    let get = |id: &str| find(&groups, &PrivilegeId(id.to_owned())).expect("it is offered");
    let basemaps = get("premium:user:basemaps");
    assert_eq!(basemaps.scope, Scope::Standard);
    assert!(privilege::is_billed(&basemaps.id) && !privilege::is_administrative(&basemaps.id));
    assert_eq!(basemaps.label, "Basemap styles service");
    let users = get("portal:admin:viewUsers");
    assert_eq!(users.scope, Scope::Personal);
    assert!(!privilege::is_billed(&users.id) && privilege::is_administrative(&users.id));
    assert!(privilege::is_administrative(&get("opendata:user:openDataAdmin").id));
}

#[test]
fn a_privilege_without_a_known_label_is_labelled_by_its_id() {
    let groups = offered(&ids(&["portal:admin:reassignUsers"]));
    assert_eq!(groups[0].subgroups[0].privileges[0].label, "portal:admin:reassignUsers");
}

#[test]
fn a_choice_of_another_account_is_recognized() {
    let groups = offered(&ids(&["premium:user:basemaps"]));
    let chosen = ids(&["premium:user:basemaps", "premium:user:places"]);
    assert_eq!(not_offered(&chosen, &groups), [&chosen[1]]);
}

/// The rules that know no catalogue agree with it.
#[test]
fn what_the_catalogue_calls_administrative_or_billed_its_id_tells() {
    for entry in entries() {
        let id = PrivilegeId(entry.id.to_owned());
        assert_eq!(privilege::is_administrative(&id), entry.group.starts_with("Admin"), "{}", entry.id);
        assert!(privilege::is_billed(&id) || entry.flags.as_bytes().get(1) != Some(&b'$'), "{}", entry.id);
    }
}
