use std::collections::BTreeSet;

use super::*;
use crate::credential::guide::tests::guide;
use crate::credential::guide::{Guide, Product};
use crate::credential::notice::{Notice, Outcome, Source};
use crate::credential::spec::Spec;
use crate::timestamp::Timestamp;

/// The needs stated by Esri's own pages.
const STATED: &str = include_str!("stated.txt");

/// 2026-11-29 12:00 UTC.
const NOW: Timestamp = Timestamp(1_795_953_600_000);

fn ids(list: &[&str]) -> Vec<PrivilegeId> {
    list.iter().map(|entry| PrivilegeId((*entry).to_owned())).collect()
}

/// All privileges that accounts of the product can have.
fn held(guide: &Guide, product: Product) -> Vec<PrivilegeId> {
    let of_product = guide.privileges.iter().filter(|privilege| privilege.products.contains(&product));
    of_product.map(|of_product| PrivilegeId(of_product.id.clone())).collect()
}

fn preset(id: &str, privileges: &[&str]) -> Preset {
    let privileges = privileges.iter().map(|privilege| (*privilege).to_owned()).collect();
    Preset { id: id.to_owned(), title: id.to_owned(), privileges, ..Preset::default() }
}

fn named(guide: &Guide, id: &str) -> Preset {
    guide.presets.iter().find(|preset| preset.id == id).unwrap_or_else(|| panic!("no preset {id}")).clone()
}

const MAP: &str = "premium:user:basemaps";
const ROUTING: &str = "premium:user:networkanalysis:routing";
const NETWORK: &str = "premium:user:networkanalysis";
const GEOCODE: &str = "premium:user:geocode";
const TEMPORARY: &str = "premium:user:geocode:temporary";
const STORED: &str = "premium:user:geocode:stored";

#[test]
fn every_preset_comes_to_privileges_that_exist_on_each_product() {
    let guide = guide();
    for product in [Product::Platform, Product::Online, Product::Enterprise] {
        let groups = catalogue::offered(&held(&guide, product));
        for preset in &guide.presets {
            let Resolved { gives, lacks, .. } = preset.resolve(&groups, Usage::Unsure);
            for id in &gives {
                let known = guide.known(&id.0).expect("it is in the data");
                assert!(known.products.contains(&product), "{}: {} on {product:?}", preset.id, id.0);
            }
            for id in &lacks {
                let known = guide.known(&id.0).expect("it is in the data");
                assert!(!known.products.contains(&product), "{}: {} is on {product:?}", preset.id, id.0);
            }
            assert!(!gives.is_empty() || !lacks.is_empty() || preset.needs_items, "{} needs nothing", preset.id);
        }
    }
}

/// Adds what the address finds; returns what the Summary then requests and what the account lacks, in the table's
/// notation.
fn asked_for(guide: &Guide, product: Product, address: &str) -> Vec<String> {
    let groups = catalogue::offered(&held(guide, product));
    let preset = find(&guide.presets, address).into_iter().next().unwrap_or_else(|| panic!("{address} finds nothing"));
    let mut draft = Draft { title: "A key".to_owned(), expiration: "2026-12-29".to_owned(), ..Draft::default() };
    draft.add_preset(preset, &groups);
    let lacks = preset.resolve(&groups, Usage::Unsure).lacks;
    let spec = draft.check(NOW);
    let asked = spec.as_ref().map(Spec::privileges).unwrap_or_default();
    let mut written: Vec<String> = asked.iter().map(|id| id.0.clone()).collect();
    written.extend(lacks.iter().map(|id| format!("!{}", id.0)));
    written.sort();
    written
}

