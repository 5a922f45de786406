//! What a program needs, read from its text: addresses of services, modules, classes and functions of SDKs, names of map
//! styles, and ids of items. The text stays in the browser, and nothing of it is kept but what was recognised.
//!
//! What is recognised is data ([`Recognizers`]). A text is read once, from its beginning to its end, so that the time is in
//! proportion to its length.

mod recognizers;
mod scan;
mod seen;

pub use recognizers::Recognizers;

use seen::{Hit, Seen};

use crate::portal::id::{ItemId, PrivilegeId};

/// The most places that are kept of one finding.
const MAX_PLACES: usize = 20;

/// A text to look through. It may hold a key, so it cannot be printed.
#[derive(Clone, Default)]
pub struct Source {
    /// The name of its file; empty if it was pasted.
    pub name: String,
    /// The program.
    pub text: String,
}

/// What a program needs, and where that shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it needs.
    pub need: Need,
    /// Where that shows, in the order of the texts; at least one place.
    pub places: Vec<Place>,
}

/// What a program can need.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A privilege: the narrow one of Location Platform where there is one (F-PRIV-4).
    Privilege(PrivilegeId),
    /// An item, which needs item access unless it is public.
    Item(ItemId),
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the file; empty if the text was pasted.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What was recognised there, as it is written.
    pub matched: String,
}

/// What the texts need: each privilege and each item once, in the order in which they come up, privileges first.
pub fn find(recognizers: &Recognizers, sources: &[Source]) -> Vec<Finding> {
    let seen: Vec<Seen> = sources.iter().map(|it| seen::look(recognizers, &it.text)).collect();
    let hits: Vec<&Hit> = seen.iter().flat_map(|it| &it.hits).collect();
    let privileges = Privileges::new(recognizers, &hits, seen.iter().any(|it| it.is_stored));
    let (mut findings, mut items) = (Vec::new(), Vec::new());
    for (source, seen) in sources.iter().zip(&seen) {
        let mut lines = Lines { text: source.text.as_bytes(), line: 1, at: 0 };
        let mut place = |start: usize, matched: &str| Place {
            file: source.name.clone(),
            line: lines.of(start),
            matched: matched.to_owned(),
        };
        for hit in &seen.hits {
            let at = place(hit.start, &hit.matched);
            for id in privileges.of(hit) {
                add(&mut findings, Need::Privilege(PrivilegeId(id.to_owned())), at.clone());
            }
        }
        lines = Lines { text: source.text.as_bytes(), line: 1, at: 0 };
        for (start, id) in &seen.items {
            let at = Place { file: source.name.clone(), line: lines.of(*start), matched: id.0.clone() };
            add(&mut items, Need::Item(id.clone()), at);
        }
    }
    findings.append(&mut items);
    findings
}

fn add(findings: &mut Vec<Finding>, need: Need, place: Place) {
    match findings.iter_mut().find(|it| it.need == need) {
        Some(finding) => {
            let is_new = finding.places.iter().all(|it| it.file != place.file || it.line != place.line);
            if is_new && finding.places.len() < MAX_PLACES {
                finding.places.push(place);
            }
        }
        None => findings.push(Finding { need, places: vec![place] }),
    }
}

/// Counts lines from one place to the next.
struct Lines<'a> {
    text: &'a [u8],
    line: usize,
    at: usize,
}

impl Lines<'_> {
    /// The line of a place that is not before the last one.
    fn of(&mut self, start: usize) -> usize {
        let passed = self.text.get(self.at..start).unwrap_or_default();
        self.line += passed.iter().filter(|it| **it == b'\n').count();
        self.at = self.at.max(start);
        self.line
    }
}

/// Which privileges a hit stands for, beside all others.
struct Privileges<'a> {
    recognizers: &'a Recognizers,
    /// What is needed for certain.
    strong: Vec<&'a str>,
    /// Whether found addresses are stored, so that the temporary kind is not what is needed (F-PRIV-14).
    is_stored: bool,
}

impl<'a> Privileges<'a> {
    fn new(recognizers: &'a Recognizers, hits: &[&Hit], is_stored: bool) -> Self {
        let mut new = Self { recognizers, strong: Vec::new(), is_stored };
        let mut seen = vec![false; recognizers.rules.len()];
        for hit in hits {
            if !std::mem::replace(&mut seen[hit.rule], true) && recognizers.rules[hit.rule].unless.is_empty() {
                let needs = new.of_rule(hit.rule);
                new.strong.extend(needs.iter().map(String::as_str));
            }
        }
        new
    }

    fn of(&self, hit: &Hit) -> &'a [String] {
        let needs = self.of_rule(hit.rule);
        let unless = &self.recognizers.rules[hit.rule].unless;
        let is_told = |need: &String| self.strong.contains(&need.as_str());
        let is_better_known = self.strong.iter().any(|it| unless.iter().any(|prefix| it.starts_with(prefix.as_str())));
        if is_better_known && !needs.iter().all(is_told) { &[] } else { needs }
    }

    fn of_rule(&self, rule: usize) -> &'a [String] {
        let rule = &self.recognizers.rules[rule];
        if self.is_stored && !rule.stored.is_empty() { &rule.stored } else { &rule.needs }
    }
}

#[cfg(test)]
mod tests;
