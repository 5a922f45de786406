mod account;
mod write;

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::config::PortalChoice;
use crate::credential::draft::{GrantedItem, KeyChoice, Usage};
use crate::credential::expiration::ExpirationProblem;
use crate::credential::notice::{Notice, Outcome, Rejection, Source};
use crate::credential::problem::{Field, Problem, Rule};
use crate::portal::id::{ItemId, PrivilegeId};
use crate::route::Step;

const NOW: Timestamp = Timestamp(1_795_422_600_000); // 2026-11-23T08:30:00Z
const PAGE: &str = "https://keys.example.com/tools/";

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real date")
}

fn context() -> ReadContext<'static> {
    ReadContext { today: today(), now: NOW, knows_portal: &|id| id == "arcgis", to_ascii: &|_| None }
}

#[track_caller]
fn read_link(query: &str) -> Filled {
    link(query, &context()).expect(query)
}

/// Checks the notes on a link, and returns the draft with everything else applied.
#[track_caller]
fn check_notes(query: &str, expected: &[(&str, Rejection)]) -> Draft {
    let filled = read_link(query);
    let expected: Vec<Note> =
        expected.iter().map(|(what, why)| Note { what: (*what).to_owned(), why: why.clone() }).collect();
    assert_eq!(filled.notes, expected, "{query}");
    filled.draft
}

/// Checks a link that is applied without a note.
#[track_caller]
fn check_draft(query: &str, change: impl FnOnce(&mut Draft)) {
    let mut expected = Draft::new(today());
    change(&mut expected);
    assert_eq!(check_notes(query, &[]), expected, "{query}");
}

/// Checks which fields a link fills in, and whether nothing is left to ask.
#[track_caller]
fn check_filled(query: &str, fields: &[Field], answers: bool) {
    let filled = read_link(query);
    assert_eq!((&*filled.fields, filled.answers_everything(NOW)), (fields, answers), "{query}");
}

#[test]
fn the_parts_of_a_link_are_found_by_whatever_separates_them() {
    let between = ["&", "&amp;", ";"];
    for between in between {
        let query = ["expires=30d", "referrers=https://a.example", "title=a;b"].join(between);
        check_draft(&query, |draft| {
            draft.expiration = "2026-12-23".to_owned();
            draft.referrers = vec!["https://a.example".to_owned()];
            draft.title = "a;b".to_owned();
        });
    }
}

#[test]
fn a_notice_says_on_each_step_what_was_filled_in_there() {
    let filled = vec![Field::Referrers, Field::Privileges, Field::Title];
    let notice = Notice { filled, is_replacement: true, ..Notice::new(Outcome::Filled(Source::Link)) };
    let on = |step| notice.on(step).map(|notice| (notice.filled, notice.is_replacement));
    assert_eq!(on(Step::Credentials), Some((notice.filled.clone(), true)));
    assert_eq!(on(Step::Privileges), Some((vec![Field::Privileges], false)));
    assert_eq!(on(Step::ItemAccess), None);
    assert_eq!(on(Step::Details), Some((vec![Field::Title], false)));
    assert_eq!(on(Step::Summary), Some((notice.filled.clone(), true)));
    let refused = Notice::new(Outcome::Refused(Source::Link, Rejection::TooLong));
    assert_eq!(refused.on(Step::ItemAccess), Some(refused.clone()));
}

#[test]
fn a_link_says_what_it_fills_in_and_whether_it_answers_everything() {
    use Field::{Expiration, Folder, Items, Privileges, Referrers, Tags, Title};
    let full = "expires=90d&referrers=https://a.example&privileges=premium:user:basemaps&title=T";
    check_filled(full, &[Expiration, Referrers, Privileges, Title], true);
    check_filled(
        &full.replace("privileges=premium:user:basemaps", "items=0f"),
        &[Expiration, Referrers, Items, Title],
        true,
    );
    check_filled(
        &full.replace("premium:user:basemaps", "portal:admin:viewUsers"),
        &[Expiration, Referrers, Privileges, Title],
        true,
    );
    check_filled(
        &full.replace("privileges=premium:user:basemaps", "preset=directions"),
        &[Expiration, Referrers, Privileges, Title],
        true,
    );
    // Decided on the Summary.
    check_filled(&full.replace("https://a.example", "a.example"), &[Expiration, Privileges, Title], true);
    check_filled(&full.replace("90d", "soon"), &[Referrers, Privileges, Title], true);
    // Not given at all.
    check_filled(
        "referrers=https://a.example&privileges=premium:user:basemaps&title=T",
        &[Referrers, Privileges, Title],
        false,
    );
    check_filled("expires=90d&privileges=premium:user:basemaps&title=T", &[Expiration, Privileges, Title], false);
    let without = "expires=90d&privileges=premium:user:basemaps&title=T&usage=";
    for (usage, answers) in [("scripts", true), ("native", true), ("web-page", false)] {
        check_filled(&[without, usage].concat(), &[Expiration, Privileges, Title], answers);
    }
    check_filled("expires=90d&referrers=https://a.example&title=T", &[Expiration, Referrers, Title], false);
    check_filled(&[full, "&title=%01"].concat().replace("title=T&", ""), &[Expiration, Referrers, Privileges], false);
    check_filled("folder=&tags=a&colour=red", &[Folder, Tags], false);
    check_filled("", &[], false);
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
    texts.iter().map(|text| id(text)).collect()
}

