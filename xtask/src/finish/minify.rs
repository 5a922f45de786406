//! Shorter scripts, by terser: 1.3 KB (brotli) of the page.

use std::path::Path;

use crate::failure::Outcome;
use crate::process;

/// The environment variable that names the `terser` program. Without it, as in a bare `trunk build`, scripts stay long.
pub const TERSER: &str = "AKW_TERSER";

/// What the glue warns of (how it is called, what servers call its code) is of no use to anybody but who builds it.
const COMPRESS: &str = "passes=3,ecma=2020,drop_console=[warn],unsafe_arrows";

/// Makes a module shorter in its place. What it exports, and the properties it names, keep their names.
pub fn script(path: &Path) -> Outcome {
    let Some(terser) = std::env::var_os(TERSER) else { return Ok(()) };
    let mut command = process::command(terser);
    command.arg(path).args(["--module", "--compress", COMPRESS, "--mangle", "--output"]).arg(path);
    process::run(&mut command)
}
