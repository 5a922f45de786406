use super::*;
use crate::credential::draft::{Draft, GrantedItem};
use crate::credential::prefill::{self, ReadContext};
use crate::credential::problem::{Problem, Rule};
use crate::credential::spec::Spec;
use crate::portal::id::{ItemId, PrivilegeId};
use crate::route::Step;
use crate::timestamp::Timestamp;
use crate::wizard::Wizard;

const NOW: Timestamp = Timestamp(1_795_422_600_000); // 2026-11-23T08:30:00Z

fn context() -> ReadContext<'static> {
    let today = "2026-11-23".parse().expect("a date");
    ReadContext { today, now: NOW, knows_portal: &|id| id == "arcgis", to_ascii: &|_| None }
}

/// The draft of a link that also sets everything a key needs.
fn draft(query: &str) -> Draft {
    let query = format!("title=T&privileges=premium:user:basemaps&{query}");
    prefill::link(&query, &context()).expect("a link").draft
}

fn create(draft: &Draft) -> Result<Spec, Vec<Problem>> {
    draft.check(NOW)
}

#[track_caller]
fn check_held(draft: &Draft, fields: &[Field]) {
    let problems: Vec<_> = create(draft).err().unwrap_or_default();
    let expected: Vec<_> = fields.iter().map(|field| Problem { field: *field, rule: Rule::Unresolved }).collect();
    assert_eq!(problems, expected, "{draft:?}");
}

fn suggestions(draft: &Draft) -> Vec<&str> {
    draft.unresolved.iter().map(|unresolved| unresolved.suggestion.as_ref().map_or("", Referrer::as_str)).collect()
}

#[test]
fn referrers_that_cannot_be_read_hold_create_until_each_is_decided() {
    let mut draft = draft("referrers=https://mailx.github.io/detect,*.example.com,localhost:5173");
    check_held(&draft, &[Field::Referrers]);
    assert_eq!(suggestions(&draft), ["https://mailx.github.io", "https://*.example.com", "http://localhost:5173"]);
    for place in 0..3 {
        check_held(&draft, &[Field::Referrers]);
        let suggestion = draft.unresolved[0].suggestion.clone().expect("a suggestion");
        draft.use_suggestion(&suggestion);
        assert_eq!(draft.referrers.len(), place + 1);
    }
    let spec = create(&draft).expect("everything is decided");
    let referrers: Vec<_> = spec.referrers.iter().map(Referrer::as_str).collect();
    assert_eq!(referrers, ["https://mailx.github.io", "https://*.example.com", "http://localhost:5173"]);
}

/// Covers an author's possible spellings of a restriction.
#[test]
fn no_way_to_misname_a_restriction_makes_a_key_without_it() {
    for (query, restriction) in [
        ("expiry=7d", Restriction::Expiration),
        ("expires_in=7d", Restriction::Expiration),
        ("Expires-At=2026-12-01", Restriction::Expiration),
        ("validUntil=2026-12-01", Restriction::Expiration),
        ("max-age=7d", Restriction::Expiration),
        ("end_date=2026-12-01", Restriction::Expiration),
        ("notAfter=2026-12-01", Restriction::Expiration),
        ("deadline=2026-12-01", Restriction::Expiration),
        ("expires=7+days", Restriction::Expiration),
        ("expires=01.12.2026", Restriction::Expiration),
        ("expires=P7D", Restriction::Expiration),
        ("experies=7d", Restriction::Expiration),
        ("%72eferers=https://a.example", Restriction::Referrers),
        ("referrers%5B0%5D=https://a.example", Restriction::Referrers),
        ("referrers[]=https://a.example", Restriction::Referrers),
        ("referrerUrls=https://a.example", Restriction::Referrers),
        ("http_referrer=https://a.example", Restriction::Referrers),
        ("allowed-domains=a.example", Restriction::Referrers),
        ("allowed_urls=https://a.example", Restriction::Referrers),
        ("allow=https://a.example", Restriction::Referrers),
        ("hostnames=a.example", Restriction::Referrers),
        ("cors=https://a.example", Restriction::Referrers),
        ("url=https://a.example", Restriction::Referrers),
        ("restrictions=https://a.example", Restriction::Referrers),
        ("referrers=https%253A%252F%252Fa.example", Restriction::Referrers),
        ("referrers=https://a.example%3Bhttps://b.example", Restriction::Referrers),
        ("referrers=none", Restriction::Referrers),
        ("item_id=0f", Restriction::Items),
        ("items=https://www.arcgis.com/home/item.html?id%3D0f", Restriction::Items),
        ("portalUrl=https://gis.example.com", Restriction::Portal),
        ("organization=acme", Restriction::Portal),
    ] {
        let draft = draft(query);
        let held: Vec<_> = draft.unresolved.iter().map(|unresolved| unresolved.restriction).collect();
        assert!(!held.is_empty() && held.iter().all(|held| *held == restriction), "{query}: {held:?}");
        check_held(&draft, &[restriction.field()]);
    }
    for query in ["colour=red", "token=abc", "utm_source=docs", "lang=de", "name=Key", "theme=dark", "amp%3Btags=a"] {
        assert_eq!(draft(query).unresolved, [], "{query}");
    }
}

