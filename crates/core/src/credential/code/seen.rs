//! The findings of one text.

use super::recognizers::{Recognizers, Table, plain};
use super::scan::{Scan, Token, address_length};
use crate::credential::privilege::MAX_ITEMS;
use crate::portal::id::ItemId;

/// The end of the hosts of Esri's services.
const ESRI: &str = "arcgis.com";

/// The maximum length of a module name, address or style; longer texts are only searched for hosts and items.
const LONGEST_NAME: usize = 400;

/// The maximum length shown of a module name.
const LONGEST_SHOWN: usize = 60;

/// The number of preceding words that count as near an item.
const NEAR: usize = 8;

/// Words that introduce an import, and words that define a function rather than call it.
const IMPORTS: [&str; 8] = ["import", "from", "using", "library", "require", "requireNamespace", "static", "package"];
const DEFINES: [&str; 8] = ["def", "func", "fun", "function", "void", "override", "class", "struct"];

/// Something that was recognized.
#[derive(Debug)]
pub(super) struct Match {
    /// The index of its rule.
    pub(super) rule: usize,
    /// Its position.
    pub(super) start: usize,
    /// The text as written.
    pub(super) matched: String,
    /// Whether it is an address, rather than a name.
    is_address: bool,
}

/// The findings of one text.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The hits, in the order of the text.
    pub(super) hits: Vec<Match>,
    /// The ids of items and their positions.
    pub(super) items: Vec<(usize, ItemId)>,
    /// Whether found addresses are stored.
    pub(super) stores: bool,
}

/// Reads a text in slices of the requested size.
pub(super) struct Reader<'a> {
    text: &'a str,
    scan: Scan<'a>,
    look: Look<'a>,
    /// Ids that count only if the program turns out to be Esri's.
    doubtful: Vec<(usize, ItemId)>,
    /// The preceding words and texts.
    last: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    /// Starts at the beginning of a text.
    pub(super) fn new(recognizers: &'a Recognizers, text: &'a str) -> Self {
        let look = Look { recognizers, seen: Seen::default(), modules: Vec::new(), is_esri: false, own: Vec::new() };
        Self { text, scan: Scan::new(text), look, doubtful: Vec::new(), last: Vec::new() }
    }

    /// Reads at least this many bytes, up to the end of a token. Returns false at the end of the text.
    pub(super) fn read(&mut self, bytes: usize) -> bool {
        let mut begin = None;
        while let Some((start, token)) = self.scan.next() {
            self.take(start, token);
            if start - *begin.get_or_insert(start) >= bytes {
                return true;
            }
        }
        false
    }

    fn take(&mut self, start: usize, token: Token<'a>) {
        let (look, rest) = (&mut self.look, self.scan.rest());
        match token {
            Token::Words(words) => {
                let words = longer(words, rest, self.text, start);
                look.words(words, start, rest, self.last.last().copied().unwrap_or_default());
                self.last.push(words);
            }
            Token::Text(content) => {
                if ItemId::is_one(content) {
                    let id = ItemId(content.to_ascii_lowercase());
                    let near: Vec<String> = self.last.iter().rev().take(NEAR).map(|word| short(word)).collect();
                    let is_near =
                        |words: &[String]| near.iter().any(|text| words.iter().any(|word| text.contains(word)));
                    if is_near(&look.recognizers.item_words) {
                        look.item(start, id);
                    } else if is_near(&look.recognizers.item_hints) {
                        self.doubtful.push((start, id));
                    }
                }
                look.text(content, start, rest);
                self.last.push(content);
            }
            Token::Address(address) => look.text(address, start, &[]),
            Token::Sign(_) => {}
        }
        if self.last.len() > 4 * NEAR {
            self.last.drain(..3 * NEAR);
        }
    }

    /// The result, after the whole text has been read.
    pub(super) fn seen(self) -> Seen {
        self.look.finish(self.doubtful)
    }
}

