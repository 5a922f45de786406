//! A modal dialog: the browser's own, with its focus trap and its Escape.

use leptos::{html::Dialog as DialogElement, prelude::*};

use crate::html;

/// A modal dialog, open while it is on the screen. `on_close` is told of Escape and must take it off the screen.
#[component]
pub fn Dialog(
    id: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let element: NodeRef<DialogElement> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(dialog) = element.get()
            && !dialog.open()
        {
            dialog.show_modal().expect("a dialog in the document that is not open can be opened");
        }
    });
    html! {
        <dialog
            node_ref=element
            class="dialog"
            aria-labelledby=id
            on:cancel=move |event: leptos::ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
        >
            <div class="dialog__body">
                <h2 id=id>{title}</h2>
                {children()}
            </div>
        </dialog>
    }
}
