//! Rows of a list that changes: those that stay keep their elements, and so the focus.

use leptos::prelude::{Owner, untrack};
use web_sys::Node;

use super::dom::{El, Read, watch};

/// Keeps one element for each value before `end`, which is in its list already. Of the values that `is_same` calls one,
/// only the first is built; it moves where the order changes.
pub fn keep_rows<T: 'static>(
    end: Node,
    values: Read<Vec<T>>,
    is_same: impl Fn(&T, &T) -> bool + 'static,
    build: impl Fn(&T) -> El + 'static,
) {
    let home = Owner::current().expect("the page is built under the owner that mounted it");
    let mut rows: Vec<(T, Node, Owner)> = Vec::new();
    watch(Box::new(move || {
        let values = values();
        let list = end.parent_node().expect("the end stays in its list");
        rows.retain(|(value, node, owner)| {
            let stays = values.iter().any(|it| is_same(it, value));
            if !stays {
                list.remove_child(node).expect("a row is in the list");
                owner.cleanup();
            }
            stays
        });
        for (place, value) in values.into_iter().enumerate() {
            let later = rows.iter().skip(place).position(|(it, ..)| is_same(it, &value));
            let row = match later {
                Some(0) => continue,
                Some(distance) => rows.remove(place + distance),
                None => {
                    let owner = home.with(Owner::new);
                    let node = owner.with(|| untrack(|| build(&value))).into();
                    (value, node, owner)
                }
            };
            let next = rows.get(place).map_or(&end, |(_, it, _)| it);
            list.insert_before(&row.1, Some(next)).expect("a row is in the list");
            rows.insert(place, row);
        }
    }));
}
