//! Recognizes what a program needs: addresses of services, modules, classes and functions of SDKs, names of map styles,
//! and ids of items. The text never leaves the browser, and only the findings are kept.
//!
//! The patterns are data ([`Recognizers`]). A text is read once from start to end, so the time is proportional to its
//! length.

mod recognizers;
mod scan;
mod seen;

pub use recognizers::Recognizers;

use seen::{Match, Reader, Seen};

use crate::credential::catalogue::Group;
use crate::credential::draft::{Draft, GrantedItem, Usage};
use crate::credential::preset::{self, Resolved};
use crate::credential::privilege::MAX_ITEMS;
use crate::portal::id::{ItemId, PrivilegeId};

/// The maximum size of a text that is read, in bytes.
pub const MAX_SOURCE: usize = 1_000_000;

/// The maximum number of places stored for one finding.
pub const MAX_PLACES: usize = 20;

/// A text to look through. It may hold a key, so it cannot be printed.
#[derive(Clone, Default)]
pub struct SourceText {
    /// The name of its file; none if it was pasted.
    name: Option<String>,
    /// The program.
    text: String,
}

impl SourceText {
    /// Takes the beginning of a program, up to the limit.
    pub fn new(name: Option<String>, mut text: String) -> Self {
        let mut end = text.len().min(MAX_SOURCE);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        if text.trim_start().starts_with('{') && text.contains("\"cell_type\"") {
            let program = program_of(&text);
            // For example, a notebook in one line is searched as it is.
            if !program.trim().is_empty() {
                text = program;
            }
        }
        Self { name, text }
    }
}

/// The program in the code cells of a notebook. Jupyter writes a notebook as JSON with one string per line of the
/// program, each on its own line. Reading line by line keeps the line numbers and accepts a truncated notebook.
fn program_of(notebook: &str) -> String {
    let mut program = String::with_capacity(notebook.len());
    let (mut is_code, mut is_source) = (true, false);
    for line in notebook.lines().map(str::trim) {
        if let Some(kind) = line.strip_prefix("\"cell_type\":") {
            is_code = kind.contains("\"code\"");
        }
        let text = line.strip_suffix(',').unwrap_or(line).strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let mut letters = text.filter(|_| is_code && is_source).unwrap_or_default().chars();
        is_source = is_source && !line.starts_with(']') || line == "\"source\": [";
        while let Some(letter) = letters.next() {
            // Escaped tabs and line ends do not separate anything here, so they are dropped.
            program.extend(match letter {
                '\\' => letters.next().filter(|escaped| matches!(escaped, '"' | '\\')),
                letter => Some(letter),
            });
        }
        program.push('\n');
    }
    program
}

/// Something a program needs, and the places that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The need.
    pub need: Need,
    /// The places that show it, in the order of the texts; at least one.
    pub places: Vec<Place>,
}

/// A requirement of a program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A privilege: the narrow one of Location Platform where there is one (F-PRIV-4).
    Privilege(PrivilegeId),
    /// An item, which needs item access unless it is public.
    Item(ItemId),
}

/// A place that shows a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a line of a program.
    Line {
        /// The name of the file; `None` if the text was pasted.
        file: Option<String>,
        /// Counted from 1.
        line: usize,
        /// The recognized text.
        matched: String,
    },
    /// In a layer of a map or an app, by its name.
    Layer(String),
}

impl Place {
    /// The sort key of places, each of which is listed once.
    fn position(&self) -> (Option<&str>, usize) {
        match self {
            Self::Line { file, line, .. } => (file.as_deref(), *line),
            Self::Layer(name) => (Some(name), 0),
        }
    }
}

/// The number of bytes read at a time.
const SLICE: usize = 16_384;

/// Looks through texts slice by slice, so that a page can do other things in between.
pub struct Finder<'a> {
    recognizers: &'a Recognizers,
    sources: &'a [SourceText],
    /// The results of the texts read so far.
    seen: Vec<Seen>,
    /// The reader of the current text.
    reader: Option<Reader<'a>>,
}

impl<'a> Finder<'a> {
    /// Starts without anything read.
    pub fn new(recognizers: &'a Recognizers, sources: &'a [SourceText]) -> Self {
        Self { recognizers, sources, seen: Vec::new(), reader: None }
    }

    /// Reads the next slice. Returns false once everything is read.
    pub fn go_on(&mut self) -> bool {
        let Some(source) = self.sources.get(self.seen.len()) else { return false };
        let mut reader = self.reader.take().unwrap_or_else(|| Reader::new(self.recognizers, &source.text));
        match reader.read(SLICE) {
            true => self.reader = Some(reader),
            false => self.seen.push(reader.seen()),
        }
        true
    }

    /// The findings so far: each privilege and each item once, in order of appearance, privileges first.
    pub fn findings(&self) -> Vec<Finding> {
        findings(self.recognizers, self.sources, &self.seen)
    }
}

/// The findings in the texts, read in one go.
pub fn find(recognizers: &Recognizers, sources: &[SourceText]) -> Vec<Finding> {
    let mut finder = Finder::new(recognizers, sources);
    while finder.go_on() {}
    finder.findings()
}

fn findings(recognizers: &Recognizers, sources: &[SourceText], seen: &[Seen]) -> Vec<Finding> {
    let hits: Vec<&Match> = seen.iter().flat_map(|seen| &seen.hits).collect();
    let privileges = Privileges::new(recognizers, &hits, seen.iter().any(|seen| seen.stores));
    let (mut findings, mut items) = (Vec::new(), Vec::new());
    for (source, seen) in sources.iter().zip(seen) {
        let mut lines = Lines { text: source.text.as_bytes(), line: 1, at: 0 };
        let file = || source.name.clone();
        let mut place = |start: usize, matched: &str| Place::Line {
            file: file(),
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
            let at = Place::Line {
                file: file(),
                line: lines.of(*start),
                matched: source.text[*start..][..id.0.len()].to_owned(),
            };
            add(&mut items, Need::Item(id.clone()), at);
        }
    }
    findings.append(&mut items);
    findings
}

