//! Elements, built by plain calls and kept up to date by Leptos's reactive system.
//!
//! Leptos's own `view!` makes a type of each subtree and code of each type, which made the wizard much larger ("Why not"
//! in ARCHITECTURE.md). Here every call is one function for all elements.
//! There is no way to HTML strings: text becomes text nodes, so Trusted Types have nothing to refuse.

use std::rc::Rc;

use leptos::prelude::{LocalStorage, Owner, StoredValue, untrack};
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, Node};

use crate::platform::{document, embedder};

/// A value that is read anew whenever a signal in it changes.
pub type Read<T> = Rc<dyn Fn() -> T>;

/// What a press or a choice does.
pub type Act<T = ()> = Rc<dyn Fn(T)>;

/// A closure as a [`Read`].
pub fn read<T>(read: impl Fn() -> T + 'static) -> Read<T> {
    Rc::new(read)
}

/// A fixed text as a [`Read`].
pub fn fixed(words: &'static str) -> Read<String> {
    Rc::new(move || words.to_owned())
}

/// A closure as an [`Act`].
pub fn act<T>(act: impl Fn(T) + 'static) -> Act<T> {
    Rc::new(act)
}

/// An element while it is built. Every method returns it again.
#[derive(Clone)]
pub struct El(Element);

/// A new element.
pub fn el(name: &str) -> El {
    El(document().create_element(name).expect("element names are written in this program"))
}

/// A heading: the first is that of a page, the second one below it. On somebody else's page it is as deep as that page
/// says; the element stays, and with it its style.
pub fn heading(level: usize) -> El {
    let it = el(if level == 1 { "h1" } else { "h2" });
    match embedder::heading_level() {
        1 => it,
        first => it.attr("aria-level", &(first + level - 1).to_string()),
    }
}

/// A text node.
pub fn text(words: &str) -> Node {
    document().create_text_node(words).into()
}

/// Several nodes that stand side by side without an element of their own.
pub fn group(nodes: impl IntoIterator<Item = Node>) -> Node {
    let fragment = document().create_document_fragment();
    for node in nodes {
        append(&fragment, &node);
    }
    fragment.into()
}

/// Nothing on the screen.
pub fn nothing() -> Node {
    group([])
}

/// A text that changes.
pub fn live_text(words: impl Fn() -> String + 'static) -> Node {
    live(Box::new(words))
}

/// One function for all, as everywhere here.
fn live(words: Box<dyn Fn() -> String>) -> Node {
    let node = document().create_text_node("");
    let shown = node.clone();
    watch(Box::new(move || {
        let words = words();
        // A live region whose text is set again is read out again.
        if shown.data() != words {
            shown.set_data(&words);
        }
    }));
    node.into()
}

impl El {
    /// Sets the classes.
    pub fn class(self, names: &str) -> Self {
        self.0.set_class_name(names);
        self
    }

    /// Sets the id.
    pub fn id(self, id: &str) -> Self {
        self.0.set_id(id);
        self
    }

    /// Sets an attribute. Never `style` or an event's; those are refused by the page's policy.
    pub fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// Keeps an attribute up to date; `None` takes it off.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        let element = self.0.clone();
        watch(Box::new(move || set(&element, name, value().as_deref())));
        self
    }

    /// Keeps an attribute that is there or not up to date.
    pub fn flag(self, name: &'static str, value: impl Fn() -> bool + 'static) -> Self {
        let element = self.0.clone();
        watch(Box::new(move || set(&element, name, value().then_some(""))));
        self
    }

    /// Keeps a class that is there or not up to date.
    pub fn live_class(self, name: &'static str, value: impl Fn() -> bool + 'static) -> Self {
        let classes = self.0.class_list();
        watch(Box::new(move || {
            classes.toggle_with_force(name, value()).expect("class names are written in this program");
        }));
        self
    }

    /// Appends a text.
    pub fn text(self, words: &str) -> Self {
        self.with(text(words))
    }

    /// Appends a text that changes.
    pub fn live_text(self, words: impl Fn() -> String + 'static) -> Self {
        self.with(live_text(words))
    }

    /// Appends an element or a node.
    pub fn with(self, child: impl Into<Node>) -> Self {
        append(&self.0, &child.into());
        self
    }

    /// Appends several.
    pub fn with_all(self, children: impl IntoIterator<Item = Node>) -> Self {
        for child in children {
            append(&self.0, &child);
        }
        self
    }

    /// Keeps the text in a field up to date, without moving the caret of whoever types it.
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        let element = self.0.clone();
        watch(Box::new(move || {
            let value = value();
            if value_of(&element) != value {
                property(&element, "value", &JsValue::from_str(&value));
            }
        }));
        self
    }

    /// Keeps the tick of a box up to date.
    pub fn live_checked(self, value: impl Fn() -> bool + 'static) -> Self {
        let element = self.0.clone();
        watch(Box::new(move || property(&element, "checked", &JsValue::from_bool(value()))));
        self
    }

    /// Keeps one property of the element's style up to date, by CSSOM, which the policy allows.
    pub fn live_style(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        let style = self.html().style();
        watch(Box::new(move || {
            style.set_property(name, &value()).expect("property names are written in this program")
        }));
        self
    }

    /// Does something on an event.
    pub fn on(self, event: &str, run: impl Fn(Event) + 'static) -> Self {
        listen(&self.0, event, Closure::<dyn Fn(Event)>::new(run));
        self
    }

    /// The element, to be kept.
    pub fn html(&self) -> HtmlElement {
        self.0.clone().unchecked_into()
    }
}

