//! No two files depend on each other, even indirectly, so that each can be read by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::{Arrows, Files, circles};
use super::{Code, check, code_of};

/// The parts of an operation, and the parts that each may name.
const ROOMS: [(&str, &[&str]); 8] = [
    ("environment", &["journal", "machine", "model"]),
    ("machine", &["decide", "journal", "learn", "model"]),
    ("decide", &["model"]),
    ("learn", &["journal", "model"]),
    ("journal", &["model"]),
    ("existence", &["model", "progress"]),
    ("progress", &["model"]),
    ("model", &[]),
];

#[test]
fn no_files_go_round_in_circles() {
    let mut faults = Vec::new();
    for root in ["crates/core/src", "src"] {
        let arrows = arrows_of(root);
        assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 400, "the arrows of {root} were not found");
        let round = circles(&arrows);
        for name in &round {
            let ends: Vec<&str> = arrows[*name].iter().map(String::as_str).filter(|end| round.contains(end)).collect();
            faults.push(format!("{root}: {name} -> {}", ends.join(", ")));
        }
    }
    check(faults);
}

#[test]
fn rooms_of_an_operation_name_only_what_their_map_allows() {
    let room = |module: &str| Some(module.strip_prefix("operation::")?.split("::").next()?.to_owned());
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, ends) in arrows_of("crates/core/src") {
        let Some(own) = room(&module) else { continue };
        let foreign = ends.iter().filter_map(|end| room(end)).filter(|end| *end != own);
        used.entry(own.clone()).or_default().extend(foreign);
    }
    let allowed = ROOMS.map(|(name, to)| (name.to_owned(), to.iter().map(|end| (*end).to_owned()).collect()));
    assert_eq!(used, BTreeMap::from(allowed));
}

fn arrows_of(root: &str) -> Arrows {
    let files: Vec<Code> = code_of(root).into_iter().filter(|file| !is_root(&file.place)).collect();
    Files::new(root, &files).arrows()
}

/// The crate roots only list modules.
fn is_root(place: &str) -> bool {
    place.ends_with("src/lib.rs") || place.ends_with("src/main.rs")
}

#[test]
fn a_circle_is_seen() {
    let arrows = [("a", "b"), ("b", "c"), ("c", "b")].map(|(one, other)| (one.to_owned(), [other.to_owned()].into()));
    assert_eq!(circles(&arrows.into()), ["b", "c"]);
}

/// Checks which of `others` the file `from` names.
#[track_caller]
fn check_named(from: (&str, &str), others: &[(&str, &str)], expected: &[&str]) {
    let file =
        |(place, text): &(&str, &str)| Code { place: format!("src/{place}.rs"), lines: vec![(*text).to_owned()] };
    let files: Vec<Code> = [from].iter().chain(others).map(file).collect();
    let arrows = Files::new("src", &files).arrows();
    let found: Vec<&str> = arrows[&from.0.replace('/', "::")].iter().map(String::as_str).collect();
    assert_eq!(found, expected, "{from:?}");
}

#[test]
fn a_file_that_is_named_is_seen_in_every_way_of_naming_it() {
    let others = [("a", "pub mod b; mod d; pub use d::Thing;"), ("a/b", ""), ("a/d", ""), ("e", "")];
    for (text, expected) in [
        ("use crate::a::b::One;", &["a::b"][..]),
        ("use crate::{a::b::{self, One}, e::Two};", &["a::b", "e"]),
        ("use super::{b, d::Three};", &["a::b", "a::d"]),
        ("use super::super::e::Two;", &["e"]),
        // A re-export resolves to its definition.
        ("use crate::a::Thing;", &["a::d"]),
        ("use crate::a::Other;", &["a"]),
        ("let one = super::b::one();", &["a::b"]),
        ("pub(in crate::a) fn none() {}", &[]),
    ] {
        check_named(("a/c", text), &others, expected);
    }
    let others = [("a/b", ""), ("a/d", "")];
    check_named(("a", "mod b; pub mod d; pub(super) use b::{One, Two};"), &others, &[]);
    check_named(("a", "mod b; pub mod d; use b::One; fn three() -> self::d::Three {}"), &others, &["a::b", "a::d"]);
}
