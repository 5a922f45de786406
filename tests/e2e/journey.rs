//! The ways through the wizard that many tests share.

use practice_portal::endpoint::Endpoint;

use crate::page::Page;
use crate::pages::{
    CredentialsStep, DetailsStep, ItemAccessStep, KeyStep, Prefilled, PrivilegesStep, SummaryStep, Wizard,
};
use crate::world::World;

/// What a person wants of a key.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Added one by one.
    pub referrers: Vec<&'static str>,
    /// Labels as the portal shows them.
    pub privileges: Vec<&'static str>,
    /// How many of the first items in the dialog.
    pub items: usize,
    /// The title of the credential.
    pub title: &'static str,
    /// A folder other than the suggested one.
    pub folder: Option<&'static str>,
}

impl Wish {
    /// The whole main job: two referrers, three privileges, two items, and the new folder of the tutorial.
    pub fn whole() -> Wish {
        Wish {
            referrers: vec!["https://app.example.com", "http://localhost:5173"],
            privileges: vec!["Basemap styles service", "Geocoding", "GeoEnrichment service"],
            items: 2,
            title: "My API key credential",
            folder: None,
        }
    }

    /// The least a key needs.
    pub fn small() -> Wish {
        Wish { referrers: Vec::new(), privileges: vec!["Basemap styles service"], items: 0, ..Wish::whole() }
    }

    /// The privileges as the portal names them.
    pub fn rights(&self) -> Vec<&'static str> {
        let name = |label: &&str| match *label {
            "Basemap styles service" => "premium:user:basemaps",
            "Geocoding" => "premium:user:geocode",
            "GeoEnrichment service" => "premium:user:geoenrichment",
            other => panic!("what is {other} to the portal?"),
        };
        self.privileges.iter().map(name).collect()
    }
}

/// From step 1 to step 2.
pub async fn credentials(page: &Page, wish: &Wish) {
    let step = CredentialsStep(page);
    step.wait().await;
    for referrer in &wish.referrers {
        step.add_referrer(referrer).await;
        step.remove(referrer).wait().await;
    }
    step.next().await;
}

/// From step 2 to step 3.
pub async fn privileges(page: &Page, wish: &Wish) {
    let step = PrivilegesStep(page);
    step.wait().await;
    for label in &wish.privileges {
        step.choose(label).await;
    }
    step.counts(wish.privileges.len()).await;
    next(page).await;
}

/// From step 3 to step 4; returns the titles chosen.
pub async fn items(page: &Page, wish: &Wish) -> Vec<String> {
    let step = ItemAccessStep(page);
    step.wait().await;
    if wish.items == 0 {
        page.button(ItemAccessStep::SKIP).click().await;
        return Vec::new();
    }
    let dialog = step.browse().await;
    let titles = dialog.choose_first(wish.items).await;
    dialog.add().await;
    next(page).await;
    titles
}

/// From step 4 to step 5.
pub async fn details(page: &Page, wish: &Wish) {
    let step = DetailsStep(page);
    step.wait().await;
    step.fill(DetailsStep::TITLE, wish.title).await;
    if let Some(folder) = wish.folder {
        step.fill(DetailsStep::FOLDER, folder).await;
    }
    next(page).await;
}

/// From step 1 to step 4; returns the titles of the items chosen.
pub async fn to_details(page: &Page, wish: &Wish) -> Vec<String> {
    credentials(page, wish).await;
    privileges(page, wish).await;
    let titles = items(page, wish).await;
    DetailsStep(page).wait().await;
    titles
}

/// From step 1 to step 5; returns the titles of the items chosen.
pub async fn to_summary(page: &Page, wish: &Wish) -> Vec<String> {
    let titles = to_details(page, wish).await;
    details(page, wish).await;
    SummaryStep(page).wait().await;
    titles
}

impl World {
    /// Jane is signed in and at the Summary with these answers.
    pub async fn at_summary(wish: &Wish) -> World {
        let world = World::signed_in("jane").await;
        world.to_summary(wish).await;
        world
    }

    /// The same, with a creation that waits for the answer of this endpoint, which has done its work.
    pub async fn held_in_create(endpoint: Endpoint) -> World {
        let world = World::at_summary(&Wish::small()).await;
        world.hold(endpoint).await;
        SummaryStep(world.page()).create().await;
        world.holds(endpoint).await;
        world
    }

    /// The same as [`World::at_summary`], with the key on the screen; returns it.
    pub async fn at_key(wish: &Wish) -> (World, String) {
        let world = World::at_summary(wish).await;
        SummaryStep(world.page()).create().await;
        let key = KeyStep(world.page()).key().await;
        (world, key)
    }

    /// To the Summary with these answers by a link, in no time; the walk there is tried in `walk.rs`.
    pub async fn to_summary(&self, wish: &Wish) {
        let page = self.page();
        let mut link = url::form_urlencoded::Serializer::new(String::new());
        link.append_pair("title", wish.title).append_pair("privileges", &wish.rights().join(","));
        link.append_pair("referrers", &wish.referrers.join(","));
        let items = self.plain_items(wish.items);
        let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
        link.append_pair("items", &ids.join(","));
        if let Some(folder) = wish.folder {
            link.append_pair("folder", folder);
        }
        // A link is read by a page that knows who is there.
        page.button("Sign out").wait().await;
        page.js(&format!("location.hash = '#/new?{}'", link.finish())).await;
        Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
        page.js("location.hash = '#/new/summary'").await;
        SummaryStep(page).wait().await;
        // What a link names by its id alone is looked up.
        for item in items {
            page.shows(&item.title).await;
        }
    }
}

/// From step 1 to the key, with the least it needs; returns it.
pub async fn to_key(page: &Page) -> String {
    to_summary(page, &Wish::small()).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await
}

/// The Summary at once: a form that was filled in and leaves nothing to ask begins there.
pub async fn arrived(page: &Page) {
    SummaryStep(page).wait().await;
}

/// From step 1 to step 5 of a form that was filled in, without touching anything.
pub async fn untouched(page: &Page) {
    CredentialsStep(page).wait().await;
    for heading in [PrivilegesStep::HEADING, ItemAccessStep::HEADING, DetailsStep::HEADING, SummaryStep::HEADING] {
        next(page).await;
        page.heading(heading).wait().await;
    }
}

/// Presses `Next`.
pub async fn next(page: &Page) {
    page.button(Wizard::NEXT).click().await;
}
