//! The figures: measures bytes here, times and requests by the measuring program beside the browser tests.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure, Outcome};
use crate::finish::esbuild::Bundle;
use crate::tools::{self, BrowserTools};
use crate::{budget, process, release};

/// Prints all figures; `runs` is how often each load is measured.
pub fn run(root: &Path, runs: usize) -> Outcome {
    let page = release::build(root, &tools::for_build(root)?)?;
    let browser = tools::for_chromium(root)?;
    let peers = peers(root, &page)?;
    println!("\nBytes of the whole page as a host sends it");
    print!("{}", budget::table(&budget::weigh(&page)?));
    measure(root, [&page, &peers], &browser, runs)
}

/// Builds the pages for comparison, with this page's style sheet, each in its own folder.
fn peers(root: &Path, page: &Path) -> Outcome<PathBuf> {
    let (sources, packages) = tools::for_peers(root)?;
    let esbuild = tools::esbuild(root)?;
    let styles = fs::read_dir(page).doing("reading the page")?.filter_map(Result::ok).map(|entry| entry.path());
    let is_style = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "css");
    let style = styles.into_iter().find(is_style).ok_or_else(|| Failure::new("the page has no style sheet"))?;
    let all = root.join("target/peers");
    println!("\nBytes of the code of other pages (brotli)");
    for (name, jsx) in [("preact", "--jsx-import-source=preact"), ("react", "--jsx-import-source=react")] {
        let folder = all.join(name);
        fs::create_dir_all(&folder).doing("making the folder of a page")?;
        let code = folder.join("page.js");
        let bundle = Bundle::script(&sources, &format!("{name}.jsx"), code.clone()).packages(packages.clone());
        let bundle = bundle.define("process.env.NODE_ENV", "\"production\"").with("--jsx=automatic").with(jsx);
        esbuild.run(&bundle)?;
        fs::copy(&style, folder.join("style.css")).doing("copying the style sheet")?;
        fs::copy(sources.join("index.html"), folder.join("index.html")).doing("copying the page")?;
        let bytes = budget::brotli(&fs::read(&code).doing("reading what esbuild made")?).len();
        println!("{name:<20} {bytes:>8}");
    }
    Ok(all)
}

fn measure(root: &Path, [page, peers]: [&Path; 2], browser: &BrowserTools, runs: usize) -> Outcome {
    let mut command = process::command("cargo");
    command.args(["test", "--quiet", "--locked", "--test", "bench"]).current_dir(root);
    command.env("AKW_DIST", page).env("AKW_PEERS", peers).env("AKW_RUNS", runs.to_string());
    command.env("AKW_AXE", &browser.axe).env("AKW_CHROMIUM", &browser.browser);
    command.env("AKW_CHROMEDRIVER", &browser.driver);
    let outcome = process::run(&mut command);
    process::end_strays();
    outcome
}
