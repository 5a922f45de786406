//! Every parser of JSON from outside, each with its own real document.

use key_wizard_core::auth::callback::AuthorizationResponse;
use key_wizard_core::auth::sign_in::{CallbackContext, begin, handle_response};
use key_wizard_core::auth::target::Target;
use key_wizard_core::config::{Config, PortalChoice};
use key_wizard_core::credential::draft::{Draft, KeyChoice};
use key_wizard_core::credential::expiration;
use key_wizard_core::credential::prefill::{self, ReadContext};
use key_wizard_core::operation::journal::Journal;
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::{ClientId, FolderId, ItemId, PrivilegeId, Slot, Username};
use key_wizard_core::portal::items::{self, Details};
use key_wizard_core::portal::registration::{self, Grants};
use key_wizard_core::portal::request::Request;
use key_wizard_core::portal::response::Raw;
use key_wizard_core::portal::search::{self, ItemQuery};
use key_wizard_core::portal::tokens::{self, KeyOwner, SessionTokens, SlotUse};
use key_wizard_core::portal::{account, folders};
use key_wizard_core::secret::Secret;
use key_wizard_core::timestamp::Timestamp;
use practice_portal::Portal;

use super::proof::Proof::{self, Id, List, Secret as Hidden, Text, There, Whole, Yes};
use crate::wish::{draft, plan};
use crate::world::{NOW_MS, arrived, asked};

const CLIENT: &str = "key-wizard-demo";
const HERE: &str = "https://keys.example.com/";
const CONFIG: &str = r#"{"$schema":"config.schema.json","portals":[{"id":"a","name":"A","url":"https://www.arcgis.com","clientId":"x"},{"id":"b","name":"B","url":"https://gis.example.com/portal","clientId":"y"}],"allowOtherPortals":true}"#;
const RECIPE: &str = r#"{"$schema":"recipe.schema.json","expires":"90d","referrers":["https://app.example.com"],"privileges":["premium:user:basemaps"],"items":["0123456789abcdef0123456789abcdef"],"title":"Store finder","tags":"maps"}"#;

type Read = Box<dyn Fn(&Raw) -> Result<String, Error>>;

/// A parser, and a document that it accepts.
pub struct Reader {
    /// Its name in a report.
    pub name: &'static str,
    /// The requirements on a success.
    pub proofs: &'static [Proof],
    /// A real document.
    pub body: Vec<u8>,
    /// True if it parses a portal's answers, false for the page's own texts.
    pub of_portal: bool,
    read: Read,
}

impl Reader {
    /// The parser's result for a body with a status.
    pub fn read(&self, status: u16, body: &[u8]) -> Result<String, Error> {
        (self.read)(&Raw { status, retry_after: None, body: body.to_vec().into() })
    }

    /// The same document, with a parser that accepts everything.
    pub fn careless(self) -> Self {
        let make =
            || Request::new(String::new(), |answer| Ok(answer.text_or_none("id")?.unwrap_or_default().to_owned()));
        Self { read: Box::new(move |raw| make().encode().1.decode(raw)), ..self }
    }
}

/// A portal that records its answers.
struct Tape {
    portal: Portal,
    token: Secret,
    readers: Vec<Reader>,
}

impl Tape {
    /// Sends a request, records its answer, and returns the decoded value.
    fn take<T: 'static>(&mut self, shape: (&'static str, &'static [Proof]), request: Request<T>, how: Read) -> T {
        let (mut encoded, awaited) = request.encode();
        if !encoded.path.starts_with("oauth2/token") && !encoded.path.starts_with("oauth2/revoke") {
            encoded.sign(&self.token);
        }
        let raw = arrived(self.portal.answer(asked(&encoded)), 1).unwrap_or_else(|_| panic!("{} was lost", shape.0));
        let body = raw.body.to_vec();
        self.readers.push(Reader { name: shape.0, proofs: shape.1, body, of_portal: true, read: how });
        awaited.decode(&raw).unwrap_or_else(|error| panic!("{}: {error}", shape.0))
    }
}

/// Builds the request anew for each answer, and returns the outcome as text.
fn how<T: 'static>(make: impl Fn() -> Request<T> + 'static, say: fn(T) -> String) -> Read {
    Box::new(move |raw| make().map(say).encode().1.decode(raw))
}

fn jane() -> Username {
    Username("jane".to_owned())
}

fn thing() -> ItemId {
    ItemId("0".repeat(32))
}

fn app() -> ClientId {
    ClientId("app".to_owned())
}

fn details() -> Details {
    Details { title: "Store finder".to_owned(), tags: vec!["maps".to_owned()], summary: "One line.".to_owned() }
}

