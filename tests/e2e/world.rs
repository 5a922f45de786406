//! Sets up a test's world in one line: the practice portal, the page on another origin, and a browser.
//!
//! [`World::end`] closes it and checks the invariants of every test: nothing went to a third party, the policy was
//! never violated, no text became markup, the console is quiet, and no secret leaked.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use practice_portal::Portal;
use xtask::site::{self, SiteOptions};

use crate::browser::{Browser, port};
use crate::complaints::{Complaint, Expected};
use crate::leaks::{Search, Secret};
use crate::page::Page;
use crate::pages::CredentialsStep;
use crate::suite::{self, Phase};
use crate::watch::{Seen, Sent};

/// Makes the text of `config.json` from the portal's address; `None` for no file.
type Config = Box<dyn Fn(&str) -> Option<String>>;

/// The differences from the default world.
pub struct Setup {
    /// Changes the demo portal before it starts.
    pub prepare: Box<dyn FnOnce(&mut Portal)>,
    /// The text of `config.json` for a portal at this address; `None` for no file.
    pub config: Config,
    /// The path of the page, with a slash at both ends.
    pub base: &'static str,
    /// True if the host and the page itself set the policy; without it, no fault of the page is hidden.
    pub policy: bool,
}

impl Default for Setup {
    fn default() -> Setup {
        Setup { prepare: Box::new(|_| {}), config: Box::new(|root| Some(World::config(root))), base: "/", policy: true }
    }
}

/// True if all data is used instead of a sample: `AKW_LONG`, set by `cargo verify --long`.
pub fn is_long() -> bool {
    std::env::var_os("AKW_LONG").is_some()
}

/// Portal, page and browser of one test.
pub struct World {
    /// `None` after the end.
    browser: Option<Browser>,
    pub(crate) portal: practice_portal::serve::Running,
    pub(crate) site: site::RunningSite,
    expected: Expected,
    /// Origins of other sites of ours.
    pub(crate) others: Vec<String>,
    ended: bool,
}

impl World {
    /// The default `config.json` for a portal at this address.
    pub fn config(root: &str) -> String {
        format!(
            r#"{{"portals":[{{"id":"practice","name":"Practice portal","url":"{root}","clientId":"{CLIENT}"}}],"allowOtherPortals":false}}"#
        )
    }

    /// The default world, with the page open.
    pub async fn start() -> World {
        World::with(Setup::default()).await
    }

    /// The default world, with this user signed in and step 1 open.
    pub async fn signed_in(user: &str) -> World {
        let world = World::start().await;
        world.sign_in(user).await;
        CredentialsStep(world.page()).wait().await;
        world
    }

    /// A world whose portal is changed before it starts.
    pub async fn prepared(prepare: impl FnOnce(&mut Portal) + 'static) -> World {
        World::with(Setup { prepare: Box::new(prepare), ..Setup::default() }).await
    }

    /// A world with a different `config.json`, made from the portal's address.
    pub async fn configured(config: impl Fn(&str) -> String + 'static) -> World {
        World::with(Setup { config: Box::new(move |root| Some(config(root))), ..Setup::default() }).await
    }

    /// A world whose page offers a portal that does not answer, and then the practice portal.
    pub async fn of_two_portals() -> World {
        let other = r#"{"id":"other","name":"Elsewhere","url":"https://portal.example/gis","clientId":"x"},"#;
        let mut world = World::configured(move |root| World::config(root).replacen('[', &format!("[{other}"), 1)).await;
        world.others.push("https://portal.example".to_owned());
        world
    }

    /// A world without a `config.json`.
    pub async fn without_config() -> World {
        World::with(Setup { config: Box::new(|_| None), ..Setup::default() }).await
    }

    /// A world whose page is below a path.
    pub async fn below(base: &'static str) -> World {
        World::with(Setup { base, ..Setup::default() }).await
    }

    /// A world with this setup and the page open.
    pub async fn with(setup: Setup) -> World {
        let world = World::unopened(setup).await;
        world.page().goto(&world.site.url).await;
        world
    }

