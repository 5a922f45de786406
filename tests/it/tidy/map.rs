//! The modules that each module may name. The table is the map in ARCHITECTURE.md, without unused entries.

use std::collections::BTreeSet;

use super::imports::{circles, trees, word};
use super::{Code, check, code_of, place, root, source, text};

/// A module and the others that it may name. `module::part` allows only that part.
const ARROWS: [(&str, &[&str]); 24] = [
    ("start", &["pages", "platform", "state", "core::auth::callback"]),
    (
        "pages",
        &[
            "i18n",
            "platform::embedder",
            "platform::focus",
            "platform::location",
            "platform::time",
            "platform::window_events",
            "state",
            "ui",
            "core::auth",
            "core::by_hand",
            "core::config",
            "core::credential",
            "core::key_life",
            "core::message",
            "core::operation",
            "core::portal",
            "core::route",
            "core::wizard",
        ],
    ),
    (
        "state",
        &[
            "platform",
            "core::operation",
            "core::auth",
            "core::by_hand",
            "core::config",
            "core::credential",
            "core::urlencoded",
            "core::json",
            "core::key_life",
            "core::message",
            "core::portal",
            "core::recovery",
            "core::route",
            "core::secret",
            "core::tabs",
            "core::timestamp",
            "core::wizard",
        ],
    ),
    (
        "ui",
        &[
            "platform::clipboard",
            "platform::document",
            "platform::focus",
            "platform::embedder",
            "platform::window_events",
            "core::secret",
        ],
    ),
    ("platform", &["core::credential::expiration", "core::portal", "core::secret", "core::timestamp"]),
    (
        "i18n",
        &[
            // The browser knows every language's plurals, lists and dates.
            "platform::intl",
            "core::operation",
            "core::auth",
            "core::by_hand",
            "core::config",
            "core::credential",
            "core::key_life",
            "core::message",
            "core::origin",
            "core::portal",
            "core::recovery::Waiting",
            "core::timestamp",
        ],
    ),
    (
        "core::message",
        &["core::auth", "core::config::ConfigProblem", "core::operation::existence", "core::portal::error"],
    ),
    (
        "core::recovery",
        &[
            "core::config::PortalKey",
            "core::credential::draft",
            "core::operation",
            "core::portal",
            "core::tabs::OnScreen",
            "core::timestamp",
        ],
    ),
    ("core::tabs", &["core::credential::draft", "core::operation", "core::route::Step"]),
    ("core::wizard", &["core::credential", "core::route::Step", "core::timestamp"]),
    (
        "core::operation",
        &[
            "core::config::PortalKey",
            "core::credential",
            "core::json::Object",
            "core::operation_id",
            "core::portal",
            // The step that corrects a refused value.
            "core::route::Step",
            "core::secret",
            "core::timestamp",
        ],
    ),
    (
        "core::auth",
        &[
            "core::config",
            "core::urlencoded",
            "core::json::Object",
            "core::portal",
            // The route to return to after signing in.
            "core::route",
            "core::secret",
            "core::timestamp",
        ],
    ),
    // A problem knows the step that corrects it.
    (
        "core::credential",
        &[
            "core::config",
            "core::urlencoded",
            "core::json",
            "core::operation_id",
            "core::origin",
            "core::portal::account",
            "core::portal::error",
            "core::portal::id",
            "core::portal::release",
            "core::portal::search",
            "core::portal::text",
            "core::portal::web_map",
            "core::route::Step",
            "core::timestamp",
        ],
    ),
    (
        "core::by_hand",
        &[
            "core::config::PortalKey",
            "core::credential",
            "core::urlencoded",
            "core::json::quoted",
            "core::operation",
            "core::portal",
            "core::secret",
            "core::timestamp",
        ],
    ),
    ("core::config", &["core::json", "core::origin", "core::portal"]),
    ("core::portal", &["core::urlencoded", "core::json", "core::origin", "core::secret", "core::timestamp"]),
    ("core::key_life", &["core::timestamp"]),
    ("core::urlencoded", &[]),
    ("core::json", &[]),
    ("core::operation_id", &[]),
    ("core::route", &[]),
    ("core::origin", &[]),
    ("core::secret", &[]),
    ("core::timestamp", &[]),
];

