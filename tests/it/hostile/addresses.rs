//! Browsers find the same scheme, host and port as we do in any accepted address. Here the `url` crate represents
//! browsers; `tests/e2e/addresses.rs` uses real ones. `src/origin/tests.rs` combines parts of addresses; this file
//! tries look-alikes at every entry point.

use key_wizard_core::credential::prefill;
use key_wizard_core::json::quoted;
use key_wizard_core::urlencoded;
use url::Url;

use super::doors::{self, Accepted, Door, Exact};
use super::look_alikes;
use crate::proof::{Part, tell};

/// The `url` crate's result for a door.
#[derive(Default)]
struct Verdict {
    /// Punycode is not decoded here: a browser may reject such a host, but never reads a different one.
    browser_refuses: usize,
    disagreements: Vec<String>,
}

impl Verdict {
    fn of(door: &Door) -> Verdict {
        let mut verdict = Verdict::default();
        door.accepted.iter().for_each(|text| verdict.judge(text));
        verdict
    }

    fn judge(&mut self, Accepted { text, origin, is_root }: &Accepted) {
        let Ok(url) = Url::parse(text) else {
            match text.to_ascii_lowercase().contains("xn--") {
                true => self.browser_refuses += 1,
                false => self.disagreements.push(format!("{text:?} is {origin}, and a browser refuses it")),
            }
            return;
        };
        let is_bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        let is_bare = is_bare && url.fragment().is_none() && (*is_root || url.path() == "/");
        if url.origin().ascii_serialization() != *origin || !is_bare {
            self.disagreements.push(format!("{text:?} is {origin}, and to a browser {url}"));
        }
    }
}

#[test]
fn an_accepted_address_is_the_one_a_browser_goes_to() {
    for door in doors::all() {
        let Verdict { browser_refuses, disagreements } = Verdict::of(&door);
        let Door { name, accepted, refused, .. } = &door;
        let (accepted, wrong) = (accepted.len(), disagreements.len());
        let all = accepted + refused;
        tell(
            Part::Addresses,
            &format!(
                "addresses, {name}: {all} decided, {accepted} accepted ({browser_refuses} of them refused by browsers \
                 alone), {refused} refused, {wrong} disagreements"
            ),
        );
        assert!(all >= 1000 && accepted > 10 && disagreements.is_empty(), "{disagreements:#?}");
    }
}

#[test]
fn what_is_made_of_an_address_goes_to_the_same_place() {
    for (text, origin, exact) in doors::all().into_iter().flat_map(|door| door.made) {
        let Some(url) = Url::parse(&text).ok().filter(|url| ["http", "https"].contains(&url.scheme())) else {
            continue;
        };
        assert_eq!(url.origin().ascii_serialization(), origin, "{text:?}");
        assert!(exact == Exact::No || url.as_str() == text, "a browser leaves {text} as it is");
    }
}

#[test]
fn a_reading_that_cuts_at_slashes_is_found_out() {
    let wrong = Verdict::of(&doors::careless()).disagreements.len();
    tell(Part::Addresses, &format!("negative control: {wrong} disagreements of a careless reading"));
    assert!(wrong > 500);
}

#[test]
fn no_link_or_recipe_names_a_portal_by_its_address() {
    let mut asked = 0;
    for text in look_alikes::all() {
        let link = prefill::link(&["portal=", &urlencoded::encoded(&text)].concat(), &doors::context());
        let recipe = prefill::recipe(&["{\"portal\":", &quoted(&text), "}"].concat(), &doors::context());
        for filled in [link, recipe].into_iter().flatten() {
            asked += 1;
            assert_eq!(filled.draft.portal, None, "{text:?}");
            assert!(filled.notes.iter().all(|note| note.what == "portal"), "an address is not repeated: {text:?}");
        }
    }
    tell(Part::Addresses, &format!("addresses, named as a portal: {asked} asked, 0 taken"));
    assert!(asked >= 1000, "{asked}");
}

#[test]
fn no_name_in_an_answer_leads_a_request_elsewhere() {
    let (names, refused) = doors::names();
    let (accepted, mut urls) = (names.len(), 0);
    for name in names {
        for (text, origin, place) in name.requests {
            urls += 1;
            let url = Url::parse(&text).expect("a browser takes it");
            assert_eq!(url.as_str(), text, "a browser leaves it as it is");
            assert_eq!(url.origin().ascii_serialization(), origin, "{text}");
            let below = url.path().split_once("/sharing/rest/").expect("it is below the portal").1;
            let part = below.split('/').nth(place).and_then(urlencoded::decoded);
            assert_eq!(part.as_deref(), Some(name.id.as_str()), "{text}");
        }
        let page = Url::parse(&name.page).expect("a browser takes it");
        assert_eq!(page.path(), "/portal/home/item.html");
        assert_eq!(page.query_pairs().collect::<Vec<_>>(), [("id".into(), name.id.as_str().into())]);
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
