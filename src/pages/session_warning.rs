//! The warning that the session ends soon, with a way to prolong it.

use key_wizard_core::auth::session::{Limit, Standing};
use web_sys::Node;

use crate::{
    i18n,
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{el, nothing, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// Tells that the session ends soon.
pub fn warning(app: App) -> Node {
    switch(
        move || app.session.standing(),
        move |standing| {
            let Standing::EndsSoon { minutes, by } = *standing else { return nothing() };
            let extend = match by {
                Limit::Idle => button("Stay signed in", Variant::Plain, move || app.stay_signed_in()),
                _ => button("Sign in again now", Variant::Plain, move || app.sign_in_again()),
            };
            let words = i18n::sign_in::ends_soon(minutes, by);
            notice(Severity::Bad, "Your session ends soon")
                .with(paragraph(&words))
                .with(el("p").attr("role", "status").live_text(move || app.sign_in.extend_error()))
                .with(row([extend]))
                .into()
        },
    )
}
