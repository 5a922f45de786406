//! What stands over the steps when a link or a recipe filled them in: what was left out, and what the person is asked.

use key_wizard_core::credential::draft::Draft;
use web_sys::Node;

use crate::{
    pages::{labels::privilege_label, layout::HEADING},
    platform::focus,
    state::{App, prefill::NOTICE},
    ui::{
        button::{Variant, button, row},
        dom::{El, group, nothing, switch},
        notice::{Severity, notice, paragraph, points},
    },
};

/// Where the answers came from and each thing that was left out; and whether the key gets the administrative privileges
/// that were asked for.
pub fn notices(app: App) -> Node {
    switch(
        move || app.draft.read(|draft| (draft.notes.clone(), draft.withheld.clone())),
        move |(notes, withheld)| {
            let notes = match notes.as_slice() {
                [title, lead, left_out @ ..] => box_of(title, lead, left_out)
                    .id(NOTICE)
                    .attr("tabindex", "-1")
                    .with(row([answer(app, "Hide this", |draft| draft.notes.clear())]))
                    .into(),
                _ => nothing(),
            };
            if withheld.is_empty() {
                return notes;
            }
            let labels: Vec<String> = withheld.iter().map(privilege_label).collect();
            let words = "The link or recipe asks for these. They act on your whole organization: whoever reads the \
                         key can use them in your name. Add them only if you know who made it, and why.";
            let question = box_of("Should the key have administrative privileges?", words, &labels).with(row([
                answer(app, "Add these privileges", Draft::add_withheld),
                answer(app, "Leave them out", |draft| draft.withheld.clear()),
            ]));
            group([notes, question.into()])
        },
    )
}

fn box_of(title: &str, words: &str, list: &[String]) -> El {
    notice(Severity::Warning, title).attr("aria-label", title).with(paragraph(words)).with(points(list))
}

/// The button that was pressed goes; whoever works by keyboard goes on from the top of the page.
fn answer(app: App, words: &str, change: fn(&mut Draft)) -> El {
    button(words, Variant::Small, move || {
        app.draft.edit(change);
        focus::on(HEADING);
    })
}
