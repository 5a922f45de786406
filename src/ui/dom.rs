//! Elements, built by plain calls and kept up to date by Leptos's reactive system.
//!
//! It reads like Leptos's builder syntax: an argument is a constant or a closure; a closure runs again whenever a
//! signal in it changes. A counter with an optional remark, which shows more once it is used:
//!
//! ```ignore
//! fn counter(remark: Option<String>, done: Callback) -> El {
//!     let count = RwSignal::new(0);
//!     el("section")
//!         .class("card")
//!         .class(("card--used", move || count.get() > 0))
//!         .attr("aria-label", "Counter")
//!         .child(el("p").attr("role", "status").text(move || format!("Pressed: {}", count.get())))
//!         .child(remark.map(|remark| el("p").text(&remark)))
//!         .child(show(move || count.get() > 9, move || button("Enough", Variant::Plain, move || done.run(()))))
//!         .child((
//!             button("More", Variant::Primary, move || count.update(|count| *count += 1)),
//!             el("input").attr("type", "checkbox").prop("checked", move || count.get() > 0).attr("disabled", true),
//!         ))
//! }
//! ```
//!
//! Views are built without effects: a request, an event or a change of state that belongs to a screen goes into
//! [`on_mount`]. A value that outlives the part of the page it was made in is an `Rc`, not a `Signal` or a callback.
//!
//! Leptos's own `view!` makes a type for each subtree and code for each type, which made the wizard much larger
//! ("Why not" in ARCHITECTURE.md). Here every call is one function for all elements.
//! HTML strings cannot be inserted: text becomes text nodes, so Trusted Types have nothing to refuse.

mod value;
mod view;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{GetValue, LocalStorage, Owner, StoredValue, untrack};
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ClipboardEvent, Element, Event, FocusEvent, HtmlElement, HtmlInputElement, KeyboardEvent, Node};

use crate::platform::{document, embedder};

pub use value::{Attribute, Class, Property, Text};
pub use view::IntoView;

/// A value that is computed again whenever a signal in it changes: a derived signal, like Leptos's `Signal::derive`.
/// Leptos's type can also be three other kinds of signal, whose code for each type of value costs the page 7 KB.
pub struct Signal<T: 'static>(StoredValue<Rc<dyn Fn() -> T>, LocalStorage>);

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> Signal<T> {
    /// A closure as a signal.
    pub fn derive(read: impl Fn() -> T + 'static) -> Self {
        Self(StoredValue::new_local(Rc::new(read)))
    }

    /// The current value.
    pub fn get(self) -> T {
        (self.0.get_value())()
    }

    /// Reads the value.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.get())
    }
}

/// Handles a press or a choice: Leptos's own type.
pub type Callback<T = ()> = leptos::prelude::UnsyncCallback<T>;

/// An element under construction. Every method returns it.
#[derive(Clone)]
#[must_use = "an element is on the page only once it is a child of another"]
pub struct El(Element);

/// A new element.
pub fn el(name: &str) -> El {
    El(document().create_element(name).expect("element names are written in this program"))
}

/// A heading: level 1 for a page, 2 below it. On an embedding page, `aria-level` follows that page; the element stays,
/// and its style with it.
pub fn heading(level: usize) -> El {
    let heading = el(if level == 1 { "h1" } else { "h2" });
    match embedder::heading_level() {
        1 => heading,
        first => heading.attr("aria-level", (first + level - 1).to_string()),
    }
}

/// A text node.
pub fn text_node(words: &str) -> Node {
    document().create_text_node(words).into()
}

/// An empty node.
#[must_use]
pub fn nothing() -> Node {
    ().into_view()
}

impl El {
    /// Adds classes; a pair is a class and a closure that says whether it is set.
    pub fn class(self, class: impl Class) -> Self {
        class.add_to(&self.0);
        self
    }

    /// Sets the id.
    pub fn id(self, id: &str) -> Self {
        self.0.set_id(id);
        self
    }

    /// Sets an attribute. `false` and `None` remove it, `true` sets it to an empty value. Not for `style` or event
    /// handlers, which the page's policy blocks.
    pub fn attr(self, name: &'static str, value: impl Attribute) -> Self {
        value.set_on(&self.0, name);
        self
    }

    /// Sets a property: the text of a field, without moving the caret while typing, or the state of a checkbox.
    pub fn prop(self, name: &'static str, value: impl Property) -> Self {
        value.set_on(&self.0, name);
        self
    }

    /// Sets one style property by CSSOM, which the policy allows.
    pub fn style(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        let style = self.html().style();
        watch(move || style.set_property(name, &value()).expect("property names are written in this program"));
        self
    }

    /// Appends a text.
    pub fn text(self, words: impl Text) -> Self {
        append(&self.0, &words.node());
        self
    }

    /// Appends an element, a text, or a tuple, list or option of them.
    pub fn child(self, child: impl IntoView) -> Self {
        child.append_to(&self.0);
        self
    }

    /// Appends several children.
    pub fn children<V: IntoView>(self, children: impl IntoIterator<Item = V>) -> Self {
        for child in children {
            child.append_to(&self.0);
        }
        self
    }

    /// Listens for an event.
    pub fn on(self, event: &str, run: impl Fn(Event) + 'static) -> Self {
        listen(&self.0, event, Closure::<dyn Fn(Event)>::new(run));
        self
    }

