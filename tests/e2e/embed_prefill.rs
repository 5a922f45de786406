//! The values that a page passes to the element: a valid and an invalid key before and after the sign-in, each key
//! alone under `AKW_LONG`, and recipes. `tests/it/recipes.rs` is the table of what each key does.

use std::collections::BTreeMap;

use practice_portal::state::item::Access;

use crate::complaints::Complaint;
use crate::docs::Docs;
use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, DetailsStep, ItemAccessStep, Prefilled, PrivilegesStep, Reuse, SummaryStep};
use crate::world::{World, is_long};

/// The base values of every form here, including the keys under test.
const BASE: &str = r#"{"title":"Base","privileges":["premium:user:basemaps"]}"#;

/// The id of one of Jane's items with this access.
fn item_shared(world: &World, access: Access) -> String {
    let items = world.portal(|portal| portal.items_of("jane"));
    items.into_iter().find(|item| item.access == access).expect("jane has one").id
}

/// An element with these keys and the base values, on its own page, so that it finds no other draft.
async fn open(world: &World, docs: &Docs, place: &str, keys: &[(&str, &str)]) {
    let keys: String = keys.iter().map(|(key, value)| format!(" {key}='{value}'")).collect();
    let path = format!("{place}/");
    docs.write(&path, &format!("<arcgis-key-wizard recipe='{BASE}'{keys}></arcgis-key-wizard>"));
    world.page().goto(&format!("{}{path}", docs.site.url)).await;
}

/// Signs in, goes to the Summary, and reads the whole form there, with the days left instead of the date, and the
/// filled-in title.
async fn form(world: &World) -> BTreeMap<String, String> {
    let page = world.page();
    Docs::sign_in(world, "jane").await;
    CredentialsStep(page).wait().await;
    let days = CredentialsStep(page).days_left().await;
    for heading in [PrivilegesStep::HEADING, ItemAccessStep::HEADING, DetailsStep::HEADING] {
        journey::next(page).await;
        page.heading(heading).wait().await;
    }
    let title = page.textbox(DetailsStep::TITLE).value().await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    let mut rows = SummaryStep(page).rows().await;
    assert_eq!(rows.len(), 8, "{rows:?}");
    rows.insert("Expiration date".to_owned(), format!("{days} days"));
    rows.insert("Title".to_owned(), title);
    rows
}

/// The lines that say what was left out.
async fn left_out(world: &World) -> Vec<String> {
    let open = "document.querySelector('arcgis-key-wizard').shadowRoot.querySelectorAll('#prefilled details') \
                .forEach(details => details.open = true)";
    world.page().js(open).await;
    let text = world.page().text().await;
    text.lines().filter(|line| line.contains("was left out")).map(str::to_owned).collect()
}

