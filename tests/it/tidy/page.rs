//! The page's own files and its build.

use super::{check, files, place, root, text};

#[test]
fn the_build_uses_the_versions_of_the_lock_file() {
    let (lock, trunk) = (text(&root().join("Cargo.lock")), text(&root().join("Trunk.toml")));
    let version =
        lock.split("[[package]]").find(|part| part.contains("name = \"wasm-bindgen\"\n")).expect("it is locked");
    let version = version.lines().find(|line| line.starts_with("version")).expect("a package has a version");
    let version = version.split('"').nth(1).expect("it is quoted");
    assert!(trunk.contains(&format!("wasm_bindgen = \"{version}\"")), "Trunk.toml does not name {version}");
    assert_eq!(lock.matches("name = \"gloo-net\"\n").count(), 1, "gloo-net is in the tree once");
}

#[test]
fn style_uses_raw_colours_only_where_they_are_named() {
    let mut faults = Vec::new();
    for path in files("style", ".css").into_iter().filter(|path| !path.ends_with("tokens.css")) {
        for (number, line) in text(&path).lines().enumerate() {
            let is_colour =
                line.split('#').skip(1).any(|part| part.chars().take(3).all(|character| character.is_ascii_hexdigit()));
            let is_value = line.contains(':') && line.trim_end().ends_with(';');
            if is_colour && is_value {
                faults.push(format!("{}:{}: {}", place(&path), number + 1, line.trim()));
            }
        }
    }
    check(faults);
}

/// Controls and focus indicators need a contrast of 3 to 1 to their background (WCAG 2.2, 1.4.11), in both themes.
#[test]
fn edges_of_controls_and_focus_stand_out_in_both_themes() {
    let tokens = text(&root().join("style/tokens.css"));
    for theme in [0, 1] {
        let luminance = |name: &str| {
            let (_, value) = tokens.split_once(&format!("--{name}: var(--akw-{name}, light-dark(")).expect("a token");
            let value = value.split_once(')').expect("it ends").0.split(", ").nth(theme).expect("there are two");
            relative_luminance(value)
        };
        for (mark, behind) in [("edge", "surface"), ("edge", "sunken"), ("accent", "surface"), ("focus", "ground")] {
            let (one, other) = (luminance(mark), luminance(behind));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= 3.0, "{mark} on {behind} in theme {theme}: {contrast:.2}");
        }
    }
}

/// The relative luminance (WCAG 2.2) of a color such as `#0a5aa8`.
fn relative_luminance(colour: &str) -> f64 {
    let part = |place: usize| {
        let value = u8::from_str_radix(&colour[place..place + 2], 16).expect("two digits");
        let share = f64::from(value) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn every_part_of_the_style_sheet_is_on_its_contents_page() {
    let index = text(&root().join("style/index.css"));
    let parts = files("style", ".css").into_iter().map(|path| place(&path)).filter(|path| path != "style/index.css");
    let named = |part: &str| index.contains(&format!("\"./{}\"", part.trim_start_matches("style/")));
    check(parts.filter(|part| !named(part)).collect());
}

#[test]
fn the_page_has_no_inline_script_and_no_inline_style() {
    let page = text(&root().join("index.html"));
    for part in page.split("<script").skip(1) {
        let (head, body) = part.split_once('>').expect("a tag ends");
        let body = body.split("</script>").next().unwrap_or_default();
        assert!(head.contains("src=") || body.trim().is_empty(), "an inline script");
    }
    assert!(!page.contains(" style=") && !page.contains("<style"), "an inline style");
    assert!(!page.contains(" onclick=") && !page.contains(" onload="), "an inline handler");
    let scripts = files("src", ".js");
    assert!(scripts.len() > 5, "the scripts were not found");
    for script in scripts {
        let code = text(&script);
        for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"] {
            assert!(!code.contains(word), "{}: {word}", place(&script));
        }
    }
}