/// The stores of the page's state, and the stores that each one knows. Anything that concerns all of them is in
/// `App`, which no store knows.
const STORES: [(&str, &[&str]); 16] = [
    ("connectivity", &[]),
    ("draft", &[]),
    ("guide", &[]),
    ("key", &[]),
    ("loadable", &[]),
    ("session", &[]),
    ("sign_in", &[]),
    ("maps", &["session"]),
    ("navigation", &["draft", "session"]),
    ("content", &["draft", "loadable", "session"]),
    ("findings", &["draft", "guide", "loadable", "maps"]),
    ("code", &["findings", "guide", "loadable", "session"]),
    ("web_map", &["findings", "guide", "loadable", "maps"]),
    ("items_search", &["content", "draft", "loadable", "maps"]),
    ("journals", &["session"]),
    ("jobs", &["connectivity", "content", "draft", "host_events", "journals", "key", "navigation", "session"]),
];

/// The modules that may name Leptos: its signals and effects. Its views are not used at all.
const REACTIVE: [&str; 8] = [
    "src/pages",
    "src/pages.rs",
    "src/start.rs",
    "src/state",
    "src/state.rs",
    "src/ui",
    "src/ui.rs",
    "src/platform/window_events.rs",
];
/// The code that accesses browser APIs directly.
const EDGE: [&str; 5] = ["crates/sign-in-start", "src/platform", "src/platform.rs", "src/ui/dom", "src/ui/dom.rs"];
/// The crate roots, which only list modules; the start of a sign-in is a single file.
const ROOTS: [&str; 4] = ["crates/core/src/lib.rs", "crates/sign-in-start/src/main.rs", "src/lib.rs", "src/main.rs"];
/// What views may name of browser APIs: types of elements and events, which do nothing by themselves.
const KINDS: [&str; 7] =
    ["Event", "HtmlDialogElement", "HtmlElement", "KeyboardEvent", "Node", "JsCast", "prelude::wasm_bindgen"];

#[test]
fn modules_name_only_what_the_map_allows() {
    let mut faults = Vec::new();
    for file in source().iter().filter(|file| !ROOTS.contains(&file.place.as_str())) {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| **name == file.module()) else {
            faults.push(format!("{}: its module is not on the map", file.place));
            continue;
        };
        let foreign = names_of_ours(file).into_iter().filter(|name| first(name) != file.module());
        let wrong = foreign.filter(|name| !allowed.iter().any(|allowed| allows(allowed, name)));
        faults.extend(wrong.map(|name| format!("{}: {} -> {name}", file.place, file.module())));
    }
    check(faults);
}

#[test]
fn the_map_holds_no_arrow_that_nobody_uses() {
    let source = source();
    let mut faults = Vec::new();
    for (module, allowed) in ARROWS {
        let used: BTreeSet<String> =
            source.iter().filter(|file| file.module() == module).flat_map(names_of_ours).collect();
        let idle = allowed.iter().filter(|allowed| !used.iter().any(|name| allows(allowed, name)));
        faults.extend(idle.map(|name| format!("{module} -> {name}")));
    }
    check(faults);
}

#[test]
fn a_store_knows_only_the_stores_below_it() {
    let mut faults = Vec::new();
    for (index, (store, allowed)) in STORES.iter().enumerate() {
        let (file, folder) = (format!("src/state/{store}.rs"), format!("src/state/{store}/"));
        for code in source().iter().filter(|other| other.place == file || other.place.starts_with(&folder)) {
            let root = if code.place == file { "super::" } else { "state::" };
            let text: String = code.code().map(|(_, line)| line).collect::<Vec<_>>().join(" ");
            let named: BTreeSet<&str> = text.split(root).skip(1).flat_map(trees).map(word).collect();
            let wrong = named.iter().filter(|name| !allowed.contains(name));
            faults.extend(wrong.map(|name| format!("{}: {name}", code.place)));
        }
        let above = STORES[index..].iter().map(|(name, _)| name).filter(|store| allowed.contains(store));
        faults.extend(above.map(|other| format!("{store} is listed before {other}, which it knows")));
    }
    check(faults);
}

/// The first module of a path.
fn first(path: &str) -> &str {
    let root = if path.starts_with("core::") { "core::".len() } else { 0 };
    path[root..].find("::").map_or(path, |end| &path[..root + end])
}

fn allows(allowed: &str, named: &str) -> bool {
    allowed == named || named.strip_prefix(allowed).is_some_and(|rest| rest.starts_with("::"))
}

