//! An unfinished operation, found after a reload or on the portal.

use key_wizard_core::operation::{Event, KeyStatus};
use web_sys::Node;

use super::actions::{item_link, not_here, revoke, take_back};
use crate::{
    i18n::{Label, Message, text},
    pages::labels::existence,
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::IntoView,
        notice::{Severity, notice, paragraph},
    },
};

/// Lists what exists, with buttons to continue or roll back.
pub fn recovered(app: App, fate: KeyStatus) -> Node {
    let (tone, go_on) = match fate {
        KeyStatus::None => (Severity::Warning, Label::Continue),
        KeyStatus::Copied => (Severity::Warning, Label::Replace),
        KeyStatus::Unseen | KeyStatus::ShownOnly => (Severity::Bad, Label::Replace),
    };
    let complete = app.jobs.read_once(|state| state.operation.plan.complete).unwrap_or(false);
    let mut buttons = Vec::new();
    let mut look = Variant::Primary;
    if matches!(fate, KeyStatus::ShownOnly | KeyStatus::Copied) {
        // The person may have said so in the tab that shows the key.
        app.jobs.look_for_saved();
        buttons.push(button(&text(Label::KeySaved), look, move || app.jobs.acknowledge()));
        look = Variant::Plain;
    }
    if complete {
        buttons.push(button(&text(go_on), look, move || app.jobs.send_event(Event::Continued)));
    }
    buttons.extend(not_here(app));
    (
        notice(tone, &text(Message::FoundKey(fate)))
            .child(paragraph(&existence(app)))
            .child(paragraph(&text(Message::FoundAdvice { fate, can_continue: complete })))
            .child(item_link(app)),
        row(buttons).child(if fate == KeyStatus::None { take_back(app) } else { revoke(app) }),
    )
        .into_view()
}
