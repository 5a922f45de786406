//! Reconciliation with the account, the stored draft, and the schema.

use super::*;
use crate::credential::catalogue;

#[test]
fn what_the_account_does_not_have_is_noted_with_its_reason() {
    let mut draft = Draft::new(today());
    draft.privileges.extend(ids(&["PREMIUM:user:basemaps", "premium:user:geocode:stored", "premium:user:places"]));
    draft.privileges.extend(ids(&["premium:user:baseamps"]));
    draft.withheld = ids(&["portal:admin:viewUsers", "portal:admin:updateUsers"]);
    let held = ids(&["premium:user:basemaps", "premium:user:geocode", "portal:admin:viewUsers"]);
    let notes = draft.reconcile_privileges(&catalogue::offered(&held));
    assert_eq!(
        notes,
        [
            Note {
                what: "premium:user:geocode:stored".to_owned(),
                why: Rejection::HasWider("premium:user:geocode".to_owned())
            },
            Note { what: "premium:user:places".to_owned(), why: Rejection::NotHeld },
            Note { what: "premium:user:baseamps".to_owned(), why: Rejection::UnknownPrivilege },
            Note { what: "portal:admin:updateUsers".to_owned(), why: Rejection::NotHeld },
        ]
    );
    assert_eq!(draft.privileges, ids(&["premium:user:basemaps"]));
    assert_eq!(draft.withheld, ids(&["portal:admin:viewUsers"]));
}

#[test]
fn a_wide_privilege_is_noted_with_the_narrower_ones_that_the_account_has() {
    let (stored, temporary) = ("premium:user:geocode:stored", "premium:user:geocode:temporary");
    let mut draft = Draft { privileges: ids(&["premium:user:geocode"]), ..Draft::new(today()) };
    let notes = draft.reconcile_privileges(&catalogue::offered(&ids(&[stored, temporary])));
    let [Note { what, why: Rejection::HasNarrower(narrower) }] = notes.as_slice() else { panic!("{notes:?}") };
    let mut narrower = narrower.clone();
    narrower.sort();
    assert_eq!(
        (what.as_str(), narrower.as_slice()),
        ("premium:user:geocode", [stored, temporary].map(str::to_owned).as_slice())
    );
}

#[test]
fn items_are_completed_or_noted_and_those_chosen_by_hand_stay() {
    let mut draft = Draft::new(today());
    draft.items = vec![item("a1", "private")];
    draft.items.extend(["b2", "c3", "d4"].map(|id| GrantedItem::unknown(ItemId(id.to_owned()))));
    assert_eq!(draft.unknown_items(), ["b2", "c3", "d4"].map(|id| ItemId(id.to_owned())));
    let notes = draft.reconcile_items(vec![item("d4", "org"), item("b2", "public"), item("e5", "private")]);
    assert_eq!(
        notes,
        [
            Note { what: "b2".to_owned(), why: Rejection::Public },
            Note { what: "c3".to_owned(), why: Rejection::NotFound }
        ]
    );
    assert_eq!(draft.items, [item("a1", "private"), item("d4", "org")]);
    assert!(draft.unknown_items().is_empty());
}

#[test]
fn what_a_link_left_open_survives_the_sign_in() {
    let mut draft = full();
    draft.withheld = ids(&["portal:admin:viewUsers"]);
    draft.notify(Outcome::Filled(Source::Link));
    draft.note(vec![Note { what: "colour".to_owned(), why: Rejection::UnknownKey }]);
    assert_eq!(Draft::restore(&draft.store()), Some(draft));
}

/// Links with good and bad keys and values, and arbitrary texts.
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
        let expected = |problem: &Problem| {
            matches!(
                (problem.field, &problem.rule),
                (Field::Title, Rule::Required) | (Field::Privileges, Rule::NothingGranted) | (_, Rule::Unresolved)
            )
        };
        prop_assert!(problems.iter().all(expected), "{problems:?}");
        prop_assert!(filled.notes.len() <= MAX_NOTES + 1);
        // Writing the draft and reading it again gives the same draft.
        let address = link_to(PAGE, &filled.draft, today());
        let again = read_link(crate::route::link(&address[PAGE.len()..]).expect("a link"));
        prop_assert_eq!(&again.notes, &Vec::new());
        let draft = Draft { withheld: Vec::new(), unresolved: Vec::new(), ..filled.draft };
        prop_assert_eq!(again.draft, draft);
    }
}

#[test]
fn the_keys_have_the_order_of_the_fields() {
    for (place, field) in FIELDS.into_iter().enumerate() {
        assert_eq!(field as usize, place);
        assert!(field.id().starts_with(&KEYS[place][..3]), "{} {}", field.id(), KEYS[place]);
    }
}

#[test]
fn the_schema_knows_the_same_keys() {
    let schema: Value = serde_json::from_str(include_str!("../../../../../../recipe.schema.json")).expect("JSON");
    let mut names: Vec<&String> = schema["properties"].as_object().expect("an object").keys().collect();
    names.retain(|name| *name != "$schema");
    let mut keys = KEYS.to_vec();
    keys.sort_unstable();
    assert_eq!(names, keys);
    assert_eq!(schema["additionalProperties"], false);
    let pattern = |key: &str| schema["properties"][key]["pattern"].as_str().map(str::to_owned);
    assert!(pattern("expires").is_some_and(|pattern| pattern.starts_with("^(")));
    assert_eq!(schema["properties"]["items"]["oneOf"][0]["maxItems"], 100);
    assert_eq!(schema["properties"]["title"]["maxLength"], 250);
}
