//! What a person should know before pressing `Create`, although nothing forbids it.

use crate::credential::draft::Draft;
use crate::credential::expiration::Expiration;
use crate::credential::privilege;
use crate::credential::problem::Field;
use crate::credential::unresolved::Restriction;
use crate::portal::id::PrivilegeId;
use crate::timestamp::Timestamp;

/// A life that is longer than the suggested month, in milliseconds.
const LONG_MS: i64 = 33 * 24 * 60 * 60 * 1000;

/// Something that is allowed, and perhaps not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Neither a privilege nor an item is chosen: the key could do nothing, and `Create` will say so.
    NothingGranted,
    /// These privileges act on the whole organization.
    Administrative(Vec<PrivilegeId>),
    /// Use of these privileges is billed, and for a long time everybody who reads the key can use them anywhere.
    BilledAnywhere {
        /// The privileges.
        privileges: Vec<PrivilegeId>,
        /// When the key stops working.
        until: Timestamp,
    },
}

impl Finding {
    /// The field where it can be changed.
    pub fn field(&self) -> Field {
        match self {
            Self::NothingGranted | Self::Administrative(_) => Field::Privileges,
            Self::BilledAnywhere { .. } => Field::Referrers,
        }
    }
}

impl Draft {
    /// What should be known of it, the most serious first.
    pub fn findings(&self, now: Timestamp) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.privileges.is_empty() && self.items.is_empty() {
            findings.push(Finding::NothingGranted);
        }
        let administrative = self.chosen(privilege::is_administrative);
        if !administrative.is_empty() {
            findings.push(Finding::Administrative(administrative));
        }
        let privileges = self.chosen(privilege::is_billed);
        if let (false, true, Some(until)) = (privileges.is_empty(), self.works_anywhere(), self.long_end(now)) {
            findings.push(Finding::BilledAnywhere { privileges, until });
        }
        findings
    }

    fn chosen(&self, is_of_kind: fn(&PrivilegeId) -> bool) -> Vec<PrivilegeId> {
        self.privileges.iter().filter(|id| is_of_kind(id)).cloned().collect()
    }

    /// Without referrers. About those that a link asked for in vain the person is asked anyway.
    fn works_anywhere(&self) -> bool {
        let is_asked = self.unresolved.iter().any(|it| it.restriction == Restriction::Referrers);
        self.referrers.is_empty() && self.referrer_entry.trim().is_empty() && !is_asked
    }

    fn long_end(&self, now: Timestamp) -> Option<Timestamp> {
        let end = Expiration::parse(&self.expiration, now).ok()?.at();
        (end.millis_since(now) > LONG_MS).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::credential::draft::GrantedItem;
    use crate::credential::expiration::{self, Preset};
    use crate::credential::unresolved::Unresolved;
    use crate::portal::id::ItemId;

    const NOW: Timestamp = Timestamp(1_795_435_200_000);

    fn ids(ids: &[&str]) -> Vec<PrivilegeId> {
        ids.iter().map(|id| PrivilegeId((*id).to_owned())).collect()
    }

    fn draft(privileges: &[&str], preset: Option<Preset>) -> Draft {
        let today = expiration::utc_date(NOW);
        let expiration = preset.map(|preset| expiration::format_date(preset.date(today, NOW)));
        let new = Draft::new(today);
        Draft { privileges: ids(privileges), expiration: expiration.unwrap_or(new.expiration.clone()), ..new }
    }

    fn anywhere(privileges: &[&str], draft: &Draft) -> Finding {
        let until = Expiration::parse(&draft.expiration, NOW).expect("a possible date").at();
        Finding::BilledAnywhere { privileges: ids(privileges), until }
    }

    #[test]
    fn a_key_that_can_do_nothing_is_found_before_it_is_created() {
        assert_eq!(draft(&[], None).findings(NOW), [Finding::NothingGranted]);
        let item = GrantedItem::unknown(ItemId("0f".repeat(16)));
        assert_eq!(Draft { items: vec![item], ..draft(&[], None) }.findings(NOW), []);
    }

    #[test]
    fn administrative_privileges_are_found_whatever_their_letters() {
        for id in ["portal:admin:deleteItems", "Portal:Admin:changeUserRoles", "opendata:user:openDataAdmin"] {
            let found = draft(&["portal:user:viewHostedTiles", id], None).findings(NOW);
            assert_eq!(found, [Finding::Administrative(ids(&[id]))], "{id}");
        }
        assert_eq!(draft(&["portal:user:administrate"], None).findings(NOW), []);
    }

    #[test]
    fn a_billed_key_that_works_anywhere_for_long_is_found() {
        let (billed, free) = ("premium:user:basemaps", "portal:user:viewHostedTiles");
        for preset in [Preset::Days90, Preset::Year1] {
            let long = draft(&[billed, free], Some(preset));
            assert_eq!(long.findings(NOW), [anywhere(&[billed], &long)], "{preset:?}");
        }
        for preset in [None, Some(Preset::Days7), Some(Preset::Days30)] {
            assert_eq!(draft(&[billed], preset).findings(NOW), [], "{preset:?}");
        }
        let long = || draft(&[billed], Some(Preset::Year1));
        assert_eq!(draft(&[free], Some(Preset::Year1)).findings(NOW), [], "nothing is billed");
        let referrers = vec!["https://app.example.com".to_owned()];
        assert_eq!(Draft { referrers, ..long() }.findings(NOW), [], "it is restricted");
        let referrer_entry = "https://app.example.com".to_owned();
        assert_eq!(Draft { referrer_entry, ..long() }.findings(NOW), [], "what is typed counts");
        let unresolved = vec![Unresolved::referrer("app.example.com")];
        assert_eq!(Draft { unresolved, ..long() }.findings(NOW), [], "that is asked about anyway");
        assert_eq!(Draft { expiration: "soon".to_owned(), ..long() }.findings(NOW), [], "that is a problem of its own");
    }

    #[test]
    fn several_findings_come_together_and_each_leads_to_its_field() {
        let both = draft(&["portal:admin:deleteItems", "premium:user:places"], Some(Preset::Year1));
        let found = both.findings(NOW);
        let expected =
            [Finding::Administrative(ids(&["portal:admin:deleteItems"])), anywhere(&["premium:user:places"], &both)];
        assert_eq!(found, expected);
        let fields: Vec<Field> = found.iter().map(Finding::field).collect();
        assert_eq!(fields, [Field::Privileges, Field::Referrers]);
        assert_eq!(Finding::NothingGranted.field(), Field::Privileges);
    }
}
