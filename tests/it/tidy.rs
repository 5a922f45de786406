//! The house rules that can be checked automatically, so that nobody has to remember them.

mod circles;
mod documents;
mod facts;
mod imports;
mod map;
mod markdown;
mod page;
pub(crate) mod prose;
mod secrets;
mod shape;

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: its path relative to the repository, and its lines without the tests at the end.
struct Code {
    place: String,
    lines: Vec<String>,
}

impl Code {
    fn read(path: &Path) -> Self {
        Self { place: place(path), lines: without_tests(&text(path)) }
    }

    /// The top-level module; one of the core begins with `core::`.
    fn module(&self) -> String {
        let (root, path) = match self.place.strip_prefix("crates/core/src/") {
            Some(path) => ("core::", path),
            None => ("", self.place.trim_start_matches("src/")),
        };
        let path = path.trim_end_matches(".rs");
        format!("{root}{}", path.split('/').next().unwrap_or(path))
    }

    /// Its lines without comments, each with its number.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.lines.iter().enumerate().map(|(number, line)| (number + 1, line.trim()));
        numbered.filter(|(_, line)| !line.starts_with("//"))
    }

    /// True if this is one of the files, or in one of the folders.
    fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.place == *place || self.place.starts_with(&format!("{place}/")))
    }

    /// A message for each line of code that contains one of the words.
    fn lines_with(&self, words: &[&str]) -> Vec<String> {
        let found = |(number, line): (usize, &str)| {
            let word = words.iter().find(|word| line.contains(**word))?;
            Some(format!("{}:{number}: {word}", self.place))
        };
        self.code().filter_map(found).collect()
    }
}

/// The lines before the tests in a file. Tests in a separate file are declared before the rest of the code.
fn without_tests(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let is_of_test = lines.last().is_some_and(|last| last.trim() == "#[cfg(test)]");
        match is_of_test && line.trim().ends_with('{') {
            true => {
                lines.pop();
                break;
            }
            false => lines.push(line.to_owned()),
        }
    }
    lines
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn place(path: &Path) -> String {
    let path = path.strip_prefix(root()).expect("it was found below the root");
    path.to_string_lossy().replace('\\', "/")
}

/// All files below `folder` that end in `ending`; fails if there are none, because the rule would check nothing.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let found = files_if_any(folder, ending);
    assert!(!found.is_empty(), "there is no {ending} in {folder}");
    found
}

/// All files below `folder` that end in `ending`.
fn files_if_any(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("the folder can be read").path();
            match path.is_dir() {
                true => open.push(path),
                false if path.to_string_lossy().ends_with(ending) => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

/// True for tests beside their code, and their shared helpers.
fn is_test(path: &Path) -> bool {
    let in_folder = path.parent().is_some_and(|text| text.ends_with("tests"));
    in_folder || path.ends_with("tests.rs") || path.ends_with("testing.rs")
}

/// The code of a folder, without its tests.
fn code_of(folder: &str) -> Vec<Code> {
    let found: Vec<Code> =
        files(folder, ".rs").iter().filter(|path| !is_test(path)).map(|path| Code::read(path)).collect();
    assert!(found.len() > 10, "the code of {folder} was not found");
    found
}

/// The code of the page, of its core and of the start of a sign-in.
fn source() -> Vec<Code> {
    let start = Code::read(&root().join("crates/sign-in-start/src/main.rs"));
    ["crates/core/src", "src"].into_iter().flat_map(code_of).chain([start]).collect()
}

/// Fails with all violations at once, one per line.
#[track_caller]
fn check(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
