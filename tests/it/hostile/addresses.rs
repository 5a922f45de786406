//! Whatever address is accepted anywhere, browsers read the same scheme, host and port in it; the `url` crate speaks for
//! them. `src/origin/tests.rs` puts addresses together part by part; these are look-alikes, through every door.

use arcgis_key_wizard::auth::sign_in::{Target, begin};
use arcgis_key_wizard::config::{Config, PortalId};
use arcgis_key_wizard::credential::draft::Draft;
use arcgis_key_wizard::credential::expiration;
use arcgis_key_wizard::credential::prefill::{self, Here};
use arcgis_key_wizard::credential::referrer::Referrer;
use arcgis_key_wizard::form;
use arcgis_key_wizard::json::quoted;
use arcgis_key_wizard::portal::id::{ClientId, FolderId, ItemId, Slot, Username};
use arcgis_key_wizard::portal::reply::Raw;
use arcgis_key_wizard::portal::request::Request;
use arcgis_key_wizard::portal::root::PortalRoot;
use arcgis_key_wizard::portal::{apps, folders, items};
use arcgis_key_wizard::timestamp::Timestamp;
use url::Url;

use super::look_alikes;
use crate::proof::{Part, tell};
use crate::world::NOW_MS;

/// What a run came to.
#[derive(Default)]
struct Counts {
    accepted: usize,
    refused: usize,
    /// Punycode is not decoded here: a browser may refuse such a host, but it reads no other one.
    browser_refuses: usize,
    disagreements: Vec<String>,
}

impl Counts {
    /// An address was accepted as this origin.
    fn accepted(&mut self, text: &str, origin: &str, is_root: bool) {
        self.accepted += 1;
        let Ok(url) = Url::parse(text) else {
            match text.to_ascii_lowercase().contains("xn--") {
                true => self.browser_refuses += 1,
                false => self.disagreements.push(format!("{text:?} is {origin}, and a browser refuses it")),
            }
            return;
        };
        let is_bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        let is_bare = is_bare && url.fragment().is_none() && (is_root || url.path() == "/");
        if url.origin().ascii_serialization() != origin || !is_bare {
            self.disagreements.push(format!("{text:?} is {origin}, and to a browser {url}"));
        }
    }

    #[track_caller]
    fn print(&self, what: &str) {
        let Self { accepted, refused, browser_refuses, disagreements } = self;
        let all = accepted + refused;
        tell(
            Part::Addresses,
            &format!(
                "addresses, {what}: {all} decided, {accepted} accepted ({browser_refuses} of them refused by browsers alone), \
             {refused} refused, {} disagreements",
                disagreements.len()
            ),
        );
        assert!(all >= 1000 && *accepted > 10 && disagreements.is_empty(), "{disagreements:#?}");
    }
}

fn here() -> Here<'static> {
    let now = Timestamp(NOW_MS);
    Here { today: expiration::utc_date(now), now, knows_portal: &|it| it == "practice" }
}

#[test]
fn a_portal_address_is_the_one_a_browser_goes_to() {
    let mut counts = Counts::default();
    for text in look_alikes::all() {
        let Ok(root) = PortalRoot::parse(&text) else {
            counts.refused += 1;
            continue;
        };
        counts.accepted(&text, root.origin(), true);
        let target = Target { portal_id: PortalId("a".to_owned()), root, client_id: ClientId("x".to_owned()) };
        let (_, sign_in) = begin(&target, "https://keys.example.com/", "#/new", ([7; 64], Timestamp(NOW_MS)));
        for url in [target.root.rest_url("portals/self"), target.root.item_page_url(&ItemId("1".to_owned())), sign_in] {
            if let Ok(read) = Url::parse(&url) {
                assert_eq!(read.origin().ascii_serialization(), target.root.origin(), "{text:?}");
                assert_eq!(read.as_str(), url, "a browser leaves it as it is");
            }
        }
    }
    counts.print("portals");
}

#[test]
fn a_reading_that_cuts_at_slashes_is_found_out() {
    let mut counts = Counts::default();
    for text in look_alikes::all() {
        let host = text.split_once("https://").map(|(_, rest)| rest.split('/').next().unwrap_or_default());
        let host = host.map(|it| it.rsplit('@').next().unwrap_or_default());
        host.into_iter().for_each(|it| counts.accepted(&text, &["https://", it].concat(), true));
    }
    tell(
        Part::Addresses,
        &format!("negative control: {} disagreements of a careless reading", counts.disagreements.len()),
    );
    assert!(counts.disagreements.len() > 500);
}

