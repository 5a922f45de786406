use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::credential::draft::{GrantedItem, KeyChoice};
use crate::credential::expiration::ExpirationProblem;
use crate::credential::problem::{Field, Rule};
use crate::portal::id::{ItemId, PrivilegeId};

const NOW: Timestamp = Timestamp(1_795_422_600_000); // 2026-11-23T08:30:00Z
const PAGE: &str = "https://keys.example.com/tools/";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real date")
}

fn here() -> Here<'static> {
    Here { today: today(), now: NOW, knows_portal: &|id| id == "arcgis" }
}

#[track_caller]
fn read_link(query: &str) -> Filled {
    link(query, &here()).expect(query)
}

/// The notes on a link as pairs, and the draft of what was taken over all the same.
#[track_caller]
fn check_notes(query: &str, expected: &[(&str, Why)]) -> Draft {
    let filled = read_link(query);
    let expected: Vec<Note> =
        expected.iter().map(|(what, why)| Note { what: (*what).to_owned(), why: why.clone() }).collect();
    assert_eq!(filled.notes, expected, "{query}");
    filled.draft
}

/// A link that is taken over without a note.
#[track_caller]
fn check_draft(query: &str, change: impl FnOnce(&mut Draft)) {
    let mut expected = Draft::new(today());
    change(&mut expected);
    assert_eq!(check_notes(query, &[]), expected, "{query}");
}

fn link_to(page: &str, draft: &Draft, today: NaiveDate) -> String {
    [page, &write(draft, today).link].concat()
}

fn recipe_of(draft: &Draft, today: NaiveDate) -> String {
    write(draft, today).recipe
}

fn id(text: &str) -> PrivilegeId {
    PrivilegeId(text.to_owned())
}

fn ids(texts: &[&str]) -> Vec<PrivilegeId> {
    texts.iter().map(|it| id(it)).collect()
}

fn item(text: &str, access: &str) -> GrantedItem {
    GrantedItem {
        id: ItemId(text.to_owned()),
        title: format!("Title of {text}"),
        kind: "Web Map".to_owned(),
        access: access.to_owned(),
    }
}

fn rule(field: Field, rule: Rule) -> Why {
    Why::Rule(Problem { field, rule })
}

/// A draft with something in every key, as it is on the Summary.
fn full() -> Draft {
    let mut draft = Draft::new(today());
    draft.expiration = "2027-02-21".to_owned();
    draft.referrers = vec!["https://app.example.com".to_owned(), "https://*.example.org:8443".to_owned()];
    draft.privileges.extend(ids(&["premium:user:basemaps", "premium:user:places"]));
    draft.items = vec![GrantedItem::unknown(ItemId("0f".repeat(16))), GrantedItem::unknown(ItemId("a1".repeat(16)))];
    draft.title = "Bäume & \"Wege\" <b> + 100 %, #1?".to_owned();
    draft.folder = String::new();
    draft.tags = "maps, keys,Straße".to_owned();
    draft.summary = "Zwei\u{301} 🌳 \\ 'x' a=b".to_owned();
    draft.portal = "arcgis".to_owned();
    draft
}

#[test]
fn the_link_of_the_product_page_is_taken_over() {
    let query = "expires=90d&referrers=https://app.example.com&privileges=premium:user:basemaps,premium:user:places\
                 &items=0123456789abcdef0123456789abcdef&title=Store+finder&folder=Keys&tags=a,b&summary=For%20us&portal=arcgis";
    check_draft(query, |draft| {
        draft.expiration = "2027-02-21".to_owned();
        draft.referrers.push("https://app.example.com".to_owned());
        draft.privileges.extend(ids(&["premium:user:basemaps", "premium:user:places"]));
        draft.items.push(GrantedItem::unknown(ItemId("0123456789abcdef0123456789abcdef".to_owned())));
        draft.title = "Store finder".to_owned();
        draft.folder = "Keys".to_owned();
        draft.tags = "a,b".to_owned();
        draft.summary = "For us".to_owned();
        draft.portal = "arcgis".to_owned();
    });
}

#[test]
fn no_key_is_required() {
    check_draft("", |_| {});
    check_draft("&&", |_| {});
    check_draft("referrers=&privileges=,&items= &title=&tags=&summary=", |_| {});
}

