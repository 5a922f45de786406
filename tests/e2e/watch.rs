//! The hidden observer: everything a page asked for, said, stored or did that it should not have done.

use serde_json::{Value, json};

use crate::cdp;
use crate::page::Page;

/// Runs before any script of a page: counts uses of the sinks that turn text into markup or code, and reports policy violations.
/// Reports go through the console log, because a page's own variables do not survive a redirect.
pub const OBSERVER: &str = r#"(() => {
  const say = console.debug.bind(console);
  const tell = (what, detail) => say('akw-watch ' + what + ' ' + detail);
  const setter = (owner, name) => {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (!found || !found.set) return;
    Object.defineProperty(owner, name, { ...found, set(value) { tell('sink', name); found.set.call(this, value) } });
  };
  const method = (owner, name) => {
    const found = owner[name];
    if (typeof found !== 'function') return;
    owner[name] = function (...rest) { tell('sink', name); return found.apply(this, rest) };
  };
  for (const owner of [Element.prototype, ShadowRoot.prototype]) { setter(owner, 'innerHTML'); setter(owner, 'outerHTML'); method(owner, 'setHTMLUnsafe') }
  setter(HTMLIFrameElement.prototype, 'srcdoc');
  method(Element.prototype, 'insertAdjacentHTML');
  method(Range.prototype, 'createContextualFragment');
  method(DOMParser.prototype, 'parseFromString');
  method(Document.prototype, 'write'); method(Document.prototype, 'writeln');
  method(window, 'eval'); method(window, 'open');
  for (const name of ['setTimeout', 'setInterval']) {
    const found = window[name];
    window[name] = function (call, ...rest) { if (typeof call !== 'function') tell('sink', name); return found.call(this, call, ...rest) };
  }
  document.addEventListener('securitypolicyviolation', it => tell('policy', it.effectiveDirective + ' ' + it.blockedURI + ' ' + it.sample));
})()"#;

/// Everything stored, databases entry by entry, as one text.
const STORED: &str = r#"(async () => {
  const asked = request => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = reject });
  const databases = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const entries = database.transaction(store).objectStore(store);
      databases.push([name, store, await asked(entries.getAllKeys()), await asked(entries.getAll())]);
    }
    database.close();
  }
  return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, databases, await caches.keys()]);
})()"#;

/// One request that left the browser.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The whole address.
    pub url: String,
    /// The form body, if any.
    pub body: String,
    /// The `Referer` header, if any.
    pub referer: String,
}

/// What was gathered since the browser started.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    /// Requests over the network, in order; `data:` and browser pages are left out.
    pub requests: Vec<Sent>,
    /// Uses of markup or code sinks.
    pub sinks: Vec<String>,
    /// Violations of the content security policy.
    pub violations: Vec<String>,
    /// Console lines of level warning and above, with those of the page itself.
    pub console: Vec<String>,
    /// Every console line.
    pub log: Vec<String>,
}

impl Page {
    /// Reads the browser's logs and returns all that was seen so far.
    pub async fn seen(&self) -> Seen {
        let network = cdp::take_log(&self.client, "performance").await.expect("chromedriver keeps a performance log");
        let console = cdp::take_log(&self.client, "browser").await.expect("chromedriver keeps a browser log");
        let mut seen = self.seen.lock().expect("no test panics while it holds the lock");
        seen.requests.extend(network.iter().filter_map(sent));
        for entry in &console {
            file(&mut seen, entry);
        }
        seen.clone()
    }

    /// Everything the page keeps in the browser: both storages, cookies and databases, as one text.
    pub async fn stored(&self) -> String {
        self.js(STORED).await.as_str().unwrap_or_default().to_owned()
    }

    /// Every address and title in this window's history.
    pub async fn history(&self) -> Vec<String> {
        let history = self.cdp("Page.getNavigationHistory", json!({})).await;
        let entries = history["entries"].as_array().into_iter().flatten();
        entries.map(|it| format!("{} {}", it["url"], it["title"])).collect()
    }
}

fn sent(entry: &Value) -> Option<Sent> {
    let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
    let message = &message["message"];
    if message["method"] != "Network.requestWillBeSent" {
        return None;
    }
    let request = &message["params"]["request"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let url = text(&request["url"]);
    let of_the_browser = ["data:", "blob:", "chrome:", "about:", "chrome-extension:", "devtools:"];
    if of_the_browser.iter().any(|scheme| url.starts_with(scheme)) {
        return None;
    }
    Some(Sent { url, body: text(&request["postData"]), referer: text(&request["headers"]["Referer"]) })
}

fn file(seen: &mut Seen, entry: &Value) {
    let (level, line) = (entry["level"].as_str().unwrap_or_default(), entry["message"].as_str().unwrap_or_default());
    if let Some((_, rest)) = line.split_once("akw-watch ") {
        let rest = rest.trim_end_matches('"').to_owned();
        match rest.split_once(' ') {
            Some(("policy", detail)) => seen.violations.push(detail.to_owned()),
            _ => seen.sinks.push(rest),
        }
        return;
    }
    seen.log.push(format!("{level} {line}"));
    if matches!(level, "SEVERE" | "WARNING") {
        seen.console.push(line.to_owned());
    }
    if line.contains("Content Security Policy") || line.contains("TrustedHTML") {
        seen.violations.push(line.to_owned());
    }
}
