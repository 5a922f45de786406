use super::*;
use crate::credential::catalogue;
use crate::credential::expiration;
use crate::credential::guide::Trap;
use crate::credential::guide::tests::guide;
use crate::credential::unresolved::Unresolved;

const NOW: Timestamp = Timestamp(1_795_435_200_000); // 2026-11-23T12:00:00Z

fn id(text: &str) -> PrivilegeId {
    PrivilegeId(text.to_owned())
}

fn draft(referrers: &[&str], privileges: &[&str]) -> Draft {
    let mut draft = Draft::new(expiration::utc_date(NOW));
    draft.referrers = referrers.iter().map(|referrer| (*referrer).to_owned()).collect();
    for privilege in privileges {
        draft.choose_privilege(id(privilege), true);
    }
    draft
}

fn item(title: &str, kind: &str, access: &str) -> GrantedItem {
    GrantedItem {
        id: ItemId(title.to_owned()),
        title: title.to_owned(),
        kind: kind.to_owned(),
        access: access.to_owned(),
    }
}

fn with_items(draft: Draft, items: &[(&str, &str, &str)]) -> Draft {
    Draft { items: items.iter().map(|(title, kind, access)| item(title, kind, access)).collect(), ..draft }
}

/// The remarks on the draft of an account that offers everything.
fn review(draft: &Draft, known: &KnownItems) -> Vec<Remark> {
    draft.review(&guide(), known, &catalogue::all(), NOW)
}

#[track_caller]
fn check(draft: &Draft, expected: &[Remark]) {
    let found = review(draft, &KnownItems::default());
    assert_eq!(found, expected, "{:?} {:?}", draft.referrers, draft.privileges);
}

#[test]
fn a_wildcard_before_a_shared_host_is_serious_and_one_before_an_own_host_is_none() {
    for referrer in [
        "https://*.github.io",
        "https://*.vercel.app",
        "https://*.netlify.app",
        "https://*.pages.dev",
        "https://*.azurewebsites.net:8443",
        "https://*.eu-west-1.amazonaws.com",
        "https://*.amazonaws.com",
        "https://*.maps.arcgis.com",
    ] {
        let expected = [Remark::SharedHost(referrer.to_owned())];
        check(&draft(&["https://app.example.com", referrer], &["premium:user:basemaps"]), &expected);
        assert_eq!(expected[0].severity(), RemarkSeverity::Serious);
    }
    for referrer in ["https://*.example.com", "https://me.github.io", "https://*.me.github.io", "https://*.mygithub.io"]
    {
        check(&draft(&[referrer], &["premium:user:basemaps"]), &[]);
    }
}

#[test]
fn a_page_without_https_is_serious_unless_it_is_on_the_own_machine() {
    check(
        &draft(&["http://127.example.com"], &["premium:user:basemaps"]),
        &[Remark::PlainHttp("http://127.example.com".to_owned())],
    );
    let expected = [Remark::PlainHttp("http://app.example.com".to_owned())];
    check(&draft(&["http://app.example.com"], &["premium:user:basemaps"]), &expected);
    for referrer in ["https://app.example.com", "http://localhost:5173", "http://127.0.0.1:5500", "http://[::1]:80"] {
        check(&draft(&[referrer], &["premium:user:basemaps"]), &[]);
    }
}

#[test]
fn the_own_machine_beside_a_public_page_is_remarked_on_and_alone_it_is_not() {
    let expected = [Remark::LocalBesidePublic("http://localhost:3000".to_owned())];
    check(&draft(&["https://app.example.com", "http://localhost:3000"], &["premium:user:basemaps"]), &expected);
    check(&draft(&["http://localhost:3000", "http://app.localhost"], &["premium:user:basemaps"]), &[]);
    check(&draft(&["https://localhost.example.com", "https://a.example"], &["premium:user:basemaps"]), &[]);
}

#[test]
fn a_long_life_of_a_key_that_acts_for_a_person_is_remarked_on() {
    let until = |date: &str, privilege: &str| Draft {
        expiration: date.to_owned(),
        ..draft(&["http://localhost"], &[privilege])
    };
    check(&until("2027-11-01", "portal:user:createItem"), &[Remark::LongLife(343)]);
    check(&until("2027-02-20", "portal:user:createItem"), &[]);
    check(&until("2027-11-01", "premium:user:basemaps"), &[]);
    check(&until("soon", "portal:user:createItem"), &[]);
}