fn item(text: &str, access: &str) -> GrantedItem {
    GrantedItem {
        id: ItemId(text.to_owned()),
        title: format!("Title of {text}"),
        kind: "Web Map".to_owned(),
        access: access.to_owned(),
    }
}

fn rule(field: Field, rule: Rule) -> Rejection {
    Rejection::Rule(Problem { field, rule })
}

/// A draft with a value for every key, as on the Summary.
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
    draft.portal = Some(PortalChoice::configured("arcgis"));
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
        draft.portal = Some(PortalChoice::configured("arcgis"));
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
    let what: Vec<&str> = filled.notes.iter().map(|note| note.what.as_str()).collect();
    assert_eq!(what, ["b.example", "https://A.example/", "*", "https://c.example/map"]);
    assert!(matches!(
        &filled.notes[1].why,
        Rejection::Rule(Problem { rule: Rule::RepeatedReferrer { entry }, .. }) if entry == "https://a.example"
    ));
}

#[test]
fn a_list_that_is_too_long_is_left_out_as_a_whole() {
    for (key, field, max) in [("items", Field::Items, 100), ("privileges", Field::Privileges, 1000)] {
        let list = |count: usize| (0..count).map(|number| format!("a{number},")).collect::<String>();
        let why = rule(field, Rule::TooMany { max, count: max + 1 });
        let draft = check_notes(&format!("{key}={}", list(max + 1)), &[(key, why)]);
        assert_eq!(Draft { unresolved: Vec::new(), ..draft }, Draft::new(today()));
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
        ("portal:app:access:item:0f", Rejection::NoPrivilege),
        ("portal:apikey:x", Rejection::NoPrivilege),
        ("a b", Rejection::NoPrivilege),
        ("<b>", Rejection::NoPrivilege),
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
        &[("https://a.example/0f", Rejection::NoItem), ("0f OR 1", Rejection::NoItem)],
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
            ("colour", Rejection::UnknownKey),
            ("title", Rejection::Repeated),
            ("token", Rejection::UnknownKey),
            ("summary", Rejection::Encoding),
            ("tags", Rejection::Encoding),
            ("Title", Rejection::UnknownKey),
        ],
    );
    assert_eq!((draft.title.as_str(), draft.folder.as_str(), draft.summary.as_str()), ("A", "F", ""));
}

#[test]
fn the_portal_that_was_chosen_before_a_recipe_stays_unless_the_recipe_names_one() {
    let before =
        Draft { portal: Some(PortalChoice::configured("mine")), title: "Typed".to_owned(), ..Draft::new(today()) };
    let recipe = |text| recipe(text, &context()).expect(text);
    let over = |filled: Filled, source| filled.over(&before, source);
    assert_eq!(over(recipe("{\"title\": \"Maps\"}"), Source::Recipe).portal, Some(PortalChoice::configured("mine")));
    assert_eq!(
        over(recipe("{\"portal\": \"arcgis\"}"), Source::Recipe).portal,
        Some(PortalChoice::configured("arcgis"))
    );
    assert_eq!(over(read_link("title=Maps"), Source::Link).portal, None);
    let told = over(recipe("{\"title\": \"Maps\", \"colour\": \"red\"}"), Source::Recipe).notice.expect("it is told");
    assert!(told.is_replacement && told.filled == [Field::Title] && told.left_out.len() == 1, "{told:?}");
    assert_eq!(over(recipe("{}"), Source::Page).notice, None);
}

#[test]
fn presets_and_portals_nobody_knows_are_noted() {
    let draft = check_notes(
        "preset=evil.example&portal=https://evil.example",
        &[("preset", Rejection::NoPreset), ("portal", Rejection::NoPortal)],
    );
    assert_eq!((draft.portal, draft.wanted_presets.len()), (None, 0));
    let mut draft = check_notes("preset=maps,show-a-map,maps", &[]);
    assert_eq!(draft.wanted_presets, ["maps", "show-a-map"], "each once");
    let notes = draft.reconcile_presets(&[], &[]);
    assert_eq!(notes.iter().map(|note| note.what.as_str()).collect::<Vec<_>>(), ["maps", "show-a-map"]);
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
    assert_eq!(filled.notes.last(), Some(&Note { what: "70".to_owned(), why: Rejection::More }));
}