#[test]
fn a_lifetime_is_days_from_today_or_a_date() {
    for (value, date) in [
        ("1d", "2026-11-24"),
        ("7d", "2026-11-30"),
        ("+30d", "2026-12-23"),
        // A year from today would end a day later than the portal allows.
        ("365d", "2027-11-22"),
        ("2026-12-31", "2026-12-31"),
    ] {
        check_draft(&["expires=", value].concat(), |draft| draft.expiration = date.to_owned());
    }
}

#[test]
fn a_lifetime_that_cannot_be_is_noted_and_stays_at_one_month() {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let (earliest, latest) = (day("2026-11-24"), day("2027-11-22"));
    let late = || ExpirationProblem::TooLate { earliest, latest };
    let early = || ExpirationProblem::TooEarly { earliest, latest };
    for (value, problem) in [
        ("366d", late()),
        ("65535d", late()),
        ("2027-11-23", late()),
        ("0d", early()),
        ("2026-11-23", early()),
        ("65536d", ExpirationProblem::NotADate),
        ("-1d", ExpirationProblem::NotADate),
        ("90", ExpirationProblem::NotADate),
        ("90 d", ExpirationProblem::NotADate),
        ("never", ExpirationProblem::NotADate),
        ("2027-02-30", ExpirationProblem::NotADate),
        ("", ExpirationProblem::Missing),
    ] {
        let why = rule(Field::Expiration, Rule::Expiration(problem));
        let draft = check_notes(&format!("expires={value}&title=Kept"), &[("expires", why)]);
        assert_eq!((draft.expiration.as_str(), draft.title.as_str()), ("2026-12-23", "Kept"));
    }
}

#[test]
fn each_referrer_is_taken_or_noted_by_itself() {
    let filled = read_link("referrers=https://a.example,b.example,https://A.example/,*,https://c.example/map");
    assert_eq!(filled.draft.referrers, ["https://a.example"]);
    assert_eq!(filled.draft.referrer_entry, "");
    let what: Vec<&str> = filled.notes.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(what, ["b.example", "https://A.example/", "*", "https://c.example/map"]);
    assert!(matches!(
        &filled.notes[1].why,
        Why::Rule(Problem { rule: Rule::RepeatedReferrer { entry }, .. }) if entry == "https://a.example"
    ));
}

#[test]
fn a_list_that_is_too_long_is_left_out_as_a_whole() {
    for (key, field, max) in [("items", Field::Items, 100), ("privileges", Field::Privileges, 1000)] {
        let list = |count: usize| (0..count).map(|it| format!("a{it},")).collect::<String>();
        let why = rule(field, Rule::TooMany { max, count: max + 1 });
        let draft = check_notes(&format!("{key}={}", list(max + 1)), &[(key, why)]);
        assert_eq!(draft, Draft::new(today()));
    }
    assert_eq!(read_link(&["items=", &"0f,".repeat(100)].concat()).draft.items.len(), 1, "twice the same is once");
}

#[test]
fn administrative_privileges_wait_for_the_person() {
    let query = "privileges=portal:admin:viewUsers,premium:user:basemaps,opendata:user:openDataAdmin,\
                 portal:admin:someday,portal:admin:viewUsers,portal:publisher:publishServerGPServices";
    let mut draft = check_notes(query, &[]);
    assert_eq!(draft.privileges, ids(&["premium:user:basemaps"]));
    let withheld = [
        "portal:admin:viewUsers",
        "opendata:user:openDataAdmin",
        "portal:admin:someday",
        "portal:publisher:publishServerGPServices",
    ];
    assert_eq!(draft.withheld, ids(&withheld));
    draft.add_withheld();
    assert_eq!(draft.privileges.len(), 5);
    assert!(draft.withheld.is_empty());
}

#[test]
fn what_no_key_may_have_is_noted() {
    let notes = [
        ("portal:app:access:item:0f", Why::NoPrivilege),
        ("portal:apikey:x", Why::NoPrivilege),
        ("a b", Why::NoPrivilege),
        ("<b>", Why::NoPrivilege),
    ];
    let query = "privileges=portal:app:access:item:0f,portal:apikey:x,a%20b,%3Cb%3E,premium:user:places";
    let draft = check_notes(query, &notes);
    assert_eq!(draft.privileges.len(), 1);
    assert!(draft.withheld.is_empty());
}

