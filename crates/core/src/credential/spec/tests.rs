use super::*;
use crate::credential::draft::{Draft, GrantedItem};
use crate::timestamp::Timestamp;

/// The spec of a draft with this folder, privilege and items.
fn spec(folder: &str, privilege: &str, items: &[&str]) -> Spec {
    let granted = |id: &&str| GrantedItem {
        id: ItemId((*id).to_owned()),
        title: String::new(),
        kind: String::new(),
        access: String::new(),
    };
    let draft = Draft {
        expiration: "2026-12-23".to_owned(),
        privileges: [PrivilegeId(privilege.to_owned())].into(),
        items: items.iter().map(granted).collect(),
        title: "Mine".to_owned(),
        folder: folder.to_owned(),
        ..Draft::default()
    };
    draft.check(Timestamp(1_795_435_200_000)).expect("no problem")
}

#[track_caller]
fn check_plan(wanted: &str, expected: FolderPlan) {
    let folders = [("f1", "Maps"), ("f2", " developer CREDENTIALS "), ("f3", "Straße")];
    let folders = folders.map(|(id, title)| (FolderId(id.to_owned()), title.to_owned()));
    assert_eq!(spec(wanted, "premium:user:places", &[]).folder_plan(&folders), expected, "{wanted}");
}

#[test]
fn an_existing_folder_is_used_whatever_its_capitals() {
    check_plan("Developer credentials", FolderPlan::Existing(FolderId("f2".to_owned())));
    check_plan("STRAßE", FolderPlan::Existing(FolderId("f3".to_owned())));
}

#[test]
fn a_new_folder_is_made_and_no_title_is_the_root() {
    check_plan(" Keys ", FolderPlan::New("Keys".to_owned()));
    check_plan(" ", FolderPlan::Root);
}

#[test]
fn items_are_granted_after_the_privileges() {
    let grants = spec("", "premium:user:places", &["0f", "1e"]).grants();
    let texts: Vec<&str> = grants.iter().map(|grant| grant.0.as_str()).collect();
    assert_eq!(texts, ["premium:user:places", "portal:app:access:item:0f", "portal:app:access:item:1e"]);
}

#[test]
fn one_personal_privilege_makes_the_key_personal() {
    assert!(!spec("", "premium:user:places", &["0f"]).is_personal());
    assert!(spec("", "portal:user:createItem", &["0f"]).is_personal());
}
