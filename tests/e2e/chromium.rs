//! Chromium: uses the devtools protocol for everything beyond WebDriver.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use fantoccini::Client;
use fantoccini::error::CmdError;
use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};

use crate::axe::{Library, Scheme};
use crate::cdp;
use crate::engine::path;
use crate::suite;
use crate::target::Node;
use crate::watch::{Seen, Sent};

/// No sandbox as root, no traffic to the internet.
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

/// Flags that save a test an eighth of its CPU time each: WebAssembly is compiled once and not optimized, and no
/// spare process waits for a future page. Measurements omit them.
const THRIFT: &[&str] = &["--js-flags=--liftoff-only", "--disable-features=SpareRendererForSitePerProcess"];

/// The focused element, in any shadow root.
const DEEPEST_FOCUS: &str = "(() => { let focused = document.activeElement; while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement; return focused })()";

/// The key under which WebDriver passes an element.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// chromedriver on any free port.
pub fn driver() -> Vec<String> {
    vec![path("AKW_CHROMEDRIVER", "/usr/bin/chromedriver"), "--port=0".to_owned()]
}

/// A headless Chromium with this profile and both logs. If no test needs its windows, it is the headless shell: the
/// same engine at half the CPU time.
pub fn capabilities(profile: &Path) -> Value {
    let thrift = if suite::is_measurement() { &[] } else { THRIFT };
    let whole = ("chrome", path("AKW_CHROMIUM", "/usr/bin/chromium"));
    let (name, binary) = match std::env::var("AKW_HEADLESS_SHELL") {
        Ok(shell) if !suite::is_whole() => ("chrome-headless-shell", shell),
        _ => whole,
    };
    let mut args: Vec<String> = FLAGS.iter().chain(thrift).map(|flag| (*flag).to_owned()).collect();
    args.push(format!("--user-data-dir={}", profile.display()));
    json!({
        "browserName": name,
        "unhandledPromptBehavior": "ignore",
        "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
        "goog:chromeOptions": { "binary": binary, "args": args },
    })
}

/// A session of chromedriver.
pub struct Chromium {
    client: Client,
    /// True while it works inside the first frame of the page.
    in_frame: AtomicBool,
}

/// Finds and uses elements.
impl Chromium {
    /// Enables the needed domains of the protocol.
    pub async fn new(client: Client) -> Chromium {
        let chromium = Chromium { client, in_frame: AtomicBool::new(false) };
        chromium.prepare_tab().await;
        chromium
    }

    /// Prepares a new tab for the next test. The tab of the previous test took its settings with it.
    pub async fn renew(&self) {
        self.in_frame.store(false, Ordering::Relaxed);
        self.cdp("Browser.resetPermissions", json!({})).await;
        self.cdp("Network.clearBrowserCookies", json!({})).await;
        self.prepare_tab().await;
    }

    async fn prepare_tab(&self) {
        self.cdp("Page.enable", json!({})).await;
    }

