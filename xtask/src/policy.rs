//! The page's permissions: the single source of its Content Security Policy and of all headers.
//!
//! The meta tag in `index.html`, the header files for hosts and the site server all use it.
//! `docs/security.md` explains the values, and how each browser treats them.

pub mod hosts;

/// The time that a browser may cache a file with a hash in its name: one year, as a `Cache-Control` value.
pub const KEEP: &str = "public, max-age=31536000, immutable";

/// For files with a fixed name: revalidate each time.
pub const ASK: &str = "no-cache";

/// The hosts that the page may send requests to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connect {
    /// Any https portal, and loopback ones: `config.json` is read at run time, so a build cannot be more specific.
    /// IPv6 loopback is absent because Chromium ignores `http://[::1]:*` as an invalid source.
    AnyPortal,
    /// Only these origins, such as `https://www.arcgis.com`.
    Only(Vec<String>),
}

/// The place of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// `<meta http-equiv>`: browsers ignore `frame-ancestors` there and warn about it.
    Meta,
    /// A response header, which lets pages of these origins frame the page.
    Header(&'a [String]),
}

/// The origins whose pages may frame the page: the `frameAncestors` of its `config.json`. Empty if that cannot be
/// parsed; the page then shows only the error.
pub fn frame_ancestors(config: &str) -> Vec<String> {
    let config: serde_json::Value = serde_json::from_str(config).unwrap_or_default();
    let origins = config["frameAncestors"].as_array().into_iter().flatten().filter_map(|entry| entry.as_str());
    // A value that could end the directive is not an origin, and the page reports it.
    let is_plain =
        |text: &&str| !text.contains([' ', ';', ',', '*', '"', '\'', '$', '\\', '{', '%']) && text.is_ascii();
    origins.filter(is_plain).map(str::to_owned).collect()
}

/// The Content Security Policy as one line.
pub fn content_security_policy(connect: &Connect, place: Place<'_>) -> String {
    let connect = match connect {
        Connect::AnyPortal => "https: http://127.0.0.1:* http://localhost:*".to_owned(),
        Connect::Only(origins) => origins.join(" "),
    };
    let mut directives = vec![
        "default-src 'none'".to_owned(),
        "script-src 'self' 'wasm-unsafe-eval'".to_owned(),
        "style-src 'self'".to_owned(),
        "img-src 'self' blob:".to_owned(),
        "font-src 'self'".to_owned(),
        format!("connect-src 'self' {connect}"),
        "manifest-src 'self'".to_owned(),
        "worker-src 'none'".to_owned(),
        "frame-src 'none'".to_owned(),
        "child-src 'none'".to_owned(),
        "media-src 'none'".to_owned(),
        "object-src 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types 'none'".to_owned(),
    ];
    match place {
        Place::Meta => {}
        Place::Header([]) => directives.push("frame-ancestors 'none'".to_owned()),
        Place::Header(origins) => directives.push(format!("frame-ancestors {}", origins.join(" "))),
    }
    directives.join("; ")
}

/// The headers of every response, except `Cache-Control`.
pub fn headers(connect: &Connect, ancestors: &[String]) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Security-Policy", content_security_policy(connect, Place::Header(ancestors))),
        ("Integrity-Policy", "blocked-destinations=(script)".to_owned()),
        ("Strict-Transport-Security", "max-age=63072000; includeSubDomains".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", REFERRER.to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin-allow-popups".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ("Permissions-Policy", permissions()),
    ]
}

/// The referrer that other hosts receive: the origin, and only over https.
pub const REFERRER: &str = "strict-origin";

/// `bluetooth` and `web-share` are absent: Chromium 156 warns that it does not know them.
fn permissions() -> String {
    let refused = [
        "accelerometer",
        "autoplay",
        "camera",
        "clipboard-read",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "storage-access",
        "usb",
        "xr-spatial-tracking",
    ];
    let mut features: Vec<String> = refused.iter().map(|feature| format!("{feature}=()")).collect();
    features.push("clipboard-write=(self)".to_owned());
    features.sort();
    features.join(", ")
}

/// The `Cache-Control` of a file, by its name: a file with a hash in its name never changes.
pub fn cache_control(path: &str) -> &'static str {
    let stem =
        [".css", ".js", ".json", ".wasm"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or_default();
    let is_hash = |hash: &str| hash.len() > 8 && hash.chars().all(|character| character.is_ascii_hexdigit());
    if stem.rsplit_once('-').is_some_and(|(_, hash)| is_hash(hash)) { KEEP } else { ASK }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_no_inline_script_and_no_evaluated_text() {
        let policy = content_security_policy(&Connect::AnyPortal, Place::Header(&[]));
        assert!(!policy.contains("'unsafe-inline'"));
        assert!(!policy.contains("'unsafe-eval'"));
        assert!(policy.starts_with("default-src 'none'; "));
        assert!(policy.contains("require-trusted-types-for 'script'; trusted-types 'none'"));
    }

    #[test]
    fn nothing_leads_safari_away_from_a_page_on_loopback() {
        let policy = content_security_policy(&Connect::AnyPortal, Place::Meta);
        assert!(!policy.contains("upgrade-insecure-requests"), "WebKit upgrades requests to loopback too (M-20)");
    }

    #[test]
    fn only_the_header_forbids_framing() {
        assert!(content_security_policy(&Connect::AnyPortal, Place::Header(&[])).contains("frame-ancestors 'none'"));
        assert!(!content_security_policy(&Connect::AnyPortal, Place::Meta).contains("frame-ancestors"));
    }

    #[test]
    fn only_pages_named_by_the_configuration_may_frame_it() {
        let ancestors = frame_ancestors(r#"{"frameAncestors": ["https://docs.example.com", "*; script-src *", 1]}"#);
        assert_eq!(ancestors, ["https://docs.example.com"]);
        let policy = content_security_policy(&Connect::AnyPortal, Place::Header(&ancestors));
        assert!(policy.ends_with("; frame-ancestors https://docs.example.com"));
        assert!(frame_ancestors("no JSON").is_empty());
    }

    #[test]
    fn a_named_portal_replaces_the_scheme_source() {
        let only = Connect::Only(vec!["https://www.arcgis.com".to_owned()]);
        let policy = content_security_policy(&only, Place::Header(&[]));
        assert!(policy.contains("connect-src 'self' https://www.arcgis.com;"));
    }

    #[test]
    fn files_named_by_their_hash_are_kept_and_others_are_asked_for() {
        assert_eq!(cache_control("/boot-0123456789abcdef.js"), KEEP);
        assert_eq!(cache_control("/guide-0123456789abcdef.json"), KEEP);
        assert_eq!(cache_control("/embed/arcgis-key-wizard.js"), ASK);
        assert_eq!(cache_control("/index.html"), ASK);
        assert_eq!(cache_control("/config.json"), ASK);
        assert_eq!(cache_control("/"), ASK);
    }
}
