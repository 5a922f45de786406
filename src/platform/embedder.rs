//! What the app is shown in: a page of its own (`src/wizard.js`), or an element on somebody's page (`src/embed/run.js`).
//! The two differ in what their JavaScript gives here, and in nothing else. Each imported function weighs bytes, so
//! there are few, and the words below tell them apart.

use std::cell::OnceCell;

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen]
extern "C" {
    /// A document or a shadow root: where ids are looked up.
    pub type Root;

    /// The element of this id.
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

/// Says what the app is shown in, once, before anything else.
pub fn set(host: Host) {
    HOST.with(|cell| drop(cell.set(host)));
}

fn host() -> Host {
    HOST.with(|cell| cell.get().cloned()).expect("it was set before the app began")
}

/// Where its elements are.
pub fn root() -> Root {
    host().root()
}

/// A text of the host's, such as `fragment`; nothing if it has none.
pub fn get(name: &str) -> Option<String> {
    host().text(name)
}

/// Has the host do something.
pub fn command(name: &str, first: &str, second: &str) {
    host().act(name, first, second);
}

/// Has the host do something that takes time; nothing if there is nothing to wait for.
pub fn request(name: &str, first: &str, second: &str) -> Option<Promise> {
    host().ask(name, first, second)
}

/// Focuses an element, without scrolling if `still`, and shows the page from its top if `top`.
pub fn focus(element: &HtmlElement, still: bool, top: bool) {
    host().focus(element, still, top);
}

/// Whether the page is the app's own.
pub fn is_alone() -> bool {
    get("alone").is_some()
}

/// How deep the heading of a page is among those around it: 1 on a page of the app's own.
pub fn heading_level() -> usize {
    get("headingLevel").and_then(|text| text.parse().ok()).unwrap_or(1)
}

/// What the name of its draft in the tab ends with.
pub fn place() -> String {
    get("place").unwrap_or_default()
}

/// The draft that the embedding page starts with, as a recipe.
pub fn recipe() -> Option<String> {
    get("recipe")
}

/// Fills the examples of the page around in; an empty key empties them.
pub fn fill(key: &str) {
    command("fill", key, "");
}

/// Says whether a key is on the screen that would be lost with it.
pub fn tell_busy(is_busy: bool) {
    command("busy", if is_busy { "1" } else { "" }, "");
}

/// Waits until the screen before the app may be replaced. From then on a press on it does nothing.
pub async fn take_over() {
    if let Some(taken) = request("takeOver", "", "") {
        // If it fails, the app still replaces the screen; only what was chosen there is lost.
        let _ = JsFuture::from(taken).await;
    }
}

/// The app has replaced what was on the screen before it.
pub fn shown() {
    command("shown", "", "");
}

/// A press asks to leave for a portal: what needs that press is done now.
pub fn begin_to_leave(portal_origin: &str) {
    command("begin", portal_origin, "");
}

/// Leaving is called off.
pub fn stay() {
    command("stay", "", "");
}

/// Tells the page around what happened: an object as JSON, or nothing more. Never a secret.
pub fn emit(event: &str, detail: &str) {
    command("say", event, detail);
}
