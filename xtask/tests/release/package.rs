//! The archive and the npm package, unpacked and used.

use std::fs::{self, File};
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};
use xtask::package::{self, BILL};
use xtask::{repository, site, sums};

use super::{Scratch, dist};

fn unzipped(archive: &Path, into: &Path) {
    let mut zip = zip::ZipArchive::new(File::open(archive).expect("it was made")).expect("it is a zip");
    zip.extract(into).expect("it unpacks");
}

#[tokio::test]
async fn the_archive_holds_a_page_that_can_be_served_and_says_what_is_in_it() {
    let scratch = Scratch::new("archive");
    let package =
        package::make(&repository(), &dist(), &scratch.0.join("one")).unwrap_or_else(|failure| panic!("{failure}"));
    unzipped(&package.archive, &scratch.0);
    let folder = scratch.0.join(package.archive.file_stem().expect("it has a name"));

    for line in fs::read_to_string(folder.join(sums::FILE)).expect("it is in it").lines() {
        let (hash, file) = line.split_once("  ").expect("a hash and a name");
        let bytes = fs::read(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(sums::hex(&Sha256::digest(bytes)), hash, "{file}");
    }
    let listed = fs::read_to_string(folder.join(sums::FILE)).expect("it is in it").lines().count();
    assert_eq!(sums::files(&folder).expect("it is readable").len(), listed + 1);
    sums::compare(&dist(), &folder.join("page")).expect("the page is the one that was built");
    for document in ["README.md", "LICENSE", "docs/embedding.md", "page/headers/nginx.conf", "page/.htaccess"] {
        assert!(folder.join(document).exists(), "{document}");
    }
    let bill: Value = serde_json::from_str(&fs::read_to_string(folder.join(BILL)).expect("it is in it")).expect("JSON");
    assert!(bill["components"].as_array().is_some_and(|parts| parts.len() > 50), "{}", bill["components"]);

    let site = site::start(&folder.join("page"), "{}".to_owned(), 0).expect("a port is free");
    let page = reqwest::get(&site.url).await.expect("it answers").text().await.expect("it is text");
    assert!(page.contains("Create an API key"));
}

#[test]
fn the_npm_package_has_types_and_manifest_and_the_files_that_it_names() {
    let scratch = Scratch::new("element");
    let made =
        package::make(&repository(), &dist(), &scratch.0.join("one")).unwrap_or_else(|failure| panic!("{failure}"));
    let bytes = flate2::read::GzDecoder::new(File::open(&made.element).expect("it was made"));
    tar::Archive::new(bytes).unpack(&scratch.0).expect("it is a tarball");
    let folder = scratch.0.join("package");
    let text = fs::read_to_string(folder.join("package.json")).expect("it is in it");
    let package: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
    let fields = ["main", "module", "types", "customElements", "web-types"].map(|field| (field, &package[field]));
    let types = ["./react", "./vue"].map(|path| (path, &package["exports"][path]["types"]));
    for (field, file) in fields.into_iter().chain(types) {
        let file = file.as_str().unwrap_or_else(|| panic!("no {field}"));
        assert!(folder.join(file).exists(), "{field}: {file}");
    }
    // Sites are prerendered in Node, which has no elements.
    let import = "await import(process.argv[1])";
    let mut node = std::process::Command::new("node");
    node.args(["--input-type=module", "--eval", import]).arg(folder.join("arcgis-key-wizard.js"));
    assert!(node.status().expect("node comes with npm").success(), "the module does not load in Node");
    let files = sums::files(&folder).expect("it is readable");
    assert!(files.iter().any(|file| file.ends_with(".wasm")) && files.iter().any(|file| file.starts_with("run-")));
    for file in ["callback.html", "LICENSE", "README.txt", "vscode.html-custom-data.json"] {
        assert!(files.contains(&file.to_owned()), "{file}: {files:?}");
    }
    assert!(!files.iter().any(|file| file.ends_with(".md")), "a page of the site that serves it: {files:?}");
    assert!(!files.iter().any(|file| file.ends_with(".br") || file.ends_with(".gz")), "{files:?}");
}

#[test]
fn the_same_page_makes_the_same_files() {
    let scratch = Scratch::new("twice");
    let make = |name: &str| {
        let made =
            package::make(&repository(), &dist(), &scratch.0.join(name)).unwrap_or_else(|failure| panic!("{failure}"));
        [made.archive, made.element].map(|file| fs::read(file).expect("it was made"))
    };
    assert!(make("one") == make("other"));
}
