//! Every accepted address is read the same way by the URL Standard; the `url` crate represents the browsers.

use proptest::prelude::*;
use url::Url;

use crate::credential::referrer::Referrer;
use crate::portal::base_url::PortalRoot;

const SCHEMES: [&str; 12] = [
    "https://",
    "http://",
    "HTTPS://",
    "hTTp://",
    " https://",
    "https:/",
    "https:",
    "//",
    "ftp://",
    "javascript:",
    "https:///",
    "https:\\\\",
];

const HOSTS: [&str; 56] = [
    "example.com",
    "EXAMPLE.com",
    "gis.example.com",
    "localhost",
    "LocalHost",
    "127.0.0.1",
    "127.1",
    "127.0.0.01",
    "0127.0.0.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "2130706433",
    "127.0.0.256",
    "1.2.3",
    "1.2.3.4",
    "1.2.3.4.5",
    "0.0.0.0",
    "255.255.255.255",
    "example.0x",
    "example.0xfg",
    "example.1",
    "1.example",
    "[::1]",
    "[::0001]",
    "[::1",
    "::1",
    "[::ffff:127.0.0.1]",
    "[2001:db8::1]",
    "example.com.",
    "example..com",
    ".example.com",
    "-example.com",
    "example-.com",
    "ex_ample.com",
    "ex ample.com",
    "ex%61mple.com",
    "exämple.com",
    "ｅxample.com",
    "example。com",
    "xn--mnchen-3ya.de",
    "xn--a.com",
    "xn--.com",
    "user@example.com",
    "user:word@example.com",
    "@example.com",
    "example.com@evil.example",
    "evil.example\\@example.com",
    "",
    "*",
    "*.example.com",
    "*.com",
    "*.*.example.com",
    "a*.example.com",
    "ex\tample.com",
    "example.com\u{0}",
    "exa\u{ad}mple.com",
];

const PORTS: [&str; 15] = [
    "",
    ":443",
    ":80",
    ":8443",
    ":0443",
    ":0",
    ":65535",
    ":65536",
    ":",
    ":8a",
    ":-1",
    ":+80",
    "::80",
    ":８０",
    ":99999999999",
];

const RESTS: [&str; 34] = [
    "",
    "/",
    "//",
    "/portal",
    "/portal/",
    "/Portal//",
    "/a//b",
    "/a/../b",
    "/a/./b",
    "/..",
    "/%2e%2e/b",
    "/a%20b",
    "/a b",
    "/a;b",
    "/a:b",
    "/a@b",
    "/ä",
    "\\evil.example",
    "/\\evil",
    "?",
    "?q=1",
    "/p?q",
    "#",
    "#f",
    "/p#f",
    "/arcgis/rest.x",
    "/home/",
    "/portal/sharing/rest",
    "/~jane_x-1",
    " ",
    "/ ",
    "\n",
    "/a\tb",
    "/...",
];

/// The origin as browsers write it; `None` if they refuse the address.
fn browser_origin(text: &str) -> Option<(String, Url)> {
    let url = Url::parse(text).ok()?;
    Some((url.origin().ascii_serialization(), url))
}

fn has_bare_authority(url: &Url) -> bool {
    url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none()
}

/// Punycode is not decoded here, so a browser may refuse such a host, but must not read it as another one.
fn may_be_refused(text: &str) -> bool {
    text.to_ascii_lowercase().contains("xn--")
}

