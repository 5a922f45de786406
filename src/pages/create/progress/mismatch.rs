//! The portal's credential differs from the request: nothing happens before the person has decided.

use key_wizard_core::operation::{Differences, Event};
use web_sys::Node;

use super::actions::{has_unseen_key, not_here, take_back, unseen_key};
use crate::{
    i18n::{Label, Message, text},
    pages::labels::{existence, foreign_referrers, privilege_label},
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{IntoView, el},
        notice::{Severity, notice, paragraph},
    },
};

/// The differences, and what to do about them.
pub fn mismatch(app: App, differences: &Differences) -> Node {
    let rows = rows(differences);
    let tone = if has_unseen_key(app) { Severity::Bad } else { Severity::Warning };
    let agree = match app.jobs.read_once(|state| state.operation.plan.key_now) {
        Some(true) => Label::GenerateAnyway,
        _ => Label::KeepAsItIs,
    };
    let mut buttons = Vec::new();
    if differences.can_be_confirmed() {
        buttons.push(button(&text(agree), Variant::Primary, move || app.jobs.send_event(Event::Confirmed)));
    }
    buttons.push(button(&text(Label::AskPortalAgain), Variant::Plain, move || app.jobs.send_event(Event::Continued)));
    buttons.extend(not_here(app));
    (
        notice(tone, &text(Label::MismatchNotice))
            .child(el("ul").children(rows.iter().map(|words| el("li").child(el("bdi").text(words)))))
            .child(paragraph(&existence(app)))
            .child(unseen_key(app)),
        row(buttons).child(take_back(app)),
    )
        .into_view()
}

/// A sentence for each difference.
fn rows(differences: &Differences) -> Vec<String> {
    let mut rows: Vec<String> =
        differences.missing.iter().map(|id| text(Message::NotGranted(&privilege_label(id)))).collect();
    rows.extend(differences.extra.iter().map(|id| text(Message::GrantedUnasked(&privilege_label(id)))));
    if let Some(held) = &differences.referrers {
        rows.push(text(Message::ReferrersHeld(held)));
        rows.extend(foreign_referrers(held));
    }
    rows.extend(differences.expires.map(|held| text(Message::ExpirationHeld(held))));
    rows
}
