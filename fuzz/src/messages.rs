//! Messages from a portal: the text shown is always short, one line, and contains no part of a token.

use key_wizard_core::portal::text::{plain, scrubbed};

/// The maximum lengths of a refusal's name and message.
const MOST: [usize; 2] = [60, 300];

/// The minimum length of a run of letters and digits that may be a client secret or a token.
const SECRET: usize = 32;

/// How much of one may be visible, since words of this length are common.
const SEEN: usize = 12;

pub fn check(text: &str) {
    MOST.into_iter().for_each(|most| check_cut(text, most));
}

fn check_cut(text: &str, most: usize) {
    let shown = scrubbed(text, most);
    assert_eq!(scrubbed(&shown, most), shown, "a cleaned sentence is clean");
    for text in [&shown, &plain(text, most)] {
        assert!(text.chars().count() <= most + 1);
        assert!(!text.chars().any(|letter| letter.is_control() || is_direction(letter)));
    }
    // Invisible characters are dropped first, and must not hide a token.
    let seen = plain(text, usize::MAX);
    for word in words(&shown).filter(|word| word.len() >= SEEN) {
        let is_plain = words(&seen).any(|whole| whole.len() < SECRET && whole.starts_with(word));
        assert!(is_plain, "a part of a token is shown");
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric())
}

fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
