//! The warning that the session ends soon, with a way to extend it.

use key_wizard_core::{
    auth::session::{Limit, LimitStatus},
    message::News,
};
use leptos::prelude::{GetValue, SetValue, StoredValue, on_cleanup};
use web_sys::Node;

use super::sign_in::portal_said;
use crate::{
    i18n::{self, Label, Message, NewsWords, text},
    platform::focus,
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{self, El, IntoView, el, nothing, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// Warns that the session ends soon. If its button disappears with the focus and there is no field to return to, the
/// element with the id `next_focus` gets it.
pub fn warning(app: App, next_focus: &'static str) -> Node {
    switch(
        move || app.session.limit_status(),
        move |status| {
            let LimitStatus::EndsSoon { minutes, by } = *status else { return nothing() };
            let extend = match by {
                Limit::Idle => stay(app, next_focus),
                _ => button(&text(Label::SignInAgainNow), Variant::Plain, move || app.sign_in_again()),
            };
            let words = text(match by {
                Limit::Idle => Message::SignedOutSoon(minutes),
                _ => Message::SessionEndsIn(minutes),
            });
            notice(Severity::Bad, &text(Label::SessionEndsSoon))
                .class("notice--ahead")
                .child(paragraph(&words))
                .child(el("div").attr("role", "status").child(switch(
                    move || app.sign_in.extend_error(),
                    move |error| error.as_ref().map(|error| extend_error(app, error)),
                )))
                .child(row([extend]))
                .into_view()
        },
    )
}

/// Any press of a key or a mouse ends the warning, and with it the button. A press of the button itself leads back to the
/// field that the person was in.
fn stay(app: App, next_focus: &'static str) -> El {
    let (had_focus, is_pressed) = (StoredValue::new(false), StoredValue::new(false));
    let field = StoredValue::new_local(None);
    on_cleanup(move || {
        if had_focus.get_value() && focus::is_lost() {
            match field.get_value().filter(|_| is_pressed.get_value()) {
                Some(field) => focus::back_to(&field),
                None => focus::on(next_focus),
            }
        }
    });
    let press = move || {
        is_pressed.set_value(true);
        app.stay_signed_in();
    };
    button(&text(Label::StaySignedIn), Variant::Plain, press).on("focus", move |event| {
        had_focus.set_value(true);
        if let Some(before) = dom::field_before(&event) {
            field.set_value(Some(before));
        }
    })
}

/// Why the session could not be extended, with a button to continue if that may be wrong.
fn extend_error(app: App, error: &News) -> Node {
    let NewsWords { title, text: what, advice, quote } = i18n::news(error);
    let anyway = || row([button(&text(Label::SignInAnyway), Variant::Plain, move || app.sign_in_again_anyway())]);
    let way_on = error.may_be_wrong().then(anyway);
    let quote = quote.map(|quote| portal_said(&quote));
    (el("p").child(el("b").text(&title)), paragraph(&what), quote, paragraph(&advice), way_on).into_view()
}
