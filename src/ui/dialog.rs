//! A modal dialog: the browser's own, with its focus trap and Escape key.

use leptos::prelude::{Callable, GetValue, StoredValue, on_cleanup};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, KeyboardEvent, Node};

use super::dom::{Callback, El, IntoView, el, heading};
use crate::platform::focus;

/// A modal dialog, open while it is rendered. `close` is called on Escape and may remove it.
pub fn dialog(id: &'static str, title: &str, close: Callback, body: impl FnOnce(El) -> El) -> Node {
    let body = body(el("div").class("dialog__body").child(heading(2).id(id).text(title)));
    let dialog = el("dialog").class("dialog").attr("aria-labelledby", id).child(body);
    // A browser closes a dialog whose `cancel` was prevented once before, so intercept the key instead.
    let dialog = dialog.on("keydown", move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
            event.prevent_default();
            close.run(());
        }
    });
    let dialog = dialog.on("cancel", move |event| {
        event.prevent_default();
        close.run(());
    });
    // A dialog that is removed from the page does not restore focus by itself.
    let before = StoredValue::new_local(focus::holder());
    on_cleanup(move || {
        if let Some(before) = before.get_value() {
            focus::back_to(&before);
        }
    });
    let element: HtmlDialogElement = dialog.html().unchecked_into();
    // It can be opened only once it is in the document.
    focus::after_layout(move || {
        if element.is_connected() && !element.open() {
            element.show_modal().expect("a connected dialog that is not open can be opened");
        }
    });
    dialog.into_view()
}
