//! Every entry point for an address, and the result of parsing it. The test chooses the browser to compare with: the
//! `url` crate in `addresses.rs`, real browsers in `tests/e2e/addresses.rs`.

use key_wizard_core::auth::sign_in::begin;
use key_wizard_core::auth::target::Target;
use key_wizard_core::config::{Config, PortalChoice};
use key_wizard_core::credential::draft::Draft;
use key_wizard_core::credential::expiration;
use key_wizard_core::credential::prefill::{self, ReadContext};
use key_wizard_core::credential::referrer::Referrer;
use key_wizard_core::credential::referrer_list::take_apart;
use key_wizard_core::json::quoted;
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::id::{ClientId, FolderId, ItemId, Slot, Username};
use key_wizard_core::portal::registration::{self, Grants};
use key_wizard_core::portal::request::Request;
use key_wizard_core::portal::response::Raw;
use key_wizard_core::portal::{folders, items};
use key_wizard_core::timestamp::Timestamp;
use key_wizard_core::urlencoded;

use super::look_alikes;

/// Any time works.
const NOW: Timestamp = Timestamp(1_795_435_200_000);

/// An accepted address.
pub struct Accepted {
    /// The text as a browser gets it.
    pub text: String,
    /// The origin that we parsed.
    pub origin: String,
    /// True if a path may follow.
    pub is_root: bool,
}

/// One entry point.
pub struct Door {
    /// The inputs it takes.
    pub name: &'static str,
    /// The accepted addresses.
    pub accepted: Vec<Accepted>,
    /// How many were rejected.
    pub refused: usize,
    /// Addresses derived from accepted ones, and suggestions for rejected ones, each with its origin and whether a
    /// browser must keep the exact text.
    pub made: Vec<(String, String, Exact)>,
}

/// Whether an address must be in a browser's normalized form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exact {
    /// Character by character.
    Yes,
    /// A browser may reject or normalize it, as long as the origin is the same.
    No,
}

impl Door {
    fn new(name: &'static str) -> Door {
        Door { name, accepted: Vec::new(), refused: 0, made: Vec::new() }
    }

    fn accept(&mut self, text: &str, origin: &str, is_root: bool) {
        self.accepted.push(Accepted { text: text.to_owned(), origin: origin.to_owned(), is_root });
    }
}

/// All entry points.
pub fn all() -> [Door; 4] {
    [portals(), config_files(), referrers(), lists()]
}

/// The context of links and recipes.
pub fn context() -> ReadContext<'static> {
    ReadContext {
        today: expiration::utc_date(NOW),
        now: NOW,
        knows_portal: &|portal| portal == "practice",
        to_ascii: &|_| None,
    }
}

fn portals() -> Door {
    let mut door = Door::new("portals");
    for text in look_alikes::all() {
        let Ok(root) = PortalRoot::parse(&text) else {
            door.refused += 1;
            continue;
        };
        door.accept(&text, root.origin(), true);
        let target = Target { portal: PortalChoice::configured("a"), root, client_id: ClientId("x".to_owned()) };
        let (_, sign_in) = begin(&target, "https://keys.example.com/", "#/new", [7; 64], NOW);
        let root = target.root;
        for url in [root.rest_url("portals/self"), root.item_page_url(&ItemId("1".to_owned())), sign_in] {
            door.made.push((url, root.origin().to_owned(), Exact::Yes));
        }
    }
    door
}