    /// The element itself.
    #[must_use]
    pub fn html(&self) -> HtmlElement {
        self.0.clone().unchecked_into()
    }
}

/// A part of the page that is rebuilt whenever the value of `key` changes. The old part is removed first, and its
/// subscriptions end. Building is untracked.
#[must_use]
pub fn switch<K: PartialEq + 'static, V: IntoView>(
    key: impl Fn() -> K + 'static,
    build: impl Fn(&K) -> V + 'static,
) -> Node {
    let mut last: Option<K> = None;
    let mut region = Region::new();
    let whole = region.whole();
    watch(move || {
        let now = key();
        if last.as_ref() != Some(&now) {
            region.fill(&|| build(&now).into_view());
            last = Some(now);
        }
    });
    whole
}

/// A part of the page that is rendered while a condition holds.
#[must_use]
pub fn show<V: IntoView>(when: impl Fn() -> bool + 'static, build: impl Fn() -> V + 'static) -> Node {
    switch(when, move |shown| shown.then(&build))
}

/// The text in the field that an event came from.
pub fn typed(event: &Event) -> String {
    target(event).map_or_else(String::new, |element| value_of(&element))
}

/// The pasted text; empty if it is something else.
pub fn pasted(event: &Event) -> String {
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    data.and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default()
}

/// The form field that had the focus before a `focus` event; not a button or a link, which Enter that is still held down
/// would press.
pub fn field_before(event: &Event) -> Option<Element> {
    let before: Element = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target)?.dyn_into().ok()?;
    before.matches("input, select, textarea").is_ok_and(|is_field| is_field).then_some(before)
}

/// Whether the checkbox that an event came from is ticked.
pub fn ticked(event: &Event) -> bool {
    target(event).and_then(|element| element.dyn_into::<HtmlInputElement>().ok()).is_some_and(|input| input.checked())
}

/// Whether the `details` that an event came from is open.
pub fn is_unfolded(event: &Event) -> bool {
    target(event).is_some_and(|element| element.has_attribute("open"))
}

/// Whether the key of a keyboard event is Enter.
pub fn is_enter(event: &Event) -> bool {
    event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Enter")
}

/// Whether a keyboard event comes from a key that is held down.
pub fn is_repeated(event: &Event) -> bool {
    event.dyn_ref::<KeyboardEvent>().is_some_and(KeyboardEvent::repeat)
}

/// The `type` of the input that an event came from; empty for other elements.
pub fn kind_of(event: &Event) -> String {
    let input = target(event).and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    input.map_or_else(String::new, |input| input.type_())
}

/// Runs now, and again whenever a signal it read changes, until its owner is cleaned up.
pub fn watch(run: impl FnMut() + 'static) {
    watch_boxed(Box::new(run));
}

/// Not generic, so that its code exists once.
fn watch_boxed(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    StoredValue::<_, LocalStorage>::new_local(effect);
}

thread_local! {
    /// The depth of nested parts that are being built.
    static BUILDING: Cell<usize> = const { Cell::new(0) };
    /// Callbacks that run once those parts are on the page.
    static MOUNTING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Runs once the part being built is on the page: for side effects of a screen, such as a request.
pub fn on_mount(run: impl FnOnce() + 'static) {
    if BUILDING.get() == 0 {
        return run();
    }
    let owner = Owner::current().expect("the page is built under the owner that mounted it");
    let run: Box<dyn FnOnce()> = Box::new(move || owner.with(|| untrack(run)));
    MOUNTING.with_borrow_mut(|waiting| waiting.push(run));
}

/// Builds a part of the page and inserts it; then runs its `on_mount` callbacks.
pub fn mount(build: impl FnOnce() -> Node, insert: impl FnOnce(Node)) {
    BUILDING.set(BUILDING.get() + 1);
    insert(build());
    BUILDING.set(BUILDING.get() - 1);
    while BUILDING.get() == 0
        && let Some(run) = MOUNTING.with_borrow_mut(|waiting| (!waiting.is_empty()).then(|| waiting.remove(0)))
    {
        run();
    }
}

/// A region of the page between two empty text nodes, and the effect that updates it.
struct Region {
    start: Node,
    end: Node,
    home: Owner,
    content: Option<Owner>,
}

impl Region {
    fn new() -> Self {
        let home = Owner::current().expect("the page is built under the owner that mounted it");
        Self { start: text_node(""), end: text_node(""), home, content: None }
    }

    fn whole(&self) -> Node {
        (self.start.clone(), self.end.clone()).into_view()
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
        mount(
            || owner.with(|| untrack(build)),
            |node| {
                parent.insert_before(&node, Some(&self.end)).expect("the end mark is its parent's child");
            },
        );
        self.content = Some(owner);
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

fn value_of(element: &Element) -> String {
    let value = js_sys::Reflect::get(element, &JsValue::from_str("value"));
    value.ok().and_then(|value| value.as_string()).unwrap_or_default()
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The browser owns the listener: it is freed with the element, so it can never be called afterward.
fn listen(element: &Element, event: &str, listener: Closure<dyn Fn(Event)>) {
    let listener = listener.into_js_value();
    element.add_event_listener_with_callback(event, listener.unchecked_ref()).expect("an element takes listeners");
}