#[test]
fn a_privilege_for_private_use_on_a_web_page_is_serious() {
    let expected = [Remark::PersonalInWebPage(id("portal:user:createItem"))];
    check(&draft(&["https://app.example.com"], &["portal:user:createItem", "premium:user:basemaps"]), &expected);
    check(&draft(&[], &["portal:user:createItem"]), &[]);
    check(&draft(&["http://localhost:3000"], &["portal:user:createItem"]), &[]);
    check(&draft(&["https://app.example.com"], &["premium:user:places"]), &[]);
    check(&draft(&["https://app.example.com"], &["portal:user:allowBetaAccess"]), &[]);
}

#[test]
fn the_answer_where_the_key_is_used_decides_about_referrers_and_private_use() {
    let used = |usage, referrers: &[&str], privilege| Draft { usage, ..draft(referrers, &[privilege]) };
    let (app, map, create) = (&["https://app.example.com"][..], "premium:user:basemaps", "portal:user:createItem");
    check(&used(Usage::WebPage, &[], map), &[Remark::NoReferrers]);
    check(&used(Usage::WebPage, app, map), &[]);
    check(&Draft { referrer_entry: "https://a.example".to_owned(), ..used(Usage::WebPage, &[], map) }, &[]);
    let personal = Remark::PersonalInWebPage(id(create));
    check(&used(Usage::WebPage, &[], create), &[Remark::NoReferrers, personal.clone()]);
    check(&used(Usage::Unsure, app, create), &[personal]);
    for usage in [Usage::Scripts, Usage::Native] {
        check(&used(usage, &[], create), &[]);
        check(&used(usage, app, create), &[Remark::ReferrersUnsent]);
        assert!(usage.sends_no_referrer());
    }
    check(&used(Usage::Unsure, &[], create), &[]);
}

#[test]
fn editing_without_items_reaches_every_layer() {
    let wide = draft(&[], &["features:user:edit"]);
    check(&wide, &[Remark::EveryLayer(id("features:user:edit"))]);
    check(&with_items(wide, &[("Trees", "Feature Service", "org")]), &[]);
    check(&draft(&[], &["portal:user:viewOrgItems"]), &[]);
    for known in &guide().privileges {
        let is_wide = privilege::reaches_every_layer(&id(&known.id));
        assert_eq!(known.trap == Some(Trap::EveryLayer), is_wide, "{}: the words beside it say the same", known.id);
    }
}

#[test]
fn keeping_addresses_beside_showing_them_is_remarked_on() {
    let both = draft(&[], &["premium:user:geocode:temporary", "premium:user:geocode:stored"]);
    check(&both, &[Remark::StoredToo(id("premium:user:geocode:stored"))]);
    check(&draft(&[], &["premium:user:geocode:stored"]), &[]);
    check(&draft(&[], &["premium:user:geocode:temporary"]), &[]);
    check(&draft(&[], &["premium:user:geocode"]), &[]);
}

#[test]
fn unneeded_and_missing_privileges_of_presets_are_remarked_on() {
    let gives = vec![id("premium:user:basemaps")];
    let map = AddedPreset { id: "show-a-map".to_owned(), added: gives.clone(), gives, lacks: Vec::new() };
    let with = |privileges: &[&str]| Draft { presets: vec![map.clone()], ..draft(&[], privileges) };
    check(&with(&["premium:user:basemaps"]), &[]);
    let unneeded = Remark::Unneeded(id("premium:user:elevation"), 2);
    check(&with(&["premium:user:basemaps", "premium:user:places", "premium:user:elevation"]), &[unneeded]);
    check(&draft(&[], &["premium:user:places"]), &[]);
    let lacks = Remark::NeededBy("Show a map".to_owned(), id("premium:user:basemaps"));
    check(&with(&[]), &[Remark::NothingGranted, lacks]);
}

