//! Why an account cannot give a privilege: what the facts say of it (F-PRIV-13).

use crate::credential::catalogue;
use crate::credential::guide::{Known, Product};
use crate::credential::privilege::Privilege;
use crate::portal::id::PrivilegeId;

/// Why an account cannot give a privilege.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// Accounts of other products can: of these.
    Product(Vec<Product>),
    /// Location Platform gives it to accounts with pay-as-you-go.
    PayAsYouGo,
    /// An administrator gives it by a role that has it, or by another user type.
    Role {
        /// The group in which the portal lists it for roles.
        group: &'static str,
        /// The part of the group.
        subgroup: &'static str,
    },
    /// The account's subscription or user type does not include it.
    Subscription,
}

impl Lack {
    /// Why an account of this product, if it is known, lacks the privilege.
    pub(super) fn of(privilege: &Privilege, known: Option<&Known>, product: Option<Product>) -> Self {
        let products = known.map_or(&[][..], |it| &it.products);
        match product {
            Some(product) if !products.is_empty() && !products.contains(&product) => Self::Product(products.to_vec()),
            Some(Product::Platform) if known.is_some_and(|it| it.is_paid_on_platform) => Self::PayAsYouGo,
            Some(Product::Platform) => Self::Subscription,
            _ if privilege.id.0.starts_with("premium:user:") => Self::Subscription,
            _ => {
                let (group, subgroup) = catalogue::heading(&privilege.id);
                Self::Role { group, subgroup }
            }
        }
    }
}

/// The product that an account is of, by what it holds; none where that does not tell.
///
/// Location Platform has single privileges of location services where ArcGIS Online has their parents, and no members
/// (F-PRIV-4).
pub fn product(held: &[PrivilegeId], is_enterprise: bool) -> Option<Product> {
    let holds = |id: &str| held.iter().any(|it| it.is(id));
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
