//! The tools for building and testing: found, or installed once into the user's cache.
//!
//! All missing tools are determined before anything is installed. Each tool's folder is named by its version, and
//! gets that name only when it is complete.

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

/// A job that needs tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// Building the page.
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
    /// Building the pages for comparison.
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

/// A generator of documentation sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "lowercase")]
pub enum Framework {
    /// VitePress, with TypeScript.
    VitePress,
    /// Docusaurus.
    Docusaurus,
    /// Astro Starlight.
    Starlight,
    /// MkDocs with the Material theme.
    MkDocs,
}

impl Framework {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::VitePress, Self::Docusaurus, Self::Starlight, Self::MkDocs];

    /// Its display name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VitePress => "a VitePress site",
            Self::Docusaurus => "a Docusaurus site",
            Self::Starlight => "a Starlight site",
            Self::MkDocs => "an MkDocs Material site",
        }
    }

    /// The folder of its site and lock file, relative to the repository.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::VitePress => "tests/sites/vitepress",
            Self::Docusaurus => "tests/sites/docusaurus",
            Self::Starlight => "tests/sites/starlight",
            Self::MkDocs => "tests/sites/mkdocs",
        }
    }
}

/// Everything that `cargo verify` needs.
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

/// The pages for comparison, relative to the repository.
const PEERS_FOLDER: &str = "tests/peers";

/// The tools of the build.
pub struct BuildTools {
    /// The `trunk` program.
    pub trunk: PathBuf,
    /// Bundles and minifies scripts and style sheets.
    pub esbuild: Esbuild,
    /// Folders that must come first on `PATH` for Trunk to find its own tools.
    pub path: Vec<PathBuf>,
}

/// The tools for the tests in one browser.
#[derive(Debug, Clone)]
pub struct BrowserTools {
    /// `axe.min.js`.
    pub axe: PathBuf,
    /// Chromium or Firefox.
    pub browser: PathBuf,
    /// ChromeDriver of the same version, or geckodriver.
    pub driver: PathBuf,
}

/// Finds or installs what these jobs need. Silent if nothing is missing.
pub fn set_up(root: &Path, jobs: &[Job]) -> Outcome {
    let programs: Vec<&Program> = jobs.iter().flat_map(|job| needs::programs_of(*job)).collect();
    system::need(&programs)?;
    if missing(root, jobs)?.is_empty() {
        return Ok(());
    }
    // The lock keeps two commands from installing the same tools at once.
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

/// The missing tools of these jobs, without duplicates.
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

/// esbuild; Trunk's hook requires that it is installed.
pub fn esbuild(root: &Path) -> Outcome<Esbuild> {
    let script = tool::NPM_PACKAGES.home(root)?.join("node_modules/esbuild/bin/esbuild");
    match script.exists() {
        true => Ok(Esbuild { node: node()?, script }),
        false => Err(Failure::new("esbuild is not installed").next("Run: cargo xtask setup")),
    }
}

/// Node, which is installed with npm.
pub fn node() -> Outcome<PathBuf> {
    process::on_path(&["node"]).ok_or_else(|| Failure::new("node is not on PATH"))
}

/// Finds or installs Esri's arcgis-rest-js, and returns the folder of its packages.
pub fn for_rest_js(root: &Path) -> Outcome<PathBuf> {
    set_up(root, &[Job::RestJs])?;
    tool::REST_JS.home(root)
}

/// Esri's Python package.
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

/// The tools for a walk in Chromium.
pub struct WalkTools {
    /// The folder of the packages.
    pub packages: PathBuf,
    /// The Node that runs the walk.
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

/// Finds or installs rustfmt and clippy, which a toolchain may lack.
pub fn for_checks(root: &Path) -> Outcome {
    set_up(root, &[Job::Checks])
}

/// Finds or installs cargo-deny.
pub fn for_supply(root: &Path) -> Outcome<PathBuf> {
    set_up(root, &[Job::Supply])?;
    tool::DENY.program(root)
}

/// The folder of the pages for comparison, and the folder of their packages, found or installed.
pub fn for_peers(root: &Path) -> Outcome<(PathBuf, PathBuf)> {
    set_up(root, &[Job::Peers])?;
    Ok((root.join(PEERS_FOLDER), tool::PEERS.home(root)?.join("node_modules")))
}

/// Finds or installs the compiler for libFuzzer.
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

/// The tools for the walk in WebKit.
pub struct WebKitTools {
    /// The Node that runs the walk.
    pub node: PathBuf,
    /// WebKitGTK's driver, which finds its browser itself.
    pub driver: PathBuf,
    /// The virtual display.
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

/// The versions of the build tools, for the stamp that shows if a page is up to date.
pub fn versions(root: &Path) -> Outcome<String> {
    let mut named = Vec::new();
    for tool in [tool::TRUNK, tool::BINDGEN, tool::NPM_PACKAGES] {
        named.push(tool.home(root)?.file_name().unwrap_or_default().to_owned());
    }
    Ok(format!("{named:?}"))
}
