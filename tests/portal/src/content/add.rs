//! `addItem` (F-ITEM-1).

use serde_json::json;

use crate::content::{expiration, owner};
use crate::form::Form;
use crate::portal::{Call, Done, Portal, Reply};
use crate::privileges;
use crate::refusal::Refusal;
use crate::state::item::Item;

/// The accepted item types; a real portal knows some two hundred.
const TYPES: &[&str] = &[
    "Application",
    "CSV",
    "Code Attachment",
    "Dashboard",
    "Document Link",
    "Feature Collection",
    "Feature Service",
    "Form",
    "GeoJson",
    "Image Service",
    "Map Service",
    "Notebook",
    "PDF",
    "Scene Service",
    "StoryMap",
    "Vector Tile Service",
    "Web Experience",
    "Web Map",
    "Web Mapping Application",
    "Web Scene",
];

/// Creates an item for the owner and in the folder given by the path.
pub(crate) fn add_item(portal: &mut Portal, call: &Call) -> Reply {
    let owner = owner(portal, call)?;
    let caller = portal.person(&call.caller)?;
    if !caller.may(privileges::CREATE_ITEM) {
        return Err(Refusal::forbidden());
    }
    let folder = call.names.folder.clone();
    if folder.as_ref().is_some_and(|folder| portal.world.folder(&owner.username, folder).is_none()) {
        return Err(Refusal::no_folder());
    }
    let (kind, title) = (call.form.text("type"), call.form.text("title").trim());
    if kind.is_empty() || title.is_empty() {
        return Err(Refusal::new(400, "'type' and 'title' property required."));
    }
    let kind = TYPES.iter().find(|other| other.eq_ignore_ascii_case(kind));
    let kind = kind.ok_or_else(|| Refusal::coded(400, "CONT_0113", "Item type not valid."))?;
    if portal.switches.demands_subscription_type && call.form.text("subscriptionType").is_empty() {
        // Whether a portal requires the field is unknown (F-ITEM-12); the message is inferred.
        return Err(Refusal::new(400, "'subscriptionType' property required."));
    }
    let dates = first_dates(portal, call.form)?;
    let id = portal.world.ids.hex();
    let mut item = Item::new(&id, &owner.username, &owner.org);
    item.kind = (*kind).to_owned();
    item.first_expiration = dates;
    item.folder = folder.clone();
    fill(portal, call.form, &mut item);
    portal.world.items.insert(id.clone(), item);
    let folder = folder.unwrap_or_default();
    Ok(Done::Json(json!({"success": true, "id": id, "folder": folder})))
}

fn fill(portal: &Portal, form: &Form, item: &mut Item) {
    item.title = form.text("title").trim().to_owned();
    item.tags = form.commas("tags");
    item.snippet = form.get("snippet").filter(|text| !text.is_empty()).map(str::to_owned);
    item.description = form.get("description").filter(|text| !text.is_empty()).map(str::to_owned);
    item.url = form.get("url").filter(|text| !text.is_empty()).map(str::to_owned);
    if portal.switches.keeps_type_keywords {
        item.type_keywords = form.commas("typeKeywords");
    }
    if item.kind == "Application" {
        item.add_keyword("Application");
    }
    item.created = portal.now_ms;
    item.modified = portal.now_ms;
    item.hidden_from_search = portal.switches.search_lag;
}

/// Dates sent with `addItem` have no effect; a slot falls back to them after a revocation (F-ITEM-13, F-DATE-7).
fn first_dates(portal: &Portal, form: &Form) -> Result<[i64; 2], Refusal> {
    let mut dates = [-1, -1];
    for (slot, field) in expiration::FIELDS.iter().enumerate() {
        if let Some(text) = form.get(field) {
            dates[slot] = expiration::checked(portal, field, text)?;
        }
    }
    Ok(dates)
}

#[cfg(test)]
mod tests {
    use crate::testing::{IN_A_MONTH, code, portal, text};

