//! A list of things picked, each with a way to take it off again.

use web_sys::Node;

use super::dom::{Act, Read, el, group, nothing, switch, text};

/// One thing in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What stands in the list; also the name of its remove button, after the word for removing.
    pub words: String,
    /// A second part, smaller; may be empty.
    pub about: String,
}

/// The list, in the order given; nothing while it is empty. `remove` gets the place of the entry, counted from zero.
pub fn picked(label: &'static str, entries: Read<Vec<Entry>>, remove: Act<usize>) -> Node {
    switch(
        move || entries(),
        move |entries| {
            if entries.is_empty() {
                return nothing();
            }
            let rows = entries.iter().enumerate().map(|(place, entry)| row(entry, place, remove.clone()));
            let list = el("ul").class("picked picked--long").attr("aria-label", label).attr("tabindex", "0");
            list.with_all(rows).into()
        },
    )
}

fn row(entry: &Entry, place: usize, remove: Act<usize>) -> Node {
    let about = match entry.about.is_empty() {
        true => nothing(),
        false => group([text(" "), el("span").class("hint").text(&entry.about).into()]),
    };
    let button = el("button")
        .attr("type", "button")
        .class("button button--link")
        .attr("aria-label", &["Remove ", &entry.words].concat())
        .text("Remove")
        .on("click", move |_| remove(place));
    let words = el("span").class("picked__words").with(el("bdi").text(&entry.words)).with(about);
    el("li").class("picked__entry").with(words).with(button).into()
}
