//! The paths that a file names, as far as the house rules need them.

use std::collections::{BTreeMap, BTreeSet};

use super::Code;

/// Expands `a::{b, c::d}` to `a::b` and `a::c::d`.
pub fn expanded(tree: &str) -> Vec<String> {
    let Some(list) = tree.find('{') else { return vec![tree.to_owned()] };
    let parts = trees(&tree[list..]).into_iter().flat_map(expanded);
    parts.map(|part| format!("{}{part}", &tree[..list])).collect()
}

/// Splits `{a::b, c}` into `a::b` and `c`; anything else unchanged.
pub fn trees(text: &str) -> Vec<&str> {
    let Some(list) = text.strip_prefix('{') else {
        let end = text.find(|end: char| !(end.is_alphanumeric() || "_:".contains(end)));
        return match end {
            // A list behind a path: `a::{b, c}`.
            Some(end) if text[end..].starts_with('{') && text[..end].ends_with("::") => vec![whole(text, end)],
            end => vec![&text[..end.unwrap_or(text.len())]],
        };
    };
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.push(list[start..at].trim());
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found.retain(|found| !found.is_empty());
    found
}

/// The path with its list, which begins at `list` and ends at the matching brace.
fn whole(text: &str, list: usize) -> &str {
    let mut depth = 0;
    for (at, character) in text[list..].char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => return &text[..=list + at],
            '}' => depth -= 1,
            _ => {}
        }
    }
    text
}

pub fn word(path: &str) -> &str {
    path.split(|end: char| !(end.is_alphanumeric() || end == '_')).next().unwrap_or(path)
}

/// Some files of a crate, and the files that each one names.
pub struct Files {
    /// The lines of each module, such as `operation::model::call`.
    texts: BTreeMap<String, String>,
    /// Re-exports by module and name: `(operation, Call)` is `operation::model::call::Call`.
    handed_on: BTreeMap<(String, String), String>,
}

/// The names that each name refers to.
pub type Arrows = BTreeMap<String, BTreeSet<String>>;

impl Files {
    /// Parses these files, which are below `root`.
    pub fn new(root: &str, files: &[Code]) -> Self {
        let module = |file: &Code| {
            let path = file.place.trim_start_matches(root).trim_start_matches('/').trim_end_matches(".rs");
            path.replace('/', "::")
        };
        let text =
            |file: &Code| file.code().map(|(_, line)| line).collect::<Vec<_>>().join(" ").replace("(in crate", "(in ");
        let mut new =
            Self { texts: files.iter().map(|file| (module(file), text(file))).collect(), handed_on: BTreeMap::new() };
        for (module, text) in new.texts.clone() {
            let (own, exports) = without_exports(&text);
            let paths: Vec<String> = exports.iter().flat_map(|tree| new.paths(&module, tree)).collect();
            for path in paths {
                let (_, name) = path.rsplit_once("::").unwrap_or(("", &path));
                new.handed_on.insert((module.clone(), name.to_owned()), path.clone());
            }
            new.texts.insert(module, own);
        }
        new
    }

    /// The files that each file names. A re-export resolves to the file that defines the item, and a parent that only
    /// re-exports names no file.
    pub fn arrows(&self) -> Arrows {
        let ends = |module: &String, text: &String| {
            let paths = self.paths(module, text).into_iter();
            paths.filter_map(|path| self.file_of(&path)).filter(|end| end != module).collect()
        };
        self.texts.iter().map(|(module, text)| (module.clone(), ends(module, text))).collect()
    }

    /// The paths in the text of this module, from the root of the crate.
    fn paths(&self, module: &str, text: &str) -> Vec<String> {
        let (parent, _) = module.rsplit_once("::").unwrap_or_default();
        let child = |other: &&String| other.rsplit_once("::").is_some_and(|(folder, _)| folder == module);
        let children =
            self.texts.keys().filter(child).map(|child| child.rsplit_once("::").map_or("", |(_, name)| name));
        let own = children.map(|name| (format!("{name}::"), [module, "::", name].concat()));
        let others = [("crate::", ""), ("self::", module), ("super::", parent)];
        let roots = others.map(|(root, base)| (root.to_owned(), base.to_owned())).into_iter().chain(own);
        let named = |(root, base): (String, String)| -> Vec<String> {
            let begins =
                text.match_indices(&*root).filter(|(at, _)| !text[..*at].ends_with(is_of_path)).map(|(at, _)| at);
            let paths = begins.map(|at| &text[at + root.len()..]).flat_map(trees).flat_map(expanded);
            paths.map(|path| climbed(&[&*base, "::", &path].concat())).collect()
        };
        roots.flat_map(named).collect()
    }

    /// The file of a path: its longest prefix that is a module, or the module that it is re-exported from.
    fn file_of(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = path.split("::").collect();
        let (module, rest) = (1..=parts.len()).rev().find_map(|count| {
            let module = parts[..count].join("::");
            self.texts.contains_key(&module).then(|| (module, &parts[count..]))
        })?;
        match rest.first().and_then(|name| self.handed_on.get(&(module.clone(), (*name).to_owned()))) {
            Some(other) => self.file_of(other),
            None => Some(module),
        }
    }
}

/// The text without its re-exports (`pub use …;`), and the re-exports.
fn without_exports(text: &str) -> (String, Vec<String>) {
    let (mut own, mut exports) = (String::new(), Vec::new());
    for statement in text.split_inclusive(';') {
        let export = statement.split_once("use ").filter(|(before, _)| {
            let before = before.trim_start();
            before.starts_with("pub") && (before == "pub " || before.ends_with(") "))
        });
        match export {
            Some((_, tree)) => exports.push(tree.to_owned()),
            None => own.push_str(statement),
        }
    }
    (own, exports)
}

/// Resolves `super` in a path.
fn climbed(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split("::").filter(|part| !part.is_empty() && *part != "self") {
        match part {
            "super" => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("::")
}

fn is_of_path(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == ':'
}

/// The names that refer back to themselves, even indirectly.
pub fn circles(arrows: &Arrows) -> Vec<&str> {
    let comes_back = |from: &str| {
        let (mut found, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(name) = open.pop() {
            let to = arrows.get(name).unwrap_or_else(|| panic!("{name} is not on the map"));
            open.extend(to.iter().map(String::as_str).filter(|end| found.insert(*end)));
        }
        found.contains(from)
    };
    arrows.keys().map(String::as_str).filter(|name| comes_back(name)).collect()
}
