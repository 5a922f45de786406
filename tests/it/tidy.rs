//! The house rules that can be counted. A rule that is only written down is forgotten; a test is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Who may name whom: a module may use what stands on its right, and itself. This is the map of ARCHITECTURE.md.
const ARROWS: [(&str, &[&str]); 16] = [
    (
        "app",
        &[
            "wizard",
            "i18n",
            "ui",
            "browser",
            "operation",
            "auth",
            "credential",
            "portal",
            "config",
            "route",
            "secret",
            "timestamp",
            "markup",
            "html",
        ],
    ),
    (
        "wizard",
        &[
            "i18n",
            "ui",
            "browser",
            "operation",
            "auth",
            "credential",
            "portal",
            "config",
            "route",
            "secret",
            "timestamp",
            "markup",
            "html",
        ],
    ),
    ("ui", &["browser", "secret", "markup", "html"]),
    ("browser", &["operation", "auth", "portal", "secret", "timestamp"]),
    ("i18n", &["operation", "auth", "config", "credential", "origin", "portal", "route", "timestamp"]),
    ("operation", &["config", "credential", "portal", "secret", "timestamp"]),
    ("auth", &["config", "portal", "secret", "timestamp"]),
    ("credential", &["origin", "portal", "route", "timestamp"]),
    ("config", &["origin", "portal"]),
    ("portal", &["origin", "secret", "timestamp"]),
    ("route", &[]),
    ("origin", &[]),
    ("secret", &[]),
    ("timestamp", &[]),
    ("markup", &[]),
    ("main", &["app"]),
];

/// Modules that draw, and may name leptos.
const VIEWS: [&str; 5] = ["app", "wizard", "ui", "main", "markup"];
/// Where the browser is touched: places that begin with one of these.
const EDGE: [&str; 3] = ["src/browser", "src/portal/http.rs", "src/app/start.rs"];
/// Pure although their module draws.
const PURE: [&str; 2] = ["src/wizard/state.rs", "src/manage/state.rs"];
/// The files that may look into a secret, each with its reason.
const EXPOSERS: [&str; 6] = [
    "src/portal/request.rs", // writes it into the body of a request
    "src/auth/pkce.rs",      // hashes the verifier
    "src/auth/pending.rs",   // writes the verifier into the tab's own record
    "src/auth/sign_in.rs",   // refuses an empty code
    "src/app/session.rs",    // puts that record into sessionStorage
    "src/ui/secret_once.rs", // shows and copies the key
];
/// Words that have no business in what ships: markup from text, and text as code.
const FORBIDDEN: [&str; 7] = [
    "inner_html",
    "insert_adjacent_html",
    "outer_html",
    "document_write",
    "js_sys::eval",
    "Function::new",
    "innerHTML",
];

/// A file of code: its place from the root of the repository, and its lines that are not tests.
struct Code {
    place: String,
    lines: Vec<String>,
}

impl Code {
    /// The module of the first level.
    fn module(&self) -> &str {
        let path = self.place.trim_start_matches("src/").trim_end_matches(".rs");
        path.split('/').next().unwrap_or(path)
    }

