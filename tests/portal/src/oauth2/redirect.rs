//! Matches redirect URIs against an app's registration, and `validateRedirectUri` (F-SIGNIN-4, F-SIGNIN-11).

use serde_json::json;

use crate::portal::{Call, Done, Portal, Reply};
use crate::refusal::Refusal;

/// Shows the code on a page of the portal instead of a redirect (F-SIGNIN-12).
pub(crate) const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// True if a registered URI equals the requested one exactly; a registered `https://*.` matches subdomains
/// (F-SIGNIN-4).
pub(crate) fn is_registered(portal: &Portal, registered: &[String], asked: &str) -> bool {
    let covers = portal.switches.redirect_origin_covers_paths;
    let below = |text: &String| covers && is_below(text, asked);
    registered.iter().any(|other| other == asked || wildcard_fits(other, asked) || below(other))
}

/// True if the registered URI is a bare origin and the requested one is below it (F-SIGNIN-5).
fn is_below(registered: &str, asked: &str) -> bool {
    let origin = registered.strip_suffix('/').unwrap_or(registered);
    let bare = origin.split_once("://").is_some_and(|origin| !origin.1.contains(['/', '?', '#']));
    let rest = asked.strip_prefix(origin);
    bare && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn wildcard_fits(registered: &str, asked: &str) -> bool {
    let Some((scheme, rest)) = registered.split_once("://*.") else {
        return false;
    };
    let Some(asked) = asked.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://")) else {
        return false;
    };
    let label_end =
        asked.find(|character: char| !(character.is_ascii_alphanumeric() || character == '-' || character == '.'));
    let (host, path) = asked.split_at(label_end.unwrap_or(asked.len()));
    let (domain, rest_path) = rest.split_at(rest.find(['/', ':']).unwrap_or(rest.len()));
    host.strip_suffix(domain).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')) && path == rest_path
}

/// `validateRedirectUri`: returns a proper error before a window opens (F-SIGNIN-11).
pub(crate) fn validate(portal: &Portal, call: &Call) -> Reply {
    if !portal.switches.validates_redirect_uris {
        return Err(Refusal::new(404, "Invalid URL"));
    }
    let app = portal.world.apps.get(call.form.text("client_id"));
    let app = app.ok_or_else(Refusal::no_client)?;
    match is_registered(portal, &app.redirect_uris, call.form.text("redirect_uri")) {
        true => Ok(Done::Json(json!({"valid": true, "urlKey": "practice"}))),
        false => Err(Refusal::oauth(400, "invalid_request", "Invalid redirect_uri")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::portal;

    #[track_caller]
    fn check(registered: &str, asked: &str, expected: bool) {
        assert_eq!(is_registered(&portal(), &[registered.to_owned()], asked), expected, "{registered} {asked}");
    }

    #[test]
    fn uris_are_compared_in_every_character() {
        check("https://page.test/", "https://page.test/", true);
        check("https://page.test/", "https://page.test", false);
        check("https://page.test/", "https://page.test/x", false);
        check("https://page.test/", "http://page.test/", false);
        check("https://page.test/", "https://page.test:443/", false);
    }

    #[test]
    fn a_star_in_a_registered_uri_matches_sub_domains() {
        check("https://*.arcgis.com", "https://a.arcgis.com", true);
        check("https://*.arcgis.com/x", "https://a.b.arcgis.com/x", true);
        check("https://*.arcgis.com", "https://arcgis.com", false);
        check("https://*.arcgis.com", "https://evil.test/.arcgis.com", false);
        check("https://*.arcgis.com", "https://evilarcgis.com", false);
    }

    #[test]
    fn a_bare_origin_covers_paths_only_when_the_switch_says_so() {
        let registered = ["https://page.test".to_owned()];
        let mut portal = portal();
        assert!(!is_registered(&portal, &registered, "https://page.test/a/b"));
        portal.switches.redirect_origin_covers_paths = true;
        assert!(is_registered(&portal, &registered, "https://page.test/a/b"));
        assert!(!is_registered(&portal, &registered, "https://page.testing/a"));
    }

    #[test]
    fn a_redirect_uri_can_be_checked_beforehand() {
        let mut portal = portal();
        let mut ask = |client: &str, uri: &str| {
            portal.post("/oauth2/validateRedirectUri", &[("client_id", client), ("redirect_uri", uri)])
        };
        assert_eq!(ask("key-wizard-demo", "https://page.test/")["valid"], true);
        assert_eq!(ask("key-wizard-demo", "https://page.test")["error"]["message"], "Invalid redirect_uri");
        assert_eq!(ask("other", "https://page.test/")["error"]["message"], "Invalid client_id");
        portal.switches.validates_redirect_uris = false;
        let answer = portal.post("/oauth2/validateRedirectUri", &[("client_id", "key-wizard-demo")]);
        assert_eq!(answer["error"]["code"], 404);
    }
}