    /// Runs a devtools command that must succeed.
    pub async fn cdp(&self, command: &str, params: Value) -> Value {
        self.try_cdp(command, params).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    async fn try_cdp(&self, command: &str, params: Value) -> Result<Value, CmdError> {
        cdp::run(&self.client, command, params).await
    }

    /// See [`crate::page::Page::try_js`].
    pub async fn evaluate(&self, expression: &str) -> Result<Value, String> {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        outcome(self.try_cdp("Runtime.evaluate", params).await)
    }

    /// The object id of an expression's value.
    async fn object(&self, expression: &str) -> Result<Value, CmdError> {
        let answer = self.try_cdp("Runtime.evaluate", json!({ "expression": expression })).await?;
        Ok(answer["result"]["objectId"].clone())
    }

    /// Called after a switch to another tab.
    pub fn switched(&self, _: &WindowHandle) {}

    /// Works inside the first frame from now on, or in the page itself.
    pub async fn look_into_frame(&self, into: bool) {
        self.in_frame.store(into, Ordering::Relaxed);
    }

    /// True while working inside a frame.
    pub fn in_frame(&self) -> bool {
        self.in_frame.load(Ordering::Relaxed)
    }

    /// The current document; `None` while it is being replaced.
    pub async fn document(&self) -> Option<Value> {
        if !self.in_frame() {
            return self.object("document").await.ok();
        }
        let all = json!({ "depth": -1, "pierce": true });
        let tree = self.try_cdp("DOM.getDocument", all).await.ok()?;
        self.resolve_id(content_document(&tree["root"])?).await
    }

    /// The element of a node, to search or to use.
    pub async fn resolve(&self, node: &Node) -> Option<Value> {
        self.resolve_id(node.id).await
    }

    async fn resolve_id(&self, id: i64) -> Option<Value> {
        let answer = self.try_cdp("DOM.resolveNode", json!({ "backendNodeId": id })).await.ok()?;
        Some(answer["object"]["objectId"].clone())
    }

    /// All descendants with one of these roles, or with this name; the caller filters further.
    pub async fn query(&self, root: &Value, roles: &[&str], name: Option<&str>) -> Option<Vec<Node>> {
        let mut found = Vec::new();
        // Faster in a page of 10,000 items.
        let ways: Vec<Value> = match name {
            Some(name) => vec![json!({ "objectId": root, "accessibleName": name })],
            None => roles.iter().map(|role| json!({ "objectId": root, "role": role })).collect(),
        };
        for way in ways {
            let answer = self.try_cdp("Accessibility.queryAXTree", way).await.ok()?;
            let nodes = answer["nodes"].as_array().into_iter().flatten();
            found.extend(nodes.filter(|node| node["ignored"] != json!(true)).map(node));
        }
        Some(found)
    }

    /// Calls a function with the element as `this`, with user activation.
    pub async fn call(&self, object: &Value, function: &str) -> Result<Value, String> {
        let params =
            json!({ "objectId": object, "functionDeclaration": function, "returnByValue": true, "userGesture": true });
        outcome(self.try_cdp("Runtime.callFunctionOn", params).await)
    }

    /// The element's WebDriver id.
    pub async fn element(&self, object: &Value) -> Option<String> {
        self.call(object, "function () { globalThis.akwFound = this }").await.ok()?;
        let script = "const found = globalThis.akwFound; delete globalThis.akwFound; return found";
        let found = self.client.execute(script, vec![]).await.ok()?;
        Some(found[ELEMENT_KEY].as_str()?.to_owned())
    }

    /// The focused element.
    pub async fn focused(&self) -> Node {
        let found = self.object(DEEPEST_FOCUS).await.expect("there is a page");
        let tree =
            self.cdp("Accessibility.getPartialAXTree", json!({ "objectId": found, "fetchRelatives": false })).await;
        node(&tree["nodes"][0])
    }

    /// All accessibility nodes.
    pub async fn everything(&self) -> Vec<Node> {
        let tree = self.cdp("Accessibility.getFullAXTree", json!({})).await;
        tree["nodes"].as_array().into_iter().flatten().map(node).collect()
    }

    /// Inserts a text into the focused element.
    pub async fn type_text(&self, text: &str) {
        self.cdp("Input.insertText", json!({ "text": text })).await;
    }

    /// Sets the file of an input, found by its CSS selector.
    pub async fn give_file(&self, selector: &str, file: &Path) {
        let field = self.object(&format!("document.querySelector('{selector}')")).await.expect("there is a page");
        self.cdp("DOM.setFileInputFiles", json!({ "files": [file], "objectId": field })).await;
    }

    /// Drags a file onto an element and drops it.
    pub async fn drop_file(&self, object: &Value, file: &Path) {
        let script = "function () { this.scrollIntoView({ block: 'center' }); const box = this.getBoundingClientRect(); \
                      return [box.x + box.width / 2, box.y + box.height / 2] }";
        let place = self.call(object, script).await.expect("the element has a place");
        let data = json!({ "items": [], "files": [file], "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            let params = json!({ "type": kind, "x": place[0], "y": place[1], "data": data });
            self.cdp("Input.dispatchDragEvent", params).await;
        }
    }
}

/// Actions of a tester, not of a user.
impl Chromium {
    /// See [`crate::page::Page::before_each_document`].
    pub async fn before_each_document(&self, source: &str) {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    }

    /// Everything recorded since the last call.
    pub async fn gather(&self) -> Seen {
        let network = cdp::take_log(&self.client, "performance").await.expect("chromedriver keeps a performance log");
        let console = cdp::take_log(&self.client, "browser").await.expect("chromedriver keeps a browser log");
        let mut seen = Seen::default();
        network.iter().for_each(|event| asked(event, &mut seen));
        for entry in &console {
            let text = |name: &str| entry[name].as_str().unwrap_or_default();
            seen.file(text("message"), text("level"), matches!(text("level"), "SEVERE" | "WARNING"));
        }
        seen
    }

    /// Every address and title in this window's history.
    pub async fn history(&self) -> Vec<String> {
        let history = self.cdp("Page.getNavigationHistory", json!({})).await;
        let entries = history["entries"].as_array().into_iter().flatten();
        entries.map(|entry| format!("{} {}", entry["url"], entry["title"])).collect()
    }

    /// Loads a library in an isolated world of the page and of each frame, evaluates an expression there, and returns
    /// all results.
    pub async fn apart(&self, library: &Library, expression: &str) -> Result<Vec<Value>, String> {
        let tree = &self.cdp("Page.getFrameTree", json!({})).await["frameTree"];
        let mut all = Vec::new();
        for frame in [tree].into_iter().chain(tree["childFrames"].as_array().into_iter().flatten()) {
            let listed = self.apart_in(&frame["frame"]["id"], library, expression).await?;
            all.extend(listed.as_array().cloned().unwrap_or_default());
        }
        Ok(all)
    }

    async fn apart_in(&self, frame: &Value, library: &Library, expression: &str) -> Result<Value, String> {
        // The world stays the same while the document does.
        let params = json!({ "frameId": frame, "worldName": "apart" });
        let world = self.cdp("Page.createIsolatedWorld", params).await["executionContextId"].clone();
        let run = async |expression: &str| {
            let params =
                json!({ "contextId": world, "expression": expression, "awaitPromise": true, "returnByValue": true });
            outcome(self.try_cdp("Runtime.evaluate", params).await)
        };
        if run(&format!("typeof {}", library.global)).await? == "undefined" {
            run(&format!("{};0", library.source)).await?;
        }
        run(expression).await
    }

    /// See [`crate::page::Page::set_scheme`].
    pub async fn set_scheme(&self, scheme: Scheme) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme.name() }, { "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// See [`crate::page::Page::see_as_printed`].
    pub async fn see_as_printed(&self, printed: bool) {
        let medium = if printed { "print" } else { "" };
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": medium })).await;
    }

    /// See [`crate::page::Page::set_size`].
    pub async fn set_size(&self, width: u32, height: u32) {
        if width == 0 {
            self.cdp("Emulation.clearDeviceMetricsOverride", json!({})).await;
            return;
        }
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", params).await;
    }

    /// Hides or shows scrollbars.
    pub async fn hide_scrollbars(&self, hidden: bool) {
        self.cdp("Emulation.setScrollbarsHidden", json!({ "hidden": hidden })).await;
    }

    /// A screenshot of the whole page, as PNG in base64.
    pub async fn picture(&self) -> String {
        let picture =
            self.cdp("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true })).await;
        picture["data"].as_str().unwrap_or_default().to_owned()
    }

    /// See [`crate::page::Page::allow_clipboard`].
    pub async fn allow_clipboard(&self, allowed: bool) {
        let setting = if allowed { "granted" } else { "denied" };
        for name in ["clipboard-write", "clipboard-read"] {
            let params =
                json!({ "permission": { "name": name, "allowWithoutSanitization": false }, "setting": setting });
            self.cdp("Browser.setPermission", params).await;
        }
    }

    /// See [`crate::page::Page::set_offline`].
    pub async fn set_offline(&self, offline: bool) {
        let params = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.cdp("Network.enable", json!({})).await;
        self.cdp("Network.emulateNetworkConditions", params).await;
    }

    /// Downloads go into this folder without a prompt.
    pub async fn download_into(&self, folder: &Path) {
        self.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder })).await;
    }

