//! Counts the elements of the page: no text of the portal may add one, or an attribute to one.

use std::collections::BTreeMap;

use crate::page::Page;

/// How often the page has each kind of element, with its attributes' names.
pub type Census = BTreeMap<String, u64>;

/// Counts them; the policies the page locks itself with come and go.
pub const CENSUS: &str = "(() => { const count = {}; \
    for (const element of document.querySelectorAll('*:not(meta[http-equiv=Content-Security-Policy])')) { \
    const name = [element.localName, ...[...element.attributes].map(attribute => attribute.name).sort()].join(' '); count[name] = (count[name] || 0) + 1 } \
    return count })()";

/// Whether a script in the page's own text runs, which the policy forbids.
pub const INLINE: &str = "(() => { const script = document.createElement('script'); script.textContent = 'globalThis.akwInline = true'; \
    document.head.append(script); script.remove(); return globalThis.akwInline === true })()";

/// The census of now.
pub async fn census(page: &Page) -> Census {
    serde_json::from_value(page.js(CENSUS).await).expect("numbers by name")
}
