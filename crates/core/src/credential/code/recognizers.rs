//! The recognizers from the data, in tables that are searched by name.

use crate::json::Value;

/// The patterns recognized in programs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recognizers {
    /// The meanings of hits.
    pub(super) rules: Vec<RecognizerRule>,
    /// Hosts of services.
    pub(super) hosts: Table,
    /// Parts of the paths of services.
    pub(super) operations: Table,
    /// Modules and packages.
    pub(super) modules: Table,
    /// Classes and elements.
    pub(super) names: Table,
    /// Functions: the same, but only if called.
    pub(super) calls: Table,
    /// Names of map styles, with their letters and digits only.
    pub(super) styles: Table,
    /// Options that matter only if they are enabled.
    pub(super) flags: Table,
    /// Modules that only show whose program it is.
    pub(super) marks: Table,
    /// Kinds of services that people run themselves, each with the prefix of the privileges for Esri's own.
    pub(super) kinds: Vec<(String, String)>,
    /// The text before the id of an item in an address.
    pub(super) item_addresses: Vec<String>,
    /// Words near the id of an item in a program, reduced to letters and digits.
    pub(super) item_words: Vec<String>,
    /// The same, but only if anything else in the program is Esri's.
    pub(super) item_hints: Vec<String>,
    /// Other libraries whose functions have the same names.
    pub(super) strangers: Vec<String>,
}

/// The meaning of a recognized name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RecognizerRule {
    /// The privileges it needs.
    pub(super) needs: Vec<String>,
    /// The privileges it needs instead if found addresses are stored.
    pub(super) stored: Vec<String>,
    /// Ignored when a privilege with one of these prefixes is needed for certain.
    pub(super) unless: Vec<String>,
    /// One of these modules must be present, too, because the name alone is too common. `*` is any of Esri's.
    pub(super) with: Vec<String>,
    /// Whether it means the same on every server.
    pub(super) is_anywhere: bool,
    /// Whether enabling it stores found addresses.
    pub(super) stores: bool,
}

/// Names, each with its rule; sorted by the last part of the name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Table {
    rows: Vec<NamedRule>,
    /// The outlines of the names, a filter that spares most words of a program a lookup.
    outlines: [u64; 16],
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct NamedRule {
    name: String,
    /// The names that must precede it: `Geocoding` of `Geocoding.geocode`.
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

    /// The rules of a name that follows these others.
    pub(super) fn rules(&self, name: &str, before: &[&str]) -> Vec<usize> {
        if !self.may_have(name) {
            return Vec::new();
        }
        let start = self.rows.partition_point(|row| row.name.as_str() < name);
        let rows = self.rows[start..].iter().take_while(|row| row.name == name);
        let fits = |row: &&NamedRule| row.before.iter().rev().eq(before.iter().rev().take(row.before.len()));
        rows.filter(fits).map(|row| row.rule).collect()
    }

    /// Whether the table has the name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.may_have(name) && self.rows.binary_search_by(|row| row.name.as_str().cmp(name)).is_ok()
    }

    fn may_have(&self, name: &str) -> bool {
        let (word, bit) = outline(name);
        self.outlines[word] & bit != 0
    }
}

impl Recognizers {
    /// Parses `data/recognizers.json`. Ignores what it does not know.
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

/// The bit for the ends and the length of a name: the index of one of 16 words, and the bit.
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
