//! A list of things picked, each with a way to take it off again.

use leptos::prelude::*;

use crate::html;

/// One thing in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What stands in the list; also the name of its remove button, after the word for removing.
    pub words: String,
    /// A second line, smaller; may be empty.
    pub about: String,
}

/// The list, in the order given. `on_remove` gets the place of the entry, counted from zero.
#[component]
pub fn Picked(
    #[prop(into)] label: String,
    remove: &'static str,
    #[prop(into)] entries: Signal<Vec<Entry>>,
    #[prop(into)] on_remove: Callback<usize>,
) -> impl IntoView {
    let rows = move || {
        entries.get().into_iter().enumerate().map(|(place, entry)| row(remove, place, entry, on_remove)).collect_view()
    };
    html! {
        <ul class="picked picked--long" aria-label=label tabindex="0" hidden=move || entries.with(Vec::is_empty)>
            {rows}
        </ul>
    }
}

fn row(remove: &'static str, place: usize, entry: Entry, on_remove: Callback<usize>) -> impl IntoView {
    let name = format!("{remove} {}", entry.words);
    html! {
        <li class="picked__entry">
            <span class="picked__words">
                <bdi>{entry.words}</bdi>
                {(!entry.about.is_empty()).then(|| html! { <span class="hint">{format!(" {}", entry.about)}</span> })}
            </span>
            <button
                type="button"
                class="button button--link"
                aria-label=name
                on:click=move |_| on_remove.run(place)
            >
                {remove}
            </button>
        </li>
    }
}
