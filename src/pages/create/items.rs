//! Step 3: which private items the key may open.

pub mod dialog;
pub mod list;

use key_wizard_core::credential::{draft::Draft, problem::Field as Name};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::{labels::error_of, words},
    state::App,
    ui::{
        button::{Variant, button},
        dom::{Callback, El, IntoView, Signal, el, show},
        notice::{Severity, notice, paragraph},
        removable_list::removable_list,
    },
};
use dialog::items_dialog;

/// The fields of the step, and the dialog beside the form: what is pressed in it must not send the form.
pub fn items(app: App) -> (Node, Node) {
    let problem = error_of(app, Name::Items);
    let error = el("p").class("field__error").id("items-error").attr("hidden", move || problem.with(Option::is_none));
    let buttons = el("div").class("button-row").child(browse(app)).child(show(
        move || app.draft.read(|draft| draft.items.is_empty()),
        // `Next` does the same here, so only one of them looks like the way on.
        move || button(&text(Label::Skip), Variant::Link, move || app.navigation.next()),
    ));
    let entries = Signal::derive(move || app.draft.read(|draft| draft.items.iter().map(words::item).collect()));
    let remove = Callback::new(move |place| app.draft.edit(|draft| drop(draft.items.remove(place))));
    let clear = Callback::new(move |()| app.draft.edit(|draft| draft.items.clear()));
    let selected = words::list("item", Name::Items.id(), Label::ItemsSelected);
    let fields = (
        paragraph(&text(Label::ItemAccessLead)),
        show(
            move || app.draft.read(Draft::grants_nothing),
            || {
                notice(Severity::Warning, &text(Label::NothingGranted))
                    .child(paragraph(&text(Label::NothingGrantedAdvice)))
            },
        ),
        el("div")
            .class("stack stack--close")
            .child(error.text(move || problem.get().unwrap_or_default()))
            .child(buttons)
            .child(
                el("p")
                    .class("hint")
                    .attr("role", "status")
                    .text(move || text(Message::ItemsSelected(app.draft.read(|draft| draft.items.len())))),
            )
            .child(removable_list(selected, entries, remove, Some(clear))),
    )
        .into_view();
    (fields, show(move || app.navigation.is_browsing(), move || items_dialog(app)))
}

fn browse(app: App) -> El {
    button(&text(Label::BrowseItems), Variant::Plain, move || app.navigation.browse_items())
        .id(Name::Items.id())
        .attr("aria-describedby", "items-error")
}
