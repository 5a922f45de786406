//! Differences between the request and the answer.

use super::*;

use crate::operation::model::differences::same_second;

fn differences(privileges: &[&str], referrers: &[&str]) -> Differences {
    let mut operation = begin(plan()).operation;
    operation.plan.grants.referrers = ["https://a.example", "https://b.example"].map(str::to_owned).to_vec();
    operation.facts.app = Some(RegisteredApp {
        privileges: privileges.iter().map(|privilege| PrivilegeId((*privilege).to_owned())).collect(),
        referrers: referrers.iter().map(|referrer| (*referrer).to_owned()).collect(),
        ..app(false)
    });
    operation.differences()
}

#[test]
fn order_and_case_make_no_difference() {
    assert!(differences(&["Premium:user:Basemaps"], &["https://B.example", "https://a.example"]).is_empty());
}

#[test]
fn a_privilege_in_place_of_another_is_missing_and_extra() {
    let found = differences(&["premium:user:geocode"], &["https://a.example", "https://b.example"]);
    assert_eq!(found.missing, plan().grants.privileges);
    assert_eq!(found.extra, [PrivilegeId("premium:user:geocode".to_owned())]);
    assert!(found.referrers.is_none());
}

#[test]
fn a_referrer_less_or_more_is_a_difference() {
    let three = ["https://a.example", "https://b.example", "https://c.example"];
    for held in [&three[..1], &three[..]] {
        assert!(differences(&["premium:user:basemaps"], held).referrers.is_some(), "{held:?}");
    }
}

#[test]
fn an_end_may_lack_milliseconds_but_not_a_second() {
    assert!(same_second(END, Timestamp(END.0 - END.0 % 1000)));
    assert!(!same_second(END, Timestamp(END.0 + 1)));
}

#[test]
fn a_place_has_the_title_of_its_folder() {
    let known = Destination::Known { id: FolderId("f9".to_owned()), title: "Maps".to_owned() };
    assert_eq!([Destination::Root.title(), known.title()], [None, Some("Maps")]);
    assert_eq!(in_new_folder().folder.title(), Some("Keys"));
}
