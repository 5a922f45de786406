//! Short texts a person types: trimmed, counted in characters, free of what cannot be seen.

use crate::credential::problem::Rule;
use crate::portal::text::is_invisible;

/// How much of a text at fault a message repeats, in characters.
const SHOWN: usize = 80;

/// The text without white space around it, if it fits one line of `max` characters.
pub(super) fn line(text: &str, max: usize) -> Result<String, Rule> {
    let text = text.trim();
    // The length first: what is wrong at character 9,000 helps nobody.
    let count = text.chars().count();
    if count > max {
        return Err(Rule::TooLong { max, count });
    }
    // Cells of a spreadsheet come with tabs between them.
    let text = text.replace('\t', " ");
    if let Some(character) = text.chars().find(|character| is_refused(*character)) {
        return Err(Rule::ControlCharacter { character });
    }
    Ok(if is_blank(&text) { String::new() } else { text })
}

/// The same for a text that was perhaps pasted in several lines: each run of white space becomes one space.
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

/// Whether nothing in the text can be seen.
fn is_blank(text: &str) -> bool {
    // The joiners, the empty pattern of Braille, and what chooses a form of the character before it.
    let shows_nothing = |character: char| {
        character.is_whitespace()
            || is_invisible(character)
            || matches!(character, '\u{200c}' | '\u{200d}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}')
    };
    text.chars().all(shows_nothing)
}