/// Extends a name to that of an element or an attribute, which may have hyphens: `arcgis-search`.
fn longer<'a>(words: &'a str, rest: &[u8], text: &'a str, start: usize) -> &'a str {
    if !matches!(words, "arcgis" | "item" | "esri") || rest.first() != Some(&b'-') {
        return words;
    }
    let part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    &text[start..start + words.len() + rest.iter().take(40).take_while(part).count()]
}

/// The letters and digits of a word; empty for a long text.
fn short(word: &str) -> String {
    if word.len() < 80 { plain(word) } else { String::new() }
}

struct Look<'a> {
    recognizers: &'a Recognizers,
    seen: Seen,
    /// The named modules.
    modules: Vec<String>,
    /// Whether anything of Esri's is named.
    is_esri: bool,
    /// The prefixes of the privileges for the kinds of services that the program runs itself.
    own: Vec<&'a str>,
}

impl Look<'_> {
    fn hit(&mut self, rule: usize, start: usize, matched: &str, is_address: bool) {
        self.seen.hits.push(Match { rule, start, matched: matched.to_owned(), is_address });
    }

    /// Records a name that is in a table, preceded by these others. Returns whether it is in the table.
    fn record(&mut self, table: &Table, name: &str, before: &[&str], start: usize, matched: &str) -> bool {
        let rules = table.rules(name, before);
        for rule in &rules {
            self.hit(*rule, start, matched, false);
        }
        !rules.is_empty()
    }

    /// Handles joined names, given what follows them and the word before.
    fn words(&mut self, words: &str, start: usize, rest: &[u8], before: &str) {
        let recognizers = self.recognizers;
        let parts: Vec<&str> = words.split(['.', ':', '?', '!']).filter(|part| !part.is_empty()).collect();
        let Some((last, others)) = parts.split_last() else { return };
        if parts.len() > 1 || IMPORTS.contains(&before) {
            self.modules_of(words, &parts, ".", start);
        }
        if others.iter().any(|name| recognizers.strangers.iter().any(|stranger| stranger == name)) {
            return;
        }
        if words.starts_with("arcgis-") {
            self.is_esri = true;
        }
        for (place, part) in parts.iter().enumerate() {
            // Class names of the older native SDKs have this prefix.
            let name = part.strip_prefix("AGS").unwrap_or(part);
            let is_known = self.record(&recognizers.names, name, &parts[..place], start, part);
            if !is_known && is_style_name(part) && !part.starts_with("open") {
                self.record(&recognizers.styles, &plain(part), &[], start, part);
            }
        }
        let is_called = rest.iter().take(4).find(|byte| **byte != b' ') == Some(&b'(');
        if is_called && !(others.is_empty() && DEFINES.contains(&before)) {
            self.record(&recognizers.calls, last, others, start, last);
        }
        self.flag(last, start, rest);
    }

    /// Handles an enabled option: `name: true`, `name=True`, `"name": "true"`, `setName(true)`.
    fn flag(&mut self, name: &str, start: usize, rest: &[u8]) {
        let recognizers = self.recognizers;
        if recognizers.flags.has(name) {
            let value = rest.iter().take(12).position(|byte| !b" \t\"':=,(".contains(byte)).unwrap_or_default();
            if rest[value..].get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"true")) {
                self.record(&recognizers.flags, name, &[], start, name);
            }
        }
    }

    /// The modules that a path begins with.
    fn modules_of(&mut self, whole: &str, parts: &[&str], joint: &str, start: usize) {
        let recognizers = self.recognizers;
        let mut name = String::new();
        for part in parts.iter().take(6) {
            if !name.is_empty() {
                name.push_str(joint);
            }
            // Without its version and its file extension.
            let version =
                part.char_indices().skip(1).find(|(_, character)| *character == '@').map_or(part.len(), |(at, _)| at);
            // The older name of the module.
            let is_older = name.is_empty() && joint == "/" && *part == "esri";
            name.push_str(if is_older { "@arcgis/core" } else { &part[..version] });
            let name = name.strip_suffix(".js").unwrap_or(&name);
            if recognizers.marks.has(name) || recognizers.modules.has(name) {
                self.is_esri = true;
                if !self.modules.iter().any(|module| module == name) {
                    self.modules.push(name.to_owned());
                }
                let matched = if whole.len() > LONGEST_SHOWN { part } else { whole };
                self.record(&recognizers.modules, name, &[], start, matched);
            }
        }
    }

    /// Handles a quoted text, or an address without quotes, and what follows it.
    fn text(&mut self, content: &str, start: usize, rest: &[u8]) {
        let recognizers = self.recognizers;
        let mut has_host = false;
        for (at, host_end) in hosts(content) {
            has_host = true;
            self.address(content, at, host_end, start);
        }
        self.item_addresses(content, start);
        if content.len() > LONGEST_NAME || content.contains(char::is_whitespace) {
            return;
        }
        let path = path_of(content);
        let parts = parts_of(path);
        let is_whole = content.contains("://");
        if !has_host {
            self.path(&parts, start, is_whole);
            self.query(content, start);
        }
        if is_whole && !has_host {
            self.own_services(&parts);
        }
        for place in 0..parts.len().min(24) {
            if parts[place].len() < 60 {
                self.modules_of(path, &parts[place..], "/", start);
            }
        }
        if content.len() < 60 && is_style_name(content) && content.contains(['/', '-', ':']) {
            self.record(&recognizers.styles, &plain(content), &[], start, content);
        }
        self.flag(content, start, rest);
    }

    /// Handles an address of one of Esri's hosts, starting at its host.
    fn address(&mut self, content: &str, at: usize, host_end: usize, start: usize) {
        let recognizers = self.recognizers;
        self.is_esri = true;
        let tail = &content[host_end..];
        let tail = &tail[..address_length(tail.as_bytes())];
        let host = content[at..host_end].to_ascii_lowercase();
        let rules = recognizers.hosts.rules(&without_digits(&host), &[]);
        let parts = parts_of(path_of(tail));
        for rule in &rules {
            self.hit(*rule, start + at, &content[at..host_end], true);
        }
        self.path(&parts, start + host_end, rules.is_empty());
        match rules.is_empty() {
            true => self.own_services(&parts),
            false => self.query(tail, start + host_end),
        }
    }

    /// Handles the segments of a path; on another server, only those that mean the same everywhere.
    fn path(&mut self, parts: &[&str], start: usize, is_of_others: bool) {
        let recognizers = self.recognizers;
        for part in parts {
            let rules = recognizers.operations.rules(part, &[]);
            for rule in rules {
                if !is_of_others || recognizers.rules[rule].is_anywhere {
                    self.hit(rule, start, part, true);
                }
            }
        }
    }

    fn query(&mut self, address: &str, start: usize) {
        let recognizers = self.recognizers;
        for (name, value) in address.split(['?', '&']).skip(1).filter_map(|pair| pair.split_once('=')) {
            if value.eq_ignore_ascii_case("true") {
                self.record(&recognizers.flags, name, &[], start, name);
            }
        }
    }

    fn own_services(&mut self, parts: &[&str]) {
        let recognizers = self.recognizers;
        let own = recognizers.kinds.iter().filter(|(service, _)| parts.contains(&service.as_str()));
        self.own.extend(own.map(|(_, privileges)| privileges.as_str()));
    }

    /// Finds ids after the texts that precede them in addresses.
    fn item_addresses(&mut self, content: &str, start: usize) {
        let bytes = content.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if length == 32 && ItemId::is_one(&content[at..at + length]) {
                let is_behind = |before: &String| {
                    let begin = at.checked_sub(before.len());
                    begin.is_some_and(|begin| bytes[begin..at].eq_ignore_ascii_case(before.as_bytes()))
                };
                if self.recognizers.item_addresses.iter().any(is_behind) {
                    self.item(start + at, ItemId(content[at..at + length].to_ascii_lowercase()));
                }
            }
            at += length.max(1);
        }
    }

    fn item(&mut self, start: usize, id: ItemId) {
        if self.seen.items.len() < MAX_ITEMS {
            self.seen.items.push((start, id));
        }
    }

    /// Resolves what depends on the whole text.
    fn finish(mut self, doubtful: Vec<(usize, ItemId)>) -> Seen {
        let recognizers = self.recognizers;
        let reached: Vec<&str> = {
            let addresses = self.seen.hits.iter().filter(|hit| hit.is_address);
            addresses.flat_map(|hit| &recognizers.rules[hit.rule].needs).map(String::as_str).collect()
        };
        // Programs that use only a server of their own, and none of Esri's, call it by the same functions.
        let own: Vec<&str> =
            self.own.iter().copied().filter(|own| !reached.iter().any(|need| need.starts_with(own))).collect();
        let (modules, is_esri) = (&self.modules, self.is_esri);
        self.seen.hits.retain(|hit| {
            let rule = &recognizers.rules[hit.rule];
            let is_met = |module: &String| if module == "*" { is_esri } else { modules.contains(module) };
            let is_own = own.iter().any(|own| rule.needs.iter().any(|need| need.starts_with(own)));
            (rule.with.is_empty() || rule.with.iter().any(is_met)) && (hit.is_address || !is_own)
        });
        self.seen.stores = self.seen.hits.iter().any(|hit| recognizers.rules[hit.rule].stores);
        if self.is_esri || !self.seen.hits.is_empty() {
            for (start, id) in doubtful {
                self.item(start, id);
            }
        }
        self.seen.items.sort_by_key(|(start, _)| *start);
        self.seen.hits.sort_by_key(|hit| hit.start);
        self.seen
    }
}

