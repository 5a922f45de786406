//! What is wrong with a step, in one place that takes focus and leads to the fields.

use leptos::prelude::Callable;
use web_sys::Node;

use super::dom::{Callback, El, IntoView, Signal, el, heading, nothing, switch};
use crate::platform::focus;

/// The id that takes focus when a press was refused.
const ID: &str = "error-summary";

/// What a refused press shows.
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
    /// The same words as beside the field.
    pub words: String,
    /// The address of the step the field is on, for those who open links their own way.
    pub href: &'static str,
    /// The field, in the caller's own terms.
    pub field: F,
    /// Whether it is not fixed yet; once it is, the error goes, and the last one takes the summary with it.
    pub is_open: Signal<bool>,
}

/// The summary, built anew and focused for each refused press: `count` counts them. A fix takes its error off and
/// moves no focus. `press` shows a field and focuses it.
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