fn accepted_root_agrees(text: &str) -> bool {
    let Ok(root) = PortalRoot::parse(text) else {
        return false;
    };
    let Some((origin, url)) = browser_origin(text) else {
        assert!(may_be_refused(text), "a browser refuses {text:?}");
        return true;
    };
    assert_eq!(root.origin(), origin, "{text:?}");
    assert_eq!(root.as_str(), [&origin, url.path().trim_end_matches('/')].concat(), "{text:?}");
    assert!(has_bare_authority(&url), "{text:?}");
    assert!(
        url.scheme() == "https"
            || ["localhost", "[::1]"].contains(&url.host_str().unwrap_or_default())
            || url.host_str().is_some_and(|text| text.starts_with("127.")),
        "{text:?}"
    );
    assert_eq!(PortalRoot::parse(root.as_str()).as_ref(), Ok(&root), "{text:?}");
    let rest = Url::parse(&root.rest_url("portals/self")).expect("a URL below a root");
    assert_eq!(rest.origin().ascii_serialization(), origin, "{text:?}");
    true
}

fn accepted_referrer_agrees(text: &str) -> bool {
    let Ok(referrer) = Referrer::parse(text) else {
        return false;
    };
    let Some((origin, url)) = browser_origin(text) else {
        assert!(may_be_refused(text), "a browser refuses {text:?}");
        return true;
    };
    assert_eq!(referrer.as_str(), origin, "{text:?}");
    assert_eq!(url.path(), "/", "{text:?}");
    assert!(has_bare_authority(&url), "{text:?}");
    assert_eq!(Referrer::parse(referrer.as_str()).as_ref(), Ok(&referrer), "{text:?}");
    true
}

#[test]
fn no_address_put_together_from_hostile_parts_is_read_otherwise_by_a_browser() {
    let (mut roots, mut referrers, mut all) = (0, 0, 0);
    for scheme in SCHEMES {
        for host in HOSTS {
            for port in PORTS {
                for rest in RESTS {
                    let text = [scheme, host, port, rest].concat();
                    all += 1;
                    roots += usize::from(accepted_root_agrees(&text));
                    referrers += usize::from(accepted_referrer_agrees(&text));
                }
            }
        }
    }
    assert!(all > 300_000 && roots > 1000 && referrers > 1000, "{all} {roots} {referrers}");
}

#[test]
fn look_alikes_of_a_portal_are_other_hosts_or_refused() {
    let texts = [
        "https://www.arcgis.com.evil.example",
        "https://www.arcgis.com@evil.example",
        "https://evil.example/x.arcgis.com",
        "https://evil.example\\www.arcgis.com",
        "https://www.arcgis.com%2eevil.example",
        "https://www.arcgis.com:443@evil.example",
        "https://evil.example#www.arcgis.com",
        "https://evil.example?www.arcgis.com",
        "https://wwwarcgis.com",
        "https:www.arcgis.com",
        "https://ｗｗｗ.arcgis.com",
        "https://www.arcgis.com\u{2028}",
        "https://www.arcgis.com/..//evil.example",
        "//www.arcgis.com",
    ];
    for text in texts {
        let root = PortalRoot::parse(text);
        assert!(root.as_ref().map_or(true, |root| root.host() != "www.arcgis.com"), "{text}: {root:?}");
        accepted_root_agrees(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn no_random_text_is_read_otherwise_by_a_browser(text in "\\PC{0,40}") {
        accepted_root_agrees(&text);
        accepted_referrer_agrees(&text);
    }

    #[test]
    fn no_random_address_is_read_otherwise_by_a_browser(text in "https?://[a-zA-Z0-9.:@/\\\\%_*\\[\\]x -]{0,24}") {
        accepted_root_agrees(&text);
        accepted_referrer_agrees(&text);
    }

    #[test]
    fn every_plain_host_and_port_is_accepted(host in "[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,5})?(\\.[a-z]{2,6}){1,3}", port in 1..65536u32) {
        let with_port = format!("https://{host}:{port}");
        prop_assert!(accepted_referrer_agrees(&with_port));
        // Port 7443, behind a web adaptor, is never a portal's address.
        prop_assert!(accepted_root_agrees(&with_port) == (port != 7443));
        let sub_domains = format!("https://*.{host}");
        prop_assert!(accepted_referrer_agrees(&sub_domains));
    }
}
