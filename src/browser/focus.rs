//! Moving focus, scrolling and selecting.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlElement;

use super::{document, window};

/// Focuses the element with this id once the next frame has been laid out, and scrolls it into view.
pub fn on(id: &'static str) {
    after_layout(move || {
        if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // Fails only for an element that is not shown, which then has nothing to focus.
            let _ = element.focus();
            element.scroll_into_view_with_bool(true);
        }
    });
}

/// Runs after the browser has laid out what is being rendered now.
pub fn after_layout(run: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(run);
    window().request_animation_frame(callback.unchecked_ref()).expect("a window animates");
}

/// Selects the whole text of an element, for copying by hand.
pub fn select_text(element: &HtmlElement) {
    if let Ok(Some(selection)) = window().get_selection() {
        // The element is in the document, so selecting its children cannot fail.
        let _ = selection.select_all_children(element);
    }
    let _ = element.focus();
}
