//! A text field with a list of suggestions: choose one or type another.
//!
//! The pattern is ARIA's editable combobox with a list: focus stays in the field, the arrows move through the list.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::{
    dom::{Callback, El, Signal, el, switch},
    field::{FieldWords, field, text_control},
};

/// A field with its list.
pub struct Combobox {
    /// The label, hint and error of the field.
    pub words: FieldWords,
    /// The accessible name of the list.
    pub suggestions: String,
    /// The suggestions.
    pub options: Signal<Vec<String>>,
    /// The text of the field.
    pub value: Signal<String>,
    /// Receives the typed or chosen text.
    pub input: Callback<String>,
}

#[derive(Clone, Copy)]
struct List {
    /// The id of the field.
    id: &'static str,
    options: Signal<Vec<String>>,
    value: Signal<String>,
    input: Callback<String>,
    /// While closed, the list is not rendered.
    open: RwSignal<bool>,
    /// After typing, lists only what contains the text; on opening, lists everything.
    typed: RwSignal<bool>,
    active: RwSignal<Option<usize>>,
}

impl List {
    fn matches(self) -> Vec<String> {
        if !self.open.get() {
            return Vec::new();
        }
        let typed = self.typed.get();
        let wanted = self.value.get().to_lowercase();
        let fits = |option: &String| !typed || option.to_lowercase().contains(&wanted);
        self.options.get().into_iter().filter(fits).collect()
    }

    fn type_in(self, text: String) {
        self.typed.set(true);
        self.active.set(None);
        self.open.set(true);
        self.input.run(text);
    }

    fn choose(self, option: String) {
        self.input.run(option);
        self.close();
    }

    fn close(self) {
        self.open.set(false);
        self.typed.set(false);
        self.active.set(None);
    }

    fn press(self, event: &Event) {
        let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).unwrap_or_default();
        let open = self.open.get_untracked();
        match key.as_str() {
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                self.step(key == "ArrowDown");
            }
            "Enter" if open => self.take_active(event),
            // A surrounding dialog would handle it, too.
            "Escape" if open => {
                event.prevent_default();
                self.close();
            }
            _ => {}
        }
    }

    fn step(self, down: bool) {
        if !self.open.get_untracked() {
            return self.open.set(true);
        }
        let count = untrack(|| self.matches()).len();
        if count > 0 {
            self.active.update(|at| {
                *at = Some(match (*at, down) {
                    (None, true) => 0,
                    (None, false) => count - 1,
                    (Some(at), true) => (at + 1) % count,
                    (Some(at), false) => (at + count - 1) % count,
                });
            });
        }
    }

    fn take_active(self, event: &Event) {
        let active = self.active.get_untracked();
        if let Some(option) = active.and_then(|at| untrack(|| self.matches()).get(at).cloned()) {
            event.prevent_default();
            self.choose(option);
        }
    }

    fn option_id(self, place: usize) -> String {
        format!("{}-option-{place}", self.id)
    }
}

/// The field with its list.
pub fn combobox(combobox: Combobox) -> El {
    let Combobox { words, suggestions, options, value, input } = combobox;
    let list = List {
        id: words.id,
        options,
        value,
        input,
        open: RwSignal::new(false),
        typed: RwSignal::new(false),
        active: RwSignal::new(None),
    };
    field(&words, el("div").class("combobox").child(input_of(list, &words)).child(options_of(list, &suggestions)))
}

fn input_of(list: List, words: &FieldWords) -> El {
    text_control("input", words, list.value, Callback::new(move |text| list.type_in(text)))
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", list_id(list))
        .attr("aria-expanded", move || list.open.get().to_string())
        .attr("aria-activedescendant", move || list.active.get().map(|place| list.option_id(place)))
        .on("click", move |_| list.open.set(true))
        .on("keydown", move |event| list.press(&event))
        .on("blur", move |_| list.close())
}

fn options_of(list: List, suggestions: &str) -> El {
    let rows = switch(
        move || list.matches(),
        move |options| options.iter().enumerate().map(|(place, option)| row(list, place, option)).collect::<Vec<_>>(),
    );
    el("ul")
        .class("combobox__list")
        .id(&list_id(list))
        .attr("role", "listbox")
        .attr("aria-label", suggestions)
        .attr("hidden", move || list.matches().is_empty())
        .child(rows)
}

fn list_id(list: List) -> String {
    [list.id, "-list"].concat()
}

fn row(list: List, place: usize, option: &str) -> El {
    let (chosen, is_active) = (option.to_owned(), move || list.active.get() == Some(place));
    el("li")
        .id(&list.option_id(place))
        .attr("role", "option")
        .class("combobox__option")
        .class(("combobox__option--active", is_active))
        .attr("aria-selected", move || is_active().to_string())
        // Not `click`: pressing the mouse would take focus from the field and close the list first.
        .on("mousedown", move |event| {
            event.prevent_default();
            list.choose(chosen.clone());
        })
        .child(el("bdi").text(option))
}
