//! The page's style sheet for a shadow root on somebody else's page: nothing of it depends on what that page made of
//! `rem`, on the width of its window, or on where `:root` is.

/// The class of the element everything is in.
const ROOT: &str = ".akw";

/// The sheet with its rules for the page's root turned to the element, lengths and breakpoints to the element's own,
/// and a property of the host's for each token.
pub fn scoped(sheet: &str) -> String {
    let sheet = with_themes(&without_comments(sheet));
    let mut scoped = String::new();
    for line in sheet.lines() {
        let line = match line.trim() {
            ":root {" | "html {" | "body {" => line.replace(line.trim(), &format!("{ROOT} {{")),
            it if it.starts_with("@media (min-width:") || it.starts_with("@media (max-width:") => in_container(line),
            it if it.starts_with("--") => with_own_lengths(&from_the_host(line)),
            _ => with_own_lengths(line),
        };
        scoped.push_str(&line);
        scoped.push('\n');
    }
    scoped
}

/// The sheet without comments and without space that means nothing.
pub fn small(sheet: &str) -> String {
    let sheet = without_comments(sheet);
    let lines: Vec<&str> = sheet.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    lines.join("\n").replace(" {\n", "{").replace(";\n", ";").replace(": ", ":")
}

fn without_comments(sheet: &str) -> String {
    let mut kept = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |it| it.1);
    }
    kept + rest
}

/// What is said of the system's dark theme holds unless the host asks for the light one, and whenever it asks for dark.
fn with_themes(sheet: &str) -> String {
    let Some((before, rest)) = sheet.split_once("@media (prefers-color-scheme: dark) {\n  :root {\n") else {
        return sheet.to_owned();
    };
    let Some((dark, after)) = rest.split_once("\n  }\n}\n") else {
        return sheet.to_owned();
    };
    let light = format!("{ROOT}[data-theme=\"light\"] {{\ncolor-scheme: light;\n}}\n");
    let system =
        format!("@media (prefers-color-scheme: dark) {{\n{ROOT}:not([data-theme=\"light\"]) {{\n{dark}\n}}\n}}\n");
    let asked = format!("{ROOT}[data-theme=\"dark\"] {{\ncolor-scheme: dark;\n{dark}\n}}\n");
    [before, &light, &system, &asked, after].concat()
}

/// `--accent: #000;` as `--accent: var(--akw-accent, #000);`.
fn from_the_host(line: &str) -> String {
    let Some((name, value)) = line.trim().trim_end_matches(';').split_once(": ") else {
        return line.to_owned();
    };
    format!("{name}: var(--akw-{}, {value});", name.trim_start_matches("--"))
}

/// Breakpoints count from the width of the element, in pixels: `rem` there is what the host made of it.
fn in_container(line: &str) -> String {
    with_lengths(&line.replace("@media", "@container"), |rem| format!("{}px", rem * 16.0))
}

/// `1.5rem` as a multiple of the element's own unit.
fn with_own_lengths(line: &str) -> String {
    with_lengths(line, |rem| format!("calc({rem} * var(--akw-rem))"))
}

fn with_lengths(line: &str, length: impl Fn(f64) -> String) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("rem") {
        let (before, after) = (&rest[..at], &rest[at + 3..]);
        let number = before.rfind(|it: char| !(it.is_ascii_digit() || it == '.')).map_or(0, |it| it + 1);
        match before[number..].parse::<f64>() {
            Ok(rem) => kept.push_str(&[&before[..number], &length(rem)].concat()),
            Err(_) => kept.push_str(&rest[..at + 3]),
        }
        rest = after;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_for_the_root_of_a_page_are_for_the_element() {
        assert_eq!(scoped("html {\n  margin: 0;\n}\n"), ".akw {\n  margin: 0;\n}\n");
    }

    #[test]
    fn each_token_can_be_set_by_the_host() {
        assert_eq!(scoped("  --accent: #0a5aa8;\n"), "--accent: var(--akw-accent, #0a5aa8);\n");
    }

    #[test]
    fn lengths_and_breakpoints_are_the_elements_own() {
        assert_eq!(scoped("  gap: 1.5rem;"), "  gap: calc(1.5 * var(--akw-rem));\n");
        assert_eq!(scoped("@media (min-width: 40rem) {"), "@container (min-width: 640px) {\n");
        assert_eq!(scoped("@media (max-width: 24rem) {"), "@container (max-width: 384px) {\n");
        assert_eq!(scoped("  color: premium;"), "  color: premium;\n");
    }

    #[test]
    fn the_host_chooses_the_theme_or_leaves_it_to_the_system() {
        let sheet = "@media (prefers-color-scheme: dark) {\n  :root {\n    --text: #fff;\n  }\n}\n";
        let scoped = scoped(sheet);
        assert!(scoped.contains(".akw[data-theme=\"dark\"] {\ncolor-scheme: dark;\n--text: var(--akw-text, #fff);"));
        assert!(scoped.contains("@media (prefers-color-scheme: dark) {\n.akw:not([data-theme=\"light\"]) {\n"));
    }

    #[test]
    fn a_small_sheet_says_the_same() {
        assert_eq!(small("/* a */\n.b {\n  c: d;\n\n  e: f;\n}\n"), ".b{c:d;e:f;}");
    }
}