#[test]
fn a_configured_address_is_the_one_a_browser_goes_to() {
    let mut counts = Counts::default();
    for text in look_alikes::all() {
        let url = quoted(&text);
        let file = format!(r#"{{"portals":[{{"id":"a","name":"A","url":{url},"clientId":"x"}}]}}"#);
        match Config::parse(&file) {
            // White space around a value of the file is dropped, whatever it is.
            Ok(config) => counts.accepted(text.trim(), config.portals[0].root.origin(), true),
            Err(_) => counts.refused += 1,
        }
    }
    counts.print("config.json");
}

#[test]
fn a_typed_referrer_is_the_origin_a_browser_sends() {
    let mut counts = Counts::default();
    for text in look_alikes::all() {
        match Referrer::parse(&text) {
            Ok(referrer) => counts.accepted(&text, referrer.as_str(), false),
            Err(problem) => {
                counts.refused += 1;
                let url = Url::parse(&text).ok().filter(|it| ["http", "https"].contains(&it.scheme()));
                if let (Some(guess), Some(url)) = (problem.suggestion, url) {
                    assert_eq!(url.origin().ascii_serialization(), guess.as_str(), "the guess for {text:?}");
                }
            }
        }
    }
    counts.print("referrers");
}

#[test]
fn a_referrer_of_a_link_or_a_recipe_is_the_origin_a_browser_sends() {
    let mut counts = Counts::default();
    for text in look_alikes::all() {
        let link = prefill::link(&["referrers=", &form::encoded(&text)].concat(), &here());
        let file = ["{\"referrers\":[", &quoted(&text), "]}"].concat();
        let mut typed = Draft { referrer_entry: text.clone(), ..Draft::default() };
        // Refused entries stay where they were typed.
        let _ = typed.add_referrer();
        let recipe = prefill::recipe(&file, &here());
        for draft in [link.map(|it| it.draft).unwrap_or_default(), recipe.map(|it| it.draft).unwrap_or_default(), typed]
        {
            counts.refused += usize::from(draft.referrers.is_empty());
            let mut pieces = text.split(|it: char| it.is_whitespace() || it == ',').filter(|it| !it.is_empty());
            for referrer in &draft.referrers {
                let piece = pieces.find(|it| Referrer::parse(it).is_ok_and(|it| it.as_str() == referrer));
                counts.accepted(piece.unwrap_or(&text), referrer, false);
            }
        }
    }
    counts.print("links, recipes, lists");
}

#[test]
fn no_link_or_recipe_names_a_portal_by_its_address() {
    let mut asked = 0;
    for text in look_alikes::all() {
        let link = prefill::link(&["portal=", &form::encoded(&text)].concat(), &here());
        let recipe = prefill::recipe(&["{\"portal\":", &quoted(&text), "}"].concat(), &here());
        for filled in [link, recipe].into_iter().flatten() {
            asked += 1;
            assert_eq!(filled.draft.portal, "", "{text:?}");
            assert!(filled.notes.iter().all(|it| it.what == "portal"), "an address is not repeated: {text:?}");
        }
    }
    tell(Part::Addresses, &format!("addresses, named as a portal: {asked} asked, 0 taken"));
    assert!(asked >= 1000, "{asked}");
}

/// The id as a client takes it out of an answer, if it does.
fn answered(id: &str) -> Option<String> {
    let body = ["{\"success\":true,\"id\":", &quoted(id), "}"].concat();
    let raw = Raw { status: 200, retry_after: None, body: body.into_bytes().into() };
    let details = items::Details { title: String::new(), tags: Vec::new(), summary: String::new() };
    let request = items::add(&Username("jane".to_owned()), None, &details, "akw");
    request.encode().1.decode(&raw).ok().map(|it| it.0)
}

/// Every request whose path holds a name out of an answer, with the place of that name below `sharing/rest`.
fn paths(id: &str) -> Vec<(String, usize)> {
    fn path<T: 'static>(request: Request<T>) -> String {
        request.encode().0.path
    }
    let (jane, item) = (Username("jane".to_owned()), ItemId(id.to_owned()));
    let (user, folder, client) = (Username(id.to_owned()), FolderId(id.to_owned()), ClientId(id.to_owned()));
    vec![
        (path(folders::list(&user)), 2),
        (path(folders::create(&user, "x")), 2),
        (path(items::newest(&jane, Some(&folder))), 3),
        (path(items::read(&item)), 2),
        (path(items::update(&jane, &item, (Slot::One, Timestamp(NOW_MS)), None)), 4),
        (path(items::relocate(&jane, &item, None)), 4),
        (path(items::delete(&user, &item)), 4),
        (path(apps::read(&jane, &item)), 4),
        (path(apps::unregister(&client)), 2),
    ]
}

#[test]
fn no_name_in_an_answer_leads_a_request_elsewhere() {
    let (mut accepted, mut refused, mut urls) = (0, 0, 0);
    let tricks = [
        "", ".", "..", "%2e", "%2e%2e", "...", "/", "//", "../..", "..\\..", "a/../b", "?x", "#x", "@", "a b", "é",
        "\u{0}", "\n",
    ];
    let roots = ["https://www.arcgis.com", "https://gis.example.com:7443/portal"]
        .map(|it| PortalRoot::parse(it).expect("it is one"));
    for id in tricks.into_iter().map(str::to_owned).chain(look_alikes::all()) {
        let Some(id) = answered(&id) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        for (root, (path, place)) in roots.iter().flat_map(|root| paths(&id).into_iter().map(move |it| (root, it))) {
            urls += 1;
            let text = root.rest_url(&path);
            let url = Url::parse(&text).expect("a browser takes it");
            assert_eq!(url.as_str(), text, "a browser leaves it as it is");
            assert_eq!(url.origin().ascii_serialization(), root.origin(), "{id:?}");
            let below = url.path().split_once("/sharing/rest/").expect("it is below the portal").1;
            let part = below.split('/').nth(place).and_then(form::decoded);
            assert_eq!(part.as_deref(), Some(id.as_str()), "{text}");
        }
        let page = Url::parse(&roots[1].item_page_url(&ItemId(id.clone()))).expect("a browser takes it");
        assert_eq!(page.path(), "/portal/home/item.html");
        assert_eq!(page.query_pairs().collect::<Vec<_>>(), [("id".into(), id.as_str().into())]);
        assert_eq!(page.fragment(), None);
    }
    tell(
        Part::Addresses,
        &format!(
            "addresses, of names in answers: {accepted} accepted, {refused} refused, {urls} requests, 0 elsewhere"
        ),
    );
    assert!(accepted > 1000, "{accepted}");
}
