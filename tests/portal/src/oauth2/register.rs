//! `registerApp`: turns an item into an app with privileges and referrers (F-APP-2).

use crate::access::Caller;
use crate::form::Form;
use crate::oauth2::{app_answer, key};
use crate::portal::{Call, Portal, Reply};
use crate::privileges;
use crate::refusal::Refusal;
use crate::state::app::App;
use crate::state::item::Item;
use crate::state::person::User;
use crate::switches::{ApiTokenKeyword, SecondRegistration, Strictness};

/// The allowed app types (F-APP-2); the legacy type `apikey` can no longer be created (F-PRIV-11).
const APP_TYPES: &[&str] = &["multiple", "browser", "native", "server"];

/// Registers the item; the caller must own it (F-APP-2).
pub(crate) fn register_app(portal: &mut Portal, call: &Call) -> Reply {
    let user = portal.person(&call.caller)?.clone();
    let item = owned_item(portal, &call.caller, &user, call.form.text("itemId"))?;
    if !portal.may_manage_keys(&call.caller) {
        return Err(Refusal::forbidden());
    }
    if let Some(app) = portal.world.app_of_item(&item.id).cloned() {
        return match portal.switches.second_registration {
            SecondRegistration::Harmless => app_answer(portal, &call.caller, &app),
            SecondRegistration::Refused => Err(cannot("The item is already registered", Vec::new())),
        };
    }
    let app = new_app(portal, call.form, &user, &item)?;
    portal.world.issued_secrets.push(app.client_secret.clone());
    let answer = app_answer(portal, &call.caller, &app);
    portal.world.apps.insert(app.client_id.clone(), app);
    if let Some(item) = portal.world.items.get_mut(&item.id) {
        item.add_keyword("Registered App");
    }
    key::add_keyword_at(portal, &item.id, ApiTokenKeyword::WhenRegistered);
    answer
}

fn owned_item(portal: &Portal, caller: &Caller, user: &User, id: &str) -> Result<Item, Refusal> {
    let item = portal.world.items.get(id).filter(|item| !item.in_bin && portal.can_see(caller, item));
    let item = item.ok_or_else(Refusal::no_item)?;
    if item.owner != user.username {
        return Err(Refusal::forbidden());
    }
    match item.kind.contains("Application") {
        true => Ok(item.clone()),
        // The type must contain "Application" (F-APP-2); the message is inferred.
        false => Err(cannot("Invalid item type", Vec::new())),
    }
}

fn new_app(portal: &mut Portal, form: &Form, user: &User, item: &Item) -> Result<App, Refusal> {
    let app_type = form.text("appType");
    if !APP_TYPES.contains(&app_type) {
        return Err(cannot("Invalid appType", Vec::new()));
    }
    let redirect_uris = form.json_list("redirect_uris")?.unwrap_or_default();
    let referrers = form.json_list("httpReferrers")?.unwrap_or_default();
    let privileges = form.json_list("privileges")?;
    if let Some(list) = &privileges {
        check_privileges(portal, user, list)?;
        check_personal(portal, form, list)?;
    }
    Ok(App {
        client_id: portal.world.ids.client_id(),
        client_secret: portal.world.ids.hex(),
        item_id: item.id.clone(),
        owner: user.username.clone(),
        title: item.title.clone(),
        app_type: app_type.to_owned(),
        redirect_uris,
        referrers: referrers_kept(portal, referrers)?,
        privileges: privileges.map(|privilege| privileges_kept(portal, privilege)),
        is_personal: form.flag("isPersonalAPIToken"),
        registered: portal.now_ms,
        modified: portal.now_ms,
        keys: [None, None],
        replaced: Vec::new(),
    })
}

/// Checks that this user may grant these privileges.
///
/// Without the two API key privileges: 403 (F-PRIV-1). With a privilege the user lacks: 500 "Invalid Privileges",
/// named in `details` (F-APP-13).
/// An inaccessible item counts as an invalid privilege (inferred).
pub(crate) fn check_privileges(portal: &Portal, user: &User, list: &[String]) -> Result<(), Refusal> {
    let may = user.may(privileges::GENERATE_API_TOKENS) && user.may(privileges::ASSIGN_PRIVILEGES);
    if !list.is_empty() && !may && portal.switches.needs_key_privileges {
        return Err(Refusal::forbidden());
    }
    let allowed = |text: &String| match privileges::item_of(text) {
        Some(id) => {
            let item = portal.world.items.get(id).filter(|item| !item.in_bin);
            item.is_some_and(|item| portal.user_can_see(&user.username, item))
        }
        None => user.may(text),
    };
    let wrong: Vec<String> = list.iter().filter(|entry| !allowed(entry)).cloned().collect();
    if !wrong.is_empty() {
        return Err(cannot("Invalid Privileges", wrong));
    }
    check_item_count(list)
}

