use std::collections::BTreeSet;

use super::*;
use crate::credential::catalogue;

/// The data in the repository, combined into one file as in a build.
pub(crate) fn guide() -> Guide {
    let names = ["privileges", "presets", "shared_hosts", "recognizers"];
    let member = |name: &str| {
        let path = [env!("CARGO_MANIFEST_DIR"), "/../../data/", name, ".json"].concat();
        let text = std::fs::read_to_string(path).expect("it is in the repository");
        format!("\"{name}\":{text}")
    };
    Guide::parse(&["{", &names.map(member).join(","), "}"].concat()).expect("it is the data")
}

#[test]
fn the_data_and_the_catalogue_know_the_same_privileges() {
    let (guide, lower) = (guide(), |id: &str| id.to_ascii_lowercase());
    let data: BTreeSet<String> = guide.privileges.iter().map(|privilege| lower(&privilege.id)).collect();
    let catalogue: BTreeSet<String> = catalogue::entries().iter().map(|entry| lower(entry.id)).collect();
    assert_eq!(data.difference(&catalogue).collect::<Vec<_>>(), Vec::<&String>::new(), "unknown to the catalogue");
    assert_eq!(catalogue.difference(&data).collect::<Vec<_>>(), Vec::<&String>::new(), "unknown to the data");
    assert_eq!(data.len(), guide.privileges.len(), "one is there twice");
}

#[test]
fn each_entry_is_understood_as_a_whole() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/privileges.json");
    let text = std::fs::read_to_string(path).expect("it is in the repository");
    let entries: Vec<serde_json::Value> = serde_json::from_str(&text).expect("it is JSON");
    let guide = guide();
    for (entry, known) in entries.iter().zip(&guide.privileges) {
        let count = |name: &str| entry[name].as_array().map_or(0, Vec::len);
        let id = &known.id;
        assert_eq!(known.products.len(), count("in"), "{id}");
        assert_eq!(known.services.len(), count("opens"), "{id}");
        assert_eq!(known.words.len(), count("classes") + count("operations") + count("words"), "{id}");
        assert_eq!(known.trap.is_some(), entry["trap"].is_string(), "{id}");
        assert_eq!(known.is_paid_on_platform, entry["paid"].is_string(), "{id}");
        let standing = entry["standing"].as_str().expect("each has one");
        assert!(STANDINGS.contains(&(standing, known.standing)), "{id}: {standing}");
        let keys = ["id", "in", "opens", "classes", "operations", "words", "trap", "paid", "standing"];
        let unknown = entry.as_object().expect("an object").keys().find(|key| !keys.contains(&key.as_str()));
        assert_eq!(unknown, None, "{id}");
    }
    assert_eq!(entries.len(), guide.privileges.len());
}

#[test]
fn a_service_is_a_host_and_a_path_without_scheme() {
    for known in &guide().privileges {
        assert!(!known.products.is_empty(), "{} belongs nowhere", known.id);
        for service in &known.services {
            let (host, path) = service.split_once('/').expect("a path");
            assert!(host.ends_with(".arcgis.com") && !path.is_empty() && !path.ends_with('/'), "{service}");
        }
    }
}

#[test]
fn what_is_no_data_is_refused() {
    for text in ["", "[]", "null", "{}", "{\"privileges\":1}", "{\"privileges\":[]"] {
        assert_eq!(Guide::parse(text), None, "{text}");
    }
    let some = "{\"privileges\":[{\"id\":\"a\"},{\"no\":\"id\"},7,{\"id\":\"b\",\"in\":[\"moon\",\"online\",7]}]}";
    let guide = Guide::parse(some).expect("what can be read is taken");
    assert_eq!(guide.privileges.len(), 2);
    assert_eq!(guide.privileges[1].products, [Product::Online]);
    assert_eq!(guide.known("B").map(|known| known.id.as_str()), Some("b"));
}

#[test]
fn each_preset_is_understood_as_a_whole() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/presets.json");
    let text = std::fs::read_to_string(path).expect("it is in the repository");
    let entries: Vec<serde_json::Value> = serde_json::from_str(&text).expect("it is JSON");
    let guide = Guide::parse(&format!("{{\"privileges\":[],\"presets\":{text}}}")).expect("it is the data");
    assert_eq!(entries.len(), guide.presets.len());
    for (entry, preset) in entries.iter().zip(&guide.presets) {
        let (id, count) = (&preset.id, |name: &str| entry[name].as_array().map_or(0, Vec::len));
        let counts = [preset.addresses.len(), preset.privileges.len(), preset.words.len()];
        assert_eq!(counts, ["at", "privileges", "words"].map(count), "{id}");
        let standing = entry["standing"].as_str().expect("each has one");
        assert!(BASES.contains(&(standing, preset.basis)), "{id}: {standing}");
        let keys = ["id", "kind", "title", "standing", "at", "privileges", "items", "words"];
        let unknown = entry.as_object().expect("an object").keys().find(|key| !keys.contains(&key.as_str()));
        assert_eq!(unknown, None, "{id}");
    }
}

#[test]
fn presets_of_the_deployment_come_first_and_replace_those_of_their_name() {
    let preset = |id: &str, title: &str| Preset { id: id.to_owned(), title: title.to_owned(), ..Preset::default() };
    let mut guide = Guide { presets: vec![preset("a", "old"), preset("b", "old")], ..Guide::default() };
    guide.put_first(vec![preset("c", "own"), preset("a", "own")]);
    let shown: Vec<(&str, &str)> =
        guide.presets.iter().map(|preset| (preset.id.as_str(), preset.title.as_str())).collect();
    assert_eq!(shown, [("c", "own"), ("a", "own"), ("b", "old")]);
}
