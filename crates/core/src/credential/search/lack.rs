//! Why an account cannot give a privilege, according to the facts (F-PRIV-13, F-ENTERPRISE-1).

use crate::credential::catalogue;
use crate::credential::guide::{PrivilegeFacts, Product};
use crate::credential::offer::Holder;
use crate::credential::privilege::{self, Privilege};
use crate::portal::release::Release;

/// Why an account cannot give a privilege.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// Only accounts of these other products can.
    Product(Vec<Product>),
    /// Keys can have it from this later release of ArcGIS Enterprise on.
    Release(Release),
    /// Location Platform gives it only to accounts with pay-as-you-go.
    PayAsYouGo,
    /// An administrator can give it through a role that has it or another user type.
    Role {
        /// The group in which the portal lists it for roles.
        group: &'static str,
        /// The sub-group.
        subgroup: &'static str,
    },
    /// The account's subscription or user type does not include it.
    Subscription,
}

impl Lack {
    /// Why the account of this holder lacks the privilege.
    pub(super) fn of(privilege: &Privilege, known: Option<&PrivilegeFacts>, holder: Holder) -> Self {
        let products = known.map_or(&[][..], |known| &known.products);
        let has_none_yet = holder.release.is_some_and(|release| !release.grants_portal_privileges());
        match holder.product {
            Some(product) if !products.is_empty() && !products.contains(&product) => Self::Product(products.to_vec()),
            _ if has_none_yet && privilege::is_of_portal(&privilege.id) => {
                Self::Release(Release::FIRST_WITH_PORTAL_PRIVILEGES)
            }
            Some(Product::Platform) if known.is_some_and(|known| known.is_paid_on_platform) => Self::PayAsYouGo,
            Some(Product::Platform) => Self::Subscription,
            _ if privilege.id.0.starts_with("premium:user:") => Self::Subscription,
            _ => {
                let (group, subgroup) = catalogue::heading(&privilege.id);
                Self::Role { group, subgroup }
            }
        }
    }
}