#[test]
fn what_code_needs_is_needed_and_the_rest_is_remarked_on() {
    let (map, places) = (id("premium:user:basemaps"), id("premium:user:places"));
    let both = draft(&[], &["premium:user:basemaps", "premium:user:places"]);
    check(&both, &[]);
    let mut found = both.clone();
    found.choose_found(vec![map.clone()], Vec::new());
    check(&found, &[Remark::Unneeded(places.clone(), 1)]);
    found.choose_found(vec![places.clone()], Vec::new());
    check(&found, &[]);
    // A preset does not make what the code needs superfluous, not even in a restored draft.
    let preset =
        AddedPreset { id: "show-a-map".to_owned(), added: vec![map.clone()], gives: vec![map], lacks: Vec::new() };
    let mut with_preset = Draft { presets: vec![preset], ..both };
    with_preset.choose_found(vec![places], Vec::new());
    check(&with_preset, &[]);
    check(&Draft::restore(&with_preset.store()).expect("it is our own record"), &[]);
}

#[test]
fn a_public_item_and_a_map_without_its_layers_are_remarked_on() {
    let with = |items: &[(&str, &str, &str)]| with_items(draft(&[], &["premium:user:basemaps"]), items);
    check(&with(&[("Trees", "Feature Service", "public")]), &[Remark::PublicItem("Trees".to_owned())]);
    check(&with(&[("Trees", "Feature Service", "private")]), &[]);
    check(&with(&[("Town", "Web Map", "org")]), &[Remark::MapAlone("Town".to_owned())]);
    check(&with(&[("Town", "Web Map", "org"), ("Trees", "Feature Service", "org")]), &[]);
    check(&with(&[]), &[]);
}

#[test]
fn an_item_that_is_not_public_is_read_by_everyone_who_opens_the_page() {
    let with = |usage, items: &[(&str, &str, &str)]| Draft {
        usage,
        ..with_items(draft(&["https://app.example.com"], &["premium:user:basemaps"]), items)
    };
    let (trees, roads) = (("Trees", "Feature Service", "private"), ("Roads", "Feature Service", "org"));
    check(&with(Usage::WebPage, &[trees]), &[Remark::NonpublicItem("Trees".to_owned(), 1)]);
    check(&with(Usage::WebPage, &[trees, roads]), &[Remark::NonpublicItem("Trees".to_owned(), 2)]);
    check(&with(Usage::Unsure, &[trees]), &[]);
    check(&with(Usage::WebPage, &[("x", "", "")]), &[]);
}

/// In the order of the rules: a draft that triggers a rule, and the smallest change that satisfies it.
fn found_and_fixed() -> [[(Draft, KnownItems); 2]; RULES.len()] {
    let app = "https://app.example.com";
    let map = "premium:user:basemaps";
    let alone = |draft: Draft| (draft, KnownItems::default());
    let used = |usage, draft: Draft| alone(Draft { usage, ..draft });
    let with = |items: &[(&str, &str, &str)]| with_items(draft(&[app], &[map]), items);
    let preset = |privileges: &[&str]| Draft {
        presets: vec![AddedPreset {
            id: "x".to_owned(),
            added: vec![id(map)],
            gives: vec![id(map)],
            lacks: Vec::new(),
        }],
        ..draft(&[app], privileges)
    };
    let mut with_need = draft(&[app], &["premium:user:geocode:temporary"]);
    with_need.choose_found(vec![id("premium:user:geocode:stored")], Vec::new());
    let mut without_need = with_need.clone();
    without_need.choose_privilege(id("premium:user:geocode:stored"), false);
    let read = |layers: &[&str]| KnownItems { maps: vec![read_map("Map", layers, true)], ..KnownItems::default() };
    let naming = |title: &str| KnownItems { named: Some(vec![ItemId(title.to_owned())]), ..KnownItems::default() };
    [
        [draft(&[], &[]), draft(&[], &[map])].map(alone),
        [draft(&[], &["portal:admin:viewUsers"]), draft(&[], &["portal:user:viewOrgUsers"])].map(alone),
        [lasting(300, draft(&[], &[map])), lasting(300, draft(&[app], &[map]))].map(alone),
        [draft(&[], &[map]), draft(&[app], &[map])].map(|draft| used(Usage::WebPage, draft)),
        [draft(&[app], &[map]), draft(&[], &[map])].map(|draft| used(Usage::Scripts, draft)),
        [draft(&["https://*.github.io"], &[map]), draft(&["https://jane.github.io"], &[map])].map(alone),
        [draft(&["http://a.example"], &[map]), draft(&["https://a.example"], &[map])].map(alone),
        [draft(&["http://localhost:3000", app], &[map]), draft(&["http://localhost:3000"], &[map])].map(alone),
        [300, 30].map(|days| alone(lasting(days, draft(&[], &["portal:user:createItem"])))),
        [draft(&[app], &["portal:user:createItem"]), draft(&[app], &[map])].map(alone),
        [draft(&[], &["features:user:edit"]), with_items(draft(&[], &["features:user:edit"]), &[TREES])].map(alone),
        [
            draft(&[], &["premium:user:geocode:temporary", "premium:user:geocode:stored"]),
            draft(&[], &["premium:user:geocode:temporary"]),
        ]
        .map(alone),
        [preset(&[map, "premium:user:places"]), preset(&[map])].map(alone),
        [preset(&[]), preset(&[map])].map(alone),
        [without_need, with_need].map(alone),
        [(with_items(draft(&[app], &["premium:user:places"]), &[MAP]), styled()), (with(&[MAP]), styled())],
        [(with(&[]), unchosen()), (with(&[TREES]), unchosen())],
        [with(&[("Trees", "Feature Service", "public")]), with(&[TREES])].map(alone),
        [with(&[TREES]), with(&[])].map(|draft| used(Usage::WebPage, draft)),
        [with(&[MAP]), with(&[MAP, TREES])].map(alone),
        [(with(&[MAP]), read(&["Trees"])), (with(&[MAP, TREES]), read(&["Trees"]))],
        [(with(&[TREES]), naming("Roads")), (with(&[TREES]), naming("Trees"))],
    ]
}