    /// A world in which the page has not been opened yet.
    pub async fn unopened(setup: Setup) -> World {
        let browser = Some(Browser::lease().await);
        let mut portal = demo_portal();
        (setup.prepare)(&mut portal);
        let portal = practice_portal::serve::start(portal, port()).await.expect("a free port");
        let config = (setup.config)(&portal.url);
        let site = match setup.policy {
            true => site::start_with(&dist(), SiteOptions { config, base: setup.base.to_owned(), port: port() }),
            false => site_without_policy(&config.unwrap_or_default()),
        };
        let site = site.expect("the page is there");
        let world = World { browser, portal, site, expected: Expected::default(), others: Vec::new(), ended: false };
        let uri = world.site.url.clone();
        world.portal(|portal| portal.register_client(CLIENT, "ArcGIS Key Wizard", &[&uri]));
        world
    }

    /// Restarts the page's site so that pages of these origins may frame it.
    pub fn may_be_framed_by(&mut self, origins: &[&str]) {
        let list = serde_json::to_string(origins).expect("texts are JSON");
        let config = World::config(&self.portal.url).replacen('{', &format!("{{\"frameAncestors\":{list},"), 1);
        let options = SiteOptions { config: Some(config), base: "/".to_owned(), port: port() };
        self.site = site::start_with(&dist(), options).expect("the page is there");
        let uri = self.site.url.clone();
        self.portal(|portal| portal.register_client(CLIENT, "ArcGIS Key Wizard", &[&uri]));
    }

    /// Kills the browser, like a power cut, and starts another on the same profile, with an empty window.
    ///
    /// Anything that the browser has not written to disk is lost; it writes the page's IndexedDB data at once.
    pub async fn kill_browser(&mut self) {
        self.browser.as_mut().expect(IN_USE).kill().await;
    }

    /// Waits until a text, such as the name of a stored record, is in a file of the profile.
    pub async fn is_on_disk(&self, text: &str) {
        let what = format!("{text:?} is on disk");
        self.page().until(&what, async || self.browser().has_on_disk(text)).await;
    }

    /// The downloads folder.
    pub fn downloads(&self) -> PathBuf {
        self.browser().downloads()
    }

    /// Opens the page in the current tab.
    pub async fn open(&self) {
        self.page().goto(&self.site.url).await;
    }

    /// The browser's window.
    pub fn page(&self) -> &Page {
        &self.browser().page
    }

    fn browser(&self) -> &Browser {
        self.browser.as_ref().expect(IN_USE)
    }

    /// The address of the page, which is also its redirect URI.
    pub fn site_url(&self) -> &str {
        &self.site.url
    }

    /// The origin of the page.
    pub fn site_origin(&self) -> &str {
        let end = self.site.url[7..].find('/').map_or(self.site.url.len(), |end| end + 7);
        &self.site.url[..end]
    }

    /// The address of the portal.
    pub fn portal_url(&self) -> String {
        self.portal.url.clone()
    }

    /// The host of the portal, with its port.
    pub fn portal_host(&self) -> String {
        self.portal.url.trim_start_matches("http://").to_owned()
    }

    /// Waits until the wizard has taken over the first screen: its elements are final then.
    pub async fn is_taken_over(&self) {
        let page = self.page();
        page.until("the wizard has taken over", async || page.js(IS_TAKEN_OVER).await == true).await;
        page.next_frame().await;
    }

    /// Expects the browser to print this complaint before the end, at least once.
    pub fn expect(&self, complaint: Complaint) {
        self.expected.add(complaint);
    }

    /// Checks the invariants of every test, and stops everything. When the browser closes, its files on disk are
    /// searched for the secrets of all tests that used it.
    pub async fn end(mut self) {
        suite::timed(Phase::End, async {
            self.searched().await.ends_without_a_hit();
            let secrets = Secret::of_this_test(self.secrets());
            self.browser.take().expect(IN_USE).release(secrets).await;
        })
        .await;
    }

    /// Like [`World::end`], for a test that leaves a secret behind: returns the search with its matches, including
    /// those on disk.
    pub async fn end_searched(mut self) -> Search {
        let mut search = self.searched().await;
        self.browser().close().await;
        self.browser().search_profile(&mut search);
        search
    }

