//! How privileges are found: by search, from a tutorial or a task, and in pasted code. Tables in `key-wizard-core` cover
//! which queries, presets and programs find what: `credential/search`, `preset` and `code`.

use practice_portal::state::item::Access;

use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{DetailsStep, KeyStep, PrivilegesStep, SummaryStep};
use crate::suite;
use crate::world::World;

/// One privilege is chosen.
async fn all_results_are_shown_on_request_and_the_first_is_in_sight(page: &Page) {
    let step = PrivilegesStep(page);
    step.search("portal").await;
    let results = "[...document.querySelectorAll('[id^=found-][type=checkbox]')]";
    let count = async || page.js(&format!("{results}.length")).await.as_u64();
    page.until("ten results", async || count().await == Some(10)).await;
    page.button("Show all results").click().await;
    page.button("Show all results").gone().await;
    page.until("all results", async || count().await > Some(10)).await;
    let focused = page.js(&format!("{results}.indexOf(document.activeElement)")).await;
    assert!(focused.as_i64() >= Some(10), "{focused}");
    page.is_accessible("all results").await;
    page.photograph_all("2-privileges-all-results").await;
    // The list is scrolled to the eleventh row.
    step.search("geocod").await;
    let is_seen = format!(
        "(() => {{ const [first] = {results}, {{ x, y }} = first.getBoundingClientRect(); \
         return document.elementFromPoint(x + 5, y + 5) === first }})()"
    );
    page.until("the first result is in sight", async || page.js(&is_seen).await.as_bool() == Some(true)).await;
    page.checkbox("Selected only").click().await;
    step.search("user").await;
    page.checkbox("Basemap styles service").wait().await;
    assert!(!page.button("Show all results").exists().await, "nothing selected is hidden");
    step.search("elevation").await;
    page.announces("none of the selected privileges match").await;
    page.checkbox("Selected only").click().await;
}

async fn privileges_are_found_in_many_words_and_what_is_chosen_stays_chosen() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let step = PrivilegesStep(page);
    // The step names are links to the steps.
    page.link(DetailsStep::HEADING).click().await;
    DetailsStep(page).wait().await;
    page.link(PrivilegesStep::HEADING).click().await;
    step.wait().await;
    page.is_accessible("the names of the steps").await;
    page.back().await;
    DetailsStep(page).wait().await;
    page.forward().await;
    step.wait().await;

    page.checkbox("Basemap styles service").focus().await;
    page.press("Space").await;
    page.press("Enter").await;
    page.next_frame().await;
    step.counts(1).await;
    page.heading(PrivilegesStep::HEADING).wait().await;
    for words in ["geocod", "premium:user:geocode", "GEOCODING"] {
        step.search(words).await;
        page.checkbox("Geocoding").wait().await;
        page.checkbox("Basemap styles service").gone().await;
        step.counts(1).await;
    }
    step.choose("Geocoding").await;
    step.counts(2).await;
    step.search("zzzz nothing").await;
    page.checkbox("Geocoding").gone().await;
    step.search("").await;
    assert!(page.checkbox("Basemap styles service").is("checked").await);
    assert!(page.checkbox("Geocoding").is("checked").await);
    page.checkbox("Selected only").click().await;
    page.checkbox("Routing").gone().await;
    page.checkbox("Geocoding").click().await;
    step.counts(1).await;
    assert!(page.checkbox("Geocoding").exists().await, "nothing moves while somebody presses");
    page.checkbox("Selected only").click().await;
    page.checkbox("Routing").wait().await;
    page.checkbox("Selected only").click().await;
    page.checkbox("Geocoding").gone().await;
    assert!(page.checkbox("Basemap styles service").exists().await);
    page.checkbox("Selected only").click().await;

    all_results_are_shown_on_request_and_the_first_is_in_sight(page).await;

    step.search("isochrone").await;
    page.shows("includes Service area").await;
    step.choose("Routing").await;
    step.search("elevation").await;
    page.checkbox("Elevation service").becomes("disabled").await;
    page.shows("it belongs to ArcGIS Location Platform").await;
    page.is_accessible("what was found").await;
    step.search("isocrone").await;
    page.shows("nothing found").await;
    page.button("isochrone").click().await;
    assert!(page.checkbox("Routing").is("checked").await);
    step.search("").await;
    page.shows("opens route-api.arcgis.com").await;
    step.counts(2).await;
    world.end().await;
}

