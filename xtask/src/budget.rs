//! The byte budget: what a person downloads to see the page, as hosts send it.

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};
use crate::finish::{packed, page};

/// The deployer's own file.
const CONFIG: &str = "config.json";

/// A part of the page, and the most it may weigh after brotli at quality 11.
struct Limit {
    name: &'static str,
    /// The endings of its files.
    endings: &'static [&'static str],
    bytes: usize,
}

/// Page, style and scripts are there before anything can be pressed; the glue of the wizard is among the scripts.
/// The data comes with the step that needs it.
const LIMITS: [Limit; 3] = [
    Limit { name: "html, css and scripts", endings: &[".html", ".css", ".js"], bytes: 16 * 1024 },
    Limit { name: "the wizard", endings: &[".wasm"], bytes: 210 * 1024 },
    Limit { name: "data, later", endings: &[".json"], bytes: 16 * 1024 },
];

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
    let text = fs::read_to_string(dist.join("index.html")).doing("reading dist/index.html")?;
    let mut files = page::files(&text);
    files.extend(["index.html", CONFIG].map(str::to_owned));
    files.sort();
    files.dedup();
    files.into_iter().map(|file| weigh_file(dist, file)).collect()
}

fn weigh_file(dist: &Path, file: String) -> Outcome<Weight> {
    let bytes = fs::read(dist.join(&file)).doing(format!("reading dist/{file}"))?;
    Ok(Weight { file, plain: bytes.len(), brotli: brotli(&bytes).len() })
}

pub use packed::brotli;

/// The weights as a table, with the sum of each part. The deployer's configuration and the icon count in none.
pub fn table(weights: &[Weight]) -> String {
    let mut text = format!("{:>10} {:>10}  file\n", "bytes", "brotli 11");
    for weight in weights {
        text.push_str(&format!("{:>10} {:>10}  {}\n", weight.plain, weight.brotli, weight.file));
    }
    for limit in &LIMITS {
        text.push_str(&format!("{:>21}  {}; the limit is {}\n", limit.sum(weights), limit.name, limit.bytes));
    }
    text
}

impl Limit {
    fn sum(&self, weights: &[Weight]) -> usize {
        let counts = |weight: &&Weight| {
            weight.file != CONFIG && self.endings.iter().any(|ending| weight.file.ends_with(ending))
        };
        weights.iter().filter(counts).map(|weight| weight.brotli).sum()
    }
}

/// Prints the table and refuses a page over a limit.
pub fn check(dist: &Path) -> Outcome {
    let weights = weigh(dist)?;
    print!("{}", table(&weights));
    let over = LIMITS.iter().filter(|limit| limit.sum(&weights) > limit.bytes);
    let over: Vec<String> =
        over.map(|limit| format!("{} over by {}", limit.name, limit.sum(&weights) - limit.bytes)).collect();
    if over.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("the page is over its budget: {}", over.join(", "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_the_page_names_is_weighed_once_and_in_its_part() {
        let dist = std::env::temp_dir().join(format!("akw-budget-{}", std::process::id()));
        fs::create_dir_all(&dist).expect("the temporary folder is writable");
        let page = "<html><link rel=preload href=./a.wasm><script src=./b.js data-wasm=./a.wasm data-guide=./d.json></script>";
        for (file, text) in
            [("index.html", page), ("config.json", "{}"), ("a.wasm", "aaaa"), ("b.js", "b"), ("d.json", "[]")]
        {
            fs::write(dist.join(file), text).expect("the temporary folder is writable");
        }
        let weights = weigh(&dist).expect("all files are there");
        let names: Vec<&str> = weights.iter().map(|weight| weight.file.as_str()).collect();
        assert_eq!(names, ["a.wasm", "b.js", "config.json", "d.json", "index.html"]);
        let [page, wizard, data] = &LIMITS;
        assert_eq!(page.sum(&weights), weights[1].brotli + weights[4].brotli);
        assert_eq!(data.sum(&weights), weights[3].brotli);
        assert_eq!(wizard.sum(&weights), weights[0].brotli);
        fs::remove_dir_all(&dist).expect("it was made here");
    }

    #[test]
    fn a_page_over_a_limit_is_refused() {
        let heavy = Weight { file: "a.js".to_owned(), plain: 1, brotli: LIMITS[0].bytes + 1 };
        assert!(LIMITS[0].sum(&[heavy]) > LIMITS[0].bytes);
    }
}
