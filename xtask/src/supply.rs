//! Dependencies: licenses, banned crates, sources and advisories.

use std::path::Path;

use crate::failure::Outcome;
use crate::{process, tools};

/// The page and its tests, and the program that makes the page's glue.
const MANIFESTS: [&str; 2] = ["Cargo.toml", "tools/wasm-bindgen/Cargo.toml"];

/// Checks the whole tree by `deny.toml`. The advisory database has to be fetched; where it cannot be, a line says so,
/// and only the rest is checked.
pub fn check(root: &Path) -> Outcome {
    let deny = tools::for_supply(root)?;
    let run = |manifest: &str, what: &[&str]| {
        let mut command = process::command(&deny);
        command.args(["--locked", "--config", "deny.toml", "--manifest-path", manifest, "check"]).current_dir(root);
        process::run(command.arg("--hide-inclusion-graph").args(what))
    };
    MANIFESTS.iter().try_for_each(|manifest| run(manifest, &["licenses", "bans", "sources"]))?;
    let mut fetch = process::command(&deny);
    fetch.args(["--locked", "fetch", "db"]).current_dir(root);
    match process::run(&mut fetch) {
        Ok(()) => MANIFESTS.iter().try_for_each(|manifest| run(manifest, &["advisories", "--disable-fetch"])),
        Err(_) => {
            println!("The database of advisories cannot be fetched from here: advisories were NOT checked.");
            Ok(())
        }
    }
}
