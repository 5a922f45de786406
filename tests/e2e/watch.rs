//! The hidden observer: records forbidden requests, messages, storage and actions of a page.

use crate::engine::either;
use crate::page::Page;

/// Runs before any script of a page: counts uses of the sinks that turn text into markup or code, and reports policy
/// violations. It reports through the console log, because a page's own variables do not survive a redirect.
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
  document.addEventListener('securitypolicyviolation', event => tell('policy', event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample));
})()"#;

/// Everything stored, place by place: database entries, and caches with their responses. Blocked storage counts as
/// empty. Bytes become characters with the same code, unescaped, so that every encoding of a text can be found.
const STORED: &str = r#"(async () => {
  const all = read => { try { return read() } catch { return null } };
  const letters = bytes => new TextDecoder('latin1').decode(bytes);
  const written = (_, value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? letters(value) : value;
  const text = value => JSON.stringify(value, written).replaceAll('\\u0000', '\0');
  const asked = request => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = reject });
  const databases = [];
  for (const { name } of (await all(() => indexedDB.databases())) ?? []) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const entries = database.transaction(store).objectStore(store);
      databases.push([name, store, await asked(entries.getAllKeys()), await asked(entries.getAll())]);
    }
    database.close();
  }
  const kept = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      const answer = await cache.match(asked);
      kept.push([name, asked.url, [...asked.headers], [...answer.headers], await answer.arrayBuffer()]);
    }
    kept.push(name);
  }
  return [['localStorage', text(all(() => ({...localStorage})))], ['sessionStorage', text(all(() => ({...sessionStorage})))],
    ['the cookies', document.cookie], ['IndexedDB', text(databases)], ['the caches', text(kept)]];
})()"#;

/// Everything in the document, including shadow roots and field values, except the one element that shows a key.
const DOCUMENT: &str = r#"(() => {
  const roots = [document], texts = [];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (typeof element.value === 'string' && element.getAttribute('aria-label') !== 'API key') texts.push(element.value);
    }
    for (const child of root.children) {
      const copy = child.cloneNode(true);
      copy.querySelectorAll('[aria-label="API key"]').forEach(field => field.remove());
      texts.push(copy.outerHTML);
    }
  }
  return texts.join('\n') })()"#;

/// The element that [`DOCUMENT`] omits, wherever it is.
const SHOWN_KEYS: &str = r#"(() => {
  const roots = [document], texts = [];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (element.getAttribute('aria-label') === 'API key') texts.push(element.value ?? '', element.textContent);
    }
  }
  return texts.join('\n') })()"#;

/// One request that the browser sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The full URL.
    pub url: String,
    /// The form body, if any.
    pub body: String,
}

/// Everything recorded since the browser started.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    /// Requests over the network, in order, without `data:` and browser pages.
    pub requests: Vec<Sent>,
    /// The headers of each request, including `Referer` and cookies.
    pub headers: Vec<String>,
    /// Uses of markup or code sinks.
    pub sinks: Vec<String>,
    /// Violations of the content security policy.
    pub violations: Vec<String>,
    /// Console lines of level warning and above, and all lines from the page itself.
    pub console: Vec<String>,
    /// Every console line.
    pub log: Vec<String>,
}

impl Sent {
    /// True if it went over the network: the browser answers some requests itself.
    pub fn left_the_browser(&self) -> bool {
        let inside = ["data:", "blob:", "chrome:", "about:", "chrome-extension:", "devtools:", "resource:"];
        !inside.iter().any(|scheme| self.url.starts_with(scheme))
    }
}

impl Seen {
    /// Classifies a console line; `loud` means a warning or error.
    pub fn file(&mut self, line: &str, level: &str, loud: bool) {
        if let Some((_, rest)) = line.split_once("akw-watch ") {
            let rest = rest.trim_end_matches('"').to_owned();
            match rest.split_once(' ') {
                Some(("policy", detail)) => self.violations.push(detail.to_owned()),
                _ => self.sinks.push(rest),
            }
            return;
        }
        self.log.push(format!("{level} {line}"));
        if loud {
            self.console.push(line.to_owned());
        }
        if line.contains("Content Security Policy") || line.contains("TrustedHTML") {
            self.violations.push(line.to_owned());
        }
    }

    fn add(&mut self, more: Seen) {
        self.requests.extend(more.requests);
        self.headers.extend(more.headers);
        self.sinks.extend(more.sinks);
        self.violations.extend(more.violations);
        self.console.extend(more.console);
        self.log.extend(more.log);
    }
}

impl Page {
    /// Everything recorded so far.
    pub async fn seen(&self) -> Seen {
        let more = either!(&self.engine, engine => engine.gather().await);
        let mut seen = self.seen.lock().expect("no test panics while it holds the lock");
        seen.add(more);
        seen.clone()
    }

    /// Everything that the page stores in the browser, by place.
    pub async fn stores(&self) -> Vec<(String, String)> {
        serde_json::from_value(self.js(STORED).await).expect("names and texts")
    }

    /// Everything that the page stores in the browser, as one text.
    pub async fn stored(&self) -> String {
        self.stores().await.into_iter().map(|(_, text)| text).collect()
    }

    /// Everything in the document except the element that shows a key.
    pub async fn document(&self) -> String {
        self.js(DOCUMENT).await.as_str().unwrap_or_default().to_owned()
    }

    /// The text of the element that shows a key; empty if there is none.
    pub async fn shown_keys(&self) -> String {
        self.js(SHOWN_KEYS).await.as_str().unwrap_or_default().to_owned()
    }

    /// Every address and title in this window's history.
    pub async fn history(&self) -> Vec<String> {
        either!(&self.engine, engine => engine.history().await)
    }
}