/// At most 100 items per credential (F-APP-12); the message is inferred.
pub(crate) fn check_item_count(list: &[String]) -> Result<(), Refusal> {
    let items = list.iter().filter(|entry| privileges::item_of(entry).is_some());
    match items.count() > privileges::MAX_ITEMS {
        true => Err(cannot("At most 100 items are allowed", Vec::new())),
        false => Ok(()),
    }
}

fn check_personal(portal: &Portal, form: &Form, list: &[String]) -> Result<(), Refusal> {
    let fits = form.flag("isPersonalAPIToken") == privileges::are_personal(list);
    let silent = form.get("isPersonalAPIToken").is_none();
    match portal.switches.wrong_personal_flag {
        // rest-js omits the flag and works (F-PRIV-6), so only a wrong value can be refused.
        Strictness::Refused if !fits && !silent => Err(cannot("Invalid isPersonalAPIToken", Vec::new())),
        _ => Ok(()),
    }
}

/// The privileges that are stored; the switch can drop some silently.
pub(crate) fn privileges_kept(portal: &Portal, mut list: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    list.retain(|entry| seen.insert(entry.clone()) && !portal.switches.dropped_privileges.contains(entry));
    list
}

/// The referrers that are stored; the switch can rewrite them.
pub(crate) fn referrers_kept(portal: &Portal, list: Vec<String>) -> Result<Vec<String>, Refusal> {
    let odd: Vec<String> = list.iter().filter(|entry| is_odd(entry)).cloned().collect();
    if portal.switches.odd_referrers == Strictness::Refused && !odd.is_empty() {
        return Err(cannot("Invalid httpReferrers", odd));
    }
    let tidy = |text: &String| text.trim_end_matches('/').to_lowercase();
    Ok(match portal.switches.normalises_referrers {
        true => list.iter().map(tidy).collect(),
        false => list,
    })
}

/// True if it differs from the form of Esri's examples: scheme, host, optional port (F-REFERRER-2).
fn is_odd(referrer: &str) -> bool {
    let origin = referrer.split_once("://").map(|referrer| referrer.1);
    origin.is_none_or(|origin| origin.is_empty() || origin.contains(['/', '?', '#', '@', ' ']))
}

/// "Unable to register app" with its reason (F-APP-13).
pub(crate) fn cannot(why: &str, details: Vec<String>) -> Refusal {
    Refusal::new(500, &format!("Unable to register app. ({why})")).with_details(details)
}

#[cfg(test)]
mod tests {
    use crate::state::item::Access;
    use crate::switches::{SecondRegistration, Strictness};
    use crate::testing::{code, new_item, portal, register, text};

