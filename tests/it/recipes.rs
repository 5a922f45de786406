//! What each key of a link, a recipe or an element's attribute does alone, and what is said of a value that cannot be.

use arcgis_key_wizard::i18n;
use key_wizard_core::credential::draft::{Draft, GrantedItem};
use key_wizard_core::credential::expiration;
use key_wizard_core::credential::prefill::{self, Here, Note};
use key_wizard_core::portal::id::{ItemId, PrivilegeId};
use key_wizard_core::timestamp::Timestamp;
use serde_json::{Value, json};

use crate::world::NOW_MS;

const PRIVATE: &str = "0123456789abcdef0123456789abcdef";
const PUBLIC: &str = "fedcba9876543210fedcba9876543210";

/// What one comes to with these keys over a title and a privilege, signed in as somebody without places.
fn filled(key: &str, value: Value) -> (Draft, Vec<String>) {
    let mut recipe = json!({"title": "Base", "privileges": "premium:user:basemaps"});
    recipe[key] = value;
    let now = Timestamp(NOW_MS);
    let here = Here { today: expiration::utc_date(now), now, knows_portal: &|id| id == "practice" };
    let filled = prefill::recipe(&recipe.to_string(), &here).expect("it is a recipe");
    let (mut draft, mut notes) = (filled.draft, filled.notes);
    let held = ["basemaps", "geocode", "geoenrichment"].map(|it| PrivilegeId(format!("premium:user:{it}")));
    notes.extend(draft.meet_privileges(&held));
    let found = [(PRIVATE, "private"), (PUBLIC, "public")].map(|(id, access)| GrantedItem {
        id: ItemId(id.to_owned()),
        title: "Parks".to_owned(),
        kind: "Web Map".to_owned(),
        access: access.to_owned(),
    });
    notes.extend(draft.meet_items(found.to_vec()));
    (draft, notes.iter().map(|note: &Note| i18n::prefill::sentence(note)).collect())
}

/// Everything that a draft holds, by the keys.
fn answers(draft: &Draft) -> Vec<(&'static str, String)> {
    let ids = |ids: &mut dyn Iterator<Item = &String>| ids.cloned().collect::<Vec<_>>().join(",");
    vec![
        ("expires", draft.expiration.clone()),
        ("referrers", draft.referrers.join(",")),
        ("privileges", ids(&mut draft.privileges.iter().map(|it| &it.0))),
        ("items", ids(&mut draft.items.iter().map(|it| &it.id.0))),
        ("title", draft.title.clone()),
        ("folder", draft.folder.clone()),
        ("tags", draft.tags.clone()),
        ("summary", draft.summary.clone()),
        ("portal", draft.portal.clone()),
    ]
}

#[test]
fn each_key_alone_fills_in_its_own_answer_and_no_other() {
    let (base, notes) = filled("tags", json!(""));
    assert_eq!(notes, Vec::<String>::new());
    for (key, value, expected) in [
        ("expires", "7d", "2026-11-30"),
        ("expires", "2026-12-31", "2026-12-31"),
        ("referrers", "https://a.example,http://localhost:5173", "https://a.example,http://localhost:5173"),
        ("privileges", "premium:user:geoenrichment", "premium:user:geoenrichment"),
        ("items", PRIVATE, PRIVATE),
        ("title", "Store finder & more", "Store finder & more"),
        ("folder", "Keys of ours", "Keys of ours"),
        ("folder", "", ""),
        ("tags", "a,b", "a,b"),
        ("summary", "For the shop", "For the shop"),
        ("portal", "practice", "practice"),
    ] {
        let (draft, notes) = filled(key, json!(value));
        assert_eq!(notes, Vec::<String>::new(), "{key}={value}");
        for ((name, answer), (_, before)) in answers(&draft).into_iter().zip(answers(&base)) {
            let own = name == key;
            assert_eq!(answer, if own { expected.to_owned() } else { before.clone() }, "{key}={value}: {name}");
            assert!(!own || answer != before, "{key}={value} changes nothing");
        }
    }
}

#[test]
fn a_bad_value_of_each_key_is_told_with_the_reason_and_the_rest_applies() {
    let (base, _) = filled("tags", json!(""));
    let long = "x".repeat(3_000);
    for (key, value, words) in [
        // A date that is too late is told in the browser's own words for dates, and so in the page alone.
        ("expires", "soon", "expires was left out: "),
        ("referrers", "evil", "evil was left out: "),
        ("privileges", "premium:user:basemaps,not one", "not one was left out: no key can have such a privilege."),
        (
            "privileges",
            "premium:user:basemaps,premium:user:places",
            "premium:user:places was left out: your account does not have this privilege.",
        ),
        ("items", "00ff", "00ff was left out: your organization has no item of that id"),
        ("items", "no id", "no id was left out: this is not the id of an item."),
        ("items", PUBLIC, "was left out: everybody can open this item"),
        ("title", &long, "title was left out: "),
        ("folder", &long, "folder was left out: "),
        ("tags", &long, "tags was left out: "),
        ("summary", &long, "summary was left out: "),
        ("preset", "maps", "preset was left out: this page knows no preset of that name."),
        ("portal", "elsewhere", "portal was left out: this page knows no portal of that id."),
        ("colour", "red", "colour was left out: there is no such key."),
    ] {
        let (draft, notes) = filled(key, json!(value));
        assert!(notes.len() == 1 && notes[0].contains(words), "{key}={value:.40}: {notes:?}");
        let mut expected = answers(&base);
        if key == "title" {
            expected.retain(|(name, _)| *name != "title");
            expected.insert(4, ("title", String::new()));
        }
        assert_eq!(answers(&draft), expected, "{key}={value:.40}");
    }
}
