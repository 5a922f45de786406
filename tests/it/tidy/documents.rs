//! Documents drift unless something holds them.

use std::path::Path;

use super::{check, files, place, root, text};

const DOCUMENTS: [&str; 4] = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/embedding.md"];

/// The longest ARCHITECTURE.md, in lines: what is longer is not read.
const MAP: usize = 120;

#[test]
fn documents_name_files_that_exist() {
    let mut faults = Vec::new();
    for document in DOCUMENTS {
        let text = text(&root().join(document));
        let quoted = text.split('`').skip(1).step_by(2).filter(|it| is_ours(it));
        // Links within the repository, without the place on the page.
        let linked = text.split("](").skip(1).filter_map(|it| it.split([')', '#']).next());
        let linked = linked.filter(|it| !it.is_empty() && !it.contains("://"));
        let missing = quoted.chain(linked).filter(|it| !exists(it));
        faults.extend(missing.map(|it| format!("{document}: {it}")));
    }
    check(faults);
}

/// A module may be named without its ending.
fn exists(path: &str) -> bool {
    root().join(path).exists() || root().join(format!("{path}.rs")).exists()
}

/// Whether the words are a path of the repository, and not one that a build makes.
fn is_ours(words: &str) -> bool {
    let folders = ["src/", "crates/", "tests/", "xtask/", "style/", "docs/", ".cargo/", ".ci/"];
    folders.iter().any(|it| words.starts_with(it)) && !words.contains(['{', '*', ' ', '<'])
}

#[test]
fn the_map_is_short_and_shows_every_module() {
    let map = text(&root().join("ARCHITECTURE.md"));
    assert!(map.lines().count() <= MAP, "ARCHITECTURE.md has {} lines", map.lines().count());
    let is_root = |it: &String| it.ends_with("/lib.rs") || it.ends_with("/main.rs");
    let is_top = |it: &String| it.split_once("src/").is_some_and(|(_, path)| !path.contains('/'));
    let all = ["src", "crates"].into_iter().flat_map(|folder| files(folder, ".rs")).map(|it| place(&it));
    let modules = all.filter(|it| is_top(it) && !is_root(it)).collect::<Vec<_>>();
    let shown = |it: &String| map.contains(&format!("`{}`", Path::new(it).with_extension("").display()));
    check(modules.into_iter().filter(|it| !shown(it)).collect());
}

#[test]
fn the_readme_explains_every_key_of_the_configuration() {
    let readme = text(&root().join("README.md"));
    let keys = key_wizard_core::config::KEYS.iter().chain(&key_wizard_core::config::PORTAL_KEYS);
    check(keys.filter(|it| !readme.contains(&format!("`{it}`"))).map(|it| format!("README.md lacks {it}")).collect());
}

#[test]
fn the_guide_to_links_explains_every_key() {
    let guide = text(&root().join("docs/embedding.md"));
    let keys = key_wizard_core::credential::prefill::KEYS.iter();
    check(keys.filter(|it| !guide.contains(&format!("`{it}`"))).map(|it| format!("embedding.md lacks {it}")).collect());
}
