//! Starts one driver with one headless browser, and ends both in every outcome.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::leaks::Search;
use crate::page::Page;
use crate::suite;

/// As many browsers at once as the machine has cores.
static SEATS: Semaphore = Semaphore::const_new(2);

/// Distinguishes the profile folders of one run.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A running browser; dropping it ends it, its driver and the profile folder.
pub struct Browser {
    /// The one window of the browser.
    pub page: Page,
    // Fields are dropped in this order.
    driver: Driver,
    profile: Profile,
    _seat: SemaphorePermit<'static>,
}

impl Browser {
    /// Waits for a free seat, then starts a driver and a session with an empty profile.
    pub async fn start() -> Browser {
        let seat = SEATS.acquire().await.expect("the semaphore is never closed");
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let profile = Profile(std::env::temp_dir().join(format!("akw-e2e-{}-{number}", std::process::id())));
        suite::kind().prepare(&profile.0).await;
        let (driver, page) = open(&profile.0).await;
        page.download_into(&profile.downloads()).await;
        Browser { page, driver, profile, _seat: seat }
    }

    /// Kills browser and driver as a power cut does, and starts others on the same profile; what was seen is kept.
    pub async fn kill(&mut self) {
        let seen = self.page.seen().await;
        self.driver.end();
        (self.driver, self.page) = open(&self.profile.0).await;
        self.page.download_into(&self.profile.downloads()).await;
        *self.page.seen.lock().expect("nobody else has the new page") = seen;
    }

    /// Whether a text lies in a file of the profile now, in any spelling.
    pub fn has_on_disk(&self, text: &str) -> bool {
        let mut search = Search::new(vec![("text", text.to_owned())]);
        search.in_profile(&self.profile.0);
        search.has_hits()
    }

    /// Closes the browser as a person does, so that it writes down all it keeps, and looks through its folder.
    pub async fn search_profile(&self, search: &mut Search) {
        // It may be gone already, as after a test of crashes.
        let _closed = self.page.client.clone().close().await;
        search.in_profile(&self.profile.0);
    }

    /// Where downloads go.
    pub fn downloads(&self) -> PathBuf {
        self.profile.downloads()
    }
}

/// The folder in which the browser keeps all it knows; removed when dropped.
struct Profile(PathBuf);

impl Profile {
    /// Beside it, for what lies there is the person's own.
    fn downloads(&self) -> PathBuf {
        let folder = self.0.with_extension("downloads");
        std::fs::create_dir_all(&folder).expect("the temporary folder is writable");
        folder
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

/// A driver and a browser on this profile, with an empty window.
pub async fn open(profile: &Path) -> (Driver, Page) {
    let kind = suite::kind();
    let (driver, port) = start_driver(&kind.driver());
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(kind.capabilities(profile))
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("the driver opens a session");
    let engine = kind.engine(client.clone()).await;
    (driver, Page::new(client, engine).await)
}

/// Starts a driver on a free port below a guarding shell, in a process group of its own.
///
/// The shell waits for the end of its standard input, so the group dies even when this process is killed outright.
fn start_driver(command: &[String]) -> (Driver, u16) {
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
    let mut lines = BufReader::new(output).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| port_in(&line));
    // Keeps the pipe drained, or the driver would block on a full one.
    std::thread::spawn(move || lines.for_each(drop));
    (driver, port.unwrap_or_else(|| panic!("{} does not say its port", command[0])))
}

/// Reads "ChromeDriver was started successfully on port 41234." and "Listening on 127.0.0.1:41234".
fn port_in(line: &str) -> Option<u16> {
    let said = line.split_once("successfully on port ").or_else(|| line.split_once("Listening on 127.0.0.1:"));
    said?.1.trim_end_matches('.').parse().ok()
}
