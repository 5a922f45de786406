//! Moving focus, scrolling and selecting.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{embedder, window};

/// Focuses the element with this id after the next layout; the browser scrolls it into view.
pub fn on(id: &str) {
    let id = id.to_owned();
    after_layout(move || {
        if let Some(element) = find(&id) {
            embedder::focus(&element, false, false);
        }
    });
}

/// Focuses the heading of a new page and scrolls to its top. On an embedding page, does not take focus from elsewhere.
pub fn on_heading(id: &'static str) {
    after_layout(move || {
        if let Some(element) = find(id) {
            embedder::focus(&element, true, true);
        }
    });
}

/// Scrolls to the element with this id after the next layout, unless it is in sight.
pub fn into_sight(id: &str) {
    let id = id.to_owned();
    after_layout(move || {
        if let Some(element) = find(&id) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// The id of the focused element; empty if it has none.
pub fn held() -> String {
    embedder::root().focused().map(|element| element.id()).unwrap_or_default()
}

/// Whether nothing has the focus, for example because the focused element was removed.
pub fn is_lost() -> bool {
    holder().is_none_or(|element| element.local_name() == "body")
}

/// The focused element, so that focus can be restored later.
pub fn holder() -> Option<Element> {
    embedder::root().focused()
}

/// Restores focus to an element. If it was rebuilt meanwhile, its id finds it.
pub fn back_to(holder: &Element) {
    let holder = holder.clone();
    after_layout(move || match holder.dyn_ref::<HtmlElement>() {
        Some(element) if element.is_connected() => embedder::focus(element, false, false),
        _ => {
            if let Some(element) = find(&holder.id()) {
                embedder::focus(&element, false, false);
            }
        }
    });
}

fn find(id: &str) -> Option<HtmlElement> {
    embedder::root().find(id)
}

/// Runs after the browser has laid out the current rendering.
pub fn after_layout(run: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(run);
    window().request_animation_frame(callback.unchecked_ref()).expect("a window animates");
}

/// Whether there is a selection.
pub fn has_selection() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

/// Selects the whole text of an element, for copying by hand.
pub fn select_text(element: &HtmlElement) {
    if let Ok(Some(selection)) = window().get_selection() {
        // The element is in the document, so selecting its children cannot fail.
        let _ = selection.select_all_children(element);
    }
    let _ = element.focus();
}
