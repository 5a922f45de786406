//! A list of things picked, each with a way to take it off again.

use web_sys::Node;

use super::dom::{self, Act, Read, el, group, nothing, switch};

/// One thing in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What is in the list.
    pub words: String,
    /// A second part, smaller; may be empty.
    pub about: String,
    /// The accessible name of its remove button.
    pub remove_name: String,
}

/// What the list is called, and what is on the buttons.
#[derive(Debug, Clone)]
pub struct Words {
    /// The accessible name of the list.
    pub list: String,
    /// On each remove button.
    pub remove: String,
}

/// The list, in the order given; nothing while it is empty. `remove` gets the place of the entry, counted from zero.
pub fn picked(words: Words, entries: Read<Vec<Entry>>, remove: Act<usize>) -> Node {
    switch(
        move || entries(),
        move |entries| {
            if entries.is_empty() {
                return nothing();
            }
            let rows =
                entries.iter().enumerate().map(|(place, entry)| row(&words.remove, entry, place, remove.clone()));
            let list = el("ul").class("picked picked--long").attr("aria-label", &words.list).attr("tabindex", "0");
            list.with_all(rows).into()
        },
    )
}

fn row(words: &str, entry: &Entry, place: usize, remove: Act<usize>) -> Node {
    let about = match entry.about.is_empty() {
        true => nothing(),
        false => group([dom::text(" "), el("span").class("hint").text(&entry.about).into()]),
    };
    let button = el("button")
        .attr("type", "button")
        .class("button button--link")
        .attr("aria-label", &entry.remove_name)
        .text(words)
        .on("click", move |_| remove(place));
    let text = el("span").class("picked__words").with(el("bdi").text(&entry.words)).with(about);
    el("li").class("picked__entry").with(text).with(button).into()
}
