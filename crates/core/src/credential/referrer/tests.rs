use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(Referrer::parse(text).as_ref().map(Referrer::as_str), Ok(expected), "{text}");
}

#[track_caller]
fn check_refused(text: &str, rule: ReferrerRule, suggestion: Option<&str>) {
    let problem = Referrer::parse(text).expect_err(text);
    assert_eq!(problem.rule, rule, "{text}");
    assert_eq!(problem.suggestion.as_ref().map(Referrer::as_str), suggestion, "{text}");
}

#[test]
fn an_origin_is_accepted_in_the_form_browsers_send() {
    check("https://app.example.com", "https://app.example.com");
    check("  HTTPS://App.Example.COM:443/ ", "https://app.example.com");
    check("https://app.example.com:8443", "https://app.example.com:8443");
    check("http://localhost:5173", "http://localhost:5173");
    check("http://127.0.0.1:5500", "http://127.0.0.1:5500");
    check("http://[::1]:8080", "http://[::1]:8080");
    check("http://intranet:80", "http://intranet");
}

#[test]
fn a_wildcard_matches_the_sub_domains_of_a_host() {
    check("https://*.example.com", "https://*.example.com");
    check("http://*.Example.co.uk:8080/", "http://*.example.co.uk:8080");
}

#[test]
fn a_wildcard_elsewhere_is_refused() {
    let wrong = [
        "*",
        "https://*",
        "https://*.",
        "https://*.com",
        "https://*.localhost",
        "https://a.*.example.com",
        "https://*example.com",
        "https://*.*.example.com",
        "https://*.1.2.3.4",
        "https://*.[::1]",
        "https://example.com:*",
    ];
    for text in wrong {
        let rule = Referrer::parse(text).expect_err(text).rule;
        assert!(matches!(rule, ReferrerRule::Wildcard | ReferrerRule::Origin(OriginProblem::Host)), "{text}: {rule:?}");
    }
}

#[test]
fn a_host_without_a_scheme_is_refused_with_the_scheme_it_needs() {
    let scheme = || ReferrerRule::Origin(OriginProblem::Scheme);
    check_refused("example.com", scheme(), Some("https://example.com"));
    check_refused("Example.com:8443/map", scheme(), Some("https://example.com:8443"));
    check_refused("//example.com", scheme(), Some("https://example.com"));
    check_refused("*.example.com", scheme(), Some("https://*.example.com"));
    check_refused("localhost:5173", scheme(), Some("http://localhost:5173"));
    check_refused("127.0.0.1:5500/index.html", scheme(), Some("http://127.0.0.1:5500"));
    check_refused("localhost.example.com", scheme(), Some("https://localhost.example.com"));
}

#[test]
fn what_other_tools_write_is_refused_with_what_it_means() {
    let scheme = || ReferrerRule::Origin(OriginProblem::Scheme);
    check_refused("*://*.example.com/*", scheme(), Some("https://*.example.com"));
    check_refused("http*://example.com/*", scheme(), Some("https://example.com"));
    check_refused("*://localhost:3000/*", scheme(), Some("http://localhost:3000"));
    check_refused("*.example.com/*", scheme(), Some("https://*.example.com"));
    check_refused(".example.com", scheme(), Some("https://*.example.com"));
    check_refused("https://example.com:*", ReferrerRule::Wildcard, Some("https://example.com"));
}

#[test]
fn the_referrer_of_esris_python_api_is_refused_by_its_name() {
    check_refused("http", ReferrerRule::PythonClient, None);
    check_refused(" http ", ReferrerRule::PythonClient, None);
    check_refused("https", ReferrerRule::Origin(OriginProblem::Scheme), None);
}

#[test]
fn a_misspelled_scheme_is_refused_with_the_one_that_is_meant() {
    for text in
        ["htps://app.example.com", "https:/app.example.com/map", "https//app.example.com", "HTTPS:app.example.com"]
    {
        check_refused(text, ReferrerRule::Origin(OriginProblem::Scheme), Some("https://app.example.com"));
    }
    for text in ["htp://localhost:3000", "http:/localhost:3000", "http//localhost:3000"] {
        check_refused(text, ReferrerRule::Origin(OriginProblem::Scheme), Some("http://localhost:3000"));
    }
    check_refused("httpd:8080", ReferrerRule::Origin(OriginProblem::Scheme), None);
}

#[test]
fn what_follows_the_host_is_refused_with_the_origin_alone() {
    check_refused("https://example.com/path", ReferrerRule::Path, Some("https://example.com"));
    check_refused("https://example.com/*", ReferrerRule::Path, Some("https://example.com"));
    check_refused("https://example.com?x=1", ReferrerRule::Path, Some("https://example.com"));
    check_refused("https://example.com#/map", ReferrerRule::Path, Some("https://example.com"));
    check_refused("https://*.example.com//", ReferrerRule::Path, Some("https://*.example.com"));
    let user_info = ReferrerRule::Origin(OriginProblem::UserInfo);
    check_refused("https://jane:word@example.com/map", user_info, Some("https://example.com"));
}

#[test]
fn nothing_is_suggested_for_what_cannot_be_guessed() {
    let scheme = || ReferrerRule::Origin(OriginProblem::Scheme);
    check_refused("hello", scheme(), None);
    check_refused("jane@example.com", scheme(), None);
    check_refused("javascript:alert(1)", scheme(), None);
    check_refused("ftp://example.com", scheme(), None);
    check_refused("urn:ietf:wg:oauth:2.0:oob", scheme(), None);
    check_refused("", ReferrerRule::Origin(OriginProblem::Empty), None);
    check_refused("https://exam ple.com", ReferrerRule::Origin(OriginProblem::Space), None);
    check_refused("https://bücher.example", ReferrerRule::Origin(OriginProblem::NotAscii), None);
}

#[test]
fn an_endless_text_is_refused_at_once() {
    let text = "https://".to_owned() + &"a.".repeat(500_000);
    check_refused(&text, ReferrerRule::Origin(OriginProblem::TooLong), None);
}

#[test]
fn only_a_number_or_a_name_that_stays_on_the_machine_is_local() {
    for local in
        ["http://localhost", "http://localhost:5173", "http://app.localhost", "http://127.0.0.1:80", "http://[::1]:80"]
    {
        assert!(is_local(local), "{local}");
    }
    for other in
        ["http://127.example.com", "https://localhost.example.com", "https://*.example.com", "https://a.example"]
    {
        assert!(!is_local(other), "{other}");
    }
    for (referrer, name) in
        [("https://*.example.com:8443", "example.com"), ("http://[::1]:80", "[::1]"), ("http://[::1]", "[::1]")]
    {
        assert_eq!(host(referrer), name);
    }
}

#[test]
fn each_referrer_has_a_page_that_fits_and_one_that_does_not() {
    for (typed, fits, other) in [
        ("https://app.example.com", "https://app.example.com/map", "https://test.app.example.com"),
        ("https://*.example.com:8443", "https://app.example.com:8443/map", "https://app.not-example.com:8443"),
        ("http://localhost:5173", "http://localhost:5173/map", "https://app.example.com"),
        ("https://192.168.1.5", "https://192.168.1.5/map", "https://app.example.com"),
        ("http://127.0.0.1", "http://127.0.0.1/map", "https://app.example.com"),
    ] {
        let referrer = Referrer::parse(typed).expect("it is a referrer");
        assert_eq!(referrer.examples(), [fits, other]);
    }
}