/// Our modules that the file names, as `module::part`, including multi-line lists.
fn names_of_ours(file: &Code) -> Vec<String> {
    let code: String = file.code().map(|(_, line)| line).collect::<Vec<_>>().join(" ");
    let own = if file.place.starts_with("crates/core/") { "core::" } else { "" };
    let mut names = Vec::new();
    for (root, prefix) in [("crate::", own), ("key_wizard_core::", "core::")] {
        for tree in code.split(root).skip(1).flat_map(trees) {
            match tree.split_once("::") {
                Some((module, parts)) => {
                    names.extend(trees(parts).iter().map(|part| format!("{prefix}{module}::{}", word(part))));
                }
                None => names.push(format!("{prefix}{}", word(tree))),
            }
        }
    }
    names
}

#[test]
fn no_arrows_go_round_in_circles() {
    let ends = |to: &[&str]| to.iter().map(|end| first(end).to_owned()).collect();
    let arrows = ARROWS.iter().map(|(from, to)| ((*from).to_owned(), ends(to))).collect();
    assert_eq!(circles(&arrows), Vec::<&str>::new());
}

#[test]
fn only_what_draws_names_leptos() {
    let wrong = source().into_iter().filter(|file| !file.is_in(&REACTIVE));
    check(wrong.flat_map(|file| file.lines_with(&["leptos"])).collect());
}

#[test]
fn only_the_edge_touches_the_browser() {
    let mut faults = Vec::new();
    for file in source().into_iter().filter(|file| !file.is_in(&EDGE)) {
        faults.extend(file.lines_with(&["js_sys", "gloo", "wasm_bindgen_futures", "web_sys::window"]));
        let draws = file.is_in(&REACTIVE);
        for (number, line) in file.code() {
            let named = ["use web_sys::", "use wasm_bindgen::"].iter().find_map(|start| line.strip_prefix(start));
            let kinds =
                named.map(|named| named.trim_matches(['{', '}', ';']).split(',').map(str::trim).collect::<Vec<_>>());
            let wrong = kinds.unwrap_or_default().iter().any(|kind| {
                // `JsCast, prelude::wasm_bindgen` and the like; a list of one is the word itself.
                let kind = kind.trim_matches(['{', '}', ';']);
                !draws || !KINDS.contains(&kind)
            });
            let in_passing = line.contains("web_sys::") && named.is_none();
            if wrong || in_passing {
                faults.push(format!("{}:{number}: {line}", file.place));
            }
        }
    }
    check(faults);
}

#[test]
fn the_core_reads_no_clock_and_draws_no_chance() {
    let words = ["SystemTime", "Instant::now", "Utc::now", "Local::now", "getrandom", "rand::", "Date::now", "async "];
    // The loop that runs effects is async and measures nothing.
    let core =
        code_of("crates/core/src").into_iter().filter(|file| file.place != "crates/core/src/operation/environment.rs");
    check(core.flat_map(|file| file.lines_with(&words)).collect());
}

#[test]
fn only_the_sender_opens_a_connection() {
    // The configuration is beside the page; everything else goes to a portal.
    let senders = ["src/platform/http.rs", "src/platform/config.rs"];
    let words = ["gloo_net", "reqwest", "XmlHttpRequest", "WebSocket", "EventSource", "send_beacon", "fetch_with"];
    check(source().into_iter().filter(|file| !file.is_in(&senders)).flat_map(|file| file.lines_with(&words)).collect());
}

#[test]
fn every_file_is_part_of_the_program() {
    let mut faults = Vec::new();
    for file in source().iter().filter(|file| !ROOTS.contains(&file.place.as_str())) {
        let path = root().join(&file.place);
        let (name, folder) = (path.file_stem().expect("it has a name"), path.parent().expect("it has a folder"));
        let parent = if folder.ends_with("src") { folder.join("lib.rs") } else { folder.with_extension("rs") };
        let line = format!("mod {};", name.to_string_lossy());
        if !text(&parent).contains(&line) {
            faults.push(format!("{}: {} has no `{line}`", file.place, place(&parent)));
        }
    }
    check(faults);
}

#[test]
fn the_core_needs_neither_the_browser_nor_leptos() {
    let manifest = text(&root().join("crates/core/Cargo.toml"));
    check(
        ["leptos", "web-sys", "wasm-bindgen", "js-sys", "gloo"]
            .into_iter()
            .filter(|text| manifest.contains(text))
            .map(str::to_owned)
            .collect(),
    );
}

#[test]
fn the_practice_portal_does_not_know_the_app() {
    let manifest = text(&root().join("tests/portal/Cargo.toml"));
    assert!(!manifest.contains("arcgis-key-wizard") && !manifest.contains("key-wizard-core"));
}
