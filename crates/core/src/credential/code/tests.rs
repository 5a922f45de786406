use std::collections::BTreeSet;
use std::time::Instant;

use super::*;
use crate::credential::guide::tests::guide;

/// The programs that the recognizers were developed with: what they need is known, and so are false positives.
const CORPUS: &str = include_str!("corpus.txt");
/// Programs written after the recognizers, to measure how well they do on unseen code. What they miss here stays
/// missed: a new recognizer comes with a program in the other corpus.
const LATER: &str = include_str!("later.txt");
/// Programs written later still, in the style of public projects.
const PROJECTS: &str = include_str!("projects.txt");

fn pasted(text: &str) -> Vec<SourceText> {
    vec![SourceText::new(None, text.to_owned())]
}

/// The findings in the notation of the corpora.
fn found(recognizers: &Recognizers, text: &str) -> BTreeSet<String> {
    find(recognizers, &pasted(text)).into_iter().map(|finding| written(&finding.need)).collect()
}

fn written(need: &Need) -> String {
    match need {
        Need::Privilege(id) => id.0.clone(),
        Need::Item(id) => format!("item:{}", id.0),
    }
}

struct Sample<'a> {
    name: &'a str,
    needs: BTreeSet<String>,
    text: &'a str,
}

/// `=== name | needs`, then the program; a need without a realm means `premium:user:`.
fn samples(corpus: &str) -> Vec<Sample<'_>> {
    let whole =
        |need: &str| match ["item:", "portal:", "features:", "premium:"].iter().any(|realm| need.starts_with(realm)) {
            true => need.to_owned(),
            false => format!("premium:user:{need}"),
        };
    let parts = corpus.split("=== ").skip(1).map(|part| part.split_once('\n').expect("a program below its heading"));
    let samples = parts.map(|(heading, text)| {
        let (name, needs) = heading.split_once('|').expect("a name and needs");
        Sample { name: name.trim(), needs: needs.split_whitespace().map(whole).collect(), text }
    });
    samples.collect()
}

struct Figures {
    samples: usize,
    precision: f64,
    recall: f64,
}

/// Prints the differences, and the metrics over all needs of a corpus.
fn measure(title: &str, corpus: &str) -> Figures {
    let guide = guide();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let samples = samples(corpus);
    for sample in &samples {
        let found = found(&guide.recognizers, sample.text);
        for need in found.difference(&sample.needs) {
            println!("{title}: {}: {need} is wrong", sample.name);
        }
        for need in sample.needs.difference(&found) {
            println!("{title}: {}: {need} is missed", sample.name);
        }
        right += found.intersection(&sample.needs).count();
        wrong += found.difference(&sample.needs).count();
        missed += sample.needs.difference(&found).count();
    }
    let share = |of: usize| f64::from(u32::try_from(right).expect("few")) / f64::from(u32::try_from(of).expect("few"));
    let figures = Figures { samples: samples.len(), precision: share(right + wrong), recall: share(right + missed) };
    println!(
        "{title}: {} programs, {} needs; precision {:.3}, recall {:.3}",
        figures.samples,
        right + missed,
        figures.precision,
        figures.recall
    );
    figures
}

#[test]
fn the_corpus_is_recognized() {
    let figures = measure("corpus", CORPUS);
    assert!(figures.samples >= 80, "{}", figures.samples);
    assert!(figures.precision >= 0.95 && figures.recall >= 0.95);
}

#[test]
fn programs_that_were_written_later_are_measured() {
    // Must not fall below the measured values.
    for (title, corpus, precision, recall) in [("later corpus", LATER, 1.0, 0.96), ("projects", PROJECTS, 0.925, 1.0)] {
        let figures = measure(title, corpus);
        assert_eq!(figures.samples, 20);
        assert!(figures.precision >= precision && figures.recall >= recall, "{title}");
    }
}

#[test]
fn a_finding_names_its_places_once_a_line_and_privileges_come_before_items() {
    let guide = guide();
    let id = "0f".repeat(16);
    let map = format!(
        "import Map from \"@arcgis/core/Map.js\";\n\nnew Map({{ basemap: \"arcgis/streets\", x: 'arcgis/streets' }});\n// none\nnew FeatureLayer({{ portalItem: {{ id: \"{id}\" }} }});\nnew Map({{ basemap: \"arcgis/imagery\" }});"
    );
    let sources = [
        SourceText::new(Some("map.js".to_owned()), map),
        SourceText::new(Some("places.py".to_owned()), "\nHOST = \"places-api.arcgis.com\"".to_owned()),
    ];
    let findings = find(&guide.recognizers, &sources);
    let shown: Vec<(String, Vec<String>)> = findings
        .iter()
        .map(|finding| {
            let place = |place: &Place| match place {
                Place::Line { file: Some(file), line, matched } => format!("{file}:{line} {matched}"),
                other => panic!("{other:?} is in no file"),
            };
            (written(&finding.need), finding.places.iter().map(place).collect())
        })
        .collect();
    let expected = [
        ("premium:user:basemaps", vec!["map.js:3 arcgis/streets", "map.js:6 arcgis/imagery"]),
        ("premium:user:places", vec!["places.py:2 places-api.arcgis.com"]),
        (&*format!("item:{id}"), vec![&*format!("map.js:5 {id}")]),
    ]
    .map(|(need, places)| (need.to_owned(), places.into_iter().map(str::to_owned).collect()));
    assert_eq!(shown, expected);
}

