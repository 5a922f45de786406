use super::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(take_apart(text), expected, "{text:?}");
}

const TWO: [&str; 2] = ["https://app.example.com", "http://localhost:5173"];

#[test]
fn a_list_in_any_common_form_is_its_addresses() {
    for text in [
        "https://app.example.com http://localhost:5173",
        "https://app.example.com,http://localhost:5173",
        " https://app.example.com ;\r\n\thttp://localhost:5173; ",
        "https://app.example.com\nhttp://localhost:5173\n",
        "- https://app.example.com\n- http://localhost:5173",
        "* https://app.example.com\n* http://localhost:5173",
        "  • https://app.example.com\n  • http://localhost:5173",
        "1. https://app.example.com\n2. http://localhost:5173.",
        "- [ ] https://app.example.com\n- [x] http://localhost:5173",
        "\"https://app.example.com\", 'http://localhost:5173'",
        "“https://app.example.com” and «http://localhost:5173»",
        "`https://app.example.com`, `http://localhost:5173`",
        "<https://app.example.com> <http://localhost:5173>",
        "[\"https://app.example.com\", \"http://localhost:5173\"]",
        "{\"referrers\": [\"https:\\/\\/app.example.com\",\"http:\\/\\/localhost:5173\"]}",
        "{\"production\": \"https://app.example.com\",\n \"local\": \"http://localhost:5173\"}",
        "ALLOWED_ORIGINS=https://app.example.com,http://localhost:5173",
        "export ALLOWED_ORIGINS=\"https://app.example.com http://localhost:5173\" # both",
        "| Stage | Address |\n|:---|---:|\n| Production | https://app.example.com |\n| On your computer | `http://localhost:5173` |",
        "[The app](https://app.example.com) and [here](http://localhost:5173).",
        "[https://app.example.com](https://app.example.com), http://localhost:5173",
        "**https://app.example.com**, *http://localhost:5173*",
        "Production: https://app.example.com\nLocal: http://localhost:5173",
        "(https://app.example.com), (http://localhost:5173)",
        "frame-ancestors 'self' https://app.example.com http://localhost:5173",
        "<a href=\"https://app.example.com\">app</a> <a href='http://localhost:5173'>here</a>",
        "https://app.example.com、http://localhost:5173",
        "https://app.example.comhttp://localhost:5173",
        // Cells of a spreadsheet, prose, YAML, TOML, tuples, annotations, a policy, links of chats, lists with letters.
        "App\thttps://app.example.com\tprod\nMine\thttp://localhost:5173\tdev",
        "https://app.example.com and http://localhost:5173",
        "cors:\n  origins:\n    - \"https://app.example.com\"\n    - http://localhost:5173 # mine",
        "origins = [\"https://app.example.com\", \"http://localhost:5173\"]",
        "('https://app.example.com', 'http://localhost:5173',)",
        "@CrossOrigin(origins = {\"https://app.example.com\", \"http://localhost:5173\"})",
        "connect-src 'self' https://app.example.com; frame-ancestors http://localhost:5173;",
        "<https://app.example.com|app.example.com> <http://localhost:5173|localhost:5173>",
        "[app.example.com](https://app.example.com) or [localhost:5173](http://localhost:5173)",
        "a) https://app.example.com\nb) http://localhost:5173",
        "origins: https://app.example.com | http://localhost:5173",
        "VITE_A=https://app.example.com\nVITE_B='http://localhost:5173'\n",
        "https://app.example.com (live) http://localhost:5173 (mine)",
        "'https://app.example.com' => true, 'http://localhost:5173' => true",
        "\u{feff}https://app.example.com\u{200b}\nhttp://localhost:5173",
    ] {
        let mut found = take_apart(text);
        found.dedup();
        assert_eq!(found, TWO, "{text:?}");
    }
}

#[test]
fn what_could_be_an_address_stays_as_it_was_written() {
    check(
        "localhost:5173, *.example.com; app.example.com/map",
        &["localhost:5173", "*.example.com", "app.example.com/map"],
    );
    check("- localhost:5173\n- //example.com", &["localhost:5173", "//example.com"]);
    check("\"https//a.example\", \"https://b.example\"", &["https//a.example", "https://b.example"]);
    check("ORIGIN=localhost:3000", &["localhost:3000"]);
    check("http://[::1]:8080", &["http://[::1]:8080"]);
    check("[\"http://[::1]\", \"[::1]:8080\"]", &["http://[::1]", "[::1]:8080"]);
    check("https://example.com:*", &["https://example.com:*"]);
    check("https://example.com/* https://a.example", &["https://example.com/*", "https://a.example"]);
    check("https://a.example/?next=https://b.example", &["https://a.example/?next=https://b.example"]);
    check("https://a.example?x=1", &["https://a.example?x=1"]);
}

#[test]
fn in_a_plain_list_nothing_is_passed_over() {
    check("https://a.example intranet", &["https://a.example", "intranet"]);
    check("intranet, https://a.example", &["intranet", "https://a.example"]);
    check("hello", &["hello"]);
    check("javascript:alert(1)", &["javascript:alert(1)"]);
    check("*", &["*"]);
    check("https://*", &["https://*"]);
    check("https://", &["https://"]);
}

#[test]
fn where_no_address_is_nothing_is_passed_over_either() {
    check("| hello | world |", &["hello", "world"]);
    check("\"intranet\"", &["intranet"]);
    check(" \n", &[]);
    check("--- 🗺", &["🗺"]);
    check("---", &["---"]);
}

#[test]
fn taking_apart_again_what_was_found_finds_the_same() {
    for text in ["| a | https://b.example/x |", "- localhost:1 (here)", "(c.example)", "[d.example](//d.example/)"] {
        let found = take_apart(text);
        assert_eq!(take_apart(&found.join(" ")), found, "{text:?}");
    }
}

/// Replaces the browser's conversion.
fn to_ascii(host: &str) -> Option<String> {
    match host {
        "bücher.example" | "BÜCHER.example" => Some("xn--bcher-kva.example".to_owned()),
        "bücher" => Some("xn--bcher-kva".to_owned()),
        _ => None,
    }
}

#[test]
fn international_names_are_written_as_browsers_send_them() {
    let check = |text: &str, expected: &str| assert_eq!(with_ascii_hosts(text, &to_ascii), expected, "{text}");
    check("https://bücher.example", "https://xn--bcher-kva.example");
    check("- https://*.bücher.example:8443/über", "- https://*.xn--bcher-kva.example:8443/über");
    check("“BÜCHER.example”, https://bücher", "“xn--bcher-kva.example”, https://xn--bcher-kva");
    check("Bücher von bücher.example", "Bücher von xn--bcher-kva.example");
    check("https://not-a-name.ü", "https://not-a-name.ü");
    check("https://app.example.com", "https://app.example.com");
}