    #[test]
    fn an_app_is_answered_with_its_secret_and_two_empty_slots() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let app = register(&mut portal, "jane", &item, &["premium:user:basemaps"], &["https://a.test"]);
        assert_eq!(app["itemId"], item);
        assert_eq!(text(&app["client_id"]).len(), 16);
        assert_eq!(app["httpReferrers"], serde_json::json!(["https://a.test"]));
        assert_eq!(app["privileges"], serde_json::json!(["premium:user:basemaps"]));
        assert_eq!((app["apiToken1Active"].clone(), app["apiToken2Active"].clone()), (false.into(), false.into()));
        assert!(portal.item(&item).expect("it exists").has_keyword("Registered App"));
    }

    #[test]
    fn a_privilege_the_user_lacks_is_named_in_the_details() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let app = register(&mut portal, "jane", &item, &["premium:user:basemaps", "portal:admin:viewUsers"], &[]);
        assert_eq!(app["error"]["code"], 500);
        assert_eq!(app["error"]["message"], "Unable to register app. (Invalid Privileges)");
        assert_eq!(app["error"]["details"], serde_json::json!(["portal:admin:viewUsers"]));
        assert!(portal.app_of_item(&item).is_none());
    }

    #[test]
    fn without_the_two_privileges_of_keys_only_a_bare_app_can_be_registered() {
        let mut portal = portal();
        let item = new_item(&mut portal, "newt");
        let refused = register(&mut portal, "newt", &item, &["premium:user:basemaps"], &[]);
        assert_eq!(refused["error"]["messageCode"], "GWM_0003");
        assert_eq!(code(&register(&mut portal, "newt", &item, &[], &[])), 0);
    }

    #[test]
    fn only_the_owner_registers_and_only_an_application() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        portal.item_mut(&item).expect("it exists").access = Access::Org;
        assert_eq!(code(&register(&mut portal, "ada", &item, &[], &[])), 403);
        assert_eq!(code(&register(&mut portal, "nora", &item, &[], &[])), 400);
        let map = portal.items_of("jane").into_iter().find(|item| item.kind == "Web Map").expect("a map");
        assert_eq!(code(&register(&mut portal, "jane", &map.id, &[], &[])), 500);
        assert_eq!(code(&register(&mut portal, "jane", "nothing", &[], &[])), 400);
    }

    #[test]
    fn a_hundred_items_are_granted_and_one_more_is_not() {
        let mut portal = portal();
        let items: Vec<String> = (0..101).map(|_| new_item(&mut portal, "jane")).collect();
        let grants: Vec<String> = items.iter().map(|item| format!("portal:app:access:item:{item}")).collect();
        let grants: Vec<&str> = grants.iter().map(String::as_str).collect();
        let item = new_item(&mut portal, "jane");
        assert_eq!(code(&register(&mut portal, "jane", &item, &grants, &[])), 500);
        assert_eq!(code(&register(&mut portal, "jane", &item, &grants[1..], &[])), 0);
    }

    #[test]
    fn an_item_out_of_reach_cannot_be_granted() {
        let mut portal = portal();
        let hers = new_item(&mut portal, "nora");
        let item = new_item(&mut portal, "jane");
        let grant = format!("portal:app:access:item:{hers}");
        let app = register(&mut portal, "jane", &item, &[&grant], &[]);
        assert_eq!(app["error"]["details"][0], grant);
    }

    #[test]
    fn a_second_registration_is_refused_or_harmless_by_the_switch() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        let first = register(&mut portal, "jane", &item, &["premium:user:basemaps"], &[]);
        assert_eq!(code(&register(&mut portal, "jane", &item, &[], &[])), 500);
        portal.switches.second_registration = SecondRegistration::Harmless;
        assert_eq!(register(&mut portal, "jane", &item, &[], &[]), first);
    }

    #[test]
    fn privileges_can_be_dropped_without_a_word() {
        let mut portal = portal();
        portal.switches.dropped_privileges = vec!["premium:user:geocode".to_owned()];
        let item = new_item(&mut portal, "jane");
        let app = register(&mut portal, "jane", &item, &["premium:user:basemaps", "premium:user:geocode"], &[]);
        assert_eq!(app["privileges"], serde_json::json!(["premium:user:basemaps"]));
    }

    #[test]
    fn a_wrong_personal_flag_is_ignored_or_refused_by_the_switch() {
        for (switch, expected) in [(Strictness::Accepted, 0), (Strictness::Refused, 500)] {
            let mut portal = portal();
            portal.switches.wrong_personal_flag = switch;
            let item = new_item(&mut portal, "jane");
            let fields = [
                ("itemId", item.as_str()),
                ("appType", "multiple"),
                ("privileges", r#"["premium:user:basemaps"]"#),
                ("isPersonalAPIToken", "true"),
            ];
            assert_eq!(code(&portal.as_user("jane", "/oauth2/registerApp", &fields)), expected);
        }
    }

    #[test]
    fn odd_referrers_are_taken_or_refused_by_the_switch() {
        for (switch, expected) in [(Strictness::Accepted, 0), (Strictness::Refused, 500)] {
            let mut portal = portal();
            portal.switches.odd_referrers = switch;
            for odd in ["example.com", "https://a.test/path", "*"] {
                let item = new_item(&mut portal, "jane");
                let app = register(&mut portal, "jane", &item, &[], &[odd]);
                assert_eq!(code(&app), expected, "{odd}");
            }
            let item = new_item(&mut portal, "jane");
            let app = register(&mut portal, "jane", &item, &[], &["https://*.a.test:81"]);
            assert_eq!(code(&app), 0);
        }
    }

    #[test]
    fn the_two_privileges_of_keys_may_not_be_needed() {
        let mut portal = portal();
        portal.switches.needs_key_privileges = false;
        let item = new_item(&mut portal, "newt");
        let app = register(&mut portal, "newt", &item, &["premium:user:basemaps"], &[]);
        assert_eq!(code(&app), 0);
    }

    #[test]
    fn lists_that_are_no_json_and_unknown_app_types_are_refused() {
        let mut portal = portal();
        let item = new_item(&mut portal, "jane");
        for wrong in [("privileges", "a,b"), ("httpReferrers", "{}"), ("appType", "apikey")] {
            let fields = [("itemId", item.as_str()), wrong, ("appType", "multiple")];
            assert_ne!(code(&portal.as_user("jane", "/oauth2/registerApp", &fields)), 0, "{wrong:?}");
        }
    }

    #[test]
    fn a_portal_may_keep_registration_to_itself() {
        let mut portal = portal();
        portal.switches.oauth_tokens_manage_keys = false;
        let item = new_item(&mut portal, "jane");
        assert_eq!(code(&register(&mut portal, "jane", &item, &[], &[])), 403);
    }
}
