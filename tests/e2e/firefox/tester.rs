//! Actions of a tester, not of a user, in Firefox.

use std::path::Path;

use serde_json::{Value, json};

use super::Firefox;
use crate::axe::{Library, Scheme};
use crate::watch::{Seen, Sent};

impl Firefox {
    /// Runs code with `tab`, Firefox's own object for this tab.
    async fn with_tab(&self, act: &str) -> Value {
        let script = format!("(tab => {{ {act} }})(akw.tab({}))", json!(self.place().tab));
        self.in_window(&script).await.unwrap_or_else(|error| panic!("{act}: {error}"))
    }

    /// See [`crate::page::Page::before_each_document`].
    pub async fn before_each_document(&self, source: &str) {
        // Firefox's own error page is not one of our documents.
        let function = format!("() => {{ if (document.documentURI.startsWith('about:neterror')) return; {source} }}");
        let mut added = self.bidi.must("script.addPreloadScript", json!({ "functionDeclaration": function })).await;
        self.scripts.lock().expect("nobody panics with it").push(added["script"].take());
    }

    /// Everything recorded since the last call.
    pub async fn gather(&self) -> Seen {
        let mut seen = Seen::default();
        for event in self.bidi.take_events() {
            let params = &event["params"];
            if event["method"] == "log.entryAdded" {
                let text = |name: &str| params[name].as_str().unwrap_or_default();
                seen.file(text("text"), text("level"), matches!(text("level"), "warn" | "error"));
            } else {
                seen.headers.push(headers(&params["request"]));
                seen.requests.extend(self.sent(&params["request"]).await);
            }
        }
        seen
    }

    async fn sent(&self, request: &Value) -> Option<Sent> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        // The browser never sends a fragment, but BiDi reports it.
        let url = text(&request["url"]).split('#').next().unwrap_or_default().to_owned();
        let mut sent = Sent { url, body: String::new() };
        if request["method"] == "POST" {
            let wanted = json!({ "dataType": "request", "request": request["request"] });
            // This fails for a request without a body.
            let body = self.bidi.run("network.getData", wanted).await.unwrap_or_default();
            sent.body = text(&body["bytes"]["value"]);
        }
        sent.left_the_browser().then_some(sent)
    }

    /// Every address and title in this window's history.
    pub async fn history(&self) -> Vec<String> {
        let script = "const all = tab.sessionHistory; return [...Array(all.count).keys()].map(at => all.getEntryAtIndex(at)) \
                      .map(entry => entry.URI.spec + ' ' + entry.title)";
        let entries = self.with_tab(script).await;
        entries.as_array().into_iter().flatten().map(|entry| entry.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Loads a library in an isolated world of the page and of each frame, evaluates an expression there, and returns
    /// all results.
    pub async fn apart(&self, library: &Library, expression: &str) -> Result<Vec<Value>, String> {
        let tree = self.bidi.must("browsingContext.getTree", json!({ "root": self.place().tab })).await;
        let top = &tree["contexts"][0];
        let mut all = Vec::new();
        for frame in [top].into_iter().chain(top["children"].as_array().into_iter().flatten()) {
            let listed = self.apart_in(&frame["context"], library, expression).await?;
            all.extend(listed.as_array().cloned().unwrap_or_default());
        }
        Ok(all)
    }

    async fn apart_in(&self, frame: &Value, library: &Library, expression: &str) -> Result<Value, String> {
        // The sandbox stays the same while the document does.
        let target = || json!({ "context": frame, "sandbox": "apart" });
        if self.evaluate_in(target(), &format!("typeof {}", library.global)).await? == "undefined" {
            self.evaluate_in(target(), &format!("{};0", library.source)).await?;
        }
        self.evaluate_in(target(), expression).await
    }

    /// See [`crate::page::Page::set_scheme`].
    pub async fn set_scheme(&self, scheme: Scheme) {
        let script = format!(
            "tab.prefersColorSchemeOverride = '{}'; Services.prefs.setIntPref('ui.prefersReducedMotion', 1)",
            scheme.name()
        );
        self.with_tab(&script).await;
    }

    /// See [`crate::page::Page::see_as_printed`].
    pub async fn see_as_printed(&self, printed: bool) {
        self.with_tab(&format!("tab.mediumOverride = '{}'", if printed { "print" } else { "" })).await;
    }

    /// See [`crate::page::Page::set_size`].
    pub async fn set_size(&self, width: u32, height: u32) {
        let size = (width > 0).then(|| json!({ "width": width, "height": height }));
        self.bidi.must("browsingContext.setViewport", json!({ "context": self.place().tab, "viewport": size })).await;
    }

    /// Firefox overlays its scrollbars.
    pub async fn hide_scrollbars(&self, _: bool) {}

    /// A screenshot of the whole page, as PNG in base64.
    pub async fn picture(&self) -> String {
        let params = json!({ "context": self.place().tab, "origin": "document" });
        let picture = self.bidi.must("browsingContext.captureScreenshot", params).await;
        picture["data"].as_str().unwrap_or_default().to_owned()
    }

    /// See [`crate::page::Page::allow_clipboard`]. Firefox has no such permission: it refuses without user
    /// activation, and the page gets the same error.
    pub async fn allow_clipboard(&self, allowed: bool) {
        let script = "(allowed => { const clipboard = navigator.clipboard; globalThis.akwWrite ??= clipboard.writeText.bind(clipboard); \
            clipboard.writeText = allowed ? globalThis.akwWrite : async () => { throw new DOMException('', 'NotAllowedError') } })";
        self.evaluate(&format!("{script}({allowed})")).await.expect("there is a page");
    }

    /// See [`crate::page::Page::set_offline`].
    pub async fn set_offline(&self, offline: bool) {
        let conditions = offline.then(|| json!({ "type": "offline" }));
        let params = json!({ "networkConditions": conditions, "contexts": [self.place().tab] });
        self.bidi.must("emulation.setNetworkConditions", params).await;
    }

    /// Downloads go into this folder without a prompt.
    pub async fn download_into(&self, folder: &Path) {
        let behavior = json!({ "type": "allowed", "destinationFolder": folder });
        self.bidi.must("browser.setDownloadBehavior", json!({ "downloadBehavior": behavior })).await;
    }

    /// Bytes used by scripts and documents after garbage collection.
    pub async fn memory(&self) -> f64 {
        self.ask("memory", Value::Null).await.and_then(|bytes| bytes.as_f64()).expect("a number of bytes")
    }
}

/// All headers of a request; bytes that are not text arrive in base64, which the search covers.
fn headers(request: &Value) -> String {
    let all = request["headers"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.map(|header| format!("{}: {}\n", text(&header["name"]), text(&header["value"]["value"]))).collect()
}
