//! Matches a `Referer` header against registered referrers (F-REFERRER-6).

/// True if the list is empty or one entry matches the header.
///
/// The header's origin must equal the entry's; `*.` matches one or more subdomains (F-REFERRER-2). An entry with a
/// path or a bare host matches by its origin or host (inferred; the grammar is unknown, F-REFERRER-3).
/// An entry equal to the header always matches, even `http` (F-REFERRER-8).
pub fn admits(registered: &[String], referer: Option<&str>) -> bool {
    let Some(referer) = referer else {
        return registered.is_empty();
    };
    let found = parts(referer);
    let fits = |entry: &String| entry == referer || found.as_ref().is_some_and(|found| fits(entry, found));
    registered.is_empty() || registered.iter().any(fits)
}

struct Parts {
    scheme: String,
    host: String,
    port: String,
}

fn fits(entry: &str, found: &Parts) -> bool {
    let bare = !entry.contains("://");
    let whole = if bare { format!("{}://{entry}", found.scheme) } else { entry.to_owned() };
    let Some(wanted) = parts(&whole) else {
        return false;
    };
    let host = match wanted.host.strip_prefix("*.") {
        Some(domain) => found.host.ends_with(&format!(".{domain}")),
        None => found.host == wanted.host,
    };
    host && wanted.scheme == found.scheme && wanted.port == found.port
}

/// Scheme, host and port in lower case, with default ports made explicit.
fn parts(url: &str) -> Option<Parts> {
    let lower = url.to_ascii_lowercase();
    let (scheme, rest) = lower.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let default = if scheme == "http" { "80" } else { "443" };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, default),
    };
    Some(Parts { scheme: scheme.to_owned(), host: host.to_owned(), port: port.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(entry: &str, referer: &str, expected: bool) {
        let found = admits(&[entry.to_owned()], Some(referer));
        assert_eq!(found, expected, "{entry} against {referer}");
    }

    #[test]
    fn the_origin_must_fit_with_scheme_host_and_port() {
        check("https://app.example.com", "https://app.example.com/", true);
        check("https://app.example.com", "https://APP.example.com/page?x", true);
        check("https://app.example.com:443", "https://app.example.com/", true);
        check("https://app.example.com", "http://app.example.com/", false);
        check("https://app.example.com", "https://app.example.com:8443/", false);
        check("https://app.example.com", "https://app.example.com.evil.test/", false);
        check("http://localhost:5173", "http://localhost:5173/", true);
    }

    #[test]
    fn a_star_matches_sub_domains_only() {
        check("https://*.example.com", "https://a.example.com/", true);
        check("https://*.example.com", "https://a.b.example.com/", true);
        check("https://*.example.com", "https://example.com/", false);
        check("https://*.example.com", "https://badexample.com/", false);
    }

    #[test]
    fn an_entry_that_is_the_text_of_the_header_fits_without_being_an_address() {
        check("http", "http", true);
        check("http", "http://a.test/", false);
        check("http", "https", false);
        check("my script", "my script", true);
    }

    #[test]
    fn a_list_admits_no_empty_header_and_an_empty_list_admits_all() {
        assert!(!admits(&["https://a.test".to_owned()], None));
        assert!(admits(&[], None));
    }
}
