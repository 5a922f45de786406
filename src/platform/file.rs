//! Reading files that the person chose or dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

/// The most files that are read at once.
const MOST_FILES: usize = 50;

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

/// Names and texts of the files just chosen in a field, each as far as `most` bytes; of what cannot be read, nothing.
///
/// The field forgets them, so that the same ones can be chosen again.
pub fn texts(event: &Event, most: usize) -> impl Future<Output = Vec<(String, String)>> + use<> {
    let field: Option<HtmlInputElement> = event.target().and_then(|it| it.dyn_into().ok());
    let list = field.as_ref().and_then(HtmlInputElement::files);
    let files: Vec<File> = list.iter().flat_map(|list| (0..list.length()).filter_map(|it| list.get(it))).collect();
    if let Some(field) = field {
        field.set_value("");
    }
    async move {
        let mut texts = Vec::new();
        for file in files.into_iter().take(MOST_FILES) {
            let Ok(part) = file.slice_with_f64_and_f64(0.0, most as f64) else { continue };
            if let Some(text) = JsFuture::from(part.text()).await.ok().and_then(|it| it.as_string()) {
                texts.push((file.name(), text));
            }
        }
        texts
    }
}
