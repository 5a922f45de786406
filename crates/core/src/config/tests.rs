use serde_json::Value;

use super::*;

const SCHEMA: &str = include_str!("../../../../config.schema.json");
const SHIPPED: &str = include_str!("../../../../config.json");

/// A configuration with these portals, each a JSON object.
fn file(portals: &[&str]) -> String {
    format!(r#"{{"portals": [{}]}}"#, portals.join(","))
}

fn portal(id: &str, url: &str, client_id: &str) -> String {
    format!(r#"{{"id": {id}, "name": "Name", "url": {url}, "clientId": {client_id}}}"#)
}

fn good(id: &str) -> String {
    portal(&format!("\"{id}\""), r#""https://www.arcgis.com""#, r#""abc123""#)
}

#[track_caller]
fn check(file: &str, expected: &[(&str, ConfigRule)]) {
    let problems = Config::parse(file).expect_err("a problem");
    let expected: Vec<ConfigProblem> =
        expected.iter().map(|(key, rule)| ConfigProblem { key: (*key).to_owned(), rule: rule.clone() }).collect();
    assert_eq!(problems, expected, "{file}");
}

#[test]
fn a_good_file_is_read_unchanged() {
    let text = format!(
        "\u{feff}{{\"$schema\": \"x\", \"portals\": [{}, {}], \"allowOtherPortals\": true}}",
        good("one"),
        portal(r#""two""#, r#""http://LOCALHOST:8080/portal/""#, r#"" key-wizard-demo ""#),
    );
    let config = Config::parse(&text).expect("a good file");
    assert!(config.allow_other_portals);
    assert_eq!(config.portals.len(), 2);
    let two = config.portal(&PortalId("two".to_owned())).expect("the second portal");
    assert_eq!(two.root.as_str(), "http://localhost:8080/portal");
    assert_eq!(two.client_id, ClientId("key-wizard-demo".to_owned()));
    assert_eq!(config.portal(&PortalId("three".to_owned())), None);
}

#[test]
fn the_chosen_portal_is_the_named_one_or_the_first_unless_it_is_typed() {
    let file =
        |others: bool| format!("{{\"portals\": [{}, {}], \"allowOtherPortals\": {others}}}", good("one"), good("two"));
    let chosen = |others: bool, choice: Option<PortalChoice>| {
        let config = Config::parse(&file(others)).expect("a good file");
        config.chosen(choice.as_ref()).map(|portal| portal.id.0.clone())
    };
    let named = |id| Some(PortalChoice::configured(id));
    assert_eq!(chosen(true, named("two")).as_deref(), Some("two"));
    for choice in [None, named(""), named("three")] {
        assert_eq!(chosen(true, choice.clone()).as_deref(), Some("one"), "{choice:?}");
    }
    let custom = || Some(PortalChoice::Custom);
    assert_eq!((chosen(true, custom()), chosen(false, custom()).as_deref()), (None, Some("one")));
}

#[test]
fn presets_of_the_deployment_are_read_as_strictly_as_portals() {
    let file = |presets: &str| format!("{{\"portals\": [{}], \"presets\": {presets}}}", good("a"));
    let one = r#"{"id": "store-finder", "title": "Our store finder", "privileges": ["premium:user:basemaps"]}"#;
    let config = Config::parse(&file(&format!("[{one}]"))).expect("a good file");
    let expected = ConfiguredPreset {
        id: "store-finder".to_owned(),
        title: "Our store finder".to_owned(),
        privileges: vec!["premium:user:basemaps".to_owned()],
    };
    assert_eq!(config.presets, [expected]);
    assert_eq!(Config::parse(&file("[]")).expect("a good file").presets, []);
    check(&file("{}"), &[("presets", ConfigRule::WrongKind { expected: Kind::List })]);
    check(&file("[1]"), &[("presets[0]", ConfigRule::WrongKind { expected: Kind::Object })]);
    check(&file("[{}]"), &["id", "title", "privileges"].map(|key| (key, ConfigRule::Missing)).map(preset_problem));
    let first = || ConfigRule::DuplicateId { first: "presets[0].id".to_owned() };
    check(&file(&format!("[{one},{one}]")), &[("presets[1].id", first())]);
    let bad = one.replace("store-finder", "Store finder").replace("premium:user:basemaps", "a b");
    check(
        &file(&format!("[{bad}]")),
        &[("presets[0].id", ConfigRule::Character), ("presets[0].privileges[0]", ConfigRule::Character)],
    );
    let many = vec![one; 51].join(",");
    check(&file(&format!("[{many}]")), &[("presets", ConfigRule::TooLong { max: 50 })]);
}

fn preset_problem((key, rule): (&'static str, ConfigRule)) -> (&'static str, ConfigRule) {
    match key {
        "id" => ("presets[0].id", rule),
        "title" => ("presets[0].title", rule),
        _ => ("presets[0].privileges", rule),
    }
}

#[test]
fn other_portals_are_not_allowed_unless_the_file_says_so() {
    assert!(!Config::parse(&file(&[&good("one")])).expect("a good file").allow_other_portals);
    assert!(Config::parse(r#"{"portals": [], "allowOtherPortals": true}"#).is_ok());
    check(r#"{"portals": [], "allowOtherPortals": false}"#, &[("portals", ConfigRule::Empty)]);
}

#[test]
fn a_page_that_may_frame_this_one_is_named_by_its_origin() {
    let file = |origins: &str| format!("{{\"portals\": [{}], \"frameAncestors\": {origins}}}", good("a"));
    assert!(Config::parse(&file("[\"https://docs.example.com\", \"http://localhost:8082\"]")).is_ok());
    check(&file("\"https://docs.example.com\""), &[("frameAncestors", ConfigRule::WrongKind { expected: Kind::List })]);
    for bad in
        ["*", "https://*.example.com", "https://docs.example.com/", "docs.example.com", "http://docs.example.com"]
    {
        check(&file(&format!("[\"{bad}\"]")), &[("frameAncestors[0]", ConfigRule::Character)]);
    }
}

#[test]
fn what_is_not_json_is_named_by_line_and_column() {
    check("{\n  \"portals\": [,]\n}", &[("", ConfigRule::NotJson { line: 2, column: 15 })]);
    check("", &[("", ConfigRule::NotJson { line: 1, column: 0 })]);
    let problems = Config::parse("<!doctype html><title>Not found</title>").expect_err("a problem");
    assert!(matches!(problems[0].rule, ConfigRule::NotJson { line: 1, .. }));
    assert!(Config::parse(&"[".repeat(10_000)).is_err());
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let object = || ConfigRule::WrongKind { expected: Kind::Object };
    check("[]", &[("", object())]);
    check("null", &[("", object())]);
    check(r#"{"portals": {}}"#, &[("portals", ConfigRule::WrongKind { expected: Kind::List })]);
    check(r#"{"portals": ["https://www.arcgis.com"]}"#, &[("portals[0]", object())]);
    check(&" ".repeat(MAX_CONFIG + 1), &[("", ConfigRule::TooLong { max: MAX_CONFIG })]);
    let flag = format!(r#"{{"portals": [{}], "allowOtherPortals": "yes"}}"#, good("one"));
    check(&flag, &[("allowOtherPortals", ConfigRule::WrongKind { expected: Kind::Bool })]);
}

#[test]
fn a_wrong_flag_does_not_hide_the_problems_of_the_portals() {
    let keys: Vec<String> = Config::parse(r#"{"allowOtherPortals": 1, "portals": [{}]}"#)
        .expect_err("problems")
        .into_iter()
        .map(|problem| problem.key)
        .collect();
    let portal = PORTAL_KEYS.map(|key| format!("portals[0].{key}"));
    assert_eq!(keys, [&["allowOtherPortals".to_owned()], &portal[..]].concat());
}

#[test]
fn missing_unknown_and_repeated_keys_are_named() {
    check("{}", &[("portals", ConfigRule::Missing)]);
    check(
        r#"{"portals": [{"id": "a", "name": "A", "name": "B", "url": "https://a.example", "clientSecret": "x"}]}"#,
        &[
            ("portals[0].name", ConfigRule::Repeated),
            ("portals[0].clientSecret", ConfigRule::Unknown { allowed: &PORTAL_KEYS }),
            ("portals[0].clientId", ConfigRule::Missing),
        ],
    );
    check(
        &format!(r#"{{"portal": [], "portals": [{}]}}"#, good("one")),
        &[("portal", ConfigRule::Unknown { allowed: &KEYS })],
    );
}

#[test]
fn every_problem_is_reported_at_once() {
    let first = portal(r#""a""#, r#""http://gis.example.com""#, r#""YOUR_CLIENT_ID""#);
    let second = portal(r#""a""#, "7", r#""""#);
    let third = portal(r#""b c""#, r#""https://x.example/home""#, r#""two words""#);
    let below = RootProblem::BelowRoot { root: "https://x.example".to_owned() };
    check(
        &file(&[&first, &second, &third]),
        &[
            ("portals[0].url", ConfigRule::Root(RootProblem::PlainHttp)),
            ("portals[0].clientId", ConfigRule::Placeholder),
            ("portals[1].id", ConfigRule::DuplicateId { first: "portals[0].id".to_owned() }),
            ("portals[1].url", ConfigRule::WrongKind { expected: Kind::Text }),
            ("portals[1].clientId", ConfigRule::Empty),
            ("portals[2].id", ConfigRule::Character),
            ("portals[2].url", ConfigRule::Root(below)),
            ("portals[2].clientId", ConfigRule::Character),
        ],
    );
}

#[test]
fn lists_and_texts_have_limits() {
    let many: Vec<String> = (0..=MAX_PORTALS).map(|number| good(&number.to_string())).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    check(&file(&many), &[("portals", ConfigRule::TooLong { max: MAX_PORTALS })]);
    check(&file(&[&good(&"x".repeat(MAX_ID + 1))]), &[("portals[0].id", ConfigRule::TooLong { max: MAX_ID })]);
}

#[test]
fn the_shipped_file_lacks_only_a_client_id() {
    check(SHIPPED, &[("portals[0].clientId", ConfigRule::Placeholder)]);
    assert!(Config::parse(&SHIPPED.replace(PLACEHOLDER, "abc123")).is_ok());
}

#[test]
fn the_schema_has_the_same_keys_and_limits() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let portal = &schema["$defs"]["portal"];
    let keys = |object: &Value| {
        let mut keys: Vec<String> = object.as_object().expect("an object").keys().cloned().collect();
        keys.sort();
        keys
    };
    let sorted = |keys: &[&str]| {
        let mut keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&schema["properties"]), sorted(&KEYS));
    assert_eq!(keys(&portal["properties"]), sorted(&PORTAL_KEYS));
    assert_eq!(schema["required"], serde_json::json!(["portals"]));
    assert_eq!(portal["required"], serde_json::json!(PORTAL_KEYS));
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(portal["additionalProperties"], false);
    assert_eq!(schema["properties"]["portals"]["maxItems"], MAX_PORTALS);
    assert_eq!(schema["properties"]["frameAncestors"]["maxItems"], MAX_ANCESTORS);
    let max = |name: &str| portal["properties"][name]["maxLength"].clone();
    assert_eq!(max("id"), MAX_ID);
    assert_eq!(max("name"), MAX_NAME);
    assert_eq!(max("url"), crate::origin::MAX_ADDRESS);
    assert_eq!(max("clientId"), MAX_CLIENT_ID);
    assert_eq!(portal["properties"]["clientId"]["not"]["const"], PLACEHOLDER);
}
