//! A pending sign-in: the record kept in the tab under its `state` until the person comes back from the portal.

use crate::auth::pkce::Verifier;
use crate::auth::target::Target;
use crate::config::PortalChoice;
use crate::json::Object;
use crate::portal::base_url::PortalRoot;
use crate::portal::error::Error;
use crate::portal::id::ClientId;
use crate::portal::response::{self, Fields};
use crate::route;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// The lifetime of a sign-in, in milliseconds: 10 minutes, the longest that RFC 6749, 4.1.2 recommends for a code.
pub const LIFE_MS: i64 = 10 * 60 * 1000;
/// The prefix of every record's key in `sessionStorage`.
pub const KEY_PREFIX: &str = "akw.sign-in.";
/// The key for the time when a tab left for a portal that has not answered yet, in epoch milliseconds by the browser's
/// own clock.
pub const LEFT: &str = "akw.left";
/// The key for the operation that was running when the tab left, with a hash of its owner; the value is empty for none.
pub const RESUMED_OPERATION: &str = "akw.goes-on";

/// One sign-in transaction. It is used once: the caller removes it from storage before using it.
#[derive(Debug)]
pub struct Pending {
    pub(super) state: String,
    pub(super) portal: PortalChoice,
    pub(super) root: String,
    pub(super) client_id: ClientId,
    pub(super) redirect_uri: String,
    pub(super) verifier: Verifier,
    pub(super) return_fragment: String,
    pub(super) created: Timestamp,
}

impl Pending {
    /// The portal that the tab left for.
    pub fn portal(&self) -> &PortalChoice {
        &self.portal
    }

    /// The recorded portal, if it was typed in and is not in the configuration.
    pub fn typed_target(&self) -> Option<Target> {
        let root = PortalRoot::parse(&self.root).ok()?;
        Some(Target { portal: self.portal.clone(), root, client_id: self.client_id.clone() })
    }

    /// Its `state`, which identifies it in the portal's answer.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The link that the page was opened with, if it left before the link was read.
    pub fn link(&self) -> Option<&str> {
        route::link(&self.return_fragment)
    }

    /// Sets the fragment to return to, now that the link has been read.
    pub fn return_to(&mut self, fragment: String) {
        self.return_fragment = fragment;
    }

    /// The key of its record in `sessionStorage`.
    pub fn key(&self) -> String {
        key(&self.state)
    }

    /// The record as text. A secret, because it contains the verifier.
    pub fn record(&self) -> Secret {
        let mut record = Object::compact();
        record.reserve(1024);
        let created = self.created.0.to_string();
        let fields = [
            ("state", self.state.as_str()),
            ("portal", self.portal.id()),
            ("root", &self.root),
            ("client", &self.client_id.0),
            ("redirect", &self.redirect_uri),
            ("return", &self.return_fragment),
            ("created", &created),
        ];
        for (name, value) in fields {
            record.text(name, value);
        }
        // Written last and without escaping (it is base64url), so that no copy of it is left in memory.
        record.reserve(80);
        record.unescaped("verifier", self.verifier.secret().expose());
        Secret::new(record.end())
    }

    /// Parses a record; `None` if it is not one of ours.
    pub fn parse(record: &str) -> Option<Self> {
        response::read_text(record, read).ok()
    }
}

/// The key of the record for a `state`.
pub fn key(state: &str) -> String {
    [KEY_PREFIX, state].concat()
}

fn read(fields: &Fields<'_, '_>) -> Result<Pending, Error> {
    let text = |name| fields.text(name).map(str::to_owned);
    let verifier = Verifier::from_record(fields.secret("verifier")?);
    Ok(Pending {
        state: fields.id("state")?,
        portal: PortalChoice::of_id(fields.text("portal")?),
        root: text("root")?,
        client_id: ClientId(fields.id("client")?),
        redirect_uri: text("redirect")?,
        verifier: verifier.ok_or(Error::Unreadable { what: "verifier" })?,
        return_fragment: text("return")?,
        created: Timestamp(fields.number("created")?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending() -> Pending {
        Pending {
            state: "st".to_owned(),
            portal: PortalChoice::configured("p\"1"),
            root: "https://www.arcgis.com".to_owned(),
            client_id: ClientId("c".to_owned()),
            redirect_uri: "https://x.example/".to_owned(),
            verifier: Verifier::from_bytes([7; 32]),
            return_fragment: "#/new/summary".to_owned(),
            created: Timestamp(1_700_000_000_123),
        }
    }

    #[test]
    fn a_record_read_back_is_the_same() {
        let record = pending().record();
        let back = Pending::parse(record.expose()).expect("it is our own record");
        assert_eq!(back.record().expose(), record.expose());
        assert_eq!((back.state(), back.key().as_str()), ("st", "akw.sign-in.st"));
    }

    #[test]
    fn a_custom_portal_has_no_id_in_the_record() {
        let custom = Pending { portal: PortalChoice::Custom, ..pending() };
        let record = custom.record();
        assert!(record.expose().contains("\"portal\":\"\""), "as every release has written it");
        let back = Pending::parse(record.expose()).expect("it is our own record");
        assert_eq!(back.portal(), &PortalChoice::Custom);
    }

    #[test]
    fn a_damaged_record_is_none() {
        let record = pending().record();
        for cut in 0..record.expose().len() {
            assert!(Pending::parse(&record.expose()[..cut]).is_none());
        }
        assert!(Pending::parse("[]").is_none());
        assert!(Pending::parse("{}").is_none());
    }
}