#[test]
fn every_rule_finds_something_in_one_draft_and_nothing_in_its_neighbor() {
    for (place, (rule, drafts)) in RULES.iter().zip(found_and_fixed()).enumerate() {
        let guide = guide();
        let found = drafts
            .each_ref()
            .map(|(draft, known)| rule(&ReviewContext::new(draft, &guide, known, &catalogue::all(), NOW)));
        assert!(matches!(found, [Some(_), None]), "rule {place}: {found:?}");
    }
}

#[test]
fn the_serious_come_first_and_each_leads_to_its_field() {
    let mut all = with_items(
        draft(
            &["http://localhost:1", "https://*.github.io", "http://a.example"],
            &["portal:user:createItem", "premium:user:geocode:stored", "premium:user:geocode:temporary"],
        ),
        &[("Town", "Web Map", "public")],
    );
    all.expiration = "2027-11-01".to_owned();
    let found = review(&all, &KnownItems::default());
    let severities: Vec<RemarkSeverity> = found.iter().map(Remark::severity).collect();
    assert!(severities.is_sorted(), "{found:?}");
    let fields: Vec<Field> = found.iter().map(Remark::field).collect();
    use Field::{Expiration, Items, Privileges, Referrers};
    assert_eq!(
        fields,
        [Referrers, Referrers, Privileges, Referrers, Expiration, Privileges, Items, Items],
        "{found:?}"
    );
    assert_eq!(Remark::EveryLayer(id("features:user:edit")).field(), Privileges);
}

#[test]
fn what_a_leaked_key_could_do_follows_from_what_it_may() {
    let nothing = Exposure::default();
    let of = |privileges: &[&str]| draft(&[], privileges).exposure();
    assert_eq!(of(&[]), nothing);
    assert_eq!(of(&["premium:user:basemaps"]), Exposure { spends: true, ..nothing });
    assert_eq!(of(&["premium:user:staticMaps"]), Exposure { spends: true, ..nothing });
    assert_eq!(of(&["portal:user:viewOrgItems"]), Exposure { reads: true, ..nothing });
    assert_eq!(of(&["features:user:edit"]), Exposure { reads: true, changes: true, ..nothing });
    let administers = Exposure { reads: true, changes: true, administers: true, spends: false };
    assert_eq!(of(&["portal:admin:deleteUsers"]), administers);
    assert_eq!(of(&["PORTAL:ADMIN:VIEWUSERS"]), Exposure { changes: false, ..administers });
    let items = |access| with_items(draft(&[], &[]), &[("Trees", "Feature Service", access)]).exposure();
    assert_eq!(items("private"), Exposure { reads: true, ..nothing });
    assert_eq!(items("public"), nothing);
}

