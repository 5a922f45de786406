//! Words of a query against words for a privilege.

/// Said in most queries, and telling nothing.
const SILENT: [&str; 22] = [
    "a", "an", "and", "are", "at", "by", "can", "do", "for", "from", "how", "i", "in", "is", "me", "my", "need", "of",
    "on", "the", "to", "with",
];

/// The longest query that is read, in characters.
const MAX_QUERY: usize = 300;

/// Words that find a privilege.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    text: String,
    tokens: Vec<StemmedWord>,
    weight: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct StemmedWord {
    word: String,
    stem: String,
}

impl Term {
    /// These words, which are worth so much.
    pub fn new(text: &str, weight: u32) -> Self {
        Self { text: text.to_owned(), tokens: tokens(text), weight }
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words in lower case.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|token| token.word.as_str())
    }
}

/// What somebody looks for.
pub struct Query {
    whole: String,
    words: Vec<Word>,
    address: Option<String>,
}

/// A word of a query.
pub struct Word(StemmedWord);

impl Query {
    /// What was typed.
    pub fn new(typed: &str) -> Self {
        let typed: String = typed.trim().chars().take(MAX_QUERY).collect();
        let whole = typed.to_lowercase();
        let address = address(&whole);
        // Of an address, only what is done there is a word.
        let spoken = match &address {
            Some(address) => address.rsplit('/').next().filter(|part| !part.contains('.')).unwrap_or_default(),
            None => &whole,
        };
        Self { words: tokens(spoken).into_iter().map(Word).collect(), whole, address }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.address.is_none()
    }

    /// Its words, without those that tell nothing.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether it is the address of a service.
    pub fn is_address(&self) -> bool {
        self.address.is_some()
    }

    /// What it is worth that the query is all that the term says, or the beginning of it.
    pub fn phrase_score(&self, term: &Term) -> u32 {
        if self.address.is_some() {
            return 0;
        }
        let is_alike = |(word, token): (&Word, &StemmedWord)| word.0.stem == token.stem;
        let is_begun = self.words.len() <= term.tokens.len() && self.words.iter().zip(&term.tokens).all(is_alike);
        if term.text.eq_ignore_ascii_case(&self.whole) {
            term.weight * 100
        } else if is_begun && self.words.len() == term.tokens.len() {
            term.weight * 80
        } else if is_begun {
            term.weight * 10
        } else {
            0
        }
    }

    /// What it is worth that the query is an address of this service: the more of it, the better.
    pub fn address_score(&self, service: &str) -> u32 {
        let Some(address) = &self.address else { return 0 };
        let alike = service.split('/').zip(address.split('/')).take_while(|(one, other)| one == other).count();
        let rest = service.split('/').count() - alike;
        // Another service on the same host is no match, if both are named.
        let is_named = address.split('/').count() > alike;
        match alike {
            0 => 0,
            _ if rest > 0 && is_named => alike as u32,
            alike => 1000 + 100 * alike as u32 + if rest == 0 { 500 } else { 0 },
        }
    }

    /// How many letters the word is from one of the query's; none if it is far away.
    pub fn distance(&self, token: &str) -> Option<usize> {
        let of = |word: &Word| {
            let distance = strsim::osa_distance(&word.0.word, token);
            Some(distance).filter(|_| distance <= word.0.word.len() / 3 && token.len() > 2)
        };
        self.words.iter().filter_map(of).min()
    }
}

impl Word {
    /// What it is worth that the term has this word, or one like it. In a long term a word tells less.
    pub fn score(&self, term: &Term) -> u32 {
        let best = term.tokens.iter().map(|token| self.likeness(token)).max().unwrap_or(0);
        best * term.weight * 4 / (3 + term.tokens.len() as u32)
    }

    fn likeness(&self, token: &StemmedWord) -> u32 {
        let word = &self.0.word;
        if token.word == *word {
            10
        } else if token.stem == self.0.stem {
            9
        } else if token.word.starts_with(word) {
            6
        } else if word.len() > 3 && token.word.contains(word) {
            3
        } else {
            0
        }
    }
}

/// The words of a text, without those that tell nothing unless there are no others.
fn tokens(text: &str) -> Vec<StemmedWord> {
    let words: Vec<String> = text
        .split(|character: char| character.is_ascii() && !character.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    let told: Vec<&String> = words.iter().filter(|word| !SILENT.contains(&word.as_str())).collect();
    let kept = if told.is_empty() { words.iter().collect() } else { told };
    kept.into_iter().map(|word| StemmedWord { word: word.clone(), stem: stem(word).to_owned() }).collect()
}

/// A word without the endings that English puts to nouns and verbs: `routes`, `route` and `routing` are one.
fn stem(word: &str) -> &str {
    let without = |word: &'static str| move |token: &'_ str| token.len() > word.len() + 2 && token.ends_with(word);
    if without("ing")(word) {
        return &word[..word.len() - 3];
    }
    let singular = if without("s")(word) && !word.ends_with("ss") { &word[..word.len() - 1] } else { word };
    if without("e")(singular) { &singular[..singular.len() - 1] } else { singular }
}

/// Host and path, if it is an address of a service.
fn address(typed: &str) -> Option<String> {
    let plain = typed.split_once("://").map_or(typed, |(_, rest)| rest);
    let is_one = !plain.contains(char::is_whitespace) && (plain.len() < typed.len() || plain.contains(".arcgis.com"));
    let end = plain.find(['?', '#']).unwrap_or(plain.len());
    is_one.then(|| plain[..end].trim_end_matches('/').to_owned())
}
