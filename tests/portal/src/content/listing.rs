//! `content/users/{u}` and `content/users/{u}/{folder}` (F-ITEM-4).

use serde_json::{Value, json};

use crate::content::item_json::item_json;
use crate::content::owner;
use crate::form::Form;
use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;
use crate::state::item::{Folder, Item};

/// The requested page: `start` from 1, `num` 10 by default and 100 at most (F-ITEM-4, F-SEARCH-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paging {
    pub start: usize,
    pub num: usize,
}

impl Paging {
    pub(crate) fn of(form: &Form) -> Paging {
        let start = form.number("start").unwrap_or(1).max(1);
        let num = form.number("num").unwrap_or(10).clamp(0, 100);
        Paging { start: usize::try_from(start).unwrap_or(1), num: usize::try_from(num).unwrap_or(10) }
    }

    /// The start of the next page, or -1 at the end.
    pub(crate) fn next_start(self, total: usize) -> i64 {
        let next = self.start + self.num;
        let more = next <= total && self.num > 0;
        if more { i64::try_from(next).unwrap_or(-1) } else { -1 }
    }
}

/// The listing; only the owner and administrators may read it (inferred).
pub(crate) fn user_content(portal: &mut Portal, call: &Call) -> Reply {
    let owner = owner(portal, call)?;
    let folder = match &call.names.folder {
        Some(id) => Some(portal.world.folder(&owner.username, id).cloned().ok_or_else(Refusal::no_folder)?),
        None => None,
    };
    let mut found = chosen(portal, call.form, &owner.username, folder.as_ref());
    sort(&mut found, call.form);
    let paging = Paging::of(call.form);
    let page = found.iter().skip(paging.start - 1).take(paging.num);
    let items: Vec<Value> = page.map(|item| item_json(portal, &call.caller, item)).collect();
    let mut answer = json!({
        "username": owner.username, "total": found.len(), "start": paging.start, "num": paging.num,
        "nextStart": paging.next_start(found.len()),
        "currentFolder": folder.as_ref().map(folder_json), "items": items,
    });
    if folder.is_none() && call.form.text("folders") != "false" {
        answer["folders"] = folders(portal, &owner.username);
    }
    Ok(Done::Json(answer))
}

fn chosen<'a>(portal: &'a Portal, form: &Form, owner: &str, folder: Option<&Folder>) -> Vec<&'a Item> {
    let types = form.commas("types");
    let ignored = form.commas("ignoreTypes");
    let everywhere = form.flag("foldersContent") && folder.is_none() && portal.switches.lists_all_folders;
    let bin = form.flag("inRecycleBin");
    let folder = folder.map(|folder| folder.id.as_str());
    let is = |item: &Item, list: &[String]| list.iter().any(|entry| entry.eq_ignore_ascii_case(&item.kind));
    let all = portal.world.items.values().filter(|item| item.owner == owner);
    let latest = portal.now_ms - portal.switches.listing_lag_ms;
    all.filter(|all| all.in_bin == bin && all.created <= latest)
        .filter(|all| bin || everywhere || all.folder.as_deref() == folder)
        .filter(|all| types.is_empty() || is(all, &types))
        .filter(|all| !is(all, &ignored))
        .collect()
}

/// Sorts by `sortField` and `sortOrder`; by default in creation order, newest last (inferred).
pub(crate) fn sort(items: &mut [&Item], form: &Form) {
    match form.text("sortField").to_ascii_lowercase().as_str() {
        "title" => items.sort_by_cached_key(|item| item.title.to_lowercase()),
        "type" => items.sort_by_cached_key(|item| item.kind.to_lowercase()),
        "owner" => items.sort_by(|a, b| a.owner.cmp(&b.owner)),
        "modified" => items.sort_by_key(|item| item.modified),
        "numviews" => items.sort_by_key(|item| item.views),
        _ => items.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id))),
    }
    if form.text("sortOrder").eq_ignore_ascii_case("desc") {
        items.reverse();
    }
}

fn folders(portal: &Portal, owner: &str) -> Value {
    let mut folders: Vec<&Folder> = portal.world.folders.values().filter(|folder| folder.owner == owner).collect();
    folders.sort_by_cached_key(|folder| folder.title.to_lowercase());
    folders.into_iter().map(folder_json).collect()
}

