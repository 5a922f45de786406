//! Rows of a changing list: rows that stay keep their elements and their focus, unless their order changes.

use leptos::prelude::{Owner, untrack};
use web_sys::Node;

use super::dom::{El, IntoView, Signal, watch};

/// Keeps one element for each value before `end`, which is already in its list. The values must be unique.
pub fn keep_rows<T: Clone + 'static>(
    end: Node,
    values: Signal<Vec<T>>,
    is_same: impl Fn(&T, &T) -> bool + 'static,
    build: impl Fn(&T) -> El + 'static,
) {
    let home = Owner::current().expect("the page is built under the owner that mounted it");
    let mut rows: Vec<(T, Node, Owner)> = Vec::new();
    watch(move || {
        let values = values.get();
        let list = end.parent_node().expect("the end stays in its list");
        rows.retain(|(value, node, owner)| {
            let stays = values.iter().any(|other| is_same(other, value));
            if !stays {
                list.remove_child(node).expect("a row is in the list");
                owner.cleanup();
            }
            stays
        });
        for (place, value) in values.into_iter().enumerate() {
            let later = rows.iter().skip(place).position(|(row, ..)| is_same(row, &value));
            let row = match later {
                Some(0) => continue,
                Some(distance) => rows.remove(place + distance),
                None => {
                    let owner = home.with(Owner::new);
                    let node = owner.with(|| untrack(|| build(&value))).into_view();
                    (value, node, owner)
                }
            };
            let next = rows.get(place).map_or(&end, |(_, row, _)| row);
            list.insert_before(&row.1, Some(next)).expect("a row is in the list");
            rows.insert(place, row);
        }
    });
}
