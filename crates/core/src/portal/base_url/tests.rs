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
fn an_item_a_group_or_an_app_of_a_portal_names_the_portal_whatever_follows() {
    let below = |root: &str| Err(RootProblem::BelowRoot { root: root.to_owned() });
    for path in [
        "/home/item.html?id=0f",
        "/home/group.html?id=0f#overview",
        "/home/",
        "/sharing/rest?f=json",
        "/portaladmin/login",
        "/Sharing/REST/oauth2/authorize?client_id=x",
        "/home//x",
    ] {
        check(&["https://gis.example.com/portal", path].concat(), below("https://gis.example.com/portal"));
        check(&["https://www.arcgis.com", path].concat(), below("https://www.arcgis.com"));
    }
    for path in ["/apps/mapviewer/index.html?webmap=0f", "/portal", "/%7Ex"] {
        check(&["https://jane.maps.arcgis.com", path].concat(), below("https://jane.maps.arcgis.com"));
    }
}

#[test]
fn sites_of_esri_that_are_no_portals_name_the_one_that_is() {
    for site in [
        "https://arcgis.com",
        "https://ARCGIS.com/home",
        "https://location.arcgis.com",
        "https://location.arcgis.com/credentials/0f?x=y",
        "https://developers.arcgis.com",
        "https://doc.arcgis.com/en",
        "https://services1.arcgis.com/0f/arcgis/rest/services",
        "https://city.hub.arcgis.com",
        "https://storymaps.arcgis.com",
        "https://basemaps-api.arcgis.com",
        "https://esri.com",
        "https://www.esri.com",
        "https://my.esri.com",
    ] {
        check(site, Err(RootProblem::EsriSite));
    }
    for portal in [
        "https://www.arcgis.com",
        "https://jane.maps.arcgis.com",
        "https://jane.mapsdevext.arcgis.com",
        "https://devext.arcgis.com",
        "https://gis.esri.com/portal",
        "https://arcgis.com.example",
        "https://myarcgis.com",
        "https://wwwesri.com",
        "https://arcgis.example.com/portal",
    ] {
        check(portal, Ok(portal));
    }
    assert_eq!(RootProblem::EsriSite.portal(), Some("https://www.arcgis.com"));
}

#[test]
fn the_port_behind_a_web_adaptor_is_named_where_the_address_is_not_whole() {
    let behind = Err(RootProblem::BehindAdaptor { root: "https://gis.example.com/portal".to_owned() });
    check("https://gis.example.com:7443", behind.clone());
    check("https://gis.example.com:7443/", behind.clone());
    check("https://gis.example.com:7443/home/", behind);
    check("https://gis.example.com:7443/arcgis", Ok("https://gis.example.com:7443/arcgis"));
    let below = Err(RootProblem::BelowRoot { root: "https://gis.example.com:7443/arcgis".to_owned() });
    check("https://gis.example.com:7443/arcgis/home/", below);
}

#[test]
fn a_server_of_the_portals_names_the_portal() {
    let server = |root: &str| Err(RootProblem::Server { root: root.to_owned() });
    for address in [
        "https://gis.example.com/arcgis/rest/services",
        "https://gis.example.com/server/rest/info",
        "https://gis.example.com/arcgis/manager/",
        "https://gis.example.com/server/admin/login",
        "https://gis.example.com:6443/arcgis",
        "https://gis.example.com:6443/arcgis/rest/services/Roads/MapServer",
    ] {
        check(address, server("https://gis.example.com/portal"));
    }
    check("http://localhost:6080/arcgis", server("http://localhost/portal"));
    check("https://gis.example.com:8443/server/rest/services", server("https://gis.example.com:8443/portal"));
    // Elsewhere, a portal may use any address.
    for portal in
        ["https://gis.example.com:6443/portal", "https://gis.example.com/rest", "https://gis.example.com/arcgis"]
    {
        check(portal, Ok(portal));
    }
    let online = Err(RootProblem::BelowRoot { root: "https://jane.maps.arcgis.com".to_owned() });
    check("https://jane.maps.arcgis.com/arcgis/rest/services", online);
    check("https://services.arcgisonline.com/arcgis/rest/services", Err(RootProblem::EsriSite));
}

#[test]
fn a_page_of_a_portal_names_the_portal_which_may_be_called_apps() {
    let below = |root: &str| Err(RootProblem::BelowRoot { root: root.to_owned() });
    for path in ["/index.html", "/signin.html?returnUrl=x", "/apps/mapviewer/index.html?webmap=0f", "/apps/dashboards"]
    {
        check(&["https://gis.example.com/portal", path].concat(), below("https://gis.example.com/portal"));
    }
    check("https://gis.example.com/index.html", below("https://gis.example.com"));
    check("https://gis.example.com/apps", Ok("https://gis.example.com/apps"));
    check("https://gis.example.com/apps/home/", below("https://gis.example.com/apps"));
}

#[test]
fn what_was_probably_meant_is_offered() {
    for (text, meant) in [
        ("gis.example.com/portal", "https://gis.example.com/portal"),
        ("jane.maps.arcgis.com", "https://jane.maps.arcgis.com"),
        ("www.arcgis.com/home/index.html", "https://www.arcgis.com"),
        ("arcgis.com", "https://www.arcgis.com"),
        ("http://gis.example.com/portal", "https://gis.example.com/portal"),
        ("HTTP://gis.example.com:6080/arcgis/rest/services", "https://gis.example.com/portal"),
        ("https:/gis.example.com/portal", "https://gis.example.com/portal"),
        ("https//gis.example.com/portal", "https://gis.example.com/portal"),
        ("htps://gis.example.com/portal", "https://gis.example.com/portal"),
        ("//gis.example.com/portal/", "https://gis.example.com/portal"),
        ("<https://gis.example.com/portal>", "https://gis.example.com/portal"),
        ("\"https://gis.example.com/portal/home/\",", "https://gis.example.com/portal"),
        ("https://gis.example.com/portal?f=json", "https://gis.example.com/portal"),
        ("https://gis.example.com/portal#/x?y", "https://gis.example.com/portal"),
        ("https://gis.example.com//portal", "https://gis.example.com/portal"),
        ("https://gis.example.com:7443", "https://gis.example.com/portal"),
        ("https://services.arcgisonline.com", "https://www.arcgis.com"),
        ("https://gis.example.com/server/rest/services?f=html", "https://gis.example.com/portal"),
    ] {
        assert_eq!(PortalRoot::meant(text).as_deref(), Some(meant), "{text}");
    }
    for text in [
        "",
        "acme",
        "our portal",
        "https://acme",
        "jane:word@gis.example.com",
        "https://gis.example.com/a/../b",
        "ftp://a.example",
    ] {
        assert_eq!(PortalRoot::meant(text), None, "{text}");
    }
}

#[test]
fn everything_is_below_the_root() {
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
