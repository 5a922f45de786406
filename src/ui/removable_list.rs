//! A list whose entries can be removed.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::Node;

use super::{
    button::{Variant, button, row},
    dom::{self, Callback, El, IntoView, Signal, el, nothing, show, switch, watch},
};
use crate::platform::focus;

/// The number of entries from which one button removes all.
const REMOVE_ALL_FROM: usize = 3;

/// An entry of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Tells it from the others, whatever its text is.
    pub id: String,
    /// Its text.
    pub words: String,
    /// A second, smaller text; may be empty.
    pub about: String,
    /// The accessible name of its remove button.
    pub remove_name: String,
}

/// A change of the list.
pub struct Changes<'a> {
    /// The added entries.
    pub added: Vec<&'a str>,
    /// The removed entries.
    pub removed: Vec<&'a str>,
}

/// The ids and texts of the list.
#[derive(Clone)]
pub struct ListWords {
    /// The prefix of its buttons' ids.
    pub id: &'static str,
    /// The id of the element that takes focus once the list is empty.
    pub home: &'static str,
    /// The accessible name of the list.
    pub list: String,
    /// The label of each remove button.
    pub remove: String,
    /// The label of the button that removes all.
    pub remove_all: String,
    /// The announcement of a change.
    pub changed: Rc<dyn Fn(Changes<'_>) -> String>,
}

/// The list in the given order; not rendered while it is empty. `remove` receives the index of the entry. Focus then
/// moves to the entry that took its place. If `clear` is given and there are several entries, a button calls it to
/// remove all.
pub fn removable_list(
    words: ListWords,
    entries: Signal<Vec<Entry>>,
    remove: Callback<usize>,
    clear: Option<Callback>,
) -> Node {
    let said = listener(words.changed.clone(), entries);
    let (id, home) = (words.id, words.home);
    let remove = Callback::new(move |place| {
        remove.run(place);
        match untrack(|| entries.get()).len().checked_sub(1) {
            Some(last) => focus::on(&button_id(id, place.min(last))),
            None => focus::on(home),
        }
    });
    let remove_all = words.remove_all.clone();
    let all = clear.map(|clear| {
        let press = move || {
            clear.run(());
            focus::on(home);
        };
        show(
            move || entries.with(Vec::len) >= REMOVE_ALL_FROM,
            move || row([button(&remove_all, Variant::Small, press)]),
        )
    });
    let list = switch(
        move || entries.get(),
        move |entries| {
            if entries.is_empty() {
                return nothing();
            }
            let rows = entries.iter().enumerate().map(|(place, entry)| entry_row(&words, entry, place, remove));
            let list = el("ul").class("picked picked--long").attr("aria-label", &words.list).attr("tabindex", "0");
            list.children(rows).into_view()
        },
    );
    (list, all, said).into_view()
}

/// Announces what was added and removed.
fn listener(words: Rc<dyn Fn(Changes<'_>) -> String>, entries: Signal<Vec<Entry>>) -> El {
    let said = RwSignal::new(String::new());
    let mut before: Option<Vec<Entry>> = None;
    watch(move || {
        let now = entries.get();
        let Some(before) = before.replace(now.clone()) else { return };
        let (added, removed) = (words_of_new(&now, &before), words_of_new(&before, &now));
        if !added.is_empty() || !removed.is_empty() {
            said.set(words(Changes { added, removed }));
        }
    });
    el("p").class("visually-hidden").attr("role", "status").text(move || said.get())
}

/// The texts of the entries that are not among the others.
fn words_of_new<'a>(entries: &'a [Entry], others: &[Entry]) -> Vec<&'a str> {
    let new = entries.iter().filter(|entry| others.iter().all(|other| other.id != entry.id));
    new.map(|entry| entry.words.as_str()).collect()
}

fn button_id(id: &str, place: usize) -> String {
    format!("{id}-remove-{place}")
}

fn entry_row(words: &ListWords, entry: &Entry, place: usize, remove: Callback<usize>) -> Node {
    let about = match entry.about.is_empty() {
        true => nothing(),
        false => (dom::text_node(" "), el("span").class("hint").text(&entry.about)).into_view(),
    };
    let button = el("button")
        .attr("type", "button")
        .id(&button_id(words.id, place))
        .class("button button--link")
        .attr("aria-label", &entry.remove_name)
        .text(&words.remove)
        .on("click", move |_| remove.run(place));
    let text = el("span").class("picked__words").child(el("bdi").text(&entry.words)).child(about);
    el("li").class("picked__entry").child(text).child(button).into_view()
}
