//! Compares what the portal has with what was requested, before a key is generated.

use crate::operation::model::plan::Plan;
use crate::portal::id::PrivilegeId;
use crate::portal::items::Item;
use crate::portal::registration::RegisteredApp;
use crate::timestamp::Timestamp;

/// The differences between the request and the portal's answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// Requested but not granted.
    pub missing: Vec<PrivilegeId>,
    /// Granted but not requested.
    pub extra: Vec<PrivilegeId>,
    /// The portal's referrers, if they differ.
    pub referrers: Option<Vec<String>>,
    /// The portal's expiration, if it differs; it may have none.
    pub expires: Option<Option<Timestamp>>,
}

impl Differences {
    /// Compares a plan with the registration and the item, as far as they are known.
    pub fn between(plan: &Plan, app: Option<&RegisteredApp>, item: Option<&Item>) -> Self {
        let mut differences = Self::default();
        if let Some(app) = app {
            let asked = &plan.grants;
            let without = |of: &[PrivilegeId], these: &[PrivilegeId]| {
                of.iter().filter(|privilege| !these.iter().any(|other| same(&privilege.0, &other.0))).cloned().collect()
            };
            differences.missing = without(&asked.privileges, &app.privileges);
            differences.extra = without(&app.privileges, &asked.privileges);
            differences.referrers = (!same_set(&asked.referrers, &app.referrers)).then(|| app.referrers.clone());
        }
        if let Some(item) = item {
            let held = item.expires(plan.slot);
            differences.expires = (!held.is_some_and(|held| same_second(held, plan.expires))).then_some(held);
        }
        differences
    }

    /// Whether there are no differences.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether privileges, item access and referrers match the request.
    pub fn grants_fit(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty() && self.referrers.is_none()
    }

    /// Whether a person may accept them. A key without an expiration date is never acceptable.
    pub fn can_be_confirmed(&self) -> bool {
        self.expires != Some(None)
    }
}

/// Clients and portals spell privileges in different cases (F-PRIV-10).
fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn same_set(these: &[String], those: &[String]) -> bool {
    let within =
        |these: &[String], those: &[String]| these.iter().all(|one| those.iter().any(|other| same(one, other)));
    within(these, those) && within(those, these)
}

/// Compares by the second, because the portal may drop the milliseconds of the end of a day.
pub fn same_second(one: Timestamp, other: Timestamp) -> bool {
    one.0.div_euclid(1000) == other.0.div_euclid(1000)
}
