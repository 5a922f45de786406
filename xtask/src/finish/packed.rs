//! Compresses each file with brotli and gzip, as `x.js.br` and `x.js.gz`: hosts send these instead of compressing
//! each response, and they are smaller than what hosts produce.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::failure::{Doing, Outcome};
use crate::sums;

/// The compressed file types. `config.json` is excluded: operators edit it, and hosts would still send the old
/// compressed copy.
const ENDINGS: [&str; 7] = [".css", ".html", ".js", ".json", ".svg", ".ts", ".wasm"];
const EDITED: [&str; 1] = ["config.json"];

/// True if a file of a build is also compressed.
pub fn is_packed(file: &str) -> bool {
    ENDINGS.iter().any(|ending| file.ends_with(ending))
        && !EDITED.contains(&file)
        && !crate::policy::hosts::is_for_host(file)
}

/// Compresses every eligible file of a build.
pub fn write(dist: &Path) -> Outcome {
    // The element has the same WebAssembly as the page.
    let mut known: BTreeMap<Vec<u8>, [Vec<u8>; 2]> = BTreeMap::new();
    for file in sums::files(dist)?.into_iter().filter(|file| is_packed(file)) {
        let bytes = fs::read(dist.join(&file)).doing(format!("reading {file}"))?;
        let forms = known.entry(bytes).or_insert_with_key(|bytes| [brotli(bytes), gzip(bytes)]);
        for (ending, packed) in ["br", "gz"].iter().zip(forms) {
            fs::write(dist.join(format!("{file}.{ending}")), packed).doing(format!("writing {file}.{ending}"))?;
        }
    }
    Ok(())
}

/// Compresses with brotli at quality 11.
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings).expect("writing to memory cannot fail");
    packed
}

/// Compresses with gzip at the best level, without a timestamp.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("writing to memory cannot fail")
}
