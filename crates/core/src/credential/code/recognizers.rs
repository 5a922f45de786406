//! What is recognized, as the data has it, in tables that are searched by name.

use crate::json::Value;

/// What is recognized in programs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recognizers {
    /// What a hit means.
    pub(super) rules: Vec<RecognizerRule>,
    /// Hosts of services.
    pub(super) hosts: Table,
    /// Parts of the paths of services.
    pub(super) operations: Table,
    /// Modules and packages.
    pub(super) modules: Table,
    /// Classes and elements.
    pub(super) names: Table,
    /// Functions: the same where they are called.
    pub(super) calls: Table,
    /// Names of map styles, with their letters and digits only.
    pub(super) styles: Table,
    /// Options that matter where they are switched on.
    pub(super) flags: Table,
    /// Modules that only tell whose program it is.
    pub(super) marks: Table,
    /// Kinds of services that people run themselves, each with what the privileges for Esri's own begin with.
    pub(super) kinds: Vec<(String, String)>,
    /// The text before the id of an item in an address.
    pub(super) item_addresses: Vec<String>,
    /// Words near the id of an item in a program, letters and digits only.
    pub(super) item_words: Vec<String>,
    /// The same, if anything else of the program is of Esri.
    pub(super) item_hints: Vec<String>,
    /// Libraries of others, whose functions are named alike.
    pub(super) strangers: Vec<String>,
}

/// What is known of something that is recognized.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RecognizerRule {
    /// The privileges it needs.
    pub(super) needs: Vec<String>,
    /// Those it needs instead where found addresses are stored.
    pub(super) stored: Vec<String>,
    /// Ignored when a privilege with one of these prefixes is needed for certain.
    pub(super) unless: Vec<String>,
    /// One of these modules must be there, too: the name alone is anybody's. `*` is any of Esri's.
    pub(super) with: Vec<String>,
    /// It means the same on every server.
    pub(super) is_anywhere: bool,
    /// Found addresses are stored where this is switched on.
    pub(super) stores: bool,
}

/// Names, each with its rule; sorted by the last part of the name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Table {
    rows: Vec<NamedRule>,
    /// Which outlines names have, so that most words of a program are looked up no further.
    outlines: [u64; 16],
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct NamedRule {
    name: String,
    /// What must precede it: `Geocoding` of `Geocoding.geocode`.
    before: Vec<String>,
    rule: usize,
}

impl Table {
    fn add(&mut self, name: &str, before: &[&str], rule: usize) {
        let before = before.iter().map(|name| (*name).to_owned()).collect();
        let (word, bit) = outline(name);
        self.outlines[word] |= bit;
        self.rows.push(NamedRule { name: name.to_owned(), before, rule });
    }

    /// The rules of a name behind these others.
    pub(super) fn rules(&self, name: &str, before: &[&str]) -> Vec<usize> {
        if !self.may_have(name) {
            return Vec::new();
        }
        let start = self.rows.partition_point(|row| row.name.as_str() < name);
        let rows = self.rows[start..].iter().take_while(|row| row.name == name);
        let fits = |row: &&NamedRule| row.before.iter().rev().eq(before.iter().rev().take(row.before.len()));
        rows.filter(fits).map(|row| row.rule).collect()
    }

    /// Whether the name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.may_have(name) && self.rows.binary_search_by(|row| row.name.as_str().cmp(name)).is_ok()
    }

    fn may_have(&self, name: &str) -> bool {
        let (word, bit) = outline(name);
        self.outlines[word] & bit != 0
    }
}

impl Recognizers {
    /// Reads `data/recognizers.json`. What is unknown in it is left out.
    pub(in crate::credential) fn read(file: &Value<'_>) -> Self {
        let mut new = Self {
            item_addresses: file.texts("item_addresses"),
            item_words: file.texts("item_words"),
            item_hints: file.texts("item_hints"),
            strangers: file.texts("strangers"),
            ..Self::default()
        };
        for mark in file.texts("marks") {
            new.marks.add(&mark, &[], 0);
        }
        for kind in file.get("kinds").and_then(Value::as_list).unwrap_or_default() {
            let text = |name: &str| kind.get(name).and_then(Value::as_text).map(str::to_owned);
            new.kinds.extend(text("service").zip(text("privileges")));
        }
        for entry in file.get("rules").and_then(Value::as_list).unwrap_or_default() {
            new.add(entry);
        }
        let Self { hosts, operations, modules, names, calls, styles, flags, marks, .. } = &mut new;
        for table in [hosts, operations, modules, names, calls, styles, flags, marks] {
            table.rows.sort();
        }
        new
    }

    fn add(&mut self, entry: &Value<'_>) {
        let is = |name: &str| matches!(entry.get(name), Some(Value::Flag(true)));
        let rule = self.rules.len();
        self.rules.push(RecognizerRule {
            needs: entry.texts("needs"),
            stored: entry.texts("stored"),
            unless: entry.texts("unless"),
            with: entry.texts("with"),
            is_anywhere: is("anywhere"),
            stores: is("stores"),
        });
        let tables = [
            ("hosts", &mut self.hosts),
            ("operations", &mut self.operations),
            ("modules", &mut self.modules),
            ("flags", &mut self.flags),
        ];
        for (list, table) in tables {
            for name in entry.texts(list) {
                table.add(&name, &[], rule);
            }
        }
        for style in entry.texts("styles") {
            self.styles.add(&plain(&style), &[], rule);
        }
        for (list, table) in [("names", &mut self.names), ("calls", &mut self.calls)] {
            for name in entry.texts(list) {
                let parts: Vec<&str> = name.split('.').collect();
                if let Some((last, before)) = parts.split_last() {
                    table.add(last, before, rule);
                }
            }
        }
    }
}

/// A bit for the ends and the length of a name: which of 16 words it is in, and the bit.
fn outline(name: &str) -> (usize, u64) {
    let bytes = name.as_bytes();
    let ends = [bytes.first(), bytes.last()].map(|byte| usize::from(byte.copied().unwrap_or_default()));
    let number = ends[0] * 7 + ends[1] * 31 + bytes.len() * 131;
    (number / 64 % 16, 1 << (number % 64))
}

/// The letters and digits of a name, in lower case.
pub(super) fn plain(name: &str) -> String {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}