async fn a_tutorial_by_its_address_and_a_task_are_added_and_taken_back() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let step = PrivilegesStep(page);
    journey::credentials(page, &Wish::small()).await;
    step.wait().await;
    let start = page.textbox("Start from a tutorial or task");
    start.fill("zzzz").await;
    page.announces("No tutorial, task or SDK was found").await;
    start.fill("https://developers.arcgis.com/javascript/latest/tutorials/display-a-map/#steps").await;
    page.shows("stated by its page").await;
    page.is_accessible("a tutorial that was found").await;
    page.button("Add: Maps SDK for JavaScript: Display a map").click().await;
    step.counts(1).await;
    assert!(page.checkbox("Basemap styles service").is("checked").await);
    start.fill("directions").await;
    page.button("Add: Directions and routes").click().await;
    step.counts(2).await;
    page.checkbox("Routing").becomes("checked").await;
    start.fill("places nearby").await;
    page.shows("your account lacks Place finding").await;
    page.photograph_all("2-privileges-presets").await;
    page.button("Remove Directions and routes").click().await;
    step.counts(1).await;
    assert!(!page.checkbox("Routing").is("checked").await);
    page.button("Remove Maps SDK for JavaScript: Display a map").click().await;
    step.counts(0).await;
    start.fill("https://developers.arcgis.com/java/route-and-directions/tutorials/find-a-route-and-directions/").await;
    let go = page.button("Add and go to the Summary: Java: Find a route and directions");
    go.wait().await;
    page.photograph_all("2-privileges-one-preset").await;
    go.click().await;
    let summary = SummaryStep(page);
    summary.wait().await;
    let rows = summary.rows().await;
    for id in ["premium:user:basemaps", "premium:user:networkanalysis"] {
        assert!(rows["Privileges"].contains(id), "{rows:?}");
    }
    assert_eq!(rows["Privileges"].matches("premium:").count(), 2, "{rows:?}");
    summary.create().await;
    grants(&world, &["premium:user:basemaps", "premium:user:networkanalysis"]).await;
    world.end().await;
}

/// Checks that the key on the screen has exactly these privileges.
async fn grants(world: &World, rights: &[&str]) {
    let key = KeyStep(world.page()).key().await;
    let page = Wish::small().referrers.first().map(|referrer| format!("{referrer}/"));
    let mut granted = world.whoami(&key, page.as_deref()).await.privileges();
    granted.sort();
    assert_eq!(granted, rights);
}

/// Cuts and pastes by keys.
async fn a_long_paste_is_read_and_not_shown(page: &Page) {
    let code = page.textbox("Your code");
    code.focus().await;
    page.js("(() => { document.activeElement.value = 'fetch(\"https://places-api.arcgis.com/arcgis\")\\n'.repeat(2_000) })()")
        .await;
    page.press("Control+a").await;
    page.press("Control+x").await;
    page.press("Control+v").await;
    page.announces("too long to show").await;
    page.shows("line 1: places-api.arcgis.com").await;
    assert_eq!(code.value().await, "");
    page.photograph_all("2-privileges-long-paste").await;
    page.button("Remove Your code").click().await;
    page.button("Remove Your code").gone().await;
    assert!(!page.text().await.contains("line 1: places-api"));
}

