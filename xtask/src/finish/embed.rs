//! The folder for developer portals, `embed`: the element, the app it loads, the page of its sign-in, and what tools
//! and package managers read.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::esbuild::{Bundle, Esbuild};
use super::{Code, editors, read};
use crate::failure::{Doing, Failure, Outcome};

/// Copied as they are, from these folders of the repository. No Markdown: the folder is published with a site,
/// where MkDocs and VitePress make a page of each.
const BESIDE: [&str; 7] = [
    "src/embed/callback.html",
    "src/embed/arcgis-key-wizard.d.ts",
    "src/embed/react.d.ts",
    "src/embed/vue.d.ts",
    "src/embed/custom-elements.json",
    "src/embed/README.txt",
    "LICENSE",
];
/// Tells webpack and Vite to leave an import to the browser. esbuild drops every comment.
const TO_THE_BROWSER: &str = "import(/* webpackIgnore: true *//* @vite-ignore */";

/// What the element and the page share.
pub struct Shared<'a> {
    /// Makes scripts and style sheets small.
    pub esbuild: &'a Esbuild,
    /// The glue, as wasm-bindgen wrote it.
    pub glue: &'a Path,
    /// The WebAssembly in the stage.
    pub wasm: &'a Code,
    /// The data of the privileges step in the stage.
    pub guide: &'a Code,
}

/// Puts the folder into `stage`.
pub fn run(root: &Path, stage: &Path, Shared { esbuild, glue, wasm, guide }: &Shared<'_>) -> Outcome {
    let folder = stage.join("embed");
    fs::create_dir_all(&folder).doing("making embed")?;
    for code in [wasm, guide] {
        fs::copy(stage.join(&code.file), folder.join(&code.file)).doing(format!("copying {}", code.file))?;
    }

    let (sheet, instance) = (folder.join("element.css"), folder.join("instance.js"));
    esbuild.run(&Bundle::sheet(root, "src/embed/element.css", sheet.clone()))?;
    let script = "src/embed/instance.js";
    esbuild.run(&Bundle::function(root, script, instance.clone(), "instance", "WebAssembly").alias("glue", glue))?;
    esbuild.run(
        &Bundle::script(root, "src/embed/run.js", folder.join("run.js"))
            .alias("instance", &instance)
            .alias("sheet", &sheet)
            .with("--loader:.css=text")
            .define("WASM_NAME", &quoted(&wasm.file))
            .define("WASM_INTEGRITY", &quoted(&wasm.integrity))
            .define("GUIDE_NAME", &quoted(&guide.file))
            .define("GUIDE_INTEGRITY", &quoted(&guide.integrity)),
    )?;
    for part in [sheet, instance] {
        fs::remove_file(part).doing("removing a part of the element's app")?;
    }
    let app = Code::named(&folder, "run.js", "run")?;
    must_hold(&folder.join(&app.file), &[&wasm.file, &wasm.integrity, &guide.file, &guide.integrity])?;

    let element = folder.join("arcgis-key-wizard.js");
    let name = format!("./{}", app.file);
    esbuild.run(&Bundle::script(root, "src/embed/element.js", element.clone()).define("RUN_NAME", &quoted(&name)))?;
    let script = read(&element)?.replace("import(", TO_THE_BROWSER);
    fs::write(&element, script).doing("writing the element's module")?;
    must_hold(&element, &[&name, TO_THE_BROWSER])?;
    esbuild.run(&Bundle::script(root, "src/embed/callback.js", folder.join("callback.js")))?;
    for file in BESIDE {
        let name = Path::new(file).file_name().unwrap_or_default();
        fs::copy(root.join(file), folder.join(name)).doing(format!("copying {file}"))?;
    }
    let text = read(&root.join("src/embed/custom-elements.json"))?;
    let manifest: Value = serde_json::from_str(&text).doing("reading the manifest of the element")?;
    let version = env!("CARGO_PKG_VERSION");
    for (name, data) in [
        ("vscode.html-custom-data.json", editors::vscode(&manifest)),
        ("web-types.json", editors::web_types(&manifest, version)),
    ] {
        fs::write(folder.join(name), format!("{data:#}\n")).doing(format!("writing {name}"))?;
    }
    let package = read(&root.join("src/embed/package.json"))?.replace("VERSION", version);
    fs::write(folder.join("package.json"), package).doing("writing package.json")
}

/// Refuses a script that does not name what it must.
fn must_hold(script: &Path, names: &[&str]) -> Outcome {
    let text = read(script)?;
    match names.iter().find(|name| !text.contains(**name)) {
        None => Ok(()),
        Some(name) => Err(Failure::new(format!("{} does not name {name}", script.display()))),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
