//! Step 3: which private items the key may open.

pub mod dialog;
pub mod list;

use key_wizard_core::credential::{draft::Draft, offer::Offer, problem::Field as Name};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::{labels::error_of, words},
    state::App,
    ui::{
        button::{Variant, button},
        dom::{Callback, El, IntoView, Signal, el, show},
        field::{field, text_control},
        notice::{Severity, notice, paragraph},
        removable_list::removable_list,
    },
};
use dialog::items_dialog;

/// The fields of the step, and the dialog outside the form, so that its buttons do not submit the form.
pub fn items(app: App, offer: &Offer) -> (Node, Node) {
    let problem = error_of(app, Name::Items);
    let error = el("p").class("field__error").id("items-error").attr("hidden", move || problem.with(Option::is_none));
    // Only a person who is signed in can search.
    let is_by_hand = offer.holder.is_none();
    let (typed, browse) = match is_by_hand {
        true => (Some(typed_item(app, problem)), None),
        false => (None, Some(browse(app))),
    };
    let buttons = el("div").class("button-row").child(browse).child(show(
        move || app.draft.read(|draft| draft.items.is_empty()),
        // `Next` does the same here, so only one of them looks like the main action.
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
            .child((!is_by_hand).then(|| error.text(move || problem.get().unwrap_or_default())))
            .child(typed)
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

/// Adds an item as soon as its id is complete.
fn typed_item(app: App, problem: Signal<Option<String>>) -> El {
    let words = words::field(Name::Items.id(), Label::ItemByAddress, Some(Label::ItemByAddressHint)).checked(problem);
    let value = Signal::derive(move || app.draft.read(|draft| draft.item_entry.clone()));
    let change = Callback::new(move |text: String| app.draft.edit(|draft| draft.enter_items(&text)));
    let control = text_control("input", &words, value, change).attr("type", "search");
    let missing = move || match app.draft.read(|draft| draft.item_entry.trim().is_empty()) {
        true => String::new(),
        false => text(Label::NoIdFound),
    };
    el("div")
        .class("stack stack--close")
        .child(field(&words, control))
        .child(el("p").class("hint").attr("role", "status").text(missing))
}

fn browse(app: App) -> El {
    button(&text(Label::BrowseItems), Variant::Plain, move || app.navigation.browse_items())
        .id(Name::Items.id())
        .attr("aria-describedby", "items-error")
}
