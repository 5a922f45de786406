//! Starts drivers with headless browsers, lends each to one test after another, and stops them in every outcome.
//!
//! Tests that share a browser are isolated because each has its own origins ([`port`]) and its own tab, and because
//! [`Page::renew`] resets what is global to the browser. A browser is closed after [`LEASES`] tests, or if a test
//! failed in it or killed it; then its profile is searched for the secrets of all its tests.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;

use crate::engine::Kind;
use crate::leaks::{self, Search, Secret};
use crate::page::Page;
use crate::suite::{self, Phase};

/// How many tests share a browser. Firefox remembers more closed tabs than they open.
pub const LEASES: usize = 25;

/// The timeout for starting a driver.
const START: Duration = Duration::from_secs(60);

static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// Distinguishes the profile folders of one run.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A running browser. Dropping it stops it and its driver, then searches and removes the profile folder.
pub struct Browser {
    /// The window it shows.
    pub page: Page,
    kind: Kind,
    is_whole: bool,
    driver: Driver,
    profile: Profile,
    /// How many tests have used it.
    leases: usize,
    /// What its profile must not contain: the secrets of the tests that ended in it.
    secrets: Vec<Secret>,
}

impl Browser {
    /// A browser with one empty tab, in the engine of the current test: an idle one, otherwise a new one.
    pub async fn lease() -> Browser {
        suite::timed(Phase::Launch, async {
            let browser = match idle(suite::kind()) {
                Some(browser) => browser,
                None => Browser::start(suite::kind()).await,
            };
            // Chromium drops this setting with the tab that set it.
            browser.page.download_into(&browser.profile.downloads()).await;
            browser
        })
        .await
    }

    /// Starts a driver and a session with an empty profile.
    async fn start(kind: Kind) -> Browser {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let profile = Profile(std::env::temp_dir().join(format!("akw-e2e-{}-{number}", std::process::id())));
        kind.prepare(&profile.0).await;
        let (driver, page) = open(kind, &profile.0).await;
        Browser { page, kind, is_whole: suite::is_whole(), driver, profile, leases: 0, secrets: Vec::new() }
    }

    /// Returns the browser to the pool after a test with these secrets.
    pub async fn release(mut self, secrets: Vec<Secret>) {
        self.secrets.extend(secrets);
        self.leases += 1;
        if self.leases >= suite::leases() {
            return self.close().await;
        }
        self.page.renew().await;
        self.profile.empty_downloads();
        IDLE.lock().expect("nobody panics with it").push(self);
    }

    /// Kills browser and driver, like a power cut, and starts new ones on the same profile; everything observed is
    /// kept.
    ///
    /// No other test uses this browser, because its state after a crash differs.
    pub async fn kill(&mut self) {
        let seen = self.page.seen().await;
        self.driver.end();
        (self.driver, self.page) = open(self.kind, &self.profile.0).await;
        self.page.download_into(&self.profile.downloads()).await;
        *self.page.seen.lock().expect("nobody else has the new page") = seen;
        self.leases = LEASES;
    }

    /// True if a file of the profile contains the text now, in any encoding.
    pub fn has_on_disk(&self, text: &str) -> bool {
        let mut search = Search::new(vec![("text", text.to_owned())]);
        search.in_profile(&self.profile.0);
        search.has_hits()
    }

    /// Closes the browser normally, so that it writes everything to disk.
    pub async fn close(&self) {
        suite::doing(|| format!("closing {}", self.kind.name()));
        // It may be gone already, for example after a crash test.
        let _closed = self.page.client.clone().close().await;
    }

    /// Searches the profile in its current state on disk.
    pub fn search_profile(&self, search: &mut Search) {
        search.in_profile(&self.profile.0);
    }

    /// The downloads folder.
    pub fn downloads(&self) -> PathBuf {
        self.profile.downloads()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.driver.end();
        // A second panic would abort all tests.
        let searched =
            catch_unwind(AssertUnwindSafe(|| leaks::search_after(&self.secrets, self.kind, &self.profile.0)));
        if searched.is_err() {
            leaks::could_not_search(&self.secrets);
        }
    }
}

