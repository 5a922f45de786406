//! Reading files that the person chose or dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

const MOST_FILES: usize = 50;

/// The text of the file just chosen in a field, at most one byte more than `most`; empty if it cannot be read.
pub fn text(event: &Event, most: usize) -> impl Future<Output = String> + use<> {
    let file = take_files(event).into_iter().next();
    async move {
        match file {
            Some(file) => read(&file, most + 1).await.unwrap_or_default(),
            None => String::new(),
        }
    }
}

/// Names and texts of the files just chosen in a field, each as far as `most` bytes; of what cannot be read, nothing.
pub fn texts(event: &Event, most: usize) -> impl Future<Output = Vec<(String, String)>> + use<> {
    let files = take_files(event);
    async move {
        let mut texts = Vec::new();
        for file in files.into_iter().take(MOST_FILES) {
            if let Some(text) = read(&file, most).await {
                texts.push((file.name(), text));
            }
        }
        texts
    }
}

/// The files just chosen in a field. The field forgets them, so that the same ones can be chosen again.
fn take_files(event: &Event) -> Vec<File> {
    let field: Option<HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
    let Some(field) = field else { return Vec::new() };
    let list = field.files();
    let files = list.iter().flat_map(|list| (0..list.length()).filter_map(|place| list.get(place))).collect();
    field.set_value("");
    files
}

/// The text of a file, as far as `most` bytes.
async fn read(file: &File, most: usize) -> Option<String> {
    let part = file.slice_with_f64_and_f64(0.0, most as f64).ok()?;
    JsFuture::from(part.text()).await.ok()?.as_string()
}
