//! Matches an item against a query (F-SEARCH-3).

use crate::search::query::{Query, Wanted};
use crate::state::item::Item;

/// The mode of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// The whole value, as in `filter` (F-SEARCH-4).
    Exact,
    /// Whole words; a trailing `*` matches any ending.
    Words,
    /// Prefixes of words.
    Beginnings,
}

/// True if the item matches.
pub(crate) fn fits(query: &Query, item: &Item, how: How) -> bool {
    match query {
        Query::All => true,
        Query::And(parts) => parts.iter().all(|part| fits(part, item, how)),
        Query::Or(parts) => parts.iter().any(|part| fits(part, item, how)),
        Query::Not(part) => !fits(part, item, how),
        Query::Term { field, value } => match field {
            Some(field) => field_fits(item, field, value, how),
            None => text_fits(item, value, how),
        },
    }
}

/// Searches title, tags, snippet and type for a word without a field, and also the owner, which the real portal does
/// not search (F-SEARCH-5).
fn text_fits(item: &Item, value: &Wanted, how: How) -> bool {
    let how = if how == How::Exact { How::Words } else { how };
    let snippet = item.snippet.as_deref().unwrap_or_default();
    [item.title.as_str(), snippet, &item.kind, &item.owner]
        .into_iter()
        .chain(item.tags.iter().map(String::as_str))
        .any(|text| words_fit(text, value, how))
}

fn field_fits(item: &Item, field: &str, value: &Wanted, how: How) -> bool {
    let any = |list: &[String]| list.iter().any(|entry| whole_fits(entry, value));
    match field {
        "id" => whole_fits(&item.id, value),
        // `owner:` is case-sensitive (F-SEARCH-3).
        "owner" => matches!(value, Wanted::Word(name) | Wanted::Phrase(name) if *name == item.owner),
        "orgid" | "accountid" => whole_fits(&item.org, value),
        "access" => whole_fits(item.access.text(), value),
        "typekeywords" => any(&item.type_keywords),
        "tags" => any(&item.tags) || item.tags.iter().any(|tag| how != How::Exact && words_fit(tag, value, how)),
        "type" => kind_fits(&item.kind, value, how),
        "title" => text_field_fits(&item.title, value, how),
        "snippet" => text_field_fits(item.snippet.as_deref().unwrap_or_default(), value, how),
        "description" => text_field_fits(item.description.as_deref().unwrap_or_default(), value, how),
        "created" => time_fits(item.created, value),
        "modified" => time_fits(item.modified, value),
        // Groups do not exist here, and an unknown field matches nothing (inferred).
        _ => false,
    }
}

/// A quoted type must match the whole type; unquoted, one word of it is enough, except in `filter`.
fn kind_fits(kind: &str, value: &Wanted, how: How) -> bool {
    match (value, how) {
        (Wanted::Phrase(_), _) | (_, How::Exact) => whole_fits(kind, value),
        _ => words_fit(kind, value, How::Words),
    }
}

fn text_field_fits(text: &str, value: &Wanted, how: How) -> bool {
    match how {
        How::Exact => whole_fits(text, value),
        _ => words_fit(text, value, how),
    }
}

/// Compares the whole value case-insensitively; a `*` at the end of a word matches any ending.
fn whole_fits(text: &str, value: &Wanted) -> bool {
    match value {
        Wanted::Phrase(wanted) => text.to_lowercase() == wanted.to_lowercase(),
        Wanted::Word(wanted) => pattern_fits(&text.to_lowercase(), &wanted.to_lowercase(), false),
        Wanted::Range(..) => false,
    }
}

