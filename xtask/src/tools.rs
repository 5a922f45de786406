//! The tools of the build and of the browser tests: found, or installed once into the user's cache.
//!
//! Each lies in a folder named by its version. An install happens in a folder beside it that is renamed at the end,
//! so one that was interrupted never looks complete.

pub mod install;
pub mod system;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::failure::{Doing, Failure, Outcome};

/// The version of Trunk. The next one needs a newer Rust.
const TRUNK: &str = "0.21.14";
/// The version of wasm-opt, as its npm package counts. `Trunk.toml` names it too.
const BINARYEN: &str = "132.0.0";
/// The version of terser.
const TERSER: &str = "5.51.2";
/// The version of cargo-deny.
const DENY: &str = "0.20.2";
/// The version of cargo-mutants.
const MUTANTS: &str = "27.1.0";
/// The version of axe-core.
const AXE: &str = "4.14.1";

/// The version of geckodriver.
const GECKODRIVER: &str = "0.37.1";

/// Where the tools of the build are.
#[derive(Debug, Clone)]
pub struct BuildTools {
    /// The `trunk` program.
    pub trunk: PathBuf,
    /// The `terser` program, which makes scripts shorter.
    pub terser: PathBuf,
    /// Folders that must come first on `PATH` for Trunk to find its own tools.
    pub path: Vec<PathBuf>,
}

/// Where the tools of the tests in one browser are.
#[derive(Debug, Clone)]
pub struct BrowserTools {
    /// `axe.min.js`.
    pub axe: PathBuf,
    /// Chromium or Firefox.
    pub browser: PathBuf,
    /// ChromeDriver of the same version, or geckodriver.
    pub driver: PathBuf,
}

/// One thing to have: where it will be, and how to get it.
struct Step<'a> {
    name: String,
    /// How long it takes on two cores, in words.
    takes: &'a str,
    ready: Box<dyn Fn() -> bool + 'a>,
    get: Box<dyn Fn() -> Outcome + 'a>,
}

/// Finds or installs what a release build needs.
pub fn for_build(root: &Path) -> Outcome<BuildTools> {
    let cache = cache()?;
    let bindgen = locked_version(root, "wasm-bindgen")?;
    let trunk_home = cache.join(format!("trunk-{TRUNK}"));
    let bindgen_home = cache.join(format!("wasm-bindgen-cli-{bindgen}"));
    let binaryen_home = cache.join(format!("binaryen-{BINARYEN}"));
    let terser_home = cache.join(format!("terser-{TERSER}"));
    let tools = BuildTools {
        trunk: trunk_home.join("bin/trunk"),
        terser: terser_home.join("node_modules/.bin/terser"),
        path: vec![bindgen_home.join("bin"), binaryen_home.join("node_modules/.bin")],
    };
    let trunk = ["trunk", TRUNK, "--locked"];
    // No --locked: the lock file this version was published with names a dependency that the index does not show.
    let bindgen = ["wasm-bindgen-cli", bindgen.as_str()];
    for_target(root)?;
    all(&[
        Step {
            name: format!("trunk {TRUNK}"),
            takes: "3 to 6 minutes",
            ready: Box::new(|| tools.trunk.exists()),
            get: Box::new(|| install::from_crates(&trunk_home, &trunk)),
        },
        Step {
            name: format!("wasm-bindgen {}", bindgen[1]),
            takes: "1 to 4 minutes",
            ready: Box::new(|| bindgen_home.join("bin/wasm-bindgen").exists()),
            get: Box::new(|| install::from_crates(&bindgen_home, &bindgen)),
        },
        small("wasm-opt", (&binaryen_home, "wasm-opt"), format!("binaryen@{BINARYEN}")),
        small("terser", (&terser_home, "terser"), format!("terser@{TERSER}")),
    ])?;
    Ok(tools)
}

/// A program of an npm package, in its home.
fn small<'a>(name: &str, (home, program): (&'a Path, &str), package: String) -> Step<'a> {
    let program = home.join("node_modules/.bin").join(program);
    Step {
        name: format!("{name} (npm package {package})"),
        takes: "seconds",
        ready: Box::new(move || program.exists()),
        get: Box::new(move || install::from_npm(home, &package)),
    }
}

/// Finds or installs cargo-deny.
pub fn for_supply() -> Outcome<PathBuf> {
    from_crate("cargo-deny", DENY)
}

/// Finds or installs cargo-mutants.
pub fn for_mutants() -> Outcome<PathBuf> {
    from_crate("cargo-mutants", MUTANTS)
}

/// A program that has the name of its crate.
fn from_crate(name: &str, version: &str) -> Outcome<PathBuf> {
    let home = cache()?.join(format!("{name}-{version}"));
    let program = home.join("bin").join(name);
    all(&[Step {
        name: format!("{name} {version}"),
        takes: "3 to 6 minutes",
        ready: Box::new(|| program.exists()),
        get: Box::new(|| install::from_crates(&home, &[name, version, "--locked"])),
    }])?;
    Ok(program)
}

/// Finds or installs what the compiler needs to build for the browser.
fn for_target(root: &Path) -> Outcome {
    all(&[
        Step {
            name: "Rust's wasm target".to_owned(),
            takes: "seconds",
            ready: Box::new(|| system::has_wasm_target(root)),
            get: Box::new(|| system::add_wasm_target(root)),
        },
        Step {
            name: "the standard library's source".to_owned(),
            takes: "seconds",
            ready: Box::new(|| system::has_std_source(root)),
            get: Box::new(|| system::add_std_source(root)),
        },
    ])
}

