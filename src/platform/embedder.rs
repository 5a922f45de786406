//! The host of the app: a page of its own (`src/wizard.js`), or an element on another page (`src/embed/run.js`). The
//! two differ only in the object that their JavaScript passes in. Each imported function costs bytes, so there are few,
//! and their first argument selects the operation.

use std::cell::OnceCell;

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen]
extern "C" {
    /// A document or a shadow root, where ids are looked up.
    pub type Root;

    /// The element with this id.
    #[wasm_bindgen(method, js_name = getElementById)]
    pub fn find(this: &Root, id: &str) -> Option<HtmlElement>;

    /// The element that has focus.
    #[wasm_bindgen(method, getter, js_name = activeElement)]
    pub fn focused(this: &Root) -> Option<Element>;

    /// The page or the element.
    #[derive(Clone)]
    pub type Host;

    #[wasm_bindgen(method, getter)]
    fn root(this: &Host) -> Root;

    #[wasm_bindgen(method)]
    fn text(this: &Host, name: &str) -> Option<String>;

    #[wasm_bindgen(method)]
    fn act(this: &Host, name: &str, first: &str, second: &str);

    #[wasm_bindgen(method)]
    fn focus(this: &Host, element: &HtmlElement, still: bool, top: bool);

    #[wasm_bindgen(method)]
    fn ask(this: &Host, name: &str, first: &str, second: &str) -> Option<Promise>;
}

thread_local! {
    static HOST: OnceCell<Host> = const { OnceCell::new() };
}

/// Sets the host. Call it once, before anything else.
pub fn set(host: Host) {
    HOST.with(|cell| drop(cell.set(host)));
}

fn host() -> Host {
    HOST.with(|cell| cell.get().cloned()).expect("it was set before the app began")
}

/// The root that contains the app's elements.
pub fn root() -> Root {
    host().root()
}

/// A text of the host, such as `fragment`; `None` if it has none.
pub fn get(name: &str) -> Option<String> {
    host().text(name)
}

/// Runs a command of the host.
pub fn command(name: &str, first: &str, second: &str) {
    host().act(name, first, second);
}

/// Runs an asynchronous command of the host; `None` if there is nothing to wait for.
pub fn request(name: &str, first: &str, second: &str) -> Option<Promise> {
    host().ask(name, first, second)
}

/// Focuses an element, without scrolling if `still`, and scrolls the page to its top if `top`.
pub fn focus(element: &HtmlElement, still: bool, top: bool) {
    host().focus(element, still, top);
}

/// Whether the page is the app's own.
pub fn is_alone() -> bool {
    get("alone").is_some()
}

/// The level of the page's main heading: 1 on the app's own page, else as the embedding page sets it.
pub fn heading_level() -> usize {
    get("headingLevel").and_then(|text| text.parse().ok()).unwrap_or(1)
}

/// The suffix of the draft's key in `sessionStorage`, which tells elements apart.
pub fn place() -> String {
    get("place").unwrap_or_default()
}

/// The initial draft from the embedding page, as a recipe.
pub fn recipe() -> Option<String> {
    get("recipe")
}

/// Inserts the key into the examples of the embedding page; an empty key clears them.
pub fn fill(key: &str) {
    command("fill", key, "");
}

/// Reports whether the screen shows a key that would be lost with it.
pub fn tell_busy(is_busy: bool) {
    command("busy", if is_busy { "1" } else { "" }, "");
}

/// Waits until the current screen may be replaced. Presses on it do nothing from then on.
pub async fn take_over() {
    if let Some(taken) = request("takeOver", "", "") {
        // If it fails, the app still replaces the screen; only what was chosen there is lost.
        let _ = JsFuture::from(taken).await;
    }
}

/// Reports that the app has replaced the previous screen.
pub fn shown() {
    command("shown", "", "");
}

/// Does what needs the person's press before leaving for a portal, such as opening a window.
pub fn begin_to_leave(portal_origin: &str) {
    command("begin", portal_origin, "");
}

/// Cancels leaving.
pub fn stay() {
    command("stay", "", "");
}

/// Sends an event to the embedding page; the detail is a JSON object or empty. Never a secret.
pub fn emit(event: &str, detail: &str) {
    command("say", event, detail);
}
