//! Shown when `config.json` cannot be used: every key at fault, and what is allowed.

use key_wizard_core::message::ConfigFault;
use web_sys::Node;

use super::layout::heading;
use crate::{
    i18n::{Label, Message, text},
    platform::window_events,
    ui::{
        button::{Variant, button, row},
        dom::{IntoView, el},
        notice::{Severity, notice, points},
    },
};

/// The page; each message begins with the key at fault.
pub fn config_page(faults: &[ConfigFault]) -> Node {
    let sentences: Vec<String> = faults.iter().map(|fault| text(Message::ConfigFault(fault))).collect();
    (
        heading(&text(Label::ConfigUnusable)),
        el("p").class("lead").text(text(Label::ConfigUnusableLead)),
        notice(Severity::Bad, &text(Label::ConfigFaults)).child(points(&sentences)),
        row([button(&text(Label::CheckAgain), Variant::Primary, window_events::reload)]),
    )
        .into_view()
}
