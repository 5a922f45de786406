use std::path::PathBuf;

use super::*;

const PAGE: &str = "<!doctype html><html lang=en><meta charset=utf-8><meta name=referrer content=origin><title>T</title>\
    <link href=./index-1.css integrity=CSS rel=stylesheet>\
    <script data-js=./app-1.js data-wasm=./app-1_bg.wasm type=module></script>\
    <link crossorigin href=./app-1.js integrity=sha384-x rel=modulepreload>\
    <link as=fetch crossorigin href=./app-1_bg.wasm integrity=sha384-y rel=preload></head><body><p>Shell</body></html>";

const RUN: &str = "import { glue } from \"./glue.js\";\nimport { css } from \"./style.js\";\n\
    import { openWindow } from \"./window.js\";\nfetch(\"./WASM_NAME\", { integrity: \"WASM_INTEGRITY\" });\n";

/// A folder with what Trunk would stage, removed when dropped.
struct Stage(PathBuf);

impl Stage {
    fn new(name: &str, page: &str) -> Self {
        let path = std::env::temp_dir().join(format!("akw-finish-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("the temporary folder is writable");
        let page = page.replace("CSS", &integrity(b"p{}"));
        let files = [
            ("index.html", page.as_str()),
            ("index-1.css", "p{}"),
            (
                "boot.js",
                "import * as glue from \"./glue.js\";\nimport { openWindow } from \"./embed/window.js\";\nglue.load();\n",
            ),
            ("src/embed/window.js", "export function openWindow() {}\n"),
            ("src/embed/callback.js", "import { openWindow } from \"./window.js\";\nopenWindow();\n"),
            ("src/embed/run.js", RUN),
            ("src/embed/element.js", "import(\"./RUN_NAME\");\n"),
            ("src/embed/element.css", ".akw {}\n"),
            ("src/embed/callback.html", "<p>"),
            ("src/embed/arcgis-key-wizard.d.ts", ""),
            ("src/embed/custom-elements.json", "{}"),
            ("src/embed/package.json", "\"VERSION\""),
            ("target/site/style.css", "html {\n}\n"),
            ("app-1.js", "function start() {}\nexport { initSync, start, __wbg_init as default };\n"),
            ("app-1_bg.wasm", "\0asm\u{1}\0\0\0"),
            ("config.json", "{}"),
            ("config.schema.json", "{}"),
            ("recipe.schema.json", "{}"),
            ("LICENSE", "MIT"),
        ];
        for folder in ["src/embed", "target/site"] {
            fs::create_dir_all(path.join(folder)).expect("the temporary folder is writable");
        }
        for (file, text) in files {
            fs::write(path.join(file), text).expect("the temporary folder is writable");
        }
        Self(path)
    }

    /// The same folder stands in for the repository, whose files it holds.
    fn finish(&self) -> Outcome<String> {
        run(&self.0, &self.0)?;
        read(&self.0.join("index.html"))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the temporary folder was made by this test");
    }
}

#[test]
fn the_page_names_its_code_with_the_integrity_of_the_bytes_beside_it() {
    let stage = Stage::new("code", PAGE);
    let page = stage.finish().expect("it finishes");
    let script = html::find(&page, |tag| tag.name == "script").expect("one script is there");
    for (name, bound) in [("src", "integrity"), ("data-wasm", "data-wasm-integrity")] {
        let file = local(&script, name).expect("it lies beside the page");
        let bytes = fs::read(stage.0.join(file)).expect("it was written");
        assert_eq!(script.get(bound), Some(integrity(&bytes).as_str()));
    }
    assert_eq!(html::tags(&page).iter().filter(|tag| tag.get("rel") == Some("modulepreload")).count(), 0);
    assert!(!stage.0.join("app-1.js").exists());
}

#[test]
fn the_policy_is_the_first_element_of_the_head() {
    let page = Stage::new("policy", PAGE).finish().expect("it finishes");
    assert!(page.starts_with("<!doctype html><html lang=en><meta http-equiv=\"Content-Security-Policy\""));
    assert_eq!(page.matches("name=\"referrer\"").count() + page.matches("name=referrer").count(), 1);
}

#[test]
fn the_files_for_hosts_and_the_configuration_lie_in_the_build() {
    let stage = Stage::new("hosts", PAGE);
    stage.finish().expect("it finishes");
    for file in ["_headers", ".htaccess", "web.config", "staticwebapp.config.json", "headers/nginx.conf", "config.json"]
    {
        assert!(stage.0.join(file).exists(), "{file} is missing");
    }
}

#[test]
fn a_page_with_an_inline_script_style_or_event_is_refused() {
    let bad = [
        "<script>1</script>",
        "<style>p{}</style>",
        "<p style=\"color:red\">",
        "<p onclick=x>",
        "<link rel=stylesheet href=./index-1.css>",
    ];
    for (number, text) in bad.iter().enumerate() {
        let page = PAGE.replace("<p>Shell", text);
        let stage = Stage::new(&format!("bad-{number}"), &page);
        assert!(stage.finish().is_err(), "{text} was let through");
    }
}

#[test]
fn the_folder_for_developer_portals_is_whole_and_names_its_own_files() {
    let stage = Stage::new("embed", PAGE);
    stage.finish().expect("it finishes");
    let folder = stage.0.join("embed");
    let names = || fs::read_dir(&folder).expect("it was made").map(|it| it.expect("it is listed").file_name());
    let names: Vec<String> = names().map(|it| it.to_string_lossy().into_owned()).collect();
    let element = read(&folder.join("arcgis-key-wizard.js")).expect("it was written");
    let run = names.iter().find(|it| it.starts_with("run-")).expect("the app is there");
    assert_eq!(element.trim(), format!("import(\"./{run}\");"));
    let run = read(&folder.join(run)).expect("it was written");
    let wasm = names.iter().find(|it| it.ends_with(".wasm")).expect("the wasm is there");
    let bytes = fs::read(folder.join(wasm)).expect("it was written");
    assert!(run.contains(wasm.as_str()) && run.contains(&integrity(&bytes)), "{run}");
    assert!(!run.contains("import "), "{run}");
    assert_eq!(bytes, fs::read(stage.0.join(wasm)).expect("the page has the same"));
}
