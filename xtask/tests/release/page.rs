//! The finished page as a browser reads it.

use std::fs;

use sha2::{Digest, Sha256};
use xtask::finish::{integrity, packed, page};
use xtask::sums;

use super::dist;

#[test]
fn every_file_that_the_page_names_is_there_and_code_has_its_integrity() {
    let text = fs::read_to_string(dist().join("index.html")).expect("the page is built");
    let files = page::files(&text);
    assert!(files.iter().any(|file| file.ends_with(".wasm")) && files.iter().any(|file| file.ends_with(".js")));
    for file in files {
        let bytes = fs::read(dist().join(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        // The configuration is the deployer's own.
        if file != "config.json" && [".js", ".css", ".json", ".wasm"].iter().any(|ending| file.ends_with(ending)) {
            assert!(text.contains(&integrity(&bytes)), "{file} is not bound");
            let hash: String = Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            assert!(file.contains(&hash), "{file} is not named by its content");
        }
    }
    page::check(&dist(), &text).expect("it is safe");
}

#[test]
fn the_element_names_the_files_of_its_own_folder() {
    let folder = dist().join("embed");
    let files = sums::files(&folder).expect("it is there");
    let of =
        |start: &str, end: &str| files.iter().find(|file| file.starts_with(start) && file.ends_with(end)).expect(start);
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect("it is text");
    let (run, wasm) = (of("run-", ".js"), of("key-wizard-", ".wasm"));
    assert!(read("arcgis-key-wizard.js").contains(run.as_str()));
    let bytes = fs::read(folder.join(wasm)).expect("it is there");
    assert!(read(run).contains(wasm.as_str()) && read(run).contains(&integrity(&bytes)));
    assert_eq!(bytes, fs::read(dist().join(wasm)).expect("the page has the same"));
    assert!(
        !["instance.js", "element.css", "run.js"].iter().any(|part| files.iter().any(|file| file == part)),
        "{files:?}"
    );
}

#[test]
fn each_compressed_form_is_the_file_beside_it_and_config_json_has_none() {
    let files = sums::files(&dist()).expect("the page is built");
    let mut count = 0;
    for file in files.iter().filter(|file| packed::is_packed(file)) {
        let plain = fs::read(dist().join(file)).expect("it is listed");
        let form = |ending: &str| fs::read(dist().join(format!("{file}.{ending}"))).expect("it is compressed");
        assert_eq!(unpacked("br", &form("br")), plain, "{file}.br");
        assert_eq!(unpacked("gzip", &form("gz")), plain, "{file}.gz");
        count += 1;
    }
    assert!(count >= 10, "{count} files are compressed");
    assert!(!files.iter().any(|file| file.starts_with("config.json.")));
}

#[test]
fn the_guide_gives_the_sizes_of_the_element_right_within_a_tenth() {
    let files = sums::files(&dist().join("embed")).expect("it is there");
    let guide = include_str!("../../../docs/embedding.md");
    for start in ["arcgis-key-wizard.js", "run-", "key-wizard-", "guide-"] {
        let row = guide.lines().find(|line| line.starts_with(&format!("| `{start}"))).expect(start);
        let stated: f64 = row.split('|').nth(2).and_then(|size| size.trim().parse().ok()).expect("kilobytes");
        let file = files.iter().find(|file| file.starts_with(start) && file.ends_with(".br")).expect(start);
        let size = fs::metadata(dist().join("embed").join(file)).expect("it is listed").len() as f64 / 1000.0;
        assert!((stated - size).abs() <= size / 10.0, "{file} has {size} kilobytes");
    }
}

#[test]
fn the_sums_are_those_of_the_files() {
    let list = fs::read_to_string(dist().join(sums::FILE)).expect("it is there");
    assert_eq!(list, sums::of(&dist()).expect("the page is readable"));
}

/// Decompresses an answer's bytes in this content encoding.
pub(crate) fn unpacked(encoding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match encoding {
        "br" => brotli::BrotliDecompress(&mut &bytes[..], &mut plain).expect("it is brotli"),
        "gzip" => {
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes), &mut plain).expect("it is gzip");
        }
        _ => plain.extend(bytes),
    }
    plain
}
