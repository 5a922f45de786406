//! The way to continue without a sign-in.

use key_wizard_core::{operation::State, portal::base_url::PortalRoot};

use crate::{
    i18n::{Label, text},
    state::App,
    ui::{
        button::{Variant, button},
        dom::El,
    },
};

/// The button that opens the steps without a sign-in, for the given portal. An unfinished operation needs a sign-in and
/// comes first. The id is the same in `index.html`.
pub fn by_hand(app: App, root: impl Fn() -> Option<PortalRoot> + 'static) -> El {
    let press = move || root().into_iter().for_each(|root| app.fill_in_by_hand(root));
    button(&text(Label::UseWithoutSigningIn), Variant::Link, press)
        .id("by-hand")
        .attr("hidden", move || app.jobs.read(State::is_over) == Some(false))
}
