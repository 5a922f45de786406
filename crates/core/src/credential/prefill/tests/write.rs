//! Links, recipes and buttons written from a draft.

use super::*;
use crate::config::PortalChoice;
use crate::credential::expiration;

#[test]
fn a_draft_comes_back_from_its_link_and_from_its_recipe() {
    for draft in [full(), Draft::new(today())] {
        let address = link_to(PAGE, &draft, today());
        let query = crate::route::link(address.strip_prefix(PAGE).expect("it begins with the page")).expect("a link");
        let read = read_link(query);
        assert_eq!((read.draft, read.notes), (draft.clone(), Vec::new()), "{address}");
        let text = recipe_of(&draft, today());
        let filled = recipe(&text, &context()).expect(&text);
        assert_eq!((filled.draft, filled.notes), (draft, Vec::new()), "{text}");
    }
}

#[test]
fn neither_carries_more_than_its_keys() {
    let mut draft = full();
    draft.key = KeyChoice::Later;
    draft.referrer_entry = "half typed".to_owned();
    draft.notify(Outcome::Filled(Source::Link));
    draft.withheld = ids(&["portal:admin:viewUsers"]);
    assert_eq!(link_to(PAGE, &draft, today()), link_to(PAGE, &full(), today()));
    let text = recipe_of(&draft, today());
    assert_eq!(text, recipe_of(&full(), today()));
    let json: Value = serde_json::from_str(&text).expect("JSON");
    for key in json.as_object().expect("an object").keys() {
        assert!(KEYS.contains(&key.as_str()), "{key}");
    }
}

#[test]
fn a_link_is_made_of_what_an_address_may_hold() {
    let address = link_to(PAGE, &full(), today());
    assert!(address.starts_with("https://keys.example.com/tools/#/new?expires=90d&referrers=https://app.example.com,"));
    assert!(address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#&=%,*".contains(&byte)), "{address}");
}

#[test]
fn a_date_of_yesterday_is_written_as_the_shortest_lifetime() {
    let draft = Draft { expiration: "2026-11-22".to_owned(), ..Draft::default() };
    assert_eq!(link_to(PAGE, &draft, today()), format!("{PAGE}#/new?expires=1d"));
    let typed = Draft { expiration: "soon".to_owned(), ..Draft::default() };
    assert_eq!(link_to(PAGE, &typed, today()), format!("{PAGE}#/new"));
    assert_eq!(recipe_of(&typed, today()), "{\n}\n");
}

#[test]
fn the_longest_lifetime_is_written_as_a_year() {
    let (_, latest) = expiration::range(NOW);
    let written =
        |date| link_to(PAGE, &Draft { expiration: expiration::format_date(date), ..Draft::default() }, today());
    assert_eq!(written(latest), format!("{PAGE}#/new?expires=365d"));
    assert_eq!(written(latest - chrono::Days::new(1)), format!("{PAGE}#/new?expires=363d"));
    let read = read_link("expires=365d").draft.expiration;
    assert_eq!(read, expiration::format_date(latest));
}

#[test]
fn a_button_is_a_link_whose_keys_are_no_entities() {
    let html = button("https://a.example/x/#/new?a=b&copy=d");
    assert_eq!(html, "<a href=\"https://a.example/x/#/new?a=b&amp;copy=d\">Get an API key</a>");
}

#[test]
fn an_element_has_the_answers_as_attributes_and_the_button_for_readers_without_script() {
    let draft = Draft {
        expiration: "2027-02-21".to_owned(),
        referrers: vec!["https://a.example".to_owned(), "http://localhost:5173".to_owned()],
        title: "\"><script>alert(1)</script> & more".to_owned(),
        portal: Some(PortalChoice::configured("arcgis")),
        ..Draft::default()
    };
    let html = element("https://gis.example.com/portal", &write(&draft, today()), &button(PAGE));
    assert_eq!(
        html,
        "<script type=\"module\" src=\"/key-wizard/arcgis-key-wizard.js\"></script>\n\
         <arcgis-key-wizard portal=\"https://gis.example.com/portal\" client-id=\"YOUR_CLIENT_ID\" expires=\"90d\" \
         referrers=\"https://a.example,http://localhost:5173\" \
         title=\"&quot;>&lt;script>alert(1)&lt;/script> &amp; more\">\n  \
         <a href=\"https://keys.example.com/tools/\">Get an API key</a>\n</arcgis-key-wizard>"
    );
}
