//! `index.html`: fills in build-time values, and checks the result as a browser parses it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use html5gum::{Token, Tokenizer};

use super::integrity;
use crate::failure::{Doing, Failure, Outcome};

/// Replaces each `{{NAME}}` in the page by its value; fails on a missing or an unknown name.
pub fn filled(page: &str, values: &[(&str, &str)]) -> Outcome<String> {
    let mut text = page.to_owned();
    for (name, value) in values {
        let place = format!("{{{{{name}}}}}");
        if !text.contains(&place) {
            return Err(Failure::new(format!("index.html has no {place}")));
        }
        text = text.replace(&place, value);
    }
    match text.find("{{") {
        Some(at) => Err(Failure::new(format!("index.html keeps {}", text[at..].split('}').next().unwrap_or_default()))),
        None => Ok(text),
    }
}

/// A start tag.
#[derive(Debug)]
pub struct Tag {
    /// The element's name in lower case.
    pub name: String,
    /// Its attributes; the value is empty for an attribute without one.
    pub attributes: BTreeMap<String, String>,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// All start tags of a page, in order.
pub fn tags(page: &str) -> Vec<Tag> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let tag = |token| match token {
        Ok(Token::StartTag(tag)) => Some(Tag {
            name: text(&tag.name),
            attributes: tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect(),
        }),
        _ => None,
    };
    Tokenizer::new(page).filter_map(tag).collect()
}

/// The relative files that the page references.
pub fn files(page: &str) -> Vec<String> {
    let mut files = Vec::new();
    for tag in tags(page) {
        let values = ["href", "src", "data-wasm", "data-guide"].iter().filter_map(|name| tag.get(name));
        files.extend(values.filter(|value| !value.contains(':')).map(|file| file.trim_start_matches("./").to_owned()));
    }
    files.sort();
    files.dedup();
    files
}

/// Rejects a page with code that lacks integrity, or that the policy would block.
pub fn check(stage: &Path, page: &str) -> Outcome {
    for tag in tags(page) {
        let problem = match tag.name.as_str() {
            "script" if !is_bound(stage, &tag, "src", "integrity")? => Some("a script without its integrity"),
            "script" if !is_bound(stage, &tag, "data-wasm", "data-wasm-integrity")? => {
                Some("a WebAssembly without its integrity")
            }
            "script" if has_guide(&tag) && !is_bound(stage, &tag, "data-guide", "data-guide-integrity")? => {
                Some("data without its integrity")
            }
            "link" if tag.get("rel") == Some("stylesheet") && !is_bound(stage, &tag, "href", "integrity")? => {
                Some("a style sheet without its integrity")
            }
            "style" => Some("an inline style sheet"),
            _ if tag.get("style").is_some() => Some("a style attribute"),
            _ if tag.attributes.keys().any(|name| name.starts_with("on")) => Some("an event attribute"),
            _ => None,
        };
        if let Some(problem) = problem {
            return Err(Failure::new(format!("index.html holds {problem}: {tag:?}")));
        }
    }
    if page.find("charset=").is_none_or(|at| at > 1000) {
        return Err(Failure::new("the charset of index.html is past the first 1,024 bytes, where browsers look"));
    }
    // A policy in the page governs only what comes after it.
    let at = |text: &str| page.find(text).unwrap_or(usize::MAX);
    match at("Content-Security-Policy") < at("<link").min(at("<script")) {
        true => Ok(()),
        false => Err(Failure::new("index.html loads something before its policy")),
    }
}

fn has_guide(tag: &Tag) -> bool {
    tag.get("data-guide").is_some()
}

/// True if the tag references a file of the build, with its integrity.
fn is_bound(stage: &Path, tag: &Tag, address: &str, bound: &str) -> Outcome<bool> {
    let Some(file) = tag.get(address).and_then(|value| value.strip_prefix("./")) else { return Ok(false) };
    let bytes = fs::read(stage.join(file)).doing(format!("reading {file}"))?;
    Ok(tag.get(bound) == Some(integrity(&bytes).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<!doctype html><html lang=en><head><meta charset=utf-8>\
        <meta http-equiv=\"Content-Security-Policy\" content=\"x\">";

    /// A folder with a style sheet, a script and a WebAssembly, removed when dropped.
    struct Stage(std::path::PathBuf);

    impl Stage {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("akw-page-{}-{name}", std::process::id()));
            fs::create_dir_all(&path).expect("the temporary folder is writable");
            for file in ["a.css", "b.js", "c.wasm", "d.json"] {
                fs::write(path.join(file), file).expect("the temporary folder is writable");
            }
            Self(path)
        }
    }

    impl Drop for Stage {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).expect("the temporary folder was made by this test");
        }
    }

    fn script() -> String {
        let [script, wasm, guide] = [&b"b.js"[..], b"c.wasm", b"d.json"].map(integrity);
        format!(
            "<script src=./b.js integrity=\"{script}\" data-wasm=./c.wasm data-wasm-integrity=\"{wasm}\" \
             data-guide=./d.json data-guide-integrity=\"{guide}\"></script>"
        )
    }

    #[test]
    fn every_place_is_filled_and_an_unknown_one_is_refused() {
        assert_eq!(filled("<p>{{A}} {{B}} {{A}}", &[("A", "1"), ("B", "2")]).expect("both are there"), "<p>1 2 1");
        assert!(filled("<p>{{A}}", &[("A", "1"), ("B", "2")]).is_err());
        assert!(filled("<p>{{A}} {{C}}", &[("A", "1")]).is_err());
    }

    #[test]
    fn a_page_that_binds_its_code_after_its_policy_is_let_through() {
        let stage = Stage::new("good");
        let sheet = format!("<link rel=stylesheet href=./a.css integrity=\"{}\">", integrity(b"a.css"));
        check(&stage.0, &[HEAD, &sheet, &script(), "<p title=\"1 > 0\" hidden>"].concat()).expect("it is bound");
    }

    #[test]
    fn a_page_with_an_inline_script_style_or_event_or_unbound_code_is_refused() {
        let stage = Stage::new("bad");
        let bad = [
            "<script>1</script>",
            "<script src=./b.js></script>",
            "<SCRIPT SRC=./b.js INTEGRITY=sha256-x></SCRIPT>",
            "<script src=https://elsewhere.example/b.js></script>",
            "<style>p{}</style>",
            "<p style=\"color:red\">",
            "<p\nonclick=x>",
            "<svg/onload=x>",
            "<link rel=stylesheet href=./a.css>",
            &script().replace("data-wasm-integrity=\"sha256-", "data-wasm-integrity=\"sha256-x"),
            &script().replace("data-guide-integrity=\"sha256-", "data-guide-integrity=\"sha256-x"),
        ];
        for text in bad {
            assert!(check(&stage.0, &[HEAD, text].concat()).is_err(), "{text} was let through");
        }
        let late = [
            &HEAD[..HEAD.find("<meta http").expect("it is there")],
            &script(),
            "<meta http-equiv=\"Content-Security-Policy\">",
        ];
        assert!(check(&stage.0, &late.concat()).is_err());
    }

    #[test]
    fn the_files_that_a_page_names_are_listed_once() {
        let page = "<a href=https://x.example/><link href=./a.css><script src=./b.js data-wasm=c.wasm data-guide=d.json></script>\
            <link href=./c.wasm>";
        assert_eq!(files(page), ["a.css", "b.js", "c.wasm", "d.json"]);
    }
}
