//! Lower case for comparing what people typed.
//!
//! In the browser it is the browser's own: Rust's tables of letters would cost the page some 5 KB.

/// The text in lower case, by Unicode's rules that depend on no language.
#[cfg(target_arch = "wasm32")]
pub fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// The text in lower case, by Unicode's rules that depend on no language.
#[cfg(not(target_arch = "wasm32"))]
pub fn lower(text: &str) -> String {
    text.to_lowercase()
}