async fn embed_each_key_fills_in_its_own_answer_only_and_a_bad_one_is_reported_with_the_reason() {
    let (world, docs) = Docs::open("").await;
    open(&world, &docs, "base", &[]).await;
    let base = form(&world).await;
    let (private, public) = (item_shared(&world, Access::Private), item_shared(&world, Access::Public));
    let long = "x".repeat(3_000);
    let good = [
        ("Expiration date", "expires", "7d", "7 days"),
        ("Item access", "items", &*private, &*private),
        (
            "Referrers",
            "referrers",
            "https://a.example,http://localhost:5173",
            "https://a.example\nhttp://localhost:5173",
        ),
        (
            "Privileges",
            "privileges",
            "premium:user:geoenrichment",
            "GeoEnrichment service (premium:user:geoenrichment)",
        ),
        ("Title", "title", "Store finder & more", "Store finder & more"),
        ("Folder", "folder", "Keys of ours", "Keys of ours"),
        ("Tags", "tags", "a,b", "a,b"),
        ("Summary", "summary", "For the shop", "For the shop"),
    ];
    let bad = [
        ("expires", "400d", "expires was left out: The expiration date is too late"),
        ("title", &*long, "title was left out:"),
        ("privileges", "premium:user:basemaps,premium:user:places", "places was left out: your account does not have"),
        ("expires", "soon", "expires was left out:"),
        ("referrers", "evil", "evil was left out:"),
        ("privileges", "premium:user:basemaps,not one", "not one was left out: no key can have"),
        ("items", "00ff", "00ff was left out: "),
        ("items", &*public, "was left out: everybody can open this item"),
        ("folder", &*long, "folder was left out:"),
        ("tags", &*long, "tags was left out:"),
        ("summary", &*long, "summary was left out:"),
        ("preset", "maps", "maps was left out: this page knows no preset"),
        ("portal", "elsewhere", "portal was left out: this page knows no portal"),
    ];
    // The first two are read before and after the sign-in, and fit into one form.
    let goods: Vec<&[_]> = if is_long() { good.chunks(1).collect() } else { vec![&good[..2]] };
    for (place, good) in goods.into_iter().enumerate() {
        let keys: Vec<(&str, &str)> = good.iter().map(|(_, key, value, _)| (*key, *value)).collect();
        open(&world, &docs, &format!("good/{place}"), &keys).await;
        let mut form = form(&world).await;
        for (row, key, _, words) in good {
            let answer = form.insert((*row).to_owned(), base[*row].clone()).unwrap_or_default();
            assert!(answer.contains(words), "{key}: {answer}");
            assert_ne!(answer, base[*row], "{key}");
        }
        assert_eq!(form, base, "{keys:?}");
        assert_eq!(left_out(&world).await, Vec::<String>::new(), "{keys:?}");
    }
    let bads: Vec<&[_]> = if is_long() { bad.chunks(1).collect() } else { vec![&bad[..3]] };
    for (place, bad) in bads.into_iter().enumerate() {
        let keys: Vec<(&str, &str)> = bad.iter().map(|(key, value, _)| (*key, *value)).collect();
        open(&world, &docs, &format!("bad/{place}"), &keys).await;
        let form = form(&world).await;
        let mut expected = base.clone();
        if keys.iter().any(|(key, _)| *key == "title") {
            // The suggested title.
            let title = form["Title"].clone();
            assert!(title.starts_with("API key, "), "{title}");
            expected.insert("Title".to_owned(), title);
        }
        assert_eq!(form, expected, "{keys:?}");
        let told = left_out(&world).await;
        assert_eq!(told.len(), bad.len(), "{keys:?}: {told:?}");
        for (key, value, words) in bad {
            assert!(told.iter().any(|line| line.contains(words)), "{key}={value}: {told:?}");
        }
    }
    world.end().await;
}

