//! The requirements of web maps and apps, read from the portal.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;
use practice_portal::state::item::Item;
use serde_json::{Value, json};

use crate::journey::{self, Wish};
use crate::pages::{ItemAccessStep, KeyStep, PrivilegesStep, SummaryStep};
use crate::practice::refusal;
use crate::world::World;

/// The number of answered requests for items and their data.
const ANSWERED: &str = "performance.getEntriesByType('resource') \
    .filter(entry => entry.name.includes('/content/items/') && entry.responseStatus === 200).length";

const OFFER: &str = "Also give access to its 2 private items";

/// Jane's demo item whose title ends with this number: 0000 is a map, which shows 0001 (shared with the
/// organization), 0002 (private) and 0011 (public); 0003 is an app that shows the map.
fn item(world: &World, number: &str) -> Item {
    let items = world.portal(|portal| portal.items_of("jane"));
    items.into_iter().find(|item| item.title.ends_with(number)).expect("the demo has it")
}

async fn an_app_that_is_pasted_or_a_map_that_is_ticked_leads_to_exactly_what_it_needs() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let [map, app] = ["0000", "0003"].map(|number| item(&world, number));
    world.portal(|portal| {
        let hidden =
            portal.items_of("newt").into_iter().find(|item| item.title == "Draft of a map").expect("it is there").id;
        let map = portal.item_mut(&map.id).expect("it is there");
        let mut data: Value = serde_json::from_str(map.data.as_deref().unwrap_or_default()).expect("a map has data");
        data["tables"] = json!([{"title": "Owners of <b>land</b>", "itemId": hidden}]);
        map.data = Some(data.to_string());
    });
    let step = PrivilegesStep(page);
    journey::credentials(page, &Wish::small()).await;
    step.wait().await;
    page.button("Paste a web map or app").click().await;
    let field = page.textbox("Web map, web scene or app");
    field.fill("my map").await;
    page.announces("No item id was found").await;
    world.fault_once(Endpoint::ReadItem, Fault::Held);
    let address = format!("{}/home/item.html?id={}#overview", world.portal_url(), app.id);
    field.fill(&address).await;
    page.announces("0 of 1 read").await;
    world.holds(Endpoint::ReadItem).await;
    page.button("Cancel").click().await;
    page.until("nothing is read any more", async || !page.status_text().await.contains("read")).await;
    world.fault_once(Endpoint::ReadItem, refusal(500, "Not now"));
    field.fill(&app.id).await;
    page.announces("The portal refused").await;
    assert!(!page.text().await.contains("Nothing was found"), "what was not read may need something");
    page.button("Try again").click().await;
    page.announces("7 of 8 read").await;
    // The answer to a canceled request is ignored.
    world.release(Endpoint::ReadItem);
    page.until("the late answer is here", async || page.js(ANSWERED).await.as_i64() >= Some(9)).await;
    page.announces("7 of 8 read").await;
    page.shows("“Owners of <b>land</b>” · The portal refused").await;
    page.shows("Basemap styles service").await;
    // The pasted address is stored with the draft, the data read from it is not.
    world.reload_signed_in("jane").await;
    step.wait().await;
    let again = page.button(&format!("Read {} again", app.id));
    again.wait().await;
    page.photograph_all("2-privileges-map-kept").await;
    again.click().await;
    page.announces("7 of 8 read").await;
    page.is_accessible("what a map needs").await;
    page.photograph_all("2-privileges-map").await;
    page.button("Choose these").click().await;
    page.announces("Chosen: Basemap styles service").await;
    assert_eq!(field.value().await, "");
    step.counts(1).await;
    journey::next(page).await;
    page.shows("4 of 100 items chosen").await;
    journey::next(page).await;
    journey::details(page, &Wish::small()).await;
    let summary = SummaryStep(page);
    summary.wait().await;
    assert!(!page.text().await.contains("that the key cannot open"), "all that can be granted is chosen");
    summary.create().await;
    let key = KeyStep(page).key().await;
    let referer = Wish::small().referrers.first().map(|referrer| format!("{referrer}/"));
    let mut granted = world.whoami(&key, referer.as_deref()).await.privileges();
    granted.sort();
    let shown = ["0000", "0001", "0002", "0003"].map(|number| item(&world, number).id);
    let mut wanted: Vec<String> = shown.iter().map(|id| format!("portal:app:access:item:{id}")).collect();
    wanted.push("premium:user:basemaps".to_owned());
    wanted.sort();
    assert_eq!(granted, wanted);

    // The next key starts empty, so the requirements of this one do not apply to it.
    KeyStep(page).saved().await;
    world.start_over().await;
    a_map_is_ticked(&world, &item(&world, "0000")).await;
    assert!(!page.text().await.contains("What you started from"));
    world.end().await;
}

/// From step 1 to the Summary with a map ticked by hand: the page offers its private layers, warns that they are
/// missing, and adds them.
async fn a_map_is_ticked(world: &World, map: &Item) {
    let (page, wish) = (world.page(), Wish { privileges: vec!["Geocoding"], ..Wish::small() });
    let summary = SummaryStep(page);
    journey::credentials(page, &wish).await;
    journey::privileges(page, &wish).await;
    ItemAccessStep(page).wait().await;
    let dialog = ItemAccessStep(page).browse().await;
    dialog.search(&map.title).await;
    dialog.item(&map.title).first().click().await;
    page.button(OFFER).wait().await;
    page.is_accessible("private layers of a map").await;
    page.photograph_all("3-items-map").await;
    dialog.add().await;
    journey::next(page).await;
    journey::details(page, &wish).await;
    summary.wait().await;
    page.shows(&format!("“{}” shows 2 private items that the key cannot open.", map.title)).await;
    page.shows(&format!("“{}” needs premium:user:basemaps, which is not chosen.", map.title)).await;
    summary.change("Item access").await;
    let dialog = ItemAccessStep(page).browse().await;
    page.button(OFFER).click().await;
    dialog.counts(3).await;
    page.button(OFFER).gone().await;
    dialog.add().await;
    journey::next(page).await;
    summary.wait().await;
    assert!(!page.text().await.contains("that the key cannot open"));
    // A map of a link, of code or of an earlier visit is read for the Summary.
    world.reload_signed_in("jane").await;
    summary.wait().await;
    page.shows(&format!("“{}” needs premium:user:basemaps, which is not chosen.", map.title)).await;
}

crate::suite::tests! {
    one: [
        an_app_that_is_pasted_or_a_map_that_is_ticked_leads_to_exactly_what_it_needs,
    ]
}
