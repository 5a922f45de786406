//! Makes the portal's text safe to show: bounded, one line, no characters that change the reading direction, no tokens.

/// A name given by the portal (a title, a person, an organization), at most `most` characters.
pub fn plain(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut left = most;
    for character in text.chars() {
        if left == 0 {
            out.push('…');
            break;
        }
        if let Some(character) = visible(character) {
            out.push(character);
            left -= 1;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// A message of the portal: like [`plain`], with everything that looks like a token replaced by `[…]`.
pub fn scrubbed(text: &str, most: usize) -> String {
    // Scrubs the whole text before truncating it, so that no half of a token is left.
    let text = plain(text, usize::MAX);
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for (place, character) in text.char_indices() {
        if !is_token_character(character) {
            push_run(&mut out, &text[run..place]);
            out.push(character);
            run = place + character.len_utf8();
        }
    }
    push_run(&mut out, &text[run..]);
    plain(&out, most)
}

fn push_run(out: &mut String, run: &str) {
    if looks_secret(run) {
        out.push_str("[…]");
    } else {
        out.push_str(run);
    }
}

/// Whether a character is in the alphabets of API keys (F-KEY-7), session tokens, client secrets and JWT, which all
/// contain long runs.
fn is_token_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.' | '~' | '+' | '/' | '=' | '%')
}

fn looks_secret(run: &str) -> bool {
    const KEYS: [&str; 4] = ["AAPT", "AAPK", "AATK", "AAST"];
    let is_key = |at: usize| KEYS.iter().any(|key| run[at..].starts_with(key) && run.len() - at >= 8);
    let is_jwt = run.starts_with("eyJ") && run.len() >= 8;
    let is_long = run.split(['.', '/', '+', '=', '%', '~']).any(|part| part.len() >= 32);
    // The words of a URL form shorter runs; base64 text with `+` or `/` is recognized by its total length.
    is_jwt || is_long || run.len() >= 120 || (0..run.len()).any(is_key)
}

/// Turns control characters into spaces and removes marks that reverse or hide text, so that no title can pose as
/// another.
fn visible(character: char) -> Option<char> {
    match character {
        character if is_invisible(character) => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        character if character.is_control() => Some(' '),
        character => Some(character),
    }
}

/// Whether a character is invisible by itself: fillers, soft hyphens, tags, direction marks. U+200C and U+200D do not
/// count: removing them changes emoji and some scripts.
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{061C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{180E}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(scrubbed(text, 300), expected);
    }

    #[test]
    fn what_looks_like_a_token_is_not_kept() {
        check("key AAPTxy8BH1VEsoebNVZXo8HurC here", "key […] here");
        check("old AAPK12345678", "old […]");
        check("prefixed xAATK12345678", "prefixed […]");
        check("AASTabcd", "[…]");
        check("secret=a387fd7f3c4f4bb0b1d51d5a2b3c4d5e.", "[…]");
        check("jwt eyJhbGciOi.eyJzdWIi.c2ln", "jwt […]");
        check(&["short ", &"ab+/".repeat(40)].concat(), "short […]");
    }

    #[test]
    fn plain_words_are_kept() {
        for text in [
            "Unable to register app. (Invalid Privileges)",
            "portal:app:access:item is not allowed",
            "'type' and 'title' property required.",
            "see https://doc.arcgis.com/en/arcgis-online/administer",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn marks_that_turn_text_and_controls_go() {
        check("a\u{202E}b\u{2066}c\u{0000}d\ne", "abc d e");
        check("Pay\u{AD}roll\u{3164}\u{E0041}", "Payroll");
        check("AAPT\u{AD}xy8BH1VEsoebNVZXo8HurC", "[…]");
    }

    #[test]
    fn a_long_message_is_cut() {
        let text = "word ".repeat(400);
        assert!(scrubbed(&text, 300).chars().count() <= 301);
    }

    #[test]
    fn a_token_across_the_cut_is_not_left_half() {
        let text = ["a ".repeat(149).as_str(), "AAPTxy8BH1VEsoebNVZXo8HurC"].concat();
        assert!(!scrubbed(&text, 300).contains("AAPT"));
    }

    #[test]
    fn a_token_far_behind_the_cut_is_not_left_half() {
        let secret = "a387fd7f3c4f4bb0b1d51d5a2b3c4d5e";
        // The long runs before it become short, so that it moves to the front.
        let text = [format!("{} ", "ab".repeat(60)).repeat(19), " ".repeat(81), secret.to_owned()].concat();
        assert!(!scrubbed(&text, 300).contains(&secret[..12]));
    }

    #[test]
    fn emoji_that_are_joined_stay_joined() {
        assert_eq!(plain("👩\u{200D}🔬 lab", 50), "👩\u{200D}🔬 lab");
    }
}