#[test]
fn from_each_address_one_press_asks_for_exactly_what_the_page_states() {
    let guide = guide();
    let rows: Vec<&str> = STATED.lines().filter(|line| !line.starts_with('#')).collect();
    for row in &rows {
        let [address, platform, online] = row.split(" | ").collect::<Vec<_>>()[..] else { panic!("{row}") };
        for (product, ids) in [(Product::Platform, platform), (Product::Online, online)] {
            let mut expected: Vec<String> = ids.split(' ').map(whole).collect();
            expected.sort();
            assert_eq!(asked_for(&guide, product, address), expected, "{address} on {product:?}");
        }
    }
    assert_eq!(rows.len(), 30, "every page of the facts that states what it needs");
    let stated = guide.presets.iter().filter(|preset| preset.basis != Basis::Inferred);
    for address in stated.flat_map(|preset| &preset.addresses) {
        assert!(rows.iter().any(|row| row.starts_with(&format!("{address} |"))), "{address} states nothing");
    }
    // The page says that keys are not supported.
    let without_keys = "https://developers.arcgis.com/arcgis-rest-js/spatial-analysis/perform-a-feature-analysis/";
    assert_eq!(find(&guide.presets, without_keys), Vec::<&Preset>::new());
}

/// Expands a short id to a full one; keeps a leading `!`.
fn whole(short: &str) -> String {
    let (mark, id) = short.strip_prefix('!').map_or(("", short), |id| ("!", id));
    let realm = if id.starts_with("portal:") { "" } else { "premium:user:" };
    [mark, realm, id].concat()
}

#[test]
fn every_address_finds_its_preset_however_it_is_pasted() {
    let guide = guide();
    for preset in &guide.presets {
        for address in &preset.addresses {
            for typed in
                [address.clone(), format!("{address}#step-2"), address.to_uppercase(), format!(" {address}?a=b ")]
            {
                let found = find(&guide.presets, &typed);
                assert_eq!(found.first().map(|found| found.id.as_str()), Some(preset.id.as_str()), "{typed}");
            }
        }
    }
}

#[test]
fn names_and_addresses_are_unique_and_every_title_finds_its_preset() {
    let guide = guide();
    let names: BTreeSet<&str> = guide.presets.iter().map(|preset| preset.id.as_str()).collect();
    assert_eq!(names.len(), guide.presets.len());
    let addresses: Vec<&String> = guide.presets.iter().flat_map(|preset| &preset.addresses).collect();
    assert_eq!(addresses.iter().collect::<BTreeSet<_>>().len(), addresses.len());
    for preset in &guide.presets {
        assert!(is_name(&preset.id), "{}", preset.id);
        assert!(preset.addresses.iter().all(|address| address.starts_with("https://")), "{}", preset.id);
        assert!(!preset.privileges.iter().any(|privilege| privilege.contains(":admin:")), "{}", preset.id);
        let first = find(&guide.presets, &preset.title)[0];
        assert_eq!(first.title, preset.title);
    }
}

#[test]
fn presets_are_found_by_task_sdk_and_other_words() {
    let guide = guide();
    for (typed, expected) in [
        ("show a map", "show-a-map"),
        ("directions", "directions"),
        ("batch geocoding", "geocode-a-table"),
        ("isochrone", "service-areas"),
        ("poi", "places-nearby"),
        ("leaflet", "esri-leaflet"),
        ("maplibre", "maplibre"),
        ("QGIS", "qgis"),
        ("@arcgis/core", "maps-sdk-javascript"),
        ("kotlin display a map", "kotlin-display-a-map"),
        ("private layers", "private-layers"),
        ("elevation", "elevation"),
    ] {
        let found: Vec<&str> = find(&guide.presets, typed).iter().map(|item| item.id.as_str()).collect();
        assert_eq!(found.first(), Some(&expected), "{typed}: {found:?}");
        assert!(found.len() <= MAX_LISTED);
    }
    for typed in
        ["", "  ", "xyzzy", "https://www.example.com/display-a-map/", "https://developers.arcgis.com/other/page/"]
    {
        assert_eq!(find(&guide.presets, typed), Vec::<&Preset>::new(), "{typed}");
    }
}

