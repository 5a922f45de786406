//! Dependencies: licenses, banned crates, sources and advisories.

use std::path::Path;

use crate::failure::Outcome;
use crate::{process, tools};

/// The page with its tests, and the program that generates the page's glue.
const MANIFESTS: [&str; 2] = ["Cargo.toml", "tools/wasm-bindgen/Cargo.toml"];

/// Checks the whole tree by `deny.toml`. If the advisory database cannot be fetched, prints a line and checks only
/// the rest.
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
