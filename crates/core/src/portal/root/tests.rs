use super::*;

#[track_caller]
fn check(text: &str, expected: Result<&str, RootProblem>) {
    let root = PortalRoot::parse(text);
    assert_eq!(root.as_ref().map(PortalRoot::as_str), expected.as_ref().copied(), "{text}");
}

#[track_caller]
fn check_origin(text: &str, problem: OriginProblem) {
    check(text, Err(RootProblem::Origin(problem)));
}

#[test]
fn an_address_is_kept_in_its_canonical_form() {
    check("https://www.arcgis.com", Ok("https://www.arcgis.com"));
    check(" HTTPS://WWW.ArcGIS.com:443// ", Ok("https://www.arcgis.com"));
    check("https://gis.example.com:7443/Portal/", Ok("https://gis.example.com:7443/Portal"));
    check("https://gis.example.com/a/b.c_d~e-f", Ok("https://gis.example.com/a/b.c_d~e-f"));
    check("https://xn--mnchen-3ya.de/portal", Ok("https://xn--mnchen-3ya.de/portal"));
}

#[test]
fn plain_http_is_for_this_machine_only() {
    check("http://localhost:8080", Ok("http://localhost:8080"));
    check("http://127.8.9.10/portal", Ok("http://127.8.9.10/portal"));
    check("http://[::1]:9000", Ok("http://[::1]:9000"));
    check("http://www.arcgis.com", Err(RootProblem::PlainHttp));
    check("http://localhost.evil.example", Err(RootProblem::PlainHttp));
    check("http://127.evil.example", Err(RootProblem::PlainHttp));
    check("http://10.0.0.1", Err(RootProblem::PlainHttp));
}

#[test]
fn each_refusal_names_its_reason() {
    check_origin(" \t", OriginProblem::Empty);
    check_origin(&format!("https://example.com/{}", "a".repeat(2048)), OriginProblem::TooLong);
    check_origin("www.arcgis.com", OriginProblem::Scheme);
    check_origin("javascript://www.arcgis.com", OriginProblem::Scheme);
    check_origin("https://www.arcgis.com/my portal", OriginProblem::Space);
    check_origin("https://münchen.de", OriginProblem::NotAscii);
    check_origin("https://example.com\\portal", OriginProblem::Backslash);
    check_origin("https://jane:word@example.com", OriginProblem::UserInfo);
    check_origin("https://", OriginProblem::Host);
    check_origin("https://example..com", OriginProblem::Host);
    check_origin("https://*.example.com", OriginProblem::Host);
    check_origin("https://0x7f000001", OriginProblem::NumericHost);
    check_origin("https://10.0.0.08", OriginProblem::NumericHost);
    check_origin("https://[2001:db8::1]", OriginProblem::Ipv6);
    check_origin("https://example.com:", OriginProblem::Port);
    check_origin("https://example.com:65536", OriginProblem::Port);
    check("https://example.com/portal?f=json", Err(RootProblem::Query));
    check("https://example.com/portal#/x?y", Err(RootProblem::Fragment));
    check("https://example.com/a/../b", Err(RootProblem::Path));
    check("https://example.com/a//b", Err(RootProblem::Path));
    check("https://example.com/a%2fb", Err(RootProblem::Path));
}

#[test]
fn an_address_copied_from_the_address_bar_names_the_portal_it_is_below() {
    let below = |root: &str| Err(RootProblem::BelowRoot { root: root.to_owned() });
    check("https://jane.maps.arcgis.com/home/index.html", below("https://jane.maps.arcgis.com"));
    check("https://gis.example.com/portal/sharing/rest", below("https://gis.example.com/portal"));
    check("https://gis.example.com/portal/Home/", below("https://gis.example.com/portal"));
}

#[test]
fn everything_lies_below_the_root() {
    let root = PortalRoot::parse("https://gis.example.com:7443/portal/").expect("a portal address");
    assert_eq!(root.origin(), "https://gis.example.com:7443");
    assert_eq!(root.host(), "gis.example.com:7443");
    assert_eq!(root.rest_url("portals/self"), "https://gis.example.com:7443/portal/sharing/rest/portals/self");
    assert_eq!(root.authorize_url(), "https://gis.example.com:7443/portal/sharing/rest/oauth2/authorize");
}

#[test]
fn an_item_id_cannot_leave_the_query_of_its_page() {
    let root = PortalRoot::parse("https://www.arcgis.com").expect("a portal address");
    let page = |id: &str| root.item_page_url(&ItemId(id.to_owned()));
    assert_eq!(page("0f1e"), "https://www.arcgis.com/home/item.html?id=0f1e");
    assert_eq!(page("a&b#ü/"), "https://www.arcgis.com/home/item.html?id=a%26b%23%C3%BC%2F");
}
