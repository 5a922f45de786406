//! The credential of the Summary for somebody who cannot use this page, as values.

use key_wizard_core::{
    by_hand::{guide, requests},
    credential::spec::Spec,
    portal::base_url::PortalRoot,
};

use super::App;
use crate::platform::time;

/// The credential as it would be made by hand.
pub struct ByHand {
    /// The portal.
    pub root: PortalRoot,
    /// The screens of its own dialog.
    pub guide: Vec<(guide::Screen, Vec<guide::Entry>)>,
    /// What `Create` would send.
    pub requests: Vec<requests::Sent>,
}

impl App {
    /// The credential of the draft; nothing while something is wrong with it.
    pub fn by_hand(self) -> Option<ByHand> {
        let person = self.session.person()?;
        let (spec, guide): (Spec, _) = self.draft.read_once(|draft| {
            let spec = draft.check(time::now()).ok()?;
            let guide = guide::guide(&spec, &draft.items);
            Some((spec, guide))
        })?;
        let requests = requests::requests(&spec, person.owner(), &self.content.folders());
        Some(ByHand { root: person.client.root, guide, requests })
    }
}
