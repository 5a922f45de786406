//! Rows of a long list, of which only some are in the page: those that stay keep their elements, and so the focus.

use std::sync::Arc;

use leptos::prelude::{Owner, untrack};
use web_sys::Node;

use super::dom::{El, Read, watch};

/// Keeps one element for each value before `end`, which is in its list already. A value that stays in the page must
/// stay the same one, and in the same order.
pub fn keep_rows<T: 'static>(end: &El, values: Read<Vec<Arc<T>>>, build: impl Fn(&Arc<T>) -> El + 'static) {
    let home = Owner::current().expect("the page is built under the owner that mounted it");
    let end: Node = end.html().into();
    let mut rows: Vec<(Arc<T>, Node, Owner)> = Vec::new();
    watch(Box::new(move || {
        let values = values();
        let list = end.parent_node().expect("the end stays in its list");
        rows.retain(|(value, node, owner)| {
            let stays = values.iter().any(|it| Arc::ptr_eq(it, value));
            if !stays {
                list.remove_child(node).expect("a row is in the list");
                owner.cleanup();
            }
            stays
        });
        for (place, value) in values.into_iter().enumerate() {
            let next = rows.get(place);
            if next.is_none_or(|(it, ..)| !Arc::ptr_eq(it, &value)) {
                let owner = home.with(Owner::new);
                let node: Node = owner.with(|| untrack(|| build(&value))).into();
                list.insert_before(&node, Some(next.map_or(&end, |(_, it, _)| it))).expect("a row is in the list");
                rows.insert(place, (value, node, owner));
            }
        }
    }));
}