#[test]
fn a_preset_takes_the_parent_where_the_account_has_only_that_and_the_children_where_it_has_only_those() {
    let online = catalogue::offered(&ids(&[MAP, GEOCODE, TEMPORARY, STORED, NETWORK, ROUTING]));
    let resolved = preset("a", &[MAP, TEMPORARY, ROUTING, STORED]).resolve(&online, Usage::Unsure);
    assert_eq!(resolved.gives, ids(&[MAP, GEOCODE, NETWORK]), "a parent once");
    assert_eq!(resolved.lacks, []);
    let platform = catalogue::offered(&ids(&[MAP, TEMPORARY, STORED, ROUTING]));
    assert_eq!(preset("a", &[TEMPORARY]).resolve(&platform, Usage::Unsure).gives, ids(&[TEMPORARY]));
    assert_eq!(preset("a", &[GEOCODE]).resolve(&platform, Usage::Unsure).gives, ids(&[STORED, TEMPORARY]));
    assert_eq!(
        preset("a", &["premium:user:places"]).resolve(&platform, Usage::Unsure).lacks,
        ids(&["premium:user:places"])
    );
}

#[test]
fn several_presets_add_up_and_each_takes_back_what_it_alone_added() {
    let groups = catalogue::offered(&ids(&[MAP, ROUTING, TEMPORARY]));
    let mut draft = Draft::default();
    draft.choose_privilege(PrivilegeId(TEMPORARY.to_owned()), true);
    draft.add_preset(&preset("map", &[MAP]), &groups);
    draft.add_preset(&preset("way", &[MAP, ROUTING, TEMPORARY]), &groups);
    draft.add_preset(&preset("way", &[MAP]), &groups);
    assert_eq!(draft.presets.len(), 2, "each once");
    assert_eq!(draft.privileges, ids(&[MAP, TEMPORARY, ROUTING]));
    assert_eq!(draft.presets[1].added, ids(&[ROUTING]));
    draft.remove_preset("map");
    assert_eq!(draft.privileges, ids(&[MAP, TEMPORARY, ROUTING]), "the other one needs the map, too");
    draft.remove_preset("way");
    assert_eq!(draft.privileges, ids(&[TEMPORARY]), "what was chosen by hand stays");
    draft.remove_preset("nothing");
    assert_eq!(draft.presets, []);
}

#[test]
fn presets_of_a_link_are_met_by_the_account_and_missing_privileges_are_reported() {
    let mut presets =
        vec![named(&guide(), "openlayers-places-nearby"), preset("own", &["portal:admin:viewUsers", ROUTING])];
    presets[1].basis = Basis::Deployer;
    let names = ["openlayers-places-nearby", "own", "nobody-knows"].map(str::to_owned);
    let mut draft = Draft { wanted_presets: names.to_vec(), ..Draft::default() };
    let groups = catalogue::offered(&ids(&[MAP, NETWORK, "portal:admin:viewUsers"]));
    let notes = draft.reconcile_presets(&presets, &groups);
    let told: Vec<(&str, &Rejection)> = notes.iter().map(|note| (note.what.as_str(), &note.why)).collect();
    assert_eq!(told, [("premium:user:places", &Rejection::NotHeld), ("nobody-knows", &Rejection::NoPreset)]);
    assert_eq!(draft.privileges, ids(&[MAP, NETWORK]));
    assert_eq!(draft.withheld, ids(&["portal:admin:viewUsers"]));
    assert_eq!(draft.wanted_presets, Vec::<String>::new());
    assert_eq!(draft.presets.len(), 2);
    assert_eq!(draft.reconcile_presets(&presets, &groups), [], "once");
    assert_eq!(draft.named_presets().0, ["openlayers-places-nearby"], "the other one waits for the person");
    draft.add_withheld();
    assert_eq!(draft.named_presets(), (vec!["openlayers-places-nearby", "own"], vec![]));
}

/// Compares a draft with an account, as a sign-in does; returns what its notice says was left out.
fn compare(draft: &mut Draft, presets: &[Preset], groups: &[Group]) -> Vec<Note> {
    let notes = draft.reconcile_privileges(groups);
    draft.note(notes);
    let notes = draft.reconcile_presets(presets, groups);
    draft.note(notes);
    draft.notice.as_ref().expect("a notice").left_out.clone()
}

