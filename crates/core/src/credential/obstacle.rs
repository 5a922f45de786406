//! Why an account cannot create API keys, as far as this can be known in advance.

use crate::credential::privilege;
use crate::portal::account::Account;
use crate::portal::id::PrivilegeId;
use crate::portal::release::Release;

/// An obstacle that prevents an account from creating API keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// This release of ArcGIS Enterprise has no API keys (F-ENTERPRISE-1).
    OldEnterprise(Release),
    /// These privileges are missing from the account.
    Privileges {
        /// Which.
        missing: Vec<PrivilegeId>,
        /// Whether the account is an administrator's, so that its role is not the cause.
        is_administrator: bool,
    },
}

impl Obstacle {
    /// The obstacle that prevents this account from creating API keys, if one is known.
    pub fn of(account: &Account) -> Option<Self> {
        if let Some(release) = account.release.filter(|release| !release.makes_keys()) {
            return Some(Self::OldEnterprise(release));
        }
        let missing = privilege::missing_to_create(&account.privileges);
        let is_administrator = account.role == "org_admin";
        (!missing.is_empty()).then_some(Self::Privileges { missing, is_administrator })
    }

    /// Whether creating is certain to fail, so that there is no point in trying.
    pub fn is_certain(&self) -> bool {
        match self {
            // The version may have been misread, and trying does no harm.
            Self::OldEnterprise(_) => false,
            Self::Privileges { missing, .. } => privilege::prevents_creation(missing),
        }
    }
}

/// The privileges that an account can give to a key: a release of Enterprise may exclude those of the portal itself.
pub fn grantable(account: &Account) -> Vec<PrivilegeId> {
    let is_whole = account.release.is_none_or(Release::grants_portal_privileges);
    account.privileges.iter().filter(|id| is_whole || !privilege::is_of_portal(id)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::portal::id::Username;

    const ALL: [&str; 3] =
        ["portal:user:createItem", "portal:user:generateApiTokens", "portal:user:assignPrivilegesToApps"];

    fn account(privileges: &[&str], role: &str, release: Option<Release>) -> Account {
        Account {
            username: Username("jane".to_owned()),
            full_name: "Jane".to_owned(),
            org_id: "0123".to_owned(),
            org_name: "Town".to_owned(),
            privileges: privileges.iter().map(|id| PrivilegeId((*id).to_owned())).collect(),
            role: role.to_owned(),
            is_enterprise: release.is_some(),
            release,
        }
    }

    fn lacks(ids: &[&str], is_administrator: bool) -> Option<Obstacle> {
        let missing = ids.iter().map(|id| PrivilegeId((*id).to_owned())).collect();
        Some(Obstacle::Privileges { missing, is_administrator })
    }

    #[test]
    fn each_known_reason_is_an_obstacle_of_its_own() {
        let old = Release::Product(11, 3);
        for (privileges, role, release, expected) in [
            (&ALL[..], "org_user", None, None),
            (&ALL[..], "org_user", Some(Release::Product(11, 4)), None),
            (&ALL[..], "org_admin", Some(old), Some(Obstacle::OldEnterprise(old))),
            (&ALL[..1], "org_user", Some(old), Some(Obstacle::OldEnterprise(old))),
            (&ALL[..1], "org_user", None, lacks(&ALL[1..], false)),
            (&ALL[..1], "org_admin", None, lacks(&ALL[1..], true)),
            (&[], "", None, lacks(&ALL, false)),
        ] {
            assert_eq!(
                Obstacle::of(&account(privileges, role, release)),
                expected,
                "{privileges:?} {role} {release:?}"
            );
        }
    }

    #[test]
    fn before_11_5_no_privilege_of_the_portal_itself_is_given_to_a_key() {
        let held = ["portal:user:createItem", "premium:user:geocode", "portal:admin:viewUsers"];
        for (release, given) in [
            (Some(Release::Product(11, 4)), &held[1..2]),
            (Some(Release::Rest(2024, 2)), &held[1..2]),
            (Some(Release::Product(11, 5)), &held[..]),
            (None, &held[..]),
        ] {
            let found = grantable(&account(&held, "org_user", release));
            assert_eq!(found.iter().map(|id| id.0.as_str()).collect::<Vec<_>>(), given, "{release:?}");
        }
    }

    #[test]
    fn trying_is_left_open_unless_it_surely_fails() {
        let is_certain = |obstacle: Option<Obstacle>| obstacle.expect("there is one").is_certain();
        assert!(!is_certain(Some(Obstacle::OldEnterprise(Release::Rest(2024, 1)))));
        assert!(!is_certain(lacks(&ALL[1..], true)));
        assert!(is_certain(lacks(&ALL[..1], true)));
    }
}
