//! A third-party documentation site on its own origin, which serves the element's folder itself.

use xtask::site::{self, RunningSite};

use crate::browser::port;
use crate::complaints::Complaint;
use crate::page::Page;
use crate::pages::{CredentialsStep, PortalPage, SignInPage, SummaryStep};
use crate::world::{Setup, World};

/// The element's requirements on a host's policy, as in `docs/embedding.md`, plus the host's own styles and icon.
pub const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' http://127.0.0.1:*; \
    frame-src http://127.0.0.1:*; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The element as most pages use it.
pub const ELEMENT: &str = "<arcgis-key-wizard></arcgis-key-wizard>";

/// Attributes that fill in everything a key needs.
pub const FILLED: &str = "title='My API key credential' privileges=premium:user:basemaps";

/// The default label of its button.
pub const ELEMENT_BUTTON: &str = "Get an API key";

/// The site.
pub struct Docs {
    pub site: RunningSite,
}

impl Docs {
    /// Opens a world with a site created by [`Docs::with`].
    pub async fn open(body: &str) -> (World, Docs) {
        let mut world = World::unopened(Setup::default()).await;
        let docs = Docs::with(&mut world, body).await;
        (world, docs)
    }

    /// A site with this page at its root, served under the strict policy.
    pub async fn with(world: &mut World, body: &str) -> Docs {
        Docs::headed(world, body, &[]).await
    }

    /// The same with additional headers.
    pub async fn headed(world: &mut World, body: &str, headers: &[(&'static str, &str)]) -> Docs {
        let mut all = vec![("Content-Security-Policy", STRICT.to_owned())];
        all.extend(headers.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let folder = crate::world::dist().join("embed");
        let nothing = std::env::temp_dir().join("akw-empty");
        std::fs::create_dir_all(&nothing).expect("the temporary folder is writable");
        let folders: [(&str, &std::path::Path); 2] = [("key-wizard/", &folder), ("", &nothing)];
        let site = site::start_other(&folders, all, port()).expect("a free port");
        let docs = Docs::known(world, site);
        docs.write("", body);
        docs.write("other/", "<p>Another page");
        world.page().goto(&docs.site.url).await;
        docs
    }

    /// The developer portal of `examples`, as `cargo demo` serves it.
    pub fn demo(world: &mut World) -> Docs {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(xtask::demo::DOCS);
        let site = xtask::demo::developer_portal(&crate::world::dist(), &folder, world.site_url(), port());
        let site = site.expect("a free port");
        // The two sites know each other's address only once both are running.
        let before = world.site_url().to_owned();
        world.may_be_framed_by(&[site.url.trim_end_matches('/')]);
        let path = "reference.html";
        let page = String::from_utf8(site.bytes(path).expect("it is served")).expect("it is text");
        site.replace(path, page.replace(&before, world.site_url()).into_bytes());
        Docs::known(world, site)
    }

    /// Registers this site's callback page at the portal; signing in opens a window here.
    fn known(world: &mut World, site: RunningSite) -> Docs {
        site.replace("key-wizard/config.json", World::config(&world.portal_url()).into_bytes());
        let callback = format!("{}key-wizard/callback.html", site.url);
        let uris = [world.site_url().to_owned(), callback];
        world.portal(|portal| portal.register_client("key-wizard-demo", "ArcGIS Key Wizard", &[&uris[0], &uris[1]]));
        world.others.push(site.url.clone());
        world.others.push(site.url.replace("127.0.0.1", "localhost"));
        Docs { site }
    }

    /// Writes a page below a path that ends with a slash or is empty.
    pub fn write(&self, path: &str, body: &str) {
        let page = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=width=device-width>\
             <link rel=icon href=data:,><title>Docs</title><script type=module src=/key-wizard/arcgis-key-wizard.js></script>\
             <script src=/log.js></script><main><h1>Documentation</h1>{body}</main>"
        );
        self.site.replace(&format!("{path}index.html"), page.into_bytes());
        self.site.replace("log.js", LOG.as_bytes().to_vec());
    }

    /// Presses `Sign in`, and signs in in the window that opens.
    pub async fn sign_in(world: &World, user: &str) {
        let page = world.page();
        page.button(SignInPage::SIGN_IN).click().await;
        Docs::in_window(world, async || PortalPage(page).allow(user).await).await;
    }

    /// The same in a frame; the test works inside the frame afterwards.
    pub async fn sign_in_in_frame(world: &World, user: &str) {
        let page = world.page();
        page.look_into_frame(true).await;
        page.button(SignInPage::SIGN_IN).click().await;
        page.look_into_frame(false).await;
        Docs::in_window(world, async || PortalPage(page).allow(user).await).await;
        page.look_into_frame(true).await;
        CredentialsStep(page).wait().await;
    }

    /// Goes from the first step of a filled-in element to the last.
    pub async fn to_summary(page: &Page) {
        CredentialsStep(page).wait().await;
        page.link(SummaryStep::HEADING).click().await;
        SummaryStep(page).wait().await;
    }

    /// Presses `Sign in` with popups blocked, and signs in in the same tab.
    pub async fn sign_in_by_redirect(world: &World, user: &str) {
        let page = world.page();
        page.button(SignInPage::SIGN_IN).wait().await;
        page.js("void (window.open = () => null)").await;
        page.button(SignInPage::SIGN_IN).click().await;
        PortalPage(page).allow(user).await;
        CredentialsStep(page).wait().await;
    }

    /// Acts in the window that has just opened; the action closes it.
    pub async fn in_window(world: &World, act: impl AsyncFn()) {
        world.expect(Complaint::Sink("open"));
        let page = world.page();
        let here = page.client.window().await.expect("there is a window");
        page.until("a window opens", async || page.windows().await.len() > 1).await;
        let other = page.windows().await.into_iter().find(|window| *window != here).expect("there are two");
        page.switch_to(&other).await;
        act().await;
        page.look_at(&here).await;
        page.until("the window closes by itself", async || page.windows().await.len() == 1).await;
    }

    /// Every event so far: its name without `akw-`, and its detail.
    pub async fn events(page: &Page) -> Vec<(String, serde_json::Value)> {
        let events = page.js("window.log").await;
        let events = events.as_array().cloned().unwrap_or_default();
        events.into_iter().map(|event| (event[0].as_str().unwrap_or_default().to_owned(), event[1].clone())).collect()
    }

    /// The details of the events of this name.
    pub async fn events_named(page: &Page, name: &str) -> Vec<serde_json::Value> {
        Docs::events(page).await.into_iter().filter(|(event, _)| event == name).map(|(_, detail)| detail).collect()
    }
}

/// Records every event at the window by the name after `akw-`; only events that bubble and are composed arrive.
const LOG: &str = "window.log = []; \
    for (const name of ['ready', 'signed-in', 'step', 'created', 'copied', 'cancelled', 'error']) \
      addEventListener(`akw-${name}`, event => window.log.push([name, event.detail]));";