#[test]
fn a_preset_is_resolved_again_for_an_account_that_has_what_an_earlier_one_lacked() {
    let presets = [preset("own", &[MAP, ROUTING])];
    let notice = Some(Notice::new(Outcome::Filled(Source::Link)));
    let mut draft = Draft { wanted_presets: vec!["own".to_owned()], notice, ..Draft::default() };
    let compare = |draft: &mut Draft, held: &[&str]| compare(draft, &presets, &catalogue::offered(&ids(held))).len();
    assert_eq!(compare(&mut draft, &[MAP]), 1);
    let first = Draft::restore(&draft.store()).expect("a draft");
    assert_eq!(first.presets, draft.presets);
    assert_eq!(compare(&mut draft, &[MAP]), 1);
    assert_eq!((&draft.privileges, &draft.presets), (&first.privileges, &first.presets), "the same account");
    assert_eq!(compare(&mut draft, &[MAP, NETWORK]), 0, "the parent gives it");
    assert_eq!(draft.privileges, ids(&[MAP, NETWORK]));
    assert_eq!((draft.presets[0].gives.clone(), draft.presets[0].lacks.len()), (ids(&[MAP, NETWORK]), 0));
    draft.remove_preset("own");
    assert_eq!(draft.privileges, []);
}

#[test]
fn a_preset_is_resolved_again_for_an_account_that_lacks_what_it_gave() {
    let presets = [preset("own", &[MAP, ROUTING])];
    let [online, platform] = [[MAP, NETWORK], [MAP, ROUTING]].map(|held| catalogue::offered(&ids(&held)));
    // Without a sign-in, everything is offered.
    let mut draft = Draft { is_uncompared: true, ..Draft::default() };
    draft.add_preset(&presets[0], &catalogue::all());
    assert_eq!(draft.privileges, ids(&[MAP, ROUTING]));
    for (groups, expected) in [(&online, [MAP, NETWORK]), (&platform, [MAP, ROUTING]), (&online, [MAP, NETWORK])] {
        assert!(draft.has_presets_to_resolve(groups));
        draft.notify(Outcome::Filled(Source::OtherAccount));
        assert_eq!(compare(&mut draft, &presets, groups), [], "nothing is left out");
        assert_eq!((&draft.privileges, draft.presets.len()), (&ids(&expected), 1));
    }
}

#[test]
fn a_preset_that_is_resolved_again_leaves_unticked_what_was_unticked_and_takes_what_a_parent_includes() {
    let own = [preset("own", &[MAP, NETWORK])];
    let notice = Some(Notice::new(Outcome::Filled(Source::Link)));
    let mut draft = Draft { wanted_presets: vec!["own".to_owned()], notice, ..Draft::default() };
    draft.reconcile_presets(&own, &catalogue::offered(&ids(&[MAP])));
    draft.choose_privilege(PrivilegeId(MAP.to_owned()), false);
    // Location Platform has only what the parent includes.
    let groups = catalogue::offered(&ids(&[MAP, ROUTING]));
    assert!(draft.has_presets_to_resolve(&groups));
    draft.reconcile_presets(&own, &groups);
    assert_eq!(draft.privileges, ids(&[ROUTING]));
    assert!(!draft.has_presets_to_resolve(&groups));
}

#[test]
fn what_was_unticked_of_a_preset_does_not_come_back_in_another_spelling() {
    let presets = [preset("own", &[MAP, ROUTING])];
    let [online, platform] = [[MAP, NETWORK], [MAP, ROUTING]].map(|held| catalogue::offered(&ids(&held)));
    let notice = Some(Notice::new(Outcome::Filled(Source::OtherAccount)));
    let mut draft = Draft { notice, ..Draft::default() };
    draft.add_preset(&presets[0], &platform);
    draft.choose_privilege(PrivilegeId(ROUTING.to_owned()), false);
    assert_eq!(compare(&mut draft, &presets, &online), []);
    assert_eq!(draft.privileges, ids(&[MAP]));
}

