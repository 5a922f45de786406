//! Firefox: uses WebDriver BiDi or Firefox's own code for everything beyond WebDriver.
//!
//! `firefox/tab.js` runs privileged in each tab and reads the accessibility tree that a screen reader gets;
//! `firefox/window.js` runs in the browser window and relays questions.

mod tester;
pub mod warm;

use std::path::Path;
use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::Client;
use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};

use crate::bidi::{self, Bidi};
use crate::engine::path;
use crate::target::Node;

/// In addition to geckodriver's own: no traffic to the internet, all data in the profile.
fn preferences() -> Value {
    json!({
        // The tab's process must reach the frames of other sites.
        "fission.autostart": false,
        "browser.startup.page": 0,
        "intl.accept_languages": "en-US",
        "ui.prefersReducedMotion": 0,
        // Third-party pages forbid the icon that Firefox requests by itself.
        "browser.chrome.site_icons": false,
        "browser.download.alwaysOpenPanel": false,
        "network.dns.disablePrefetch": true,
        "network.prefetch-next": false,
        "network.http.speculative-parallel-limit": 0,
        "network.trr.mode": 5,
        "app.normandy.enabled": false,
        "nimbus.rollouts.enabled": false,
        "browser.newtabpage.enabled": false,
        "browser.aboutHomeSnippets.updateUrl": "",
        "dom.ipc.processPrelaunch.enabled": false,
        // Firefox keeps data of closed tabs until the search for their test's secrets.
        "browser.sessionstore.max_tabs_undo": 100,
    })
}

/// geckodriver and Firefox on any free ports.
pub fn driver() -> Vec<String> {
    let home = std::env::var("HOME").unwrap_or_default();
    let cache = std::env::var("XDG_CACHE_HOME").unwrap_or_else(|_| format!("{home}/.cache"));
    let pinned = format!("{cache}/arcgis-key-wizard/geckodriver-0.37.1/bin/geckodriver");
    let mut command = vec![path("AKW_GECKODRIVER", &pinned)];
    command.extend(["--port", "0", "--websocket-port", "0", "--allow-system-access"].map(str::to_owned));
    command
}

/// A headless Firefox with this profile.
pub fn capabilities(profile: &Path) -> Value {
    std::fs::create_dir_all(profile).expect("the temporary folder is writable");
    json!({
        "browserName": "firefox",
        "webSocketUrl": true,
        "unhandledPromptBehavior": "ignore",
        "moz:firefoxOptions": {
            "binary": path("AKW_FIREFOX", "/usr/bin/firefox-esr"),
            "args": ["-headless", "-profile", profile],
            "env": { "MOZ_HEADLESS_WIDTH": "1280", "MOZ_HEADLESS_HEIGHT": "900" },
            "prefs": preferences(),
        },
    })
}

/// A session of geckodriver.
pub struct Firefox {
    bidi: Bidi,
    /// The browser's own window, in which scripts are privileged.
    window: Value,
    /// The current tab and frame.
    place: Mutex<Place>,
    /// The scripts that run before each document, by Firefox's ids.
    scripts: Mutex<Vec<Value>>,
}

#[derive(Clone)]
struct Place {
    tab: String,
    frame: Option<String>,
}

/// Finds and uses elements.
impl Firefox {
    /// Subscribes to the observed events, and installs our scripts.
    pub async fn new(client: Client) -> Firefox {
        let given = client.capabilities().and_then(|capabilities| capabilities.get("webSocketUrl")).cloned();
        let bidi = Bidi::connect(given.as_ref().and_then(Value::as_str).expect("Firefox speaks BiDi")).await;
        bidi.must("session.subscribe", json!({ "events": ["log.entryAdded", "network.beforeRequestSent"] })).await;
        let bodies = json!({ "dataTypes": ["request"], "maxEncodedDataSize": 1_000_000 });
        bidi.must("network.addDataCollector", bodies).await;
        let windows = bidi.must("browsingContext.getTree", json!({ "moz:scope": "chrome" })).await;
        let window = windows["contexts"][0]["context"].clone();
        let tab: String = client.window().await.expect("there is a tab").into();
        let firefox =
            Firefox { bidi, window, place: Mutex::new(Place { tab, frame: None }), scripts: Mutex::default() };
        let scripts = format!("({})({})", include_str!("firefox/window.js"), json!(include_str!("firefox/tab.js")));
        firefox.in_window(&scripts).await.expect("our scripts start");
        firefox
    }

    /// Prepares a new tab for the next test. The tab of the previous test took its settings with it.
    pub async fn renew(&self) {
        let scripts = std::mem::take(&mut *self.scripts.lock().expect("nobody panics with it"));
        for script in scripts {
            self.bidi.must("script.removePreloadScript", json!({ "script": script })).await;
        }
        self.bidi.must("storage.deleteCookies", json!({})).await;
        self.in_window("Services.prefs.setIntPref('ui.prefersReducedMotion', 0)").await.expect("a setting is set");
    }

    fn place(&self) -> Place {
        self.place.lock().expect("nobody panics with it").clone()
    }

    /// Evaluates in the browser's own window.
    async fn in_window(&self, expression: &str) -> Result<Value, String> {
        self.evaluate_in(json!({ "context": self.window }), expression).await
    }

    async fn evaluate_in(&self, target: Value, expression: &str) -> Result<Value, String> {
        let params =
            json!({ "expression": expression, "target": target, "awaitPromise": true, "userActivation": false });
        bidi::outcome(self.bidi.run("script.evaluate", params).await?)
    }

