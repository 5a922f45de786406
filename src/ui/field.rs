//! A labelled field with its hint and its error.

use leptos::prelude::Callable;

use super::dom::{Callback, El, IntoView, Signal, el, typed};

/// The id and texts of a field.
#[derive(Clone)]
pub struct FieldWords {
    /// The control's id, from which those of hint and error are derived.
    pub id: &'static str,
    /// The label, which is the control's accessible name.
    pub label: String,
    /// Help for filling it in; may be empty.
    pub hint: Signal<String>,
    /// The error, if any.
    pub error: Signal<Option<String>>,
}

impl FieldWords {
    /// A field without errors and with a fixed hint.
    pub fn plain(id: &'static str, label: String, hint: String) -> Self {
        Self { id, label, hint: Signal::derive(move || hint.clone()), error: Signal::derive(|| None) }
    }

    /// The same with errors.
    pub fn checked(self, error: Signal<Option<String>>) -> Self {
        Self { error, ..self }
    }
}

/// A radio button; those of a group have the same `name`.
pub fn radio(name: &str, words: &str, is_chosen: impl Fn() -> bool + 'static, choose: impl Fn() + 'static) -> El {
    let mark = el("input")
        .attr("type", "radio")
        .attr("name", name)
        .class("choice__mark")
        .prop("checked", is_chosen)
        .on("change", move |_| choose());
    el("label").class("choice").child(mark).child(el("span").text(words))
}

/// The frame of a field: label, hint and error, then the control.
pub fn field(words: &FieldWords, control: El) -> El {
    let &FieldWords { id, ref label, hint, error } = words;
    el("div")
        .class("field")
        .child(el("label").class("field__label").attr("for", id).text(label))
        .child(
            el("p")
                .class("field__hint")
                .id(&hint_id(id))
                .attr("hidden", move || hint.with(String::is_empty))
                .text(move || hint.get()),
        )
        .child(
            el("p")
                .class("field__error")
                .id(&error_id(id))
                .attr("hidden", move || error.with(Option::is_none))
                .text(move || error.get().unwrap_or_default()),
        )
        .child(control)
}

/// Gives a control its id, its class, and its references to hint and error.
pub fn control(name: &str, words: &FieldWords) -> El {
    let error = words.error;
    el(name)
        .id(words.id)
        .class("field__input")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        // Browsers send text to spelling and translation services; these fields may contain project names.
        .attr("translate", "no")
        .attr("aria-describedby", [hint_id(words.id), error_id(words.id)].join(" "))
        .attr("aria-invalid", move || error.with(Option::is_some).then(|| "true".to_owned()))
        .class(("field__input--invalid", move || error.with(Option::is_some)))
}

/// A control whose text is in `value`.
pub fn text_control(name: &str, words: &FieldWords, value: Signal<String>, input: Callback<String>) -> El {
    control(name, words).prop("value", move || value.get()).on("input", move |event| input.run(typed(&event)))
}

/// A single-line text field.
pub fn text_field(words: &FieldWords, value: Signal<String>, input: Callback<String>) -> El {
    field(words, text_control("input", words, value, input).attr("type", "text"))
}

/// A select field, given pairs of value and label.
pub fn select_field(
    words: &FieldWords,
    options: Vec<(String, String)>,
    chosen: Signal<String>,
    change: Callback<String>,
) -> El {
    let rows = options.into_iter().map(|(value, words)| el("option").attr("value", &value).text(&words).into_view());
    let control = control("select", words).children(rows).prop("value", move || chosen.get());
    field(words, control.on("change", move |event| change.run(typed(&event))))
}

fn hint_id(id: &str) -> String {
    [id, "-hint"].concat()
}

fn error_id(id: &str) -> String {
    [id, "-error"].concat()
}
