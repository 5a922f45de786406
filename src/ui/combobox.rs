//! A text field with a list of known answers: choose one, or type another.
//!
//! The pattern is ARIA's editable combobox with a list: focus stays in the field, the arrows move through the list.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::field::{Field, described_by, input_class};
use crate::html;

#[derive(Clone, Copy)]
struct List {
    id: &'static str,
    options: Signal<Vec<String>>,
    value: Signal<String>,
    on_input: Callback<String>,
    /// While closed the list is not on the screen.
    open: RwSignal<bool>,
    /// After typing only what contains the text is listed; on opening, everything is.
    typed: RwSignal<bool>,
    active: RwSignal<Option<usize>>,
}

impl List {
    fn matches(self) -> Vec<String> {
        let typed = self.typed.get();
        let wanted = self.value.get().to_lowercase();
        let fits = |option: &String| !typed || option.to_lowercase().contains(&wanted);
        self.options.get().into_iter().filter(fits).collect()
    }

    fn type_in(self, text: String) {
        self.typed.set(true);
        self.active.set(None);
        self.open.set(true);
        self.on_input.run(text);
    }

    fn choose(self, option: String) {
        self.on_input.run(option);
        self.close();
    }

    fn close(self) {
        self.open.set(false);
        self.typed.set(false);
        self.active.set(None);
    }

    fn press(self, event: &KeyboardEvent) {
        let count = self.matches().len();
        match event.key().as_str() {
            "ArrowDown" => self.step(event, count, |at| at.map_or(0, |at| at + 1)),
            "ArrowUp" => self.step(event, count, |at| at.map_or(count - 1, |at| at + count - 1)),
            "Enter" if self.open.get() => self.take_active(event),
            "Escape" => self.close(),
            _ => {}
        }
    }

    fn step(self, event: &KeyboardEvent, count: usize, moved: impl Fn(Option<usize>) -> usize) {
        event.prevent_default();
        if !self.open.get() {
            self.open.set(true);
        } else if count > 0 {
            self.active.update(|at| *at = Some(moved(*at) % count));
        }
    }

    fn take_active(self, event: &KeyboardEvent) {
        if let Some(option) = self.active.get().and_then(|at| self.matches().get(at).cloned()) {
            event.prevent_default();
            self.choose(option);
        }
    }

    fn option_id(self, place: usize) -> String {
        format!("{}-option-{place}", self.id)
    }
}

/// The field with its list.
#[component]
pub fn Combobox(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] hint: Signal<String>,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(into)] options: Signal<Vec<String>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
) -> impl IntoView {
    let list = List {
        id,
        options,
        value,
        on_input,
        open: RwSignal::new(false),
        typed: RwSignal::new(false),
        active: RwSignal::new(None),
    };
    let list_label = label.clone();
    html! {
        <Field id=id label=label hint=hint error=error>
            <div class="combobox">
                <input
                    id=id
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    translate="no"
                    aria-autocomplete="list"
                    aria-controls=format!("{id}-list")
                    aria-expanded=move || list.open.get().to_string()
                    aria-activedescendant=move || list.active.get().map(|place| list.option_id(place))
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described_by(id)
                    class=move || input_class(error.with(Option::is_some))
                    prop:value=value
                    on:input=move |event| list.type_in(event_target_value(&event))
                    on:click=move |_| list.open.set(true)
                    on:keydown=move |event| list.press(&event)
                    on:blur=move |_| list.close()
                />
                <Options list=list label=list_label />
            </div>
        </Field>
    }
}

#[component]
fn Options(list: List, label: String) -> impl IntoView {
    let hidden = move || !list.open.get() || list.matches().is_empty();
    let rows = move || {
        let options = if list.open.get() { list.matches() } else { Vec::new() };
        options.into_iter().enumerate().map(|(place, option)| row(list, place, option)).collect_view()
    };
    html! {
        <ul class="combobox__list" id=format!("{}-list", list.id) role="listbox" aria-label=label hidden=hidden>
            {rows}
        </ul>
    }
}

fn row(list: List, place: usize, option: String) -> impl IntoView {
    let chosen = option.clone();
    let active = move || list.active.get() == Some(place);
    html! {
        <li
            id=list.option_id(place)
            role="option"
            class="combobox__option"
            class=("combobox__option--active", active)
            aria-selected=move || active().to_string()
            // Not `click`: pressing the mouse would take focus from the field and close the list first.
            on:mousedown=move |event| {
                event.prevent_default();
                list.choose(chosen.clone());
            }
        >
            <bdi>{option}</bdi>
        </li>
    }
}
