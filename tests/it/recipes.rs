//! The effect of each key of a link, a recipe or an element's attribute, and the message for an invalid value.

use key_wizard_core::config::PortalChoice;
use key_wizard_core::credential::catalogue;
use key_wizard_core::credential::draft::{Draft, GrantedItem};
use key_wizard_core::credential::expiration;
use key_wizard_core::credential::notice::{Note, Rejection};
use key_wizard_core::credential::prefill::{self, ReadContext};
use key_wizard_core::credential::preset::Preset;
use key_wizard_core::credential::problem::{Field, Problem};
use key_wizard_core::portal::id::{ItemId, PrivilegeId};
use key_wizard_core::timestamp::Timestamp;
use serde_json::{Value, json};

use crate::world::NOW_MS;

const PRIVATE: &str = "0123456789abcdef0123456789abcdef";
const PUBLIC: &str = "fedcba9876543210fedcba9876543210";

/// The draft from these keys plus a title and a privilege, for a signed-in user without the places privilege.
fn filled(key: &str, value: Value) -> (Draft, Vec<Note>) {
    let mut recipe = json!({"title": "Base", "privileges": "premium:user:basemaps"});
    recipe[key] = value;
    let now = Timestamp(NOW_MS);
    let context = ReadContext {
        today: expiration::utc_date(now),
        now,
        knows_portal: &|id| id == "practice",
        to_ascii: &|_| None,
    };
    let filled = prefill::recipe(&recipe.to_string(), &context).expect("it is a recipe");
    let (mut draft, mut notes) = (filled.draft, filled.notes);
    let held = ["basemaps", "geocode", "geoenrichment"].map(|id| PrivilegeId(format!("premium:user:{id}")));
    let groups = catalogue::offered(&held);
    notes.extend(draft.reconcile_privileges(&groups));
    notes.extend(draft.reconcile_presets(&[map()], &groups));
    let found = [(PRIVATE, "private"), (PUBLIC, "public")].map(|(id, access)| GrantedItem {
        id: ItemId(id.to_owned()),
        title: "Parks".to_owned(),
        kind: "Web Map".to_owned(),
        access: access.to_owned(),
    });
    notes.extend(draft.reconcile_items(found.to_vec()));
    (draft, notes)
}

/// A preset that requires the initial values of every draft here.
fn map() -> Preset {
    let privileges = vec!["premium:user:basemaps".to_owned()];
    Preset { id: "show-a-map".to_owned(), privileges, ..Preset::default() }
}

fn answers(draft: &Draft) -> Vec<(&'static str, String)> {
    let ids = |ids: &mut dyn Iterator<Item = &String>| ids.cloned().collect::<Vec<_>>().join(",");
    vec![
        ("expires", draft.expiration.clone()),
        ("referrers", draft.referrers.join(",")),
        ("privileges", ids(&mut draft.privileges.iter().map(|privilege| &privilege.0))),
        ("items", ids(&mut draft.items.iter().map(|item| &item.id.0))),
        ("title", draft.title.clone()),
        ("folder", draft.folder.clone()),
        ("tags", draft.tags.clone()),
        ("summary", draft.summary.clone()),
        ("usage", draft.usage.name().to_owned()),
        ("preset", ids(&mut draft.presets.iter().map(|preset| &preset.id))),
        ("portal", draft.portal.as_ref().map_or("", PortalChoice::id).to_owned()),
    ]
}

#[test]
fn each_key_alone_fills_in_its_own_answer_and_no_other() {
    let (base, notes) = filled("tags", json!(""));
    assert_eq!(notes, Vec::<Note>::new());
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
        ("usage", "scripts", "scripts"),
        ("preset", "show-a-map", "show-a-map"),
        ("portal", "practice", "practice"),
    ] {
        let (draft, notes) = filled(key, json!(value));
        assert_eq!(notes, Vec::<Note>::new(), "{key}={value}");
        for ((name, answer), (_, before)) in answers(&draft).into_iter().zip(answers(&base)) {
            let own = name == key;
            assert_eq!(answer, if own { expected.to_owned() } else { before.clone() }, "{key}={value}: {name}");
            assert!(!own || answer != before, "{key}={value} changes nothing");
        }
    }
}

/// Why a value is omitted.
enum Reason {
    /// This reason.
    Is(Rejection),
    /// It breaks a rule of this field.
    Rule(Field),
}

#[test]
fn a_bad_value_of_each_key_is_reported_with_the_reason_and_the_rest_applies() {
    let (base, _) = filled("tags", json!(""));
    let long = "x".repeat(3_000);
    for (key, value, what, expected) in [
        ("expires", "soon", "expires", Reason::Rule(Field::Expiration)),
        ("expires", "2036-01-01", "expires", Reason::Rule(Field::Expiration)),
        ("referrers", "evil", "evil", Reason::Rule(Field::Referrers)),
        ("privileges", "premium:user:basemaps,not one", "not one", Reason::Is(Rejection::NoPrivilege)),
        (
            "privileges",
            "premium:user:basemaps,premium:user:places",
            "premium:user:places",
            Reason::Is(Rejection::NotHeld),
        ),
        ("items", "00ff", "00ff", Reason::Is(Rejection::NotFound)),
        ("items", "no id", "no id", Reason::Is(Rejection::NoItem)),
        ("items", PUBLIC, PUBLIC, Reason::Is(Rejection::Public)),
        ("title", &long, "title", Reason::Rule(Field::Title)),
        ("folder", &long, "folder", Reason::Rule(Field::Folder)),
        ("tags", &long, "tags", Reason::Rule(Field::Tags)),
        ("summary", &long, "summary", Reason::Rule(Field::Summary)),
        ("usage", "server", "usage", Reason::Is(Rejection::NoUsage)),
        ("preset", "maps", "maps", Reason::Is(Rejection::NoPreset)),
        ("preset", "evil.example", "preset", Reason::Is(Rejection::NoPreset)),
        ("portal", "elsewhere", "portal", Reason::Is(Rejection::NoPortal)),
        ("colour", "red", "colour", Reason::Is(Rejection::UnknownKey)),
    ] {
        let (draft, notes) = filled(key, json!(value));
        let [note] = notes.as_slice() else { panic!("{key}={value:.40}: {notes:?}") };
        let is_expected = match (&expected, &note.why) {
            (Reason::Rule(field), Rejection::Rule(Problem { field: broken, .. })) => field == broken,
            (Reason::Is(why), found) => why == found,
            (Reason::Rule(_), _) => false,
        };
        assert!(note.what == what && is_expected, "{key}={value:.40}: {notes:?}");
        let mut expected = answers(&base);
        if key == "title" {
            expected.retain(|(name, _)| *name != "title");
            expected.insert(4, ("title", String::new()));
        }
        assert_eq!(answers(&draft), expected, "{key}={value:.40}");
    }
}
