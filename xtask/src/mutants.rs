//! Mutation tests: a test must detect every change to the most critical code.

pub mod deliberate;

use std::fs;
use std::path::Path;

use crate::args::Mutants;
use crate::failure::{Doing, Outcome};
use crate::{process, release, tools};

/// The folder for the repository's copy and the results, relative to the repository.
const FOLDER: &str = "target/mutants";

/// Runs the mutation tests; a surviving mutant is a failure.
pub fn run(root: &Path, what: &Mutants) -> Outcome {
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder).doing("making target/mutants")?;
    if what.deliberate {
        let tree = folder.join("tree");
        renew(root, &tree)?;
        return deliberate::run(&tree);
    }
    // `.cargo/mutants.toml` says what is changed and which tests run. It works in a copy of its own.
    let mut command = process::command(tools::for_mutants(root)?);
    command.args(["mutants", "--output"]).arg(folder).args(&what.options).current_dir(root);
    process::run(&mut command)
}

/// Makes `tree` a copy of the repository, but keeps its compiled files.
fn renew(root: &Path, tree: &Path) -> Outcome {
    fs::create_dir_all(tree).doing(format!("making {}", tree.display()))?;
    for entry in fs::read_dir(tree).doing("reading an earlier copy")? {
        let entry = entry.doing("reading an earlier copy")?;
        let removed = match entry.path().is_dir() {
            _ if entry.file_name() == "target" => Ok(()),
            true => fs::remove_dir_all(entry.path()),
            false => fs::remove_file(entry.path()),
        };
        removed.doing(format!("removing {}", entry.path().display()))?;
    }
    release::copy(root, tree)
}
