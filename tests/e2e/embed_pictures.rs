//! The element, the frame and the demo site as a user sees them: screenshots for review, and axe-core on each.

use crate::docs::{Docs, FILLED};
use crate::pages::{CredentialsStep, KeyStep, PrivilegesStep, SignInPage, SummaryStep};
use crate::world::{Setup, World};

/// A third-party documentation page around the element.
const AROUND: &str = "<style>:root { color-scheme: light dark; background: Canvas; color: CanvasText } body { margin: 0; font: 1rem/1.6 Verdana, sans-serif } \
    main { max-width: 60rem; margin: auto; padding: 1rem }</style><p>Before you begin, get a key of your own.</p>";

async fn embed_every_screen_of_the_element_can_be_photographed_and_axe_finds_nothing_on_it() {
    let element = format!("<arcgis-key-wizard {FILLED}></arcgis-key-wizard>");
    let after = "<h2>Next</h2><p>Use it in your first map.</p><pre><code data-arcgis-key>YOUR_API_KEY</code></pre>";
    let (world, docs) = Docs::open(&format!("{AROUND}{element}{after}")).await;
    let page = world.page();
    page.button(SignInPage::SIGN_IN).wait().await;
    world.looks_well("embed-0-sign-in").await;
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    CredentialsStep(page).add_referrer("https://app.example.com").await;
    world.looks_well("embed-1-credentials").await;
    CredentialsStep(page).next().await;
    PrivilegesStep(page).wait().await;
    world.looks_well("embed-2-privileges").await;
    page.link(SummaryStep::HEADING).click().await;
    SummaryStep(page).wait().await;
    world.looks_well("embed-5-summary").await;
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    world.looks_well("embed-7-key").await;
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;

    let far = "<p style='height: 3000px'>Far</p><arcgis-key-wizard>Get an API key</arcgis-key-wizard>";
    docs.write("far/", &format!("{AROUND}{far}"));
    page.goto(&format!("{}far/", docs.site.url)).await;
    page.until("the element is known", async || page.js("!!customElements.get('arcgis-key-wizard')").await == true)
        .await;
    world.looks_well("embed-far").await;
    docs.write(
        "button/",
        &format!("{AROUND}<arcgis-key-wizard mode=button>Get a key</arcgis-key-wizard><p>And go on."),
    );
    page.goto(&format!("{}button/", docs.site.url)).await;
    page.button("Get a key").wait().await;
    world.looks_well("embed-button").await;
    page.button("Get a key").enter().await;
    page.dialog(SignInPage::HEADING).button(SignInPage::SIGN_IN).wait().await;
    world.looks_well("embed-dialog").await;
    world.end().await;
}

async fn embed_the_pages_of_the_demo_site_can_be_photographed_too() {
    let mut world = World::unopened(Setup::default()).await;
    let docs = Docs::demo(&mut world);
    let page = world.page();
    for (path, name) in [("reference.html", "demo-reference"), ("keys.html", "demo-keys"), ("", "demo-tutorial")] {
        page.goto(&format!("{}{path}", docs.site.url)).await;
        match name {
            "demo-tutorial" => drop(page.button("Get a key for this tutorial").wait().await),
            "demo-keys" => drop(page.button(SignInPage::SIGN_IN).wait().await),
            _ => page.shows("What a key needs").await,
        }
        world.looks_well(name).await;
    }
    page.button("Get a key for this tutorial").enter().await;
    page.dialog(SignInPage::HEADING).button(SignInPage::SIGN_IN).wait().await;
    world.looks_well("demo-tutorial-dialog").await;
    world.end().await;
}

async fn embed_the_frame_and_its_launcher_can_be_photographed_too() {
    let (mut world, docs) = Docs::open("").await;
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
    world.looks_well("frame").await;
    // Not listed, and without headers.
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
    world.looks_well("frame-launcher").await;
    world.end().await;
}

crate::suite::tests! {
    one: [
        embed_every_screen_of_the_element_can_be_photographed_and_axe_finds_nothing_on_it,
        embed_the_pages_of_the_demo_site_can_be_photographed_too,
        embed_the_frame_and_its_launcher_can_be_photographed_too,
    ]
}
