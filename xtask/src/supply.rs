//! What the tree is made of: licences, forbidden crates and their sources, and what is known against them.

use std::path::Path;

use crate::failure::Outcome;
use crate::{process, tools};

/// Checks the whole tree by `deny.toml`. What is known against crates lies in a database that has to be fetched; where
/// it cannot be, that is said, and only the rest is checked.
pub fn check(root: &Path) -> Outcome {
    let deny = tools::for_supply(root)?;
    let run = |what: &[&str]| {
        let mut command = process::command(&deny);
        command.args(["--locked", "check", "--hide-inclusion-graph"]).args(what).current_dir(root);
        command
    };
    process::run(&mut run(&["licenses", "bans", "sources"]))?;
    let mut fetch = process::command(&deny);
    fetch.args(["--locked", "fetch", "db"]).current_dir(root);
    match process::run(&mut fetch) {
        Ok(()) => process::run(&mut run(&["advisories", "--disable-fetch"])),
        Err(_) => {
            println!("The database of advisories cannot be fetched from here: advisories were NOT checked.");
            Ok(())
        }
    }
}
