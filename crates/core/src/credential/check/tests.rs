use super::*;
use crate::credential::draft::{GrantedItem, KeyChoice};
use crate::credential::expiration::ExpirationProblem;

/// 2026-11-23 12:00 UTC.
const NOW: Timestamp = Timestamp(1_795_435_200_000);

/// A draft without problems.
fn draft() -> Draft {
    Draft {
        expiration: "2026-12-23".to_owned(),
        referrers: vec!["https://app.example.com".to_owned()],
        privileges: [PrivilegeId("premium:user:basemaps".to_owned())].into(),
        title: " My API key credential ".to_owned(),
        ..Draft::default()
    }
}

fn item(id: &str) -> GrantedItem {
    GrantedItem { id: ItemId(id.to_owned()), title: String::new(), kind: String::new(), access: String::new() }
}

#[track_caller]
fn spec(change: impl FnOnce(&mut Draft)) -> Spec {
    let mut draft = draft();
    change(&mut draft);
    draft.check(NOW).expect("no problem")
}

#[track_caller]
fn check(change: impl FnOnce(&mut Draft), expected: &[(Field, Rule)]) {
    let mut draft = draft();
    change(&mut draft);
    let expected: Vec<Problem> =
        expected.iter().map(|(field, rule)| Problem { field: *field, rule: rule.clone() }).collect();
    assert_eq!(draft.check(NOW).expect_err("a problem"), expected);
}

#[track_caller]
fn check_title(title: &str, expected: Rule) {
    check(|draft| draft.title = title.to_owned(), &[(Field::Title, expected)]);
}

#[test]
fn a_good_draft_becomes_a_spec() {
    let spec = spec(|_| ());
    assert_eq!(spec.title(), "My API key credential");
    assert_eq!(spec.folder(), Some("Developer credentials"));
    assert_eq!(spec.expiration().at(), Timestamp(1_798_070_399_999));
    assert_eq!(spec.referrers()[0].as_str(), "https://app.example.com");
    assert_eq!(spec.key(), KeyChoice::Now);
}

#[test]
fn every_problem_is_reported_at_once_in_the_order_of_the_walk() {
    let draft = Draft { summary: "\u{7}".to_owned(), tags: "\u{202e}".to_owned(), ..Draft::default() };
    let fields: Vec<Field> = draft.check(NOW).expect_err("problems").iter().map(|problem| problem.field).collect();
    assert_eq!(fields, [Field::Expiration, Field::Privileges, Field::Title, Field::Tags, Field::Summary]);
}

#[test]
fn a_key_that_could_do_nothing_is_refused() {
    check(|draft| draft.privileges.clear(), &[(Field::Privileges, Rule::NothingGranted)]);
    let spec = spec(|draft| {
        draft.privileges.clear();
        draft.items.push(item("0f"));
    });
    assert_eq!(spec.items(), [ItemId("0f".to_owned())]);
}

#[test]
fn each_step_answers_for_its_own_fields_and_the_summary_for_all() {
    let draft = Draft { expiration: "soon".to_owned(), ..Draft::default() };
    let rules = |step| draft.check_step(step, NOW).into_iter().map(|problem| problem.rule).collect::<Vec<_>>();
    let no_date = || Rule::Expiration(ExpirationProblem::NotADate);
    assert_eq!(rules(Step::Credentials), [no_date()]);
    assert_eq!(rules(Step::Privileges), []);
    assert_eq!(rules(Step::ItemAccess), []);
    assert_eq!(rules(Step::Details), [Rule::Required]);
    assert_eq!(rules(Step::Summary), [no_date(), Rule::NothingGranted, Rule::Required]);
}

#[test]
fn a_title_is_required_and_must_be_seen() {
    for blank in ["", " \t ", "\u{a0}", "\u{200b}\u{feff}", "\u{200f}", "\u{3164}", "\u{2800}", "\u{e0020}"] {
        check_title(blank, Rule::Required);
    }
}

#[test]
fn titles_are_counted_in_characters() {
    assert_eq!(spec(|draft| draft.title = "🗺".repeat(250)).title().chars().count(), 250);
    check_title(&"é".repeat(251), Rule::TooLong { max: 250, count: 251 });
    check_title(&"a".repeat(10_000), Rule::TooLong { max: 250, count: 10_000 });
}

#[test]
fn emoji_and_right_to_left_text_are_titles_like_any_other() {
    for title in ["👩‍👩‍👧‍👦 מפה", "مفتاح الخريطة", "mark \u{200e}x", "Ключ <b>&amp;</b>", "नक्शा", "#1; DROP TABLE"]
    {
        assert_eq!(spec(|draft| draft.title = title.to_owned()).title(), title);
    }
}

