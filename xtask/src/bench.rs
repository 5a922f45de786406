//! The figures: bytes here, times and requests by the measuring program beside the browser tests.

use std::path::Path;

use crate::failure::Outcome;
use crate::tools::{self, BrowserTools};
use crate::{budget, process, release};

/// Prints all figures; `runs` is how often each load is measured.
pub fn run(root: &Path, runs: usize) -> Outcome {
    let page = release::build(root, &tools::for_build(root)?)?;
    let browser = tools::for_chromium(root)?;
    println!("\nBytes of the whole page as a host sends it");
    print!("{}", budget::table(&budget::weigh(&page)?));
    measure(root, &page, &browser, runs)
}

fn measure(root: &Path, page: &Path, browser: &BrowserTools, runs: usize) -> Outcome {
    let mut command = process::command("cargo");
    command.args(["test", "--quiet", "--locked", "--test", "bench"]).current_dir(root);
    command.env("AKW_DIST", page).env("AKW_RUNS", runs.to_string());
    command.env("AKW_AXE", &browser.axe).env("AKW_CHROMIUM", &browser.browser);
    command.env("AKW_CHROMEDRIVER", &browser.driver);
    let outcome = process::run(&mut command);
    process::end_strays();
    outcome
}
