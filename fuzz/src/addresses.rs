//! Addresses of portals and referrers: an accepted address is canonical, and the `url` crate, which parses addresses
//! like browsers, finds the same origin in it.

use key_wizard_core::credential::referrer::Referrer;
use key_wizard_core::portal::base_url::{PortalRoot, RootProblem};
use key_wizard_core::portal::id::ItemId;
use url::Url;

pub fn check_portal(text: &str) {
    let root = match PortalRoot::parse(text) {
        Ok(root) => root,
        Err(RootProblem::BelowRoot { root }) => return check_portal_suggestion(&root),
        Err(_) => return,
    };
    assert_eq!(PortalRoot::parse(root.as_str()).as_ref(), Ok(&root), "an accepted address is canonical");
    let Some(url) = read(text) else { return };
    assert_eq!(root.origin(), url.origin().ascii_serialization());
    assert_eq!(root.as_str(), [root.origin(), url.path().trim_end_matches('/')].concat());
    assert!(is_bare(&url), "nothing of the address is dropped");
    assert!(url.scheme() == "https" || is_loopback(&url), "tokens cross no network readable");
    for address in [root.rest_url("portals/self"), root.item_page_url(&ItemId("../a b?c".to_owned()))] {
        assert_eq!(Url::parse(&address).expect("a browser takes it").as_str(), address);
    }
}

fn check_portal_suggestion(root: &str) {
    assert_eq!(PortalRoot::parse(root).expect("a suggestion is accepted").as_str(), root);
}

pub fn check_referrer(text: &str) {
    match Referrer::parse(text) {
        Err(problem) => problem.suggestion.into_iter().for_each(|referrer| check_canonical(&referrer)),
        Ok(referrer) => {
            check_canonical(&referrer);
            let Some(url) = read(text) else { return };
            assert_eq!(referrer.as_str(), url.origin().ascii_serialization());
            assert!(is_bare(&url) && url.path() == "/", "nothing of the address is dropped");
        }
    }
}

fn check_canonical(referrer: &Referrer) {
    assert_eq!(Referrer::parse(referrer.as_str()).as_ref(), Ok(referrer), "an accepted referrer is canonical");
    // A browser sends `Referer` but never parses this pattern, so `*` counts as an ordinary character.
    if let Some(url) = read(referrer.as_str()) {
        assert_eq!(referrer.as_str(), url.origin().ascii_serialization());
    }
}

/// An accepted address as a browser parses it; `None` for a Punycode host that a browser rejects.
fn read(text: &str) -> Option<Url> {
    match Url::parse(text) {
        Ok(url) => Some(url),
        Err(_) if text.to_ascii_lowercase().contains("xn--") => None,
        Err(error) => panic!("a browser refuses what was accepted: {error}"),
    }
}

fn is_bare(url: &Url) -> bool {
    url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
