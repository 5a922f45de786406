//! Counts the elements of the page: no text of the portal may add an element or an attribute.

use std::collections::BTreeMap;

use crate::page::Page;

/// The number of elements of each kind, by element name and attribute names.
pub type Census = BTreeMap<String, u64>;

/// Counts them, except the policies with which the page locks itself: these come and go.
pub const CENSUS: &str = "(() => { const count = {}; \
    for (const element of document.querySelectorAll('*:not(meta[http-equiv=Content-Security-Policy])')) { \
    const name = [element.localName, ...[...element.attributes].map(attribute => attribute.name).sort()].join(' '); count[name] = (count[name] || 0) + 1 } \
    return count })()";

/// True if an inline script runs, which the policy forbids.
pub const INLINE: &str = "(() => { const script = document.createElement('script'); script.textContent = 'globalThis.akwInline = true'; \
    document.head.append(script); script.remove(); return globalThis.akwInline === true })()";

/// The current census.
pub async fn census(page: &Page) -> Census {
    serde_json::from_value(page.js(CENSUS).await).expect("numbers by name")
}
