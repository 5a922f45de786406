//! The one writer of JSON: stored records, recipes, events, lists in requests.

/// A JSON string.
pub fn quoted(text: &str) -> String {
    match serde_json::to_string(text) {
        Ok(json) => json,
        // Omits the error: its message would be in every WebAssembly that quotes a text.
        Err(_) => unreachable!("a text is always JSON"),
    }
}

/// An array of JSON values.
pub fn array(values: impl IntoIterator<Item = String>) -> String {
    bracketed(&values.into_iter().collect::<Vec<_>>(), ",")
}

/// An array of strings.
pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    array(texts.into_iter().map(quoted))
}

fn bracketed(values: &[String], between: &str) -> String {
    ["[", &values.join(between), "]"].concat()
}

/// An object under construction.
pub struct Object {
    text: String,
    layout: Layout,
}

#[derive(Clone, Copy)]
enum Layout {
    /// Without white space, for programs.
    Compact,
    /// One member per line, for people.
    Lines,
}

impl Object {
    /// An object without white space.
    pub fn compact() -> Self {
        Self { text: String::from("{"), layout: Layout::Compact }
    }

    /// An object with each member on its own line.
    pub fn lines() -> Self {
        Self { text: String::from("{"), layout: Layout::Lines }
    }

    /// Reserves room for this many more bytes.
    pub fn reserve(&mut self, bytes: usize) {
        self.text.reserve_exact(bytes);
    }

    /// Adds a string.
    pub fn text(&mut self, name: &str, value: &str) {
        self.value(name, &quoted(value));
    }

    /// Adds a string, or nothing for `None`.
    pub fn text_or_none(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// Adds an array of strings.
    pub fn texts<'a>(&mut self, name: &str, values: impl Iterator<Item = &'a str>) {
        let values: Vec<String> = values.map(quoted).collect();
        let array = bracketed(&values, if let Layout::Lines = self.layout { ", " } else { "," });
        self.value(name, &array);
    }

    /// Adds a string that needs no escape, without an intermediate copy.
    pub fn unescaped(&mut self, name: &str, value: &str) {
        self.name(name);
        self.text.push('"');
        self.text.push_str(value);
        self.text.push('"');
    }

    /// Adds a JSON value.
    pub fn value(&mut self, name: &str, json: &str) {
        self.name(name);
        self.text.push_str(json);
    }

    fn name(&mut self, name: &str) {
        let is_first = self.text.len() == 1;
        self.text.push_str(match (self.layout, is_first) {
            (Layout::Compact, true) => "",
            (Layout::Compact, false) => ",",
            (Layout::Lines, true) => "\n  ",
            (Layout::Lines, false) => ",\n  ",
        });
        self.text.push_str(&quoted(name));
        self.text.push_str(if let Layout::Lines = self.layout { ": " } else { ":" });
    }

    /// The finished object.
    pub fn end(mut self) -> String {
        self.text.push_str(if let Layout::Lines = self.layout { "\n}\n" } else { "}" });
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(mut object: Object) -> String {
        object.text("a \"b\"", "c\\d");
        object.text_or_none("none", None);
        object.texts("list", ["x", "y"].into_iter());
        object.unescaped("plain", "e");
        object.value("number", "1");
        object.end()
    }

    #[test]
    fn an_object_is_written_for_programs_and_for_people() {
        let compact = r#"{"a \"b\"":"c\\d","list":["x","y"],"plain":"e","number":1}"#;
        let lines =
            "{\n  \"a \\\"b\\\"\": \"c\\\\d\",\n  \"list\": [\"x\", \"y\"],\n  \"plain\": \"e\",\n  \"number\": 1\n}\n";
        assert_eq!(filled(Object::compact()), compact);
        assert_eq!(filled(Object::lines()), lines);
        assert_eq!((Object::compact().end().as_str(), Object::lines().end().as_str()), ("{}", "{\n}\n"));
    }

    #[test]
    fn arrays_hold_texts_or_json() {
        assert_eq!(texts([]), "[]");
        assert_eq!(array([texts(["a"]), "1".to_owned()]), r#"[["a"],1]"#);
    }

    #[test]
    fn a_text_without_escapes_is_not_moved_where_there_is_room() {
        let mut object = Object::compact();
        object.reserve(100);
        let place = object.text.as_ptr();
        object.unescaped("secret", &"x".repeat(80));
        let text = object.end();
        assert_eq!(text.as_ptr(), place);
    }
}