    /// Checks the invariants of every test, and searches for its secrets everywhere except in the profile.
    async fn searched(&mut self) -> Search {
        self.ended = true;
        let page = self.page();
        let kind = suite::kind();
        page.until("the browser prints what is expected", async || {
            self.expected.missing(&page.seen().await, kind).is_empty()
        })
        .await;
        let seen = page.seen().await;
        self.only_went_to_page_and_portal(&seen);
        let is_failing = self.portal(|portal| portal.has_any_fault_struck());
        let more = self.expected.nowhere_in(&seen, kind, is_failing.then(|| self.portal_url()).as_deref());
        assert!(more.is_empty(), "nobody expected this of the page: {more:#?}");
        assert!(self.portal(|portal| portal.faults_are_spent()), "something that was to go wrong did not happen");
        let mut search = Search::new(self.secrets());
        self.search_window(&mut search, &seen).await;
        search.in_downloads(&self.downloads());
        search
    }

    fn only_went_to_page_and_portal(&self, seen: &Seen) {
        let ours = |request: &&Sent| self.is_ours(&request.url) || is_of(&request.url, &self.portal.url);
        let foreign: Vec<_> = seen.requests.iter().filter(|request| !ours(request)).collect();
        assert!(foreign.is_empty(), "requests to third parties: {foreign:#?}");
        let gets =
            seen.requests.iter().filter(|request| request.url.contains("token=") || request.url.contains("secret"));
        assert_eq!(gets.count(), 0, "a token in an address");
    }

    /// True if an address belongs to the page or another site of ours.
    pub(crate) fn is_ours(&self, url: &str) -> bool {
        is_of(url, &self.site.url) || self.others.iter().any(|site| is_of(url, site))
    }
}

impl Drop for World {
    fn drop(&mut self) {
        assert!(self.ended || std::thread::panicking(), "a test must close its world with end()");
    }
}

/// True if two addresses have the same origin: port 4000 must not match port 40001.
pub(crate) fn is_of(url: &str, site: &str) -> bool {
    let origin = |address: &str| url::Url::parse(address).map(|address| address.origin());
    match (origin(url), origin(site)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// True once the wizard has taken over the first screen.
pub(crate) const IS_TAKEN_OVER: &str = "!document.querySelector('.first-screen')";

const IN_USE: &str = "a world has its browser until it ends";

/// The client id under which the page is registered.
pub(crate) const CLIENT: &str = "key-wizard-demo";

/// The page on a host without a policy.
fn site_without_policy(config: &str) -> std::io::Result<site::RunningSite> {
    let site = site::start_other(&[("", &dist())], Vec::new(), port())?;
    let page = String::from_utf8(site.bytes("index.html").expect("there is a page")).expect("it is text");
    let (before, policy) =
        page.split_once("<meta http-equiv=\"Content-Security-Policy\"").expect("the page has a policy");
    let (_, after) = policy.split_once('>').expect("the element ends");
    site.replace("index.html", format!("{before}{after}").into_bytes());
    site.replace("config.json", config.as_bytes().to_vec());
    Ok(site)
}

/// The demo portal with the current time.
fn demo_portal() -> Portal {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("the clock is past 1970");
    // Its own ids and tokens, so that a leaked secret identifies its test.
    static SEED: AtomicU64 = AtomicU64::new(1);
    let seed = SEED.fetch_add(1, Ordering::Relaxed);
    Portal::seeded(i64::try_from(now.as_millis()).expect("the clock is not that far"), seed)
}

/// The finished page: `AKW_DIST`, or `dist` in the repository.
pub(crate) fn dist() -> PathBuf {
    let dist = std::env::var_os("AKW_DIST")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
    assert!(dist.join("index.html").exists(), "no page at {}: build it with `trunk build --release`", dist.display());
    dist
}

fn a_port_that_begins_like_another_is_another_origin() {
    let ours = "http://127.0.0.1:4000/wizard/";
    assert!(is_of("http://127.0.0.1:4000/?code=1", ours));
    for other in
        ["http://127.0.0.1:40001/", "http://127.0.0.1:4000@elsewhere.example/", "https://127.0.0.1:4000/", "4000"]
    {
        assert!(!is_of(other, ours), "{other}");
    }
}

crate::suite::tests! {
    native: [
        a_port_that_begins_like_another_is_another_origin,
    ]
}
