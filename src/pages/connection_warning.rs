//! The warning that there is no network, and the question whether to go on when it is back.

use web_sys::Node;

use crate::{
    state::{App, connectivity::Network},
    ui::{
        button::{Variant, button, row},
        dom::{nothing, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// Tells that there is no network, and asks whether to go on when it is back.
pub fn warning(app: App) -> Node {
    switch(
        move || app.connectivity.network(),
        move |network| match network {
            Network::Online => nothing(),
            Network::Offline => notice(Severity::Bad, "You are offline")
                .with(paragraph("What you type is kept. What has to be sent waits until you are back online."))
                .into(),
            Network::Back => notice(Severity::Warning, "You are online again")
                .attr("role", "alert")
                .with(paragraph("The creation stopped where it was. Nothing has been sent since."))
                .with(row([button("Go on", Variant::Primary, move || app.connectivity.go_on())]))
                .into(),
        },
    )
}
