//! Where a secret may be exposed, and what may never be built from text.

use super::{check, source};

/// The only places that expose a secret, how often, and why.
const EXPOSERS: [(&str, usize, &str); 7] = [
    ("crates/core/src/portal/request.rs", 2, "writes it into the body of a request"),
    ("crates/core/src/auth/pkce.rs", 2, "checks and hashes the verifier"),
    ("crates/core/src/auth/pending.rs", 1, "writes the verifier into the tab's own record"),
    ("crates/sign-in-start/src/main.rs", 1, "hands that record to the script that keeps it in sessionStorage"),
    ("crates/core/src/auth/sign_in.rs", 1, "refuses an empty code"),
    ("src/state/sign_in.rs", 1, "puts that record into sessionStorage"),
    ("src/ui/secret_once.rs", 3, "shows and copies the key, and fills in examples"),
];

#[test]
fn secrets_are_looked_into_where_it_is_listed() {
    let mut faults = Vec::new();
    for file in source().iter().filter(|file| file.place != "crates/core/src/secret.rs") {
        let found = file.lines_with(&[".expose()", "Secret::expose"]);
        let allowed = EXPOSERS.iter().find(|(place, ..)| *place == file.place).map_or(0, |(_, times, _)| *times);
        if found.len() != allowed {
            faults.push(format!("{}: looks into a secret {} times, not {allowed}", file.place, found.len()));
        }
        let prints = ["format!", "println!", "write!", "panic!", "console", "expect("];
        let printed = |line: &&str| line.contains("expose") && prints.iter().any(|word| line.contains(word));
        faults.extend(file.code().map(|line| line.1).filter(printed).map(|line| format!("{}: {line}", file.place)));
    }
    check(faults);
}

#[test]
fn a_secret_has_no_way_out_but_one() {
    let code = source().into_iter().find(|file| file.place == "crates/core/src/secret.rs").expect("the type is there");
    check(code.lines_with(&["derive", "Serialize", "Display", "Clone", "Deref", "AsRef", "into_inner"]));
}

#[test]
fn nothing_is_made_of_text_but_text() {
    let words = [
        "inner_html",
        "insert_adjacent_html",
        "outer_html",
        "innerHTML",
        "outerHTML",
        "document_write",
        "create_contextual_fragment",
        "DomParser",
        "js_sys::eval",
        "Function::new",
        "view!",
    ];
    check(source().iter().flat_map(|file| file.lines_with(&words)).collect());
}