#[test]
fn a_notebook_is_read_as_its_program_line_by_line_also_where_it_is_cut_off() {
    let guide = guide();
    let notebook = r##"{
 "cells": [
  {"cell_type": "code", "source": []},
  {
   "cell_type": "markdown",
   "source": [
    "Shows `https://places-api.arcgis.com/arcgis`."
   ]
  },
  {
   "cell_type": "code",
   "source": [
    "# batch_geocode(nothing)\n",
    "from arcgis.geocoding import batch_geocode\n",
    "found = batch_geocode([\"Kirchgasse 1\"], as_featureset=True)\n",
    "layer = gis.content.get('0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f')"
   ],
   "outputs": [
    {
     "text": [
      "https://places-api.arcgis.com/arcgis"
     ]
    }
   ]
  }
 ],
 "nbformat": 4
}"##;
    let end = notebook.find("\"outputs\"").expect("it is there");
    for text in [notebook, &notebook[..end]] {
        let findings = find(&guide.recognizers, &pasted(text));
        let told: Vec<(String, Vec<usize>)> = findings
            .iter()
            .map(|finding| {
                let line = |place: &Place| match place {
                    Place::Line { line, .. } => *line,
                    Place::Layer(name) => panic!("{name} is no line"),
                };
                (written(&finding.need), finding.places.iter().map(line).collect())
            })
            .collect();
        let item = format!("item:{}", "0f".repeat(16));
        assert_eq!(told, [("premium:user:geocode:stored".to_owned(), vec![15]), (item, vec![16])]);
    }
    // Some programs write it like this: addresses are found, as in any other JSON.
    let compact = r#"{"cells":[{"cell_type":"code","source":"host = 'https://places-api.arcgis.com/arcgis'"}]}"#;
    assert!(found(&guide.recognizers, compact).contains("premium:user:places"));
}

#[test]
fn comments_are_distinguished_from_texts_in_every_language() {
    let guide = guide();
    let host = "https://places-api.arcgis.com/arcgis";
    let places = BTreeSet::from(["premium:user:places".to_owned()]);
    for program in [
        format!("const a = '{host}'; // a place"),
        format!("const a = /* a place */ \"{host}\";"),
        format!("const a = \"/*\"; const b = \"{host}\"; const c = \"*/\";"),
        format!("const a = 'it\\'s //'; const b = '{host}';"),
        format!("const a = `\n//\n${{b}} {host}`;"),
        format!("// don't\nfetch({host});"),
        format!("<p>Don't</p>\n<img src={host}>"),
        format!("def a(b):\n    c = b // 2; d = '{host}'"),
        format!("def a(b):\n    return get(\n        \"\"\"{host}\"\"\")"),
        format!("a <- 1 # don't\nb <- \"{host}#top\""),
        format!("class A {{\n  #b = \"{host}\";\n}}"),
        format!("a#b {{ color: #fff; background: url({host}); }}"),
        format!("#region A\nvar a = \"{host}\";\n#endregion"),
        format!("let a = \"\"\"\n  // {host}\n  \"\"\";"),
        format!("val a = \"\"; val b = \"{host}\";"),
    ] {
        assert_eq!(found(&guide.recognizers, &program), places, "{program}");
    }
    for program in [
        format!("a(); // {host}"),
        format!("a(); //{host}"),
        format!("/* '\n{host}\n*/ a();"),
        format!("<!-- {host} -->"),
        format!("def a():\n    '''{host}'''\n    return 1"),
        format!("def a():\n    return 1 #{host}"),
        format!("#!/bin/sh\n# {host}\nls"),
        format!("/// {host}\nfunc a() {{}}"),
    ] {
        assert_eq!(found(&guide.recognizers, &program), BTreeSet::new(), "{program}");
    }
}