/// Finds or installs what the tests in Chromium need.
pub fn for_chromium() -> Outcome<BrowserTools> {
    let (axe, axe_step) = axe()?;
    all(&[
        axe_step,
        Step {
            name: "Chromium and ChromeDriver".to_owned(),
            takes: "a minute",
            ready: Box::new(|| system::chromium().is_some() && system::chromedriver().is_some()),
            get: Box::new(system::install_chromium),
        },
    ])?;
    let missing = || Failure::new("Chromium or ChromeDriver is not on PATH").next(system::CHROMIUM_LINE);
    let browser = system::chromium().ok_or_else(missing)?;
    Ok(BrowserTools { axe, browser, driver: system::chromedriver().ok_or_else(missing)? })
}

/// Finds or installs what the tests in Firefox need. `AKW_GECKODRIVER` overrules the driver in the cache.
pub fn for_firefox() -> Outcome<BrowserTools> {
    let (axe, axe_step) = axe()?;
    let home = cache()?.join(format!("geckodriver-{GECKODRIVER}"));
    let driver = env::var_os("AKW_GECKODRIVER").map_or_else(|| home.join("bin/geckodriver"), PathBuf::from);
    let line = format!("Run: cargo install geckodriver --version {GECKODRIVER} --locked   (and set AKW_GECKODRIVER)");
    all(&[
        axe_step,
        Step {
            name: "Firefox".to_owned(),
            takes: "a minute",
            ready: Box::new(|| system::firefox().is_some()),
            get: Box::new(system::install_firefox),
        },
        Step {
            name: format!("geckodriver {GECKODRIVER}"),
            takes: "1 to 3 minutes",
            ready: Box::new(|| driver.exists()),
            get: Box::new(|| {
                let built = install::from_crates(&home, &["geckodriver", GECKODRIVER, "--locked"]);
                built.map_err(|failure| failure.next(line.as_str()))
            }),
        },
    ])?;
    let missing = || Failure::new("Firefox is not on PATH").next(system::FIREFOX_LINE);
    Ok(BrowserTools { axe, browser: system::firefox().ok_or_else(missing)?, driver })
}

/// Where axe-core is, and how it comes there.
fn axe() -> Outcome<(PathBuf, Step<'static>)> {
    let home = cache()?.join(format!("axe-core-{AXE}"));
    let axe = home.join("node_modules/axe-core/axe.min.js");
    let script = axe.clone();
    let step = Step {
        name: format!("axe-core {AXE}"),
        takes: "seconds",
        ready: Box::new(move || script.exists()),
        get: Box::new(move || install::from_npm(&home, &format!("axe-core@{AXE}"))),
    };
    Ok((axe, step))
}

/// Finds or installs what checks the code itself: a toolchain may have come without them.
pub fn for_checks(root: &Path) -> Outcome {
    all(&[Step {
        name: "rustfmt and clippy".to_owned(),
        takes: "seconds",
        ready: Box::new(|| system::has_checkers(root)),
        get: Box::new(|| system::add_checkers(root)),
    }])
}

/// Gets what is missing, saying which of how many it is and how long it took. Silent when nothing is.
fn all(steps: &[Step<'_>]) -> Outcome {
    let missing: Vec<&Step<'_>> = steps.iter().filter(|step| !(step.ready)()).collect();
    for (number, step) in missing.iter().enumerate() {
        let started = Instant::now();
        println!("[{}/{}] Setting up {} (once; takes {}) …", number + 1, missing.len(), step.name, step.takes);
        (step.get)()?;
        if !(step.ready)() {
            return Err(Failure::new(format!("{} was installed but is not where it should be", step.name)));
        }
        println!("[{}/{}] {} is ready after {} s.", number + 1, missing.len(), step.name, started.elapsed().as_secs());
    }
    Ok(())
}

/// The cache folder of this project, made when missing.
pub fn cache() -> Outcome<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .ok_or_else(|| Failure::new("neither XDG_CACHE_HOME nor HOME is set").next("Set HOME to your home folder."))?;
    let cache = base.join("arcgis-key-wizard");
    fs::create_dir_all(&cache).doing(format!("making {}", cache.display()))?;
    Ok(cache)
}

/// The version of a package in `Cargo.lock`, so that a tool that must match it cannot drift.
pub fn locked_version(root: &Path, package: &str) -> Outcome<String> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).doing("reading Cargo.lock")?;
    version_in(&lock, package).ok_or_else(|| Failure::new(format!("Cargo.lock does not name {package}")))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let after = lock.lines().skip_while(|line| *line != name).nth(1)?;
    Some(after.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

/// The versions a finished page depends on, for the stamp that says whether it is up to date.
pub fn versions(root: &Path) -> Outcome<String> {
    let bindgen = locked_version(root, "wasm-bindgen")?;
    Ok(format!("trunk {TRUNK}, wasm-bindgen {bindgen}, binaryen {BINARYEN}, terser {TERSER}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_and_not_of_a_namesake() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "trunk"), None);
    }

    #[test]
    fn trunk_is_told_the_versions_that_are_installed() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository");
        let trunk = fs::read_to_string(root.join("Trunk.toml")).expect("Trunk.toml is there");
        let bindgen = locked_version(root, "wasm-bindgen").expect("the lock file names it");
        assert!(trunk.contains(&format!("wasm_bindgen = \"{bindgen}\"")));
        let major = BINARYEN.split('.').next().expect("a version has a first number");
        assert!(trunk.contains(&format!("wasm_opt = \"version_{major}\"")));
    }
}
