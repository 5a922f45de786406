//! Reading a file that the person chose or dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlInputElement};

/// The text of the file just chosen in a field, at most one byte more than `most`; empty if it cannot be read.
///
/// The field forgets the file, so that the same one can be chosen again after it was mended.
pub fn text(event: &Event, most: usize) -> impl Future<Output = String> + use<> {
    let field: Option<HtmlInputElement> = event.target().and_then(|it| it.dyn_into().ok());
    let file = field.as_ref().and_then(|it| it.files()?.get(0));
    if let Some(field) = field {
        field.set_value("");
    }
    async move {
        let Some(part) = file.and_then(|it| it.slice_with_f64_and_f64(0.0, most as f64 + 1.0).ok()) else {
            return String::new();
        };
        JsFuture::from(part.text()).await.ok().and_then(|it| it.as_string()).unwrap_or_default()
    }
}