/// An address without its query and fragment.
fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// The segments of a path; in a JSON text each may end with a backslash.
fn parts_of(path: &str) -> Vec<&str> {
    path.split('/').map(|part| part.trim_end_matches('\\')).collect()
}

fn is_style_name(name: &str) -> bool {
    let begins = |with: &str| name.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    name.len() > 6 && (begins("arcgis") || begins("osm") || begins("open"))
}

/// Removes digits from a host, because `analysis6.arcgis.com` is one of several equivalent hosts.
fn without_digits(host: &str) -> String {
    match host.split_once('.') {
        Some((first, rest)) => {
            [first.trim_end_matches(|character: char| character.is_ascii_digit()), ".", rest].concat()
        }
        None => host.to_owned(),
    }
}

/// Finds Esri's hosts in a text. Ignores longer names and names with only the same ending.
fn hosts(content: &str) -> Vec<(usize, usize)> {
    let bytes = content.as_bytes();
    let mut found = Vec::new();
    let of_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let mut from = 0;
    while let Some(dot) =
        bytes.get(from..).and_then(|rest| rest.iter().position(|byte| *byte == b'.')).map(|place| from + place)
    {
        from = dot + 1;
        let end = dot + 4;
        let Some(begin) = end.checked_sub(ESRI.len()) else { continue };
        if !bytes.get(begin..end).is_some_and(|domain| domain.eq_ignore_ascii_case(ESRI.as_bytes())) {
            continue;
        }
        let goes_on = match bytes.get(end) {
            Some(b'.') => bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric),
            Some(byte) => of_host(byte) || matches!(byte, b'@' | b'_'),
            None => false,
        };
        let length = bytes[..begin].iter().rev().take(80).take_while(|byte| of_host(byte)).count();
        let start = begin - length;
        let before = &bytes[..start];
        let is_host = match before.last() {
            Some(b'/') => before.ends_with(b"//") || before.ends_with(b"/\\/"),
            Some(byte) => !matches!(byte, b'@' | b'_' | b'%' | b'}') && byte.is_ascii(),
            None => true,
        };
        if is_host && !goes_on && (length == 0 || bytes[begin - 1] == b'.') {
            found.push((start, end));
        }
    }
    found
}
