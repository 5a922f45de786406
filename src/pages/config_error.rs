//! Shown when `config.json` cannot be used: every key at fault, and what is allowed.

use web_sys::Node;

use super::layout::heading;
use crate::{
    i18n::{Label, text},
    platform::window_events,
    ui::{
        button::{Variant, button, row},
        dom::{el, group},
        notice::{Severity, notice, points},
    },
};

/// The page; each fault is a sentence that begins with its key.
pub fn config_page(faults: &[String]) -> Node {
    group([
        heading(&text(Label::ConfigUnusable)),
        el("p").class("lead").text(&text(Label::ConfigUnusableLead)).into(),
        notice(Severity::Bad, &text(Label::ConfigFaults)).with(points(faults)).into(),
        row([button(&text(Label::CheckAgain), Variant::Primary, window_events::reload)]).into(),
    ])
}
