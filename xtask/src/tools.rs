//! The tools of the build and of the tests: found, or installed once into the user's cache.
//!
//! All missing tools are known before anything is installed. Each tool is in a folder named by its version,
//! which gets that name when it is complete.

mod install;
mod needs;
pub mod system;
mod tool;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::failure::{Doing, Failure, Outcome};
use crate::finish::esbuild::Esbuild;
use crate::process;
use system::{CHROMEDRIVER, CHROMIUM, FIREFOX, PYTHON, Program, WEBKITDRIVER, XVFB};
use tool::Tool;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "lowercase")]
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

/// The pages that are measured beside this one, relative to the repository.
const PEERS_FOLDER: &str = "tests/peers";

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

/// Finds or installs what these jobs need. Silent when nothing is missing.
pub fn set_up(root: &Path, jobs: &[Job]) -> Outcome {
    let programs: Vec<&Program> = jobs.iter().flat_map(|job| needs::programs_of(*job)).collect();
    system::need(&programs)?;
    if missing(root, jobs)?.is_empty() {
        return Ok(());
    }
    // Two commands at once would install the same.
    let lock = File::create(tool::cache()?.join("lock")).doing("making the lock of the cache")?;
    lock.lock().doing("waiting for another set-up")?;
    let missing = missing(root, jobs)?;
    let total = missing.len();
    for (number, tool) in missing.iter().enumerate() {
        let (number, started) = (number + 1, Instant::now());
        println!("[{number}/{total}] Setting up {} (once; takes {}) …", tool.name, tool.takes);
        tool.get(root)?;
        if !tool.is_ready(root)? {
            return Err(Failure::new(format!("{} was installed but is not where it should be", tool.name)));
        }
        println!("[{number}/{total}] {} is ready after {} s.", tool.name, started.elapsed().as_secs());
    }
    // The intermediate files of the compilation are large and no longer needed.
    fs::remove_dir_all(tool::cache()?.join("build")).ok();
    Ok(())
}

/// The tools of these jobs that are not installed, each once.
fn missing(root: &Path, jobs: &[Job]) -> Outcome<Vec<Tool>> {
    let mut missing = Vec::new();
    for tool in jobs.iter().flat_map(|job| needs::tools_of(*job)) {
        if !missing.contains(&tool) && !tool.is_ready(root)? {
            missing.push(tool);
        }
    }
    Ok(missing)
}

/// Finds or installs what a release build needs.
pub fn for_build(root: &Path) -> Outcome<BuildTools> {
    set_up(root, &[Job::Build])?;
    Ok(BuildTools {
        trunk: tool::TRUNK.program(root)?,
        esbuild: esbuild(root)?,
        path: vec![tool::BINDGEN.home(root)?.join("bin"), tool::NPM_PACKAGES.home(root)?.join("node_modules/.bin")],
    })
}

/// esbuild, which a hook of Trunk expects to be there.
pub fn esbuild(root: &Path) -> Outcome<Esbuild> {
    let script = tool::NPM_PACKAGES.home(root)?.join("node_modules/esbuild/bin/esbuild");
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
    tool::REST_JS.home(root)
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
    Ok(PythonTools { python: PYTHON.path()?, packages: tool::ESRI_PYTHON.home(root)? })
}

/// What a walk in Chromium runs in.
pub struct WalkTools {
    /// The folder of the packages.
    pub packages: PathBuf,
    /// The Node that walks.
    pub node: PathBuf,
    /// Chromium.
    pub chromium: PathBuf,
    /// ChromeDriver of the same version.
    pub chromedriver: PathBuf,
}

/// Finds or installs Esri's JS SDK.
pub fn for_jsapi(root: &Path) -> Outcome<WalkTools> {
    for_walk(root, Job::Jsapi, &tool::JSAPI)
}

/// Finds or installs a framework of documentation sites.
pub fn for_site(root: &Path, framework: Framework) -> Outcome<WalkTools> {
    for_walk(root, Job::Site(framework), &tool::of_site(framework))
}

fn for_walk(root: &Path, job: Job, packages: &Tool) -> Outcome<WalkTools> {
    set_up(root, &[job])?;
    Ok(WalkTools {
        packages: packages.home(root)?,
        node: node()?,
        chromium: CHROMIUM.path()?,
        chromedriver: CHROMEDRIVER.path()?,
    })
}

/// Finds or installs rustfmt and clippy: a toolchain may come without them.
pub fn for_checks(root: &Path) -> Outcome {
    set_up(root, &[Job::Checks])
}

/// Finds or installs cargo-deny.
pub fn for_supply(root: &Path) -> Outcome<PathBuf> {
    set_up(root, &[Job::Supply])?;
    tool::DENY.program(root)
}

/// The folder of the pages that are measured beside this one, and the packages they are made of, which are found or
/// installed.
pub fn for_peers(root: &Path) -> Outcome<(PathBuf, PathBuf)> {
    set_up(root, &[Job::Peers])?;
    Ok((root.join(PEERS_FOLDER), tool::PEERS.home(root)?.join("node_modules")))
}

/// Finds or installs what compiles libFuzzer.
pub fn for_fuzzing(root: &Path) -> Outcome {
    set_up(root, &[Job::Fuzzing])
}

/// Finds or installs cargo-mutants.
pub fn for_mutants(root: &Path) -> Outcome<PathBuf> {
    set_up(root, &[Job::Mutants])?;
    tool::MUTANTS.program(root)
}

/// Finds or installs what the tests in Chromium need.
pub fn for_chromium(root: &Path) -> Outcome<BrowserTools> {
    set_up(root, &[Job::Chromium])?;
    Ok(BrowserTools { axe: axe(root)?, browser: CHROMIUM.path()?, driver: CHROMEDRIVER.path()? })
}

/// Finds or installs what the tests in Firefox need.
pub fn for_firefox(root: &Path) -> Outcome<BrowserTools> {
    set_up(root, &[Job::Firefox])?;
    Ok(BrowserTools { axe: axe(root)?, browser: FIREFOX.path()?, driver: tool::GECKODRIVER.program(root)? })
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
    Ok(tool::NPM_PACKAGES.home(root)?.join("node_modules/axe-core/axe.min.js"))
}

/// The versions of the tools of a finished page, for the stamp by which it is up to date or not.
pub fn versions(root: &Path) -> Outcome<String> {
    let mut named = Vec::new();
    for tool in [tool::TRUNK, tool::BINDGEN, tool::NPM_PACKAGES] {
        named.push(tool.home(root)?.file_name().unwrap_or_default().to_owned());
    }
    Ok(format!("{named:?}"))
}
