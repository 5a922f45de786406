//! The way on for somebody who cannot sign in.

use key_wizard_core::portal::base_url::PortalRoot;

use crate::{
    i18n::{Label, text},
    state::App,
    ui::{
        button::{Variant, button},
        dom::El,
    },
};

/// The steps without a sign-in, for the portal that this gives. The id is the same in `index.html`.
pub fn by_hand(app: App, root: impl Fn() -> Option<PortalRoot> + 'static) -> El {
    let press = move || root().into_iter().for_each(|root| app.fill_in_by_hand(root));
    button(&text(Label::CannotSignIn), Variant::Link, press).id("by-hand")
}
