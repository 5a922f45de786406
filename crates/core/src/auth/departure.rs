//! Leaving for a sign-in from the first screen, before the wizard is loaded: everything the script needs, as plain
//! texts.
//!
//! The wizard leaves by the same [`sign_in::begin`], but may also have a session and a running creation to consider.

use crate::auth::pending;
use crate::auth::sign_in::{self};
use crate::auth::target::Target;
use crate::config::{Config, PortalChoice};
use crate::portal::base_url::PortalRoot;
use crate::portal::id::ClientId;
use crate::route::{self, Step};
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// The address to go to, and what the tab stores until the person comes back.
#[derive(Debug)]
pub struct Departure {
    /// The address of the portal's sign-in page.
    pub address: String,
    /// Keys and values for `sessionStorage`. The pending record is a secret: it contains the verifier.
    pub records: [(String, Secret); 3],
}

/// The portal of an entry of `config.json` that a script has parsed; `None` if the entry breaks a rule of the file,
/// which [`Config::parse`] explains.
pub fn target(id: &str, url: &str, client_id: &str) -> Option<Target> {
    let root = PortalRoot::parse(url).ok().filter(|_| Config::has_plain_ids(id, client_id))?;
    Some(Target { portal: PortalChoice::configured(id), root, client_id: ClientId(client_id.to_owned()) })
}

/// Leaves for a portal from the page at `redirect_uri`, whose fragment is `fragment`. `random` is for verifier and
/// state.
pub fn depart(target: &Target, redirect_uri: &str, fragment: &str, random: [u8; 64], now: Timestamp) -> Departure {
    let (pending, address) = sign_in::begin(target, redirect_uri, return_fragment(fragment), random, now);
    let records = [
        (pending.key(), pending.record()),
        (pending::LEFT.to_owned(), Secret::new(now.0.to_string())),
        // A newly opened page has no running creation.
        (pending::RESUMED_OPERATION.to_owned(), Secret::new(String::new())),
    ];
    Departure { address, records }
}

/// The fragment to return to: the unread link of the address, its step, or the first step.
fn return_fragment(fragment: &str) -> &str {
    if route::link(fragment).is_some() {
        return fragment;
    }
    Step::parse(fragment).map_or(Step::Credentials, Step::return_step).fragment()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::auth::pending::Pending;

    const PAGE: &str = "https://keys.example.com/wizard/";
    const NOW: Timestamp = Timestamp(1_795_000_000_000);

    fn town() -> Target {
        target("town", "https://gis.example.com/portal/", "akw1").expect("the entry is right")
    }

    fn departure(fragment: &str) -> Departure {
        depart(&town(), PAGE, fragment, [9; 64], NOW)
    }

    fn record(departure: &Departure, name: &str) -> String {
        let found = departure.records.iter().find(|(key, _)| key.starts_with(name));
        found.expect("it is kept").1.expose().to_owned()
    }

    #[test]
    fn an_entry_is_taken_if_the_configuration_would_take_it_as_it_is() {
        let long = "a".repeat(201);
        for (id, url, client_id) in [
            ("arcgis", "https://www.arcgis.com", "akw1"),
            ("a_B-9", "http://localhost:8081/portal", "!~"),
            ("", "https://www.arcgis.com", "akw1"),
            ("a b", "https://www.arcgis.com", "akw1"),
            (&long[..65], "https://www.arcgis.com", "akw1"),
            ("arcgis", "", "akw1"),
            ("arcgis", "http://www.arcgis.com", "akw1"),
            ("arcgis", "https://www.arcgis.com/home", "akw1"),
            ("arcgis", "https://www.arcgis.com", ""),
            ("arcgis", "https://www.arcgis.com", "akw 1"),
            ("arcgis", "https://www.arcgis.com", "YOUR_CLIENT_ID"),
            ("arcgis", "https://www.arcgis.com", &long),
        ] {
            let entry = format!(r#"{{"id": "{id}", "name": "A", "url": "{url}", "clientId": "{client_id}"}}"#);
            let config = Config::parse(&format!(r#"{{"portals": [{entry}]}}"#)).ok();
            let expected = config.map(|config| config.portals[0].clone());
            let found = target(id, url, client_id);
            let texts = |target: Target| (target.portal, target.root, target.client_id);
            assert_eq!(
                found.map(texts),
                expected.map(|expected| (PortalChoice::Configured(expected.id), expected.root, expected.client_id)),
                "{entry}"
            );
        }
        // The reader of the whole file repairs these; this one refuses them.
        assert!(target(" arcgis", "https://www.arcgis.com", "akw1").is_none());
    }

    #[test]
    fn the_address_and_the_record_are_those_of_any_other_sign_in() {
        let departure = departure("");
        let (pending, address) = sign_in::begin(&town(), PAGE, "#/new/credentials", [9; 64], NOW);
        assert_eq!(departure.address, address);
        assert_eq!(departure.records[0].0, pending.key());
        assert_eq!(departure.records[0].1.expose(), pending.record().expose());
    }

    #[test]
    fn the_tab_notes_when_it_was_left_and_that_nothing_was_at_work() {
        let departure = departure("#/");
        assert_eq!(record(&departure, pending::LEFT), NOW.0.to_string());
        assert_eq!(record(&departure, pending::RESUMED_OPERATION), "");
    }

    #[test]
    fn the_person_comes_back_to_the_step_or_the_link_of_the_address() {
        for (fragment, expected) in [
            ("", "#/new/credentials"),
            ("#/", "#/new/credentials"),
            ("#/new", "#/new/credentials"),
            ("#/new/privileges", "#/new/privileges"),
            ("#/new/key", "#/new/summary"),
            ("#/nowhere", "#/new/credentials"),
            ("#/new?title=Map&expires=90d", "#/new?title=Map&expires=90d"),
            ("#/new/summary?title=Map", "#/new/credentials"),
        ] {
            let record = Pending::parse(&record(&departure(fragment), pending::KEY_PREFIX)).expect("it is a record");
            assert_eq!(record.return_fragment, expected, "{fragment}");
            assert_eq!(record.link(), expected.strip_prefix("#/new?"), "{fragment}");
        }
    }
}