#[test]
fn an_item_is_named_by_its_id_alone() {
    let draft = check_notes(
        "items=0f,https://a.example/0f,0f OR 1",
        &[("https://a.example/0f", Why::NoItem), ("0f OR 1", Why::NoItem)],
    );
    assert_eq!(draft.items, [GrantedItem::unknown(ItemId("0f".to_owned()))]);
}

#[test]
fn a_text_that_breaks_a_rule_is_noted_and_stays_untouched() {
    let long = "x".repeat(251);
    let too_long = |field| rule(field, Rule::TooLong { max: 250, count: 251 });
    let turned = || Rule::ControlCharacter { character: '\u{202e}' };
    let draft = check_notes(
        &format!("title={long}&folder={long}"),
        &[("title", too_long(Field::Title)), ("folder", too_long(Field::Folder))],
    );
    assert_eq!(draft, Draft::new(today()));
    check_notes("title=a%E2%80%AEb", &[("title", rule(Field::Title, turned()))]);
    check_notes("tags=a,b%E2%80%AE", &[("tags", rule(Field::Tags, turned()))]);
    let nul = rule(Field::Summary, Rule::ControlCharacter { character: '\0' });
    check_notes("summary=a%00b&title=Kept", &[("summary", nul)]);
}

#[test]
fn a_key_that_is_unknown_doubled_or_damaged_is_noted_and_the_rest_applies() {
    let draft = check_notes(
        "colour=red&title=A&title=B&token=s3cret&summary=%zz&tags=%FF&Title=C&folder=F",
        &[
            ("colour", Why::UnknownKey),
            ("title", Why::Repeated),
            ("token", Why::UnknownKey),
            ("summary", Why::Encoding),
            ("tags", Why::Encoding),
            ("Title", Why::UnknownKey),
        ],
    );
    assert_eq!((draft.title.as_str(), draft.folder.as_str(), draft.summary.as_str()), ("A", "F", ""));
}

#[test]
fn presets_and_portals_nobody_knows_are_noted() {
    let draft =
        check_notes("preset=maps&portal=https://evil.example", &[("preset", Why::NoPreset), ("portal", Why::NoPortal)]);
    assert_eq!(draft.portal, "");
}

#[test]
fn a_note_repeats_no_more_than_fits_and_turns_no_text() {
    let filled = read_link(&format!("%E2%80%AE{}=1&\u{202e}evil=1", "k".repeat(1000)));
    assert!(filled.notes[0].what.chars().count() <= 81);
    assert_eq!(filled.notes[1].what, "evil");
}

#[test]
fn many_notes_are_counted() {
    let filled = read_link(&"x=1&".repeat(100));
    assert_eq!(filled.notes.len(), MAX_NOTES + 1);
    assert_eq!(filled.notes.last(), Some(&Note { what: "70".to_owned(), why: Why::More }));
}

#[test]
fn an_oversized_link_or_recipe_is_refused_as_a_whole() {
    assert_eq!(link(&"x".repeat(MAX_LINK + 1), &here()), Err(Why::TooLong));
    assert!(link(&["title=", &"x".repeat(MAX_LINK - 6)].concat(), &here()).is_ok());
    assert_eq!(recipe(&" ".repeat(MAX_RECIPE + 1), &here()), Err(Why::TooLong));
}

#[test]
fn a_recipe_that_is_no_json_object_is_refused() {
    for text in ["", "null", "[]", "{", "title: x", "{\"title\": \"a\",}", &"[".repeat(100_000)] {
        assert_eq!(recipe(text, &here()), Err(Why::NotARecipe), "{text:.20}");
    }
}

#[test]
fn a_recipe_is_read_as_strictly_as_a_link() {
    let text = "\u{feff}{\"$schema\": \"recipe.schema.json\", \"expires\": 90, \"referrers\": [\"https://a.example\", 7],
        \"privileges\": [\"premium:user:basemaps\", \"portal:admin:viewUsers\"], \"items\": \"0f,a1\", \"title\": [\"x\"],
        \"summary\": null, \"tags\": \"a, b\", \"client_secret\": \"s3cret\", \"tags\": \"c\"}";
    let filled = recipe(text, &here()).expect("an object");
    let notes: Vec<(&str, &Why)> = filled.notes.iter().map(|it| (it.what.as_str(), &it.why)).collect();
    assert_eq!(
        notes,
        [
            ("expires", &Why::Kind),
            ("referrers", &Why::Kind),
            ("title", &Why::Kind),
            ("summary", &Why::Kind),
            ("client_secret", &Why::UnknownKey),
            ("tags", &Why::Repeated),
        ]
    );
    assert_eq!(filled.draft.privileges.len(), 1);
    assert_eq!(filled.draft.withheld.len(), 1);
    assert_eq!(filled.draft.items.len(), 2);
    assert_eq!(filled.draft.tags, "a, b");
}

