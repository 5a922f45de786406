//! Splits programs into words and texts, without comments, in any language.
//!
//! It knows no grammar, only how comments and texts begin and end. That is enough to tell a `//` in an address from a
//! comment, and an example in a comment from the program.

/// A part of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Joined names: `a`, `a.b`, `a::b`, `a?.b`.
    Words(&'a str),
    /// The text between quotes.
    Text(&'a str),
    /// An address without quotes.
    Address(&'a str),
    /// Anything else.
    Sign(u8),
}

/// Scans a text.
pub(super) struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    has_hash_comments: bool,
    /// For each end in `ENDS`, the position up to which it is known to be missing, so that it is not searched for
    /// again.
    missing: [usize; ENDS.len()],
}

/// The ends of comments and of texts of several lines or one line.
const ENDS: [&str; 7] = ["*/", "-->", "\"\"\"", "'''", "`", "\"", "'"];
const BLOCK: usize = 0;
const MARKUP: usize = 1;
const TRIPLE: usize = 2;
const TRIPLE_SINGLE: usize = 3;
const BACKTICK: usize = 4;
const DOUBLE: usize = 5;
const SINGLE: usize = 6;

/// The number of bytes of a text examined to guess its language.
const SAMPLE: usize = 50_000;

impl<'a> Scan<'a> {
    /// Starts at the beginning of a text.
    pub(super) fn new(text: &'a str) -> Self {
        let has_hash_comments = has_hash_comments(text);
        Self { text, bytes: text.as_bytes(), at: 0, has_hash_comments, missing: [0; ENDS.len()] }
    }

    /// The bytes after the last token, up to the end of the text.
    pub(super) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at.min(self.bytes.len())..]
    }

    fn byte(&self, place: usize) -> u8 {
        self.bytes.get(place).copied().unwrap_or_default()
    }

    fn starts(&self, what: &str) -> bool {
        self.rest().starts_with(what.as_bytes())
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        rest.iter().position(|byte| *byte == b'\n').map_or(self.bytes.len(), |place| from + place)
    }

    /// Whether there is only white space before this position on its line.
    fn begins_line(&self, place: usize) -> bool {
        let before = self.bytes[..place].iter().rev();
        before.take(200).find(|byte| !matches!(byte, b' ' | b'\t')).is_none_or(|byte| *byte == b'\n')
    }

    /// The position of `ENDS[kind]` at or after `from`; a line break also ends texts of one line. A backslash escapes
    /// what follows, except in comments.
    fn end(&mut self, kind: usize, from: usize) -> Option<usize> {
        if from < self.missing[kind] {
            return None;
        }
        let end = ENDS[kind].as_bytes();
        let mut place = from;
        while place < self.bytes.len() {
            if self.bytes[place..].starts_with(end) {
                return Some(place);
            }
            match self.bytes[place] {
                b'\n' if kind >= DOUBLE => break,
                b'\\' if kind >= TRIPLE => place += 2,
                _ => place += 1,
            }
        }
        self.missing[kind] = place.max(from + 1);
        None
    }

    /// Skips a comment; returns whether there was one.
    fn comment(&mut self) -> bool {
        let (first, next) = (self.byte(self.at), self.byte(self.at + 1));
        if !matches!(first, b'#' | b'<' | b'/') {
            return false;
        }
        let hash = first == b'#';
        if hash && (self.has_hash_comments || (matches!(next, b' ' | b'#' | b'!') && self.begins_line(self.at))) {
            self.at = self.line_end(self.at);
            return true;
        }
        if self.starts("<!--")
            && let Some(end) = self.end(MARKUP, self.at + 4)
        {
            self.at = end + 3;
            return true;
        }
        if self.has_hash_comments || first != b'/' {
            return false;
        }
        if next == b'/' {
            self.at = self.line_end(self.at);
            return true;
        }
        if next == b'*'
            && let Some(end) = self.end(BLOCK, self.at + 2)
        {
            self.at = end + 2;
            return true;
        }
        false
    }

    /// The text that begins here; `None` if the quote does not begin one.
    fn quoted(&mut self, kind: usize) -> Option<&'a str> {
        let start = self.at + ENDS[kind].len();
        let end = self.end(kind, start)?;
        self.at = end + ENDS[kind].len();
        self.text.get(start..end)
    }

    /// Whether three quotes here begin a docstring, as in Python.
    fn is_description(&self) -> bool {
        let mut before = self.bytes[..self.at].iter().rev().take(500).filter(|byte| !byte.is_ascii_whitespace());
        self.has_hash_comments
            && self.begins_line(self.at)
            && !before.next().is_some_and(|byte| b"=(,[+{".contains(byte))
    }

    /// Whether a `'` here is inside a word: `don't`.
    fn is_apostrophe(&self) -> bool {
        let before = &self.bytes[self.at.saturating_sub(3)..self.at];
        let letters = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let is_prefix = letters < 3
            && before[before.len() - letters..].iter().all(|byte| b"rbfu".contains(&byte.to_ascii_lowercase()));
        letters > 0 && !is_prefix && self.byte(self.at + 1).is_ascii_alphanumeric()
    }

    fn words(&mut self) -> Token<'a> {
        let start = self.at;
        loop {
            while is_name(self.byte(self.at)) {
                self.at += 1;
            }
            let joint = [".", "::", "?.", "!!.", "!."].into_iter().find(|joint| self.starts(joint));
            match joint {
                Some(joint) if is_name(self.byte(self.at + joint.len())) => self.at += joint.len(),
                _ => break,
            }
        }
        let words = &self.text[start..self.at];
        if !(self.starts("://") && matches!(words, "http" | "https")) {
            return Token::Words(words);
        }
        self.at += address_length(self.rest());
        Token::Address(&self.text[start..self.at])
    }
}

