//! The release build of the page, made only when something it depends on has changed.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest, Sha256};

use crate::failure::{Doing, Failure, Outcome};
use crate::finish::minify;
use crate::tools::{self, BuildTools, system};
use crate::{process, sums};

/// What a finished page is made of, relative to the repository. Folders count with all that is in them.
const INPUTS: [&str; 18] = [
    "index.html",
    "crates",
    "src",
    "style",
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "config.json",
    "config.schema.json",
    "recipe.schema.json",
    "LICENSE",
    "xtask/src/finish.rs",
    "xtask/src/policy.rs",
    "xtask/src/release.rs",
    "stubs",
    "xtask/src/style.rs",
];

/// The page's own build of the standard library, optimised for size, where a panic is a trap and nothing more: no
/// message could leak anything, and the page is 24 KB smaller (brotli). Unstable flags of the one stable toolchain.
/// The last three keep LLVM from adding variables that make loops and repeated sums faster: 1.5 KB.
const SMALL_STD: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
         -Cllvm-args=-inline-threshold=0 \
         -Cllvm-args=-enable-pre=false -Cllvm-args=-disable-lsr -Cllvm-args=-disable-machine-cse",
    ),
];

/// More inputs: the parts of the modules above.
const MORE_INPUTS: [&str; 2] = ["xtask/src/finish", "xtask/src/policy"];

/// Builds the page into `dist` unless the one there is up to date, and returns its path.
pub fn build(root: &Path, tools: &BuildTools) -> Outcome<PathBuf> {
    let dist = root.join("dist");
    let stamp = root.join("target/xtask/dist.stamp");
    // Taken before: what is edited while it builds is not in this page.
    let inputs = inputs(root)?;
    if fs::read_to_string(&stamp).is_ok_and(|kept| kept == stamp_of(&inputs, &dist).unwrap_or_default()) {
        println!("The page in dist/ is up to date.");
        return Ok(dist);
    }
    let started = Instant::now();
    println!("Building the release page (one to three minutes; seconds when little has changed) …");
    fetch(root)?;
    trunk(root, tools, &[])?;
    sums::write(&dist)?;
    let folder = stamp.parent().ok_or_else(|| Failure::new("the stamp has no folder"))?;
    fs::create_dir_all(folder).doing("making target/xtask")?;
    fs::write(&stamp, stamp_of(&inputs, &dist)?).doing("writing the stamp of the build")?;
    println!("Built the page in {} s.", started.elapsed().as_secs());
    Ok(dist)
}

/// Trunk is told to stay offline, lest it download tools of its own, and says the same to cargo: so all crates must be
/// there before. Those of the standard library come only when its target is named.
fn fetch(root: &Path) -> Outcome {
    let fetch = || {
        let mut command = process::command("cargo");
        command.args(["fetch", "--quiet", "--locked"]).current_dir(root);
        command
    };
    process::run(&mut fetch())?;
    process::run(fetch().args(["--target", system::WASM]).envs(SMALL_STD))
}

/// Builds the page once more, from nothing, and refuses a build that differs in any byte.
pub fn reproduce(root: &Path, tools: &BuildTools) -> Outcome {
    let again = root.join("target/again");
    if again.exists() {
        fs::remove_dir_all(&again).doing("removing an earlier second build")?;
    }
    fs::create_dir_all(&again).doing("making target/again")?;
    let (dist, target) = (again.join("dist"), again.join("cargo"));
    trunk(root, tools, &[("TRUNK_BUILD_DIST", &dist), ("CARGO_TARGET_DIR", &target)])?;
    sums::write(&dist)?;
    sums::compare(&root.join("dist"), &dist)
}

fn trunk(root: &Path, tools: &BuildTools, more: &[(&str, &Path)]) -> Outcome {
    let mut command = process::command(&tools.trunk);
    command.args(["build", "--release"]).current_dir(root);
    let old = std::env::var_os("PATH").unwrap_or_default();
    let path = tools.path.iter().cloned().chain(std::env::split_paths(&old));
    command.env("PATH", std::env::join_paths(path).doing("putting the tools on PATH")?);
    // The compiler says what is wrong; where Trunk was at that moment helps nobody.
    command.env_remove("RUST_BACKTRACE");
    command.env(minify::TERSER, &tools.terser);
    command.envs(SMALL_STD).envs(more.iter().copied());
    // Trunk reads NO_COLOR as one of its own switches and stops at the value 1.
    command.env_remove("NO_COLOR");
    if !std::io::stdout().is_terminal() {
        command.args(["--color", "never"]);
    }
    process::run(&mut command).map_err(|failure| failure.next("The lines above say why the page could not be built."))
}

/// One hash over the versions of the tools and every input.
fn inputs(root: &Path) -> Outcome<Vec<u8>> {
    let mut hasher = Sha256::new();
    hasher.update(tools::versions(root)?);
    for input in INPUTS.iter().chain(&MORE_INPUTS) {
        feed(&mut hasher, &root.join(input))?;
    }
    Ok(hasher.finalize().to_vec())
}

/// One hash over the inputs, and the build as it lies there.
fn stamp_of(inputs: &[u8], dist: &Path) -> Outcome<String> {
    let mut hasher = Sha256::new();
    hasher.update(inputs);
    feed(&mut hasher, dist)?;
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Adds a file, or a folder with all that is in it, by name and content. What is absent adds its name alone.
fn feed(hasher: &mut Sha256, path: &Path) -> Outcome {
    hasher.update(path.to_string_lossy().as_bytes());
    if path.is_dir() {
        let mut entries = Vec::new();
        for entry in fs::read_dir(path).doing(format!("reading {}", path.display()))? {
            entries.push(entry.doing(format!("reading {}", path.display()))?.path());
        }
        entries.sort();
        return entries.iter().try_for_each(|entry| feed(hasher, entry));
    }
    if path.exists() {
        let bytes = fs::read(path).doing(format!("reading {}", path.display()))?;
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(path: &Path) -> Vec<u8> {
        let mut hasher = Sha256::new();
        feed(&mut hasher, path).expect("the folder is readable");
        hasher.finalize().to_vec()
    }

    #[test]
    fn a_changed_file_deep_in_a_folder_changes_the_stamp() {
        let folder = std::env::temp_dir().join(format!("akw-stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("deep")).expect("the temporary folder is writable");
        fs::write(folder.join("deep/file"), "1").expect("the temporary folder is writable");
        let before = hash(&folder);
        assert_eq!(before, hash(&folder));
        fs::write(folder.join("deep/file"), "2").expect("the temporary folder is writable");
        assert_ne!(before, hash(&folder));
        fs::remove_dir_all(&folder).expect("it was made here");
    }
}
