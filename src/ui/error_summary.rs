//! What is wrong with a step, in one place that takes focus and leads to the fields.

use web_sys::Node;

use super::dom::{Act, Read, el, nothing, switch};
use crate::platform::focus;

/// The id that takes focus when a check has found problems.
const ID: &str = "error-summary";

/// One problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<F> {
    /// The same words as beside the field.
    pub words: String,
    /// The address of the step the field is on, for those who open links their own way.
    pub href: &'static str,
    /// The field, in the caller's own terms.
    pub field: F,
}

/// The summary under its title; nothing on the screen while there are no problems. `press` shows a field and focuses it.
pub fn error_summary<F: Copy + PartialEq + 'static>(
    title: String,
    entries: Read<Vec<Entry<F>>>,
    press: Act<F>,
) -> Node {
    switch(
        move || entries(),
        move |entries| {
            if entries.is_empty() {
                return nothing();
            }
            focus::on(ID);
            el("div")
                .class("error_summary")
                .id(ID)
                .attr("tabindex", "-1")
                .attr("role", "alert")
                .attr("aria-labelledby", "error-summary-title")
                .with(el("h2").id("error-summary-title").text(&title))
                .with(el("ul").class("error_summary__list").with_all(entries.iter().map(|it| row(it, press.clone()))))
                .into()
        },
    )
}

fn row<F: Copy + 'static>(entry: &Entry<F>, press: Act<F>) -> Node {
    let field = entry.field;
    let link = el("a").class("error_summary__link").attr("href", entry.href).text(&entry.words);
    let link = link.on("click", move |event| {
        event.prevent_default();
        press(field);
    });
    el("li").with(link).into()
}
