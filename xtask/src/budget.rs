//! The byte budget: what a person downloads to see the page, as hosts send it.

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};
use crate::finish::html;

/// The most the page may weigh, in bytes: 150 KB for the wizard, and 3 for links, recipes and what the element shares
/// with it.
pub const LIMIT: usize = (150 + 3) * 1024;

/// A file that the page loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Its name in `dist`.
    pub file: String,
    /// Its size in bytes as it is stored.
    pub plain: usize,
    /// Its size in bytes after brotli at quality 11.
    pub brotli: usize,
}

/// Weighs `index.html`, every file it names, and `config.json`.
pub fn weigh(dist: &Path) -> Outcome<Vec<Weight>> {
    let page = fs::read_to_string(dist.join("index.html")).doing("reading dist/index.html")?;
    let mut files = vec!["index.html".to_owned(), "config.json".to_owned()];
    for tag in html::tags(&page) {
        let loads = ["href", "src", "data-wasm"].iter().filter_map(|name| tag.get(name));
        files.extend(loads.filter_map(|value| value.strip_prefix("./")).map(str::to_owned));
    }
    files.sort();
    files.dedup();
    files.into_iter().map(|file| weigh_file(dist, file)).collect()
}

fn weigh_file(dist: &Path, file: String) -> Outcome<Weight> {
    let bytes = fs::read(dist.join(&file)).doing(format!("reading dist/{file}"))?;
    Ok(Weight { file, plain: bytes.len(), brotli: brotli(&bytes).len() })
}

/// The bytes after brotli at quality 11, as a static host prepares them once.
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings).expect("writing to memory cannot fail");
    packed
}

/// The weights as a table, with their sum.
pub fn table(weights: &[Weight]) -> String {
    let mut text = format!("{:>10} {:>10}  file\n", "bytes", "brotli 11");
    for weight in weights {
        text.push_str(&format!("{:>10} {:>10}  {}\n", weight.plain, weight.brotli, weight.file));
    }
    let plain: usize = weights.iter().map(|weight| weight.plain).sum();
    text.push_str(&format!("{plain:>10} {:>10}  html, js, css and wasm; the limit is {LIMIT}\n", total(weights)));
    text
}

/// What the budget is about: page, code and style; not the deployer's own configuration, nor the icon.
fn counts(weight: &Weight) -> bool {
    [".html", ".js", ".css", ".wasm"].iter().any(|ending| weight.file.ends_with(ending))
}

fn total(weights: &[Weight]) -> usize {
    weights.iter().filter(|weight| counts(weight)).map(|weight| weight.brotli).sum()
}

/// Prints the table and refuses a page over the limit.
pub fn check(dist: &Path) -> Outcome {
    let weights = weigh(dist)?;
    print!("{}", table(&weights));
    let total = total(&weights);
    if total <= LIMIT {
        return Ok(());
    }
    Err(Failure::new(format!("the page weighs {total} bytes, {} over the budget", total - LIMIT)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_the_page_names_is_weighed_once() {
        let dist = std::env::temp_dir().join(format!("akw-budget-{}", std::process::id()));
        fs::create_dir_all(&dist).expect("the temporary folder is writable");
        let page = "<html><link rel=preload href=./a.wasm><script src=./b.js data-wasm=./a.wasm></script>";
        for (file, text) in [("index.html", page), ("config.json", "{}"), ("a.wasm", "aaaa"), ("b.js", "b")] {
            fs::write(dist.join(file), text).expect("the temporary folder is writable");
        }
        let weights = weigh(&dist).expect("all files are there");
        let names: Vec<&str> = weights.iter().map(|weight| weight.file.as_str()).collect();
        assert_eq!(names, ["a.wasm", "b.js", "config.json", "index.html"]);
        assert!(table(&weights).contains("wasm; the limit is 156672"));
        fs::remove_dir_all(&dist).expect("it was made here");
    }
}
