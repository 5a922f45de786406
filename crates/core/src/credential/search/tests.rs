use std::collections::BTreeSet;

use super::*;
use crate::credential::guide::tests::guide;
use crate::portal::release::Release;

/// Queries of users. `#id on Location Platform|id on Online` is above the queries that find it first.
const QUERIES: &str = include_str!("queries.txt");
/// The same, written before the words in the data were last extended; 50 of the 60 answers were right then.
const LATER: &str = include_str!("later.txt");

/// The signed-in account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Platform,
    Online,
    Enterprise,
}

fn id(text: &str) -> PrivilegeId {
    PrivilegeId(text.to_owned())
}

/// All privileges that accounts of the product can have, according to the facts.
fn held(guide: &Guide, product: Product) -> Vec<PrivilegeId> {
    let mut held: Vec<PrivilegeId> =
        guide.privileges.iter().filter(|known| known.products.contains(&product)).map(|known| id(&known.id)).collect();
    if product == Product::Online {
        // Online lists the children beside their parents (F-PRIV-4).
        held.extend(catalogue::entries().iter().filter(|entry| entry.parent().is_some()).map(|entry| id(entry.id)));
    }
    held
}

fn index(who: Who) -> Index {
    let guide = guide();
    let product = match who {
        Who::Platform => Product::Platform,
        Who::Online => Product::Online,
        Who::Enterprise => Product::Enterprise,
    };
    let mut held = held(&guide, product);
    // No account has everything.
    held.retain(|id| !id.is("premium:user:boundaries"));
    Index::new(&guide, &Offer::held(&held, who == Who::Enterprise, None))
}

fn first(index: &Index, query: &str) -> Option<Hit> {
    index.search(query).hits.into_iter().next()
}

#[track_caller]
fn check_first(who: Who, query: &str, expected: &str) -> Hit {
    let hit = first(&index(who), query).unwrap_or_else(|| panic!("{query} finds nothing"));
    assert_eq!(hit.privilege.id.0, expected, "{query} for {who:?}");
    hit
}

/// The number of queries in a file like [`QUERIES`], and the results that differ from the expected ones.
fn measure(title: &str, queries: &str) -> (usize, Vec<String>) {
    let (platform, online) = (index(Who::Platform), index(Who::Online));
    let (mut expected, mut wrong, mut count) = (("", ""), Vec::new(), 0);
    for line in queries.lines() {
        if let Some(ids) = line.strip_prefix('#') {
            expected = ids.split_once('|').expect("two ids");
            continue;
        }
        count += 1;
        for (name, index, expected) in [("Platform", &platform, expected.0), ("Online", &online, expected.1)] {
            let found = first(index, line).map_or("nothing".to_owned(), |hit| hit.privilege.id.0);
            if !found.eq_ignore_ascii_case(expected) {
                wrong.push(format!("{line} on {name}: {found} instead of {expected}"));
            }
        }
    }
    println!("{title}: {count} queries on two products, {} wrong {wrong:#?}", wrong.len());
    (count, wrong)
}

