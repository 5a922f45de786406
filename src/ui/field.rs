//! A labelled field with its hint and its error.

use super::dom::{Act, El, Read, el, read, typed};

/// What a field is called and says.
#[derive(Clone)]
pub struct Words {
    /// The control's id; hint and error are named after it.
    pub id: &'static str,
    /// The label, which is the control's accessible name.
    pub label: String,
    /// What helps to fill it in; may be empty.
    pub hint: Read<String>,
    /// What is wrong with it, if something is.
    pub error: Read<Option<String>>,
}

impl Words {
    /// A field that cannot be wrong, with a fixed hint.
    pub fn plain(id: &'static str, label: String, hint: String) -> Self {
        Self { id, label, hint: read(move || hint.clone()), error: std::rc::Rc::new(|| None) }
    }

    /// The same with errors.
    pub fn checked(self, error: Read<Option<String>>) -> Self {
        Self { error, ..self }
    }
}

/// One choice of several that have the same `name`, with its words.
pub fn radio(name: &str, words: &str, is_chosen: impl Fn() -> bool + 'static, choose: impl Fn() + 'static) -> El {
    let mark = el("input")
        .attr("type", "radio")
        .attr("name", name)
        .class("choice__mark")
        .live_checked(is_chosen)
        .on("change", move |_| choose());
    el("label").class("choice").with(mark).with(el("span").text(words))
}

/// The frame of a field: label, hint and error, then the control.
pub fn field(words: &Words, control: El) -> El {
    let Words { id, label, hint, error } = words.clone();
    let (empty, faultless, fault) = (hint.clone(), error.clone(), error);
    el("div")
        .class("field")
        .with(el("label").class("field__label").attr("for", id).text(&label))
        .with(
            el("p")
                .class("field__hint")
                .id(&hint_id(id))
                .flag("hidden", move || empty().is_empty())
                .live_text(move || hint()),
        )
        .with(
            el("p")
                .class("field__error")
                .id(&error_id(id))
                .flag("hidden", move || faultless().is_none())
                .live_text(move || fault().unwrap_or_default()),
        )
        .with(control)
}

/// Gives a control its id, its look, and its ties to hint and error.
pub fn control(name: &str, words: &Words) -> El {
    let (faulty, invalid) = (words.error.clone(), words.error.clone());
    el(name)
        .id(words.id)
        .class("field__input")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        // Browsers send text to spelling and translation services; these fields may hold names of projects.
        .attr("translate", "no")
        .attr("aria-describedby", &[hint_id(words.id), error_id(words.id)].join(" "))
        .live_attr("aria-invalid", move || invalid().map(|_| "true".to_owned()))
        .live_class("field__input--invalid", move || faulty().is_some())
}

/// A control whose text is kept in `value`.
pub fn text_control(name: &str, words: &Words, value: Read<String>, input: Act<String>) -> El {
    control(name, words).live_value(move || value()).on("input", move |event| input(typed(&event)))
}

/// A field of one line of text.
pub fn text_field(words: &Words, value: Read<String>, input: Act<String>) -> El {
    field(words, text_control("input", words, value, input).attr("type", "text"))
}

/// A choice of one among a few: pairs of value and words.
pub fn select_field(words: &Words, options: Vec<(String, String)>, chosen: Read<String>, change: Act<String>) -> El {
    let rows = options.into_iter().map(|(value, words)| el("option").attr("value", &value).text(&words).into());
    let control = control("select", words).with_all(rows).live_value(move || chosen());
    field(words, control.on("change", move |event| change(typed(&event))))
}

fn hint_id(id: &str) -> String {
    [id, "-hint"].concat()
}

fn error_id(id: &str) -> String {
    [id, "-error"].concat()
}
