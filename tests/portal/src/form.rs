//! Form fields: encodes and decodes `application/x-www-form-urlencoded` text, with typed getters.

use crate::refusal::Refusal;

/// Decoded form fields in the order received; the query string and the body form one list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Decodes a query string or a form body; keeps invalid percent escapes as they are.
    pub fn decode(text: &str) -> Form {
        let mut form = Form::default();
        form.extend(text);
        form
    }

    /// Decodes and appends more fields.
    pub fn extend(&mut self, text: &str) {
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.push(&unescape(name, true), &unescape(value, true));
        }
    }

    /// Adds one field, already decoded.
    pub fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a field, or the empty string.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or("")
    }

    /// True if the field is `true`, case-insensitively.
    pub fn flag(&self, name: &str) -> bool {
        self.text(name).eq_ignore_ascii_case("true")
    }

    /// The value of a field as an integer; `None` if it is not one.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name).trim().parse().ok()
    }

    /// A comma-separated list, trimmed and without empty entries; Python's literal `[]` is an empty list (F-ITEM-13).
    pub fn commas(&self, name: &str) -> Vec<String> {
        let text = self.text(name).trim();
        if text == "[]" {
            return Vec::new();
        }
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// A JSON array of strings in one field (F-API-3); `None` when the field is absent.
    pub fn json_list(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        match self.get(name).map(str::trim) {
            None => Ok(None),
            Some("") => Ok(Some(Vec::new())),
            Some(text) => serde_json::from_str(text).map(Some).map_err(|_| {
                // Inferred: the message for a malformed list.
                Refusal::new(400, &format!("'{name}' must be a JSON array of strings."))
            }),
        }
    }

    /// All fields in order.
    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }
}

/// Percent-decodes one part; with `plus`, `+` decodes to a space (as in forms, not in paths).
pub fn unescape(text: &str, plus: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(hex_pair);
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) if plus => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Percent-encodes one part for a query or a path.
pub fn escape(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(pair).ok()?;
    let hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| u8::from_str_radix(text, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded_in_order_and_the_first_one_wins() {
        let form = Form::decode("a=1+2&b=%C3%A4%2C&a=3&broken=%zz&bare");
        assert_eq!(form.get("a"), Some("1 2"));
        assert_eq!(form.get("b"), Some("ä,"));
        assert_eq!(form.get("broken"), Some("%zz"));
        assert_eq!(form.get("bare"), Some(""));
        assert_eq!(form.get("absent"), None);
    }

    #[test]
    fn what_is_escaped_comes_back_unescaped() {
        let text = "a b&c=d/é%+";
        assert_eq!(unescape(&escape(text), true), text);
        assert_eq!(unescape(&escape(text), false), text);
    }

    #[test]
    fn lists_are_json_arrays_and_nothing_else() {
        let form = Form::decode("ok=%5B%22a%22%5D&comma=a,b&empty=&tags=a,%20b,,&py=[]");
        assert_eq!(form.json_list("ok"), Ok(Some(vec!["a".to_owned()])));
        assert_eq!(form.json_list("empty"), Ok(Some(Vec::new())));
        assert_eq!(form.json_list("none"), Ok(None));
        assert!(form.json_list("comma").is_err());
        assert_eq!(form.commas("tags"), ["a", "b"]);
        assert!(form.commas("py").is_empty());
    }
}