    const PATH: &str = "/content/users/jane/addItem";

    #[test]
    fn an_item_keeps_what_was_sent_and_gets_the_servers_keyword() {
        let mut portal = portal();
        let fields = [
            ("type", "Application"),
            ("title", " Store finder "),
            ("tags", "maps, key ,"),
            ("snippet", "One line"),
            ("typeKeywords", "op:123"),
            ("apiToken1ExpirationDate", &IN_A_MONTH.to_string()),
        ];
        let answer = portal.as_user("jane", PATH, &fields);
        assert_eq!((answer["success"].clone(), answer["folder"].clone()), (true.into(), "".into()));
        let item = portal.item(&text(&answer["id"])).expect("it exists").clone();
        assert_eq!(item.title, "Store finder");
        assert_eq!(item.tags, ["maps", "key"]);
        assert_eq!(item.type_keywords, ["op:123", "Application"]);
        assert_eq!(item.expiration, [-1, -1]);
    }

    #[test]
    fn python_sends_an_empty_list_as_brackets_and_it_is_empty() {
        let mut portal = portal();
        let fields = [("type", "Application"), ("title", "T"), ("typeKeywords", "[]"), ("tags", "")];
        let answer = portal.as_user("jane", PATH, &fields);
        assert_eq!(portal.item(&text(&answer["id"])).expect("it exists").type_keywords, ["Application"]);
    }

    #[test]
    fn the_clients_keywords_are_dropped_when_the_switch_says_so() {
        let mut portal = portal();
        portal.switches.keeps_type_keywords = false;
        let fields = [("type", "Application"), ("title", "T"), ("typeKeywords", "op:123")];
        let answer = portal.as_user("jane", PATH, &fields);
        assert_eq!(portal.item(&text(&answer["id"])).expect("it exists").type_keywords, ["Application"]);
    }

    #[test]
    fn a_subscription_type_is_needed_only_when_the_switch_says_so() {
        let mut portal = portal();
        portal.switches.demands_subscription_type = true;
        let mut fields = vec![("type", "Application"), ("title", "T")];
        assert_eq!(code(&portal.as_user("jane", PATH, &fields)), 400);
        fields.push(("subscriptionType", "locationPlatform"));
        assert_eq!(code(&portal.as_user("jane", PATH, &fields)), 0);
    }

    #[test]
    fn type_and_title_are_required_and_the_type_must_exist() {
        let mut portal = portal();
        let missing = portal.as_user("jane", PATH, &[("type", "Application")]);
        assert_eq!(missing["error"]["message"], "'type' and 'title' property required.");
        let unknown = portal.as_user("jane", PATH, &[("type", "Sandwich"), ("title", "T")]);
        assert_eq!(unknown["error"]["messageCode"], "CONT_0113");
    }

    #[test]
    fn the_folder_is_an_id_and_a_name_is_refused() {
        let mut portal = portal();
        let fields = [("type", "Application"), ("title", "T")];
        let answer = portal.as_user("jane", "/content/users/jane/Maps/addItem", &fields);
        assert_eq!(answer["error"]["message"], "User folder does not exist.");
        let folder = portal.folders_of("jane")[0].id.clone();
        let answer = portal.as_user("jane", &format!("/content/users/jane/{folder}/addItem"), &fields);
        assert_eq!(answer["folder"], folder);
    }

    #[test]
    fn without_the_privilege_to_create_nothing_is_made() {
        let mut portal = portal();
        portal.set_privileges("jane", &["premium:user:basemaps"]);
        let before = portal.items_of("jane").len();
        let fields = [("type", "Application"), ("title", "T")];
        assert_eq!(code(&portal.as_user("jane", PATH, &fields)), 403);
        assert_eq!(code(&portal.as_user("newt", PATH, &fields)), 403);
        assert_eq!(code(&portal.post(PATH, &fields)), 499);
        assert_eq!(portal.items_of("jane").len(), before);
    }
}
