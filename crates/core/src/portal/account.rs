//! The signed-in person and their organization (F-ACCOUNT-1).

use crate::portal::error::Error;
use crate::portal::id::{PrivilegeId, Username};
use crate::portal::release::Release;
use crate::portal::request::Request;
use crate::portal::response::Fields;
use crate::portal::text::plain;

/// The signed-in person, as the portal describes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The username in the portal.
    pub username: Username,
    /// The full name; the username if there is none.
    pub full_name: String,
    /// The id of their organization.
    pub org_id: String,
    /// The name of their organization.
    pub org_name: String,
    /// All privileges of the person.
    pub privileges: Vec<PrivilegeId>,
    /// `org_admin`, `org_publisher`, `org_user` or a role's name; may be empty.
    pub role: String,
    /// Whether the portal is ArcGIS Enterprise, rather than Online or Location Platform.
    pub is_enterprise: bool,
    /// The release of ArcGIS Enterprise; `None` for Online, or if it cannot be parsed.
    pub release: Option<Release>,
}

/// Asks who the token belongs to.
pub fn read() -> Request<Account> {
    Request::new("portals/self".to_owned(), account)
}

/// Reads the portal's public description; any answer will do.
pub fn knock() -> Request<()> {
    Request::new("portals/self".to_owned(), |_| Ok(()))
}

/// Without a valid token the same call answers without `user`.
fn account(fields: &Fields<'_, '_>) -> Result<Account, Error> {
    let Some(user) = fields.object_or_none("user")? else {
        fields.id("id")?;
        return Err(Error::SignedOut);
    };
    let username = user.id("username")?;
    let full_name = plain(user.text_or_none("fullName")?.unwrap_or_default(), 200);
    let is_enterprise = fields.flag("isPortal")?;
    Ok(Account {
        full_name: if full_name.is_empty() { plain(&username, 200) } else { full_name },
        username: Username(username),
        org_id: fields.id("id")?,
        org_name: plain(fields.text_or_none("name")?.unwrap_or_default(), 250),
        privileges: user.texts("privileges")?.into_iter().map(PrivilegeId).collect(),
        role: plain(user.text_or_none("role")?.unwrap_or_default(), 100),
        is_enterprise,
        release: is_enterprise.then(|| release(fields)).flatten(),
    })
}

/// An unexpected format is no reason to refuse the whole answer.
fn release(fields: &Fields<'_, '_>) -> Option<Release> {
    let text = |name| fields.text_or_none(name).ok().flatten();
    Release::read(text("enterpriseVersion"), text("currentVersion"))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::portal::response::Raw;
    use zeroize::Zeroizing;

    fn read_from(more: &str) -> Account {
        let privileges = r#"["portal:user:createItem", "premium:user:geocode", "portal:admin:viewUsers"]"#;
        let user = format!(r#"{{"username": "jane", "privileges": {privileges}}}"#);
        let body = format!(r#"{{"id": "0123", "user": {user}{more}}}"#).into_bytes();
        let (_, awaited) = read().encode();
        let raw = Raw { status: 200, retry_after: None, body: Zeroizing::new(body) };
        awaited.decode(&raw).expect("an answer of a portal")
    }

    #[test]
    fn a_setting_that_the_page_does_not_need_keeps_nobody_out() {
        let others = r#", "recycleBinEnabled": "yes", "maxTokenExpirationMinutes": {}, "urlKey": 7"#;
        assert_eq!(read_from(others).username, Username("jane".to_owned()));
    }

    #[test]
    fn the_release_is_read_from_enterprise_and_from_nobody_else() {
        for (more, expected) in [
            (
                r#", "isPortal": true, "enterpriseVersion": "11.3.0", "currentVersion": "2024.1""#,
                Some(Release::Product(11, 3)),
            ),
            (r#", "isPortal": true, "currentVersion": "2024.2""#, Some(Release::Rest(2024, 2))),
            (
                r#", "isPortal": true, "enterpriseVersion": 11.3, "currentVersion": "2024.2""#,
                Some(Release::Rest(2024, 2)),
            ),
            (r#", "isPortal": true, "currentVersion": 10.91"#, None),
            (r#", "isPortal": false, "currentVersion": "2024.1""#, None),
        ] {
            assert_eq!(read_from(more).release, expected, "{more}");
        }
    }
}
