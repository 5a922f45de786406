//! The warning that the page is offline, and the question whether to continue once it is online again.

use web_sys::Node;

use crate::{
    i18n::{Label, text},
    state::{App, connectivity::Network},
    ui::{
        button::{Variant, button, row},
        dom::{IntoView, nothing, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// Warns while the page is offline, and asks whether to continue once it is online again.
pub fn warning(app: App) -> Node {
    switch(
        move || app.connectivity.network(),
        move |network| match network {
            Network::Online => nothing(),
            Network::Offline => {
                notice(Severity::Bad, &text(Label::Offline)).child(paragraph(&text(Label::OfflineAdvice))).into_view()
            }
            Network::Back => notice(Severity::Warning, &text(Label::OnlineAgain))
                .attr("role", "alert")
                .child(paragraph(&text(Label::OnlineAgainAdvice)))
                .child(row([button(&text(Label::Continue), Variant::Primary, move || app.connectivity.go_on())]))
                .into_view(),
        },
    )
}