#[test]
fn every_recognizer_needs_privileges_that_exist_and_names_known_modules() {
    let guide = guide();
    let recognizers = &guide.recognizers;
    assert!(recognizers.rules.len() > 40);
    for rule in &recognizers.rules {
        for id in rule.needs.iter().chain(&rule.stored) {
            assert!(guide.known(id).is_some(), "{id}");
        }
        for prefix in &rule.unless {
            assert!(guide.privileges.iter().any(|privilege| privilege.id.starts_with(prefix.as_str())), "{prefix}");
        }
        for module in rule.with.iter().filter(|name| *name != "*") {
            assert!(recognizers.marks.has(module) || recognizers.modules.has(module), "{module}");
        }
    }
    for known in &guide.privileges {
        for service in &known.services {
            let host = service.split('/').next().expect("a service is a host and a path");
            assert!(recognizers.hosts.has(host), "{host} of {} is not recognized", known.id);
        }
    }
}

#[test]
fn each_rule_of_the_data_is_understood_as_a_whole() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/recognizers.json");
    let text = std::fs::read_to_string(path).expect("it is in the repository");
    let file: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let known = ["needs", "stored", "unless", "with", "anywhere", "stores"];
    let lists = ["hosts", "operations", "modules", "names", "calls", "flags", "styles"];
    let rules = file["rules"].as_array().expect("rules");
    for rule in rules {
        let keys: Vec<&str> = rule.as_object().expect("an object").keys().map(String::as_str).collect();
        let unknown = keys.iter().find(|key| !known.contains(key) && !lists.contains(key));
        assert_eq!(unknown, None, "{rule}");
        assert!(keys.iter().any(|key| lists.contains(key)), "{rule} recognizes nothing");
    }
    assert_eq!(guide().recognizers.rules.len(), rules.len());
}

/// Texts that break parsers: unfinished ones, and long repetitions.
#[test]
fn strange_texts_are_read_to_their_end() {
    let guide = guide();
    for sample in samples(CORPUS) {
        for (end, _) in sample.text.char_indices().step_by(7) {
            find(&guide.recognizers, &pasted(&sample.text[..end]));
            find(&guide.recognizers, &pasted(&sample.text[end..]));
        }
    }
    for part in [
        "'",
        "\"",
        "`",
        "\\'",
        "\\é'\"",
        "/*",
        "<!--",
        "\"\"\"",
        "#'",
        "arcgis.com.",
        "a.",
        "a-arcgis-",
        "é",
        "://",
        "https://",
    ] {
        find(&guide.recognizers, &pasted(&part.repeat(20_000)));
    }
}

/// Times the reading of a megabyte, without a limit, in the current build profile: use `cargo test --release` for the
/// shipped code.
#[test]
fn a_megabyte_is_read() {
    let guide = guide();
    let samples: String = samples(CORPUS).iter().map(|sample| sample.text).collect();
    let whole = samples.repeat(1_000_000 / samples.len() + 1);
    let strange = [
        "'a\\'".repeat(250_000),
        "x.arcgis.com/".repeat(77_000),
        "/*\"\"\"`".repeat(160_000),
        "geocode(".repeat(125_000),
    ];
    for text in [whole].into_iter().chain(strange) {
        let begin = Instant::now();
        let findings = find(&guide.recognizers, &pasted(&text));
        println!("{:?}… {} bytes, {} findings: {:?}", &text[..8], text.len(), findings.len(), begin.elapsed());
        assert!(findings.iter().all(|finding| (1..=MAX_PLACES).contains(&finding.places.len())));
    }
}

fn ids(list: &[&str]) -> Vec<PrivilegeId> {
    list.iter().map(|id| PrivilegeId((*id).to_owned())).collect()
}

const GEOCODE: &str = "premium:user:geocode";
const MAP: &str = "premium:user:basemaps";
const EDIT: &str = "features:user:edit";

#[test]
fn findings_come_to_what_an_account_has() {
    let guide = guide();
    let program = "import FeatureLayer from '@arcgis/core/layers/FeatureLayer.js';\n\
                   fetch('https://geocode-api.arcgis.com/arcgis/rest/services/World/GeocodeServer/reverseGeocode');\n\
                   fetch('/geocodeAddresses'); layer.applyEdits(edits);\n\
                   fetch('https://places-api.arcgis.com/arcgis/rest/services/places-service/v1');";
    let findings = find(&guide.recognizers, &pasted(program));
    let told = |held: &[&str], usage: Usage| {
        let groups = crate::credential::catalogue::offered(&ids(held));
        let suggestions = suggestions(&findings, &groups, usage).into_iter();
        suggestions
            .map(|suggestion| (suggestion.id.0, suggestion.availability, suggestion.places.len()))
            .collect::<Vec<_>>()
    };
    let row = |id: &str, availability: Availability, places: usize| (id.to_owned(), availability, places);
    let (temporary, stored) = ("premium:user:geocode:temporary", "premium:user:geocode:stored");
    let places = "premium:user:places";
    assert_eq!(
        told(&[GEOCODE, EDIT], Usage::Scripts),
        [
            row(GEOCODE, Availability::Offered, 2),
            row(EDIT, Availability::Offered, 1),
            row(places, Availability::Lacking, 1)
        ],
        "the wider privilege once, for both"
    );
    assert_eq!(
        told(&[temporary, stored, EDIT, places], Usage::WebPage),
        [
            row(temporary, Availability::Offered, 1),
            row(stored, Availability::Offered, 1),
            row(EDIT, Availability::Closed, 1),
            row(places, Availability::Offered, 1)
        ]
    );
}

