//! What is wrong with a step, in one place that takes focus and leads to the fields.

use leptos::prelude::*;

use crate::{browser::focus, html};

/// The id that takes focus when a check has found problems.
pub const ID: &str = "error-summary";

/// One problem: its words, the address of its step, and what going there does.
#[derive(Clone)]
pub struct Entry {
    /// The same words as beside the field.
    pub words: String,
    /// The address of the step the field is on, for those who open links their own way.
    pub href: &'static str,
    /// Shows the field and focuses it.
    pub on_press: Callback<()>,
}

/// The summary; nothing on the screen while there are no problems.
#[component]
pub fn ErrorSummary(title: &'static str, #[prop(into)] entries: Signal<Vec<Entry>>) -> impl IntoView {
    Effect::new(move |_| {
        if entries.with(|entries| !entries.is_empty()) {
            focus::on(ID);
        }
    });
    let shown = move || {
        let entries = entries.get();
        (!entries.is_empty()).then(|| {
            html! {
                <div class="error_summary" id=ID tabindex="-1" role="alert" aria-labelledby="error-summary-title">
                    <h2 id="error-summary-title">{title}</h2>
                    <ul class="error_summary__list">{entries.into_iter().map(row).collect_view()}</ul>
                </div>
            }
        })
    };
    html! { <div hidden=move || entries.with(Vec::is_empty)>{shown}</div> }
}

fn row(entry: Entry) -> impl IntoView {
    let on_press = entry.on_press;
    html! {
        <li>
            <a
                class="error_summary__link"
                href=entry.href
                on:click=move |event| {
                    event.prevent_default();
                    on_press.run(());
                }
            >
                {entry.words}
            </a>
        </li>
    }
}
