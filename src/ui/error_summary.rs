//! What is wrong with a step, in one place that takes focus and leads to the fields.

use web_sys::Node;

use super::dom::{Act, Read, el, heading, nothing, switch};
use crate::platform::focus;

/// The id that takes focus when a press was refused.
const ID: &str = "error-summary";

/// What a refused press is told.
pub struct Told<F> {
    /// The title.
    pub title: String,
    /// Every problem.
    pub entries: Vec<Entry<F>>,
}

/// One problem.
pub struct Entry<F> {
    /// The same words as beside the field.
    pub words: String,
    /// The address of the step the field is on, for those who open links their own way.
    pub href: &'static str,
    /// The field, in the caller's own terms.
    pub field: F,
    /// Whether it has not been mended yet; then the entry goes, and the last one takes the summary with it.
    pub is_open: Read<bool>,
}

/// The summary, built anew and focused for each refused press: `count` counts them. Mending takes entries off it and
/// moves no focus. `press` shows a field and focuses it.
pub fn error_summary<F: Copy + 'static>(count: Read<u32>, told: Read<Told<F>>, press: Act<F>) -> Node {
    switch(
        move || count(),
        move |_| {
            let Told { title, entries } = told();
            if entries.is_empty() {
                return nothing();
            }
            focus::on(ID);
            let open: Vec<Read<bool>> = entries.iter().map(|entry| entry.is_open.clone()).collect();
            let rows = entries.into_iter().map(|entry| row(entry, press.clone()));
            el("div")
                .class("error_summary")
                .id(ID)
                .attr("tabindex", "-1")
                .attr("role", "alert")
                .attr("aria-labelledby", "error-summary-title")
                .flag("hidden", move || !open.iter().any(|is_open| is_open()))
                .with(heading(2).id("error-summary-title").text(&title))
                .with(el("ul").class("error_summary__list").with_all(rows))
                .into()
        },
    )
}

fn row<F: Copy + 'static>(entry: Entry<F>, press: Act<F>) -> Node {
    let Entry { words, href, field, is_open } = entry;
    let link = el("a").class("error_summary__link").attr("href", href).text(&words);
    let link = link.on("click", move |event| {
        event.prevent_default();
        press(field);
    });
    el("li").flag("hidden", move || !is_open()).with(link).into()
}
