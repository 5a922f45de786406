//! Checks invariants I4, I5, I7, I9 and I10 of docs/reliability.md at every request of an operation. It uses only
//! what was sent, answered, input and shown, never the machine's own state.

use std::cell::{Cell, RefCell};

use key_wizard_core::operation::{Answer, Call, Differences, Plan};
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::{ItemId, PrivilegeId};
use practice_portal::Portal;

const TWO_KEYS: &str = "I4 two key requests";
const WRITES: &str = "I5 writes after discard";
const SECRETS: &str = "I7 secrets told";
const OTHERS: &str = "I9 others resume";
const PRIVILEGES: &str = "I10 other privileges";
/// The names of the invariants that a request, an effect or a resumption can break.
pub const NAMES: [&str; 5] = [TWO_KEYS, WRITES, SECRETS, OTHERS, PRIVILEGES];

/// Observes one operation across all reloads.
#[derive(Default)]
pub struct Audit {
    /// The item of a key request without an answer, until a read resolves it.
    key_in_doubt: RefCell<Option<ItemId>>,
    /// Set once the user has discarded the operation.
    pub discarded: Cell<bool>,
    /// The differences that the user accepted.
    pub confirmed: RefCell<Differences>,
    secrets: RefCell<Vec<String>>,
    breaches: RefCell<Vec<&'static str>>,
}

impl Audit {
    /// How often an invariant was broken.
    pub fn count(&self, name: &str) -> usize {
        self.breaches.borrow().iter().filter(|other| **other == name).count()
    }

    fn note(&self, name: &'static str, is_broken: bool) {
        if is_broken {
            self.breaches.borrow_mut().push(name);
        }
    }

    /// Records a request before it is sent; `plan` is what the user wants.
    pub fn sends(&self, call: &Call, portal: &Portal, plan: impl FnOnce() -> Plan) {
        let takes_back = call.is_read() || matches!(call, Call::RevokeKey { .. } | Call::DeleteItem { .. });
        self.note(WRITES, self.discarded.get() && !takes_back);
        if let Call::GenerateKey { item, .. } = call {
            let recheck = self.key_in_doubt.replace(Some(item.clone()));
            self.note(TWO_KEYS, recheck.as_ref() == Some(item));
            self.note(PRIVILEGES, !self.was_shown(&held(portal, item), &plan()));
        }
    }

    /// Records the portal's answer.
    pub fn answered(&self, call: &Call, answer: &Result<Answer, Error>) {
        let tells = match (call, answer) {
            (Call::GenerateKey { .. }, Ok(_)) => true,
            (Call::GenerateKey { .. }, Err(error)) => !error.is_unknown(),
            (Call::ReadRegistration { .. }, Ok(_)) => true,
            _ => false,
        };
        if tells {
            self.key_in_doubt.take();
        }
    }

    /// True if the portal's privileges are those on the Summary, or those accepted since.
    fn was_shown(&self, held: &[String], plan: &Plan) -> bool {
        let asked: Vec<&PrivilegeId> = plan.grants.privileges.iter().collect();
        let agreed = self.confirmed.borrow();
        let without = asked.iter().filter(|privilege| !agreed.missing.contains(privilege)).copied();
        let differs: Vec<_> = without.chain(&agreed.extra).collect();
        [asked, differs].iter().any(|shown| {
            let is_shown = |text: &String| shown.iter().any(|other| text.eq_ignore_ascii_case(&other.0));
            held.len() == shown.len() && held.iter().all(is_shown)
        })
    }

    /// Records a secret that the page now holds.
    pub fn learns(&self, secret: &str) {
        self.secrets.borrow_mut().push(secret.to_owned());
    }

    /// Records the body of an answer; its secrets may be shown, and sent in request bodies.
    pub fn reads(&self, body: &str) {
        for name in ["\"client_secret\":\"", "\"access_token\":\""] {
            if let Some((_, rest)) = body.split_once(name) {
                self.learns(rest.split('"').next().unwrap_or_default());
            }
        }
    }

    /// Checks text that leaves the machine other than in a body or in the display of the key.
    pub fn hears(&self, text: &str) {
        self.note(SECRETS, self.secrets.borrow().iter().any(|secret| text.contains(secret)));
    }

    /// Records whether another user could resume a journal.
    pub fn resumes(&self, is_of_other: bool) {
        self.note(OTHERS, is_of_other);
    }
}

/// The privileges of the app on an item.
fn held(portal: &Portal, item: &ItemId) -> Vec<String> {
    portal.app_of_item(&item.0).and_then(|draft| draft.privileges.clone()).unwrap_or_default()
}

/// Breaks each invariant once; the audit must detect it.
#[test]
fn an_audit_sees_each_breach() {
    use crate::faults::fresh;
    use key_wizard_core::credential::draft::KeyChoice;
    use key_wizard_core::portal::id::{ClientId, Slot};

    let audit = Audit::default();
    let plan = crate::wish::plan("", KeyChoice::Now);
    let (item, client_id) = (ItemId("x".to_owned()), ClientId("x".to_owned()));
    let key = Call::GenerateKey { item, client_id, slot: Slot::One, replace: true };
    audit.sends(&key, fresh(), || plan.clone());
    audit.answered(&key, &Err(Error::Unreachable));
    audit.sends(&key, fresh(), || plan.clone());
    audit.discarded.set(true);
    audit.sends(&Call::CreateFolder { title: "x".to_owned() }, fresh(), || plan.clone());
    audit.reads(r#"{"access_token":"s3cret"}"#);
    audit.hears("a journal with s3cret in it");
    audit.resumes(true);
    // This key's item has no app, so the portal has none of the privileges.
    assert_eq!(NAMES.map(|name| audit.count(name)), [1, 1, 1, 1, 2]);
}
