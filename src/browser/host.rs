//! What the app is shown in: a page of its own (`src/boot.js`), or an element on somebody's page (`src/embed/run.js`).
//! The two differ in what their JavaScript gives here, and in nothing else.

use std::cell::OnceCell;

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;
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

    /// Where its elements are.
    #[wasm_bindgen(method, getter)]
    pub fn root(this: &Host) -> Root;

    /// Whether the page is the app's own.
    #[wasm_bindgen(method, getter)]
    pub fn alone(this: &Host) -> bool;

    /// The text of the configuration; rejected with the HTTP status if there is none.
    #[wasm_bindgen(method)]
    pub fn config(this: &Host) -> Promise;

    /// The address of a file of ours, whose host tells the time.
    #[wasm_bindgen(method, getter)]
    pub fn clock(this: &Host) -> String;

    /// The draft that whoever embeds the app begins with, as a recipe.
    #[wasm_bindgen(method, getter)]
    pub fn recipe(this: &Host) -> Option<String>;

    /// What the name of its draft in the tab ends with.
    #[wasm_bindgen(method, getter)]
    pub fn place(this: &Host) -> String;

    /// The language dates are written in.
    #[wasm_bindgen(method, getter)]
    pub fn locale(this: &Host) -> String;

    /// The address a portal sends people back to.
    #[wasm_bindgen(method, getter)]
    pub fn callback(this: &Host) -> String;

    /// The route, with its `#`.
    #[wasm_bindgen(method, getter)]
    pub fn fragment(this: &Host) -> String;

    /// Goes to another route.
    #[wasm_bindgen(method)]
    pub fn go(this: &Host, fragment: &str, replaces: bool);

    /// Gives the window its title.
    #[wasm_bindgen(method)]
    pub fn title(this: &Host, words: &str);

    /// Limits connections to this portal for good.
    #[wasm_bindgen(method)]
    pub fn lock(this: &Host, portal_origin: &str);

    /// Focuses an element, without scrolling if `still`, and shows the page from its top if `top`.
    #[wasm_bindgen(method)]
    pub fn focus(this: &Host, element: &HtmlElement, still: bool, top: bool);

    /// A press asks to leave for a portal: what needs that press is done now.
    #[wasm_bindgen(method)]
    pub fn ask(this: &Host);

    /// Leaving is called off.
    #[wasm_bindgen(method)]
    pub fn stay(this: &Host);

    /// Leaves for a portal. A promise of its answer, unless the page itself leaves.
    #[wasm_bindgen(method)]
    pub fn leave(this: &Host, address: &str, state: &str) -> Option<Promise>;

    /// Tells the page around what happened. `detail` is JSON, and no secret.
    #[wasm_bindgen(method)]
    pub fn say(this: &Host, event: &str, detail: &str);

    /// Whether the page around has examples for a key.
    #[wasm_bindgen(method, getter)]
    pub fn examples(this: &Host) -> bool;

    /// Fills those examples in; an empty key empties them.
    #[wasm_bindgen(method)]
    pub fn fill(this: &Host, key: &str);
}

thread_local! {
    static HOST: OnceCell<Host> = const { OnceCell::new() };
}

/// Says what the app is shown in, once, before anything else.
pub fn set(host: Host) {
    HOST.with(|it| drop(it.set(host)));
}

/// What the app is shown in.
pub fn host() -> Host {
    HOST.with(|it| it.get().cloned()).expect("it was set before the app began")
}

/// Tells the page around what happened, in members of names and JSON.
pub fn say(event: &str, members: &[(&str, &str)]) {
    let mut detail = String::from("{");
    for (name, json) in members {
        let comma = if detail.len() > 1 { "," } else { "" };
        for part in [comma, "\"", name, "\":", json] {
            detail.push_str(part);
        }
    }
    detail.push('}');
    host().say(event, &detail);
}
