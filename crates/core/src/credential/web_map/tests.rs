use std::collections::BTreeMap;

use super::*;
use crate::credential::guide::tests::guide;
use crate::portal::error::Refusal;

const OWN: &str = "own-org";

/// An id that differs in one character.
fn id(name: &str) -> ItemId {
    ItemId(format!("{name:0>32}"))
}

/// A portal with a few items: type, access, organization, address, and what the data shows.
#[derive(Default)]
struct Portal {
    items: BTreeMap<String, (FoundItem, String, String, Vec<Layer>)>,
    refused: Vec<ItemId>,
    asked: Vec<Ask>,
}

impl Portal {
    fn with(mut self, name: &str, kind: &str, access: &str, layers: &[(&str, &str, &str)]) -> Self {
        let layer = |(title, item, address): &(&str, &str, &str)| Layer {
            name: (*title).to_owned(),
            item: (!item.is_empty()).then(|| id(item)),
            addresses: if address.is_empty() { Vec::new() } else { vec![(*address).to_owned()] },
        };
        let item = FoundItem {
            id: id("other"),
            title: format!("Title {name}"),
            kind: kind.to_owned(),
            access: access.to_owned(),
            owner: "jane".to_owned(),
        };
        let layers = layers.iter().map(layer).collect();
        self.items.insert(id(name).0, (item, OWN.to_owned(), String::new(), layers));
        self
    }

    fn change(mut self, name: &str, change: impl FnOnce(&mut (FoundItem, String, String, Vec<Layer>))) -> Self {
        change(self.items.get_mut(&id(name).0).expect("it is there"));
        self
    }

    fn refusing(mut self, name: &str) -> Self {
        self.refused.push(id(name));
        self
    }

    fn answer(&mut self, ask: &Ask) -> Result<MapAnswer, Error> {
        self.asked.push(ask.clone());
        let (Ask::Item(id) | Ask::Data(id)) = ask;
        if self.refused.contains(id) {
            return Err(forbidden());
        }
        let (item, org_id, address, layers) = self.items.get(&id.0).cloned().ok_or_else(forbidden)?;
        Ok(match ask {
            Ask::Item(_) => MapAnswer::Item { item, org_id, address },
            Ask::Data(_) => MapAnswer::Data(layers),
        })
    }

    /// Reads a map completely, answering the last request first.
    fn read(&mut self, roots: &[&str]) -> Reading {
        let mut reading = Reading::new(OWN.to_owned());
        for root in roots {
            reading.add(&id(root));
        }
        let mut open = Vec::new();
        loop {
            while let Some(ask) = reading.next_ask() {
                open.push(ask);
            }
            assert!(open.len() <= AT_ONCE);
            let Some(ask) = open.pop() else { break };
            let answer = self.answer(&ask);
            reading.take(&ask, answer);
        }
        assert!(reading.is_over());
        reading
    }
}

fn forbidden() -> Error {
    Error::Refused(Refusal::new(403, "", "No", [].into_iter()))
}

/// The needs, each with its layers: `premium:user:basemaps: Night`.
fn needs(reading: &Reading) -> Vec<String> {
    let line = |finding: Finding| {
        let need = match finding.need {
            Need::Privilege(id) => id.0,
            Need::Item(id) => id.0.trim_start_matches('0').to_owned(),
        };
        let layer = |place| match place {
            Place::Layer(name) => name,
            Place::Line { .. } => panic!("{place:?} is no layer"),
        };
        [need, finding.places.into_iter().map(layer).collect::<Vec<_>>().join(", ")].join(": ")
    };
    reading.findings(&guide().recognizers).into_iter().map(line).collect()
}

const BASEMAP: &str = "https://basemapstyles-api.arcgis.com/arcgis/rest/services/styles/v2/styles/arcgis/navigation";
const ROUTE: &str = "https://route-api.arcgis.com/arcgis/rest/services/World/Route/NAServer/Route_World";

#[test]
fn a_map_needs_the_privileges_of_its_services_and_access_to_itself_and_its_private_layers() {
    let mut portal = Portal::default()
        .with(
            "a",
            "Web Map",
            "org",
            &[
                ("Roads", "b", "https://x.example/FeatureServer/0"),
                ("Roads again", "b", "https://x.example/FeatureServer/1"),
                ("Trees", "c", ""),
                ("Loose", "", "https://y.example/MapServer"),
                ("Night", "", BASEMAP),
                ("", "", BASEMAP),
                ("", "d", ""),
            ],
        )
        .with("b", "Feature Service", "private", &[])
        .with("c", "Feature Service", "public", &[])
        .with("d", "Image Service", "shared", &[])
        .change("d", |(_, _, address, _)| *address = ROUTE.to_owned());
    let reading = portal.read(&["a"]);
    let expected = [
        &format!("premium:user:basemaps: Night, {BASEMAP}"),
        "premium:user:networkanalysis:routing: Title d",
        "a: Title a",
        "b: Roads, Roads again",
        "d: Title d",
    ];
    assert_eq!(needs(&reading), expected);
    assert_eq!(reading.gaps(), []);
    assert_eq!(portal.asked.len(), 5, "each item once, and the data of the map");
    assert_eq!(reading.progress(), (5, 5));
    assert_eq!(reading.private()[0].id, id("a"), "an answer does not say whose it is");
}

