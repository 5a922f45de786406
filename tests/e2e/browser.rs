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
    guard: Child,
    profile: PathBuf,
    _seat: SemaphorePermit<'static>,
}

impl Browser {
    /// Waits for a free seat, then starts chromedriver and a session with an empty profile.
    pub async fn start() -> Browser {
        let seat = SEATS.acquire().await.expect("the semaphore is never closed");
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("akw-e2e-{}-{number}", std::process::id()));
        let (guard, port) = start_driver();
        // From here on the guard must be owned by something that ends it when a line below panics.
        let mut ends = Ends { guard: Some(guard), profile: profile.clone() };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(&profile))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("chromedriver opens a session");
        let page = Page::new(client).await;
        let guard = ends.guard.take().expect("nothing else takes the guard");
        Browser { page, guard, profile, _seat: seat }
    }
}

impl Browser {
    /// Closes the browser as a person does, so that it writes down all it keeps, and looks through its folder.
    pub async fn search_profile(&self, search: &mut Search) {
        // Chromium may be gone already, as after a test of crashes.
        let _closed = self.page.client.clone().close().await;
        search.in_folder(&self.profile);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        end(&mut self.guard, &self.profile);
    }
}

/// Holds the processes while the session is not yet open.
struct Ends {
    guard: Option<Child>,
    profile: PathBuf,
}

impl Drop for Ends {
    fn drop(&mut self) {
        if let Some(mut guard) = self.guard.take() {
            end(&mut guard, &self.profile);
        }
    }
}

/// Closes the guard's standard input, at which it kills its whole process group, itself included.
fn end(guard: &mut Child, profile: &Path) {
    drop(guard.stdin.take());
    // The guard is our child and kills itself; an error here would only mean that it is gone already.
    let _gone = guard.wait();
    let _removed = std::fs::remove_dir_all(profile);
}

/// Starts chromedriver on a free port below a guarding shell, in a process group of its own.
///
/// The shell waits for the end of its standard input, so the group dies even when this process is killed outright.
fn start_driver() -> (Child, u16) {
    let driver = std::env::var("AKW_CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".to_owned());
    let mut guard = Command::new("sh")
        .args(["-c", "\"$0\" --port=0 </dev/null & read -r _; kill -KILL 0", &driver])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a shell starts");
    let output = guard.stdout.take().expect("standard output was piped");
    let mut lines = BufReader::new(output).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| port_in(&line));
    // Keeps the pipe drained, or chromedriver would block on a full one.
    std::thread::spawn(move || lines.for_each(drop));
    (guard, port.expect("chromedriver says its port; set AKW_CHROMEDRIVER if it is not at /usr/bin/chromedriver"))
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
