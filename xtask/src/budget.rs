//! The byte budget: the size of the downloads that show the page, as hosts send them.

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};
use crate::finish::{packed, page};

/// A part of the page, and its maximum size after brotli at quality 11.
struct Limit {
    name: &'static str,
    /// True if a file belongs to the part.
    holds: fn(&str) -> bool,
    bytes: usize,
}

/// The glue of both WebAssembly modules counts as scripts.
const LIMITS: [Limit; 4] = [
    Limit {
        name: "html, css and scripts",
        holds: |file| [".html", ".css", ".js"].iter().any(|ending| file.ends_with(ending)),
        bytes: 18 * 1024,
    },
    Limit { name: "the start of a sign-in", holds: |file| file.starts_with("sign-in-start-"), bytes: 14 * 1024 },
    Limit { name: "the wizard", holds: |file| file.starts_with("key-wizard-"), bytes: 324 * 1024 },
    // The page loads it with the step that needs it.
    Limit { name: "data, later", holds: |file| file.starts_with("guide-"), bytes: 16 * 1024 },
];

/// A file that the page loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// Its name in `dist`.
    pub file: String,
    /// Its uncompressed size in bytes.
    pub plain: usize,
    /// Its size in bytes after brotli at quality 11.
    pub brotli: usize,
}

/// Measures `index.html`, every file it references, and `config.json`.
pub fn weigh(dist: &Path) -> Outcome<Vec<Weight>> {
    let text = fs::read_to_string(dist.join("index.html")).doing("reading dist/index.html")?;
    let mut files = page::files(&text);
    files.extend(["index.html", "config.json"].map(str::to_owned));
    files.sort();
    files.dedup();
    files.into_iter().map(|file| weigh_file(dist, file)).collect()
}

fn weigh_file(dist: &Path, file: String) -> Outcome<Weight> {
    let bytes = fs::read(dist.join(&file)).doing(format!("reading dist/{file}"))?;
    Ok(Weight { file, plain: bytes.len(), brotli: brotli(&bytes).len() })
}

pub use packed::brotli;

/// The sizes as a table, with the sum of each part. The deployer's configuration and the icon are not part of any sum.
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
        weights.iter().filter(|weight| (self.holds)(&weight.file)).map(|weight| weight.brotli).sum()
    }
}

/// Prints the table and fails if the page exceeds a limit.
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
        let page = "<html><link rel=preload href=./key-wizard-1.wasm><script src=./b.js data-wasm=./key-wizard-1.wasm>\
                    </script><script data-wasm=./sign-in-start-1.wasm data-guide=./guide-1.json></script>";
        let files = ["b.js", "config.json", "guide-1.json", "index.html", "key-wizard-1.wasm", "sign-in-start-1.wasm"];
        for file in files {
            let text = if file == "index.html" { page } else { file };
            fs::write(dist.join(file), text).expect("the temporary folder is writable");
        }
        let weights = weigh(&dist).expect("all files are there");
        let names: Vec<&str> = weights.iter().map(|weight| weight.file.as_str()).collect();
        assert_eq!(names, files);
        let sums = LIMITS.each_ref().map(|limit| limit.sum(&weights));
        assert_eq!(
            sums,
            [weights[0].brotli + weights[3].brotli, weights[5].brotli, weights[4].brotli, weights[2].brotli]
        );
        fs::remove_dir_all(&dist).expect("it was made here");
    }

    #[test]
    fn a_page_over_a_limit_is_refused() {
        let heavy = Weight { file: "a.js".to_owned(), plain: 1, brotli: LIMITS[0].bytes + 1 };
        assert!(LIMITS[0].sum(&[heavy]) > LIMITS[0].bytes);
    }
}