impl<'a> Iterator for Scan<'a> {
    /// A token and its position.
    type Item = (usize, Token<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (start, first) = (self.at, *self.bytes.get(self.at)?);
            if first == b'\\' {
                self.at = (start + 2).min(self.bytes.len());
                while !self.text.is_char_boundary(self.at) {
                    self.at += 1;
                }
                continue;
            }
            if first.is_ascii_whitespace() || self.comment() {
                self.at = self.at.max(start + 1);
                continue;
            }
            if is_name(first) {
                return Some((start, self.words()));
            }
            let kind = match first {
                b'"' if self.starts(ENDS[TRIPLE]) => TRIPLE,
                b'\'' if self.starts(ENDS[TRIPLE_SINGLE]) => TRIPLE_SINGLE,
                b'`' => BACKTICK,
                b'"' => DOUBLE,
                b'\'' if !self.is_apostrophe() => SINGLE,
                _ => ENDS.len(),
            };
            let describes = matches!(kind, TRIPLE | TRIPLE_SINGLE) && self.is_description();
            if kind < ENDS.len()
                && let Some(text) = self.quoted(kind)
            {
                if describes {
                    continue;
                }
                return Some((start + ENDS[kind].len(), Token::Text(text)));
            }
            self.at = start + 1;
            return Some((start, Token::Sign(first)));
        }
    }
}

/// The number of leading bytes that belong to an address begun before this text.
pub(super) fn address_length(rest: &[u8]) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`<>)|".contains(byte);
    rest.iter().position(ends).unwrap_or(rest.len())
}

/// Bytes of non-ASCII letters count as letters.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

/// Whether comments begin with `#`, as in Python, R and shells, rather than with `//`: judged by how lines begin and
/// end.
fn has_hash_comments(text: &str) -> bool {
    let (mut hash, mut slash) = (0, 0);
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    for line in text[..end].lines().map(str::trim) {
        let begins = |with: &[&str]| with.iter().any(|start| line.starts_with(start));
        let is_python_import = begins(&["from "]) && line.contains(" import ")
            || begins(&["import "]) && !line.contains(['"', '\'', ';', '{', '.']) && line.contains(" as ");
        let hashes = [
            is_python_import,
            begins(&["def ", "elif ", "print(", "library(", "#!/", "%", "curl ", "except", "if __name__"]),
            begins(&["#"]) && !begins(&["#if", "#region", "#end", "#import", "#include", "#pragma", "#Preview"]),
            begins(&["with ", "for ", "if ", "def ", "class ", "try", "else", "while "]) && line.ends_with(':'),
            line.contains(" <- ") || line.contains(" |> ") || line.contains(" %>% "),
        ];
        let slashes = [
            begins(&["//", "/*", "*", "<", "}", "const ", "let ", "val ", "using ", "func ", "fun ", "public "]),
            line.ends_with(['{', '}', ';']),
        ];
        hash += hashes.iter().filter(|is_met| **is_met).count();
        slash += slashes.iter().filter(|is_met| **is_met).count();
    }
    hash > slash
}
