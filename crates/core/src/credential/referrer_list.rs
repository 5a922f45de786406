//! A list of referrers as people paste it: lines, commas, semicolons, bullets, quotes, a Markdown table, an `.env`
//! line, JSON.

use std::collections::BTreeSet;

use crate::credential::referrer::{Referrer, ReferrerProblem};
use crate::origin;

/// A placeholder for two backslashes, which some people write for two slashes, while single ones are read as escapes.
const TWO_BACKSLASHES: &str = "\u{1}";

/// Separators of addresses; no valid address contains one.
const SEPARATORS: &[char] = &[
    ',', ';', '|', '"', '\'', '`', '<', '>', '{', '}', '、', '，', '；', '「', '」', '『', '』', '（', '）', '【',
    '】', '《', '》', '［', '］',
];

/// Marks around a word, never inside; the last ones are invisible and come from text of documents.
const MARKS: &[char] = &[
    '“', '”', '„', '‘', '’', '‚', '«', '»', '‹', '›', '•', '·', '‣', '▪', '◦', '–', '—', '…', '\u{200b}', '\u{200e}',
    '\u{200f}', '\u{2060}', '\u{feff}',
];

/// The addresses in a pasted text, as written, and in a plain list also everything else that may be one. Words around
/// the addresses of a table, of JSON or of a line of settings are not part of the list.
pub fn take_apart(text: &str) -> Vec<String> {
    // JSON and other program texts escape slashes, quotation marks and line ends.
    let text = [
        ("\\\\", TWO_BACKSLASHES),
        ("\\/", "/"),
        ("\\\"", "\""),
        ("\\r", "\n"),
        ("\\n", "\n"),
        (TWO_BACKSLASHES, "\\\\"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (written, meant)| text.replace(written, meant));
    // A spreadsheet puts a tab between the cells of a row.
    let is_table = text.lines().any(|line| line.trim().contains('\t'));
    let mut list = ReferrerParts {
        is_plain: !is_table
            && !text
                .contains(|character: char| character != ',' && character != ';' && SEPARATORS.contains(&character)),
        ..ReferrerParts::default()
    };
    for token in text.split(|character: char| character.is_whitespace() || SEPARATORS.contains(&character)) {
        list.take(token);
    }
    match list.parts.is_empty() {
        // Nothing typed is dropped silently.
        true => text
            .split(|character: char| character.is_whitespace() || character == ',')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        false => list.done(),
    }
}

/// Writes international host names as browsers send them. `to_ascii` is the browser's own conversion.
pub fn with_ascii_hosts(text: &str, to_ascii: &dyn Fn(&str) -> Option<String>) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_of_host) {
        let (before, after) = rest.split_at(start);
        let end = after.find(|character| !is_of_host(character)).unwrap_or(after.len());
        let (host, behind) = after.split_at(end);
        written.push_str(before);
        let (wildcard, name) = host.strip_prefix("*.").map_or(("", host), |name| ("*.", name));
        // A word in a sentence is not a host.
        let is_host = !name.is_ascii() && (name.contains('.') || written.ends_with("://"));
        written.push_str(wildcard);
        written.push_str(&is_host.then(|| to_ascii(name)).flatten().unwrap_or_else(|| name.to_owned()));
        rest = behind;
    }
    written.push_str(rest);
    written
}

fn is_of_host(character: char) -> bool {
    match character.is_ascii() {
        true => character.is_ascii_alphanumeric() || "-._*".contains(character),
        false => {
            !character.is_whitespace()
                && !character.is_control()
                && !SEPARATORS.contains(&character)
                && !MARKS.contains(&character)
        }
    }
}

/// The parts of a list, in order.
#[derive(Default)]
struct ReferrerParts {
    /// Each part, and whether it looks like an address.
    parts: Vec<(String, bool)>,
    /// Whether only white space, commas and semicolons separate the parts.
    is_plain: bool,
}

