use super::*;
use crate::credential::notice::{Note, Outcome, Rejection, Source};
use crate::route::Step;

fn with_entry(entry: &str) -> Draft {
    Draft { referrer_entry: entry.to_owned(), referrers: vec!["https://a.example".to_owned()], ..Draft::default() }
}

#[test]
fn a_new_draft_expires_in_one_month_and_goes_to_the_tutorials_folder() {
    let today = NaiveDate::from_ymd_opt(2026, 1, 31).expect("a date");
    let draft = Draft::new(today);
    assert_eq!(draft.expiration, "2026-02-28");
    assert_eq!(draft.folder, "Developer credentials");
    assert_eq!(draft.key, KeyChoice::Now);
    assert!(draft.referrers.is_empty() && draft.privileges.is_empty());
}

#[test]
fn the_main_host_is_the_first_that_is_not_ones_own_computer() {
    let check = |referrers: &[&str], expected: Option<&str>| {
        let referrers = referrers.iter().map(|referrer| (*referrer).to_owned()).collect();
        assert_eq!(Draft { referrers, ..Draft::default() }.main_host(), expected);
    };
    check(&[], None);
    check(&["http://localhost:5173", "http://127.0.0.1:8080", "http://[::1]:1"], None);
    check(&["http://localhost", "https://*.example.com:8443", "https://b.example"], Some("example.com"));
}

#[test]
fn a_draft_comes_back_from_storage_as_it_was() {
    let mut draft = with_entry("https://half-typed");
    draft.choose_privilege(PrivilegeId("premium:user:basemaps".to_owned()), true);
    draft.items.push(GrantedItem {
        id: ItemId("0f".repeat(16)),
        title: "Bäume \"<b>\" 🌳".to_owned(),
        kind: "Feature Service".to_owned(),
        access: "org".to_owned(),
    });
    draft.title = "a".repeat(10_000);
    draft.key = KeyChoice::Later;
    draft.map = Some(ItemId("0f".repeat(16)));
    for usage in Usage::ALL {
        draft.usage = usage;
        assert_eq!(Draft::restore(&draft.store()), Some(draft.clone()));
    }
    assert_eq!(Draft::restore("{\"usage\":\"moon\"}").map(|draft| draft.usage), Some(Usage::Unsure));
}