#[test]
fn a_draft_comes_back_from_its_link_and_from_its_recipe() {
    for draft in [full(), Draft::new(today())] {
        let address = link_to(PAGE, &draft, today());
        let query = crate::route::link(address.strip_prefix(PAGE).expect("it begins with the page")).expect("a link");
        assert_eq!(read_link(query), Filled { draft: draft.clone(), notes: Vec::new() }, "{address}");
        let text = recipe_of(&draft, today());
        let filled = recipe(&text, &here()).expect(&text);
        assert_eq!(filled, Filled { draft, notes: Vec::new() }, "{text}");
    }
}

#[test]
fn neither_carries_more_than_its_keys() {
    let mut draft = full();
    draft.key = KeyChoice::Later;
    draft.referrer_entry = "half typed".to_owned();
    draft.notes = vec!["Filled in by a link".to_owned()];
    draft.withheld = ids(&["portal:admin:viewUsers"]);
    assert_eq!(link_to(PAGE, &draft, today()), link_to(PAGE, &full(), today()));
    let text = recipe_of(&draft, today());
    assert_eq!(text, recipe_of(&full(), today()));
    let json: Value = serde_json::from_str(&text).expect("JSON");
    for key in json.as_object().expect("an object").keys() {
        assert!(KEYS.contains(&key.as_str()), "{key}");
    }
}