/// A privilege that a program needs, as an account can have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The privilege.
    pub id: PrivilegeId,
    /// Whether the account can give it.
    pub availability: Availability,
    /// The places that show the need.
    pub places: Vec<Place>,
}

/// Whether an account can give a privilege to this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// It can.
    Offered,
    /// The account does not have it.
    Lacking,
    /// The account has it, but the usage of the key rules it out.
    Closed,
}

/// The privileges of findings for an account with this offer, each once.
pub fn suggestions(findings: &[Finding], groups: &[Group], usage: Usage) -> Vec<Suggestion> {
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for finding in findings {
        let Need::Privilege(PrivilegeId(id)) = &finding.need else { continue };
        let Resolved { gives, lacks, closed } = preset::resolve(std::slice::from_ref(id), groups, usage);
        for (ids, availability) in
            [(gives, Availability::Offered), (lacks, Availability::Lacking), (closed, Availability::Closed)]
        {
            for id in ids {
                match suggestions.iter_mut().find(|known| known.id == id) {
                    Some(known) => known.places.extend(finding.places.iter().cloned()),
                    None => suggestions.push(Suggestion { id, availability, places: finding.places.clone() }),
                }
            }
        }
    }
    for suggestion in &mut suggestions {
        suggestion.places.sort_by(|one, other| one.position().cmp(&other.position()));
        suggestion.places.dedup();
        suggestion.places.truncate(MAX_PLACES);
    }
    suggestions
}

/// Merges the findings of several readings: each need once, privileges first.
pub fn merged(readings: &[Vec<Finding>]) -> Vec<Finding> {
    let (mut privileges, mut items) = (Vec::new(), Vec::new());
    for Finding { need, places } in readings.iter().flatten() {
        let findings = if matches!(need, Need::Item(_)) { &mut items } else { &mut privileges };
        for place in places {
            add(findings, need.clone(), place.clone());
        }
    }
    privileges.append(&mut items);
    privileges
}

/// The items of findings, each once, up to the limit of a credential.
pub fn items(findings: &[Finding]) -> Vec<ItemId> {
    let mut items: Vec<ItemId> = Vec::new();
    for finding in findings {
        if let Need::Item(id) = &finding.need
            && !items.contains(id)
            && items.len() < MAX_ITEMS
        {
            items.push(id.clone());
        }
    }
    items
}

impl Draft {
    /// Adds privileges that code or a map needs, whether they are chosen or not; the review names those that are not.
    pub fn add_needed(&mut self, privileges: &[PrivilegeId]) {
        for id in privileges {
            if !self.needed.contains(id) {
                self.needed.push(id.clone());
            }
        }
    }

    /// Chooses the privileges and items that code or a map needs, the items up to the limit. Returns the titles of the
    /// items that were added.
    pub fn choose_found(&mut self, privileges: Vec<PrivilegeId>, items: Vec<GrantedItem>) -> Vec<String> {
        self.add_needed(&privileges);
        for id in privileges {
            self.choose_privilege(id, true);
        }
        let (mut all, mut titles) = (self.items.clone(), Vec::new());
        for item in items {
            if all.len() < MAX_ITEMS && all.iter().all(|known| known.id != item.id) {
                titles.push(item.title.clone());
                all.push(item);
            }
        }
        self.set_items(all);
        titles
    }
}

fn add(findings: &mut Vec<Finding>, need: Need, place: Place) {
    match findings.iter_mut().find(|finding| finding.need == need) {
        Some(finding) => {
            let is_new = finding.places.iter().all(|known| known.position() != place.position());
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
    /// The line of a position, which must not be before the previous one.
    fn of(&mut self, start: usize) -> usize {
        let passed = self.text.get(self.at..start).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.at = self.at.max(start);
        self.line
    }
}

/// Finds the privileges that a hit needs, given everything else that was found.
struct Privileges<'a> {
    recognizers: &'a Recognizers,
    /// Privileges that are needed for certain.
    strong: Vec<&'a str>,
    /// Whether found addresses are stored, so that the temporary kind is not the one needed (F-PRIV-14).
    stores: bool,
}

impl<'a> Privileges<'a> {
    fn new(recognizers: &'a Recognizers, hits: &[&Match], stores: bool) -> Self {
        let mut new = Self { recognizers, strong: Vec::new(), stores };
        let mut seen = vec![false; recognizers.rules.len()];
        for hit in hits {
            if !std::mem::replace(&mut seen[hit.rule], true) && recognizers.rules[hit.rule].unless.is_empty() {
                let needs = new.of_rule(hit.rule);
                new.strong.extend(needs.iter().map(String::as_str));
            }
        }
        new
    }

    fn of(&self, hit: &Match) -> &'a [String] {
        let needs = self.of_rule(hit.rule);
        let unless = &self.recognizers.rules[hit.rule].unless;
        let is_told = |need: &String| self.strong.contains(&need.as_str());
        let is_better_known =
            self.strong.iter().any(|need| unless.iter().any(|prefix| need.starts_with(prefix.as_str())));
        if is_better_known && !needs.iter().all(is_told) { &[] } else { needs }
    }

    fn of_rule(&self, rule: usize) -> &'a [String] {
        let rule = &self.recognizers.rules[rule];
        if self.stores && !rule.stored.is_empty() { &rule.stored } else { &rule.needs }
    }
}

#[cfg(test)]
mod tests;