/// Optional fields are stored as texts, in the format of every release.
#[test]
fn a_draft_of_an_earlier_version_has_its_portal_operation_and_map() {
    let id = "0f".repeat(16);
    let operation = OperationId::parse(&id);
    for (portal, choice) in
        [("", None), ("arcgis", Some(PortalChoice::configured("arcgis"))), (r"\u0000other", Some(PortalChoice::Custom))]
    {
        let stored = format!(r#"{{"portal": "{portal}", "operation": "{id}", "map": "{id}"}}"#);
        let draft = Draft::restore(&stored).expect("a draft");
        assert_eq!((&draft.portal, &draft.operation, &draft.map), (&choice, &operation, &Some(ItemId(id.clone()))));
        assert_eq!(Draft::restore(&draft.store()), Some(draft));
    }
    let long = format!(r#"{{"portal": "{}"}}"#, "p".repeat(10_000));
    assert_eq!(Draft::restore(&long).expect("a draft").portal, None, "no id is so long");
    let draft = Draft::restore(r#"{"portal": "", "operation": "", "map": ""}"#).expect("a draft");
    assert_eq!((draft.portal, draft.operation, draft.map), (None, None, None));
}

#[test]
fn a_draft_of_another_version_keeps_what_is_known() {
    let stored = r#"{"title": "Mine", "colour": 7, "items": [{"id": "0f", "owner": "jane"}]}"#;
    let draft = Draft::restore(stored).expect("a draft");
    assert_eq!(draft.title, "Mine");
    assert_eq!(draft.folder, "Developer credentials");
    assert_eq!(draft.items[0].id, ItemId("0f".to_owned()));
    assert_eq!(draft.items[0].title, "");
}

#[test]
fn a_draft_stored_by_an_earlier_version_keeps_its_english_sentences() {
    let stored = r#"{"expiration":"2026-12-29","title":"Mine","withheld":[],"notes":["Filled in by a link","Check each answer. They took the place of what this tab held before.","colour was left out: there is no such key."],"key":"now"}"#;
    let mut draft = Draft::restore(stored).expect("a draft");
    let Some(Notice { outcome: Outcome::Sentences(sentences), left_out, .. }) = &draft.notice else {
        panic!("{draft:?}")
    };
    assert_eq!(sentences[0], "Filled in by a link");
    assert_eq!(sentences[2], "colour was left out: there is no such key.");
    assert!(left_out.is_empty());
    assert_eq!(Draft::restore(&draft.store()).as_ref(), Some(&draft));
    // Later notes are added to it.
    let note = Note { what: "premium:user:places".to_owned(), why: Rejection::NotHeld };
    draft.note(vec![note.clone()]);
    let restored = Draft::restore(&draft.store()).expect("a draft");
    assert_eq!(restored.notice.map(|notice| notice.left_out), Some(vec![note]));
    assert_eq!(Draft::restore(r#"{"notes":[]}"#), Some(Draft::default()));
}

#[test]
fn a_draft_keeps_what_was_said_about_a_link() {
    let mut draft = Draft::default();
    draft.notify(Outcome::Filled(Source::Link));
    draft.note(vec![Note { what: "colour".to_owned(), why: Rejection::UnknownKey }]);
    assert_eq!(Draft::restore(&draft.store()), Some(draft));
}

#[test]
fn what_an_account_lacks_of_a_draft_without_a_sign_in_is_said_on_every_step() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 30).expect("a date");
    let mut draft = Draft { is_uncompared: true, ..Draft::new(today) };
    assert!(!draft.has_answers(), "nobody has answered anything yet");
    draft.typed_portal = "https://gis.example.com/portal".to_owned();
    assert!(!draft.has_answers(), "the choice of a portal is no answer");
    draft.note(Vec::new());
    assert_eq!(draft.notice, None);
    draft.note(vec![Note { what: "premium:user:places".to_owned(), why: Rejection::NotHeld }]);
    let notice = draft.notice.clone().expect("something was left out");
    assert_eq!(notice.outcome, Outcome::Filled(Source::ByHand));
    draft.item_entry = "0f1e".to_owned();
    draft.typed_portal = "https://gis.example.com/portal".to_owned();
    for step in [Step::Credentials, Step::Privileges, Step::ItemAccess, Step::Summary] {
        assert_eq!(notice.on(step).as_ref(), Some(&notice), "{step:?}");
    }
    assert_eq!(Draft::restore(&draft.store()), Some(draft));
}

#[test]
fn items_are_added_by_id_or_address_once_and_what_is_none_stays() {
    let id = "0f".repeat(16);
    let mut draft = Draft::default();
    for typed in [id.to_uppercase(), format!("https://www.arcgis.com/home/item.html?id={id}"), id.clone()] {
        draft.enter_items(&typed);
        assert_eq!(draft.item_entry, "", "{typed}");
        assert_eq!(draft.items, [GrantedItem::unknown(ItemId(id.clone()))]);
    }
    draft.enter_items("Parks and  ");
    assert_eq!(draft.item_entry, "Parks and  ");
    let two = [&"1a".repeat(16), ",Parks; ", &"2b".repeat(16), "\n", &id].concat();
    draft.enter_items(&two);
    assert_eq!((draft.item_entry.as_str(), draft.items.len()), ("Parks", 3));
    draft.mark_compared();
    assert_eq!(draft.item_entry, "");
}

#[test]
fn what_is_no_draft_is_left_alone() {
    let long = format!(r#"{{"title": "{}"}}"#, "a".repeat(4_000_000));
    for stored in ["", "null", "[]", "{", &"[".repeat(100_000), &long] {
        assert_eq!(Draft::restore(stored), None);
    }
}

#[test]
fn a_bloated_draft_is_cut_to_size() {
    let draft = Draft {
        title: "🗺".repeat(30_000),
        referrers: vec!["https://a.example".to_owned(); 5000],
        privileges: (0..5000).map(|number| PrivilegeId(number.to_string())).collect(),
        items: vec![
            GrantedItem {
                id: ItemId("0f".to_owned()),
                title: "x".repeat(200),
                kind: String::new(),
                access: String::new()
            };
            5000
        ],
        ..Draft::default()
    };
    let stored = draft.store();
    let restored = Draft::restore(&stored).expect("a draft");
    assert_eq!(restored.title.chars().count(), MAX_STORED_FIELD);
    assert_eq!(restored.referrers.len(), MAX_REFERRERS);
    assert_eq!(restored.privileges.len(), MAX_PRIVILEGES);
    assert_eq!(restored.items.len(), MAX_STORED_ITEMS);
}

#[test]
fn an_enormous_paste_does_not_lose_the_draft() {
    let draft = Draft { title: "Kept".to_owned(), summary: "a".repeat(10_000_000), ..Draft::default() };
    let restored = Draft::restore(&draft.store()).expect("a draft");
    assert_eq!(restored.title, "Kept");
}

#[test]
fn what_a_stored_draft_has_wrong_is_left_as_in_an_untouched_one() {
    let stored = r#"{"title": 7, "key": "soon", "items": [{}, 1], "referrers": "x", "tags": "mine"}"#;
    assert_eq!(Draft::restore(stored), Some(Draft { tags: "mine".to_owned(), ..Draft::default() }));
}

#[test]
fn an_id_is_typed_as_32_hexadecimal_digits_and_nothing_else() {
    let id = "0f".repeat(16);
    let item = Some(GrantedItem::unknown(ItemId(id.clone())));
    assert_eq!(GrantedItem::typed(&id), item);
    assert_eq!(GrantedItem::typed(&format!(" {} ", id.to_uppercase())), item);
    for other in ["", "0f", &id[1..], &format!("{id}0"), &id.replace('f', "g"), &id.replace("0f0f", "0f 0")] {
        assert_eq!(GrantedItem::typed(other), None, "{other:?}");
    }
}

#[test]
fn a_title_that_the_page_suggested_is_no_answer_until_it_is_changed() {
    let today = expiration::utc_date(crate::timestamp::Timestamp(0));
    let suggested = Draft { title: "Key".to_owned(), suggested_title: "Key".to_owned(), ..Draft::new(today) };
    assert!(!suggested.has_answers());
    let restored = Draft::restore(&suggested.store()).expect("it is stored");
    assert!(!restored.has_answers(), "nor after a reload");
    assert!(Draft { title: "My key".to_owned(), ..suggested.clone() }.has_answers());
    assert!(Draft { tags: "maps".to_owned(), ..suggested }.has_answers());
    assert!(Draft { title: "Key".to_owned(), ..Draft::new(today) }.has_answers());
}

#[test]
fn a_suggested_title_follows_the_referrers_until_the_person_types_one_or_creates() {
    let suggested = |mut draft: Draft, title: &str| {
        draft.suggest_title(title.to_owned());
        draft
    };
    let first = suggested(Draft::default(), "Key for a.example");
    let second = suggested(first.clone(), "Key for b.example");
    assert_eq!((second.title.as_str(), second.suggested_title.as_str()), ("Key for b.example", "Key for b.example"));
    let emptied = Draft { title: String::new(), ..first.clone() };
    assert_eq!(suggested(emptied, "Key for b.example"), second);
    let typed = Draft { title: "My key".to_owned(), ..first.clone() };
    assert_eq!(suggested(typed.clone(), "Key for b.example"), typed);
    let begun = Draft { operation: OperationId::parse(&"0".repeat(32)), ..first };
    assert!(begun.operation.is_some());
    assert_eq!(suggested(begun.clone(), "Key for b.example"), begun);
    let emptied = Draft { title: String::new(), ..begun };
    assert_eq!(suggested(emptied, "Key for b.example").title, "Key for b.example");
}

#[test]
fn a_suggested_date_is_no_answer_on_a_later_day_either() {
    let new_year = NaiveDate::from_ymd_opt(2026, 12, 31).expect("a date");
    let mut draft = Draft::new(new_year);
    let restored = Draft::restore(&draft.store()).expect("it is stored");
    assert!(restored.is_untouched(), "whatever day it is now");
    draft.suggest_expiration(new_year.succ_opt().expect("a date"));
    assert_eq!((draft.expiration.as_str(), draft.is_untouched()), ("2027-02-01", true));
    draft.set_expiration("2027-01-31".to_owned());
    assert!(draft.has_answers());
    let older = r#"{"expiration":"2027-01-31"}"#;
    let older = Draft::restore(older).expect("a draft of a version without suggestions");
    assert!(older.has_answers(), "it may have been typed");
}
