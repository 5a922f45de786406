//! The release build of the page, rebuilt only when an input has changed.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::failure::{Doing, Failure, Outcome};
use crate::tools::{self, BuildTools};
use crate::{finish, process, sums};

/// The inputs of a finished page, relative to the repository. Folders count recursively.
const INPUTS: [&str; 22] = [
    "index.html",
    "crates",
    "data",
    "src",
    "style",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "package-lock.json",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "config.json",
    "config.schema.json",
    "recipe.schema.json",
    "LICENSE",
    "xtask/src/finish.rs",
    "xtask/src/finish",
    "xtask/src/policy.rs",
    "xtask/src/policy",
    "xtask/src/release.rs",
    "xtask/src/sums.rs",
    "tools",
];

/// This machine's flags, relative to the repository; `.cargo/config.toml` includes the file.
const PATHS: &str = ".cargo/paths.toml";

/// The start of the build hooks in Trunk's configuration.
const HOOKS: &str = "[[hooks]]";

/// Builds the page into `dist` unless it is up to date, and returns its path.
pub fn build(root: &Path, tools: &BuildTools) -> Outcome<PathBuf> {
    let dist = root.join("dist");
    // Computed first, so that edits during the build make it stale.
    let inputs = inputs(root)?;
    if Stamp::of_page(root).holds(&inputs, &dist) {
        println!("The page in dist/ is up to date.");
        return Ok(dist);
    }
    let started = Instant::now();
    println!("Building the release page (one to three minutes; seconds when little has changed) …");
    fetch(root)?;
    process::run(&mut trunk(root, tools)?).map_err(why)?;
    Stamp::of_page(root).write(&inputs, &dist)?;
    println!("Built the page in {} s.", started.elapsed().as_secs());
    Ok(dist)
}

/// The hook before a build. Panic messages contain the paths of crates; this remaps them to be equal on every
/// machine, since the WebAssembly depends on them.
pub fn prepare(root: &Path) -> Outcome {
    let mut flags = Vec::new();
    let mut remap = |from: &Path, to: &str| flags.push(format!("'--remap-path-prefix={}={to}'", from.display()));
    remap(root, "/key-wizard");
    if let Some(home) = cargo_home() {
        remap(&home, "/cargo");
    }
    let text = format!(
        "# Written by every build.\n[target.wasm32-unknown-unknown]\nrustflags = [\n    {},\n]\n",
        flags.join(",\n    ")
    );
    let path = root.join(PATHS);
    match fs::read_to_string(&path).is_ok_and(|before| before == text) {
        true => Ok(()),
        false => fs::write(&path, text).doing(format!("writing {PATHS}")),
    }
}

/// Cargo's home, with the source of crates.
pub fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// Downloads all crates first: Trunk runs offline so that it downloads no tools of its own, and passes that on to
/// cargo.
fn fetch(root: &Path) -> Outcome {
    process::run(process::command("cargo").args(["fetch", "--quiet", "--locked"]).current_dir(root))
}

/// Builds the page again, in another folder, and fails if any byte differs. A matching pair is remembered;
/// `from_nothing` recompiles every crate.
pub fn reproduce(root: &Path, tools: &BuildTools, from_nothing: bool) -> Outcome {
    let dist = root.join("dist");
    let inputs = inputs(root)?;
    if !from_nothing && Stamp::of_pair(root).holds(&inputs, &dist) {
        println!("A second build of this page was the same.");
        return Ok(());
    }
    let again = std::env::temp_dir().join(format!("akw-again-{}", std::process::id()));
    let outcome =
        build_again(root, tools, &again, from_nothing).and_then(|()| sums::compare(&dist, &again.join("dist")));
    fs::remove_dir_all(&again).doing("removing the second build")?;
    outcome?;
    Stamp::of_pair(root).write(&inputs, &dist)
}

/// Builds in `again`, a copy of the repository. Runs the hooks from here, so that this program is not compiled again.
fn build_again(root: &Path, tools: &BuildTools, again: &Path, from_nothing: bool) -> Outcome {
    copy(root, again)?;
    let trunk_toml = again.join("Trunk.toml");
    let settings = fs::read_to_string(&trunk_toml).doing("reading Trunk.toml")?;
    let (settings, _) = settings.split_once(HOOKS).ok_or_else(|| Failure::new("Trunk.toml has no hooks"))?;
    fs::write(&trunk_toml, settings).doing("writing the copy of Trunk.toml")?;
    let target = crate::target(root).join("again");
    if from_nothing && target.exists() {
        fs::remove_dir_all(&target).doing("removing what an earlier second build compiled")?;
    }
    prepare(again)?;
    process::run(trunk(again, tools)?.env("CARGO_TARGET_DIR", target)).map_err(why)?;
    finish::run(again, &again.join("dist"), &tools.esbuild)
}

/// Copies the repository without build output and history.
pub fn copy(from: &Path, to: &Path) -> Outcome {
    let is_source = |name: &str| ![".git", "dist", "target", "node_modules"].contains(&name);
    let entries = WalkDir::new(from).into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() != 1 || entry.file_name().to_str().is_some_and(is_source)) {
        let entry = entry.doing("reading the repository")?;
        let place = to.join(entry.path().strip_prefix(from).doing("naming a file of the repository")?);
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(&place),
            false => fs::copy(entry.path(), &place).map(drop),
        }
        .doing(format!("copying {}", entry.path().display()))?;
    }
    Ok(())
}

