//! The children of an element.

use web_sys::Node;

use super::{El, append, text_node, value::Text};
use crate::platform::document;

/// Content of the page: elements, nodes, texts, closures that return a text, and tuples, lists and options of them.
pub trait IntoView: Sized {
    /// Appends it to a parent.
    fn append_to(self, parent: &Node);

    /// Erases its type, so that different views can have one type. It may be several sibling nodes.
    #[must_use]
    fn into_view(self) -> Node {
        let fragment = document().create_document_fragment().into();
        self.append_to(&fragment);
        fragment
    }
}

impl IntoView for Node {
    fn append_to(self, parent: &Node) {
        append(parent, &self);
    }

    fn into_view(self) -> Node {
        self
    }
}

impl IntoView for El {
    fn append_to(self, parent: &Node) {
        append(parent, &self.0);
    }

    fn into_view(self) -> Node {
        self.0.into()
    }
}

impl IntoView for () {
    fn append_to(self, _: &Node) {}
}

impl IntoView for &str {
    fn append_to(self, parent: &Node) {
        append(parent, &text_node(self));
    }
}

impl IntoView for String {
    fn append_to(self, parent: &Node) {
        append(parent, &text_node(&self));
    }
}

impl<F: Fn() -> String + 'static> IntoView for F {
    fn append_to(self, parent: &Node) {
        append(parent, &self.node());
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn append_to(self, parent: &Node) {
        if let Some(view) = self {
            view.append_to(parent);
        }
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn append_to(self, parent: &Node) {
        for view in self {
            view.append_to(parent);
        }
    }
}

impl<V: IntoView, const N: usize> IntoView for [V; N] {
    fn append_to(self, parent: &Node) {
        for view in self {
            view.append_to(parent);
        }
    }
}

/// Tuples of views are sibling views.
macro_rules! tuples {
    ($($view:ident)*) => {
        impl<$($view: IntoView),*> IntoView for ($($view,)*) {
            #[expect(non_snake_case, reason = "each part is named after its type")]
            fn append_to(self, parent: &Node) {
                let ($($view,)*) = self;
                $($view.append_to(parent);)*
            }
        }
    };
}

tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);
tuples!(A B C D E F G H I);
tuples!(A B C D E F G H I J);
