//! The query grammar (F-SEARCH-3): words, phrases, fields, groups, ranges, AND, OR, NOT and `-`.
//! Parsing is lenient and never fails.

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Query {
    /// The empty query, which matches everything.
    All,
    /// All parts match.
    And(Vec<Query>),
    /// At least one part matches.
    Or(Vec<Query>),
    /// The part does not match.
    Not(Box<Query>),
    /// One word, phrase or range, in one field or in the default fields.
    Term {
        /// The field in lower case.
        field: Option<String>,
        /// The value to match.
        value: Wanted,
    },
}

/// The value to match in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A word, possibly with `*`.
    Word(String),
    /// A quoted phrase.
    Phrase(String),
    /// A range, both ends included.
    Range(String, String),
}

/// Parses a query.
pub(crate) fn parse(text: &str) -> Query {
    let mut reader = Reader { rest: text, depth: 0 };
    let mut parts = Vec::new();
    // An extra closing bracket ends a list early; the rest still counts.
    while !reader.rest.trim_start().is_empty() {
        parts.push(reader.any_of(None));
        reader.skip(")");
    }
    all_of(parts)
}

/// The maximum nesting depth; deeper groups are treated as closed, so that no query can exhaust the stack.
const DEEPEST: usize = 50;

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    /// Parts joined by OR, up to a closing bracket; `field` is the field of the group.
    fn any_of(&mut self, field: Option<&str>) -> Query {
        let mut choices = vec![self.all_of(field)];
        while self.skip_word("OR") {
            choices.push(self.all_of(field));
        }
        choices.retain(|choice| *choice != Query::All);
        match choices.len() {
            0 => Query::All,
            1 => choices.remove(0),
            _ => Query::Or(choices),
        }
    }

    /// Parts joined by AND or by juxtaposition.
    fn all_of(&mut self, field: Option<&str>) -> Query {
        let mut parts = Vec::new();
        loop {
            while self.skip_word("AND") {}
            let rest = self.rest.trim_start();
            if rest.is_empty() || rest.starts_with(')') || self.peeks_word("OR") {
                return all_of(parts);
            }
            parts.push(self.one(field));
        }
    }

    fn one(&mut self, field: Option<&str>) -> Query {
        if self.skip_word("NOT") || self.skip("-") {
            return match self.one_if_any(field) {
                Query::All => Query::All,
                part => Query::Not(Box::new(part)),
            };
        }
        self.skip("+");
        self.one_if_any(field)
    }

    fn one_if_any(&mut self, field: Option<&str>) -> Query {
        let rest = self.rest.trim_start();
        if rest.is_empty() || rest.starts_with(')') {
            return Query::All;
        }
        if self.skip("(") {
            return self.group(field);
        }
        match self.field_name() {
            Some(name) if self.skip("(") => self.group(Some(&name)),
            Some(name) => self.term(Some(name)),
            None => self.term(field.map(str::to_owned)),
        }
    }

    fn group(&mut self, field: Option<&str>) -> Query {
        if self.depth >= DEEPEST {
            self.rest = "";
            return Query::All;
        }
        self.depth += 1;
        let inside = self.any_of(field);
        self.depth -= 1;
        self.skip(")");
        inside
    }

    /// A name followed by a colon; blanks may follow the colon, as in the portal's own filter.
    fn field_name(&mut self) -> Option<String> {
        let rest = self.rest.trim_start();
        let (name, after) = rest.split_once(':')?;
        let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !plain {
            return None;
        }
        self.rest = after.trim_start();
        Some(name.to_ascii_lowercase())
    }

    fn term(&mut self, field: Option<String>) -> Query {
        let rest = self.rest.trim_start();
        let value = if let Some(quoted) = rest.strip_prefix('"') {
            let (phrase, after) = quoted.split_once('"').unwrap_or((quoted, ""));
            self.rest = after;
            Wanted::Phrase(phrase.to_owned())
        } else if let Some(open) = rest.strip_prefix(['[', '{']) {
            let (range, after) = open.split_once([']', '}']).unwrap_or((open, ""));
            self.rest = after;
            let (from, to) = range.split_once(" TO ").unwrap_or((range, range));
            Wanted::Range(from.trim().to_owned(), to.trim().to_owned())
        } else {
            let end = rest.find(|character: char| character.is_whitespace() || "()\"".contains(character));
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            self.rest = after;
            Wanted::Word(word.to_owned())
        };
        match &value {
            Wanted::Word(word) | Wanted::Phrase(word) if word.trim().is_empty() => Query::All,
            _ => Query::Term { field, value },
        }
    }

    fn skip(&mut self, start: &str) -> bool {
        match self.rest.trim_start().strip_prefix(start) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn peeks_word(&self, word: &str) -> bool {
        let after = self.rest.trim_start().strip_prefix(word);
        after.is_some_and(|after| {
            after.is_empty() || after.starts_with(|next: char| next.is_whitespace() || "()\"".contains(next))
        })
    }

    fn skip_word(&mut self, word: &str) -> bool {
        self.peeks_word(word) && self.skip(word)
    }
}

