//! Paths through the wizard that many tests share.

use practice_portal::endpoint::Endpoint;

use crate::page::Page;
use crate::pages::{
    CredentialsStep, DetailsStep, ItemAccessStep, KeyStep, PortalPage, Prefilled, PrivilegesStep, SignInPage,
    SummaryStep, Wizard,
};
use crate::world::{World, is_of};

/// The key that a user wants.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Referrers, added one by one.
    pub referrers: Vec<&'static str>,
    /// Labels, as the portal shows them.
    pub privileges: Vec<&'static str>,
    /// The number of items to choose from the top of the dialog.
    pub items: usize,
    /// The title of the credential.
    pub title: &'static str,
    /// A folder instead of the suggested one.
    pub folder: Option<&'static str>,
}

impl Wish {
    /// The full main task: two referrers, three privileges, two items, and the new folder of the tutorial.
    pub fn whole() -> Wish {
        Wish {
            referrers: vec!["https://app.example.com", "http://localhost:5173"],
            privileges: vec!["Basemap styles service", "Geocoding", "GeoEnrichment service"],
            items: 2,
            title: "My API key credential",
            folder: None,
        }
    }

    /// The minimum for a key.
    pub fn small() -> Wish {
        Wish { referrers: Vec::new(), privileges: vec!["Basemap styles service"], items: 0, ..Wish::whole() }
    }

    /// The privileges by their portal names.
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
    /// From the sign-in page through the portal and back.
    pub async fn sign_in(&self, user: &str) {
        SignInPage(self.page()).wait().await;
        self.sign_in_from_here(user).await;
    }

    /// From any page that has a `Sign in` button through the portal and back.
    pub async fn sign_in_from_here(&self, user: &str) {
        self.page().button(SignInPage::SIGN_IN).click().await;
        PortalPage(self.page()).allow(user).await;
        self.page().until("the page is back", async || is_of(&self.page().url().await, &self.site.url)).await;
    }

    /// Reloads, which ends the session, and signs in again.
    pub async fn reload_signed_in(&self, user: &str) {
        self.page().reload().await;
        self.sign_in_from_here(user).await;
    }

    /// From the last page to step 1 of another key.
    pub async fn start_over(&self) {
        self.page().button(KeyStep::ANOTHER).click().await;
        CredentialsStep(self.page()).wait().await;
    }

    /// Chooses a portal by name.
    pub async fn choose_portal(&self, name: &str) {
        let choice = self.page().choice("Portal");
        let options = choice.js("function () { return [...this.options].map(option => option.text) }").await;
        let options = options.as_array().cloned().unwrap_or_default();
        let label = options.iter().filter_map(|option| option.as_str()).find(|label| label.starts_with(name));
        choice.select(label.unwrap_or_else(|| panic!("no {name} in {options:?}"))).await;
    }

    /// Waits until the page reports a problem in its own box, which begins with this sentence.
    pub async fn shows_problem(&self, title: &str) {
        let page = self.page();
        // Searching for a text is cheaper than searching for elements.
        page.shows(title).await;
        let begins = |text: &String| text.lines().next() == Some(title);
        page.until(&format!("a box tells {title:?}"), async || {
            page.alert("*").texts().await.iter().any(begins) || page.group("*").texts().await.iter().any(begins)
        })
        .await;
    }

    /// After a failure or a reload during `Create`: presses whatever continues until there is a key, or nothing is
    /// left to press.
    pub async fn finish_after_interruption(&self) {
        let page = self.page();
        page.until("the creation comes to an end", async || {
            for name in ["Continue", "Try again", "Replace"] {
                let button = page.button(name);
                if button.exists().await {
                    button.click().await;
                }
            }
            page.heading(KeyStep::HEADING).exists().await
        })
        .await;
    }

    /// Waits for the key of [`Wish::small`], checks and saves it, and checks that nothing else exists.
    pub async fn ends_with_one_key(self) {
        let page = self.page();
        let key = KeyStep(page).key().await;
        self.is_as_wished(&key, &Wish::small()).await;
        KeyStep(page).saved().await;
        page.until("one is left", async || (self.credentials_of("jane").len(), self.live_keys()) == (1, 1)).await;
        self.is_as_wished(&key, &Wish::small()).await;
        self.end().await;
    }

    /// A world with Jane signed in, at the Summary with these answers.
    pub async fn at_summary(wish: &Wish) -> World {
        let world = World::signed_in("jane").await;
        world.to_summary(wish).await;
        world
    }

    /// The same, with a creation that waits for this endpoint's answer; the request has taken effect.
    pub async fn held_in_create(endpoint: Endpoint) -> World {
        let world = World::at_summary(&Wish::small()).await;
        world.hold(endpoint).await;
        SummaryStep(world.page()).create().await;
        world.holds(endpoint).await;
        world
    }

    /// Like [`World::at_summary`], with the key on the screen; returns the key.
    pub async fn at_key(wish: &Wish) -> (World, String) {
        let world = World::at_summary(wish).await;
        SummaryStep(world.page()).create().await;
        let key = KeyStep(world.page()).key().await;
        (world, key)
    }

    /// Goes to the Summary with these answers by a link, which is fast; `walk.rs` tests the steps.
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
        // Opens the link only when the page knows the user.
        page.button("Sign out").wait().await;
        page.js(&format!("location.hash = '#/new?{}'", link.finish())).await;
        Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
        page.js("location.hash = '#/new/summary'").await;
        SummaryStep(page).wait().await;
        // The page looks up items that a link names only by id.
        for item in items {
            page.shows(&item.title).await;
        }
    }
}

/// From step 1 to a minimal key; returns it.
pub async fn to_key(page: &Page) -> String {
    to_summary(page, &Wish::small()).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await
}

/// Waits for the Summary: a filled-in form without open questions begins there.
pub async fn arrived(page: &Page) {
    SummaryStep(page).wait().await;
}

/// From step 1 to step 5 of a filled-in form, without changing anything.
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
