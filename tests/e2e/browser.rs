//! Starts one chromedriver with one headless Chromium, and ends both in every outcome.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::leaks::Search;
use crate::page::Page;

/// As many Chromiums at once as the machine has cores.
static SEATS: Semaphore = Semaphore::const_new(2);

/// Distinguishes the profile folders of one run.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// The flags of the toolchain notes: no sandbox as root, no chatter to the internet.
/// The pipe makes Chromium end with its driver; the language fixes how dates are typed.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-search-engine-choice-screen",
    "--remote-debugging-pipe",
    "--lang=en-US",
    "--window-size=1280,900",
];

/// A running browser; dropping it ends chromedriver, Chromium and the profile folder.
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
        let (driver, page) = open(&profile.0).await;
        Browser { page, driver, profile, _seat: seat }
    }

    /// Kills browser and driver as a power cut does, and starts others on the same profile; what was seen is kept.
    pub async fn kill(&mut self) {
        let seen = self.page.seen().await;
        self.driver.end();
        (self.driver, self.page) = open(&self.profile.0).await;
        *self.page.seen.lock().expect("nobody else has the new page") = seen;
    }

    /// Whether a text lies in a file of the profile now, in any spelling.
    pub fn has_on_disk(&self, text: &str) -> bool {
        let mut search = Search::new(vec![("text", text.to_owned())]);
        search.in_folder(&self.profile.0);
        search.has_hits()
    }

    /// Closes the browser as a person does, so that it writes down all it keeps, and looks through its folder.
    pub async fn search_profile(&self, search: &mut Search) {
        // Chromium may be gone already, as after a test of crashes.
        let _closed = self.page.client.clone().close().await;
        search.in_folder(&self.profile.0);
    }
}

/// The folder in which the browser keeps all it knows; removed when dropped.
struct Profile(PathBuf);

impl Drop for Profile {
    fn drop(&mut self) {
        let _removed = std::fs::remove_dir_all(&self.0);
    }
}

/// The guard of a driver and its browser; dropping it kills them.
struct Driver(Child);

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
async fn open(profile: &Path) -> (Driver, Page) {
    let (driver, port) = start_driver();
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities(profile))
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("the driver opens a session");
    (driver, Page::new(client).await)
}

/// Starts chromedriver on a free port below a guarding shell, in a process group of its own.
///
/// The shell waits for the end of its standard input, so the group dies even when this process is killed outright.
fn start_driver() -> (Driver, u16) {
    let program = std::env::var("AKW_CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".to_owned());
    let mut guard = Command::new("sh")
        .args(["-c", "\"$0\" --port=0 </dev/null & read -r _; kill -KILL 0", &program])
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
    // Keeps the pipe drained, or chromedriver would block on a full one.
    std::thread::spawn(move || lines.for_each(drop));
    (driver, port.expect("chromedriver says its port; set AKW_CHROMEDRIVER if it is not at /usr/bin/chromedriver"))
}

/// Reads "ChromeDriver was started successfully on port 41234.".
fn port_in(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

fn capabilities(profile: &Path) -> fantoccini::wd::Capabilities {
    let mut args: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    args.push(format!("--user-data-dir={}", profile.display()));
    let binary = std::env::var("AKW_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    let wanted = json!({
        "browserName": "chrome",
        "unhandledPromptBehavior": "ignore",
        "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
        "goog:chromeOptions": { "binary": binary, "args": args },
    });
    match wanted {
        Value::Object(map) => map,
        _ => unreachable!("the literal above is an object"),
    }
}
