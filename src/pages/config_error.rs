//! Shown when `config.json` cannot be used: every key at fault, and what is allowed.

use web_sys::Node;

use super::layout::heading;
use crate::{
    platform::window_events,
    ui::{
        button::{Variant, button, row},
        dom::{el, group},
        notice::{Severity, notice, points},
    },
};

/// The page; each fault is a sentence that begins with its key.
pub fn config_page(faults: &[String]) -> Node {
    let lead = "Tell whoever runs this page to correct its config.json. Nothing was sent to any portal.";
    group([
        heading("This page is not set up correctly"),
        el("p").class("lead").text(lead).into(),
        notice(Severity::Bad, "What is wrong").with(points(faults)).into(),
        row([button("Check again", Variant::Primary, window_events::reload)]).into(),
    ])
}
