//! A text field with a list of known answers: choose one, or type another.
//!
//! The pattern is ARIA's editable combobox with a list: focus stays in the field, the arrows move through the list.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, Node};

use super::{
    dom::{Act, El, Read, el, group, switch},
    field::{Words, field, text_control},
};

#[derive(Clone)]
struct List {
    words: Words,
    /// What the list is called.
    suggestions: String,
    options: Read<Vec<String>>,
    value: Read<String>,
    input: Act<String>,
    /// While closed the list is not on the screen.
    open: RwSignal<bool>,
    /// After typing only what contains the text is listed; on opening, everything is.
    typed: RwSignal<bool>,
    active: RwSignal<Option<usize>>,
}

impl List {
    fn matches(&self) -> Vec<String> {
        if !self.open.get() {
            return Vec::new();
        }
        let typed = self.typed.get();
        let wanted = (self.value)().to_lowercase();
        let fits = |option: &String| !typed || option.to_lowercase().contains(&wanted);
        (self.options)().into_iter().filter(fits).collect()
    }

    fn type_in(&self, text: String) {
        self.typed.set(true);
        self.active.set(None);
        self.open.set(true);
        (self.input)(text);
    }

    fn choose(&self, option: String) {
        (self.input)(option);
        self.close();
    }

    fn close(&self) {
        self.open.set(false);
        self.typed.set(false);
        self.active.set(None);
    }

    fn press(&self, event: &Event) {
        let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).unwrap_or_default();
        let open = self.open.get_untracked();
        match key.as_str() {
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                self.step(key == "ArrowDown");
            }
            "Enter" if open => self.take_active(event),
            "Escape" if open => self.close(),
            _ => {}
        }
    }

    fn step(&self, down: bool) {
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

    fn take_active(&self, event: &Event) {
        let active = self.active.get_untracked();
        if let Some(option) = active.and_then(|at| untrack(|| self.matches()).get(at).cloned()) {
            event.prevent_default();
            self.choose(option);
        }
    }

    fn option_id(&self, place: usize) -> String {
        format!("{}-option-{place}", self.words.id)
    }
}

/// The field with its list, which is called `suggestions`.
pub fn combobox(
    words: Words,
    suggestions: String,
    options: Read<Vec<String>>,
    value: Read<String>,
    input: Act<String>,
) -> El {
    let list = List {
        words,
        suggestions,
        options,
        value,
        input,
        open: RwSignal::new(false),
        typed: RwSignal::new(false),
        active: RwSignal::new(None),
    };
    let control = el("div").class("combobox").with(input_of(&list)).with(options_of(list.clone()));
    field(&list.words, control)
}

fn input_of(list: &List) -> El {
    let (typing, pressing, leaving, pointing) = (list.clone(), list.clone(), list.clone(), list.clone());
    let open = list.open;
    text_control("input", &list.words, list.value.clone(), std::rc::Rc::new(move |text| typing.type_in(text)))
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", &list_id(list))
        .live_attr("aria-expanded", move || Some(open.get().to_string()))
        .live_attr("aria-activedescendant", move || pointing.active.get().map(|place| pointing.option_id(place)))
        .on("click", move |_| open.set(true))
        .on("keydown", move |event| pressing.press(&event))
        .on("blur", move |_| leaving.close())
}

fn options_of(list: List) -> El {
    let (id, empty) = (list_id(&list), list.clone());
    let (shown, suggestions) = (list.clone(), list.suggestions.clone());
    let rows = switch(
        move || shown.matches(),
        move |options| group(options.iter().enumerate().map(|(place, option)| row(&list, place, option))),
    );
    el("ul")
        .class("combobox__list")
        .id(&id)
        .attr("role", "listbox")
        .attr("aria-label", &suggestions)
        .flag("hidden", move || empty.matches().is_empty())
        .with(rows)
}

fn list_id(list: &List) -> String {
    [list.words.id, "-list"].concat()
}

fn row(list: &List, place: usize, option: &str) -> Node {
    let (active, chosen) = (list.active, option.to_owned());
    let (list, is_active) = (list.clone(), move || active.get() == Some(place));
    el("li")
        .id(&list.option_id(place))
        .attr("role", "option")
        .class("combobox__option")
        .live_class("combobox__option--active", is_active)
        .live_attr("aria-selected", move || Some(is_active().to_string()))
        // Not `click`: pressing the mouse would take focus from the field and close the list first.
        .on("mousedown", move |event| {
            event.prevent_default();
            list.choose(chosen.clone());
        })
        .with(el("bdi").text(option))
        .into()
}
