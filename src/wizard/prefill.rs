//! What stands over the steps when a link or a recipe filled them in: what was left out, and what the person is asked.

use web_sys::Node;

use crate::{
    app::{App, frame::HEADING},
    browser::focus,
    credential::draft::Draft,
    ui::{
        button::{Look, button, row},
        dom::{group, nothing, switch},
        notice::{Tone, notice, paragraph, points},
    },
};

/// The id of the notice, which takes focus when a recipe was opened.
pub const NOTICE: &str = "prefilled";

/// Everything there is to say and to ask.
pub fn notices(app: App) -> Node {
    group([notes(app), question(app)])
}

/// Where the answers came from, and each thing that was left out.
pub fn notes(app: App) -> Node {
    switch(
        move || app.draft(|draft| draft.notes.clone()),
        move |notes| {
            let Some((title, left_out)) = notes.split_first() else { return nothing() };
            let hide = button("Hide this", Look::Small, move || done(app, |draft| draft.notes.clear()));
            notice(Tone::Warning, title)
                .id(NOTICE)
                .attr("aria-label", title)
                .attr("tabindex", "-1")
                .with(paragraph("Check each answer. Nothing is made before you press Create."))
                .with(points(left_out))
                .with(row([hide]))
                .into()
        },
    )
}

/// Whether the key gets the administrative privileges that a link or a recipe asked for.
fn question(app: App) -> Node {
    switch(
        // Those ticked by hand need no second yes.
        move || app.draft(|draft| draft.withheld.iter().filter(|it| !draft.privileges.contains(it)).cloned().collect()),
        move |withheld: &Vec<_>| {
            if withheld.is_empty() {
                return nothing();
            }
            let labels: Vec<String> = withheld.iter().map(|id| app.privilege_label(id)).collect();
            let title = "Should the key have administrative privileges?";
            notice(Tone::Warning, title)
                .attr("aria-label", title)
                .with(paragraph(
                    "The link or recipe asks for these. They act on your whole organization: whoever reads the key \
                     can use them in your name. Add them only if you know who made it, and why.",
                ))
                .with(points(&labels))
                .with(row([
                    button("Add these privileges", Look::Danger, move || done(app, Draft::add_withheld)),
                    button("Leave them out", Look::Plain, move || done(app, |draft| draft.withheld.clear())),
                ]))
                .into()
        },
    )
}

/// The button that was pressed goes; whoever works by keyboard goes on from the top of the page.
fn done(app: App, change: fn(&mut Draft)) {
    app.edit(change);
    focus::on(HEADING);
}
