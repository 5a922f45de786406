//! The folder for developer portals, `embed`: the element, the app it loads, the page of its sign-in, and what tools
//! and package managers read.

pub mod sheet;

use std::fs;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};

use super::boot::{INSTANTIATE, as_function, without_comments};
use super::{integrity, read, rename_by_content};

/// Where the parts of the element lie in the repository.
const SOURCE: &str = "src/embed";
/// What scripts share: both sides of a sign-in in a window, and the page and the element.
const COMMON: [&str; 3] = ["locks.js", "records.js", "window.js"];
/// Copied as they are.
const BESIDE: [&str; 3] = ["callback.html", "arcgis-key-wizard.d.ts", "custom-elements.json"];

/// What the element and the page share: the glue's text, and the name of the wasm beside the page.
pub struct Shared<'a> {
    /// The glue, as wasm-bindgen wrote it.
    pub glue: &'a str,
    /// The file of the WebAssembly in the stage.
    pub wasm: &'a str,
}

/// Puts the folder into `stage`.
pub fn run(root: &Path, stage: &Path, shared: &Shared<'_>) -> Outcome {
    let (source, folder) = (root.join(SOURCE), stage.join("embed"));
    fs::create_dir_all(&folder).doing("making embed")?;
    let wasm = fs::read(stage.join(shared.wasm)).doing("reading the wasm")?;
    fs::write(folder.join(shared.wasm), &wasm).doing("writing the wasm of the element")?;

    let page = sheet::scoped(&read(&root.join(crate::style::BUNDLE))?);
    // The first layer to be named is the weakest.
    let style = ["@layer reset;\n", &page, &read(&source.join("element.css"))?].concat();
    let parts = [
        (
            "import { glue } from \"./glue.js\";",
            format!("const glue={};", as_function(shared.glue, "WebAssembly", INSTANTIATE)?),
        ),
        ("import { css } from \"./style.js\";", format!("const css={};", serde_json::json!(sheet::small(&style)))),
    ];
    let mut app = read(&source.join("run.js"))?;
    for (line, text) in parts {
        app = replaced(&app, line, &text)?;
    }
    app = replaced(&app, "WASM_NAME", shared.wasm)?;
    app = replaced(&app, "WASM_INTEGRITY", &integrity(&wasm))?;
    fs::write(folder.join("run.js"), without_comments(&with_common(root, &app)?)).doing("writing the element's app")?;
    super::minify::script(&folder.join("run.js"))?;
    let app = rename_by_content(&folder, "run.js", "run")?;

    let element = replaced(&read(&source.join("element.js"))?, "RUN_NAME", &app)?;
    fs::write(folder.join("arcgis-key-wizard.js"), without_comments(&element)).doing("writing the element")?;
    let callback = with_common(root, &read(&source.join("callback.js"))?)?;
    fs::write(folder.join("callback.js"), without_comments(&callback)).doing("writing the callback page's script")?;
    for file in BESIDE {
        fs::copy(source.join(file), folder.join(file)).doing(format!("copying {file}"))?;
    }
    fs::copy(root.join("LICENSE"), folder.join("LICENSE")).doing("copying LICENSE")?;
    let package = replaced(&read(&source.join("package.json"))?, "VERSION", env!("CARGO_PKG_VERSION"))?;
    fs::write(folder.join("package.json"), package).doing("writing package.json")
}

/// A script with the common files it imports in the places of the imports.
pub fn with_common(root: &Path, script: &str) -> Outcome<String> {
    let mut whole = script.to_owned();
    for file in COMMON {
        let end = format!("/{file}\";");
        let Some(line) = script.lines().find(|it| it.starts_with("import ") && it.ends_with(&end)) else { continue };
        let text = read(&root.join(SOURCE).join(file))?.replace("\nexport ", "\n");
        whole = replaced(&whole, line, text.trim_end())?;
    }
    Ok(whole)
}

/// The text with the one place of `from` replaced.
fn replaced(text: &str, from: &str, to: &str) -> Outcome<String> {
    match text.matches(from).count() {
        1 => Ok(text.replacen(from, to, 1)),
        count => Err(Failure::new(format!("{from} stands {count} times in a script of src/embed, not once"))),
    }
}
