//! The warning that there is no network, and the question whether to go on when it is back.

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

/// Tells that there is no network, and asks whether to go on when it is back.
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