#[test]
fn shared_hosts_are_written_as_the_rule_compares_them() {
    for host in &guide().shared_hosts {
        let name = host.strip_prefix("*.").unwrap_or(host);
        assert!(name.contains('.') && !name.contains(['*', '/', ':']) && name == name.to_lowercase(), "{host}");
    }
    assert!(guide().shared_hosts.len() > 50);
}

fn lasting(days: i64, draft: Draft) -> Draft {
    let date = expiration::utc_date(NOW) + chrono::Days::new(days as u64);
    Draft { expiration: expiration::format_date(date), ..draft }
}

#[test]
fn a_key_that_can_do_nothing_is_found_before_it_is_created() {
    check(&draft(&[], &[]), &[Remark::NothingGranted]);
    check(&with_items(draft(&[], &[]), &[("Parcels", "Feature Service", "private")]), &[]);
}

#[test]
fn administrative_privileges_are_found_whatever_their_letters() {
    let unsure = |privileges: &[&str]| review(&draft(&["http://localhost"], privileges), &KnownItems::default());
    for admin in ["portal:admin:deleteItems", "Portal:Admin:changeUserRoles", "opendata:user:openDataAdmin"] {
        let found = unsure(&["portal:user:viewHostedTiles", admin]);
        assert!(found.contains(&Remark::Administrative(vec![id(admin)])), "{found:?}");
    }
    assert!(!unsure(&["portal:user:administrate"]).iter().any(|remark| matches!(remark, Remark::Administrative(_))));
}

#[test]
fn a_billed_key_that_works_anywhere_for_long_is_found() {
    let (billed, free) = ("premium:user:basemaps", "portal:user:viewHostedTiles");
    let is_found = |draft: &Draft| {
        draft
            .review(&guide(), &KnownItems::default(), &catalogue::all(), NOW)
            .iter()
            .any(|remark| matches!(remark, Remark::BilledAnywhere(_)))
    };
    for days in [90, 364] {
        assert!(is_found(&lasting(days, draft(&[], &[billed, free]))), "{days} days");
    }
    for days in [7, 30] {
        assert!(!is_found(&lasting(days, draft(&[], &[billed]))), "{days} days");
    }
    let long = || lasting(364, draft(&[], &[billed]));
    assert!(!is_found(&lasting(364, draft(&[], &[free]))), "nothing is billed");
    assert!(!is_found(&lasting(364, draft(&["https://app.example.com"], &[billed]))), "it is restricted");
    let referrer_entry = "https://app.example.com".to_owned();
    assert!(!is_found(&Draft { referrer_entry, ..long() }), "what is typed counts");
    let unresolved = vec![Unresolved::referrer("app.example.com")];
    assert!(!is_found(&Draft { unresolved, ..long() }), "that is asked about anyway");
    assert!(!is_found(&Draft { usage: Usage::Scripts, ..long() }), "scripts send no referrer");
    assert!(!is_found(&Draft { expiration: "soon".to_owned(), ..long() }), "that is a problem of its own");
}

/// A private item of the code that was not chosen.
fn unchosen() -> KnownItems {
    KnownItems { unchosen: vec![item("Trees", "Feature Service", "private")], ..KnownItems::default() }
}

/// A map that was read, and whose basemap is a service.
fn styled() -> KnownItems {
    let address = "https://basemapstyles-api.arcgis.com/arcgis/rest/services/styles/v2/styles/arcgis/navigation";
    let map = ReadMap { addresses: vec![address.to_owned()], ..read_map("Map", &[], true) };
    KnownItems { maps: vec![map], ..KnownItems::default() }
}

/// A map that was read, and the titles of the private items that it shows.
fn read_map(title: &str, layers: &[&str], is_whole: bool) -> ReadMap {
    let layers = layers.iter().map(|id| item(id, "Feature Service", "private")).collect();
    ReadMap { id: ItemId(title.to_owned()), layers, addresses: Vec::new(), is_whole }
}

