//! The warning that the session ends soon, with a way to extend it.

use key_wizard_core::{
    auth::session::{Limit, LimitStatus},
    message::News,
};
use leptos::prelude::{GetValue, SetValue, StoredValue, on_cleanup};
use web_sys::Node;

use super::{layout::HEADING, sign_in::portal_said};
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

/// Warns that the session ends soon.
pub fn warning(app: App) -> Node {
    switch(
        move || app.session.limit_status(),
        move |status| {
            let LimitStatus::EndsSoon { minutes, by } = *status else { return nothing() };
            let extend = match by {
                Limit::Idle => stay(app),
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

/// The button disappears with the warning, which any press of a key or a mouse ends: then the focus goes back to where it
/// was before.
fn stay(app: App) -> El {
    // Set once the button had the focus.
    let before = StoredValue::new_local(None);
    on_cleanup(move || match before.get_value() {
        Some(Some(before)) if focus::is_lost() => focus::back_to(&before),
        Some(None) if focus::is_lost() => focus::on(HEADING),
        _ => {}
    });
    button(&text(Label::StaySignedIn), Variant::Plain, move || app.stay_signed_in()).on("focus", move |event| {
        let earlier = before.get_value().flatten();
        before.set_value(Some(dom::focused_before(&event).or(earlier)));
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