#[test]
fn characters_that_hide_or_turn_text_are_refused() {
    for character in
        ['\0', '\u{7}', '\n', '\r', '\u{7f}', '\u{85}', '\u{2028}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}']
    {
        let rule = Rule::ControlCharacter { character };
        let text = format!("a{character}b");
        check_title(&text, rule.clone());
        check(|draft| draft.folder = text.clone(), &[(Field::Folder, rule.clone())]);
        check(|draft| draft.tags = format!("x,{text}"), &[(Field::Tags, rule)]);
    }
}

#[test]
fn an_empty_folder_is_the_root() {
    assert_eq!(spec(|draft| draft.folder = " \u{200b}".to_owned()).folder(), None);
    check(|draft| draft.folder = "f".repeat(251), &[(Field::Folder, Rule::TooLong { max: 250, count: 251 })]);
}

#[test]
fn tags_are_trimmed_and_compared_without_capitals() {
    let spec = spec(|draft| draft.tags = " api key,, Maps ,maps,ＭＡＰＳ, \u{200b},".to_owned());
    assert_eq!(spec.tags(), ["api key", "Maps", "ＭＡＰＳ"]);
}

#[test]
fn tags_have_limits() {
    let long = "t".repeat(129);
    let tag = format!("{}…", "t".repeat(80));
    check(|draft| draft.tags = format!("a,{long}"), &[(Field::Tags, Rule::LongTag { tag, max: 128 })]);
    let many: Vec<String> = (0..129).map(|number| number.to_string()).collect();
    check(|draft| draft.tags = many.join(","), &[(Field::Tags, Rule::TooMany { max: 128, count: 129 })]);
    assert_eq!(spec(|draft| draft.tags = many[..128].join(",")).tags().len(), 128);
}

#[test]
fn a_summary_pasted_in_lines_becomes_one_line() {
    let spec = spec(|draft| draft.summary = " For the map\r\n\tof  trees.\n".to_owned());
    assert_eq!(spec.summary(), "For the map of trees.");
    check(|draft| draft.summary = "s".repeat(2049), &[(Field::Summary, Rule::TooLong { max: 2048, count: 2049 })]);
    check(
        |byte| byte.summary = "a\u{202e}b".to_owned(),
        &[(Field::Summary, Rule::ControlCharacter { character: '\u{202e}' })],
    );
}

#[test]
fn a_hundred_items_are_the_most() {
    let items = |count: usize| (0..count).map(|number| item(&format!("{number:032x}"))).collect::<Vec<_>>();
    let spec = spec(|draft| draft.items = [items(100), items(100)].concat());
    assert_eq!(spec.items().len(), 100);
    check(|draft| draft.items = items(101), &[(Field::Items, Rule::TooMany { max: 100, count: 101 })]);
}

#[test]
fn a_stored_privilege_cannot_smuggle_in_an_item() {
    for id in ["portal:app:access:item:0f", "PORTAL:app:access:item:0f", "a b", "a\"]", "", "ä:b"] {
        let rule = Rule::UnreadableId { id: id.to_owned() };
        check(|draft| draft.privileges = [PrivilegeId(id.to_owned())].into(), &[(Field::Privileges, rule)]);
    }
    for id in ["", "../0f", "0f,premium:user:places", "0f\"", &"0".repeat(65)] {
        let rule = Rule::UnreadableId { id: id.to_owned() };
        check(|draft| draft.items = vec![item(id)], &[(Field::Items, rule)]);
    }
}

#[test]
fn a_pending_entry_counts() {
    let spec = spec(|draft| draft.referrer_entry = "https://b.example".to_owned());
    assert_eq!(spec.referrers().len(), 2);
    let mut draft = draft();
    draft.referrer_entry = "b.example".to_owned();
    let problems = draft.check_step(Step::Credentials, NOW);
    assert!(
        matches!(&problems[..], [Problem { field: Field::Referrers, rule: Rule::Referrer { entry, .. } }] if entry == "b.example")
    );
}

#[test]
fn text_in_the_field_for_items_that_is_no_id_holds_the_step() {
    let mut draft = Draft { item_entry: "0f1e2d ".to_owned(), ..draft() };
    let problems = draft.check_step(Step::ItemAccess, NOW);
    let rule = Rule::UnfinishedItem { entry: "0f1e2d".to_owned() };
    assert_eq!(problems, [Problem { field: Field::Items, rule }]);
    draft.enter_items(" ");
    assert_eq!(draft.check_step(Step::ItemAccess, NOW), []);
}

#[test]
fn a_stored_referrer_is_checked_like_a_typed_one() {
    check(
        |draft| draft.referrers = vec!["https://a.example".to_owned(), "HTTPS://A.example/".to_owned()],
        &[(Field::Referrers, Rule::RepeatedReferrer { entry: "HTTPS://A.example/".to_owned() })],
    );
    let many: Vec<String> = (0..1001).map(|number| format!("https://h{number}.example")).collect();
    check(|draft| draft.referrers = many.clone(), &[(Field::Referrers, Rule::TooMany { max: 1000, count: 1001 })]);
    assert_eq!(spec(|draft| draft.referrers = many[..500].to_vec()).referrers().len(), 500);
}
