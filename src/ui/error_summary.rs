//! The problems of a step in one place that takes focus and links to the fields.

use leptos::prelude::Callable;
use web_sys::Node;

use super::dom::{Callback, El, IntoView, Signal, el, heading, nothing, switch};
use crate::platform::focus;

/// The id of the element that takes focus after a refused press.
const ID: &str = "error-summary";

/// The content after a refused press.
#[derive(Clone)]
pub struct Refused<F> {
    /// The title.
    pub title: String,
    /// Every problem.
    pub errors: Vec<FieldError<F>>,
}

/// One problem.
#[derive(Clone)]
pub struct FieldError<F> {
    /// The same text as beside the field.
    pub words: String,
    /// The address of the field's step, for opening the link in other ways than a press.
    pub href: &'static str,
    /// The field, in the caller's type.
    pub field: F,
    /// Whether it is not fixed yet; a fixed error disappears, and the summary with the last one.
    pub is_open: Signal<bool>,
}

/// The summary, rebuilt and focused for each refused press, which `count` counts. Fixing an error removes it without
/// moving focus. `press` shows a field and focuses it.
pub fn error_summary<F: Copy + 'static>(count: Signal<u32>, refused: Signal<Refused<F>>, press: Callback<F>) -> Node {
    switch(
        move || count.get(),
        move |_| {
            let Refused { title, errors } = refused.get();
            if errors.is_empty() {
                return nothing();
            }
            focus::on(ID);
            let open: Vec<Signal<bool>> = errors.iter().map(|error| error.is_open).collect();
            let rows = errors.into_iter().map(|error| row(error, press));
            el("div")
                .class("error_summary")
                .id(ID)
                .attr("tabindex", "-1")
                .attr("role", "alert")
                .attr("aria-labelledby", "error-summary-title")
                .attr("hidden", move || !open.iter().any(|is_open| is_open.get()))
                .child(heading(2).id("error-summary-title").text(&title))
                .child(el("ul").class("error_summary__list").children(rows))
                .into_view()
        },
    )
}

fn row<F: Copy + 'static>(error: FieldError<F>, press: Callback<F>) -> El {
    let FieldError { words, href, field, is_open } = error;
    let link = el("a").class("error_summary__link").attr("href", href).text(&words);
    let link = link.on("click", move |event| {
        event.prevent_default();
        press.run(field);
    });
    el("li").attr("hidden", move || !is_open.get()).child(link)
}
