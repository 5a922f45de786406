//! The portal's answers: a refusal never counts as a success, a success holds what an independent parser finds in it,
//! and no name in it redirects a request.

use key_wizard_core::config::PortalKey;
use key_wizard_core::credential::catalogue;
use key_wizard_core::operation;
use key_wizard_core::operation::journal::Journal;
use key_wizard_core::portal::account;
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::folders::{self, Folder};
use key_wizard_core::portal::id::{ClientId, FolderId, ItemId, Slot, Username};
use key_wizard_core::portal::items::{self, Details, Item};
use key_wizard_core::portal::registration::{self, Grants, RegisteredApp};
use key_wizard_core::portal::request::Request;
use key_wizard_core::portal::response::Raw;
use key_wizard_core::portal::search::{self, ItemQuery};
use key_wizard_core::portal::tokens::{self, KeyOwner, SlotUse};
use key_wizard_core::secret::Secret;
use serde_json::Value;

use crate::proof::Proof::{self, Id, List, Secret as Hidden, There, Whole, Yes};
use crate::{NOW, check_path, proof};

/// The required fields of a success, and the page's reading of an answer, in the same order.
type Reader = (&'static [Proof], fn(&Raw) -> Result<String, Error>);

const READERS: [Reader; 15] = [
    (&[Id("/user/username"), Id("/id")], read_account),
    (&[Whole("/total"), List("/results")], read_search),
    (&[There("/username"), List("/folders")], read_folders),
    (&[Id("/folder/id")], read_folder),
    (&[There("/username"), List("/items")], read_items),
    (&[Id("/id")], read_item),
    (&[Yes("/success"), Id("/id")], |raw| {
        let details = Details { title: String::new(), tags: Vec::new(), summary: String::new() };
        answer(items::add(&jane(), None, &details, ""), raw).map(|item| name_of_item(&item, "yes|"))
    }),
    (&[Yes("/success"), Id("/id")], |raw| {
        answer(items::update(&jane(), &item(), Slot::One, NOW, None), raw).map(|item| name_of_item(&item, "yes|"))
    }),
    (&[Yes("/success")], |raw| answer(items::delete(&jane(), &item()), raw).map(|()| "yes".to_owned())),
    (&[Id("/client_id"), Hidden("/client_secret")], |raw| {
        answer(registration::register(&item(), &grants()), raw).map(say_app)
    }),
    (&[Id("/client_id"), Hidden("/client_secret")], |raw| {
        answer(registration::read(&jane(), &item()), raw).map(say_app)
    }),
    (&[Id("/client_id")], |raw| answer(registration::update(&app(), &grants()), raw).map(|app| name_of_app(&app))),
    (&[Hidden("/access_token")], |raw| {
        let owner = KeyOwner { client_id: &app(), client_secret: &Secret::new("s".to_owned()), slot: Slot::One };
        answer(tokens::generate_key(&owner, SlotUse::Empty), raw).map(|key| key.expose().to_owned())
    }),
    (&[Hidden("/access_token"), Whole("/expires_in")], |raw| {
        let tokens = answer(tokens::refresh(&app(), &Secret::new("s".to_owned())), raw)?;
        Ok(format!("{}|{}", tokens.access.expose(), tokens.expires_in_s))
    }),
    (&[], |raw| answer(tokens::validate_redirect(&app(), ""), raw).map(|()| String::new())),
];

pub fn check(body: &str) {
    let raw = Raw { status: 200, retry_after: None, body: body.as_bytes().to_vec().into() };
    let document = serde_json::from_str(body.strip_prefix('\u{feff}').unwrap_or(body)).unwrap_or(Value::Null);
    let is_refusal = !document.is_object() || says_no(&document);
    for (proofs, read) in READERS {
        match read(&raw) {
            Err(Error::Refused(refusal)) => assert!(refusal.message.chars().count() <= 301),
            Err(_) => {}
            Ok(said) => {
                assert!(!is_refusal, "a refusal was taken for a success");
                assert_eq!(
                    proof::said(body.as_bytes(), proofs).as_deref(),
                    Some(&*said),
                    "a success says what it says"
                );
            }
        }
    }
}

/// All forms of a portal's refusal (F-ERROR-1, F-ERROR-2, F-ERROR-7).
fn says_no(document: &Value) -> bool {
    let code = match &document["code"] {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    };
    !document["error"].is_null()
        || document["success"] == Value::Bool(false)
        || ["error", "failed", "failure"].iter().any(|word| document["status"] == *word)
        || code.is_some_and(|code| code.fract() == 0.0 && (400.0..600.0).contains(&code))
}

fn answer<T: 'static>(request: Request<T>, raw: &Raw) -> Result<T, Error> {
    request.encode().1.decode(raw)
}

fn read_account(raw: &Raw) -> Result<String, Error> {
    let account = answer(account::read(), raw)?;
    check_path(folders::list(&account.username));
    catalogue::offered(&account.privileges);
    Ok([account.username.0, account.org_id].join("|"))
}

fn read_search(raw: &Raw) -> Result<String, Error> {
    let page = answer(search::items(&ItemQuery::default()), raw)?;
    page.items.iter().for_each(|item| check_path(items::read(&item.id)));
    Ok(format!("{}|{}", page.total, page.items.len()))
}

fn read_folders(raw: &Raw) -> Result<String, Error> {
    let folders: Vec<Folder> = answer(folders::list(&jane()), raw)?;
    folders.iter().for_each(|folder| check_folder(&folder.id));
    Ok(format!("there|{}", folders.len()))
}

fn read_folder(raw: &Raw) -> Result<String, Error> {
    let folder = answer(folders::create(&jane(), ""), raw)?;
    check_folder(&folder.id);
    Ok(folder.id.0)
}

fn read_items(raw: &Raw) -> Result<String, Error> {
    let items = answer(items::newest(&jane(), None), raw)?;
    items.iter().for_each(check_item);
    // The page records what another device began, and must parse it again after a reload.
    for journal in operation::orphans(&items, &[], &PortalKey("a".to_owned()), &jane(), NOW) {
        assert_eq!(Journal::parse(&journal.text()).as_ref(), Some(&journal));
    }
    Ok(format!("there|{}", items.len()))
}

fn read_item(raw: &Raw) -> Result<String, Error> {
    let item = answer(items::read(&item()), raw)?;
    check_item(&item);
    Ok(item.id.0)
}

fn check_item(item: &Item) {
    check_path(items::delete(&jane(), &item.id));
    item.folder.iter().for_each(check_folder);
}

fn check_folder(folder: &FolderId) {
    check_path(items::newest(&jane(), Some(folder)));
}

fn name_of_item(item: &ItemId, before: &str) -> String {
    check_path(items::delete(&jane(), item));
    [before, &item.0].concat()
}

fn name_of_app(app: &RegisteredApp) -> String {
    check_path(registration::update(&app.client_id, &grants()));
    app.client_id.0.clone()
}

fn say_app((app, secret): (RegisteredApp, Secret)) -> String {
    format!("{}|{}", name_of_app(&app), secret.expose())
}

fn jane() -> Username {
    Username("jane".to_owned())
}

fn item() -> ItemId {
    ItemId("0".repeat(32))
}

fn app() -> ClientId {
    ClientId("app".to_owned())
}

fn grants() -> Grants {
    Grants { privileges: Vec::new(), referrers: Vec::new(), personal: false }
}