async fn embed_a_portal_is_chosen_by_its_id_among_those_of_the_configuration() {
    let (world, docs) = Docs::open("").await;
    let other = r#"{"id":"other","name":"Elsewhere","url":"https://portal.example","clientId":"x"},"#;
    let two = World::config(&world.portal_url()).replacen('[', &format!("[{other}"), 1);
    docs.site.replace("two.json", two.into_bytes());
    docs.write("", "<arcgis-key-wizard config=two.json portal=practice></arcgis-key-wizard>");
    let page = world.page();
    page.goto(&docs.site.url).await;
    let chosen = page.choice("Portal").js("function () { return this.selectedOptions[0].text }").await;
    assert!(chosen.as_str().is_some_and(|portal| portal.starts_with("Practice portal")), "{chosen}");
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

async fn embed_attributes_of_a_framework_count_and_misspelled_ones_are_named_on_the_console() {
    let (world, docs) = Docs::open("").await;
    docs.site.remove("key-wizard/config.json");
    let portal = world.portal_url();
    let body = format!(
        "<arcgis-key-wizard class=wide lang=en data-v-7a2 portal={portal} clientId=key-wizard-demo previleges=x></arcgis-key-wizard>"
    );
    docs.write("", &body);
    let page = world.page();
    page.goto(&docs.site.url).await;
    page.shows(&format!("ArcGIS ({})", world.portal_host())).await;
    world.expect(Complaint::Element("it has no attribute previleges; is it privileges?"));
    // With a portal and a client id, no configuration is needed.
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    docs.write("early/", "<arcgis-key-wizard config='[object Object]'></arcgis-key-wizard>");
    page.goto(&format!("{}early/", docs.site.url)).await;
    page.shows("config.json").await;
    world.expect(Complaint::Element("config was set before this module was there"));
    world.expect(Complaint::Status(404));
    world.end().await;
}

async fn embed_attributes_win_over_a_recipe_which_is_read_strictly_and_takes_none_along_when_it_cannot_be_read() {
    let (world, docs) = Docs::open("").await;
    world.expect(Complaint::Status(404));
    let page = world.page();
    let both = r#"{"title": "Recipe", "tags": "kept", "apiKey": "x"}"#;
    let twice = r#"{"title": "First", "title": "Second"}"#;
    for (path, recipe, told) in [
        ("both/", both, "apiKey was left out"),
        ("damaged/", "{damaged", "recipe was left out"),
        ("twice/", twice, "title was left out: it appears twice"),
        ("missing/", "/missing.json", "recipe was left out"),
    ] {
        let attribute = if path == "twice/" { "" } else { "title=Attribute" };
        docs.write(path, &format!("<arcgis-key-wizard {attribute} recipe='{recipe}'></arcgis-key-wizard>"));
        page.goto(&format!("{}{path}", docs.site.url)).await;
        Prefilled(page).open_left_out().await;
        page.shows(told).await;
        assert_eq!(left_out(&world).await.len(), 1, "{recipe}");
        // The element parses each before the sign-in, so the resulting answers are checked for only one valid and one
        // invalid recipe.
        if ["both/", "missing/"].contains(&path) {
            Docs::sign_in(&world, "jane").await;
            CredentialsStep(page).wait().await;
            page.link(DetailsStep::HEADING).click().await;
            DetailsStep(page).wait().await;
            assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Attribute", "{recipe}");
            let tags = page.textbox(DetailsStep::TAGS).value().await;
            assert_eq!(tags == "kept", path == "both/", "{tags}");
        }
    }
    world.end().await;
}

async fn embed_a_recipe_of_the_summary_makes_the_same_form_in_the_element() {
    let (world, docs) = Docs::open("").await;
    let page = world.page();
    world.open().await;
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    let days = CredentialsStep(page).days_left().await;
    world.to_summary(&Wish { folder: Some("Keys of ours"), ..Wish::whole() }).await;
    let mut whole = SummaryStep(page).rows().await;
    whole.insert("Expiration date".to_owned(), format!("{days} days"));
    Reuse(page).open().await;
    let saved = Reuse(page).download(&world.downloads()).await;
    // Once as a property, once as an address.
    docs.site.replace("recipe.json", saved.clone().into_bytes());
    docs.site
        .replace("recipe.js", format!("document.querySelector('arcgis-key-wizard').recipe = {saved}").into_bytes());
    let property = "<arcgis-key-wizard></arcgis-key-wizard><script src=/recipe.js></script>";
    let address = "<arcgis-key-wizard recipe=/recipe.json></arcgis-key-wizard>";
    for (path, body) in [("property/", property), ("address/", address)] {
        docs.write(path, body);
        page.goto(&format!("{}{path}", docs.site.url)).await;
        Docs::sign_in(&world, "jane").await;
        // No question is left.
        SummaryStep(page).wait().await;
        SummaryStep(page).expires_in(days).await;
        let mut rows = SummaryStep(page).rows().await;
        rows.insert("Expiration date".to_owned(), format!("{days} days"));
        assert_eq!(rows, whole, "{path}");
        assert_eq!(left_out(&world).await, Vec::<String>::new(), "{path}");
    }
    world.end().await;
}

crate::suite::tests! {
    one: [
        embed_each_key_fills_in_its_own_answer_only_and_a_bad_one_is_reported_with_the_reason,
        embed_a_portal_is_chosen_by_its_id_among_those_of_the_configuration,
        embed_attributes_of_a_framework_count_and_misspelled_ones_are_named_on_the_console,
        embed_attributes_win_over_a_recipe_which_is_read_strictly_and_takes_none_along_when_it_cannot_be_read,
        embed_a_recipe_of_the_summary_makes_the_same_form_in_the_element,
    ]
}
