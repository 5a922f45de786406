//! What stands over the steps when something unfinished lies on the portal that was begun elsewhere.

use web_sys::Node;

use crate::{
    i18n,
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{nothing, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// What it is, and the way to it.
pub fn notices(app: App) -> Node {
    switch(
        move || app.jobs.orphan(),
        move |journal| {
            let Some(journal) = journal else { return nothing() };
            notice(Severity::Warning, i18n::operation::STRAY)
                .attr("role", "status")
                .with(paragraph(&i18n::operation::stray(journal)))
                .with(row([
                    button("Look at it", Variant::Small, move || app.jobs.open_orphan()),
                    button("Not now", Variant::Small, move || app.jobs.skip_orphan()),
                ]))
                .into()
        },
    )
}