impl ReferrerParts {
    fn take(&mut self, token: &str) {
        let Some(start) = scheme_at(token) else { return self.take_setting(token) };
        let (before, address) = token.split_at(start);
        if !before.is_empty() {
            self.is_plain = false;
            // The text of a Markdown link.
            self.take_setting(before.strip_suffix("](").unwrap_or(before));
        }
        // Markdown puts stars around what is bold; a star after an address alone is a wildcard.
        let stars = before.len() - before.trim_end_matches('*').len();
        let address = address.strip_suffix(before.get(before.len() - stars..).unwrap_or_default()).unwrap_or(address);
        // A Markdown link whose text is its address.
        if let Some((words, target)) = address.split_once("](") {
            self.is_plain = false;
            self.take_word(words);
            return self.take(target);
        }
        // Some browsers drop line breaks when pasting into a single-line field.
        let host = address.find("://").map_or(0, |end| end + 3);
        let glued = address.get(host..).and_then(scheme_at).map(|place| host + place);
        match glued.filter(|end| !address[host..*end].contains(['/', '?', '#'])) {
            Some(end) => {
                self.take_word(&address[..end]);
                self.take(&address[end..]);
            }
            None => self.take_word(address),
        }
    }

    /// `NAME=value`, without the name.
    fn take_setting(&mut self, token: &str) {
        match token.split_once('=') {
            Some((_, value)) => {
                self.is_plain = false;
                self.take_word(value);
            }
            None => self.take_word(token),
        }
    }

    fn take_word(&mut self, token: &str) {
        let word = trimmed(token);
        // Punctuation of a sentence. Without an address before it, a colon ends a label.
        let word = if word.contains("://") { word.trim_end_matches([':', '?']) } else { word };
        if matches!(word, "and" | "or") {
            return;
        }
        self.is_plain &= word == token;
        // A label, not an address.
        if word.ends_with(':') {
            self.is_plain = false;
        } else if word.contains(|character: char| character.is_ascii_alphanumeric() || !character.is_ascii()) {
            self.parts.push((word.to_owned(), is_address(word)));
        } else if !word.is_empty() {
            // A bullet, or the line below the header of a table.
            self.is_plain = false;
        }
    }

    fn done(self) -> Vec<String> {
        let read: Vec<_> = self.parts.iter().map(|(text, _)| Referrer::parse(text)).collect();
        let right: BTreeSet<&Referrer> = read.iter().flatten().collect();
        let is_meant =
            |place: usize| read[place].as_ref().map_or_else(|problem| problem.suggestion.is_some(), |_| true);
        let has_address = self.parts.iter().enumerate().any(|(at, (_, is_address))| *is_address && is_meant(at));
        // The text of a link beside its address.
        let is_said_again = |place: usize| match &read[place] {
            Err(ReferrerProblem { suggestion: Some(meant), .. }) => right.contains(meant),
            _ => false,
        };
        let stays = |at: usize, is_address| (is_address || self.is_plain || !has_address) && !is_said_again(at);
        let parts = self.parts.iter().enumerate().filter(|(at, (_, is_address))| stays(*at, *is_address));
        parts.map(|(_, (text, _))| text.clone()).collect()
    }
}

/// The position of `http://` or `https://`.
fn scheme_at(token: &str) -> Option<usize> {
    let lower = token.to_ascii_lowercase();
    ["http://", "https://"].iter().filter_map(|scheme| lower.find(scheme)).min()
}

/// Removes the marks that lists and sentences put around a word.
fn trimmed(token: &str) -> &str {
    let mut word = token;
    loop {
        let before = word;
        word = word.trim_matches(MARKS).trim_start_matches(['(', '-', '+', '#', '!', '=']);
        if !word.starts_with("[:") {
            word = word.trim_start_matches('[');
        }
        if !word.starts_with("*.") && word.len() > 1 {
            word = word.trim_start_matches('*');
        }
        if !word.ends_with("*.") {
            word = word.trim_end_matches(['.', '!', '。']);
        }
        for (open, close) in [('(', ')'), ('[', ']')] {
            if word.matches(close).count() > word.matches(open).count() {
                word = word.strip_suffix(close).unwrap_or(word);
            }
        }
        if word == before {
            return word;
        }
    }
}

fn is_address(word: &str) -> bool {
    let host = word.split(['/', '?', '#']).next().unwrap_or_default();
    let has_port =
        host.rsplit_once(':').is_some_and(|(_, port)| port.starts_with(|character: char| character.is_ascii_digit()));
    if host.contains('(') && !word.contains("://") {
        // A function call in a program.
        return false;
    }
    word.contains("://")
        || origin::misspelled_scheme(word).is_some_and(|(_, host)| host.contains('.'))
        || host.contains('.')
        // Annotations in a program begin with `@`.
        || host.find('@').is_some_and(|place| place > 0)
        || has_port
        || host.eq_ignore_ascii_case("localhost")
        || word.starts_with("//")
}

#[cfg(test)]
mod tests;