    /// Bytes used by scripts and documents after garbage collection.
    pub async fn memory(&self) -> f64 {
        self.cdp("HeapProfiler.enable", json!({})).await;
        for _ in 0..2 {
            self.cdp("HeapProfiler.collectGarbage", json!({})).await;
        }
        let heap = self.cdp("Runtime.getHeapUsage", json!({})).await;
        let of = |name: &str| heap[name].as_f64().unwrap_or(0.0);
        of("usedSize") + of("backingStorageSize") + of("embedderHeapUsedSize")
    }
}

/// The value of an evaluation, or the exception.
fn outcome(answer: Result<Value, CmdError>) -> Result<Value, String> {
    let answer = answer.map_err(|error| error.to_string())?;
    match answer.get("exceptionDetails") {
        Some(details) => Err(details.to_string()),
        None => Ok(answer["result"]["value"].clone()),
    }
}

/// The document inside the first frame of a DOM tree.
fn content_document(node: &Value) -> Option<i64> {
    let inner = node["contentDocument"]["backendNodeId"].as_i64();
    inner.or_else(|| node["children"].as_array()?.iter().find_map(content_document))
}

fn node(json: &Value) -> Node {
    let text = |key: &str| json[key]["value"].as_str().unwrap_or_default().to_owned();
    let states = json["properties"].as_array().into_iter().flatten();
    Node {
        role: text("role"),
        name: text("name"),
        description: text("description"),
        states: states
            .map(|state| (state["name"].as_str().unwrap_or_default().to_owned(), state["value"]["value"].clone()))
            .collect(),
        id: json["backendDOMNodeId"].as_i64().unwrap_or_default(),
    }
}

/// A request as the page made it, or the headers that the network sends with it: Chromium reports them separately.
fn asked(entry: &Value, seen: &mut Seen) {
    let message: Value = serde_json::from_str(entry["message"].as_str().unwrap_or_default()).unwrap_or_default();
    let (method, params) = (&message["message"]["method"], &message["message"]["params"]);
    if method == "Network.requestWillBeSentExtraInfo" {
        seen.headers.push(params["headers"].to_string());
    } else if method == "Network.requestWillBeSent" {
        let request = &params["request"];
        let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
        let sent = Sent { url: text("url"), body: text("postData") };
        seen.headers.push(request["headers"].to_string());
        seen.requests.extend(sent.left_the_browser().then_some(sent));
    }
}
