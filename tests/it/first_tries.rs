//! Typed and pasted inputs, written without looking at the tables beside the code; each result was decided before the
//! first run. The failures are fixed; these are now regression tests.

use chrono::NaiveDate;
use key_wizard_core::credential::draft::Draft;
use key_wizard_core::credential::expiration::{self, pasted_date};
use key_wizard_core::credential::prefill::{self, Filled, ReadContext};
use key_wizard_core::credential::referrer_list::with_ascii_hosts;
use key_wizard_core::credential::unresolved::Restriction::{self, Expiration, Items, Portal, Referrers};
use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::id::ClientId;
use key_wizard_core::portal::text::{plain, scrubbed};
use key_wizard_core::timestamp::Timestamp;

use crate::world::NOW_MS;

/// Reports all failures at once, to show a pattern among them.
#[track_caller]
fn none_is_wrong(tried: usize, wrong: &[String]) {
    assert!(wrong.is_empty(), "{} of {tried} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The browser's ASCII form of an internationalized host name.
fn to_ascii(host: &str) -> Option<String> {
    Some(url::Url::parse(&["https://", host].concat()).ok()?.host_str()?.to_owned())
}

/// The text of the field, the referrers that are added or suggested, and the rest without a suggestion.
const REFERRERS: [(&str, &str, &str, &str); 53] = [
    ("staging.acme-maps.io", "", "https://staging.acme-maps.io", ""),
    ("HTTPS://Maps.City.Gov", "https://maps.city.gov", "", ""),
    ("https://user.github.io/project-name/index.html?x=1#top", "", "https://user.github.io", ""),
    ("localhost", "", "http://localhost", ""),
    ("127.0.0.1:5500/index.html", "", "http://127.0.0.1:5500", ""),
    ("https://app.example.com/*", "", "https://app.example.com", ""),
    ("*://*.acme.example/*", "", "https://*.acme.example", ""),
    ("https://*", "", "", "https://*"),
    ("*", "", "", "*"),
    ("*.com", "", "", "*.com"),
    ("file:///C:/Users/me/index.html", "", "", "file:///C:/Users/me/index.html"),
    ("app.example.com and www.example.com", "", "https://app.example.com https://www.example.com", ""),
    (
        "Production: https://www.acme.example\nStaging: https://staging.acme.example:8443\nLocal: http://localhost:4200",
        "https://www.acme.example https://staging.acme.example:8443 http://localhost:4200",
        "",
        "",
    ),
    ("ALLOWED_ORIGINS=https://one.example,https://two.example", "https://one.example https://two.example", "", ""),
    (
        "export const origins = ['https://one.example', \"https://two.example\"];",
        "https://one.example https://two.example",
        "",
        "",
    ),
    (
        "{\"httpReferrers\":[\"https://a.example\",\"https://b.example:444\"]}",
        "https://a.example https://b.example:444",
        "",
        "",
    ),
    ("referrers:\n  - https://a.example\n  - https://b.example\n", "https://a.example https://b.example", "", ""),
    (
        "| env | url |\n|---|---|\n| prod | https://shop.example |\n| dev | http://localhost:3000 |",
        "https://shop.example http://localhost:3000",
        "",
        "",
    ),
    (
        "1. https://a.example\n2. https://b.example\n3) c.example",
        "https://a.example https://b.example",
        "https://c.example",
        "",
    ),
    ("<https://a.example|a.example>", "https://a.example", "", ""),
    ("[our shop](https://shop.example/cart)", "", "https://shop.example", ""),
    ("frame-ancestors 'self' https://a.example https://*.b.example;", "https://a.example https://*.b.example", "", ""),
    // A word among addresses stays: it could be a host on the local network, and nothing is dropped silently.
    (
        "server_names *.example.com www.example.org/galleries/;",
        "",
        "https://*.example.com https://www.example.org",
        "server_names",
    ),
    ("https://münchen.example", "https://xn--mnchen-3ya.example", "", ""),
    (
        "https://app.example.com:443, http://app.example.com:80/",
        "https://app.example.com http://app.example.com",
        "",
        "",
    ),
    ("https://a.example\u{a0}https://b.example", "https://a.example https://b.example", "", ""),
    ("https://a.example,https://a.example/", "https://a.example", "", ""),
    ("http://192.168.0.20:8080/", "http://192.168.0.20:8080", "", ""),
    ("capacitor://localhost", "", "", "capacitor://localhost"),
    ("chrome-extension://abcdefghijklmnop", "", "", "chrome-extension://abcdefghijklmnop"),
    ("https//app.example.com", "", "https://app.example.com", ""),
    ("https:/app.example.com", "", "https://app.example.com", ""),
    ("htps://app.example.com", "", "https://app.example.com", ""),
    ("https://app.example.com.", "https://app.example.com", "", ""),
    ("\"https://a.example\" \"https://b.example\"", "https://a.example https://b.example", "", ""),
    ("https://a.example;https://b.example;", "https://a.example https://b.example", "", ""),
    ("https://a.examplehttps://b.example", "https://a.example https://b.example", "", ""),
    (
        "https://a.example\thttps://b.example\r\nhttps://c.example",
        "https://a.example https://b.example https://c.example",
        "",
        "",
    ),
    (
        "ServerName shop.example\nServerAlias www.shop.example",
        "",
        "https://shop.example https://www.shop.example",
        "ServerName ServerAlias",
    ),
    ("Ask anna@acme.example for https://acme.example", "https://acme.example", "", "Ask anna@acme.example for"),
    ("https://bob:hunter2@acme.example", "", "https://acme.example", ""),
    (
        "VITE_URL=\"https://a.example\" # production\nVITE_DEV=http://localhost:5173",
        "https://a.example http://localhost:5173",
        "",
        "",
    ),
    ("Access-Control-Allow-Origin: https://a.example", "https://a.example", "", ""),
    ("- [x] https://a.example\n- [ ] https://b.example", "https://a.example https://b.example", "", ""),
    (
        "app.use(cors({ origin: ['https://a.example', 'http://localhost:3000'] }));",
        "https://a.example http://localhost:3000",
        "",
        "",
    ),
    ("\"[\\\"https://a.example\\\",\\\"https://b.example\\\"]\"", "https://a.example https://b.example", "", ""),
    ("https://a.example\\nhttps://b.example", "https://a.example https://b.example", "", ""),
    (
        "https://a.example?\nhttps://b.example!\nhttps://c.example:",
        "https://a.example https://b.example https://c.example",
        "",
        "",
    ),
    ("「https://a.example」、『https://b.example』。", "https://a.example https://b.example", "", ""),
    ("‚https://a.example‘ ‹https://b.example›", "https://a.example https://b.example", "", ""),
    ("https:\\\\news.example", "", "https://news.example", ""),
    ("https://a.example\\r\\nhttps://b.example", "https://a.example https://b.example", "", ""),
    ("https://例子。测试", "https://xn--fsqu00a.xn--0zwm56d", "", ""),
];

#[test]
fn referrers_and_pasted_lists_come_to_what_was_decided() {
    let mut wrong = Vec::new();
    for (text, added, meant, left) in REFERRERS {
        let mut draft = Draft::new(expiration::utc_date(Timestamp(NOW_MS)));
        draft.referrer_entry = with_ascii_hosts(text, &to_ascii);
        let _problems = draft.add_referrers();
        let (suggested, stuck): (Vec<_>, Vec<_>) =
            draft.doubtful_referrers().into_iter().partition(|(_, problem)| problem.suggestion.is_some());
        let suggested: Vec<String> = suggested
            .into_iter()
            .filter_map(|(_, problem)| problem.suggestion.map(|referrer| referrer.as_str().to_owned()))
            .collect();
        let stuck: Vec<String> = stuck.into_iter().map(|(piece, _)| piece).collect();
        let found = (draft.referrers.join(" "), suggested.join(" "), stuck.join(" "));
        if (found.0.as_str(), found.1.as_str(), found.2.as_str()) != (added, meant, left) {
            wrong.push(format!("{text:?}: {found:?}"));
        }
    }
    none_is_wrong(REFERRERS.len(), &wrong);
}

fn filled(text: &str) -> Filled {
    let context = ReadContext {
        today: expiration::utc_date(Timestamp(NOW_MS)),
        now: Timestamp(NOW_MS),
        knows_portal: &|id| id == "arcgis",
        to_ascii: &to_ascii,
    };
    let read = if text.starts_with('{') { prefill::recipe } else { prefill::link };
    read(text, &context).unwrap_or_else(|rejection| panic!("{text}: {rejection:?}"))
}

/// Links and recipes, and the restrictions that disable `Create`.
const LOST: [(&str, &[Restriction]); 43] = [
    ("expires=never&privileges=premium:user:basemaps", &[Expiration]),
    ("expires=2026-13-01", &[Expiration]),
    ("expires=90", &[Expiration]),
    ("expires=5y", &[Expiration]),
    ("referrers=null", &[Referrers]),
    ("referrers=https://a.example,,https://b.example", &[]),
    ("referrers=https%3A%2F%2Fa.example%2Cb.example", &[Referrers]),
    ("refferers=https://a.example", &[Referrers]),
    ("httpReferrers=https://a.example", &[Referrers]),
    ("referrer=https://a.example", &[Referrers]),
    ("allowedDomains=a.example", &[Referrers]),
    ("Expires=7d", &[Expiration]),
    ("expires_in=7", &[Expiration]),
    ("validUntil=2026-12-24", &[Expiration]),
    ("endDate=2026-12-24", &[Expiration]),
    ("notAfter=2026-12-24", &[Expiration]),
    // Syntactically an id, until the portal is asked.
    ("items=notanid", &[]),
    ("itemIds=0123456789abcdef0123456789abcdef", &[Items]),
    ("portal=https://evil.example", &[Portal]),
    ("portalUrl=https://gis.acme.example", &[Portal]),
    ("referrers=https://a.example&referrers=b.example", &[Referrers]),
    ("privileges=premium:user:basemaps&amp;referrers=https://a.example", &[]),
    ("expires=30d;referrers=b.example", &[Referrers]),
    ("experies=30d", &[Expiration]),
    ("lang=en&title=Store", &[]),
    ("utm_source=docs", &[]),
    ("description=Store", &[]),
    ("ref=twitter", &[]),
    ("version=2&theme=dark&mode=button", &[]),
    ("portal=arcgis&expires=30d&referrers=https://a.example&items=0123456789abcdef0123456789abcdef", &[]),
    ("expires=30d&expires=365d", &[Expiration]),
    ("expires=-5d", &[Expiration]),
    // Parsed leniently.
    (r#"{"referrers": "https://a.example"}"#, &[]),
    (r#"{"expires": 90}"#, &[Expiration]),
    (r#"{"expires": null}"#, &[Expiration]),
    (r#"{"items": {"a": 1}}"#, &[Items]),
    (r#"{"Referrers": ["https://a.example"]}"#, &[Referrers]),
    (r#"{"referrers": ["https://a.example", 5]}"#, &[Referrers]),
    (r#"{"credential": {"referrers": ["https://a.example"]}}"#, &[Referrers]),
    (r#"{"privileges": ["premium:user:basemaps"], "$comment": "for the docs"}"#, &[]),
    (r#"{"settings": [{"expires": "7d"}]}"#, &[Expiration]),
    (r#"{"$schema": "recipe.schema.json", "referrers": ["https://a.example"], "expires": "30d"}"#, &[]),
    (r#"{"portal": ["arcgis"]}"#, &[Portal]),
];

#[test]
fn a_restriction_that_is_lost_holds_create_and_nothing_else_does() {
    let mut wrong = Vec::new();
    for (text, held) in LOST {
        let found: Vec<Restriction> = filled(text).draft.unresolved.iter().map(|entry| entry.restriction).collect();
        let kinds: Vec<Restriction> = Restriction::ALL.into_iter().filter(|kind| found.contains(kind)).collect();
        if kinds != held {
            wrong.push(format!("{text}: {kinds:?}"));
        }
    }
    none_is_wrong(LOST.len(), &wrong);
}

/// Addresses, and the portal that each one is (`Ok`) or probably means.
const PORTALS: [(&str, Result<&str, &str>); 31] = [
    ("https://acme.maps.arcgis.com/home/webmap/viewer.html?webmap=1234", Err("https://acme.maps.arcgis.com")),
    ("https://www.arcgis.com/apps/dashboards/0123", Err("https://www.arcgis.com")),
    ("https://experience.arcgis.com/experience/abc", Err("https://www.arcgis.com")),
    ("https://storymaps.arcgis.com", Err("https://www.arcgis.com")),
    ("services.arcgis.com/abc/arcgis/rest/services", Err("https://www.arcgis.com")),
    ("https://basemaps-api.arcgis.com/arcgis/rest/services/styles", Err("https://www.arcgis.com")),
    ("https://gis.city.gov/server/rest/services", Err("https://gis.city.gov/portal")),
    ("https://gis.city.gov:6443/arcgis/manager", Err("https://gis.city.gov/portal")),
    ("https://gis.city.gov:7443/arcgis/home", Err("https://gis.city.gov:7443/arcgis")),
    ("https://gis.city.gov:7443/", Err("https://gis.city.gov/portal")),
    ("https://portal.city.gov/portal/sharing/rest/portals/self?f=json", Err("https://portal.city.gov/portal")),
    ("https://portal.city.gov/arcgis/home/item.html?id=0123", Err("https://portal.city.gov/arcgis")),
    ("http://portal.city.gov/portal", Err("https://portal.city.gov/portal")),
    ("portal.city.gov/portal/", Err("https://portal.city.gov/portal")),
    ("https://portal.city.gov/portal/", Ok("https://portal.city.gov/portal")),
    ("https://acme.maps.arcgis.com/sharing/rest/oauth2/authorize", Err("https://acme.maps.arcgis.com")),
    ("https://arcgis.com/home/index.html", Err("https://www.arcgis.com")),
    ("https://developers.arcgis.com/dashboard", Err("https://www.arcgis.com")),
    ("https://js.arcgis.com/4.29/", Err("https://www.arcgis.com")),
    ("https://server.arcgisonline.com/ArcGIS/rest/services/World_Imagery/MapServer", Err("https://www.arcgis.com")),
    ("https://admin:secret@portal.city.gov/portal", Err("")),
    ("https://portal.city.gov/portal#/signin", Err("https://portal.city.gov/portal")),
    ("https://acme.mapsdevext.arcgis.com", Ok("https://acme.mapsdevext.arcgis.com")),
    ("https://my.esri.com", Err("https://www.arcgis.com")),
    ("https://portal.city.gov/portal/apps/webappviewer/index.html?id=1", Err("https://portal.city.gov/portal")),
    ("https://portal.city.gov/portal/portaladmin", Err("https://portal.city.gov/portal")),
    ("www.arcgis.com", Err("https://www.arcgis.com")),
    ("https://www.arcgis.com/sharing/rest/generateToken", Err("https://www.arcgis.com")),
    ("ftp://portal.city.gov", Err("")),
    ("portal", Err("")),
    ("http://127.0.0.1:8081/sharing/rest", Err("http://127.0.0.1:8081")),
];

#[test]
fn an_address_that_cannot_work_leads_to_the_portal_that_is_meant() {
    let mut wrong = Vec::new();
    for (text, expected) in PORTALS {
        let found = match PortalRoot::parse(text) {
            Ok(root) => Ok(root.as_str().to_owned()),
            Err(_) => Err(PortalRoot::meant(text).unwrap_or_default()),
        };
        if found != expected.map(str::to_owned).map_err(str::to_owned) {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    none_is_wrong(PORTALS.len(), &wrong);
}

/// Client ids, and whether each looks like an item id.
const CLIENT_IDS: [(&str, bool); 7] = [
    ("8f2ac3de91b04c65a7d2f0e13b7c9a54", true),
    ("8F2AC3DE91B04C65A7D2F0E13B7C9A54", true),
    ("kTq1ZpXv9BhW3dNs", false),
    ("0123456789abcdef", false),
    ("8f2ac3de91b04c65a7d2f0e13b7c9a54f", false),
    ("arcgisonline", false),
    ("8f2ac3de-91b0-4c65-a7d2-f0e13b7c9a54", false),
];

#[test]
fn a_client_id_that_is_an_items_id_is_known_by_its_look() {
    for (id, looks) in CLIENT_IDS {
        assert_eq!(ClientId(id.to_owned()).looks_like_item_id(), looks, "{id}");
    }
}

/// Pasted dates that mean 24 December 2026.
const DATES: [&str; 17] = [
    "24.12.2026",
    "2026年12月24日",
    "24 Dec 2026",
    "24th December 2026",
    "Thu Dec 24 2026",
    "Thu Dec 24 2026 23:59:59 GMT+0000 (Coordinated Universal Time)",
    "Thu, 24 Dec 2026 23:59:59 GMT",
    "1798156799999",
    "1798156799",
    "12/24/2026",
    "20261224",
    "December 24, 2026, 23:59 UTC",
    "Expires December 24, 2026, 23:59 UTC",
    "2026/12/24 23:59",
    "24-12-2026",
    "20261224T235959Z",
    "Valid until 2026-12-24",
];

/// Pasted texts that are not a date, or are ambiguous.
const NO_DATES: [&str; 9] =
    ["12/24/26", "5/6/2027", "Dec 24", "tomorrow", "in 90 days", "90d", "2026-W52-4", "31.02.2027", "+1 555 010 2026"];

#[test]
fn a_pasted_date_is_read_or_left() {
    let mut wrong = Vec::new();
    let day = NaiveDate::from_ymd_opt(2026, 12, 24);
    for (text, expected) in DATES.map(|text| (text, day)).into_iter().chain(NO_DATES.map(|text| (text, None))) {
        if pasted_date(text) != expected {
            wrong.push(format!("{text}: {:?}", pasted_date(text)));
        }
    }
    none_is_wrong(DATES.len() + NO_DATES.len(), &wrong);
}

/// Names from a portal or a user, and how the page shows them.
const NAMES: [(&str, &str); 12] = [
    ("Invoice\u{202e}gpj.exe", "Invoicegpj.exe"),
    ("a\u{0}b", "a b"),
    ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ("A\u{200b}dmin", "Admin"),
    ("\u{feff}Title", "Title"),
    ("Line 1\nLine 2", "Line 1 Line 2"),
    ("Pay\u{ad}roll", "Payroll"),
    ("Admin\u{e0041}\u{e0042}", "Admin"),
    ("Admin\u{3164}", "Admin"),
    ("\u{2066}Jane\u{2069} Doe", "Jane Doe"),
    ("Zürich 🗺️ карта", "Zürich 🗺️ карта"),
    ("Jane\u{2028}Doe", "Jane Doe"),
];

/// Messages from a portal, and how the page shows them.
const MESSAGES: [(&str, &str); 4] = [
    ("Invalid token AAPTxy8BH1VEsoebNVZXo8HurABCDEF rejected", "Invalid token […] rejected"),
    (
        "User 'jane.doe' does not have permission to access this resource.",
        "User 'jane.doe' does not have permission to access this resource.",
    ),
    ("client_secret=0123456789abcdef0123456789abcdef", "[…]"),
    ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "Bearer […]"),
];

/// Titles without visible characters.
const BLANK: [&str; 4] = ["\u{3164}", "\u{2800}", "\u{200b}\u{feff}", "\u{e0020}"];

#[test]
fn a_hostile_name_is_shown_harmlessly_and_a_blank_one_is_none() {
    let mut wrong = Vec::new();
    let mut check = |text: &str, found: String, expected: &str| {
        if found != expected {
            wrong.push(format!("{text:?}: {found:?}"));
        }
    };
    for (text, expected) in NAMES {
        check(text, plain(text, 60), expected);
    }
    for (text, expected) in MESSAGES {
        check(text, scrubbed(text, 200), expected);
    }
    for text in BLANK {
        let mut draft = crate::wish::draft("", Default::default());
        draft.title = text.to_owned();
        let found = draft.check(Timestamp(NOW_MS)).map(|_| "a title").unwrap_or_default();
        check(text, found.to_owned(), "");
    }
    none_is_wrong(NAMES.len() + MESSAGES.len() + BLANK.len(), &wrong);
}
