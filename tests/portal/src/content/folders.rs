//! `createFolder` (F-FOLDER-2) and folder `delete` (F-FOLDER-4).

use serde_json::json;

use crate::content::owner;
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::item::Folder;

/// The longest title in characters (F-FOLDER-2).
const LONGEST_TITLE: usize = 250;

/// `createFolder`: titles are unique per user, case-insensitively (F-FOLDER-2).
pub(crate) fn create(portal: &mut Portal, call: &Call) -> Reply {
    let owner = owner(portal, call)?;
    let title = call.form.text("title").trim().to_owned();
    // Inferred: the messages for a missing title and for a long one.
    if title.is_empty() || title.chars().count() > LONGEST_TITLE {
        return Err(Refusal::new(400, "Invalid folder title."));
    }
    let same = |folder: &&Folder| folder.owner == owner.username && folder.title.to_lowercase() == title.to_lowercase();
    if portal.world.folders.values().find(same).is_some() {
        let words = Refusal::new(400, &portal.switches.folder_clash_message);
        return Err(words.with_details(portal.switches.folder_clash_details.clone()));
    }
    let folder = Folder { id: portal.world.ids.hex(), owner: owner.username, title, created: portal.now_ms };
    let answer = json!({"username": folder.owner, "id": folder.id, "title": folder.title});
    portal.world.folders.insert(folder.id.clone(), folder);
    Ok(Done::Json(json!({"success": true, "folder": answer})))
}

/// Folder `delete` also deletes the contents (F-FOLDER-4), except protected items (inferred).
pub(crate) fn delete(portal: &mut Portal, call: &Call) -> Reply {
    let owner = owner(portal, call)?;
    let id = call.names.folder.clone().unwrap_or_default();
    let folder = portal.world.folder(&owner.username, &id).cloned();
    let folder = folder.ok_or_else(Refusal::no_folder)?;
    let inside = portal.world.items.values();
    let inside = inside.filter(|item| item.folder.as_deref() == Some(&id));
    let inside: Vec<_> = inside.map(|item| (item.id.clone(), item.protected)).collect();
    if let Some((item, _)) = inside.iter().find(|entry| entry.1) {
        return Err(super::remove::protected(item));
    }
    for (item, _) in inside {
        portal.world.remove_item(&item);
    }
    portal.world.folders.remove(&id);
    let answer = json!({"username": folder.owner, "id": folder.id, "title": folder.title});
    Ok(Done::Json(json!({"success": true, "folder": answer})))
}

#[cfg(test)]
mod tests {
    use crate::testing::{code, portal, text};

    #[test]
    fn a_new_folder_is_listed() {
        let mut portal = portal();
        let answer = portal.as_user("jane", "/content/users/jane/createFolder", &[("title", "Developer credentials")]);
        assert_eq!(answer["success"], true);
        let listed = portal.as_user("jane", "/content/users/jane", &[]);
        let folders = listed["folders"].as_array().expect("a list");
        assert!(folders.iter().any(|folder| folder["id"] == answer["folder"]["id"]));
    }

    #[test]
    fn a_taken_title_is_refused_whatever_the_case_and_only_for_its_owner() {
        let mut portal = portal();
        portal.as_user("jane", "/content/users/jane/createFolder", &[("title", "Éa Keys")]);
        let again = portal.as_user("jane", "/content/users/jane/createFolder", &[("title", "éA kEYS")]);
        assert_eq!(again["error"]["message"], "Folder title not available");
        assert_eq!(code(&again), 400);
        portal.switches.folder_clash_message = "Unable to create folder.".to_owned();
        portal.switches.folder_clash_details = vec!["Folder title not available.".to_owned()];
        let again = portal.as_user("jane", "/content/users/jane/createFolder", &[("title", "Éa Keys")]);
        assert_eq!(again["error"]["details"][0], "Folder title not available.");
        let other = portal.as_user("nora", "/content/users/nora/createFolder", &[("title", "Éa keys")]);
        assert_eq!(other["success"], true);
    }

    #[test]
    fn a_title_of_251_characters_or_none_is_refused() {
        let mut portal = portal();
        let path = "/content/users/jane/createFolder";
        assert_eq!(code(&portal.as_user("jane", path, &[("title", &"x".repeat(251))])), 400);
        assert_eq!(code(&portal.as_user("jane", path, &[])), 400);
        assert_eq!(code(&portal.as_user("jane", path, &[("title", &"x".repeat(250))])), 0);
    }

    #[test]
    fn a_folder_for_somebody_else_needs_an_administrator() {
        let mut portal = portal();
        let fields = [("title", "Mine")];
        assert_eq!(code(&portal.as_user("newt", "/content/users/jane/createFolder", &fields)), 403);
        assert_eq!(code(&portal.post("/content/users/jane/createFolder", &fields)), 499);
        assert_eq!(code(&portal.as_user("ada", "/content/users/jane/createFolder", &fields)), 0);
    }

    #[test]
    fn a_deleted_folder_takes_its_items_along_unless_one_is_protected() {
        let mut portal = portal();
        let made = portal.as_user("jane", "/content/users/jane/createFolder", &[("title", "Gone")]);
        let folder = text(&made["folder"]["id"]);
        let path = format!("/content/users/jane/{folder}/addItem");
        let item = portal.as_user("jane", &path, &[("type", "Application"), ("title", "T")]);
        let item = text(&item["id"]);
        let delete = format!("/content/users/jane/{folder}/delete");
        portal.as_user("jane", &format!("/content/users/jane/items/{item}/protect"), &[]);
        assert_eq!(code(&portal.as_user("jane", &delete, &[])), 400);
        portal.as_user("jane", &format!("/content/users/jane/items/{item}/unprotect"), &[]);
        assert_eq!(portal.as_user("jane", &delete, &[])["success"], true);
        assert!(portal.item(&item).is_none());
        assert_eq!(portal.as_user("jane", &delete, &[])["error"]["message"], "User folder does not exist.");
    }
}