#[test]
fn what_people_look_for_comes_first() {
    let (count, wrong) = measure("queries", QUERIES);
    assert!(count >= 150, "{count} queries");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn queries_that_were_written_later_are_measured() {
    let (count, wrong) = measure("later queries", LATER);
    assert_eq!((count, wrong), (30, Vec::new()));
}

#[test]
fn every_label_and_every_id_finds_its_own_privilege_first() {
    let mut wrong = Vec::new();
    for who in [Who::Platform, Who::Online, Who::Enterprise] {
        let index = index(who);
        for (privilege, _) in index.shown.iter().filter(|(_, lack)| lack.is_none()) {
            let found = first(&index, &privilege.id.0).expect("each id is found").privilege;
            if found.id != privilege.id {
                wrong.push(format!("{} finds {}", privilege.id.0, found.id.0));
            }
            let hits = index.search(&privilege.label).hits;
            // Several privileges share some of the labels.
            if hits.first().is_none_or(|hit| hit.privilege.label != privilege.label) {
                wrong.push(format!("{} does not find {}", privilege.label, privilege.id.0));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_word_for_a_child_finds_the_parent_on_online_and_says_why() {
    let includes = |label: &str| Some(Because::Includes(label.to_owned()));
    for (query, label) in [
        ("service area", "Service area"),
        ("isochrone", "Service area"),
        ("closest facility", "Closest facility"),
        ("fleet", "Fleet routing"),
        ("distance matrix", "Travel cost matrix"),
    ] {
        let hit = check_first(Who::Online, query, "premium:user:networkanalysis");
        assert_eq!((hit.because, hit.lack), (includes(label), None), "{query}");
    }
    for (query, label) in [("not stored", "Geocode (not stored)"), ("batch", "Geocode (stored)")] {
        let hit = check_first(Who::Online, query, "premium:user:geocode");
        assert_eq!(hit.because, includes(label), "{query}");
    }
    let hit = check_first(Who::Platform, "isochrone", "premium:user:networkanalysis:servicearea");
    assert_eq!(hit.because, Some(Because::Word("isochrone".to_owned())));
    let hit = check_first(Who::Platform, "service area", "premium:user:networkanalysis:servicearea");
    assert_eq!(hit.because, None, "the label says it");
}

#[test]
fn what_the_account_lacks_is_found_with_the_reason() {
    let lack = |who, query, expected| check_first(who, query, expected).lack;
    assert_eq!(lack(Who::Online, "elevation", "premium:user:elevation"), Some(Lack::Product(vec![Product::Platform])));
    let members = lack(Who::Platform, "list users", "portal:user:viewOrgUsers");
    assert_eq!(members, Some(Lack::Product(vec![Product::Online, Product::Enterprise])));
    assert_eq!(lack(Who::Online, "country boundaries", "premium:user:boundaries"), Some(Lack::Subscription));
    let basemaps = lack(Who::Enterprise, "basemap", "premium:user:basemaps");
    assert_eq!(basemaps, Some(Lack::Product(vec![Product::Platform, Product::Online])));

    let guide = guide();
    let unpaid = [id("premium:user:places"), id("premium:user:geocode:temporary")];
    let found = first(&Index::new(&guide, &Offer::held(&unpaid, false, None)), "batch").expect("it is found");
    assert_eq!((found.privilege.id.0.as_str(), found.lack), ("premium:user:geocode:stored", Some(Lack::PayAsYouGo)));
    let member = [id("premium:user:geocode"), id("portal:user:viewOrgUsers")];
    let role = Lack::Role { group: "General privileges", subgroup: "Features" };
    let found = first(&Index::new(&guide, &Offer::held(&member, false, None)), "applyEdits").expect("it is found");
    assert_eq!((found.privilege.id.0.as_str(), found.lack), ("features:user:edit", Some(role)));
    let found = first(&Index::new(&guide, &Offer::held(&member, false, None)), "isochrone").expect("it is found");
    assert_eq!(found.privilege.id.0, "premium:user:networkanalysis", "Online would give the parent");
    assert_eq!(found.lack, Some(Lack::Subscription));
}

/// F-ENTERPRISE-1.
#[test]
fn what_keys_of_a_later_release_can_have_is_named_with_that_release() {
    let guide = guide();
    let index = |release| Index::new(&guide, &Offer::held(&[], true, release));
    let lack = |release, query: &str| first(&index(release), query).expect("it is found").lack;
    let later = Some(Lack::Release(Release::Product(11, 5)));
    for release in [Release::Product(11, 4), Release::Rest(2024, 2)] {
        assert_eq!(lack(Some(release), "portal:user:createItem"), later, "{release:?}");
        let basemaps = Some(Lack::Product(vec![Product::Platform, Product::Online]));
        assert_eq!(lack(Some(release), "premium:user:basemaps"), basemaps, "no release gives it");
    }
    for release in [Some(Release::Product(11, 5)), Some(Release::Rest(2025, 1)), None] {
        let found = lack(release, "portal:user:createItem");
        assert!(matches!(found, Some(Lack::Role { .. })), "{release:?}: {found:?}");
    }
}

#[test]
fn without_an_account_nothing_is_lacking() {
    let index = Index::new(&guide(), &Offer::everything());
    for query in ["service area", "geocode", "portal:admin:viewUsers", "premium:publisher:rasteranalysis"] {
        assert_eq!(first(&index, query).expect(query).lack, None, "{query}");
    }
}

#[test]
fn what_can_be_given_comes_before_what_cannot() {
    let guide = guide();
    let index = Index::new(
        &guide,
        &Offer::held(&[id("premium:user:networkanalysis"), id("portal:user:createItem")], false, None),
    );
    let lacks: Vec<bool> = index.search("create update delete").hits.iter().map(|hit| hit.lack.is_some()).collect();
    assert_eq!(lacks, [false, true], "items before groups");
}

#[test]
fn a_misspelled_word_is_offered_its_nearest_ones() {
    let index = index(Who::Online);
    for (query, expected) in [("isocrone", "isochrone"), ("elevaton", "elevation"), ("rooting", "routing")] {
        let found = index.search(query);
        assert_eq!(found.hits, Vec::new(), "{query}");
        assert!(found.near.iter().any(|word| word == expected), "{query}: {:?}", found.near);
        assert!(!index.search(&found.near[0]).hits.is_empty(), "what is offered finds something");
    }
    assert_eq!(index.search("qqqqqqqqqq"), Found::default());
}

#[test]
fn an_empty_query_finds_nothing_and_a_whole_sentence_what_it_speaks_of() {
    let index = index(Who::Online);
    for query in ["", "  ", "?!", " \t"] {
        assert_eq!(index.search(query), Found::default());
    }
    let hit = first(&index, "I need directions for my courier website quickly").expect("some words fit");
    assert!(hit.privilege.id.0.starts_with("premium:user:networkanalysis"));
}

#[test]
fn without_the_data_labels_ids_and_groups_are_found() {
    let index = Index::new(&Guide::default(), &Offer::held(&[id("premium:user:geocode"), id("x:new")], false, None));
    for query in ["geocod", "premium:user:geocode", "GEOCODING", "not stored"] {
        assert_eq!(first(&index, query).expect(query).privilege.id.0, "premium:user:geocode", "{query}");
    }
    assert_eq!(first(&index, "x:new").expect("unknown ones are found, too").privilege.id.0, "x:new");
    let hits = index.search("administrative webhooks").hits;
    assert_eq!(hits.len(), 2, "by group and sub-group");
}

#[test]
fn another_service_of_a_known_host_is_not_taken_for_it() {
    let index = index(Who::Platform);
    let first = |query: &str| first(&index, query).map(|hit| hit.privilege.id.0);
    let area = "https://route-api.arcgis.com/arcgis/rest/services/World/ServiceAreas/NAServer/ServiceArea_World";
    assert_eq!(first(area).as_deref(), Some("premium:user:networkanalysis:servicearea"));
    assert_eq!(first("https://places.example.com/v1/places"), None, "another host");
    assert_eq!(first("https://route-api.arcgis.com.evil.example/arcgis"), None, "a host that begins alike");
}

#[test]
fn no_query_is_there_twice() {
    let queries: Vec<String> = QUERIES.lines().filter(|line| !line.starts_with('#')).map(str::to_lowercase).collect();
    assert_eq!(queries.iter().collect::<BTreeSet<_>>().len(), queries.len());
}
