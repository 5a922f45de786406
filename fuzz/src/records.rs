//! The browser's records of a visit: a parsed record round-trips, and its operation can continue.

use key_wizard_core::auth::pending::Pending;
use key_wizard_core::credential::draft::Draft;
use key_wizard_core::credential::referrer::Referrer;
use key_wizard_core::operation::journal::Journal;
use key_wizard_core::operation::{self, Effect, Event};
use key_wizard_core::portal::error::Error;
use key_wizard_core::portal::id::Username;

use crate::proof::Proof::{Id, Text, Whole};
use crate::{NOW, check_path, proof};

/// More steps than an operation takes if it never gets an answer.
const STEPS: usize = 100;

pub fn check_draft(text: &str) {
    let Some(draft) = Draft::restore(text) else { return };
    assert_eq!(Draft::restore(&draft.store()).as_ref(), Some(&draft), "what was read is stored the same");
    let Ok(spec) = draft.check(NOW) else { return };
    for referrer in spec.referrers() {
        assert_eq!(Referrer::parse(referrer.as_str()).as_ref(), Ok(referrer), "a checked referrer is canonical");
    }
    for text in [spec.title(), spec.summary(), spec.folder().unwrap_or_default()] {
        assert!(!text.chars().any(char::is_control) && text.trim() == text);
    }
}

pub fn check_journal(text: &str) {
    let Some(journal) = Journal::parse(text) else { return };
    assert_eq!(Journal::parse(&journal.text()).as_ref(), Some(&journal), "what was read is written the same");
    let said = [journal.id.as_str(), &journal.portal_key.0, &journal.owner_hash, &journal.title].join("|");
    let said = format!("{said}|{}", journal.written.0);
    let proofs = [Id("/id"), Id("/portal"), Id("/owner"), Text("/title"), Whole("/written")];
    assert_eq!(proof::said(text.as_bytes(), &proofs), Some(said), "a record says what it says");
    let owner = Username("jane".to_owned());
    let mut state = operation::resume(&journal, owner.clone(), None);
    let mut event = Event::Started;
    for _ in 0..STEPS {
        let (next, effects) = operation::step(state, event, NOW);
        next.progress();
        for effect in &effects {
            if let Effect::SaveJournal(journal) = effect {
                assert_eq!(Journal::parse(&journal.text()).as_ref(), Some(journal));
            }
        }
        state = next;
        event = match effects.last() {
            Some(Effect::Send(call)) => {
                check_path(call.request(&owner, None));
                Event::Failed(Error::Unreachable)
            }
            Some(Effect::Sleep(_)) => Event::TimerFired,
            _ => return,
        };
    }
    panic!("an operation without answers comes to an end");
}

pub fn check_pending(text: &str) {
    let Some(pending) = Pending::parse(text) else { return };
    let record = pending.record();
    let again = Pending::parse(record.expose()).expect("a written record is read");
    assert_eq!(again.record().expose(), record.expose(), "what was read is written the same");
    if let Some(target) = pending.typed_target() {
        assert_eq!(target.portal, *pending.portal());
    }
}