#[test]
fn a_link_is_made_of_what_an_address_may_hold() {
    let address = link_to(PAGE, &full(), today());
    assert!(address.starts_with("https://keys.example.com/tools/#/new?expires=90d&referrers=https://app.example.com,"));
    assert!(address.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~:/?#&=%,*".contains(&it)), "{address}");
}

#[test]
fn a_date_of_yesterday_is_written_as_the_shortest_lifetime() {
    let draft = Draft { expiration: "2026-11-22".to_owned(), ..Draft::default() };
    assert_eq!(link_to(PAGE, &draft, today()), format!("{PAGE}#/new?expires=1d"));
    let typed = Draft { expiration: "soon".to_owned(), ..Draft::default() };
    assert_eq!(link_to(PAGE, &typed, today()), format!("{PAGE}#/new"));
    assert_eq!(recipe_of(&typed, today()), "{\n}\n");
}

#[test]
fn a_button_is_a_link_whose_keys_are_no_entities() {
    let html = button("https://a.example/x/#/new?a=b&copy=d");
    assert_eq!(html, "<a href=\"https://a.example/x/#/new?a=b&amp;copy=d\">Get an API key</a>");
}

#[test]
fn what_the_account_does_not_have_is_noted_with_its_reason() {
    let mut draft = Draft::new(today());
    draft.privileges.extend(ids(&["PREMIUM:user:basemaps", "premium:user:geocode:stored", "premium:user:places"]));
    draft.withheld = ids(&["portal:admin:viewUsers", "portal:admin:updateUsers"]);
    let notes =
        draft.meet_privileges(&ids(&["premium:user:basemaps", "premium:user:geocode", "portal:admin:viewUsers"]));
    assert_eq!(
        notes,
        [
            Note {
                what: "premium:user:geocode:stored".to_owned(),
                why: Why::HasWider("premium:user:geocode".to_owned())
            },
            Note { what: "premium:user:places".to_owned(), why: Why::NotHeld },
            Note { what: "portal:admin:updateUsers".to_owned(), why: Why::NotHeld },
        ]
    );
    assert_eq!(draft.privileges, ids(&["premium:user:basemaps"]));
    assert_eq!(draft.withheld, ids(&["portal:admin:viewUsers"]));
}

#[test]
fn items_are_completed_or_noted_and_those_chosen_by_hand_stay() {
    let mut draft = Draft::new(today());
    draft.items = vec![item("a1", "private")];
    draft.items.extend(["b2", "c3", "d4"].map(|it| GrantedItem::unknown(ItemId(it.to_owned()))));
    assert_eq!(draft.unknown_items(), ["b2", "c3", "d4"].map(|it| ItemId(it.to_owned())));
    let notes = draft.meet_items(vec![item("d4", "org"), item("b2", "public"), item("e5", "private")]);
    assert_eq!(
        notes,
        [Note { what: "b2".to_owned(), why: Why::Public }, Note { what: "c3".to_owned(), why: Why::NotFound }]
    );
    assert_eq!(draft.items, [item("a1", "private"), item("d4", "org")]);
    assert!(draft.unknown_items().is_empty());
}

#[test]
fn what_a_link_left_open_survives_the_sign_in() {
    let mut draft = full();
    draft.withheld = ids(&["portal:admin:viewUsers"]);
    draft.notes = vec!["Filled in by a link".to_owned(), "colour: unknown".to_owned()];
    assert_eq!(Draft::restore(&draft.store()), Some(draft));
}

/// What may stand in a link: keys and values good and bad, and anything at all.
fn any_link() -> impl Strategy<Value = String> {
    let key = prop_oneof![proptest::sample::select(KEYS.to_vec()).prop_map(str::to_owned), "[a-z$%]{0,8}"];
    let value = prop_oneof![
        "[0-9]{1,6}d",
        "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
        "(https?://)?[a-z*]{1,9}(\\.[a-z]{2,4})?(,https://[a-z]{1,3}\\.example){0,3}",
        "(premium|portal):(user|admin|app):[a-zA-Z:]{1,20}(,[a-z:]{0,9}){0,3}",
        "[0-9a-f]{32}(,[0-9a-f]{0,40}){0,3}",
        "(%[0-9A-Fa-f]{2}|.){0,20}",
    ];
    proptest::collection::vec((key, value), 0..12)
        .prop_map(|pairs| pairs.iter().map(|(key, value)| format!("{key}={value}&")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_a_link_holds_the_draft_is_one_that_could_be_typed(query in any_link()) {
        let filled = read_link(&query);
        let problems = filled.draft.check(NOW).err().unwrap_or_default();
        let expected = |it: &Problem| {
            matches!((it.field, &it.rule), (Field::Title, Rule::Required) | (Field::Privileges, Rule::NothingGranted))
        };
        prop_assert!(problems.iter().all(expected), "{problems:?}");
        prop_assert!(filled.notes.len() <= MAX_NOTES + 1);
        // What was taken over is what the same draft would say of itself.
        let address = link_to(PAGE, &filled.draft, today());
        let again = read_link(crate::route::link(&address[PAGE.len()..]).expect("a link"));
        prop_assert_eq!(&again.notes, &Vec::new());
        let draft = Draft { withheld: Vec::new(), ..filled.draft };
        prop_assert_eq!(again.draft, draft);
    }
}

#[test]
fn the_keys_stand_in_the_order_of_the_fields() {
    let fields = [
        Field::Expiration,
        Field::Referrers,
        Field::Privileges,
        Field::Items,
        Field::Title,
        Field::Folder,
        Field::Tags,
        Field::Summary,
    ];
    for (place, field) in fields.into_iter().enumerate() {
        assert_eq!(field as usize, place);
        assert!(field.id().starts_with(&KEYS[place][..3]), "{} {}", field.id(), KEYS[place]);
    }
}

#[test]
fn the_schema_knows_the_same_keys() {
    let schema: Value = serde_json::from_str(include_str!("../../../recipe.schema.json")).expect("JSON");
    let mut names: Vec<&String> = schema["properties"].as_object().expect("an object").keys().collect();
    names.retain(|it| *it != "$schema");
    let mut keys = KEYS.to_vec();
    keys.sort_unstable();
    assert_eq!(names, keys);
    assert_eq!(schema["additionalProperties"], false);
    let pattern = |key: &str| schema["properties"][key]["pattern"].as_str().map(str::to_owned);
    assert!(pattern("expires").is_some_and(|it| it.starts_with("^(")));
    assert_eq!(schema["properties"]["items"]["oneOf"][0]["maxItems"], 100);
    assert_eq!(schema["properties"]["title"]["maxLength"], 250);
}