#[track_caller]
fn check_items(items: &[(&str, &str, &str)], known: &KnownItems, expected: &[Remark]) {
    let draft = with_items(draft(&["https://app.example.com"], &["premium:user:basemaps"]), items);
    assert_eq!(review(&draft, known), expected, "{items:?}");
}

const MAP: (&str, &str, &str) = ("Map", "Web Map", "private");
const ROADS: (&str, &str, &str) = ("Roads", "Feature Service", "private");
const TREES: (&str, &str, &str) = ("Trees", "Feature Service", "private");

#[test]
fn a_map_that_was_read_is_remarked_on_while_private_layers_are_missing() {
    let mut known = KnownItems { maps: vec![read_map("Map", &["Roads", "Trees"], true)], ..KnownItems::default() };
    check_items(&[MAP], &known, &[Remark::LayersLeftOut("Map".to_owned(), 2)]);
    check_items(&[MAP, ROADS], &known, &[Remark::LayersLeftOut("Map".to_owned(), 1)]);
    check_items(&[MAP, ROADS, TREES], &known, &[]);
    check_items(&[ROADS], &known, &[]);
    // Without private layers a map alone is enough; if it is half read, that is unknown.
    known.add_maps(vec![read_map("Map", &[], true)]);
    check_items(&[MAP], &known, &[]);
    let mut known = KnownItems { maps: vec![read_map("Map", &[], false)], ..KnownItems::default() };
    check_items(&[MAP], &known, &[Remark::MapAlone("Map".to_owned())]);
    known.add_maps(vec![read_map("Map", &["Roads"], false)]);
    assert_eq!(known.maps.len(), 1);
    check_items(&[MAP], &known, &[Remark::LayersLeftOut("Map".to_owned(), 1)]);
}

#[test]
fn a_reading_that_was_cut_short_takes_nothing_away() {
    let mut known = KnownItems { maps: vec![read_map("Map", &["Roads", "Trees"], true)], ..KnownItems::default() };
    known.add_maps(vec![read_map("Map", &["Roads"], false)]);
    check_items(&[MAP, ROADS], &known, &[Remark::LayersLeftOut("Map".to_owned(), 1)]);
    known.add_maps(vec![read_map("Map", &["Roads"], true)]);
    check_items(&[MAP, ROADS], &known, &[]);
}

#[test]
fn the_count_of_missing_layers_is_that_of_the_map_that_is_named() {
    let maps = vec![read_map("Map", &["Roads"], true), read_map("Plan", &["Trees", "Parks"], true)];
    let known = KnownItems { maps, ..KnownItems::default() };
    let plan = ("Plan", "Web Map", "private");
    check_items(&[MAP, plan], &known, &[Remark::LayersLeftOut("Map".to_owned(), 1)]);
    check_items(&[plan], &known, &[Remark::LayersLeftOut("Plan".to_owned(), 2)]);
}

#[test]
fn more_items_than_the_code_names_are_remarked_on_but_not_what_its_map_shows() {
    let mut known = KnownItems { maps: vec![read_map("Map", &["Roads"], true)], ..KnownItems::default() };
    check_items(&[MAP, ROADS, TREES], &known, &[]);
    known.add_named(vec![ItemId("Map".to_owned())]);
    check_items(&[MAP, ROADS, TREES], &known, &[Remark::ItemsBeyondCode("Trees".to_owned(), 1)]);
    check_items(&[MAP, ROADS], &known, &[]);
    known.add_named(vec![ItemId("Trees".to_owned())]);
    check_items(&[MAP, ROADS, TREES], &known, &[]);
    let nothing_named = KnownItems { named: Some(Vec::new()), ..KnownItems::default() };
    check_items(&[ROADS, TREES], &nothing_named, &[Remark::ItemsBeyondCode("Roads".to_owned(), 2)]);
}

#[test]
fn a_chosen_map_whose_basemap_the_key_could_not_open_is_remarked_on() {
    let known = styled();
    check_items(&[MAP], &known, &[]);
    let remarks = |privileges: &[&str], items: &[(&str, &str, &str)], known: &KnownItems| {
        review(&with_items(draft(&["https://app.example.com"], privileges), items), known)
    };
    let needed = Remark::NeededBy("Map".to_owned(), id("premium:user:basemaps"));
    assert_eq!(remarks(&["premium:user:places"], &[MAP], &known), std::slice::from_ref(&needed));
    assert_eq!(remarks(&["premium:user:places"], &[ROADS], &known), [], "the map is not chosen");
    let mut half = KnownItems { maps: vec![read_map("Map", &[], true)], ..KnownItems::default() };
    half.add_maps(vec![ReadMap { is_whole: false, ..known.maps[0].clone() }]);
    assert_eq!(remarks(&["premium:user:places"], &[MAP], &half), [needed]);
}

