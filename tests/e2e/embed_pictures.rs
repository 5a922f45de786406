//! The element, the frame and the demo site as a person sees them: photographs to look at, and axe-core over each.

use crate::docs::Docs;
use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, KeyStep, PortalPage, PrivilegesStep, SignInPage, SummaryStep};
use crate::world::{Setup, World};

/// A page of somebody's documentation around the element.
const AROUND: &str = "<style>:root { color-scheme: light dark; background: Canvas; color: CanvasText } body { margin: 0; font: 1rem/1.6 Verdana, sans-serif } \
    main { max-width: 60rem; margin: auto; padding: 1rem }</style><p>Before you begin, get a key of your own.</p>";

/// Looks at one screen in every way.
async fn look(world: &World, name: &str) {
    world.page().is_accessible(name).await;
    world.page().photograph_all(name).await;
}

async fn world() -> World {
    World::unopened(Setup::default()).await
}

async fn embed_every_screen_of_the_element_can_be_photographed_and_axe_finds_nothing_on_it() {
    let mut world = world().await;
    let after = "<h2>Next</h2><p>Use it in your first map.</p><pre><code data-arcgis-key>YOUR_API_KEY</code></pre>";
    let _docs = Docs::with(&mut world, &format!("{AROUND}<arcgis-key-wizard></arcgis-key-wizard>{after}")).await;
    let page = world.page();
    page.button("Sign in").wait().await;
    look(&world, "embed-0-sign-in").await;
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    CredentialsStep(page).add_referrer("https://app.example.com").await;
    look(&world, "embed-1-credentials").await;
    CredentialsStep(page).next().await;
    PrivilegesStep(page).wait().await;
    look(&world, "embed-2-privileges").await;
    journey::privileges(page, &Wish::small()).await;
    journey::items(page, &Wish::whole()).await;
    journey::details(page, &Wish::small()).await;
    SummaryStep(page).wait().await;
    look(&world, "embed-5-summary").await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    look(&world, "embed-7-key").await;
    KeyStep(page).saved().await;
    page.heading("Your key is ready").wait().await;
    look(&world, "embed-8-done").await;
    world.end().await;
}

async fn embed_before_it_is_near_and_as_a_button_it_can_be_photographed_too() {
    let mut world = world().await;
    let far = "<p style='height: 3000px'>Far</p><arcgis-key-wizard>Get an API key</arcgis-key-wizard>";
    let docs = Docs::with(&mut world, &format!("{AROUND}{far}")).await;
    let page = world.page();
    page.until("the element is known", async || page.js("!!customElements.get('arcgis-key-wizard')").await == true)
        .await;
    look(&world, "embed-far").await;
    docs.write("", &format!("{AROUND}<arcgis-key-wizard mode=button>Get a key</arcgis-key-wizard><p>And go on."));
    page.goto(&docs.site.url).await;
    page.button("Get a key").wait().await;
    look(&world, "embed-button").await;
    page.button("Get a key").enter().await;
    page.dialog("Create an API key").button("Sign in").wait().await;
    look(&world, "embed-dialog").await;
    page.dialog("Create an API key").button("Sign in").click().await;
    Docs::in_window(&world, async || PortalPage(page).allow("jane").await).await;
    CredentialsStep(page).wait().await;
    look(&world, "embed-dialog-1-credentials").await;
    world.end().await;
}

async fn embed_the_pages_of_the_demo_site_can_be_photographed_too() {
    let mut world = world().await;
    let docs = Docs::demo(&mut world);
    let page = world.page();
    for (path, name) in [("", "demo-tutorial"), ("reference.html", "demo-reference"), ("keys.html", "demo-keys")] {
        page.goto(&format!("{}{path}", docs.site.url)).await;
        match name {
            "demo-tutorial" => drop(page.button("Get a key for this tutorial").wait().await),
            "demo-keys" => drop(page.button("Sign in").wait().await),
            _ => page.shows("What a key needs").await,
        }
        look(&world, name).await;
    }
    Docs::sign_in(&world, "jane").await;
    journey::to_summary(page, &Wish::small()).await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    look(&world, "demo-keys-key").await;
    KeyStep(page).saved().await;
    page.goto(&docs.site.url).await;
    page.button("Get a key for this tutorial").enter().await;
    page.dialog("Create an API key").button("Sign in").wait().await;
    look(&world, "demo-tutorial-dialog").await;
    world.end().await;
}

async fn embed_the_frame_and_its_launcher_can_be_photographed_too() {
    let mut world = world().await;
    let docs = Docs::with(&mut world, "").await;
    world.may_be_framed_by(&[docs.site.url.trim_end_matches('/')]);
    let frame = |address: &str| {
        format!(
            "{AROUND}<iframe title='Get an API key' width=100% height=900 allow=clipboard-write src='{address}'></iframe>"
        )
    };
    docs.write("", &frame(world.site_url()));
    let page = world.page();
    page.goto(&docs.site.url).await;
    page.look_into_frame(true).await;
    SignInPage(page).wait().await;
    page.look_into_frame(false).await;
    look(&world, "frame").await;
    // Not listed, and no header says so.
    let bare = xtask::site::start_other(&[("", &crate::world::dist())], Vec::new(), crate::browser::port())
        .expect("a free port");
    bare.replace("config.json", World::config(&world.portal_url()).into_bytes());
    world.others.push(bare.url.clone());
    docs.write("", &frame(&bare.url));
    let page = world.page();
    page.goto(&docs.site.url).await;
    page.look_into_frame(true).await;
    page.shows("Open in a tab of its own").await;
    page.look_into_frame(false).await;
    look(&world, "frame-launcher").await;
    world.end().await;
}

crate::suite::tests! {
    one: [
        embed_every_screen_of_the_element_can_be_photographed_and_axe_finds_nothing_on_it,
        embed_before_it_is_near_and_as_a_button_it_can_be_photographed_too,
        embed_the_pages_of_the_demo_site_can_be_photographed_too,
        embed_the_frame_and_its_launcher_can_be_photographed_too,
    ]
}
