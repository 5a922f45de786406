//! Code that depends on a fact about the portal or on a measurement cites its id, and every cited id exists.

use std::collections::{BTreeMap, BTreeSet};

use super::markdown::Document;
use super::{check, documents, files_if_any, place, root, text};

const FACTS: &str = "docs/portal-facts.md";
const MEASUREMENTS: &str = "docs/security.md";
const SWITCHES: &str = "tests/portal/src/switches.rs";
/// The suite that tries every answer to the questions only a live portal can settle.
const OPEN_FACTS: &str = "tests/it/open_facts.rs";
const STANDINGS: [&str; 5] = ["documented", "client", "third party", "inferred", "unknown"];

/// A row of the facts.
struct Fact {
    id: String,
    words: String,
    standing: String,
    source: String,
    switches: Vec<String>,
}

fn facts() -> Vec<Fact> {
    let rows = Document::parse(&text(&root().join(FACTS))).rows;
    let facts = rows.into_iter().filter(|row| row[0].starts_with("F-")).map(|row| {
        let [id, words, standing, source, switches] = row.try_into().expect("a fact has five cells");
        let switches = switches.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Fact { id, words, standing, source, switches }
    });
    let facts: Vec<Fact> = facts.collect();
    assert!(facts.len() > 100, "the facts were not found");
    facts
}

/// The ids of all facts and measurements.
fn known() -> BTreeSet<String> {
    let measured = Document::parse(&text(&root().join(MEASUREMENTS))).rows.into_iter().map(|row| row[0].clone());
    let measured = measured.filter(|id| id.starts_with("M-"));
    facts().into_iter().map(|fact| fact.id).chain(measured).collect()
}

/// The practice portal's switches, each with the ids cited in its comment.
fn switches() -> BTreeMap<String, Vec<String>> {
    let text = text(&root().join(SWITCHES));
    let (mut found, mut prefix, mut cited) = (BTreeMap::new(), None, Vec::new());
    for line in text.lines().map(str::trim) {
        match line.strip_prefix("pub struct ").and_then(|rest| rest.split(' ').next()) {
            Some("SignIn") => prefix = Some("sign_in."),
            Some("GetAlone") => prefix = Some("get_alone."),
            Some("Switches") => prefix = Some(""),
            Some(_) => prefix = None,
            None => {}
        }
        if line.starts_with("///") {
            cited.extend(ids_in(line));
        } else if let (Some(prefix), Some((name, kind))) =
            (prefix, line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")))
        {
            if !matches!(kind, "SignIn," | "GetAlone,") {
                found.insert(format!("{prefix}{name}"), std::mem::take(&mut cited));
            }
        } else {
            cited.clear();
        }
    }
    assert!(found.len() > 30, "the switches were not found");
    found
}

/// Every `F-NAME-1` and `M-1` in a text.
fn ids_in(text: &str) -> Vec<String> {
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-');
    words.filter(|word| is_id(word)).map(str::to_owned).collect()
}

fn is_id(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |part: &str| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    match parts[..] {
        ["F", name, number] => is_name(name) && is_number(number),
        ["M", number] => is_number(number),
        _ => false,
    }
}

/// Everything that may cite: code, style sheets, pages, and documents.
fn citing() -> Vec<(String, String)> {
    let endings = [".rs", ".js", ".mjs", ".ts", ".mts", ".tsx", ".py", ".css", ".html", ".toml", ".json", ".txt"];
    let folders = ["src", "crates", "tests", "xtask", "style", "examples", "fuzz", "data"];
    let code = folders.iter().flat_map(|folder| endings.iter().flat_map(|ending| files_if_any(folder, ending)));
    let documents = documents::documents().into_iter();
    let own = |path: &str| path.ends_with("tidy/facts.rs") || path.ends_with("tidy/markdown.rs");
    let all = code.chain(documents).filter(|path| !own(&place(path)));
    all.map(|path| (place(&path), text(&path))).collect()
}

#[test]
fn each_fact_has_an_id_of_its_own_a_standing_and_a_source() {
    let (mut seen, mut faults) = (BTreeSet::new(), Vec::new());
    for fact in facts() {
        let Fact { id, words, standing, source, .. } = fact;
        if !is_id(&id) || words.len() < 20 {
            faults.push(format!("{id}: not an id, or nothing is said"));
        }
        if !STANDINGS.contains(&standing.as_str()) {
            faults.push(format!("{id}: no standing is called {standing}"));
        }
        let needs_source = ["documented", "client", "third party"].contains(&standing.as_str());
        if needs_source && source.is_empty() {
            faults.push(format!("{id}: no source"));
        }
        if !seen.insert(id.clone()) {
            faults.push(format!("{id}: twice"));
        }
    }
    check(faults);
}

#[test]
fn each_unknown_fact_has_a_switch_and_each_switch_its_fact() {
    let (facts, switches) = (facts(), switches());
    let mut faults = Vec::new();
    for fact in &facts {
        if fact.standing == "unknown" && fact.switches.is_empty() {
            faults.push(format!("{}: unknown, and no switch models it", fact.id));
        }
        let absent = fact.switches.iter().filter(|name| !switches.contains_key(*name));
        faults.extend(absent.map(|name| format!("{}: there is no switch {name}", fact.id)));
    }
    for (name, cited) in switches {
        let names_it = |fact: &&Fact| cited.contains(&fact.id) && fact.switches.contains(&name);
        if facts.iter().find(names_it).is_none() {
            faults.push(format!("{name}: its comment cites no fact that names it"));
        }
    }
    check(faults);
}

#[test]
fn every_cited_id_can_be_looked_up() {
    let known = known();
    let mut faults = Vec::new();
    for (place, text) in citing() {
        let absent = ids_in(&text).into_iter().filter(|id| !known.contains(id));
        faults.extend(absent.map(|id| format!("{place}: {id}")));
    }
    check(faults);
}

/// Documents absent from the repository, in the form in which they were cited.
const ABSENT: [&str; 15] = [
    "toolchain notes",
    "portal-api",
    "security-and-reliability",
    "security and reliability",
    "portal facts ",
    "(facts ",
    "design E",
    "of the design",
    "the design's",
    "seed tutorial",
    "saga table",
    "addendum",
    "house.md",
    "(privileges.json",
    ", privileges.json",
];

#[test]
fn nothing_cites_a_document_that_is_not_here() {
    let mut faults = Vec::new();
    for (place, text) in citing() {
        for (number, line) in text.lines().enumerate() {
            let cited = ABSENT.iter().find(|words| line.contains(**words));
            if cited.is_some() || names_a_question_by_number(line) {
                faults.push(format!("{place}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    check(faults);
}

/// True if an open question is cited by its former number, such as (V3).
fn names_a_question_by_number(line: &str) -> bool {
    line.split(['(', '"']).skip(1).filter_map(|rest| rest.strip_prefix('V')).any(|rest| {
        let after = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
        (1..3).contains(&(rest.len() - after.len())) && after.starts_with([')', '"', ',', ' '])
    })
}

#[test]
fn every_question_for_a_live_portal_is_tried_with_each_answer() {
    let source = text(&root().join(FACTS));
    let bold = |id: &String| source.contains(&format!("| **{id}** |"));
    let asked: BTreeSet<String> = facts().into_iter().map(|fact| fact.id).filter(bold).collect();
    let tried: BTreeSet<String> = ids_in(&text(&root().join(OPEN_FACTS))).into_iter().collect();
    assert_eq!(asked, tried, "the bold ids of {FACTS} and those of {OPEN_FACTS}");
}
