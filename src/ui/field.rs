//! A labelled field with its hint and its error.

use leptos::prelude::*;

use crate::html;

/// The frame of a field: label, hint, error, and the control given as children, whose id must be `id`.
#[component]
pub fn Field(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    html! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <p class="field__hint" id=format!("{id}-hint") hidden=move || hint.with(String::is_empty)>{hint}</p>
            <p class="field__error" id=format!("{id}-error") hidden=move || error.with(Option::is_none)>
                {move || error.get()}
            </p>
            {children()}
        </div>
    }
}

/// The ids of a field's hint and error, for the control's `aria-describedby`.
pub fn described_by(id: &str) -> String {
    format!("{id}-hint {id}-error")
}

/// The classes of a text control.
pub fn input_class(invalid: bool) -> &'static str {
    if invalid { "field__input field__input--invalid" } else { "field__input" }
}

/// A field of one line of text.
#[component]
pub fn TextField(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
) -> impl IntoView {
    html! {
        <Field id=id label=label hint=hint error=error>
            <input
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                translate="no"
                class=move || input_class(error.with(Option::is_some))
                aria-required=required.then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by(id)
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            />
        </Field>
    }
}

/// A field of several lines of text.
#[component]
pub fn LongTextField(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
) -> impl IntoView {
    html! {
        <Field id=id label=label hint=hint error=error>
            <textarea
                id=id
                rows="3"
                autocomplete="off"
                spellcheck="false"
                translate="no"
                class=move || input_class(error.with(Option::is_some))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by(id)
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event))
            ></textarea>
        </Field>
    }
}

/// A choice of one among a few: pairs of value and words.
#[component]
pub fn SelectField(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(into)] options: Vec<(String, String)>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_change: Callback<String>,
) -> impl IntoView {
    let rows = options.into_iter().map(move |(option, words)| {
        let this = option.clone();
        html! {
            <option value=option selected=move || value.with(|value| *value == this)>{words}</option>
        }
    });
    html! {
        <Field id=id label=label hint=hint>
            <select
                id=id
                class="field__input"
                aria-describedby=format!("{id}-hint")
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {rows.collect_view()}
            </select>
        </Field>
    }
}
