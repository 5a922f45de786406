//! For people who cannot use this page to create the credential: the steps without a sign-in, and the credential of the
//! Summary as values.

use key_wizard_core::{
    by_hand::{portal_dialog, requests},
    credential::spec::Spec,
    operation::State,
    portal::base_url::PortalRoot,
    route::{Route, Step},
};

use super::App;
use crate::platform::{location, time};

/// The credential as it would be created by hand.
pub struct ByHand {
    /// The portal.
    pub root: PortalRoot,
    /// The screens of the portal's own dialog.
    pub screens: Vec<(portal_dialog::Screen, Vec<portal_dialog::FieldValue>)>,
    /// The requests of `Create`.
    pub requests: Vec<requests::Sent>,
}

impl App {
    /// The `Use without signing in` button: opens the steps without a sign-in, for this portal.
    pub fn fill_in_by_hand(self, root: PortalRoot) {
        let is_typed = self.chosen_portal().is_none();
        let typed = if is_typed { root.as_str() } else { "" };
        self.draft.edit(|draft| typed.clone_into(&mut draft.typed_portal));
        let step = self.draft.step_once().return_step();
        if self.show_by_hand(root, step) {
            location::push(Route::ByHand(step).fragment());
        }
    }

    /// Shows a step from the address, for the chosen or the typed portal. If an unfinished creation needs a sign-in,
    /// shows the sign-in page instead.
    pub(super) fn follow_by_hand(self, step: Step) {
        let typed = || self.draft.read_once(|draft| PortalRoot::parse(&draft.typed_portal).ok());
        let root = self.chosen_portal().or_else(typed);
        let has_begun = self.session.by_hand_root().or(root).is_some_and(|root| self.show_by_hand(root, step));
        // Any other page, such as the one about a broken configuration, stays.
        if !has_begun && self.session.is_by_hand() {
            self.session.show_sign_in(None);
        }
    }

    /// The chosen portal of the configuration; `None` if the person types an address.
    fn chosen_portal(self) -> Option<PortalRoot> {
        let chosen = self.draft.read_once(|draft| draft.portal.clone());
        self.session.config(|config| config.chosen(chosen.as_ref()).map(|portal| portal.root.clone()))
    }

    fn show_by_hand(self, root: PortalRoot, step: Step) -> bool {
        // An unfinished operation needs a sign-in and takes precedence.
        let has_begun = self.jobs.read_once(State::is_over) != Some(false) && self.session.begin_by_hand(root);
        if has_begun {
            self.draft.edit(|draft| draft.is_uncompared = true);
            self.follow_step(step);
        }
        has_begun
    }

    /// The `Sign in` button in the steps without a sign-in: goes to the sign-in page, which returns to this step.
    pub fn leave_by_hand(self) {
        location::push(Route::Step(self.draft.step_once()).fragment());
        self.session.show_sign_in(None);
    }

    /// The credential of the draft; `None` while the draft has problems.
    pub fn by_hand(self) -> Option<ByHand> {
        let person = self.session.person();
        let root = self.session.root()?;
        let (spec, screens): (Spec, _) = self.draft.read_once(|draft| {
            let spec = draft.check(time::now()).ok()?;
            let screens = portal_dialog::screens(&spec, &draft.items);
            Some((spec, screens))
        })?;
        let owner = person.as_ref().map(|person| person.owner());
        let requests = requests::requests(&spec, owner, &self.content.folders());
        Some(ByHand { root, screens, requests })
    }
}