fn grants() -> Grants {
    let privileges = vec![PrivilegeId("premium:user:basemaps".to_owned())];
    Grants { privileges, referrers: vec!["https://app.example.com".to_owned()], personal: false }
}

/// All parsers.
pub fn all() -> Vec<Reader> {
    let mut portal = Portal::demo(NOW_MS);
    portal.register_client(CLIENT, "ArcGIS Key Wizard", &[HERE]);
    let token = Secret::new(portal.sign_in("jane"));
    let mut tape = Tape { portal, token, readers: Vec::new() };
    person(&mut tape);
    credential(&mut tape);
    session(&mut tape);
    tape.readers.extend(own());
    tape.readers
}

fn person(tape: &mut Tape) {
    let names = |account: account::Account| [account.username.0, account.org_id].join("|");
    let shape = ("account", &[Id("/user/username"), Id("/id")][..]);
    let account = tape.take(shape, account::read(), how(account::read, names));
    let query = ItemQuery { org_id: account.org_id, words: "bike".to_owned(), ..ItemQuery::default() };
    let found = how(
        || search::items(&ItemQuery::default()),
        |page| [page.total.to_string(), page.items.len().to_string()].join("|"),
    );
    tape.take(("search", &[Whole("/total"), List("/results")]), search::items(&query), found);
    let shape = ("folders", &[There("/username"), List("/folders")][..]);
    tape.take(
        shape,
        folders::list(&jane()),
        how(|| folders::list(&jane()), |folders| ["there", &folders.len().to_string()].join("|")),
    );
}

fn credential(tape: &mut Tape) {
    const DONE: &[Proof] = &[Yes("/success")];
    const ITEM: &[Proof] = &[Yes("/success"), Id("/id")];
    const APP: &[Proof] = &[Id("/client_id"), Hidden("/client_secret")];
    let made = how(|| folders::create(&jane(), "x"), |folder| folder.id.0);
    let folder = tape.take(("createFolder", &[Id("/folder/id")]), folders::create(&jane(), "Keys"), made);
    let named = |item: ItemId| ["yes", &item.0].join("|");
    let add = |folder: Option<&FolderId>| items::add(&jane(), folder, &details(), "akw");
    let item = tape.take(("addItem", ITEM), add(Some(&folder.id)), how(move || add(None), named));
    let newest = how(|| items::newest(&jane(), None), |items| ["there", &items.len().to_string()].join("|"));
    let shape = ("newest", &[There("/username"), List("/items")][..]);
    tape.take(shape, items::newest(&jane(), Some(&folder.id)), newest);
    tape.take(("item", &[Id("/id")]), items::read(&item), how(|| items::read(&thing()), |item| item.id.0));
    let both = |(app, secret): (registration::RegisteredApp, Secret)| [&app.client_id.0, secret.expose()].join("|");
    let (made, secret) = tape.take(
        ("registerApp", APP),
        registration::register(&item, &grants()),
        how(|| registration::register(&thing(), &grants()), both),
    );
    tape.take(
        ("registeredAppInfo", APP),
        registration::read(&jane(), &item),
        how(|| registration::read(&jane(), &thing()), both),
    );
    let date = |item: &ItemId| items::update(&jane(), item, Slot::One, Timestamp(NOW_MS + 86_400_000), None);
    tape.take(("update", ITEM), date(&item), how(move || date(&thing()), named));
    let change = how(|| registration::update(&app(), &grants()), |app| app.client_id.0);
    tape.take(("updateApp", &[Id("/client_id")]), registration::update(&made.client_id, &grants()), change);
    key(tape, &made.client_id, &secret);
    tape.take(
        ("move", DONE),
        items::relocate(&jane(), &item, None),
        how(|| items::relocate(&jane(), &thing(), None), yes),
    );
    tape.take(("delete", DONE), items::delete(&jane(), &item), how(|| items::delete(&jane(), &thing()), yes));
}

fn yes(_: ()) -> String {
    "yes".to_owned()
}

fn key(tape: &mut Tape, client_id: &ClientId, client_secret: &Secret) {
    let owner = KeyOwner { client_id, client_secret, slot: Slot::One };
    let generate = how(
        || {
            let (client_id, client_secret) = (&app(), &Secret::new("s".to_owned()));
            tokens::generate_key(&KeyOwner { client_id, client_secret, slot: Slot::One }, SlotUse::Empty)
        },
        |key| key.expose().to_owned(),
    );
    tape.take(("key", &[Hidden("/access_token")]), tokens::generate_key(&owner, SlotUse::Empty), generate);
    let revoke = || {
        let (client_id, client_secret) = (&app(), &Secret::new("s".to_owned()));
        tokens::revoke_key(&KeyOwner { client_id, client_secret, slot: Slot::One })
    };
    tape.take(("revokeKey", &[Yes("/success")]), tokens::revoke_key(&owner), how(revoke, yes));
}