#[test]
fn restrictions_of_a_recipe_in_another_object_or_of_another_kind_hold_create_too() {
    for (more, restriction) in [
        (r#""key":{"referrers":["https://a.example"]}"#, Restriction::Referrers),
        (r#""credential":{"limits":[{"expires":"7d"}]}"#, Restriction::Expiration),
        (r#""restrictions":{"web":"https://a.example"}"#, Restriction::Referrers),
        (r#""referrers":{"0":"https://a.example"}"#, Restriction::Referrers),
        (r#""referrers":null"#, Restriction::Referrers),
        (r#""expires":7"#, Restriction::Expiration),
        (r#""expires":{"days":7}"#, Restriction::Expiration),
    ] {
        let recipe = format!(r#"{{"title":"T","privileges":"premium:user:basemaps",{more}}}"#);
        let filled = prefill::recipe(&recipe, &context()).expect("a recipe");
        let held: Vec<_> = filled.draft.unresolved.iter().map(|unresolved| unresolved.restriction).collect();
        assert!(held.contains(&restriction), "{recipe}: {held:?}");
    }
}

#[test]
fn a_referrer_of_the_persons_own_is_an_answer_and_so_is_none_at_all() {
    let held = draft("referrers=*.com,mailto:me");
    assert_eq!(suggestions(&held), ["", ""]);
    let mut own = held.clone();
    own.referrer_entry = "https://own.example".to_owned();
    assert_eq!(own.add_referrers(), Ok(()));
    check_held(&own, &[]);
    let mut anywhere = held.clone();
    anywhere.resolve(Restriction::Referrers);
    assert_eq!(create(&anywhere).expect("said in so many words").referrers, []);
    let mut left_out = held;
    let asked = left_out.unresolved.clone();
    asked.iter().for_each(|unresolved| left_out.leave_out(unresolved));
    assert_eq!(left_out.unresolved, asked, "none is left out in silence where nothing else restricts the key");
    left_out.referrers = vec!["https://own.example".to_owned()];
    for unresolved in asked {
        check_held(&left_out, &[Field::Referrers]);
        left_out.leave_out(&unresolved);
    }
    check_held(&left_out, &[]);
}

#[test]
fn every_restriction_that_is_lost_holds_create_however_it_was_lost() {
    let table: &[(&str, &[Field])] = &[
        ("referrers=https://a.example", &[]),
        ("referrers=", &[]),
        ("referrers=https://a.example,https://a.example", &[]),
        ("referrers=https://a.example,b.example", &[Field::Referrers]),
        ("referrers=b.example,https://a.example", &[Field::Referrers]),
        ("referrers=%zz", &[Field::Referrers]),
        ("referrers=&referrers=https://a.example", &[Field::Referrers]),
        ("Referrers=https://a.example", &[Field::Referrers]),
        ("referer=a.example", &[Field::Referrers]),
        ("refferers=a.example", &[Field::Referrers]),
        ("allowedOrigins=a.example", &[Field::Referrers]),
        ("expires=7d", &[]),
        ("expires=", &[]),
        // The default of a month is shorter.
        ("expires=400d", &[]),
        ("expires=7+days", &[Field::Expiration]),
        ("expires=tomorrow", &[Field::Expiration]),
        ("expires=2026-11-01", &[Field::Expiration]),
        ("expires=%FF", &[Field::Expiration]),
        ("expires=90d&expires=1d", &[Field::Expiration]),
        ("expiration=1d", &[Field::Expiration]),
        ("items=https://a.example/home/item.html?id%3D0f", &[Field::Items]),
        ("item=0f", &[Field::Items]),
        ("portal=arcgis", &[]),
        ("portal=https://gis.example.com", &[Field::Portal]),
        ("%72eferrers.example=%zz", &[]),
        ("title=Map;referer=https://a", &[Field::Referrers]),
        ("expries=1d", &[Field::Expiration]),
        ("itmes=0f", &[Field::Items]),
        ("recipe=", &[]),
        ("recipe=x", &[Field::Referrers]),
        ("sitemap=1&originalTitle=a&preferences=b&utm_source=c&portalTheme=d&time=e&ref=f", &[]),
        ("colour=red&summary=%zz&title=Other&tags=a", &[]),
    ];
    for (query, fields) in table {
        check_held(&draft(query), fields);
    }
    check_held(&draft(&format!("referrers={}", "a,".repeat(1001))), &[Field::Referrers]);
    let many: String = (0..1000).map(|number| format!("a{number},")).collect();
    check_held(&draft(&format!("referrers={many}&expires=soon")), &[Field::Expiration, Field::Referrers]);
}

#[test]
fn items_the_portal_does_not_show_hold_create_and_public_ones_do_not() {
    let found = |id: &str, access: &str| GrantedItem {
        access: access.to_owned(),
        ..GrantedItem::unknown(ItemId(id.to_owned()))
    };
    let mut public = draft("items=0f,a1");
    public.reconcile_items(vec![found("0f", "public"), found("a1", "org")]);
    check_held(&public, &[]);
    // Without any item, editing reaches every layer.
    let mut widened = draft("items=0f");
    widened.choose_privilege(PrivilegeId("features:user:edit".to_owned()), true);
    widened.reconcile_items(vec![found("0f", "public")]);
    check_held(&widened, &[Field::Items]);
    let mut narrowed = draft("items=0f,a1");
    narrowed.choose_privilege(PrivilegeId("features:user:edit".to_owned()), true);
    narrowed.reconcile_items(vec![found("0f", "public"), found("a1", "org")]);
    check_held(&narrowed, &[]);
    let mut lost = draft("items=0f,a1");
    lost.reconcile_items(vec![found("a1", "org")]);
    check_held(&lost, &[Field::Items]);
    assert_eq!(lost.unresolved[0].text, "0f");
    let mut chosen = lost.clone();
    chosen.set_items(lost.items.clone());
    check_held(&chosen, &[Field::Items]);
    chosen.set_items(vec![found("b2", "org")]);
    check_held(&chosen, &[]);
    let mut silent = draft("items=0f");
    silent.leave_out_unknown_items(crate::portal::error::Error::Unreachable);
    check_held(&silent, &[Field::Items]);
}

#[test]
fn a_date_of_the_persons_own_is_an_answer() {
    let mut draft = draft("expires=soon");
    draft.set_expiration("2026-12-01".to_owned());
    check_held(&draft, &[]);
}

#[test]
fn nothing_is_held_before_the_summary() {
    let mut draft = draft("referrers=b.example&expires=soon");
    draft.choose_privilege(PrivilegeId("premium:user:places".to_owned()), true);
    let mut wizard = Wizard::new(draft);
    for _ in 0..4 {
        wizard.next(NOW);
    }
    assert_eq!(wizard.step(), Step::Summary);
    assert!(wizard.check(NOW).is_none());
    let fields: Vec<Field> = wizard.problems().iter().map(|problem| problem.field).collect();
    assert_eq!(fields, [Field::Expiration, Field::Referrers]);
}

#[test]
fn what_is_unresolved_survives_a_reload_and_old_drafts_have_none() {
    let draft = draft("referrers=b.example,%22evil%22&expires=soon&items=a/b&portal=other");
    assert_eq!(draft.unresolved.len(), 5);
    assert_eq!(Draft::restore(&draft.store()), Some(draft.clone()));
    let old = Draft { unresolved: Vec::new(), ..draft };
    assert!(!old.store().contains("unresolved"), "as an earlier version stored it");
    assert_eq!(Draft::restore(&old.store()), Some(old));
    let damaged = r#"{"unresolved":[["colour","x",""],["referrers"],7,["referrers","b.example","not one"]]}"#;
    let unresolved = Draft::restore(damaged).expect("a draft").unresolved;
    assert_eq!(
        unresolved,
        [Unresolved {
            restriction: Restriction::Referrers,
            text: "b.example".to_owned(),
            suggestion: None,
            is_not_looked_up: false
        }]
    );
}