async fn pasted_code_and_a_dropped_file_lead_to_the_summary_with_exactly_what_they_need() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let items = world.portal(|portal| portal.items_of("jane"));
    let shared = |access: Access| items.iter().find(|item| item.access == access).expect("jane has one").clone();
    let (private, public) = (shared(Access::Private), shared(Access::Public));
    let step = PrivilegesStep(page);
    journey::credentials(page, &Wish::small()).await;
    step.wait().await;
    page.button("Paste code").click().await;
    let code = page.textbox("Your code");
    code.fill("// https://places-api.arcgis.com/arcgis\nlet sum = 1 + 1;").await;
    page.announces("Nothing was found").await;
    let few = format!(
        "new Map({{ basemap: 'arcgis/streets' }});\n// addressesToLocations(url)\n\
         locator.addressToLocations(url, x);\nplaces.queryPlacesNearPoint(y);\n\
         const layers = [{{ portalItem: {{ id: '{}' }} }}, {{ portalItem: {{ id: '{}' }} }}];",
        private.id, public.id
    );
    code.fill(&few).await;
    page.shows("line 1: arcgis/streets").await;
    page.shows("line 3: addressToLocations").await;
    page.shows("your account lacks it").await;
    page.shows("public: most keys need no access to it").await;
    page.shows(&private.title).await;
    // Ticks alone choose nothing, which is said before the key is made.
    page.link("Summary").click().await;
    page.shows("The code or map you started from needs premium:user:basemaps and 1 more, which are not chosen.").await;
    page.shows(&format!("The code or map you started from uses “{}”, which is not chosen.", private.title)).await;
    page.back().await;
    page.button("Paste code").click().await;
    a_long_paste_is_read_and_not_shown(page).await;
    code.fill(&few).await;
    page.shows("line 3: addressToLocations").await;
    assert!(!page.text().await.contains("too long to show"));
    // A megabyte is parsed in slices, with waits between them; the next text replaces it.
    let long = std::env::temp_dir().join(format!("akw-code-{}-{}.js", std::process::id(), suite::kind().name()));
    let host = "fetch('https://places-api.arcgis.com/arcgis')";
    std::fs::write(&long, ["let a = 1;\n".repeat(80_000), host.to_owned()].concat()).expect("it is writable");
    page.heading(PrivilegesStep::HEADING).drop_file(&long).await;
    page.shows(".js, line 80,001: places-api.arcgis.com").await;
    std::fs::remove_file(&long).expect("it was made here");
    let file = std::env::temp_dir().join(format!("akw-code-{}-{}.py", std::process::id(), suite::kind().name()));
    std::fs::write(&file, "import arcgis\n\narcgis.network.analysis.find_routes(stops)\n").expect("it is writable");
    page.heading(PrivilegesStep::HEADING).drop_file(&file).await;
    page.shows(".py, line 3: arcgis.network.analysis.find_routes").await;
    assert!(!page.text().await.contains(".js, line"), "one choice of files takes the place of another");
    page.is_accessible("what was found in code").await;
    page.photograph_all("2-privileges-code").await;
    std::fs::remove_file(&file).expect("it was made here");
    page.button("Choose these").click().await;
    page.announces("Chosen: Basemap styles service, Geocoding, Routing").await;
    page.announces("Place finding").await;
    assert_eq!(code.value().await, "");
    step.counts(3).await;
    journey::next(page).await;
    page.shows("1 of 100 items chosen").await;
    journey::next(page).await;
    journey::details(page, &Wish::small()).await;
    let summary = SummaryStep(page);
    summary.wait().await;
    let rows = summary.rows().await;
    for id in ["premium:user:basemaps", "premium:user:geocode", "premium:user:networkanalysis"] {
        assert!(rows["Privileges"].contains(id), "{rows:?}");
    }
    assert_eq!(rows["Privileges"].matches("premium:").count(), 3, "{rows:?}");
    assert!(rows["Item access"].contains(&private.title), "{rows:?}");
    summary.create().await;
    let item = format!("portal:app:access:item:{}", private.id);
    let services = ["premium:user:basemaps", "premium:user:geocode", "premium:user:networkanalysis"];
    grants(&world, &[&[item.as_str()], &services[..]].concat()).await;
    world.end().await;
}

crate::suite::tests! {
    one: [
        privileges_are_found_in_many_words_and_what_is_chosen_stays_chosen,
        a_tutorial_by_its_address_and_a_task_are_added_and_taken_back,
        pasted_code_and_a_dropped_file_lead_to_the_summary_with_exactly_what_they_need,
    ]
}
