//! What only a tester does with Firefox.

use std::path::Path;

use serde_json::{Value, json};

use super::Firefox;
use crate::axe::{Library, Scheme};
use crate::watch::{Seen, Sent};

impl Firefox {
    /// Does something with Firefox's own object for this tab, `tab`.
    async fn with_tab(&self, act: &str) -> Value {
        let script = format!("(tab => {{ {act} }})(akw.tab({}))", json!(self.place().tab));
        self.in_window(&script).await.unwrap_or_else(|error| panic!("{act}: {error}"))
    }

    /// See [`crate::page::Page::before_each_document`].
    pub async fn before_each_document(&self, source: &str) {
        // Firefox's own page about a document that it did not show is not one of ours.
        let function = format!("() => {{ if (document.documentURI.startsWith('about:neterror')) return; {source} }}");
        let mut added = self.bidi.must("script.addPreloadScript", json!({ "functionDeclaration": function })).await;
        self.scripts.lock().expect("nobody panics with it").push(added["script"].take());
    }

    /// What was seen since the last call.
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
        // A fragment stays in the browser, and here it does not.
        let url = text(&request["url"]).split('#').next().unwrap_or_default().to_owned();
        let mut sent = Sent { url, body: String::new() };
        if request["method"] == "POST" {
            let wanted = json!({ "dataType": "request", "request": request["request"] });
            // A request without a body has none to give.
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

    /// Runs an expression that needs a library in a world of their own beside the page's, and beside that of each frame
    /// in it; what they list, together.
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
        // The same as before while the document is.
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

    /// Firefox lays its scrollbars over the page.
    pub async fn hide_scrollbars(&self, _: bool) {}

    /// A picture of the whole page, as PNG in base64.
    pub async fn picture(&self) -> String {
        let params = json!({ "context": self.place().tab, "origin": "document" });
        let picture = self.bidi.must("browsingContext.captureScreenshot", params).await;
        picture["data"].as_str().unwrap_or_default().to_owned()
    }

    /// See [`crate::page::Page::allow_clipboard`]. Firefox has no such permission: what it refuses, it refuses for want
    /// of a press, and the page gets the same error.
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

    /// Downloads go into this folder without a question.
    pub async fn download_into(&self, folder: &Path) {
        let behavior = json!({ "type": "allowed", "destinationFolder": folder });
        self.bidi.must("browser.setDownloadBehavior", json!({ "downloadBehavior": behavior })).await;
    }

    /// Bytes that scripts and documents hold, garbage collected.
    pub async fn memory(&self) -> f64 {
        self.ask("memory", Value::Null).await.and_then(|bytes| bytes.as_f64()).expect("a number of bytes")
    }
}

/// Every header of a request; bytes that are no text come in base64, which is a spelling that is looked for.
fn headers(request: &Value) -> String {
    let all = request["headers"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.map(|header| format!("{}: {}\n", text(&header["name"]), text(&header["value"]["value"]))).collect()
}
