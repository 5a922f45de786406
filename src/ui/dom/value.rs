//! The values of attributes, properties, classes and texts: constants, or closures that run again whenever a signal in
//! them changes.

use wasm_bindgen::JsValue;
use web_sys::{Element, Node};

use super::{set, text_node, watch_boxed};
use crate::platform::document;

/// The value of an attribute.
pub trait Attribute {
    /// Sets it and keeps it up to date.
    fn set_on(self, element: &Element, name: &'static str);
}

/// The result of a closure for an attribute.
pub trait AttributeValue {
    /// Its text; `None` removes the attribute.
    fn text(self) -> Option<String>;
}

impl AttributeValue for bool {
    fn text(self) -> Option<String> {
        self.then(String::new)
    }
}

impl AttributeValue for String {
    fn text(self) -> Option<String> {
        Some(self)
    }
}

impl AttributeValue for &'static str {
    fn text(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl AttributeValue for Option<String> {
    fn text(self) -> Option<String> {
        self
    }
}

impl Attribute for &str {
    fn set_on(self, element: &Element, name: &'static str) {
        set(element, name, Some(self));
    }
}

impl Attribute for &String {
    fn set_on(self, element: &Element, name: &'static str) {
        set(element, name, Some(self));
    }
}

impl Attribute for String {
    fn set_on(self, element: &Element, name: &'static str) {
        set(element, name, Some(&self));
    }
}

impl Attribute for bool {
    fn set_on(self, element: &Element, name: &'static str) {
        set(element, name, self.then_some(""));
    }
}

impl<F: Fn() -> V + 'static, V: AttributeValue> Attribute for F {
    fn set_on(self, element: &Element, name: &'static str) {
        keep_attribute(element.clone(), name, Box::new(move || self().text()));
    }
}

fn keep_attribute(element: Element, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    watch_boxed(Box::new(move || set(&element, name, value().as_deref())));
}

/// The value of a property.
pub trait Property {
    /// Sets it and keeps it up to date.
    fn set_on(self, element: &Element, name: &'static str);
}

impl<F: Fn() -> V + 'static, V: Into<JsValue>> Property for F {
    fn set_on(self, element: &Element, name: &'static str) {
        keep_property(element.clone(), name, Box::new(move || self().into()));
    }
}

fn keep_property(element: Element, name: &'static str, value: Box<dyn Fn() -> JsValue>) {
    let name = JsValue::from_str(name);
    watch_boxed(Box::new(move || {
        let value = value();
        // Setting the same text again would move the caret.
        if js_sys::Reflect::get(&element, &name).ok().as_ref() != Some(&value) {
            js_sys::Reflect::set(&element, &name, &value).expect("elements take values of their properties");
        }
    }));
}

/// Classes.
pub trait Class {
    /// Adds them and keeps them up to date.
    fn add_to(self, element: &Element);
}

impl Class for &str {
    fn add_to(self, element: &Element) {
        let before = element.class_name();
        match before.is_empty() {
            true => element.set_class_name(self),
            false => element.set_class_name(&[&before, " ", self].concat()),
        }
    }
}

impl<F: Fn() -> bool + 'static> Class for (&'static str, F) {
    fn add_to(self, element: &Element) {
        keep_class(element, self.0, Box::new(self.1));
    }
}

fn keep_class(element: &Element, name: &'static str, is_there: Box<dyn Fn() -> bool>) {
    let classes = element.class_list();
    watch_boxed(Box::new(move || {
        classes.toggle_with_force(name, is_there()).expect("class names are written in this program");
    }));
}

/// A text.
pub trait Text {
    /// A node that shows it and is kept up to date.
    fn node(self) -> Node;
}

impl Text for &str {
    fn node(self) -> Node {
        text_node(self)
    }
}

impl Text for &String {
    fn node(self) -> Node {
        text_node(self)
    }
}

impl Text for String {
    fn node(self) -> Node {
        text_node(&self)
    }
}

impl<F: Fn() -> String + 'static> Text for F {
    fn node(self) -> Node {
        keep_text(Box::new(self))
    }
}

fn keep_text(words: Box<dyn Fn() -> String>) -> Node {
    let node = document().create_text_node("");
    let shown = node.clone();
    watch_boxed(Box::new(move || {
        let words = words();
        // A live region would announce the same text again.
        if shown.data() != words {
            shown.set_data(&words);
        }
    }));
    node.into()
}
