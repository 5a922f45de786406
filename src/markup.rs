//! `html!`: Leptos's `view!` without its `innerHTML` short cut.

/// The same as `leptos::view!`, with one class on every element.
///
/// Leptos turns static subtrees into one string and sets `template.innerHTML`, which Trusted Types forbid and which
/// would leave a blank page. A global class switches that off (measured: design E3 and E4).
#[macro_export]
macro_rules! html {
    ($($tokens:tt)*) => {
        ::leptos::prelude::view! { class="k", $($tokens)* }
    };
}
