//! What comes from the system: Rust's wasm target, npm, Chromium, Firefox. Installed where that is possible without asking
//! for rights (Debian, as root), else the exact line to run is said.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::process;

/// What to run for the browser when this cannot.
pub const CHROMIUM_LINE: &str =
    "Run: sudo apt-get install -y chromium chromium-driver   (or put chromium and chromedriver on PATH)";

/// What to run for Firefox when this cannot.
pub const FIREFOX_LINE: &str = "Run: sudo apt-get install -y firefox-esr   (or put firefox on PATH)";

const NPM_LINE: &str = "Run: sudo apt-get install -y npm   (or put npm on PATH)";

/// The triple of the page's target.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Whether the compiler of this repository can build for the browser.
pub fn has_wasm_target(root: &Path) -> bool {
    let Some(found) = process::answer_in(root, "rustc", &["--print", "target-libdir", "--target", WASM]) else {
        return false;
    };
    Path::new(found.trim()).exists()
}

/// Adds the target through rustup; `rust-toolchain.toml` alone does not when rustup must not install by itself.
pub fn add_wasm_target(root: &Path) -> Outcome {
    let mut rustup = process::command("rustup");
    rustup.args(["target", "add", WASM]).current_dir(root);
    process::run(&mut rustup).map_err(|failure| failure.next(format!("Run: rustup target add {WASM}")))
}

/// Whether the source of the standard library is there, which the page builds for itself.
pub fn has_std_source(root: &Path) -> bool {
    let sysroot = process::answer_in(root, "rustc", &["--print", "sysroot"]).unwrap_or_default();
    Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std").exists()
}

/// Adds it through rustup.
pub fn add_std_source(root: &Path) -> Outcome {
    let mut rustup = process::command("rustup");
    rustup.args(["component", "add", "rust-src"]).current_dir(root);
    process::run(&mut rustup).map_err(|failure| failure.next("Run: rustup component add rust-src"))
}

/// Whether this repository's toolchain can format and lint.
pub fn has_checkers(root: &Path) -> bool {
    ["fmt", "clippy"].iter().all(|checker| process::answer_in(root, "cargo", &[checker, "--version"]).is_some())
}

/// Adds both through rustup.
pub fn add_checkers(root: &Path) -> Outcome {
    let mut rustup = process::command("rustup");
    rustup.args(["component", "add", "rustfmt", "clippy"]).current_dir(root);
    process::run(&mut rustup).map_err(|failure| failure.next("Run: rustup component add rustfmt clippy"))
}

/// Makes sure that npm is there.
pub fn need_npm() -> Outcome {
    if on_path(&["npm"]).is_some() {
        return Ok(());
    }
    println!("npm is missing.");
    apt(&["npm"], NPM_LINE)
}

/// Chromium, under one of its names. `AKW_CHROMIUM` overrules.
pub fn chromium() -> Option<PathBuf> {
    chosen("AKW_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])
}

/// ChromeDriver. `AKW_CHROMEDRIVER` overrules.
pub fn chromedriver() -> Option<PathBuf> {
    chosen("AKW_CHROMEDRIVER", &["chromedriver"])
}

/// Installs Chromium and its driver.
pub fn install_chromium() -> Outcome {
    apt(&["chromium", "chromium-driver"], CHROMIUM_LINE)
}

/// Firefox, under one of its names. `AKW_FIREFOX` overrules.
pub fn firefox() -> Option<PathBuf> {
    chosen("AKW_FIREFOX", &["firefox-esr", "firefox"])
}

/// Installs Firefox.
pub fn install_firefox() -> Outcome {
    apt(&["firefox-esr"], FIREFOX_LINE)
}

/// Installs Debian packages, when this is Debian and we are root.
fn apt(packages: &[&str], line: &str) -> Outcome {
    let root = process::answer("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if !root || on_path(&["apt-get"]).is_none() {
        return Err(
            Failure::new(format!("{} is missing and cannot be installed from here", packages.join(" and "))).next(line)
        );
    }
    let update = process::run(apt_get().args(["-q", "update"]));
    let install = |()| process::run(apt_get().args(["-q", "install", "-y", "--no-install-recommends"]).args(packages));
    update.and_then(install).map_err(|failure| failure.next(line))
}

fn apt_get() -> std::process::Command {
    let mut command = process::command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn chosen(variable: &str, names: &[&str]) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.exists()).or_else(|| on_path(names))
}

/// The first of these programs that is on `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}