    /// Asks the script in the tab; `None` if its document was just being replaced.
    async fn ask(&self, what: &str, detail: Value) -> Option<Value> {
        let Place { tab, frame } = self.place();
        let question = json!({ "what": what, "in_frame": frame.is_some(), "detail": detail });
        let answer = self.in_window(&format!("akw.ask({}, {question})", json!(tab))).await.ok()?;
        serde_json::from_str(answer.as_str()?).ok()
    }

    /// See [`crate::page::Page::try_js`].
    pub async fn evaluate(&self, expression: &str) -> Result<Value, String> {
        self.evaluate_in(json!({ "context": self.place().tab }), expression).await
    }

    /// Called after a switch to another tab.
    pub fn switched(&self, tab: &WindowHandle) {
        *self.place.lock().expect("nobody panics with it") = Place { tab: tab.clone().into(), frame: None };
    }

    /// Works inside the first frame from now on, or in the page itself.
    pub async fn look_into_frame(&self, into: bool) {
        let tree = self.bidi.must("browsingContext.getTree", json!({ "root": self.place().tab })).await;
        let frame = tree["contexts"][0]["children"][0]["context"].as_str().map(str::to_owned);
        self.place.lock().expect("nobody panics with it").frame = frame.filter(|_| into);
    }

    /// True while working inside a frame.
    pub fn in_frame(&self) -> bool {
        self.place().frame.is_some()
    }

    /// The current document.
    pub async fn document(&self) -> Option<Value> {
        Some(Value::Null)
    }

    /// The element of a node, to search or to use.
    pub async fn resolve(&self, node: &Node) -> Option<Value> {
        Some(json!(node.id))
    }

    /// All descendants with one of these roles and this name; the caller filters further.
    pub async fn query(&self, root: &Value, roles: &[&str], name: Option<&str>) -> Option<Vec<Node>> {
        let found = self.ask("look", json!({ "root": root, "roles": roles, "name": name })).await?;
        Some(found.as_array()?.iter().map(node).collect())
    }

    /// Calls a function with the element as `this`, with user activation.
    pub async fn call(&self, object: &Value, function: &str) -> Result<Value, String> {
        bidi::outcome(self.call_wrapped(object, function).await?)
    }

    async fn call_wrapped(&self, object: &Value, function: &str) -> Result<Value, String> {
        self.ask("mark", object.clone())
            .await
            .filter(|answer| *answer == json!(true))
            .ok_or("the element went away")?;
        let expression = format!(
            "(() => {{ const marked = window.akwMarked; delete window.akwMarked; return ({function}).call(marked) }})()"
        );
        let Place { tab, frame } = self.place();
        let params = json!({ "expression": expression, "target": { "context": frame.unwrap_or(tab) },
            "awaitPromise": false, "userActivation": true });
        self.bidi.run("script.evaluate", params).await
    }

    /// The element's WebDriver id.
    pub async fn element(&self, object: &Value) -> Option<String> {
        let wrapped = self.call_wrapped(object, "function () { return this }").await.ok()?;
        Some(wrapped["result"]["sharedId"].as_str()?.to_owned())
    }

    /// The focused element.
    pub async fn focused(&self) -> Node {
        node(&self.ask("focused", Value::Null).await.unwrap_or_default())
    }

    /// All accessibility nodes.
    pub async fn everything(&self) -> Vec<Node> {
        let found = self.ask("look", json!({ "root": null, "roles": null, "name": null })).await.unwrap_or_default();
        found.as_array().into_iter().flatten().map(node).collect()
    }

    /// Inserts a text into the focused element.
    pub async fn type_text(&self, text: &str) {
        let script = format!("document.execCommand('insertText', false, {})", json!(text));
        assert_eq!(self.evaluate(&script).await, Ok(json!(true)), "nothing takes a text");
    }

    /// Sets the file of an input, found by its CSS selector.
    pub async fn give_file(&self, selector: &str, file: &Path) {
        let context = self.place().tab;
        let params = json!({ "context": context, "locator": { "type": "css", "value": selector } });
        let found = self.bidi.must("browsingContext.locateNodes", params).await;
        let field = json!({ "sharedId": found["nodes"][0]["sharedId"] });
        let params = json!({ "context": context, "element": field, "files": [file] });
        self.bidi.must("input.setFiles", params).await;
    }

    /// Drags a file onto an element and drops it. Real drags are impossible here, so a file input gets what Firefox
    /// sets at a drop, and any other element gets a drop event.
    pub async fn drop_file(&self, object: &Value, file: &Path) {
        let bytes = STANDARD.encode(std::fs::read(file).expect("the file is there"));
        let name = file.file_name().and_then(|name| name.to_str()).expect("it has a name");
        let script = format!(
            "function () {{ const data = new DataTransfer(), bytes = Uint8Array.from(atob('{bytes}'), letter => letter.charCodeAt(0)); \
             data.items.add(new File([bytes], '{name}')); \
             const tell = event => this.dispatchEvent(event), all = {{ bubbles: true, cancelable: true, composed: true }}; \
             if (this.type !== 'file') return void ['dragenter', 'dragover', 'drop'] \
               .forEach(kind => tell(new DragEvent(kind, {{ ...all, dataTransfer: data }}))); \
             this.files = data.files; for (const kind of ['input', 'change']) tell(new Event(kind, all)) }}"
        );
        self.call(object, &script).await.expect("the element is there");
    }
}

fn node(json: &Value) -> Node {
    let text = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
    let states = json["states"].as_array().into_iter().flatten().filter_map(Value::as_str);
    Node {
        role: text("role"),
        name: text("name"),
        description: text("description"),
        states: states.map(|state| (state.to_owned(), json!(true))).collect(),
        id: json["id"].as_i64().unwrap_or_default(),
    }
}
