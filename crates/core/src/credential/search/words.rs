//! Matches the words of a query against the words for a privilege.

/// Stop words.
const SILENT: [&str; 22] = [
    "a", "an", "and", "are", "at", "by", "can", "do", "for", "from", "how", "i", "in", "is", "me", "my", "need", "of",
    "on", "the", "to", "with",
];

/// The maximum length of a query, in characters.
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
    /// A term with this weight.
    pub fn new(text: &str, weight: u32) -> Self {
        Self { text: text.to_owned(), tokens: tokens(text), weight }
    }

    /// The original text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words in lower case.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|token| token.word.as_str())
    }
}

/// A query.
pub struct Query {
    whole: String,
    words: Vec<Word>,
    address: Option<String>,
}

/// A word of a query.
pub struct Word(StemmedWord);

impl Query {
    /// Parses the typed text.
    pub fn new(typed: &str) -> Self {
        let typed: String = typed.trim().chars().take(MAX_QUERY).collect();
        let whole = typed.to_lowercase();
        let address = address(&whole);
        // Only the operation in an address counts as a word.
        let spoken = match &address {
            Some(address) => address.rsplit('/').next().filter(|part| !part.contains('.')).unwrap_or_default(),
            None => &whole,
        };
        Self { words: tokens(spoken).into_iter().map(Word).collect(), whole, address }
    }

    /// Whether the query is empty.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.address.is_none()
    }

    /// Its words, without stop words.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether it is the address of a service.
    pub fn is_address(&self) -> bool {
        self.address.is_some()
    }

    /// The score if the query is the whole term or the beginning of it.
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

    /// The score if the query is an address of this service: the more of it, the higher.
    pub fn address_score(&self, service: &str) -> u32 {
        let Some(address) = &self.address else { return 0 };
        let alike = service.split('/').zip(address.split('/')).take_while(|(one, other)| one == other).count();
        let rest = service.split('/').count() - alike;
        // Another service on the same host does not match, if both are named.
        let is_named = address.split('/').count() > alike;
        match alike {
            0 => 0,
            _ if rest > 0 && is_named => alike as u32,
            alike => 1000 + 100 * alike as u32 + if rest == 0 { 500 } else { 0 },
        }
    }

    /// The edit distance between the word and the nearest one of the query; `None` if it is large.
    pub fn distance(&self, token: &str) -> Option<usize> {
        let of = |word: &Word| {
            let distance = strsim::osa_distance(&word.0.word, token);
            Some(distance).filter(|_| distance <= word.0.word.len() / 3 && token.len() > 2)
        };
        self.words.iter().filter_map(of).min()
    }
}

impl Word {
    /// The score if the term contains this word or a similar one. In a long term a word counts less.
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

/// The words of a text, without stop words unless there are no others.
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

/// A word without the endings of English nouns and verbs, so that `routes`, `route` and `routing` are the same.
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