fn all_of(mut parts: Vec<Query>) -> Query {
    parts.retain(|part| *part != Query::All);
    match parts.len() {
        0 => Query::All,
        1 => parts.remove(0),
        _ => Query::And(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The query on one line: `&` is AND, `|` is OR, `!` is NOT.
    fn show(query: &Query) -> String {
        let list = |parts: &[Query], glue: &str| {
            let parts: Vec<String> = parts.iter().map(show).collect();
            format!("({})", parts.join(glue))
        };
        match query {
            Query::All => "*".to_owned(),
            Query::And(parts) => list(parts, " & "),
            Query::Or(parts) => list(parts, " | "),
            Query::Not(part) => format!("!{}", show(part)),
            Query::Term { field, value } => {
                let value = match value {
                    Wanted::Word(text) => text.clone(),
                    Wanted::Phrase(text) => format!("'{text}'"),
                    Wanted::Range(from, to) => format!("{from}..{to}"),
                };
                format!("{}{value}", field.as_ref().map_or(String::new(), |field| format!("{field}=")))
            }
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(show(&parse(text)), expected, "{text}");
    }

    #[test]
    fn words_join_by_and_and_or_binds_less() {
        check("a b", "(a & b)");
        check("a AND b OR c", "((a & b) | c)");
        check("(a OR b) c", "((a | b) & c)");
        check("order android", "(order & android)");
    }

    #[test]
    fn fields_reach_into_their_group() {
        check("owner:jane", "owner=jane");
        check("owner: jane", "owner=jane");
        check("Type:\"Web Map\"", "type='Web Map'");
        check("type:(\"Web Map\" OR \"Web Scene\")", "(type='Web Map' | type='Web Scene')");
        check(
            "typekeywords:(\"Registered App\" AND \"APIToken\")",
            "(typekeywords='Registered App' & typekeywords='APIToken')",
        );
    }

    #[test]
    fn not_is_a_word_or_a_sign() {
        check("a NOT b", "(a & !b)");
        check("-type:(x y) a", "(!(type=x & type=y) & a)");
        check("a-b", "a-b");
    }

    #[test]
    fn ranges_have_two_ends() {
        check("created:[0001 TO 0009]", "created=0001..0009");
    }

    #[test]
    fn odd_queries_are_read_as_far_as_they_go() {
        for (text, expected) in [
            ("", "*"),
            ("   ", "*"),
            ("()", "*"),
            (")", "*"),
            ("a) b", "(a & b)"),
            ("(a", "a"),
            ("\"open", "'open'"),
            ("AND OR NOT", "*"),
            ("-", "*"),
            ("title:", "*"),
            ("https://x", "https=//x"),
            ("\"\"", "*"),
        ] {
            check(text, expected);
        }
        parse(&"(".repeat(10_000));
        parse(&"NOT ".repeat(2_500));
        parse(&"-".repeat(10_000));
    }
}