/// The build command, with Trunk's own tools on its `PATH`.
fn trunk(root: &Path, tools: &BuildTools) -> Outcome<Command> {
    let mut command = process::command(&tools.trunk);
    command.args(["build", "--release"]).current_dir(root).env("PATH", path(tools)?);
    // The compiler reports the error; Trunk's backtrace is noise.
    command.env_remove("RUST_BACKTRACE");
    // The user's flags would replace the repository's and change the page.
    command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    // Trunk reads NO_COLOR as one of its own switches and stops at the value 1.
    command.env_remove("NO_COLOR");
    if !std::io::stdout().is_terminal() {
        command.args(["--color", "never"]);
    }
    Ok(command)
}

/// `PATH` with the tools in front.
fn path(tools: &BuildTools) -> Outcome<std::ffi::OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(tools.path.iter().cloned().chain(std::env::split_paths(&old)))
        .doing("putting the tools on PATH")
}

/// The shell line that puts Trunk's tools on `PATH`, for running Trunk by hand.
pub fn by_hand(tools: &BuildTools) -> Outcome<String> {
    let folders = tools.trunk.parent().into_iter().map(Path::to_path_buf).chain(tools.path.iter().cloned());
    let folders = std::env::join_paths(folders).doing("naming the tools")?;
    let folders = folders.to_string_lossy();
    Ok(match cfg!(windows) {
        true => format!("To call Trunk by hand:  $env:Path = \"{folders};$env:Path\"; trunk build --release"),
        false => format!("To call Trunk by hand:  PATH=\"{folders}:$PATH\" trunk build --release"),
    })
}

fn why(failure: Failure) -> Failure {
    failure.next("The lines above say why the page could not be built.")
}

/// A file that records the inputs of a build.
struct Stamp(PathBuf);

impl Stamp {
    /// For the page in `dist`.
    fn of_page(root: &Path) -> Self {
        Self(root.join("target/xtask/dist.stamp"))
    }

    /// For the last page that two builds reproduced.
    fn of_pair(root: &Path) -> Self {
        Self(crate::target(root).join("xtask/pair.stamp"))
    }

    fn holds(&self, inputs: &[u8], dist: &Path) -> bool {
        let kept = fs::read_to_string(&self.0).ok();
        kept.is_some() && kept == stamp_of(inputs, dist).ok()
    }

    fn write(&self, inputs: &[u8], dist: &Path) -> Outcome {
        fs::create_dir_all(self.0.parent().unwrap_or(&self.0)).doing("making the folder of a stamp")?;
        fs::write(&self.0, stamp_of(inputs, dist)?).doing("writing the stamp of the build")
    }
}

/// A hash of the tool versions and all inputs.
fn inputs(root: &Path) -> Outcome<Vec<u8>> {
    let mut hasher = Sha256::new();
    hasher.update(tools::versions(root)?);
    for input in INPUTS {
        feed(&mut hasher, root, input)?;
    }
    Ok(hasher.finalize().to_vec())
}

/// A hash of the inputs and the build output.
fn stamp_of(inputs: &[u8], dist: &Path) -> Outcome<String> {
    let mut hasher = Sha256::new();
    hasher.update(inputs);
    feed(&mut hasher, dist, "")?;
    Ok(sums::hex(&hasher.finalize()))
}

/// Hashes a file, or a folder recursively, by name and content.
fn feed(hasher: &mut Sha256, root: &Path, path: &str) -> Outcome {
    let whole = root.join(path);
    hasher.update(path);
    match whole.is_dir() {
        true => hasher.update(sums::of(&whole)?),
        false => hasher.update(fs::read(&whole).doing(format!("reading {path}"))?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_deep_in_a_folder_changes_the_stamp() {
        let folder = std::env::temp_dir().join(format!("akw-stamp-{}", std::process::id()));
        let hash = || stamp_of(b"inputs", &folder).expect("the folder is readable");
        fs::create_dir_all(folder.join("deep")).expect("the temporary folder is writable");
        fs::write(folder.join("deep/file"), "1").expect("the temporary folder is writable");
        let before = hash();
        assert_eq!(before, hash());
        fs::write(folder.join("deep/file"), "2").expect("the temporary folder is writable");
        assert_ne!(before, hash());
        fs::remove_dir_all(&folder).expect("it was made here");
    }

    #[test]
    fn every_input_that_must_be_there_is_there() {
        let root = crate::repository();
        for input in INPUTS {
            assert!(root.join(input).exists(), "{input}");
        }
    }

    #[test]
    fn a_copy_of_the_repository_has_its_source_and_nothing_that_was_built() {
        let folder = std::env::temp_dir().join(format!("akw-copy-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        for file in ["src/a.rs", "src/target/b.rs", "target/c", "dist/d", ".cargo/e"] {
            let path = from.join(file);
            fs::create_dir_all(path.parent().expect("it has one")).expect("the temporary folder is writable");
            fs::write(path, "").expect("the temporary folder is writable");
        }
        copy(&from, &to).expect("it is readable");
        assert_eq!(sums::files(&to).expect("it is readable"), [".cargo/e", "src/a.rs", "src/target/b.rs"]);
        fs::remove_dir_all(&folder).expect("it was made here");
    }
}