    /// Its lines without comments, each with its number.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.lines.iter().enumerate().map(|(number, line)| (number + 1, line.trim()));
        numbered.filter(|(_, line)| !line.starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` that end in `ending`.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("the folder can be read").path();
            match path.is_dir() {
                true => open.push(path),
                false if path.to_string_lossy().ends_with(ending) => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

fn place(path: &Path) -> String {
    let path = path.strip_prefix(root()).expect("it was found below the root");
    path.to_string_lossy().replace('\\', "/")
}

fn is_test(place: &str) -> bool {
    place.ends_with("tests.rs") || place.contains("/tests/")
}

/// The app's own code, without its tests.
fn source() -> Vec<Code> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("source is text");
        let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]").map(str::to_owned).collect();
        Code { place: place(&path), lines }
    };
    let found: Vec<Code> = files("src", ".rs").into_iter().map(read).filter(|it| !is_test(&it.place)).collect();
    assert!(found.len() > 30, "the source was not found");
    found
}

/// Fails with every broken rule at once, each on its own line.
#[track_caller]
fn check(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn modules_name_only_what_the_map_allows() {
    let mut faults = Vec::new();
    for file in source() {
        if file.place == "src/lib.rs" {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == file.module()) else {
            faults.push(format!("{}: its module is not on the map", file.place));
            continue;
        };
        for (number, line) in file.code() {
            for named in names_of_ours(line) {
                if named != file.module() && !allowed.contains(&named.as_str()) {
                    faults.push(format!("{}:{number}: {} -> {named}", file.place, file.module()));
                }
            }
        }
    }
    check(faults);
}

/// What stands after `crate::`, also in `crate::{a, b}`.
fn names_of_ours(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let word = |it: &str| it.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect::<String>();
        match rest.strip_prefix('{') {
            Some(list) => names.extend(list.split(',').map(|it| word(it.trim()))),
            None => names.push(word(rest)),
        }
    }
    names.retain(|it| !it.is_empty());
    names
}

#[test]
fn only_views_name_leptos_and_only_the_edge_names_the_browser() {
    let mut faults = Vec::new();
    for file in source() {
        let is_view = VIEWS.contains(&file.module()) || file.place.starts_with("src/browser");
        let is_pure = PURE.contains(&file.place.as_str());
        let is_edge = EDGE.iter().any(|it| file.place.starts_with(it)) || VIEWS.contains(&file.module());
        for (number, line) in file.code() {
            if line.contains("leptos") && (!is_view || is_pure) {
                faults.push(format!("{}:{number}: leptos", file.place));
            }
            let names_browser = ["web_sys", "js_sys", "gloo", "wasm_bindgen"].iter().any(|it| line.contains(it));
            if names_browser && (!is_edge || is_pure) {
                faults.push(format!("{}:{number}: the browser", file.place));
            }
        }
    }
    check(faults);
}

#[test]
fn pure_modules_read_no_clock_and_draw_no_chance() {
    let pure = ["credential", "operation", "auth", "config", "route", "portal"];
    let mut faults = Vec::new();
    for file in source().into_iter().filter(|it| pure.contains(&it.module()) && it.place != "src/portal/http.rs") {
        for (number, line) in file.code() {
            for word in ["SystemTime", "Instant::now", "Utc::now", "Local::now", "getrandom", "thread_rng", "Date::now"]
            {
                if line.contains(word) {
                    faults.push(format!("{}:{number}: {word}", file.place));
                }
            }
        }
    }
    check(faults);
}

#[test]
fn only_the_sender_opens_a_connection() {
    let mut faults = Vec::new();
    for file in source() {
        // The configuration lies beside the page; everything else goes to a portal.
        let may = ["src/portal/http.rs", "src/browser/config.rs"].contains(&file.place.as_str());
        for (number, line) in file.code() {
            if !may
                && ["gloo_net", "reqwest", "XmlHttpRequest", "WebSocket", "fetch_with"]
                    .iter()
                    .any(|it| line.contains(it))
            {
                faults.push(format!("{}:{number}: {line}", file.place));
            }
        }
    }
    check(faults);
}

#[test]
fn secrets_are_looked_into_where_it_is_listed() {
    let mut faults = Vec::new();
    for file in source() {
        for (number, line) in file.code() {
            if line.contains(".expose()") && !EXPOSERS.contains(&file.place.as_str()) {
                faults.push(format!("{}:{number}: expose", file.place));
            }
            let prints = ["format!", "println!", "write!", "panic!", "console"].iter().any(|it| line.contains(it));
            if line.contains(".expose()") && prints {
                faults.push(format!("{}:{number}: a secret in a print", file.place));
            }
        }
    }
    check(faults);
}

#[test]
fn nothing_is_made_of_text_but_text() {
    let mut faults = Vec::new();
    for file in source() {
        for (number, line) in file.code() {
            for word in FORBIDDEN.iter().filter(|it| line.contains(**it)) {
                faults.push(format!("{}:{number}: {word}", file.place));
            }
        }
    }
    check(faults);
}

#[test]
fn nothing_in_the_app_gives_up_without_a_reason() {
    let mut faults = Vec::new();
    for file in source() {
        for (number, line) in file.code() {
            for word in [".unwrap()", "todo!", "unimplemented!", "dbg!", "println!", "anyhow", "Box<dyn Error>"] {
                if line.contains(word) {
                    faults.push(format!("{}:{number}: {word}", file.place));
                }
            }
        }
        for (number, line) in file.lines.iter().enumerate() {
            if ["TODO", "XXX", "HACK"].iter().any(|it| line.contains(it)) {
                faults.push(format!("{}:{}: {}", file.place, number + 1, line.trim()));
            }
        }
    }
    check(faults);
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut faults = Vec::new();
    for file in source() {
        if file.lines.len() > 400 {
            faults.push(format!("{}: {} lines", file.place, file.lines.len()));
        }
        let first = file.lines.first().map(String::as_str).unwrap_or_default();
        if !first.starts_with("//!") {
            faults.push(format!("{}: no module comment", file.place));
        }
    }
    check(faults);
}

#[test]
fn functions_are_short() {
    let mut faults = Vec::new();
    for file in source() {
        let most = match file.module() {
            // A language is one long value; a view is as long as what it draws.
            "i18n" => 120,
            module if VIEWS.contains(&module) => 60,
            _ => 40,
        };
        for (start, end) in functions(&file.lines) {
            let length = end - start + 1;
            if length > most {
                faults.push(format!("{}:{}: {length} lines", file.place, start + 1));
            }
        }
    }
    check(faults);
}

/// Where functions begin and end, by the indentation rustfmt gives them.
fn functions(lines: &[String]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let words: BTreeSet<&str> = text.split(['(', ' ', '<']).take(5).collect();
        let is_function = words.contains("fn") && !text.starts_with("//") && !text.contains("fn(");
        if !is_function || text.ends_with(';') || text.ends_with('}') {
            continue;
        }
        let is_end = |it: &&String| it.len() == indent + 1 && it.trim_start() == "}";
        let end = lines[start..].iter().position(|it| is_end(&it)).map_or(start, |it| start + it);
        found.push((start, end));
    }
    found
}

#[test]
fn tests_neither_sleep_nor_are_left_out() {
    let mut faults = Vec::new();
    let tests = ["src", "tests", "xtask/src"].iter().flat_map(|it| files(it, ".rs"));
    for path in tests.filter(|it| !it.ends_with("tidy.rs")) {
        let text = fs::read_to_string(&path).expect("source is text");
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().starts_with("//")) {
            for word in ["#[ignore", "should_panic", "thread::sleep"] {
                if line.contains(word) && (word != "thread::sleep" || place(&path).starts_with("tests/it")) {
                    faults.push(format!("{}:{}: {word}", place(&path), number + 1));
                }
            }
        }
    }
    check(faults);
}

#[test]
fn the_practice_portal_does_not_know_the_app() {
    let manifest = fs::read_to_string(root().join("tests/portal/Cargo.toml")).expect("the crate is there");
    assert!(!manifest.contains("arcgis-key-wizard"));
}

#[test]
fn the_build_uses_the_versions_of_the_lock_file() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file is committed");
    let trunk = fs::read_to_string(root().join("Trunk.toml")).expect("the build is configured");
    let version = lock.split("[[package]]").find(|it| it.contains("name = \"wasm-bindgen\"\n")).expect("it is locked");
    let version = version.lines().find(|it| it.starts_with("version")).expect("a package has a version");
    let version = version.split('"').nth(1).expect("it is quoted");
    assert!(trunk.contains(&format!("wasm_bindgen = \"{version}\"")), "Trunk.toml does not name {version}");
    let gloo = lock.matches("name = \"gloo-net\"\n").count();
    assert_eq!(gloo, 1, "gloo-net is in the tree once");
}

#[test]
fn style_uses_raw_colours_only_where_they_are_named() {
    let mut faults = Vec::new();
    for path in files("style", ".css").into_iter().filter(|it| !it.ends_with("tokens.css")) {
        let text = fs::read_to_string(&path).expect("style is text");
        for (number, line) in text.lines().enumerate() {
            let is_colour = line.split('#').skip(1).any(|it| it.chars().take(3).all(|it| it.is_ascii_hexdigit()));
            let is_value = line.contains(':') && line.trim_end().ends_with(';');
            if is_colour && is_value {
                faults.push(format!("{}:{}: {}", place(&path), number + 1, line.trim()));
            }
        }
    }
    check(faults);
}

#[test]
fn the_page_has_no_inline_script_and_no_inline_style() {
    let page = fs::read_to_string(root().join("index.html")).expect("the page is there");
    for part in page.split("<script").skip(1) {
        let (head, body) = part.split_once('>').expect("a tag ends");
        let body = body.split("</script>").next().unwrap_or_default();
        assert!(head.contains("src=") || body.trim().is_empty(), "an inline script");
    }
    assert!(!page.contains(" style=") && !page.contains("<style"), "an inline style");
    assert!(!page.contains(" onclick=") && !page.contains(" onload="), "an inline handler");
}