fn config_files() -> Door {
    let mut door = Door::new("config.json");
    for text in look_alikes::all() {
        let url = quoted(&text);
        let file = format!(r#"{{"portals":[{{"id":"a","name":"A","url":{url},"clientId":"x"}}]}}"#);
        match Config::parse(&file) {
            // Whitespace around a value of the file is always trimmed.
            Ok(config) => door.accept(text.trim(), config.portals[0].root.origin(), true),
            Err(_) => door.refused += 1,
        }
    }
    door
}

fn referrers() -> Door {
    let mut door = Door::new("referrers");
    for text in look_alikes::all() {
        match Referrer::parse(&text) {
            Ok(referrer) => door.accept(&text, referrer.as_str(), false),
            Err(problem) => {
                door.refused += 1;
                // The suggestion trims the text, but Chromium treats whitespace at the ends as part of the host.
                let guess =
                    problem.suggestion.map(|suggestion| (text.trim().to_owned(), suggestion.into_text(), Exact::No));
                door.made.extend(guess);
            }
        }
    }
    door
}

fn lists() -> Door {
    let mut door = Door::new("links, recipes, lists");
    for text in look_alikes::all() {
        let link = prefill::link(&["referrers=", &urlencoded::encoded(&text)].concat(), &context());
        let file = ["{\"referrers\":[", &quoted(&text), "]}"].concat();
        let mut typed = Draft { referrer_entry: text.clone(), ..Draft::default() };
        // Rejected entries stay in the field.
        let _ = typed.add_referrers();
        let recipe = prefill::recipe(&file, &context());
        for draft in [
            link.map(|filled| filled.draft).unwrap_or_default(),
            recipe.map(|filled| filled.draft).unwrap_or_default(),
            typed,
        ] {
            door.refused += usize::from(draft.referrers.is_empty());
            let mut pieces: Vec<String> = text
                .split(|character: char| character.is_whitespace() || character == ',')
                .map(str::to_owned)
                .collect();
            // Splitting a list never invents text.
            pieces.extend(take_apart(&text).into_iter().filter(|piece| text.replace("\\/", "/").contains(&**piece)));
            for referrer in &draft.referrers {
                let piece =
                    pieces.iter().find(|piece| Referrer::parse(piece).is_ok_and(|parsed| parsed.as_str() == referrer));
                door.accept(piece.unwrap_or(&text), referrer, false);
            }
        }
    }
    door
}

/// The negative control: a naive parser that splits at slashes.
pub fn careless() -> Door {
    let mut door = Door::new("a careless reading");
    for text in look_alikes::all() {
        let host = text.split_once("https://").map(|(_, rest)| rest.split('/').next().unwrap_or_default());
        let host = host.map(|authority| authority.rsplit('@').next().unwrap_or_default());
        host.into_iter().for_each(|host| door.accept(&text, &["https://", host].concat(), true));
    }
    door
}

/// A name from an answer, and the addresses that contain it.
pub struct Named {
    /// The name.
    pub id: String,
    /// Each request's address, with the portal's origin and the position of the name below `sharing/rest`.
    pub requests: Vec<(String, String, usize)>,
    /// The URL of the item's page.
    pub page: String,
}

/// The names accepted from an answer, and how many were rejected.
pub fn names() -> (Vec<Named>, usize) {
    let tricks = [
        "", ".", "..", "%2e", "%2e%2e", "...", "/", "//", "../..", "..\\..", "a/../b", "?x", "#x", "@", "a b", "é",
        "\u{0}", "\n",
    ];
    let roots = ["https://www.arcgis.com", "https://gis.example.com:7443/portal"]
        .map(|address| PortalRoot::parse(address).expect("it is one"));
    let below = |root: &PortalRoot, id: &str| -> Vec<(String, String, usize)> {
        paths(id).into_iter().map(|(path, place)| (root.rest_url(&path), root.origin().to_owned(), place)).collect()
    };
    let (mut taken, mut refused) = (Vec::new(), 0);
    for id in tricks.into_iter().map(str::to_owned).chain(look_alikes::all()) {
        match answered(&id) {
            Some(id) => taken.push(Named {
                requests: roots.iter().flat_map(|root| below(root, &id)).collect(),
                page: roots[1].item_page_url(&ItemId(id.clone())),
                id,
            }),
            None => refused += 1,
        }
    }
    (taken, refused)
}

/// The id that a client accepts from an answer, if any.
fn answered(id: &str) -> Option<String> {
    let body = ["{\"success\":true,\"id\":", &quoted(id), "}"].concat();
    let raw = Raw { status: 200, retry_after: None, body: body.into_bytes().into() };
    let details = items::Details { title: String::new(), tags: Vec::new(), summary: String::new() };
    let request = items::add(&Username("jane".to_owned()), None, &details, "akw");
    request.encode().1.decode(&raw).ok().map(|item| item.0)
}

/// Every request whose path contains a name from an answer, with the position of that name below `sharing/rest`.
fn paths(id: &str) -> Vec<(String, usize)> {
    fn path<T: 'static>(request: Request<T>) -> String {
        request.encode().0.path
    }
    let (jane, item) = (Username("jane".to_owned()), ItemId(id.to_owned()));
    let grants = Grants { privileges: Vec::new(), referrers: Vec::new(), personal: false };
    let (user, folder, client) = (Username(id.to_owned()), FolderId(id.to_owned()), ClientId(id.to_owned()));
    vec![
        (path(folders::list(&user)), 2),
        (path(folders::create(&user, "x")), 2),
        (path(items::newest(&jane, Some(&folder))), 3),
        (path(items::read(&item)), 2),
        (path(items::update(&jane, &item, Slot::One, NOW, None)), 4),
        (path(items::relocate(&jane, &item, None)), 4),
        (path(items::delete(&user, &item)), 4),
        (path(registration::read(&jane, &item)), 4),
        (path(registration::update(&client, &grants)), 2),
    ]
}
