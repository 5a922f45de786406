//! Installs into the cache: from crates and from npm, each complete or absent.

use std::fs;
use std::path::{Path, PathBuf};

use super::system;
use crate::failure::{Doing, Outcome};
use crate::process;

/// Builds a program from its crate. `what` is the package, its version, and further options.
///
/// The dev profile without debug information: built in a third of the time, and fast enough for one page.
pub fn from_crates(home: &Path, what: &[&str]) -> Outcome {
    whole(home, |place| {
        let mut cargo = process::command("cargo");
        cargo.args(["install", what[0], "--version", what[1], "--profile", "dev"]).args(&what[2..]);
        cargo.arg("--root").arg(place).arg("--target-dir").arg(place.join("build"));
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_DEV_OPT_LEVEL", "1");
        // The repository's own cargo settings are for the page.
        cargo.current_dir(place).env_remove("RUSTFLAGS").env_remove("CARGO_TARGET_DIR");
        process::run(&mut cargo)?;
        fs::remove_dir_all(place.join("build")).doing("removing the leavings of the build")
    })
}

/// Installs one package of npm without running its scripts.
pub fn from_npm(home: &Path, package: &str) -> Outcome {
    system::need_npm()?;
    whole(home, |place| {
        let mut npm = process::command("npm");
        npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--prefix"]);
        npm.arg(place).arg(package).current_dir(place);
        process::run(&mut npm)
    })
}

/// Fills a new folder and gives it its final name only when that went well.
fn whole(home: &Path, fill: impl FnOnce(&Path) -> Outcome) -> Outcome {
    let mut place = home.as_os_str().to_owned();
    place.push(format!(".part-{}", std::process::id()));
    let place = PathBuf::from(place);
    fs::create_dir_all(&place).doing(format!("making {}", place.display()))?;
    let filled = fill(&place);
    if filled.is_err() {
        fs::remove_dir_all(&place).ok();
        return filled;
    }
    if home.exists() {
        fs::remove_dir_all(home).doing(format!("removing the incomplete {}", home.display()))?;
    }
    fs::rename(&place, home).doing(format!("moving {} into place", home.display()))
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
        assert!(!home.exists());
    }

    #[test]
    fn an_install_that_succeeds_takes_the_place_of_an_incomplete_one() {
        let home = home("succeeds");
        fs::create_dir_all(home.join("old")).expect("the temporary folder is writable");
        let outcome = whole(&home, |place| fs::write(place.join("tool"), "1").doing("writing"));
        outcome.expect("it succeeds");
        assert!(home.join("tool").exists() && !home.join("old").exists());
        fs::remove_dir_all(&home).expect("it was made here");
    }
}