#[test]
fn an_oversized_link_or_recipe_is_refused_as_a_whole() {
    assert_eq!(link(&"x".repeat(MAX_LINK + 1), &context()), Err(Rejection::TooLong));
    assert!(link(&["title=", &"x".repeat(MAX_LINK - 6)].concat(), &context()).is_ok());
    assert_eq!(recipe(&" ".repeat(MAX_RECIPE + 1), &context()), Err(Rejection::TooLong));
}

#[test]
fn a_recipe_that_is_no_json_object_is_refused() {
    for text in ["", "null", "[]", "title: x", &"[".repeat(100_000)] {
        assert_eq!(recipe(text, &context()), Err(Rejection::NotARecipe), "{text:.20}");
    }
    for (text, line, column) in
        [("{", 1, 1), ("\u{feff}\n{\n  \"title\": \"a\",\n}", 4, 1), ("{\"title\" \"a\"}", 1, 10)]
    {
        assert_eq!(recipe(text, &context()), Err(Rejection::NotJson { line, column }), "{text}");
    }
}

#[test]
fn a_recipe_is_read_as_strictly_as_a_link() {
    let text = "\u{feff}{\"$schema\": \"recipe.schema.json\", \"expires\": 90, \"referrers\": [\"https://a.example\", 7],
        \"privileges\": [\"premium:user:basemaps\", \"portal:admin:viewUsers\"], \"items\": \"0f,a1\", \"title\": [\"x\"],
        \"summary\": null, \"tags\": \"a, b\", \"client_secret\": \"s3cret\", \"tags\": \"c\"}";
    let filled = recipe(text, &context()).expect("an object");
    let notes: Vec<(&str, &Rejection)> = filled.notes.iter().map(|note| (note.what.as_str(), &note.why)).collect();
    assert_eq!(
        notes,
        [
            ("expires", &Rejection::Kind),
            ("referrers", &Rejection::Kind),
            ("title", &Rejection::Kind),
            ("summary", &Rejection::Kind),
            ("client_secret", &Rejection::UnknownKey),
            ("tags", &Rejection::Repeated),
        ]
    );
    assert_eq!(filled.draft.privileges.len(), 1);
    assert_eq!(filled.draft.withheld.len(), 1);
    assert_eq!(filled.draft.items.len(), 2);
    assert_eq!(filled.draft.tags, "a, b");
    let filled = recipe(r#"{"tags": ["a", "b"]}"#, &context()).expect("an object");
    assert_eq!((filled.notes, filled.draft.tags.as_str()), (Vec::new(), "a,b"));
}

#[test]
fn a_link_says_where_the_key_is_used_and_a_web_page_gets_nothing_for_private_use() {
    let private = |id: &'static str| (id, Rejection::PrivateUse);
    let query = "usage=web-page&privileges=premium:user:basemaps,portal:user:createItem,portal:admin:viewUsers";
    let draft = check_notes(query, &[private("portal:user:createItem"), private("portal:admin:viewUsers")]);
    assert_eq!((draft.usage, draft.privileges.len(), draft.withheld.len()), (Usage::WebPage, 1, 0));
    for (name, usage) in [("scripts", Usage::Scripts), ("native", Usage::Native), ("", Usage::Unsure)] {
        let draft = check_notes(&format!("usage={name}&privileges=portal:user:createItem"), &[]);
        assert_eq!((draft.usage, draft.privileges.len()), (usage, 1));
    }
    assert_eq!(check_notes("usage=Scripts", &[("usage", Rejection::NoUsage)]).usage, Usage::Unsure);
}

#[test]
fn where_a_web_page_may_have_been_meant_nothing_for_private_use_is_chosen() {
    let private = Note { what: "portal:user:createItem".to_owned(), why: Rejection::PrivateUse };
    for usage in [
        "usage=webpage",
        "usage=%zz",
        "usage=scripts&usage=web-page",
        "Usage=web-page",
        "amp;usage=web-page",
        "usage[]=web-page",
        "usage%5B0%5D=web-page",
        "key-usage=web-page",
        "used_in=web-page",
        "use=web-page",
    ] {
        let filled = read_link(&format!("{usage}&privileges=premium:user:basemaps,portal:user:createItem"));
        assert_eq!(filled.draft.privileges, ids(&["premium:user:basemaps"]), "{usage}");
        assert!(filled.notes.contains(&private) && filled.notes.len() == 2, "{usage}: {:?}", filled.notes);
    }
    for usage in [r#""usage": ["web-page"]"#, r#""key": {"usage": "web-page"}"#] {
        let recipe = format!(r#"{{{usage}, "privileges": "portal:user:createItem"}}"#);
        assert_eq!(super::recipe(&recipe, &context()).expect("a recipe").draft.privileges, [], "{recipe}");
    }
}
