//! Parts shared by the screens of an operation: what exists, and the buttons to leave it or roll it back.

use key_wizard_core::operation::{Event, KeyStatus, State};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    state::{App, navigation::Confirmation},
    ui::{
        button::{Variant, button},
        dom::{El, IntoView, el, nothing},
        notice::paragraph,
    },
};

/// Whether there may be a live key that nobody has seen.
pub fn has_unseen_key(app: App) -> bool {
    app.jobs.read_once(State::may_have_unseen_key).unwrap_or(false)
}

/// A sentence about a key that nobody has seen.
pub fn unseen_key(app: App) -> Node {
    match has_unseen_key(app) {
        true => paragraph(&text(Message::FoundKey(KeyStatus::Unseen))).text(".").into_view(),
        false => nothing(),
    }
}

/// The item's page in the portal: built from the configured address, never from an answer.
pub fn item_link(app: App) -> Node {
    let Some(address) = app.jobs.item_page() else { return nothing() };
    let link = el("a").attr("href", &address).attr("target", "_blank").attr("rel", "noopener noreferrer");
    el("p").child(link.text(text(Label::OpenItem))).into_view()
}

/// Deletes what was created, or gives up if nothing was.
pub fn take_back(app: App) -> El {
    if has_unseen_key(app) {
        return revoke(app);
    }
    match app.jobs.read_once(|state| state.operation.facts.item.may_exist()) {
        Some(true) => {
            button(&text(Label::DeleteCreated), Variant::Danger, move || app.jobs.send_event(Event::Discarded))
        }
        _ => button(&text(Label::GiveUp), Variant::Plain, move || app.jobs.send_event(Event::Discarded)),
    }
}

/// Deletes the credential, to end a live key that nobody has.
pub fn revoke(app: App) -> El {
    button(&text(Label::Revoke), Variant::Danger, move || app.navigation.ask(Confirmation::Revoke))
}

/// Leaves this operation if the draft of this tab belongs to something else: neither may block or change the other.
pub fn not_here(app: App) -> Option<El> {
    (!app.jobs.owns_draft()).then(|| not_now(app))
}

/// Leaves the operation as it is and starts another one.
pub fn not_now(app: App) -> El {
    button(&text(Label::NotNow), Variant::Plain, move || app.jobs.abandon())
}
