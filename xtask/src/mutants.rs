//! Bugs put in on purpose: whatever is changed where mistakes cost most, a test must notice.
//!
//! All happens in a copy of the repository under `target`, which keeps what it has built.

pub mod deliberate;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::args::Mutants;
use crate::failure::{Doing, Failure, Outcome};
use crate::{process, tools};

/// What lies in the repository and is none of its source.
const NO_SOURCE: [&str; 3] = [".git", "dist", "target"];

/// A round of tests: its name, what cargo builds, what its harness is told. The quick ones come first; the next round
/// is for the mutants that this one did not notice.
const ROUNDS: [(&str, &str, &[&str]); 2] = [
    ("unit tests", "--lib", &[]),
    // The house rules would know some mutants by their looks.
    ("native tests", "--test=it", &["--skip", "tidy::"]),
];

/// Puts in what is asked for and says which bugs nobody noticed; these are a failure.
pub fn run(root: &Path, what: &Mutants) -> Outcome {
    let tree = root.join("target/mutants/tree");
    mirror(root, &tree)?;
    match what {
        Mutants::Deliberate => deliberate::run(&tree),
        Mutants::Every(options) => every(&tree, options),
    }
}

fn every(tree: &Path, options: &[String]) -> Outcome {
    let program = tools::for_mutants(&crate::repository())?;
    if options.iter().any(|option| option == "--list") {
        return process::run(in_tree(&program, tree).arg("mutants").args(options));
    }
    let results = tree.join("mutants.out");
    if results.exists() {
        fs::remove_dir_all(&results).doing("removing the results of an earlier run")?;
    }
    let started = Instant::now();
    let (mut caught, mut unviable) = (0, 0);
    let (mut survived, mut endless) = (Vec::new(), Vec::new());
    for (name, target, tests) in ROUNDS {
        println!("\n── {name} ──");
        let mut command = in_tree(&program, tree);
        command.args(["mutants", "--in-place", "--iterate", "--cargo-arg", target]).args(options);
        command.arg("--").arg("--").args(tests);
        try_all(&mut command)?;
        let (noticed, broken) = (lines(&results, "caught")?, lines(&results, "unviable")?);
        println!("{name}: {} caught", noticed.len());
        caught += noticed.len();
        unviable += broken.len();
        (survived, endless) = (lines(&results, "missed")?, lines(&results, "timeout")?);
        if survived.is_empty() && endless.is_empty() {
            break;
        }
    }
    println!("\n── summary, {} minutes ──", started.elapsed().as_secs() / 60);
    println!("{caught} caught, {unviable} do not compile, {} never end, {} survived", endless.len(), survived.len());
    endless.iter().for_each(|mutant| println!("  never ends: {mutant}"));
    survived.iter().for_each(|mutant| println!("  survived: {mutant}"));
    if survived.is_empty() { Ok(()) } else { Err(Failure::told()) }
}

/// Runs cargo-mutants, to whom a mutant that survives is a failure.
fn try_all(command: &mut Command) -> Outcome {
    let status = process::start(command)?.wait();
    match status.doing("waiting for cargo-mutants")?.code() {
        Some(0 | 2 | 3) => Ok(()),
        _ => Err(Failure::new("cargo-mutants stopped").next("The lines above say why.")),
    }
}

/// The mutants that came to this end in the last round.
fn lines(results: &Path, end: &str) -> Outcome<Vec<String>> {
    let file = results.join(format!("{end}.txt"));
    let text = fs::read_to_string(&file).doing(format!("reading {}", file.display()))?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// A command that builds in the copy, wherever the repository is built.
fn in_tree(program: &Path, tree: &Path) -> Command {
    let mut command = process::command(program);
    command.current_dir(tree).env_remove("CARGO_TARGET_DIR");
    command
}

/// Makes `to` hold what `from` holds. What is the same already is left alone, so that cargo builds little.
fn mirror(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to).doing(format!("making {}", to.display()))?;
    for path in entries(to)? {
        let name = path.file_name().unwrap_or_default();
        let is_kept = NO_SOURCE.iter().any(|kept| *kept == name) || from.join(name).exists();
        match (is_kept, path.is_dir()) {
            (true, _) => Ok(()),
            (false, true) => fs::remove_dir_all(&path),
            (false, false) => fs::remove_file(&path),
        }
        .doing(format!("removing {}", path.display()))?;
    }
    for path in entries(from)? {
        let name = path.file_name().unwrap_or_default();
        if NO_SOURCE.iter().any(|skipped| *skipped == name) {
            continue;
        }
        let copy = to.join(name);
        if path.is_dir() {
            mirror(&path, &copy)?;
            continue;
        }
        let bytes = fs::read(&path).doing(format!("reading {}", path.display()))?;
        if fs::read(&copy).ok().as_ref() != Some(&bytes) {
            fs::write(&copy, bytes).doing(format!("writing {}", copy.display()))?;
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).doing(format!("reading {}", folder.display()))?;
    entries.map(|entry| Ok(entry.doing("reading the name of a file")?.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_takes_what_is_new_and_drops_what_is_gone_but_keeps_what_was_built() {
        let folder = std::env::temp_dir().join(format!("akw-mirror-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        for (path, text) in [("from/src/a.rs", "a"), ("from/dist/page", ""), ("to/src/b.rs", "b"), ("to/target/c", "c")]
        {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("it has one")).expect("the temporary folder is writable");
            fs::write(path, text).expect("the temporary folder is writable");
        }
        mirror(&from, &to).expect("both are there");
        assert_eq!(fs::read_to_string(to.join("src/a.rs")).expect("it was copied"), "a");
        assert!(!to.join("src/b.rs").exists() && !to.join("dist").exists() && to.join("target/c").exists());
        fs::remove_dir_all(&folder).expect("it was made here");
    }
}