fn folder_json(folder: &Folder) -> Value {
    json!({"username": folder.owner, "id": folder.id, "title": folder.title, "created": folder.created})
}

#[cfg(test)]
mod tests {
    use super::Paging;
    use crate::testing::{code, new_item, portal, text};

    #[test]
    fn the_root_folder_lists_its_items_and_all_folders() {
        let mut portal = portal();
        let root = portal.as_user("jane", "/content/users/jane", &[("num", "100")]);
        let items = root["items"].as_array().expect("items");
        assert!(items.iter().all(|item| item["ownerFolder"].is_null()));
        let folders = root["folders"].as_array().expect("folders");
        assert!(folders.len() >= 3);
        assert!(folders.iter().all(|folder| folder["title"] != "Developer credentials"));
        let path = format!("/content/users/jane/{}", text(&folders[0]["id"]));
        let inside = portal.as_user("jane", &path, &[]);
        assert!(inside.get("folders").is_none());
        assert_eq!(inside["currentFolder"]["id"], folders[0]["id"]);
        let everything = portal.as_user("jane", "/content/users/jane", &[("foldersContent", "true")]);
        assert_eq!(everything["total"], portal.items_of("jane").len());
    }

    #[test]
    fn pages_follow_each_other_to_minus_one() {
        let mut portal = portal();
        let total = portal.items_of("jane").len();
        let mut start = 1;
        let mut seen = Vec::new();
        while start != -1 {
            let fields = [("start", &*start.to_string()), ("num", "7"), ("foldersContent", "true")];
            let page = portal.as_user("jane", "/content/users/jane", &fields);
            seen.extend(page["items"].as_array().expect("items").iter().map(|entry| text(&entry["id"])));
            start = page["nextStart"].as_i64().expect("a number");
        }
        assert_eq!(seen.len(), total);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), total);
    }

    #[test]
    fn a_page_holds_a_hundred_at_most() {
        let page = Paging::of(&crate::form::Form::decode("num=5000&start=0"));
        assert_eq!(page, Paging { start: 1, num: 100 });
        assert_eq!(page.next_start(100), -1);
        assert_eq!(page.next_start(101), 101);
    }

    #[test]
    fn types_are_chosen_left_out_and_sorted() {
        let mut portal = portal();
        let path = "/content/users/jane";
        let maps = portal.as_user("jane", path, &[("types", "web map"), ("foldersContent", "true")]);
        assert!(maps["total"].as_u64() > Some(0));
        assert!(maps["items"].as_array().expect("items").iter().all(|entry| entry["type"] == "Web Map"));
        let others = portal.as_user("jane", path, &[("ignoreTypes", "Web Map"), ("foldersContent", "true")]);
        let sum = maps["total"].as_u64().expect("a number") + others["total"].as_u64().expect("a number");
        assert_eq!(sum, portal.items_of("jane").len() as u64);
        let fields = [("sortField", "title"), ("sortOrder", "desc"), ("num", "100")];
        let sorted = portal.as_user("jane", path, &fields);
        let titles: Vec<String> = sorted["items"]
            .as_array()
            .expect("items")
            .iter()
            .map(|entry| text(&entry["title"]).to_lowercase())
            .collect();
        assert!(titles.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn a_new_item_is_missing_for_as_long_as_the_switch_says() {
        let mut portal = portal();
        portal.switches.listing_lag_ms = 1_000;
        new_item(&mut portal, "nora");
        let count = |portal: &mut crate::Portal| portal.as_user("nora", "/content/users/nora", &[])["total"].clone();
        assert_eq!(count(&mut portal), 0);
        portal.advance(1_000);
        assert_eq!(count(&mut portal), 1);
    }

    #[test]
    fn another_persons_listing_is_refused() {
        let mut portal = portal();
        assert_eq!(code(&portal.as_user("newt", "/content/users/jane", &[])), 403);
        assert_eq!(code(&portal.as_user("jane", "/content/users/jane/nofolder", &[])), 400);
    }
}
