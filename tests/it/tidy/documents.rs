//! Keeps documents from drifting: every path, link, command and variable in them exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::markdown::Document;
use super::prose::stilted;
use super::{check, files, place, root, text};

/// The maximum length of ARCHITECTURE.md, in lines: a map on three screens.
const MAP: usize = 150;
/// The maximum length of README.md, in lines.
const FRONT: usize = 110;

/// The documents of the repository.
pub fn documents() -> Vec<PathBuf> {
    let top = fs::read_dir(root()).expect("the repository can be read").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<PathBuf> = top.filter(|path| path.extension().is_some_and(|other| other == "md")).collect();
    found.extend(files("docs", ".md"));
    found.sort();
    assert!(found.len() > 5, "the documents were not found");
    found
}

fn read(path: &Path) -> Document {
    Document::parse(&text(path))
}

#[test]
fn links_lead_to_files_and_headings_that_exist() {
    let mut faults = Vec::new();
    for path in documents() {
        for link in read(&path).links.iter().filter(|link| !link.contains("://")) {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match target {
                "" => path.clone(),
                target => path.parent().expect("it is in a folder").join(target),
            };
            let is_there =
                target.exists() && (anchor.is_empty() || read(&target).anchors.iter().any(|other| other == anchor));
            if !is_there {
                faults.push(format!("{}: {link}", place(&path)));
            }
        }
    }
    check(faults);
}

#[test]
fn documents_name_files_that_exist() {
    let mut faults = Vec::new();
    for path in documents() {
        let named = read(&path).spans.into_iter().filter(|span| is_ours(span) && !exists(span));
        faults.extend(named.map(|span| format!("{}: {span}", place(&path))));
    }
    check(faults);
}

/// A module may be named without its extension.
fn exists(path: &str) -> bool {
    root().join(path).exists() || root().join(format!("{path}.rs")).exists()
}

/// True if the text is a path of the repository, not of a build.
fn is_ours(words: &str) -> bool {
    let folders = [
        "src/",
        "crates/",
        "tests/",
        "xtask/",
        "style/",
        "docs/",
        "data/",
        "tools/",
        "fuzz/",
        "examples/",
        ".cargo/",
        ".ci/",
    ];
    folders.iter().any(|folder| words.starts_with(folder)) && !words.contains(['{', '*', ' ', '<'])
}

#[test]
fn comments_name_documents_that_exist() {
    let mut faults = Vec::new();
    let code = ["src", "crates", "tests", "xtask"].iter().flat_map(|folder| files(folder, ".rs"));
    for path in code {
        let text = text(&path);
        let words = text.split(|sign: char| !sign.is_ascii_alphanumeric() && !"-_./".contains(sign));
        let named = words.filter(|word| word.starts_with("docs/")).map(|word| word.trim_end_matches('.'));
        let absent = named.filter(|word| word.len() > "docs/".len() && !root().join(word).exists());
        faults.extend(absent.map(|word| format!("{}: {word}", place(&path))));
    }
    check(faults);
}

#[test]
fn commands_in_documents_can_be_run() {
    let mut faults = Vec::new();
    let mut count = 0;
    for path in documents() {
        let document = read(&path);
        let spans = document.spans.iter().filter(|span| span.starts_with("cargo ") || span.contains(" cargo "));
        for line in document.commands.iter().chain(spans) {
            count += 1;
            if let Err(fault) = command(line) {
                faults.push(format!("{}: {line}: {fault}", place(&path)));
            }
        }
    }
    assert!(count > 10, "the commands were not found");
    check(faults);
}

/// Checks that a line of a shell example can run: its programs and our options exist.
fn command(line: &str) -> Result<(), String> {
    let words = line.split('#').next().unwrap_or_default().split_whitespace();
    // Variables before the command are checked with the others.
    let words: Vec<String> = words.skip_while(|word| word.starts_with(char::is_uppercase)).map(str::to_owned).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["cargo", "xtask", ref rest @ ..] => xtask(rest),
        ["cargo", name, ref rest @ ..] if aliases().contains(name) => xtask(&[&[name], rest].concat()),
        ["cargo", "run", "-p" | "--package", package, ..] => match packages().contains(package) {
            true => Ok(()),
            false => Err(format!("there is no package {package}")),
        },
        ["cargo", "test", ref rest @ ..] => test(rest),
        ["cargo", "build" | "fmt" | "clippy" | "doc" | "install", ..]
        | ["rustup" | "python3" | "git" | "cd" | "unzip", ..] => Ok(()),
        ["sha256sum", ..] => Ok(()),
        _ => Err("not a command that is known".to_owned()),
    }
}

fn xtask(words: &[&str]) -> Result<(), String> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    match xtask::args::parse(&words) {
        // A help text is one, too.
        Err(error) if error.exit_code() != 0 => Err(error.to_string()),
        _ => Ok(()),
    }
}