#[test]
fn another_spelling_stays_if_it_was_chosen_or_is_that_of_something_ticked() {
    const AREA: &str = "premium:user:networkanalysis:servicearea";
    let (ways, areas) = (preset("ways", &[ROUTING]), preset("areas", &[AREA]));
    let online = catalogue::offered(&ids(&[NETWORK]));
    let notice = || Some(Notice::new(Outcome::Filled(Source::OtherAccount)));
    // The wider privilege was chosen by hand.
    let mut draft = Draft { notice: notice(), ..Draft::default() };
    draft.add_preset(&ways, &catalogue::all());
    draft.choose_privilege(PrivilegeId(ROUTING.to_owned()), false);
    draft.choose_privilege(PrivilegeId(NETWORK.to_owned()), true);
    compare(&mut draft, std::slice::from_ref(&ways), &online);
    assert_eq!(draft.privileges, ids(&[NETWORK]));
    // It is also what another preset, which was left as it is, needs.
    let mut draft = Draft { notice: notice(), ..Draft::default() };
    let platform = catalogue::offered(&ids(&[ROUTING, AREA]));
    draft.add_preset(&ways, &platform);
    draft.add_preset(&areas, &platform);
    draft.choose_privilege(PrivilegeId(ROUTING.to_owned()), false);
    compare(&mut draft, &[ways, areas], &online);
    assert_eq!(draft.privileges, ids(&[NETWORK]));
}

#[test]
fn an_administrative_privilege_that_the_person_decided_about_is_not_asked_about_again() {
    const USERS: &str = "portal:admin:viewUsers";
    let presets = [preset("own", &[MAP, USERS])];
    for (decide, chosen) in
        [(Draft::add_withheld as fn(&mut Draft), vec![USERS, MAP]), (|draft| draft.withheld.clear(), vec![MAP])]
    {
        let notice = Some(Notice::new(Outcome::Filled(Source::Link)));
        let mut draft = Draft { wanted_presets: vec!["own".to_owned()], notice, ..Draft::default() };
        compare(&mut draft, &presets, &catalogue::offered(&ids(&[USERS])));
        assert_eq!(draft.withheld, ids(&[USERS]));
        decide(&mut draft);
        compare(&mut draft, &presets, &catalogue::offered(&ids(&[MAP, USERS])));
        assert_eq!((draft.privileges.clone(), draft.withheld.clone()), (ids(&chosen), Vec::new()));
    }
}

#[test]
fn a_preset_gives_a_web_page_nothing_for_private_use() {
    const CREATE: &str = "portal:user:createItem";
    let groups = catalogue::offered(&ids(&[MAP, CREATE]));
    let own = preset("own", &[MAP, CREATE]);
    let mut draft = Draft { usage: Usage::WebPage, ..Draft::default() };
    draft.add_preset(&own, &groups);
    assert_eq!(draft.privileges, ids(&[MAP]));
    assert_eq!(own.resolve(&groups, Usage::WebPage).closed, ids(&[CREATE]));
    let mut draft = Draft { usage: Usage::WebPage, wanted_presets: vec!["own".to_owned()], ..Draft::default() };
    let notes = draft.reconcile_presets(std::slice::from_ref(&own), &groups);
    assert_eq!(notes, [Note { what: CREATE.to_owned(), why: Rejection::PrivateUse }]);
    let mut draft = Draft { usage: Usage::Scripts, ..Draft::default() };
    draft.add_preset(&own, &groups);
    assert_eq!(draft.privileges, ids(&[CREATE, MAP]));
}

#[test]
fn a_link_names_a_preset_only_while_everything_of_it_is_chosen() {
    let groups = catalogue::offered(&ids(&[MAP, ROUTING, TEMPORARY]));
    let mut draft = Draft::default();
    draft.choose_privilege(PrivilegeId(TEMPORARY.to_owned()), true);
    draft.add_preset(&preset("way", &[MAP, ROUTING]), &groups);
    assert_eq!(draft.named_presets(), (vec!["way"], vec![TEMPORARY]));
    draft.choose_privilege(PrivilegeId(ROUTING.to_owned()), false);
    assert_eq!(draft.named_presets(), (vec![], vec![MAP, TEMPORARY]));
}

#[test]
fn a_name_is_no_address() {
    for name in ["show-a-map", "a", "3d"] {
        assert!(is_name(name), "{name}");
    }
    for text in ["", "Maps", "evil.example", "https://evil.example", "a b", "a_b", &"a".repeat(65)] {
        assert!(!is_name(text), "{text}");
    }
}