impl From<El> for Node {
    fn from(element: El) -> Self {
        element.0.into()
    }
}

/// A part of the page that is built anew whenever `key` reads another value. What was built is taken off the page
/// first, and what it had subscribed to ends. What is read while building is not subscribed to.
pub fn switch<K: PartialEq + 'static>(key: impl Fn() -> K + 'static, build: impl Fn(&K) -> Node + 'static) -> Node {
    let mut last: Option<K> = None;
    let mut region = Region::new();
    let whole = region.whole();
    watch(Box::new(move || {
        let now = key();
        if last.as_ref() != Some(&now) {
            region.fill(&|| build(&now));
            last = Some(now);
        }
    }));
    whole
}

/// A part of the page that is there while a condition holds.
pub fn show(when: impl Fn() -> bool + 'static, build: impl Fn() -> Node + 'static) -> Node {
    switch(when, move |shown| if *shown { build() } else { nothing() })
}

/// Text typed into the field an event came from.
pub fn typed(event: &Event) -> String {
    target(event).map_or_else(String::new, |element| value_of(&element))
}

/// Whether the box an event came from is ticked.
pub fn ticked(event: &Event) -> bool {
    target(event).and_then(|element| element.dyn_into::<HtmlInputElement>().ok()).is_some_and(|input| input.checked())
}

/// Whether the `details` an event came from is open.
pub fn is_unfolded(event: &Event) -> bool {
    target(event).is_some_and(|element| element.has_attribute("open"))
}

/// Whether the key of a keyboard event is Enter.
pub fn is_enter(event: &Event) -> bool {
    event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Enter")
}

/// The kind of the input an event came from, as its `type` has it; empty if it came from something else.
pub fn kind_of(event: &Event) -> String {
    let input = target(event).and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    input.map_or_else(String::new, |input| input.type_())
}

/// Runs now, and again whenever a signal it read changes, until the part of the page it was made for goes.
pub fn watch(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    StoredValue::<_, LocalStorage>::new_local(effect);
}

/// A place in the page between two empty texts, and what keeps its present content up to date.
struct Region {
    start: Node,
    end: Node,
    home: Owner,
    content: Option<Owner>,
}

impl Region {
    fn new() -> Self {
        let home = Owner::current().expect("the page is built under the owner that mounted it");
        Self { start: text(""), end: text(""), home, content: None }
    }

    fn whole(&self) -> Node {
        group([self.start.clone(), self.end.clone()])
    }

    fn fill(&mut self, build: &dyn Fn() -> Node) {
        let parent = self.end.parent_node().expect("a region stays between its marks");
        while let Some(node) = self.start.next_sibling().filter(|node| *node != self.end) {
            parent.remove_child(&node).expect("a sibling has the same parent");
        }
        if let Some(old) = self.content.take() {
            old.cleanup();
        }
        let owner = self.home.with(Owner::new);
        let node = owner.with(|| untrack(build));
        self.content = Some(owner);
        parent.insert_before(&node, Some(&self.end)).expect("the end mark is its parent's child");
    }
}

fn append(parent: &Node, child: &Node) {
    parent.append_child(child).expect("the child is a new node");
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    let done = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
    done.expect("attribute names are written in this program");
}

fn property(element: &Element, name: &str, value: &JsValue) {
    js_sys::Reflect::set(element, &JsValue::from_str(name), value).expect("elements take values of their properties");
}

fn value_of(element: &Element) -> String {
    let value = js_sys::Reflect::get(element, &JsValue::from_str("value"));
    value.ok().and_then(|value| value.as_string()).unwrap_or_default()
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The browser owns the listener: it goes with the element, so it can never be called after it was freed.
fn listen(element: &Element, event: &str, listener: Closure<dyn Fn(Event)>) {
    let listener = listener.into_js_value();
    element.add_event_listener_with_callback(event, listener.unchecked_ref()).expect("an element takes listeners");
}