#[test]
fn what_a_map_needs_is_named_as_the_account_has_it() {
    const PARENT: &str = "premium:user:networkanalysis";
    const CHILD: &str = "premium:user:networkanalysis:routing";
    let mut map = read_map("Map", &[], true);
    map.addresses.push("https://route-api.arcgis.com/arcgis/rest/services/World/Route/NAServer".to_owned());
    let known = KnownItems { maps: vec![map], ..KnownItems::default() };
    let remarks = |chosen: &str, offered: &[&str]| {
        let offered: Vec<PrivilegeId> = offered.iter().map(|offered| id(offered)).collect();
        let draft = with_items(draft(&["https://app.example.com"], &[chosen]), &[MAP]);
        draft.review(&guide(), &known, &catalogue::offered(&offered), NOW)
    };
    let needed = |privilege: &str| [Remark::NeededBy("Map".to_owned(), id(privilege))];
    let places = "premium:user:places";
    assert_eq!(remarks(places, &[places, PARENT]), needed(PARENT));
    assert_eq!(remarks(places, &[places, CHILD]), needed(CHILD));
    assert_eq!(remarks(places, &[places]), [], "it cannot be chosen");
    assert_eq!(remarks(PARENT, &[PARENT]), []);
    assert_eq!(remarks(CHILD, &[CHILD]), []);
}

#[test]
fn what_a_map_and_a_preset_of_one_title_need_is_said_once() {
    let (title, basemaps) = ("Show a map", id("premium:user:basemaps"));
    let map = ReadMap { id: ItemId(title.to_owned()), ..styled().maps.remove(0) };
    let known = KnownItems { maps: vec![map], ..KnownItems::default() };
    let places = draft(&["https://app.example.com"], &["premium:user:places"]);
    let with_map = with_items(places, &[(title, "Web Map", "private")]);
    let expected = [Remark::NeededBy(title.to_owned(), basemaps.clone())];
    assert_eq!(review(&with_map, &known), expected);
    let gives = vec![basemaps, id("premium:user:places")];
    let preset = AddedPreset { id: "show-a-map".to_owned(), gives, added: Vec::new(), lacks: Vec::new() };
    assert_eq!(review(&Draft { presets: vec![preset], ..with_map }, &known), expected);
}

#[test]
fn what_a_chosen_map_needs_is_not_called_needless() {
    let address = "premium:user:geocode:temporary";
    let mut draft = draft(&["https://app.example.com"], &[address, "premium:user:basemaps"]);
    draft.needed = vec![id(address)];
    let beside = Remark::Unneeded(id("premium:user:basemaps"), 1);
    assert_eq!(review(&draft, &styled()), [beside]);
    assert_eq!(review(&with_items(draft, &[MAP]), &styled()), []);
}

#[test]
fn an_item_that_was_ticked_and_not_chosen_is_named_until_the_person_decides() {
    let chosen = draft(&["https://app.example.com"], &["premium:user:basemaps"]);
    let mut known = unchosen();
    assert_eq!(review(&chosen, &known), [Remark::ItemNotChosen("Trees".to_owned(), 1)]);
    known.add_unchosen(vec![item("Roads", "Feature Service", "private"), item("Trees", "Feature Service", "private")]);
    assert_eq!(review(&chosen, &known), [Remark::ItemNotChosen("Trees".to_owned(), 2)]);
    assert_eq!(review(&with_items(chosen.clone(), &[TREES, ROADS]), &known), []);
    known.unchosen.pop();
    known.named = Some(Vec::new());
    assert_eq!(review(&with_items(chosen.clone(), &[TREES]), &known), [], "the code names it");
    known.add_named(vec![ItemId("Trees".to_owned())]);
    assert_eq!(review(&chosen, &known), []);
}
