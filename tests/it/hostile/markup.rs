//! Tokenizes HTML like a browser (HTML Standard, 13.2.5), as far as a snippet with one link needs.

/// An HTML token.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// A start tag with its attributes, whose character references are not decoded.
    Start(String, Vec<(String, String)>),
    /// An end tag.
    End(String),
    /// Text between tags.
    Text(String),
}

/// All tokens; `None` if a tag never ends.
pub fn pieces(html: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let is_tag = |at: usize| {
            rest[at + 1..].starts_with(|character: char| character.is_ascii_alphabetic() || "/!?".contains(character))
        };
        let tag = rest.match_indices('<').map(|(at, _)| at).find(|at| is_tag(*at)).unwrap_or(rest.len());
        if tag > 0 {
            pieces.push(Piece::Text(rest[..tag].to_owned()));
            rest = &rest[tag..];
            continue;
        }
        let name: String =
            rest[1..].chars().take_while(|character| !character.is_whitespace() && *character != '>').collect();
        let (attributes, after) = attributes(&rest[1 + name.len()..])?;
        rest = after;
        pieces.push(match name.strip_prefix('/') {
            Some(name) => Piece::End(name.to_owned()),
            None => Piece::Start(name, attributes),
        });
    }
    Some(pieces)
}

type Attributes = Vec<(String, String)>;

/// The attributes up to the end of the tag, and the rest.
fn attributes(mut rest: &str) -> Option<(Attributes, &str)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|character: char| character.is_ascii_whitespace() || character == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((found, after));
        }
        let end = rest.find(|character: char| character.is_ascii_whitespace() || "=>/".contains(character))?;
        let name = rest[..end.max(1)].to_owned();
        rest = rest[name.len()..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            found.push((name, String::new()));
            continue;
        };
        rest = after.trim_start();
        let quote = rest.chars().next().filter(|character| "\"'".contains(*character));
        let (value, after) = match quote {
            Some(quote) => rest[1..].split_once(quote)?,
            None => rest.split_at(rest.find(|character: char| character.is_ascii_whitespace() || character == '>')?),
        };
        found.push((name, value.to_owned()));
        rest = after;
    }
}
