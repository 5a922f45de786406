//! Registration of an item as an app. The registration holds privileges, referrers and key slots (F-APP-1).

use crate::portal::error::Error;
use crate::portal::id::{ClientId, ItemId, PrivilegeId, Slot, Username};
use crate::portal::items::path;
use crate::portal::request::Request;
use crate::portal::response::Fields;
use crate::secret::Secret;
use crate::urlencoded;

/// The redirect URI for credentials without a sign-in (F-APP-3).
const NO_REDIRECT: &str = "urn:ietf:wg:oauth:2.0:oob";

/// A registration's grants. Always sent in full: without a privilege list every item of the owner is open (F-APP-4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants {
    /// The privileges of its keys, item access included.
    pub privileges: Vec<PrivilegeId>,
    /// The referrers of its keys; empty for any.
    pub referrers: Vec<String>,
    /// Whether the keys have personal scope (F-PRIV-6).
    pub personal: bool,
}

/// A registration as the portal has it. Its secret is passed separately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredApp {
    /// Its OAuth client id.
    pub client_id: ClientId,
    /// The privileges of its keys.
    pub privileges: Vec<PrivilegeId>,
    /// The referrers of its keys.
    pub referrers: Vec<String>,
    /// Whether slots 1 and 2 have a live key.
    pub active: [bool; 2],
}

impl RegisteredApp {
    /// Whether a slot has a live key.
    pub fn is_active(&self, slot: Slot) -> bool {
        self.active[slot.index()]
    }
}

/// Registers an item as an app.
pub fn register(item: &ItemId, grants: &Grants) -> Request<(RegisteredApp, Secret)> {
    let request = Request::new("oauth2/registerApp".to_owned(), app_and_secret)
        .param("itemId", &item.0)
        .param("appType", "multiple");
    let personal = if grants.personal { "true" } else { "false" };
    granted(request, grants).param("isPersonalAPIToken", personal)
}

/// Reads the registration of an item, with its secret.
pub fn read(owner: &Username, item: &ItemId) -> Request<(RegisteredApp, Secret)> {
    Request::new(path(owner, item, "registeredAppInfo"), app_and_secret)
}

/// Changes what a registration grants, which can end its keys (F-KEY-8, F-KEY-9).
pub fn update(client_id: &ClientId, grants: &Grants) -> Request<RegisteredApp> {
    let path = ["oauth2/apps/", &urlencoded::encoded(&client_id.0), "/update"].concat();
    granted(Request::new(path, app).param("client_id", &client_id.0), grants)
}

/// Always sends `redirect_uris`: an update without it might clear it (F-APP-10).
fn granted<T: 'static>(request: Request<T>, grants: &Grants) -> Request<T> {
    request
        .array("redirect_uris", [NO_REDIRECT].into_iter())
        .array("httpReferrers", grants.referrers.iter().map(String::as_str))
        .array("privileges", grants.privileges.iter().map(|privilege| privilege.0.as_str()))
}

fn app_and_secret(fields: &Fields<'_, '_>) -> Result<(RegisteredApp, Secret), Error> {
    Ok((app(fields)?, fields.secret("client_secret")?))
}

fn app(fields: &Fields<'_, '_>) -> Result<RegisteredApp, Error> {
    Ok(RegisteredApp {
        client_id: ClientId(fields.id("client_id")?),
        privileges: fields.texts("privileges")?.into_iter().map(PrivilegeId).collect(),
        referrers: fields.texts("httpReferrers")?,
        active: [fields.flag("apiToken1Active")?, fields.flag("apiToken2Active")?],
    })
}
