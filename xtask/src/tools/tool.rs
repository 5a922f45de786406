//! All tools, each pinned by its version or by a lock file: their place in the user's cache and how to install them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Framework, install, system};
use crate::failure::{Doing, Failure, Outcome};
use crate::sums::hex;

/// A tool, or a set of packages.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tool {
    /// Its name; for a program, its file name.
    pub(super) name: &'static str,
    /// The installation time on two cores, in words.
    pub(super) takes: &'static str,
    source: Source,
}

/// The source of a tool. Folders and files are relative to the repository.
#[derive(Debug, PartialEq, Eq)]
enum Source {
    /// A toolchain component, which rustup adds with these arguments.
    Rustup(&'static [&'static str]),
    /// A program of a crate in this version, installed with these arguments.
    Crate(&'static str, &'static [&'static str]),
    /// The same, or a prebuilt program from the wheel that this file pins.
    WheelOrCrate(&'static str, &'static str),
    /// A program of a package in this folder.
    Package(&'static str),
    /// The packages in this folder's `package-lock.json`.
    Npm(&'static str),
    /// The packages in this folder's `requirements.txt`, wheels only.
    Wheels(&'static str),
}

/// The compiler's target for the browser.
pub(super) const WASM_TARGET: Tool = Tool {
    name: "Rust's target for the browser",
    takes: "seconds",
    source: Source::Rustup(&["target", "add", system::WASM]),
};
/// rustfmt and clippy.
pub(super) const CHECKERS: Tool = Tool {
    name: "rustfmt and clippy",
    takes: "seconds",
    source: Source::Rustup(&["component", "add", "rustfmt", "clippy"]),
};
/// wasm-bindgen, as Trunk calls it.
pub(super) const BINDGEN: Tool =
    Tool { name: "wasm-bindgen", takes: "a minute", source: Source::Package("tools/wasm-bindgen") };
/// Trunk without its update check and TLS server. The next version needs a newer Rust.
pub(super) const TRUNK: Tool =
    Tool { name: "trunk", takes: "2 to 5 minutes", source: Source::Crate("0.21.14", &["--no-default-features"]) };
pub(super) const DENY: Tool = Tool {
    name: "cargo-deny",
    takes: "seconds, or 3 to 6 minutes where there is no ready one for this system",
    source: Source::WheelOrCrate("tools/cargo-deny.txt", "0.20.2"),
};
pub(super) const MUTANTS: Tool =
    Tool { name: "cargo-mutants", takes: "3 to 6 minutes", source: Source::Crate("27.1.0", &[]) };
/// The driver of Firefox.
pub(super) const GECKODRIVER: Tool =
    Tool { name: "geckodriver", takes: "1 to 3 minutes", source: Source::Crate("0.37.1", &[]) };
/// The npm packages of the build and of the browser tests.
pub(super) const NPM_PACKAGES: Tool =
    Tool { name: "wasm-opt, esbuild and axe-core (npm)", takes: "seconds", source: Source::Npm("") };
/// The packages of the pages for comparison.
pub(super) const PEERS: Tool = Tool {
    name: "Preact, React and arcgis-rest-request (npm)",
    takes: "seconds",
    source: Source::Npm(super::PEERS_FOLDER),
};
/// Esri's small client.
pub(super) const REST_JS: Tool =
    Tool { name: "Esri's arcgis-rest-js (npm)", takes: "seconds", source: Source::Npm("tests/clients/rest-js") };
/// Esri's package for Python.
pub(super) const ESRI_PYTHON: Tool =
    Tool { name: "Esri's Python package (PyPI)", takes: "a minute", source: Source::Wheels("tests/clients/python") };
/// Esri's SDK for browsers.
pub(super) const JSAPI: Tool =
    Tool { name: "Esri's JS SDK (npm, 400 MB)", takes: "1 to 2 minutes", source: Source::Npm("tests/clients/jsapi") };

/// A framework of documentation sites.
pub(super) const fn of_site(framework: Framework) -> Tool {
    let (name, takes) = match framework {
        Framework::VitePress => ("VitePress and TypeScript (npm, 150 MB)", "seconds"),
        Framework::Docusaurus => ("Docusaurus (npm, 270 MB)", "a minute"),
        Framework::Starlight => ("Astro Starlight (npm, 190 MB)", "a minute"),
        Framework::MkDocs => ("MkDocs Material (PyPI, 140 MB)", "seconds"),
    };
    let source = match framework {
        Framework::MkDocs => Source::Wheels(framework.folder()),
        _ => Source::Npm(framework.folder()),
    };
    Tool { name, takes, source }
}

impl Tool {
    /// Its folder, whose name depends on the version.
    pub(super) fn home(&self, root: &Path) -> Outcome<PathBuf> {
        let name = |folder: &str| folder.rsplit('/').next().unwrap_or_default().to_owned();
        let home = match self.source {
            Source::Rustup(_) => return Err(Failure::new(format!("{} has no folder", self.name))),
            Source::Crate(version, _) | Source::WheelOrCrate(_, version) => format!("{}-{version}", self.name),
            Source::Package(folder) => by_content(root, self.name, folder, &["Cargo.lock", "src/main.rs"])?,
            Source::Npm("") => by_content(root, "npm", "", &["package-lock.json"])?,
            Source::Npm(folder) => by_content(root, &name(folder), folder, &["package-lock.json"])?,
            Source::Wheels(folder) => by_content(root, &name(folder), folder, &["requirements.txt"])?,
        };
        Ok(cache()?.join(home))
    }

    /// The path of its program. `AKW_GECKODRIVER` overrides the one in the cache.
    pub(super) fn program(&self, root: &Path) -> Outcome<PathBuf> {
        match env::var_os("AKW_GECKODRIVER").filter(|_| *self == GECKODRIVER) {
            Some(path) => Ok(path.into()),
            None => Ok(self.home(root)?.join("bin").join(format!("{}{}", self.name, env::consts::EXE_SUFFIX))),
        }
    }

    pub(super) fn is_ready(&self, root: &Path) -> Outcome<bool> {
        match self.source {
            Source::Rustup(_) if *self == WASM_TARGET => Ok(system::has_wasm_target(root)),
            Source::Rustup(_) => Ok(system::has_checkers(root)),
            Source::Npm(_) | Source::Wheels(_) => Ok(self.home(root)?.exists()),
            Source::Crate(..) | Source::WheelOrCrate(..) | Source::Package(_) => Ok(self.program(root)?.exists()),
        }
    }

    pub(super) fn get(&self, root: &Path) -> Outcome {
        if let Source::Rustup(arguments) = self.source {
            return system::rustup(root, arguments);
        }
        let home = &*self.home(root)?;
        match self.source {
            Source::Rustup(_) => Ok(()),
            Source::Crate(version, more) => {
                let hint = "Or put one on this machine and set AKW_GECKODRIVER to where it is.";
                let outcome = install::from_crate(root, home, self.name, version, more);
                outcome.map_err(|failure| if *self == GECKODRIVER { failure.next(hint) } else { failure })
            }
            Source::WheelOrCrate(wheels, version) => match install::from_wheel(home, &root.join(wheels))? {
                true => Ok(()),
                false => install::from_crate(root, home, self.name, version, &[]),
            },
            Source::Package(folder) => install::from_path(root, home, &root.join(folder)),
            Source::Npm(folder) => install::from_npm(root, home, folder),
            Source::Wheels(folder) => match install::from_wheel(home, &root.join(folder).join("requirements.txt"))? {
                true => Ok(()),
                false => Err(Failure::new(format!("{} cannot be installed", self.name)).next(format!(
                    "It needs pip and Python 3.11, for which the wheels in {folder}/requirements.txt are."
                ))),
            },
        }
    }
}

/// `name`, and a hash of these files.
fn by_content(root: &Path, name: &str, folder: &str, files: &[&str]) -> Outcome<String> {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(fs::read(root.join(folder).join(file)).doing(format!("reading {folder}/{file}"))?);
    }
    Ok(format!("{name}-{}", &hex(&hasher.finalize())[..12]))
}

/// This project's cache folder, created if missing.
pub(super) fn cache() -> Outcome<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let base = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(|| Some(env::home_dir()?.join(".cache")));
    let missing = || Failure::new("this user has no home folder").next("Set XDG_CACHE_HOME to a folder for caches.");
    let cache = base.ok_or_else(missing)?.join("arcgis-key-wizard");
    fs::create_dir_all(&cache).doing(format!("making {}", cache.display()))?;
    Ok(cache)
}

/// The shared target folder for all tools, beside a tool's own folder.
pub(super) fn build_folder(home: &Path) -> PathBuf {
    home.with_file_name("build")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The version of a package in a lock file.
    fn locked(lock: &str, package: &str) -> Option<String> {
        let name = format!("name = \"{package}\"");
        let after = lock.lines().skip_while(|line| *line != name).nth(1)?;
        Some(after.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
    }

    #[test]
    fn the_tools_have_the_versions_that_the_page_and_trunk_expect() {
        let read = |file: &str| fs::read_to_string(crate::repository().join(file)).expect("the file is there");
        let trunk = read("Trunk.toml");
        let bindgen = locked(&read("Cargo.lock"), "wasm-bindgen").expect("the page uses it");
        let tool = read("tools/wasm-bindgen/Cargo.lock");
        assert_eq!(locked(&tool, "wasm-bindgen-cli-support").as_ref(), Some(&bindgen));
        assert_eq!(locked(&tool, "key-wizard-bindgen").as_ref(), Some(&bindgen));
        assert!(trunk.contains(&format!("wasm_bindgen = \"{bindgen}\"")));
        let packages: serde_json::Value = serde_json::from_str(&read("package.json")).expect("it is JSON");
        let binaryen = packages["devDependencies"]["binaryen"].as_str().and_then(|version| version.split('.').next());
        assert!(trunk.contains(&format!("wasm_opt = \"version_{}\"", binaryen.expect("it is pinned"))));
        let Source::WheelOrCrate(wheels, version) = DENY.source else { panic!("it comes as a wheel") };
        assert!(read(wheels).contains(&format!("=={version} ")));
    }

    #[test]
    fn no_lock_file_names_a_host_to_download_from() {
        let sites = Framework::ALL.map(of_site);
        let tools = [NPM_PACKAGES, PEERS, REST_JS, JSAPI].into_iter().chain(sites);
        let folders = tools.filter_map(|tool| if let Source::Npm(folder) = tool.source { Some(folder) } else { None });
        let folders: Vec<&str> = folders.collect();
        assert_eq!(folders.len(), 7);
        for folder in folders {
            let file = crate::repository().join(folder).join("package-lock.json");
            let lock = fs::read_to_string(file).expect("the file is there");
            assert!(!lock.contains("\"resolved\"") && lock.contains("\"integrity\""), "{folder}");
        }
    }

    #[test]
    fn every_tool_has_a_folder_of_its_own() {
        let root = crate::repository();
        let mut tools =
            vec![BINDGEN, TRUNK, DENY, MUTANTS, GECKODRIVER, NPM_PACKAGES, PEERS, REST_JS, ESRI_PYTHON, JSAPI];
        tools.extend(Framework::ALL.map(of_site));
        let mut homes: Vec<PathBuf> = tools.iter().map(|tool| tool.home(&root).expect("it has one")).collect();
        homes.sort();
        homes.dedup();
        assert_eq!(homes.len(), tools.len());
    }
}