fn words_fit(text: &str, value: &Wanted, how: How) -> bool {
    let (wanted, phrase) = match value {
        Wanted::Word(text) => (text.to_lowercase(), false),
        Wanted::Phrase(text) => (text.to_lowercase(), true),
        Wanted::Range(..) => return false,
    };
    let text = text.to_lowercase();
    let parts = if phrase { split(&wanted) } else { split_keeping_star(&wanted) };
    // Symbols alone, such as an emoji, are not words: match them literally (inferred).
    if parts.is_empty() {
        return text.contains(&wanted);
    }
    // Fast path: most texts do not contain the letters at all, so splitting them into words is unnecessary.
    let letters_there = |part: &&str| text.contains(part.trim_end_matches('*'));
    if !parts.iter().all(letters_there) {
        return false;
    }
    let words = split(&text);
    match phrase {
        true => words.windows(parts.len()).any(|window| window == parts),
        false => {
            let open = how == How::Beginnings;
            let found = |part: &&str| words.iter().any(|word| pattern_fits(word, part, open));
            parts.iter().all(found)
        }
    }
}

fn split(text: &str) -> Vec<&str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

fn split_keeping_star(text: &str) -> Vec<&str> {
    let parts = text.split(|character: char| !character.is_alphanumeric() && character != '*');
    parts.filter(|word| !word.is_empty()).collect()
}

/// A trailing `*`, or `open`, makes this a prefix match.
fn pattern_fits(text: &str, pattern: &str, open: bool) -> bool {
    match pattern.strip_suffix('*').map(|start| start.trim_end_matches('*')) {
        Some(start) => text.starts_with(start),
        None if open => text.starts_with(pattern),
        None => text == pattern,
    }
}

/// A time in milliseconds, zero-padded or not; `*` leaves one end of a range open.
fn time_fits(ms: i64, value: &Wanted) -> bool {
    let number = |text: &str, open: i64| {
        if text == "*" { open } else { text.parse().unwrap_or(open) }
    };
    match value {
        Wanted::Range(from, to) => (number(from, i64::MIN)..=number(to, i64::MAX)).contains(&ms),
        Wanted::Word(text) | Wanted::Phrase(text) => text.parse() == Ok(ms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;

    fn item() -> Item {
        let mut item = Item::new("abc123", "jane.d@x", "Org1");
        item.title = "Bike paths of Zürich".to_owned();
        item.kind = "Web Mapping Application".to_owned();
        item.tags = vec!["street map".to_owned()];
        item.type_keywords = vec!["Registered App".to_owned()];
        item.created = 500;
        item
    }

    #[track_caller]
    fn check(query: &str, how: How, expected: bool) {
        assert_eq!(fits(&parse(query), &item(), how), expected, "{query} {how:?}");
    }

    #[test]
    fn free_words_are_whole_words_or_beginnings() {
        check("paths", How::Words, true);
        check("path", How::Words, false);
        check("path*", How::Words, true);
        check("path", How::Beginnings, true);
        check("ZÜRICH bike", How::Words, true);
        check("bike cars", How::Words, false);
        check("\"bike paths\"", How::Words, true);
        check("\"paths bike\"", How::Words, false);
        check("street", How::Words, true);
        check("***", How::Words, true);
        check("🙂", How::Words, false);
    }

    #[test]
    fn fields_are_compared_as_a_whole_where_they_are_names() {
        check("type:\"Web Mapping Application\"", How::Words, true);
        check("type:\"Application\"", How::Words, false);
        check("type:Application", How::Words, true);
        check("type:Application", How::Exact, false);
        check("typekeywords:\"registered app\"", How::Words, true);
        check("typekeywords:Registered", How::Words, false);
        check("tags:\"street map\"", How::Exact, true);
        check("tags:street", How::Exact, false);
        check("id:ABC123", How::Words, true);
        check("orgid:Org1", How::Exact, true);
        check("accountid:Org1", How::Words, true);
        check("accountid:Org2", How::Words, false);
        check("title:\"bike paths of zürich\"", How::Exact, true);
        check("title:bike", How::Exact, false);
        check("nonsense:x", How::Words, false);
    }

    #[test]
    fn an_owner_with_signs_is_quoted_and_heeds_case() {
        check("owner:\"jane.d@x\"", How::Exact, true);
        check("owner:jane.d@x", How::Words, true);
        check("owner:Jane.d@x", How::Words, false);
    }

    #[test]
    fn times_lie_in_ranges() {
        check("created:[0000000400 TO 600]", How::Words, true);
        check("created:[* TO 400]", How::Words, false);
        check("created:[400 TO *]", How::Exact, true);
    }
}
