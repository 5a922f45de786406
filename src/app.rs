//! The page (a placeholder until the wizard lands).

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Mounts the page over the static shell.
pub fn start() {
    leptos::mount::mount_to_body(App);
}

/// Called by boot.js.
#[wasm_bindgen]
pub fn leave() {
    leptos::logging::log!("left");
}

#[component]
fn App() -> impl IntoView {
    let (count, set_count) = signal(0);
    view! { class = "k",
        <div>
            <h2>"A counter"</h2>
            <p><b>"Static "</b><i>"subtree"</i></p>
            <button on:click=move |_| set_count.update(|count| *count += 1)>"Pressed " {count}</button>
        </div>
    }
}