fn session(tape: &mut Tape) {
    const TOKENS: &[Proof] = &[Hidden("/access_token"), Whole("/expires_in")];
    let (client, hidden) = (ClientId(CLIENT.to_owned()), || Secret::new("s".to_owned()));
    let root = PortalRoot::parse("https://portal.example.com").expect("it is an address");
    let target = Target { portal: PortalChoice::configured("practice"), root, client_id: client.clone() };
    let random = std::array::from_fn(|place| u8::try_from(place).expect("64 places"));
    let (pending, url) = begin(&target, HERE, "#/new", random, Timestamp(NOW_MS));
    let query = url.split_once('?').expect("it has a query").1;
    tape.portal.root = "https://portal.example.com".to_owned();
    let back = tape.portal.decide(query, "jane", true).expect("the portal sends back");
    let callback =
        AuthorizationResponse::parse(back.strip_prefix(HERE).expect("to the page")).expect("it is a callback");
    let back = CallbackContext { redirect_uri: HERE, target: &|_| Some(target.clone()), now: Timestamp(NOW_MS) };
    let redemption = handle_response(callback, Some(pending), &back).unwrap_or_else(|_| panic!("the callback fits"));
    let say = |tokens: SessionTokens| [tokens.access.expose(), &tokens.expires_in_s.to_string()].join("|");
    let redeem =
        move || tokens::redeem(&app(), &tokens::Proof { code: &hidden(), verifier: &hidden(), redirect_uri: HERE });
    let given = tape.take(("redeem", TOKENS), redemption.request, how(redeem, say));
    let old = given.refresh.expect("there is a refresh token");
    tape.take(
        ("refresh", TOKENS),
        tokens::refresh(&client, &old),
        how(move || tokens::refresh(&app(), &hidden()), say),
    );
    let end = how(move || tokens::end_session(&app(), &hidden()), yes);
    tape.take(("endSession", &[Yes("/success")]), tokens::end_session(&client, &old), end);
}

/// The page's own texts: storage, configuration, recipe. A browser passes them as text, with U+FFFD for invalid bytes.
fn own() -> [Reader; 4] {
    let plan = plan("Keys", KeyChoice::Now);
    let state = key_wizard_core::operation::begin(plan);
    let journal = Journal::of(&state.operation, Timestamp(NOW_MS)).text();
    let read = |reader: fn(&str) -> Option<String>| -> Read {
        Box::new(move |raw| reader(&String::from_utf8_lossy(&raw.body)).ok_or(Error::Unreadable { what: "own" }))
    };
    let reader = |name, proofs, (body, how): (String, fn(&str) -> Option<String>)| Reader {
        name,
        proofs,
        body: body.into_bytes(),
        of_portal: false,
        read: read(how),
    };
    let names = &[Id("/id"), Id("/portal"), Id("/owner"), Text("/title"), Whole("/written")][..];
    [
        reader("journal", names, (journal, read_journal)),
        reader("draft", &[], (draft("Keys", KeyChoice::Later).store(), read_draft)),
        reader("config.json", &[List("/portals")], (CONFIG.to_owned(), read_config)),
        reader("recipe", &[], (RECIPE.to_owned(), read_recipe)),
    ]
}

fn read_journal(text: &str) -> Option<String> {
    let journal = Journal::parse(text)?;
    assert_eq!(Journal::parse(&journal.text()).as_ref(), Some(&journal), "what was read is written the same");
    Some(
        [
            journal.id.as_str(),
            &journal.portal_key.0,
            &journal.owner_hash,
            &journal.title,
            &journal.written.0.to_string(),
        ]
        .join("|"),
    )
}

fn read_draft(text: &str) -> Option<String> {
    let draft = Draft::restore(text)?;
    assert_eq!(Draft::restore(&draft.store()).as_ref(), Some(&draft), "what was read is stored the same");
    // Any draft can be checked without a panic.
    let _ = draft.check(Timestamp(NOW_MS));
    Some(String::new())
}

fn read_config(text: &str) -> Option<String> {
    Config::parse(text).ok().map(|config| config.portals.len().to_string())
}

fn read_recipe(text: &str) -> Option<String> {
    let now = Timestamp(NOW_MS);
    let here = ReadContext {
        today: expiration::utc_date(now),
        now,
        knows_portal: &|portal| portal == "practice",
        to_ascii: &|_| None,
    };
    let filled = prefill::recipe(text, &here).ok()?;
    let _ = filled.draft.check(now);
    Some(String::new())
}
