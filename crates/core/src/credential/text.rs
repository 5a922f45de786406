//! Short texts that a person types: trimmed, counted in characters, free of invisible characters.

use crate::credential::problem::Rule;
use crate::portal::text::is_invisible;

/// The number of characters of a refused text that a message repeats.
const SHOWN: usize = 80;

/// The text without white space around it, if it fits one line of `max` characters.
pub(super) fn line(text: &str, max: usize) -> Result<String, Rule> {
    let text = text.trim();
    // Check the length first: a problem at character 9,000 does not help anyone.
    let count = text.chars().count();
    if count > max {
        return Err(Rule::TooLong { max, count });
    }
    // Cells of a spreadsheet are pasted with tabs between them.
    let text = text.replace('\t', " ");
    if let Some(character) = text.chars().find(|character| is_refused(*character)) {
        return Err(Rule::ControlCharacter { character });
    }
    Ok(if is_blank(&text) { String::new() } else { text })
}

/// The same for a text that may have been pasted in several lines: each run of white space becomes one space.
pub(super) fn paragraph(text: &str, max: usize) -> Result<String, Rule> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    line(&words.join(" "), max)
}

/// The text as a message repeats it.
pub(super) fn shown(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(SHOWN) {
        None => text.to_owned(),
        Some((end, _)) => [&text[..end], "…"].concat(),
    }
}

/// Control characters, line separators, and the marks that can make a text read as another (Unicode UAX #9, 2.1–2.5).
/// The plain direction marks U+200E and U+200F and the joiners of emoji and of Arabic stay allowed.
pub(super) fn is_refused(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether the text has no visible character.
fn is_blank(text: &str) -> bool {
    // The joiners, the blank Braille pattern, and variation selectors.
    let shows_nothing = |character: char| {
        character.is_whitespace()
            || is_invisible(character)
            || matches!(character, '\u{200c}' | '\u{200d}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}')
    };
    text.chars().all(shows_nothing)
}
