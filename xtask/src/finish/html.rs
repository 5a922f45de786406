//! Just enough HTML to edit the page that Trunk wrote: start tags and their attributes.

use crate::failure::{Failure, Outcome};

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The element's name in lower case.
    pub name: String,
    /// Attributes in order; one without a value has an empty one.
    pub attributes: Vec<(String, String)>,
    /// The tag as written, from `<` to `>`.
    pub text: String,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }
}

/// All start tags of a page, in order. Comments are passed over; scripts have no text in our pages.
pub fn tags(page: &str) -> Vec<Tag> {
    pieces(page).into_iter().filter_map(tag).collect()
}

/// The first start tag that satisfies `wanted`.
pub fn find(page: &str, wanted: impl Fn(&Tag) -> bool) -> Option<Tag> {
    tags(page).into_iter().find(wanted)
}

/// The page with each start tag replaced by what `change` returns; `None` keeps it.
pub fn rewrite(page: &str, change: impl Fn(&Tag) -> Option<String>) -> String {
    pieces(page)
        .into_iter()
        .map(|piece| tag(piece).and_then(|tag| change(&tag)).unwrap_or_else(|| piece.to_owned()))
        .collect()
}

/// The page with `text` as the first thing in its head, whose own tag may have been minified away.
pub fn first_in_head(page: &str, text: &str) -> Outcome<String> {
    let before = find(page, |tag| tag.name == "head")
        .or_else(|| find(page, |tag| tag.name == "html"))
        .ok_or_else(|| Failure::new("index.html has neither a head nor an html tag"))?;
    Ok(page.replacen(&before.text, &format!("{}{text}", before.text), 1))
}

/// The page cut into tags, comments and the text between them; joined, they are the page again.
fn pieces(page: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = page;
    while !rest.is_empty() {
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map_or(rest.len(), |at| at + 3),
            _ if rest.starts_with('<') => tag_end(rest),
            _ => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// Where the tag at the start of `text` ends; `>` inside quotes does not end it.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, character) in text.char_indices().skip(1) {
        match (quote, character) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn tag(piece: &str) -> Option<Tag> {
    let inside = piece.strip_prefix('<')?.strip_suffix('>')?;
    if !inside.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = inside.find(|end: char| end.is_whitespace() || end == '/').unwrap_or(inside.len());
    let (name, rest) = inside.split_at(name_end);
    Some(Tag { name: name.to_ascii_lowercase(), attributes: attributes(rest), text: piece.to_owned() })
}

fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(|gap: char| gap.is_whitespace() || gap == '/');
    while !rest.is_empty() {
        let name_end = rest.find(|end: char| end.is_whitespace() || end == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_end);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after),
            None => ("", after),
        };
        found.push((name.to_ascii_lowercase(), value.to_owned()));
        rest = after.trim_start();
    }
    found
}

/// An attribute's value at the start of `text`, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''));
    match quote {
        Some(quote) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let tags = tags("<!doctype html><link href=./a.css rel=stylesheet crossorigin><p title='1 > 0'>x</p>");
        assert_eq!(tags.len(), 2);
        assert_eq!(tags[0].get("href"), Some("./a.css"));
        assert_eq!(tags[0].get("crossorigin"), Some(""));
        assert_eq!(tags[1].get("title"), Some("1 > 0"));
    }

    #[test]
    fn a_page_that_nothing_changes_stays_the_same() {
        let page = "<!doctype html><!-- <script> --><html lang=en><p>1 < 2<br/></p>";
        assert_eq!(rewrite(page, |_| None), page);
    }

    #[test]
    fn the_head_begins_after_html_when_its_tag_was_minified_away() {
        let page = first_in_head("<!doctype html><html lang=en><meta charset=utf-8>", "<meta a>");
        assert_eq!(page.expect("it has html"), "<!doctype html><html lang=en><meta a><meta charset=utf-8>");
    }
}
