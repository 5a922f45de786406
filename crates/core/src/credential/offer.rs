//! The privileges to choose from: those that an account can give to a key, or without a sign-in all known ones.

use crate::credential::catalogue::{self, Group};
use crate::credential::guide::Product;
use crate::credential::obstacle::grantable;
use crate::portal::account::Account;
use crate::portal::id::PrivilegeId;
use crate::portal::release::Release;

/// The privileges to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The privileges, grouped as in the portal.
    pub groups: Vec<Group>,
    /// The account they are for; `None` without a sign-in.
    pub holder: Option<Holder>,
}

/// Known facts about an account that explain why it cannot give a privilege.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The product of the account, judging by its privileges; `None` if unclear.
    pub product: Option<Product>,
    /// The release of ArcGIS Enterprise, if the portal reports it.
    pub release: Option<Release>,
}

impl Offer {
    /// The offer for this account.
    pub fn of(account: &Account) -> Self {
        Self::held(&grantable(account), account.is_enterprise, account.release)
    }

    /// The offer for an account that can give these privileges.
    pub fn held(held: &[PrivilegeId], is_enterprise: bool, release: Option<Release>) -> Self {
        let holder = Holder { product: product(held, is_enterprise), release };
        Self { groups: catalogue::offered(held), holder: Some(holder) }
    }

    /// All known privileges.
    pub fn everything() -> Self {
        Self { groups: catalogue::all(), holder: None }
    }

    /// The release of ArcGIS Enterprise that gives a key no privileges of the portal itself, so that they are left out.
    pub fn release_without_portal_privileges(&self) -> Option<Release> {
        self.holder?.release.filter(|release| !release.grants_portal_privileges())
    }

    /// The number of privileges.
    pub fn count(&self) -> usize {
        self.groups.iter().flat_map(|group| &group.subgroups).map(|subgroup| subgroup.privileges.len()).sum()
    }
}

/// The product of an account.
///
/// Location Platform has single privileges of location services where ArcGIS Online has their parents, and no members
/// (F-PRIV-4).
fn product(held: &[PrivilegeId], is_enterprise: bool) -> Option<Product> {
    let holds = |id: &str| held.iter().any(|privilege| privilege.is(id));
    if is_enterprise {
        Some(Product::Enterprise)
    } else if ["premium:user:geocode", "premium:user:networkanalysis", "portal:user:viewOrgUsers"]
        .into_iter()
        .any(holds)
    {
        Some(Product::Online)
    } else if ["premium:user:geocode:temporary", "premium:user:places", "premium:user:networkanalysis:routing"]
        .into_iter()
        .any(holds)
    {
        Some(Product::Platform)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ids: &[&str]) -> Vec<PrivilegeId> {
        ids.iter().map(|id| PrivilegeId((*id).to_owned())).collect()
    }

    #[test]
    fn without_an_account_there_are_the_wide_privileges_and_the_narrow_ones_that_they_include() {
        let (geocode, stored) = ("premium:user:geocode", "premium:user:geocode:stored");
        let has = |offer: &Offer, id: &str| catalogue::find(&offer.groups, &PrivilegeId(id.to_owned())).is_some();
        let everything = Offer::everything();
        assert!(everything.holder.is_none() && has(&everything, geocode) && has(&everything, stored));
        let online = Offer::held(&ids(&[geocode, stored]), false, None);
        assert_eq!((online.count(), has(&online, stored)), (1, false));
    }

    #[test]
    fn it_is_known_which_release_leaves_out_the_privileges_of_the_portal() {
        let of =
            |release: Option<Release>| Offer::held(&[], release.is_some(), release).release_without_portal_privileges();
        assert_eq!(of(Some(Release::Product(11, 4))), Some(Release::Product(11, 4)));
        assert_eq!(of(Some(Release::Product(11, 5))), None);
        assert_eq!(of(None), None, "ArcGIS Online");
        assert_eq!(Offer::everything().release_without_portal_privileges(), None, "nobody is signed in");
    }

    #[test]
    fn the_product_follows_from_the_privileges_of_the_account() {
        for (held, is_enterprise, expected) in [
            (&["premium:user:geocode"][..], false, Some(Product::Online)),
            (&["premium:user:places"], false, Some(Product::Platform)),
            (&["premium:user:places"], true, Some(Product::Enterprise)),
            (&["premium:user:basemaps"], false, None),
        ] {
            let offer = Offer::held(&ids(held), is_enterprise, None);
            assert_eq!(offer.holder.and_then(|holder| holder.product), expected, "{held:?}");
        }
    }
}
