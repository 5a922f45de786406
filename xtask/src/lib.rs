//! The project's commands: `demo`, `verify`, `bench`, and what they need.
//!
//! Read [`verify`] and [`demo`] first; they lead to everything else. [`policy`] is the single source of the page's
//! security policy, [`finish`] writes it into a build, and [`site`] serves a build under it.

pub mod args;
pub mod bench;
pub mod budget;
pub mod clients;
pub mod demo;
pub mod failure;
pub mod finish;
pub mod fuzz;
pub mod loopback;
pub mod mutants;
pub mod package;
pub mod policy;
pub mod process;
pub mod proof;
pub mod release;
pub mod servers;
pub mod site;
pub mod sites;
pub mod sums;
pub mod supply;
pub mod times;
pub mod tools;
pub mod verify;
pub mod webkit;

use std::path::{Path, PathBuf};

/// The repository this program was built from.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Cargo's target folder for this repository.
pub fn target(root: &Path) -> PathBuf {
    root.join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}