/// `--test NAME` names a suite, `-p NAME` a package.
fn test(words: &[&str]) -> Result<(), String> {
    for pair in words.windows(2) {
        let is_there = match pair[0] {
            "--test" => root().join("tests").join(pair[1]).join("main.rs").exists(),
            "-p" | "--package" => packages().contains(pair[1]),
            _ => true,
        };
        if !is_there {
            return Err(format!("there is no {}", pair[1]));
        }
    }
    Ok(())
}

/// The aliases of our own commands.
fn aliases() -> BTreeSet<String> {
    let config = text(&root().join(".cargo/config.toml"));
    let names =
        config.lines().filter(|line| line.contains("--package xtask -- ")).filter_map(|line| line.split(" =").next());
    names.map(str::to_owned).collect()
}

fn packages() -> BTreeSet<String> {
    let manifests = ["crates", "tests", "xtask"].iter().flat_map(|folder| files(folder, "Cargo.toml"));
    let names = manifests.chain([root().join("Cargo.toml")]).map(|path| {
        let manifest = text(&path);
        let name = manifest.lines().find_map(|line| line.strip_prefix("name = ")).expect("a package has a name");
        name.trim_matches('"').to_owned()
    });
    names.collect()
}

#[test]
fn variables_in_documents_are_read_by_code() {
    let code = ["tests", "xtask"].iter().flat_map(|folder| files(folder, ".rs"));
    let code: String = code.map(|path| text(&path)).collect();
    // Used by the crate `proptest`.
    let foreign = ["PROPTEST_CASES"];
    let mut faults = Vec::new();
    for path in documents() {
        let text = text(&path);
        let words = text.split(|sign: char| !sign.is_ascii_uppercase() && !sign.is_ascii_digit() && sign != '_');
        let named = words.filter(|word| word.starts_with("AKW_") || word.starts_with("PROPTEST_"));
        let unread = named.filter(|word| !foreign.contains(word) && !code.contains(&format!("\"{word}\"")));
        faults.extend(unread.map(|word| format!("{}: {word}", place(&path))));
    }
    check(faults);
}

#[test]
fn documents_are_in_plain_english() {
    let mut faults = Vec::new();
    for path in documents() {
        let text = text(&path);
        let found = stilted(&text);
        faults.extend(found.map(|words| format!("{}: {words}", place(&path))));
    }
    check(faults);
}

#[test]
fn the_map_is_short_and_shows_every_module() {
    let map = text(&root().join("ARCHITECTURE.md"));
    assert!(map.lines().count() <= MAP, "ARCHITECTURE.md has {} lines", map.lines().count());
    let is_root = |text: &String| text.ends_with("/lib.rs") || text.ends_with("/main.rs");
    let is_top = |text: &String| text.split_once("src/").is_some_and(|(_, path)| !path.contains('/'));
    let all = ["src", "crates"].into_iter().flat_map(|folder| files(folder, ".rs")).map(|text| place(&text));
    let modules = all.filter(|all| is_top(all) && !is_root(all)).collect::<Vec<_>>();
    let shown = |text: &String| map.contains(&format!("`{}`", Path::new(text).with_extension("").display()));
    check(modules.into_iter().filter(|module| !shown(module)).collect());
}

#[test]
fn the_readme_is_short_and_leads_to_every_document() {
    let readme = text(&root().join("README.md"));
    assert!(readme.lines().count() <= FRONT, "README.md has {} lines", readme.lines().count());
    let named = documents().iter().map(|path| place(path)).filter(|path| path != "README.md").collect::<Vec<_>>();
    check(named.into_iter().filter(|path| !readme.contains(&format!("({path}"))).collect());
}

#[test]
fn the_guide_to_deploying_explains_every_key_of_the_configuration() {
    let guide = text(&root().join("docs/deploying.md"));
    let keys = key_wizard_core::config::KEYS.iter().chain(&key_wizard_core::config::PORTAL_KEYS);
    let keys = keys.chain(&key_wizard_core::config::PRESET_KEYS);
    check(
        keys.filter(|key| !guide.contains(&format!("`{key}`")))
            .map(|key| format!("deploying.md lacks {key}"))
            .collect(),
    );
}

#[test]
fn the_guide_to_deploying_names_every_header_file() {
    let guide = text(&root().join("docs/deploying.md"));
    let files = xtask::policy::hosts::files(&xtask::policy::Connect::AnyPortal, &[], &[]);
    let absent = files.iter().filter(|file| !guide.contains(&format!("`{}`", file.path)));
    check(absent.map(|file| format!("deploying.md lacks {}", file.path)).collect());
}

#[test]
fn the_guide_to_links_explains_every_key() {
    let guide = text(&root().join("docs/embedding.md"));
    let keys = key_wizard_core::credential::prefill::KEYS.iter();
    check(
        keys.filter(|key| !guide.contains(&format!("`{key}`")))
            .map(|key| format!("embedding.md lacks {key}"))
            .collect(),
    );
}
