//! Prints the proof: to the test's output or, for `cargo verify`, to the file named by `AKW_TABLES`.

use std::fs::OpenOptions;
use std::io::Write;

/// The parts of the proof in printing order; the browser tests count `Browsers`.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "native and browser tests tell parts of their own")]
pub enum Part {
    Faults,
    Deaths,
    Single,
    Exhaustive,
    Histories,
    Model,
    OpenFacts,
    OAuth,
    MixUps,
    Documents,
    Addresses,
    Texts,
    Browsers,
}

/// Encodes a newline in the file, where each text is one line.
const NEW_LINE: &str = "\u{1e}";

/// Prints a table or a line.
pub fn tell(part: Part, text: &str) {
    let Some(path) = std::env::var_os("AKW_TABLES") else { return println!("{text}") };
    let line = format!("{:02}\t{}\n", part as u8, text.replace('\n', NEW_LINE));
    let mut file = OpenOptions::new().create(true).append(true).open(path).expect("verify has made the folder");
    // One write, because tests run in parallel.
    file.write_all(line.as_bytes()).expect("the file takes a line");
}
