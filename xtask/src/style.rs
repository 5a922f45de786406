//! The first step of a build: puts the style sheet's parts into one file, so that the page asks for one.
//!
//! `style/index.css` is the contents page: layers first, then one `@import "./part.css" layer(name);` a line.

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};

/// Where the one file goes, relative to the repository; `index.html` links it for Trunk.
pub const BUNDLE: &str = "target/site/style.css";

/// Writes the bundle.
pub fn bundle(root: &Path) -> Outcome {
    let folder = root.join("style");
    let index = fs::read_to_string(folder.join("index.css")).doing("reading style/index.css")?;
    let text = joined(&index, |part| {
        fs::read_to_string(folder.join(part)).doing(format!("reading style/{part}, which style/index.css imports"))
    })?;
    let path = root.join(BUNDLE);
    fs::create_dir_all(path.parent().unwrap_or(root)).doing("making target/site")?;
    fs::write(path, text).doing(format!("writing {BUNDLE}"))
}

fn joined(index: &str, read: impl Fn(&str) -> Outcome<String>) -> Outcome<String> {
    let mut text = String::new();
    for line in index.lines() {
        match line.strip_prefix("@import") {
            None => text.push_str(line),
            Some(import) => {
                let (part, layer) = parts(import).ok_or_else(|| {
                    Failure::new(format!("style/index.css: not `@import \"./part.css\" layer(name);`: {line}"))
                })?;
                text.push_str(&format!("@layer {layer} {{\n{}}}", read(part)?));
            }
        }
        text.push('\n');
    }
    Ok(text)
}

fn parts(import: &str) -> Option<(&str, &str)> {
    let (part, layer) = import.trim().strip_prefix("\"./")?.split_once("\" layer(")?;
    Some((part, layer.strip_suffix(");")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_stands_in_its_layer_in_the_order_of_the_index() {
        let index = "@layer a, b;\n@import \"./one.css\" layer(a);\n@import \"./two.css\" layer(b);\n";
        let text = joined(index, |part| Ok(format!("/* {part} */\n"))).expect("the index is well formed");
        assert_eq!(text, "@layer a, b;\n@layer a {\n/* one.css */\n}\n@layer b {\n/* two.css */\n}\n");
    }

    #[test]
    fn an_import_of_another_form_is_refused_by_its_line() {
        let failure = joined("@import url(x.css);", |_| Ok(String::new())).expect_err("it has no layer");
        assert!(failure.to_string().contains("@import url(x.css);"));
    }
}