/// An idle browser of this kind, with or without windows as this test needs.
fn idle(kind: Kind) -> Option<Browser> {
    let mut idle = IDLE.lock().expect("nobody panics with it");
    let at = idle.iter().position(|browser| browser.kind == kind && browser.is_whole == suite::is_whole())?;
    Some(idle.swap_remove(at))
}

/// Closes the idle browsers, so that their profiles are searched.
pub async fn close_idle() {
    let idle = std::mem::take(&mut *IDLE.lock().expect("nobody panics with it"));
    futures::future::join_all(idle.iter().map(Browser::close)).await;
}

/// A free port that no other test of this run uses or used, so that no test sees another's browser data.
pub fn port() -> u16 {
    /// Below the ephemeral ports, and above the ports that browsers block.
    const PORTS: std::ops::Range<u16> = 11_000..32_000;
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    // Parallel runs start at different ports.
    let first = std::process::id() % 200 * 100;
    let mut numbers = std::iter::repeat_with(|| TAKEN.fetch_add(1, Ordering::Relaxed)).take(PORTS.len());
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    numbers
        .find_map(|number| {
            assert!((number as usize) < PORTS.len(), "every port was used");
            PORTS.clone().nth((first + number) as usize % PORTS.len()).filter(is_free)
        })
        .expect("there is a free port")
}

/// The browser's profile folder; removed when dropped.
struct Profile(PathBuf);

impl Profile {
    /// Beside the profile, because downloads belong to the user.
    fn downloads(&self) -> PathBuf {
        let folder = self.0.with_extension("downloads");
        std::fs::create_dir_all(&folder).expect("the temporary folder is writable");
        folder
    }

    fn empty_downloads(&self) {
        std::fs::remove_dir_all(self.downloads()).expect("the temporary folder is writable");
        self.downloads();
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        let _removed = std::fs::remove_dir_all(self.downloads());
        let _removed = std::fs::remove_dir_all(&self.0);
    }
}

/// The guard of a driver and its browser; dropping it kills them.
pub struct Driver(Child);

impl Driver {
    /// Closes the guard's standard input, at which it kills its whole process group, itself included.
    fn end(&mut self) {
        drop(self.0.stdin.take());
        // The guard is our child and kills itself; an error here would only mean that it is gone already.
        let _gone = self.0.wait();
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.end();
    }
}

/// Opens a driver and a browser on this profile, with an empty window.
pub async fn open(kind: Kind, profile: &Path) -> (Driver, Page) {
    suite::doing(|| format!("starting {}", kind.name()));
    let command = kind.driver();
    // On a busy machine a driver may fail to start: retry once.
    let (driver, port) = start_driver(&command)
        .or_else(|| start_driver(&command))
        .unwrap_or_else(|| panic!("{} does not say its port", command[0]));
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(kind.capabilities(profile))
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("the driver opens a session");
    let engine = kind.engine(client.clone()).await;
    (driver, Page::new(client, engine).await)
}

/// Starts a driver on a free port below a guarding shell, in its own process group. `None` if it does not print its
/// port.
///
/// The shell waits for the end of its standard input, so the group is killed even if this process is killed.
fn start_driver(command: &[String]) -> Option<(Driver, u16)> {
    let mut guard = Command::new("sh")
        .args(["-c", "\"$0\" \"$@\" </dev/null & read -r _; kill -KILL 0"])
        .args(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a shell starts");
    let output = guard.stdout.take().expect("standard output was piped");
    let driver = Driver(guard);
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        // Read all of it, or the driver would block on a full pipe.
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // The receiver takes only the first one, and may be gone.
            let _gone = port_in(&line).map(|port| tell.send(port));
        }
    });
    told.recv_timeout(START).ok().map(|port| (driver, port))
}

/// Parses "ChromeDriver was started successfully on port 41234." and "Listening on 127.0.0.1:41234".
fn port_in(line: &str) -> Option<u16> {
    let said = line.split_once("successfully on port ").or_else(|| line.split_once("Listening on 127.0.0.1:"));
    said?.1.trim_end_matches('.').parse().ok()
}