#[test]
fn an_app_leads_to_its_map_and_a_circle_of_items_ends() {
    let mut portal = Portal::default()
        .with("a", "Web Mapping Application", "public", &[("", "b", "")])
        .with("b", "Web Map", "private", &[("Group", "c", ""), ("Back", "a", ""), ("Self", "b", "")])
        .with("c", "Group Layer", "private", &[("Deep", "d", ""), ("Round", "b", "")])
        .with("d", "Feature Service", "org", &[]);
    let reading = portal.read(&["a", "a"]);
    assert_eq!(
        needs(&reading),
        ["b: Self, Round", "c: Group", "d: Deep"].map(|line| line.replace("Self", "Title b, Self"))
    );
    assert_eq!(portal.asked.len(), 7, "four items and three data");
    let maps: Vec<(ItemId, Vec<ItemId>)> = reading
        .maps()
        .into_iter()
        .map(|map| (map.id, map.layers.into_iter().map(|layer| layer.id).collect()))
        .collect();
    let expected = [
        (id("a"), vec![id("b"), id("c"), id("d")]),
        (id("b"), vec![id("c"), id("d")]),
        (id("c"), vec![id("d"), id("b")]),
    ];
    assert_eq!(maps, expected);
    assert!(reading.maps().iter().all(|map| map.is_whole));
}

#[test]
fn what_is_refused_is_named_and_does_not_stop_the_rest() {
    let map = [("Roads", "b", ""), ("Trees", "c", ""), ("Parks", "d", ""), ("Other", "e", ""), ("Inner", "f", "")];
    let mut portal = Portal::default()
        .with("a", "Web Map", "private", &map)
        .with("b", "Feature Service", "private", &[])
        .with("d", "Feature Service", "private", &[])
        .with("e", "Feature Service", "shared", &[])
        .change("e", |(_, org, ..)| *org = "another".to_owned())
        .with("f", "Web Map", "public", &[])
        .refusing("b");
    let reading = portal.read(&["a"]);
    assert_eq!(needs(&reading), ["a: Title a", "d: Parks"]);
    let unread = |name: &str| Gap::Unread(name.to_owned(), forbidden());
    assert_eq!(reading.gaps(), [unread("Roads"), unread("Trees"), Gap::OfOthers("Title e".to_owned())]);
    assert_eq!(reading.maps().iter().map(|map| map.is_whole).collect::<Vec<_>>(), [false, true]);

    let mut alone = Portal::default().refusing("a");
    let reading = alone.read(&["a"]);
    assert_eq!((reading.gaps(), needs(&reading)), (vec![unread(&id("a").0)], Vec::new()));
    assert_eq!(reading.maps(), []);
}

#[test]
fn data_that_cannot_be_read_is_a_gap_of_its_map() {
    let mut reading = Reading::new(OWN.to_owned());
    reading.add(&id("a"));
    let mut portal = Portal::default().with("a", "dashboard", "private", &[]);
    for broken in [false, true] {
        let ask = reading.next_ask().expect("there is something to ask");
        let answer = if broken { Err(Error::Unreadable { what: "not JSON" }) } else { portal.answer(&ask) };
        reading.take(&ask, answer);
    }
    assert_eq!(reading.gaps(), [Gap::Unread("Title a".to_owned(), Error::Unreadable { what: "not JSON" })]);
    assert_eq!((reading.is_over(), needs(&reading)), (true, vec!["a: Title a".to_owned()]));
}

#[test]
fn the_services_of_a_map_are_those_of_everything_it_shows() {
    let [one, two] = ["https://one.example/0", "https://two.example/0"];
    let mut portal = Portal::default().with("a", "Web Map", "private", &[("Own", "", one), ("Group", "c", "")]).with(
        "c",
        "Group Layer",
        "private",
        &[("Deep", "", two), ("Round", "a", "")],
    );
    let addresses: Vec<Vec<String>> = portal.read(&["a"]).maps().into_iter().map(|map| map.addresses).collect();
    assert_eq!(addresses, [[one, two], [two, one]]);
}

