//! The user's input in native tests: a draft and its plan.

use key_wizard_core::config::PortalKey;
use key_wizard_core::credential::draft::{Draft, KeyChoice};
use key_wizard_core::credential::expiration;
use key_wizard_core::operation::{Identity, OperationId, Plan};
use key_wizard_core::portal::id::{PrivilegeId, Username};
use key_wizard_core::timestamp::Timestamp;

use crate::world::NOW_MS;

/// A test's draft.
pub fn draft(folder: &str, key: KeyChoice) -> Draft {
    let mut draft = Draft::new(expiration::utc_date(Timestamp(NOW_MS)));
    draft.title = "Store finder".to_owned();
    draft.folder = folder.to_owned();
    draft.tags = "maps, stores".to_owned();
    draft.referrers = vec!["https://app.example.com".to_owned(), "https://*.example.org".to_owned()];
    draft.privileges = ["premium:user:basemaps", "premium:user:geocode"].map(|id| PrivilegeId(id.to_owned())).into();
    draft.key = key;
    draft
}

/// The plan of a test's draft.
pub fn plan(folder: &str, key: KeyChoice) -> Plan {
    plan_of(&draft(folder, key))
}

/// The plan of a draft.
pub fn plan_of(draft: &Draft) -> Plan {
    let spec = draft.check(Timestamp(NOW_MS)).expect("the draft is right");
    let who = Identity {
        id: OperationId::from_bytes([0xA5; 16]),
        portal_key: PortalKey("practice".to_owned()),
        owner: Username("jane".to_owned()),
    };
    Plan::new(&spec, who, &[])
}

/// When a plan creates its key.
pub fn choice(plan: &Plan) -> KeyChoice {
    if plan.key_now { KeyChoice::Now } else { KeyChoice::Later }
}
