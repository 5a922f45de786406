//! `config.json`: our parser agrees with an independent reading of an accepted file, and every portal in it has a
//! usable id.

use std::collections::BTreeSet;

use key_wizard_core::config::{Config, MAX_CLIENT_ID, MAX_ID, MAX_NAME, MAX_PORTALS, PLACEHOLDER};
use key_wizard_core::portal::base_url::PortalRoot;
use serde_json::{Value, json};

pub fn check(text: &str) {
    let config = match Config::parse(text) {
        Ok(config) => config,
        Err(problems) => return assert!(!problems.is_empty(), "a refusal has a reason"),
    };
    let portals: Vec<Value> = config
        .portals
        .iter()
        .map(|portal| {
            json!({
                "id": portal.id.0,
                "name": portal.name,
                "url": portal.root.as_str(),
                "clientId": portal.client_id.0,
            })
        })
        .collect();
    let written = json!({ "portals": portals, "allowOtherPortals": config.allow_other_portals }).to_string();
    assert_eq!(Config::parse(&written).as_ref(), Ok(&config), "what was read is written the same");

    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("an accepted file is JSON");
    assert_eq!(config.allow_other_portals, file["allowOtherPortals"] == json!(true));
    let listed = file["portals"].as_array().expect("the portals are a list");
    assert_eq!(listed.len(), config.portals.len(), "no portal is dropped");
    assert!(listed.len() <= MAX_PORTALS);
    let ids: BTreeSet<&str> = config.portals.iter().map(|portal| portal.id.0.as_str()).collect();
    assert_eq!(ids.len(), config.portals.len(), "an id names one portal");
    for (portal, listed) in config.portals.iter().zip(listed) {
        let address = listed["url"].as_str().expect("an address is a text");
        assert_eq!(PortalRoot::parse(address.trim()).as_ref(), Ok(&portal.root));
        let texts = [(&portal.id.0, MAX_ID), (&portal.name, MAX_NAME), (&portal.client_id.0, MAX_CLIENT_ID)];
        for (text, max) in texts {
            assert!((1..=max).contains(&text.chars().count()) && !text.chars().any(char::is_control));
        }
        assert_ne!(portal.client_id.0, PLACEHOLDER);
    }
}