#[test]
fn what_is_found_is_chosen_beside_what_is_chosen() {
    let item = |at: usize| GrantedItem::unknown(ItemId(format!("{at:032x}")));
    let mut draft = Draft { items: (0..MAX_ITEMS - 1).map(item).collect(), ..Draft::default() };
    draft.choose_privilege(PrivilegeId(EDIT.to_owned()), true);
    draft.choose_found(ids(&[MAP, EDIT]), vec![item(3), item(500), item(501)]);
    assert_eq!(draft.privileges, ids(&[EDIT, MAP]));
    assert_eq!(draft.items.len(), MAX_ITEMS, "no more than a credential can have");
    assert_eq!(draft.items.last(), Some(&item(500)));
}

#[test]
fn a_text_that_is_read_in_slices_holds_the_same_wherever_they_end() {
    let guide = guide();
    for sample in samples(CORPUS) {
        let seen = |bytes: usize| {
            let mut reader = Reader::new(&guide.recognizers, sample.text);
            while reader.read(bytes) {}
            let Seen { hits, items, stores } = reader.seen();
            (hits.iter().map(|hit| (hit.rule, hit.start)).collect::<Vec<_>>(), items, stores)
        };
        let whole = seen(usize::MAX);
        for bytes in [0, 1, 7, 100] {
            assert_eq!(seen(bytes), whole, "{}, {bytes} bytes at a time", sample.name);
        }
    }
}

#[test]
fn a_megabyte_is_read_in_many_slices_and_each_text_to_its_end() {
    let guide = guide();
    let host = "fetch('https://places-api.arcgis.com/x');\n";
    let long = ["let a = 1;\n".repeat(MAX_SOURCE / 11 - 10), host.to_owned()].concat();
    let sources = [SourceText::new(None, String::new()), pasted(&long).remove(0), pasted(host).remove(0)];
    let mut finder = Finder::new(&guide.recognizers, &sources);
    let mut slices = 0;
    while finder.go_on() {
        slices += 1;
    }
    assert!((60..70).contains(&slices), "{slices}");
    assert_eq!(finder.findings().iter().map(|finding| finding.places.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_text_that_is_too_long_is_read_as_far_as_it_may() {
    let guide = guide();
    let host = "fetch('https://places-api.arcgis.com/x');\n";
    let long = ["\u{e9}\n".repeat((MAX_SOURCE - host.len()) / 3), host.to_owned()].concat();
    assert_eq!(find(&guide.recognizers, &pasted(&long)).len(), 1);
    let longer = ["\u{e9}\n".repeat(MAX_SOURCE / 3), host.to_owned()].concat();
    assert_eq!(find(&guide.recognizers, &pasted(&longer)), []);
}

#[test]
fn no_recognizer_asks_for_an_administrative_privilege() {
    let guide = guide();
    let rules = guide.recognizers.rules.iter().flat_map(|rule| rule.needs.iter().chain(&rule.stored));
    assert_eq!(rules.filter(|id| id.contains(":admin:")).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn code_in_the_field_and_in_a_file_is_one_finding_and_is_named_as_written() {
    let guide = guide();
    let id = "0A".repeat(16);
    let text = format!("new Map({{ basemap: 'arcgis/streets' }}); const it = {{ portalItem: {{ id: '{id}' }} }}");
    let of = |name: Option<&str>| find(&guide.recognizers, &[SourceText::new(name.map(str::to_owned), text.clone())]);
    let both = merged(&[of(None), of(Some("app.js"))]);
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(matches!(both[0].need, Need::Privilege(_)), "privileges come first");
    assert_eq!(both[1].need, Need::Item(ItemId(id.to_ascii_lowercase())));
    let place = |file: Option<&str>| Place::Line { file: file.map(str::to_owned), line: 1, matched: id.clone() };
    assert_eq!(both[1].places, [place(None), place(Some("app.js"))]);
}