#[test]
fn no_more_than_two_hundred_requests_are_made_and_what_was_left_is_counted() {
    let names: Vec<String> = (0..500).map(|number| format!("f{number}")).collect();
    let layers: Vec<(&str, &str, &str)> = names.iter().map(|name| (&**name, &**name, "")).collect();
    let mut portal = Portal::default().with("a", "Web Scene", "private", &layers);
    for name in &names {
        portal = portal.with(name, "Scene Service", "private", &[]);
    }
    let reading = portal.read(&["a"]);
    assert_eq!(portal.asked.len(), MAX_REQUESTS);
    assert_eq!(reading.progress(), (MAX_REQUESTS, MAX_REQUESTS));
    assert_eq!(reading.gaps(), [Gap::TooMany(500 - (MAX_REQUESTS - 2))]);
    assert!(!reading.maps()[0].is_whole);
    assert_eq!(needs(&reading).len(), MAX_REQUESTS - 1, "the map and 198 layers");
}

#[test]
fn what_is_added_later_is_read_although_an_earlier_map_was_too_large() {
    let names: Vec<String> = (0..500).map(|number| format!("f{number}")).collect();
    let layers: Vec<(&str, &str, &str)> = names.iter().map(|name| (&**name, &**name, "")).collect();
    let mut portal = Portal::default().with("a", "Web Map", "org", &layers).with("b", "Web Map", "org", &[]);
    let mut reading = portal.read(&["a"]);
    reading.add(&id("b"));
    assert!(!reading.is_over());
    while let Some(ask) = reading.next_ask() {
        let answer = portal.answer(&ask);
        reading.take(&ask, answer);
    }
    assert_eq!(portal.asked.len(), 2 * MAX_REQUESTS);
    assert_eq!(reading.gaps().last(), Some(&Gap::TooMany(500 + 2 + 1 - 2 * MAX_REQUESTS)));
}

#[test]
fn endless_layers_are_not_kept() {
    let layers = vec![("Loose", "", "https://y.example/MapServer"); MAX_LAYERS + 5];
    let mut portal = Portal::default().with("a", "Web Map", "public", &layers);
    let reading = portal.read(&["a"]);
    assert_eq!(reading.layers.len(), MAX_LAYERS);
    assert_eq!(reading.gaps(), [Gap::TooMany(5)]);
}

#[test]
fn items_of_layers_that_are_not_kept_are_not_either() {
    let names: Vec<String> = (0..MAX_LAYERS + 500).map(|number| format!("f{number}")).collect();
    let layers: Vec<(&str, &str, &str)> = names.iter().map(|name| (&**name, &**name, "")).collect();
    let mut portal = Portal::default().with("a", "Web Map", "public", &layers);
    let mut reading = Reading::new(OWN.to_owned());
    reading.add(&id("a"));
    for _ in 0..2 {
        let ask = reading.next_ask().expect("there is something to ask");
        let answer = portal.answer(&ask);
        reading.take(&ask, answer);
    }
    assert_eq!(reading.items().count(), 1 + MAX_LAYERS);
    assert_eq!(reading.gaps(), [Gap::TooMany(MAX_LAYERS + 500 - (MAX_REQUESTS - 2))]);
}

#[test]
fn an_item_that_could_not_be_read_is_read_again_when_it_is_added_again() {
    let mut portal = Portal::default().with("a", "Web Map", "private", &[]);
    let mut reading = Reading::new(OWN.to_owned());
    reading.add(&id("a"));
    let ask = reading.next_ask().expect("there is something to ask");
    reading.take(&ask, Err(Error::Unreachable));
    reading.add(&id("a"));
    while let Some(ask) = reading.next_ask() {
        let answer = portal.answer(&ask);
        reading.take(&ask, answer);
    }
    assert_eq!((reading.gaps(), reading.maps().len(), reading.is_over()), (vec![], 1, true));
    reading.add(&id("a"));
    assert!(reading.is_over(), "what was read is not read again");
}

#[test]
fn words_of_others_decide_nothing() {
    let mut portal = Portal::default()
        .with(
            "a",
            "Web Map",
            "private",
            &[
                ("\"); addressesToLocations('x')", "", "https://x.example/"),
                ("<b>", "", "https://x.example/"),
                ("// comment", "", "https://arcgis.com.evil.example/route-api.arcgis.com.evil"),
            ],
        )
        .change("a", |(item, ..)| item.title = "premium:user:places".to_owned());
    let reading = portal.read(&["a"]);
    assert_eq!(needs(&reading), ["a: premium:user:places"]);
}

#[test]
fn progress_grows_with_what_comes_up() {
    let mut portal = Portal::default().with("a", "Web Map", "org", &[("x", "b", ""), ("y", "c", "")]);
    let mut reading = Reading::new(OWN.to_owned());
    assert!(reading.is_over(), "nothing is read");
    reading.add(&id("a"));
    let mut seen = Vec::new();
    while let Some(ask) = reading.next_ask() {
        seen.push(reading.progress());
        let answer = portal.answer(&ask);
        reading.take(&ask, answer);
    }
    assert_eq!(seen, [(0, 1), (1, 2), (2, 4), (3, 4)]);
    assert_eq!((reading.progress(), reading.read_count()), ((4, 4), 2), "the private layers could not be read");
    assert!(!reading.maps()[0].is_whole);
}
